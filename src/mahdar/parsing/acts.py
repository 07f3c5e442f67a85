"""Read what a printed line says was done, and where the Chair changes its capacity."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from mahdar.authority import find_affiliation
from mahdar.citations import find_symbols
from mahdar.languages import Language
from mahdar.languages.formula import Match
from mahdar.model import Act, ActName, Affiliation, Capacity, Party, Spans, Within
from mahdar.parsing.parties import read_parties
from mahdar.parsing.persons import read_person
from mahdar.parsing.values import read_date, read_time
from mahdar.parsing.votes import HEADS, totals_of

PRINTED: tuple[ActName, ...] = (
    "opened", "resumed", "suspended", "closed", "agenda_adopted", "decided", "adopted", "retained",
    "rejected", "withdrawn", "seated", "chair_taken", "vote_announced", "balloted", "silence",
    "advised", "escorted", "applause", "narrated",
)  # fmt: skip


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
    symbols = tuple(found.printed for found in find_symbols(draft)) if draft else ()
    act = msgspec.structs.replace(
        act,
        time=read_time(time, language) if time else None,
        until=read_time(until, language) if until else None,
        date=_date(values.get("date_words"), language),
        draft=draft.strip(" ,،") if draft else None,
        number=values.get("resolution"),
        totals=totals_of(match, language),
        symbol=symbols[0] if symbols else None,
        symbols=symbols if len(symbols) > 1 else (),
        veto=language.holds(language.data.votes.veto, act.text),
        without_vote=language.holds(language.data.votes.without_vote, act.text),
        unanimous=language.holds(language.data.votes.unanimous, act.text),
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
        parties = read_parties(label, language)
        act = msgspec.structs.replace(
            act,
            affiliation=parties[0].affiliation if parties else find_affiliation(label, language),
            parties=parties if len(parties) > 1 else (),
            meant=meant[0] if meant else None,
        )
    elif act.act in ("seated", "escorted"):
        parties = read_parties(values.get("people", ""), language)
        first = parties[0] if parties else Party()
        act = msgspec.structs.replace(
            act,
            person=first.person,
            affiliation=first.affiliation,
            parties=parties if len(parties) > 1 else (),
        )
    return act


def _date(printed: str | None, language: Language) -> str | None:
    date = read_date(printed, language) if printed else None
    return date.value if date else None


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
    if language.holds(language.data.procedure.from_chair, text):
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
