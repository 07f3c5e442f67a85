"""Read lists of people, States and bodies: whom the Chair invites, who took a seat."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from mahdar.authority.finder import name_table
from mahdar.languages import Language
from mahdar.model import Affiliation, Party
from mahdar.organs import organ_codes
from mahdar.parsing.persons import read_person

_PARTING = " ,;،؛、，；和"
# "The Permanent Observer of … to the United Nations" is of that body and not of this one.
_NOBODY = {*organ_codes(), "UN"}
_SHORT = 2
_KINDS = {"state": "state", "organisation": "organisation", "group": "organisation"}
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")


def read_parties(printed: str, language: Language) -> tuple[Party, ...]:
    """Read a list of people, States and bodies, as a sentence names them.

    Persons begin with their titles, and what stands between two of them belongs to the first; where
    no person is named, each State or body that is known is one of the list.

    Args:
        printed: the list, as printed.
        language: its facts.

    >>> from mahdar.languages import load_language
    >>> english = load_language("en")
    >>> parties = read_parties("the representatives of Chad, Togo and Cuba", english)
    >>> [party.affiliation.code for party in parties]
    ['TCD', 'TGO', 'CUB']
    >>> text = "Mr. Ali Moe, Under-Secretary-General for Lamps; and Ms. Ida Roe, Director of Wick"
    >>> [p.person.label for p in read_parties(text, english)]
    ['Mr. Ali Moe', 'Ms. Ida Roe']
    """
    pieces = list(_pieces(printed, language))
    if len(pieces) == 1:
        return _alone(printed, language)  # an office before the name belongs to it
    if pieces:
        found = [Party(*read_person(piece, language)) for piece in pieces]
        return tuple(party for party in found if party.person or party.affiliation)
    return tuple(Party(affiliation=body) for body in _bodies(printed, language)) or _alone(
        printed, language
    )


def _alone(printed: str, language: Language) -> tuple[Party, ...]:
    person, affiliation = read_person(printed, language)
    if person is None and affiliation is not None and affiliation.code in _NOBODY:
        return ()  # "the members of the Council"
    return (Party(person, affiliation),) if person or affiliation else ()


def _bodies(printed: str, language: Language) -> Iterator[Affiliation]:
    """Yield the States and bodies that a list names, each once."""
    seen: set[str] = set()
    for found in name_table(language.data.code).find(_BRACKETS.sub("", printed)):
        name = found.name
        if name.kind not in _KINDS or name.code in seen or name.code in _NOBODY:
            continue
        seen.add(name.code)
        label = _BRACKETS.sub("", printed)[found.start : found.end]
        yield Affiliation(label, _KINDS[name.kind], name.code)  # type: ignore[arg-type]


def _pieces(printed: str, language: Language) -> Iterator[str]:
    """Cut a list before each title of a person; yield nothing where there is none."""
    titles = list(_titles(language).finditer(printed))
    starts = [found.start() for found in titles if not printed[found.end() :][:1].islower()]
    if language.data.labels.honorific_after:
        ends = [found.end() for found in titles]
        starts = [0, *ends[:-1]] if ends else []
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else len(printed)
        piece = printed[start:end].strip(_PARTING)
        for word in language.data.votes.join if language.data.writing.spaced else ():
            piece = piece.removesuffix(f" {word}").strip(_PARTING)
        yield piece


@functools.cache
def _titles(language: Language) -> re.Pattern[str]:
    """A pattern over printed text for a title with a name behind it (before it in Chinese)."""
    titles = language.data.labels.honorifics
    forms = [title.form for title in titles if title.gender or title.form.endswith(".")]
    # Within a sentence a title may begin with a small letter; a short one would be a word.
    forms += [form[0].lower() + form[1:] for form in forms if len(form) > _SHORT]
    forms.sort(key=len, reverse=True)
    words = "|".join(re.escape(form).replace(r"\.", r"\.?") for form in forms)
    if language.data.labels.honorific_after:
        return re.compile(f"(?:{words})")
    return re.compile(rf"(?<![\w-])(?:{words})\s+(?=[^\W\d_])")
