"""Give each misread name the reading that the record itself supports best.

The label of a turn stays as it was read; only what stands beside it, the name as
understood, is taken from the clearest reading of the same speaker's name in the
record, and each such place is a finding.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

import msgspec

from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import BodyItem, Finding, Name, Reading, Turn
from mahdar.parsing.names import read_name

_ODD = re.compile(r"[^\w\s.'’-]|\d|_")
_ALIKE = 0.34
# So many odd characters, as a part of all, and a reading says nothing of the name.
_GARBLED = 0.2


def repair_names(
    items: Sequence[BodyItem], language: Language
) -> tuple[list[BodyItem], list[Finding]]:
    """Return the items with names put right, and a finding for each that was doubtful.

    Args:
        items: of the body of a record whose text was misread.
        language: its facts.
    """
    turns = [item for item in items if isinstance(item, Turn)]
    office = _clearest_office(turns, language)
    spoken = Counter(turn.language for turn in turns if turn.capacity == "president")
    usual = spoken.most_common(1)[0][0] if spoken else language.data.code
    groups: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        if turn.affiliation and turn.affiliation.code and turn.speaker.name:
            groups[turn.affiliation.code].append(turn)
    best = {code: _clearest(group, language) for code, group in groups.items()}
    out: list[BodyItem] = []
    findings: list[Finding] = []
    for item in items:
        if not isinstance(item, Turn):
            out.append(item)
            continue
        code = item.affiliation.code if item.affiliation else None
        if item.capacity == "president" and office:
            known, language_spoken = office, usual
        elif code in best:
            known, language_spoken = best[code], item.language
        else:
            out.append(item)
            continue
        turn, finding = _repaired(item, known, language_spoken, language)
        out.append(turn)
        if finding:
            findings.append(finding)
    return out, findings


def _repaired(
    turn: Turn, known: Name, spoken: str, language: Language
) -> tuple[Turn, Finding | None]:
    printed = turn.speaker.label.split("(")[0].strip()
    as_read = " ".join(filter(None, (turn.speaker.honorific, turn.speaker.name))) or printed
    wanted = " ".join(filter(None, (known.honorific, known.name))) or known.label
    garbled = len(_ODD.findall(as_read)) > _GARBLED * len(as_read)
    if turn.capacity != "president" and not garbled and _alike(as_read, wanted) < _ALIKE:
        return turn, _finding(turn, as_read, None)
    home = language.data.code
    changed = msgspec.structs.replace(
        turn, speaker=msgspec.structs.replace(known), language=spoken, interpreted=spoken != home
    )
    if as_read == wanted and not _ODD.search(as_read) and spoken == turn.language:
        return changed, None
    doubtful = as_read != wanted or _ODD.search(as_read) is not None
    return changed, _finding(turn, as_read, wanted) if doubtful or spoken != turn.language else None


def _finding(turn: Turn, as_read: str, wanted: str | None) -> Finding:
    readings = (Reading(turn.label, turn.spans),)
    if wanted is None:
        return report("name_misread", 0.6, readings, read=as_read)
    return report(
        "name_misread", 0.6, readings,
        case="elsewhere", proposed=wanted, read=as_read, printed=wanted,
    )  # fmt: skip


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False).ratio()


def _clearest(turns: Sequence[Turn], language: Language) -> Name:
    """Return the reading of a name that is freest of odd characters and likest to the others."""
    readings = [
        " ".join(filter(None, (turn.speaker.honorific, turn.speaker.name))) for turn in turns
    ]

    def score(reading: str) -> float:
        name = read_name(reading, language)
        titled = 1.0 if name.honorific else 0.0
        odd = len(_ODD.findall(reading)) / max(1, len(reading))
        mixed = sum(word != word.title() and word != word.upper() for word in reading.split())
        common = sum(_alike(reading, other) for other in readings) / len(readings)
        return titled - 4 * odd - 0.2 * mixed + common

    return _tidied(max(readings, key=score), language)


def _tidied(reading: str, language: Language) -> Name:
    """Return a reading taken apart, its honorific put right where one is nearly read."""
    name = read_name(reading, language)
    if name.honorific:
        return name
    first, _, rest = reading.partition(" ")
    forms = [h.form for h in language.data.labels.honorifics if len(h.form) > 1]
    like = max(forms, key=lambda form: _shape_alike(first, form))
    if rest and _shape_alike(first, like) >= 0.5:
        return Name(f"{like} {rest}", like, rest)
    return name


def _shape_alike(one: str, other: str) -> float:
    """Compare short words by their letters, a misread letter or two allowed."""
    a, b = (re.sub(r"\W", "", word.casefold()) for word in (one, other))
    if not a or not b:
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio() - 0.1 * abs(len(a) - len(b))


def _clearest_office(turns: Sequence[Turn], language: Language) -> Name | None:
    readings = Counter(
        turn.label.split("(")[0].strip() for turn in turns if turn.capacity == "president"
    )
    known = [(r, n) for r, n in readings.items() if language.key(r) in language.office_of]
    if not known:
        return None
    label = max(known, key=lambda pair: pair[1])[0]
    return Name(label, None, None)
