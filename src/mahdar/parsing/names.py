"""Take a printed name apart: honorific, name, affiliation, language."""

from __future__ import annotations

import re

import msgspec

from mahdar.authority import find_affiliation
from mahdar.languages import Language
from mahdar.languages.openings import Opening, language_of_mark
from mahdar.model import Affiliation, Capacity, Name

_NUMBER = re.compile(r"^\s*\d{1,3}\.\s+")


class Label(msgspec.Struct, frozen=True):
    """The head of a turn, understood.

    ``language`` is None where no mark is printed; ``unknown_mark`` holds a bracket
    that looks like a mark but names no language that is known.
    """

    name: Name
    capacity: Capacity
    affiliation: Affiliation | None
    language: str | None
    unknown_mark: str | None
    role: str | None = None


def read_name(printed: str, language: Language) -> Name:
    """Split a printed name into honorific and name.

    >>> from mahdar.languages import load_language
    >>> read_name("السير مارك لايل غرانت", load_language("ar")).honorific
    'السير'
    """
    printed = " ".join(printed.split())
    view = language.fold.view(printed)
    if language.data.labels.honorific_after:
        after = language.honorific_pattern.search(view.text)
        if after is None:
            return Name(printed, None, printed or None)
        at = view.printed(after.start())
        return Name(printed, printed[at:].strip(), printed[:at].strip() or None)
    found = language.honorific_pattern.match(view.text)
    if found is None:
        return Name(printed, None, printed or None)
    end = view.printed(found.end())
    return Name(printed, printed[:end].strip(), printed[end:].strip() or None)


def read_label(text: str, opening: Opening, language: Language, members: frozenset[str]) -> Label:
    """Understand the label of a turn.

    Args:
        text: the paragraph that the label opens.
        opening: the label as :func:`mahdar.languages.openings.read_opening` found it.
        language: its facts.
        members: codes of the States that sit on the organ.
    """
    spoken, unknown = None, None
    affiliation: Affiliation | None = None
    for words, _, _ in opening.brackets:
        code = language_of_mark(words, language)
        if code:
            spoken = code
        elif affiliation is None:
            affiliation = find_affiliation(words, language)
        else:
            unknown = words
    printed = " ".join(text[: opening.label_end].split())
    capacity: Capacity
    if opening.office == "president":
        capacity = "president"
    elif opening.office == "secretariat":
        capacity = "secretariat"
        affiliation = affiliation or Affiliation(opening.name, "secretariat", None)
    elif affiliation is None:
        capacity = "unknown"
    elif affiliation.kind == "secretariat":
        capacity = "secretariat"
    elif affiliation.kind == "state" and (not members or affiliation.code in members):
        capacity = "member"
    else:
        capacity = "invited"
    name = None if opening.office else " ".join(opening.name.split())
    role = " ".join(opening.role.split()) if opening.role else None
    called = _NUMBER.sub("", printed)
    return Label(
        Name(called, opening.honorific, name), capacity, affiliation, spoken, unknown, role
    )
