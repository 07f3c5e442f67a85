"""Kinds of findings, as data: what there is, and what tells each in every language."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from string import Formatter
from typing import TypeVar

import msgspec

from mahdar.errors import LanguageDataError

FIRST = "en"
"""The language of ``Finding.message``: every kind is told in it."""

File = TypeVar("File", bound=msgspec.Struct)


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of finding: ``kinds/<code>.toml``, each text by the code of its language.

    ``sentence`` tells a finding that names no case, ``cases`` those that do. What is in braces
    is filled with the facts of the finding.
    """

    title: dict[str, str]
    sentence: dict[str, str] = {}
    cases: dict[str, dict[str, str]] = {}

    def told(self, case: str) -> dict[str, str]:
        """Return the sentences of a case, those without a case where it is empty; {} for none."""
        return self.cases.get(case, {}) if case else self.sentence


class Telling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How one language tells: ``<language>.toml``.

    ``list`` parts what is counted up. ``titles`` (by kind) and ``sentences`` (by kind, with the
    case after a point) are those that do not stand in the files of the kinds: a language that
    comes later brings all of its own along.
    """

    list: str
    titles: dict[str, str] = {}
    sentences: dict[str, str] = {}


class Catalogue:
    """The kinds and languages of a folder; a file is read when it is first asked for.

    Args:
        folder: holds ``<language>.toml`` files, and ``kinds`` with a file for each kind.
    """

    def __init__(self, folder: Traversable) -> None:
        self._folder = folder
        self._kinds: dict[str, Kind] = {}
        self._tellings: dict[str, Telling] = {}

    @functools.cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all kinds, sorted."""
        return _names(self._folder / "kinds")

    @functools.cached_property
    def languages(self) -> tuple[str, ...]:
        """The codes (ISO 639-1) of all languages, sorted."""
        return _names(self._folder)

    def kind(self, code: str) -> Kind:
        """Return a kind.

        Raises:
            KeyError: there is none of this code.
            LanguageDataError: its file is not as it should be.
        """
        if code not in self._kinds:
            # Names from outside, such as an old record's, never make a path.
            if code not in self.codes:
                raise KeyError(f"no finding is of the kind '{code}'")
            self._kinds[code] = _load(self._folder / "kinds" / f"{code}.toml", Kind)
        return self._kinds[code]

    def telling(self, language: str) -> Telling:
        """Return how a language tells.

        Raises:
            KeyError: there is no such language.
            LanguageDataError: its file is not as it should be.
        """
        if language not in self._tellings:
            if language not in self.languages:
                raise KeyError(f"findings are not told in '{language}'")
            self._tellings[language] = _load(self._folder / f"{language}.toml", Telling)
        return self._tellings[language]

    def title(self, code: str, language: str) -> str:
        """Return the title of a kind in a language.

        Raises:
            KeyError: there is none.
        """
        kind = self.kind(code)
        return kind.title.get(language) or self.telling(language).titles[code]

    def sentence(self, code: str, case: str, language: str) -> str:
        """Return what tells a case of a kind in a language, its facts in braces.

        Raises:
            KeyError: there is none.
        """
        told = self.kind(code).told(case).get(language)
        return told or self.telling(language).sentences[f"{code}.{case}" if case else code]

    def needed_facts(self, code: str, case: str = "") -> frozenset[str]:
        """Return the names of the facts that a finding of this kind and case needs.

        Raises:
            KeyError: there is no such kind or case.
        """
        parts = Formatter().parse(self.sentence(code, case, FIRST))
        return frozenset(name for _, name, _, _ in parts if name)


CATALOGUE = Catalogue(resources.files("mahdar.findings"))


def finding_kinds() -> tuple[str, ...]:
    """Return the codes of all kinds of findings that Mahdar makes, sorted.

    >>> finding_kinds()[:2]
    ('act_not_understood', 'ballot_differs')
    """
    return CATALOGUE.codes


def needed_facts(code: str, case: str = "") -> frozenset[str]:
    """Return the names of the facts without which a finding cannot be told.

    Args:
        code: a kind, one of :func:`finding_kinds`.
        case: of this kind.

    Raises:
        KeyError: there is no such kind or case.

    >>> sorted(needed_facts("roster_incomplete"))
    ['named', 'seats', 'year']
    """
    return CATALOGUE.needed_facts(code, case)


def _names(folder: Traversable) -> tuple[str, ...]:
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name[:-5] for name in names if name.endswith(".toml")))


def _load(file: Traversable, kind: type[File]) -> File:
    try:
        return msgspec.convert(tomllib.loads(file.read_text("utf-8")), kind)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise LanguageDataError(f"findings: {file.name}: {error}") from None
