"""Find what is done in a meeting: printed acts, and the President's formulae."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mahdar.authority import find_affiliation
from mahdar.citations import find_symbols
from mahdar.languages import Language
from mahdar.languages.fold import digits_value
from mahdar.languages.formula import Match
from mahdar.model import Act, ActName, Affiliation, Capacity, Name, Spans, Within
from mahdar.organs import organs
from mahdar.parsing.names import read_name
from mahdar.parsing.values import read_time
from mahdar.parsing.votes import HEADS, read_totals, totals_of

PRINTED: tuple[ActName, ...] = (
    "opened", "resumed", "suspended", "closed", "agenda_adopted", "decided", "adopted", "retained",
    "rejected", "withdrawn", "seated", "chair_taken", "vote_announced", "balloted", "silence",
    "advised",
)  # fmt: skip
SPOKEN: tuple[ActName, ...] = (
    "invited", "document_noted", "statement_adopted", "adopted", "rejected", "withdrawn",
    "floor_given", "speakers_exhausted",
)  # fmt: skip


# A title may stand after so many words: "a la Sra. Díaz".
_LEADING = 3
_STATE = re.compile(r"\s*[(（]([^()（）]{2,80})[)）]")


class Shift(msgspec.Struct, frozen=True):
    """A change of capacity found in a paragraph: the sentence, and what it changes to."""

    start: int
    end: int
    resumed: bool
    capacity: str | None


def printed_act(text: str, spans: Spans, language: Language) -> Act | None:
    """Return the act that a line on its own prints, or None.

    >>> from mahdar.languages import load_language
    >>> printed_act("رفعت الجلسة الساعة ١٣/٠٥.", (), load_language("ar")).time
    '13:05'
    """
    if not language.holds(language.printed_lines, text, whole=True):
        return None
    for name in PRINTED:
        match = language.match(language.act_forms(name).printed, text, whole=True)
        if match:
            return _printed_values(Act(name, text, spans), match, language)
    return None


def _printed_values(act: Act, match: Match, language: Language) -> Act:
    """Return a printed act with what the slots of its formula hold."""
    values = match.values
    time, until, draft = values.get("time"), values.get("until"), values.get("draft")
    act = msgspec.structs.replace(
        act,
        time=read_time(time, language) if time else None,
        until=read_time(until, language) if until else None,
        draft=draft.strip(" ,،") if draft else None,
        number=values.get("resolution"),
        totals=totals_of(match, language),
        symbol=_symbol_in(draft) if draft else None,
    )
    if act.act == "chair_taken" and "person" in values:
        person, affiliation = read_person(values["person"], language)
        act = msgspec.structs.replace(act, person=person, affiliation=affiliation)
    if act.act == "advised":
        label = values.get("people", "")
        facts = language.data.votes
        meant = [
            head
            for head in HEADS
            if language.holds(getattr(facts, f"meant_{head}"), values.get("meant", ""))
        ]
        act = msgspec.structs.replace(
            act,
            affiliation=find_affiliation(label, language),
            meant=meant[0] if meant else None,
        )
    return act


def _symbol_in(text: str) -> str | None:
    return next((found.printed for found in find_symbols(text)), None)


def spoken_acts(text: str, within: Within, language: Language) -> Iterator[Act]:
    """Find the formulae in a paragraph that the President speaks, in order.

    Args:
        text: the paragraph.
        within: the turn, and which of its paragraphs it is.
        language: its formulae.
    """
    for start, end in sentences(text, language):
        invited = False
        for name in SPOKEN:
            if name == "floor_given" and invited:
                continue  # "I invite the representative of Chad to participate": not yet to speak
            forms = language.act_forms(name)
            match = language.match(forms.spoken, text[start:end])
            if match is not None:
                invited = invited or name == "invited"
                where = msgspec.structs.replace(within, start=start, end=end)
                act = Act(name, text[start:end], (), where)
                yield _with_values(act, match.values, text, language)


def _with_values(act: Act, values: dict[str, str], text: str, language: Language) -> Act:
    """Return an act with what the slots of its formula hold."""
    printed = values.get("person") or values.get("people")
    if printed is None and "definite" in values:
        printed = language.data.writing.article + values["definite"]
    if printed is not None:
        person, affiliation = read_person(printed, language)
        act = msgspec.structs.replace(act, person=person, affiliation=affiliation)
    if "rule" in values:
        act = msgspec.structs.replace(act, rule=digits_value(values["rule"]))
    if "symbol" in values:
        act = msgspec.structs.replace(act, symbol=values["symbol"])
    if "resolution" in values:
        number = values["resolution"].strip(" .,")
        act = msgspec.structs.replace(act, number=number)
    if act.act in ("adopted", "rejected"):
        act = msgspec.structs.replace(act, totals=read_totals(text, language))
    if act.act == "speakers_exhausted":
        forms = language.act_forms(act.act)
        stage = language.match(forms.stage, text)
        finished = None if stage else language.match(forms.finished, text)
        phase = "stage" if stage else "finished" if finished else None
        act = msgspec.structs.replace(act, phase=phase)
    return act


def capacity_shift(text: str, language: Language) -> Shift | None:
    """Return the change of capacity that a paragraph announces, or None.

    >>> from mahdar.languages import load_language
    >>> shift = capacity_shift("أستأنف الآن مهامي بصفتي رئيسا لمجلس الأمن.", load_language("ar"))
    >>> shift.resumed
    True
    """
    resumed = language.match(language.act_forms("capacity_resumed").spoken, text)
    if resumed:
        start, end = sentence_around(text, resumed.start, resumed.end, language)
        return Shift(start, end, True, None)
    changed = language.match(language.act_forms("capacity_changed").spoken, text)
    if changed is None:
        return None
    capacity = changed.values.get("capacity", "")
    names = [name for organ in organs() for name in organ.names.get(language.data.code, ())]
    if any(language.key(name) in language.key(capacity) for name in names):
        return None  # "in my capacity as President of the Council"
    start, end = sentence_around(text, changed.start, changed.end, language)
    return Shift(start, end, False, capacity)


def capacity_act(shift: Shift, text: str, within: Within, affiliation: Affiliation | None) -> Act:
    """Make the act for a change of capacity."""
    capacity: Capacity = "president" if shift.resumed else "national"
    return Act(
        "capacity_changed",
        text[shift.start : shift.end],
        (),
        within,
        affiliation=affiliation,
        capacity=capacity,
    )


def sentences(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """Return the bounds of the sentences of a paragraph, in order.

    >>> from mahdar.languages import load_language
    >>> list(sentences("أشكره. أعطيه الكلمة.", load_language("ar")))
    [(0, 6), (7, 20)]
    """
    ends = re.escape(language.data.writing.sentence_end)
    closers = re.escape(language.data.writing.closers)
    after = r"(?=\s|$)" if language.data.writing.spaced else ""
    stop = re.compile(rf"[{ends}]+(?:[{closers}]|\s»)*{after}")
    shortened = language.shortened
    start = 0
    for found in [*stop.finditer(text), None]:
        end = found.end() if found else len(text)
        if found and shortened and text[:end].rsplit(None, 1)[-1].casefold() in shortened:
            continue  # "Mr." ends no sentence
        while start < end and text[start].isspace():
            start += 1
        if start < end:
            yield start, end
        start = end


def sentence_around(text: str, start: int, end: int, language: Language) -> tuple[int, int]:
    """Return the bounds of the sentences that ``text[start:end]`` lies in."""
    bounds = [(a, b) for a, b in sentences(text, language) if a < end and b > start]
    return (bounds[0][0], bounds[-1][1]) if bounds else (start, end)


def read_person(printed: str, language: Language) -> tuple[Name | None, Affiliation | None]:
    """Read whom the President names: "His Excellency Mr. X, Secretary-General of Y".

    >>> from mahdar.languages import load_language
    >>> printed = "سعادة السيد علي، ممثل منظمة التعاون الإسلامي"
    >>> person, body = read_person(printed, load_language("ar"))
    >>> person.label, body.code
    ('السيد علي', 'OIC')
    """
    bracket = _STATE.search(printed)
    parts = [
        part.strip() for part in _STATE.sub("", printed).split(language.data.writing.list_comma)
    ]
    person: Name | None = None
    affiliation: Affiliation | None = None
    courtesies = sorted(language.data.labels.courtesies, key=len, reverse=True)
    for part in parts:
        for courtesy in courtesies:
            if language.key(part).startswith(language.key(courtesy) + " "):
                part = part[len(courtesy) :].strip()
        name = _named_person(part, language)
        if person is None and name.honorific and name.name:
            person = name
            if not language.data.writing.spaced:
                affiliation = affiliation or _named_body(part, language)
        elif affiliation is None:
            affiliation = _named_body(part, language)
    if bracket:
        affiliation = find_affiliation(bracket.group(1), language)
    return person, affiliation


def _named_person(text: str, language: Language) -> Name:
    """Return the person whom a phrase names, an article or preposition before the title left out.

    >>> from mahdar.languages import load_language
    >>> _named_person("a la Sra. Díaz", load_language("es")).label
    'Sra. Díaz'
    """
    name = read_name(text, language)
    words = text.split()
    for first in range(1, min(_LEADING, len(words) - 1)):
        if name.honorific:
            break
        name = read_name(" ".join(words[first:]), language)
    if not name.honorific or language.data.writing.spaced:
        return name
    # Where the title comes last, the office stands before the name without a blank.
    for role in sorted(language.data.labels.roles, key=len, reverse=True):
        _, found, rest = name.label.rpartition(role)
        if found and read_name(rest, language).name:
            return read_name(rest, language)
    return name


def _named_body(text: str, language: Language) -> Affiliation | None:
    """Return the State or organisation whose name ends ``text``, or begins it; None if none."""
    if not language.data.writing.spaced:
        for end in range(len(text), 1, -1):
            known = find_affiliation(text[:end], language)
            if known.code:
                return known
        return None
    words = text.split()
    article = language.key(language.data.writing.name_article)
    proclitics = language.data.writing.proclitics
    for first in range(len(words)):
        tail = " ".join(words[first:])
        if article and language.key(words[first]) == article:
            continue
        labels = [tail]
        labels += [left + tail[len(p) :] for p, left in proclitics if tail.startswith(p)]
        for label in labels:
            known = find_affiliation(label, language)
            if known.code:
                return known
    return None
