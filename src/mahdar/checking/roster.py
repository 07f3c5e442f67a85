"""Hold the names in the body against the roster on the cover."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Finding, Member, Reading, Record, Turn

_SAME_NAME = 0.75


@reports("roster_name_differs", "roster_speaker_absent", order=40)
def check_roster(record: Record, language: Language) -> Iterator[Finding]:
    """Report speakers whom the roster names otherwise.

    Args:
        record: whose ``members`` and turns to compare.
        language: how names are compared.
    """
    by_state = {m.state.code: m for m in record.members if m.state.code}
    for turn in record.turns():
        code = turn.affiliation.code if turn.affiliation else None
        member = by_state.get(code) if code and turn.capacity == "member" else None
        # A line of the cover without a name has nothing to hold a speaker against.
        if member is not None and member.representative.name and turn.speaker.name:
            finding = _compare(turn, member, record, language)
            if finding:
                yield finding


def _compare(turn: Turn, member: Member, record: Record, language: Language) -> Finding | None:
    cover, body = member.representative, turn.speaker
    key = language.key
    spans = member.spans
    if not spans and record.president:
        spans = record.president.spans
    printed = " ".join(filter(None, (body.honorific, body.name)))
    readings = (Reading(cover.label, spans), Reading(printed, turn.spans))
    one, other = key(cover.name or ""), key(body.name or "")
    facts = {"state": member.state.label, "cover": cover.label, "body": printed}
    if one == other:
        if key(cover.honorific or "") != key(body.honorific or ""):
            return report("roster_name_differs", 0.95, readings, case="honorifics", **facts)
        return None
    if _letters(one) == _letters(other):
        return report("roster_name_differs", 0.3, readings, case="blanks", **facts)
    likeness = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if likeness >= _SAME_NAME or set(one.split()) <= set(other.split()):
        return report("roster_name_differs", round(likeness, 2), readings, case="likely", **facts)
    return report("roster_speaker_absent", round(1 - likeness, 2), readings, **facts)


def _letters(name: str) -> str:
    return "".join(character for character in name if character.isalnum())
