"""Find the names of States, bodies, groups and offices in running text."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterable, Iterator

import msgspec

from mahdar.authority.forms import forms_of
from mahdar.authority.tables import names, rows
from mahdar.languages import Language, load_language

STATE_FILES = ("states.tsv", "states_formal.tsv", "states_other.tsv")


class Name(msgspec.Struct, frozen=True):
    """A known form of a name: what it names, and how it differs from the name itself.

    ``between`` is what stands between its words, the point of "Ms. Rice" among it.
    """

    words: tuple[str, ...]
    printed: str
    kind: str
    code: str
    form: str | None = None
    between: tuple[str, ...] = ()


class NameFound(msgspec.Struct, frozen=True):
    """A name at ``start`` to ``end`` of a text; ``lead`` is what is written together before it."""

    start: int
    end: int
    name: Name
    lead: str = ""


_WORD = re.compile(r"[^\W_]+")
_CHARACTER = re.compile(r"[A-Za-z0-9]+|[^\W_]")
_BETWEEN = 3
_ENDS = ".;:؛"
"""Characters that end a name, unless they are part of it."""


class NameTable:
    """Known names by their first word, the longest first."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._by_first: dict[str, list[Name]] = {}
        self._split = _WORD if language.data.writing.spaced else _CHARACTER
        self._leads = [(p, left) for p, left in language.data.writing.proclitics if p != left]
        self._lead_characters = frozenset(p[0] for p, _ in self._leads)
        self._doubtful = _doubtful(language.data.code)

    def add(self, printed: str, kind: str, code: str, form: str | None = None) -> None:
        """Add a name as it is printed."""
        text = self.language.fold.view(printed).text
        tokens = list(self._split.finditer(text))
        words = tuple(token.group() for token in tokens)
        between = tuple(
            text[one.end() : other.start()] for one, other in itertools.pairwise(tokens)
        )
        if words:
            entries = self._by_first.setdefault(words[0], [])
            if all(entry.words != words or entry.kind == "person" for entry in entries):
                entries.append(Name(words, printed, kind, code, form, between))
                entries.sort(key=lambda name: -len(name.words))

    def names(self) -> Iterable[Name]:
        """Return all names."""
        return (name for entries in self._by_first.values() for name in entries)

    def find(self, text: str) -> Iterator[NameFound]:
        """Yield the names in a text in order, the longest at each place; none within another.

        Args:
            text: as printed.
        """
        view = self.language.fold.view(text)
        tokens = [(m.group(), m.start(), m.end()) for m in self._split.finditer(view.text)]
        first, lead_characters = self._by_first, self._lead_characters
        at = 0
        last: NameFound | None = None
        while at < len(tokens):
            word = tokens[at][0]
            found = None
            if word in first:
                found = self._match(first[word], tokens, at, view.text)
            lead = ""
            if found is None and word[0] in lead_characters:
                for leading, left in self._leads:
                    if word.startswith(leading) and (bare := left + word[len(leading) :]) in first:
                        found = self._match(first[bare], tokens, at, view.text)
                        lead = leading
                        if found:
                            break
            if found is None:
                at += 1
                continue
            name, length = found
            start, end = view.printed(tokens[at][1]), view.printed(tokens[at + length - 1][2])
            if end > start and self._meant(name, text, start, end, tokens, at, lead, last):
                if name.kind != "none":
                    last = NameFound(start, end, name, lead)
                    yield last
                at += length
            else:
                at += 1

    def _match(
        self,
        entries: list[Name],
        tokens: list[tuple[str, int, int]],
        at: int,
        text: str,
    ) -> tuple[Name, int] | None:
        for name in entries:
            length = len(name.words)
            if at + length > len(tokens):
                continue
            for offset in range(1, length):
                word, start, _ = tokens[at + offset]
                gap = text[tokens[at + offset - 1][2] : start]
                if (
                    word != name.words[offset]
                    or len(gap) > _BETWEEN
                    or any(s in _ENDS and s not in name.between[offset - 1] for s in gap)
                ):
                    break
            else:
                return name, length
        return None

    def _meant(
        self,
        name: Name,
        text: str,
        start: int,
        end: int,
        tokens: list[tuple[str, int, int]],
        at: int,
        lead: str,
        last: NameFound | None,
    ) -> bool:
        """Return whether what is printed is the name, and not a common word like it."""
        printed = text[start:end]
        if text[end : end + 1] == "$":
            return False
        if name.printed.isupper() and name.printed.isascii() and len(name.printed) <= 9:
            return printed == name.printed
        if not lead and name.printed[0].isupper() and not printed[0].isupper():
            return False
        pattern = self._doubtful.get(name.words[0]) if len(name.words) == 1 else None
        if pattern is None:
            return True
        after, after_and = pattern
        if last is not None and last.name.kind == "state" and start - last.end <= 2:
            return True
        before = tokens[at - 1][0] if at else ""
        if lead and lead[0] in "وف" and len(lead) == 1:
            return after_and.fullmatch(before) is not None
        return bool(lead) or after.fullmatch(before) is not None


@functools.cache
def _doubtful(language: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    key = load_language(language).key
    return {
        key(row["name"]): (
            re.compile(rf"[وف]?[بلك]?(?:{row['after']})"),
            re.compile(row["after_and"]),
        )
        for row in rows("doubtful_names.tsv")
        if row["language"] == language
    }


@functools.cache
def name_table(language: str) -> NameTable:
    """Return the table of all known names in a language.

    >>> [f.name.code for f in name_table("ar").find("وفي الصومال ولليمن وجمهورية غينيا")]
    ['SOM', 'YEM', 'GIN']
    >>> [f.name.code for f in name_table("ru").find("представителя Чада и Республики Корея")]
    ['TCD', 'KOR']
    """
    table = NameTable(load_language(language))
    for row in rows("not_names.tsv"):
        if row["language"] == language:
            table.add(row["phrase"], "none", "")
    for file in STATE_FILES:
        _fill(table, file, language, "state")
    kinds = {row["code"]: row["kind"] for row in rows("organisations.tsv")}
    for code, printed in names("organisations.tsv", language).items():
        for name in printed:
            _add(table, name, "group" if kinds[code] == "group" else "organisation", code)
    _fill(table, "offices.tsv", language, "office")
    return table


def _fill(table: NameTable, file: str, language: str, kind: str) -> None:
    for code, printed in names(file, language).items():
        for name in printed:
            _add(table, name, kind, code)


def _add(table: NameTable, name: str, kind: str, code: str) -> None:
    table.add(name, kind, code)
    for form, case in forms_of(name, table.language.data.code).items():
        table.add(form, kind, code, case)


def find_names(text: str, language: str) -> list[NameFound]:
    """Find the States, bodies, groups and offices named in a text.

    Args:
        text: as printed.
        language: ISO 639-1.

    >>> [(f.name.kind, f.name.code) for f in find_names("de la Côte d’Ivoire et du Tchad", "fr")]
    [('state', 'CIV'), ('state', 'TCD')]
    """
    return list(name_table(language).find(text))
