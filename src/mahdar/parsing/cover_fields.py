"""The cover while it is being read, and the lines of it that are a single value."""

from __future__ import annotations

import re

import msgspec

from mahdar.findings import report
from mahdar.languages import Language
from mahdar.languages.fold import digits_value
from mahdar.model import (
    AgendaItem,
    CoverField,
    Document,
    Finding,
    Member,
    Notice,
    Reading,
    Spans,
    Status,
)
from mahdar.model.record import SessionKind
from mahdar.organs import Organ, organs, read_symbol
from mahdar.parsing.values import read_date, read_ordinal, read_time

_SYMBOL = re.compile(r"[A-Z]/(?:[\w.-]+/){0,3}PV\.\s?(\d+)(?:\s*\(.*\))?(?:/\w+\.\s?\d+)*\*?")


class Cover(msgspec.Struct):
    """What the cover was found to print; filled line by line."""

    fields: list[CoverField] = []
    organ: str | None = None
    status: Status = "unknown"
    meeting_number: int | None = None
    year: int | None = None
    session: int | None = None
    session_kind: SessionKind = "regular"
    date: str | None = None
    time: str | None = None
    place: str | None = None
    president: Member | None = None
    members: list[Member] = []
    agenda: list[AgendaItem] = []
    documents: list[Document] = []
    notice: Notice | None = None
    unplaced: list[tuple[str, Spans]] = []
    findings: list[Finding] = []

    def put(self, field: str, label: str, value: str | int | None, spans: Spans) -> None:
        """Keep a field as printed and as understood."""
        self.fields.append(CoverField(field, label, value, spans))


def read_single(cover: Cover, line: str, spans: Spans, language: Language) -> bool:
    """Read a line that is one or several single values; tell whether it was one.

    Args:
        cover: takes what is found.
        line: as printed.
        spans: its place.
        language: its facts.
    """
    line = line.strip()
    return bool(line) and (
        _words(cover, line, spans, language)
        or _symbol(cover, line, spans)
        or _numbers(cover, line, spans, language)
        or _when(cover, line, spans, language)
        or _where(cover, line, spans, language)
    )


def is_organ(text: str, language: Language) -> bool:
    """Tell whether a text is the name of an organ."""
    key = language.key(text)
    return organ_named(key, language) is not None


def organ_named(key: str, language: Language) -> Organ | None:
    """Return the organ whose name, as it is compared in a language, is ``key``."""
    for organ in organs():
        names = organ.names.get(language.data.code, ())
        if key in {language.key(name) for name in names}:
            return organ
    return None


def _words(cover: Cover, line: str, spans: Spans, language: Language) -> bool:
    data, key = language.data.cover, language.key(line)
    bare = key.strip(".*")
    for status in data.status:
        if bare in {language.key(form) for form in status.forms}:
            cover.status = status.value
            cover.put("status", line, status.value, spans)
            return True
    organ = organ_named(key, language)
    if organ and cover.organ in (None, organ.code, organ.within):
        cover.organ = organ.code
        cover.put("organ", line, organ.code, spans)
        return True
    if organ and any(o.code == cover.organ and o.within == organ.code for o in organs()):
        cover.put("organ", line, organ.code, spans)  # a committee's symbol stands before its house
        return True
    for field in ("publisher", "distribution", "contents"):
        if bare in {language.key(form).strip(".") for form in getattr(data, field)}:
            cover.put(field, line, None, spans)
            return True
    return False


def _symbol(cover: Cover, line: str, spans: Spans) -> bool:
    found = _SYMBOL.fullmatch(line)
    if found is None:
        return False
    cover.meeting_number = cover.meeting_number or int(found.group(1))
    known = read_symbol(line)
    if known is not None:
        if known.session is not None and cover.session is None:
            cover.session, cover.session_kind = known.session, known.session_kind
        if cover.organ in (None, known.organ.within):
            cover.organ = known.organ.code
    cover.put("symbol", line, line.rstrip("*"), spans)
    return True


def _numbers(cover: Cover, line: str, spans: Spans, language: Language) -> bool:
    data = language.data.cover
    year = language.match(data.year, line, whole=True)
    if year:
        value = read_ordinal(year.values["ordinal"], language)
        if value is not None:
            cover.year = value
            cover.put("year_of_organ", line, value, spans)
            return True
    if _session(cover, line, spans, language):
        return True
    meeting = language.match(data.meeting, line, whole=True)
    if meeting is None:
        return False
    values = meeting.values
    if "number" in values:
        number = digits_value(values["number"].replace(" ", "").replace(",", ""))
    else:
        number = read_ordinal(values.get("ordinal", ""), language)
    if number is None:
        return False
    if cover.meeting_number is None:
        cover.meeting_number = number
    cover.put("meeting_number", line, number, spans)
    if "date_words" in values and cover.date is None:
        date = read_date(values["date_words"], language)
        cover.date = date.value if date else None
    return True


def _session(cover: Cover, line: str, spans: Spans, language: Language) -> bool:
    data = language.data.cover
    kinds: tuple[tuple[SessionKind, list[str]], ...] = (
        ("emergency_special", data.emergency_session),
        ("special", data.special_session),
        ("regular", data.session),
    )
    for kind, forms in kinds:
        session = language.match(forms, line, whole=True)
        value = read_ordinal(session.values["ordinal"], language) if session else None
        if value is not None:
            cover.session, cover.session_kind = value, kind
            cover.put("session", line, value, spans)
            return True
    return False


def _when(cover: Cover, line: str, spans: Spans, language: Language) -> bool:
    held = language.match(language.data.cover.held, line, whole=True)
    if held and "place" in held.values and cover.place is None:
        cover.place = held.values["place"].strip(" ,،")
    date = read_date(line, language)
    if date is None:
        if held:
            cover.put("place", line, cover.place, spans)
            return True
        time = language.match(language.data.calendar.time_lead, line, whole=True)
        if time and cover.time is None:
            cover.time = read_time(time.values["time"], language)
            cover.put("scheduled_time", line, cover.time, spans)
            return True
        return False
    if len(line) > date.end - date.start + 60:
        return False  # a sentence that names a date
    if cover.date is not None and cover.time is not None:
        cover.put("other_date", line, date.value, spans)
        return True
    cover.date = date.value
    time = language.match(language.data.calendar.time_lead, line[date.end :])
    if time and cover.time is None:
        cover.time = read_time(time.values["time"], language)
    cover.put("date", line, date.value + (f"T{cover.time}" if cover.time else ""), spans)
    if date.weekday_differs:
        cover.findings.append(
            report(
                "date_weekday_differs",
                0.9,
                (Reading(line, spans),),
                printed=line,
                date=date.value,
            )
        )
    return True


def _where(cover: Cover, line: str, spans: Spans, language: Language) -> bool:
    places = {language.key(place) for place in language.data.cover.places}
    if cover.place is None and language.key(line) in places:
        cover.place = line
        cover.put("place", line, line, spans)
        return True
    return False
