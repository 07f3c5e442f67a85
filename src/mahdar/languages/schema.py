"""What a language file must hold; a wrong file is refused in a translator's words."""

from __future__ import annotations

from typing import Literal

import msgspec


class Writing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Signs of the script."""

    sentence_end: str
    clause_end: str
    closers: str
    list_comma: str
    article: str
    digits: list[str]
    fold: list[list[str]]
    skip: str
    proclitics: list[tuple[str, str]]


class Edges(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that show whether a stretch of text is cut at its foot or its head."""

    unfinished: list[str]
    dependent: list[str]
    initial: list[str]
    ordinals: list[list[str]]
    phrases: list[str]


class Honorific(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A title before a name, and the gender that it shows."""

    form: str
    gender: Literal["m", "f"] | None = None


class Office(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Labels that name an office alone, and the capacity it gives."""

    capacity: Literal["president", "secretariat"]
    forms: list[str]


class Labels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the printed name at the head of a turn is made of."""

    honorifics: list[Honorific]
    courtesies: list[str]
    offices: list[Office]
    secretariat: list[str]


class LanguageMarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the record says in which language somebody spoke."""

    forms: list[str]
    names: dict[str, list[str]]


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Dates and times; ``months`` has twelve lists, each with all forms of a month."""

    weekdays: list[str]
    months: list[list[str]]
    date: list[str]
    time_lead: list[str]


class Ordinals(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Ordinal numbers in words, as the cover uses them for the year of the Council."""

    units: list[list[str]]
    tens: list[str]
    teen: str
    hundred: list[str]
    joiner: str


class Organ(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An organ and its names."""

    code: str
    forms: list[str]


class StatusForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that tell a provisional record from a final one."""

    value: Literal["provisional", "final"]
    forms: list[str]


class Cover(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the cover prints."""

    organs: list[Organ]
    status: list[StatusForm]
    year: list[str]
    meeting: list[str]
    places: list[str]
    president: list[str]
    members: list[str]
    agenda: list[str]
    notice: list[str]
    address: list[str]
    letter: list[str]


class Titles(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headings that stand in every record."""

    agenda_adoption: list[str]
    other: list[str]


class ActForms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Formulae of one act: ``printed`` stand alone, ``spoken`` are the President's."""

    printed: list[str] = []
    spoken: list[str] = []
    stage: list[str] = []
    finished: list[str] = []


class Acts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Formulae of all acts."""

    opened: ActForms
    resumed: ActForms
    suspended: ActForms
    closed: ActForms
    agenda_adopted: ActForms
    invited: ActForms
    floor_given: ActForms
    document_noted: ActForms
    statement_adopted: ActForms
    capacity_changed: ActForms
    capacity_resumed: ActForms
    speakers_exhausted: ActForms


class LanguageFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole language file."""

    code: str
    name: str
    direction: Literal["ltr", "rtl"]
    writing: Writing
    edges: Edges
    labels: Labels
    language_marks: LanguageMarks
    calendar: Calendar
    ordinals: Ordinals
    cover: Cover
    titles: Titles
    acts: Acts
