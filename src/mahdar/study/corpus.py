"""The words of an archive to count in: which elements, in which languages, where a word stands."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from mahdar.analysis.analyser import analyser
from mahdar.errors import QueryError
from mahdar.index.columns import Columns, read_state
from mahdar.index.words import field_language
from mahdar.search.compiling import languages_of
from mahdar.search.searching import open_searcher

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

Places = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.uint32]


class Part:
    """The chosen elements of the records in one language.

    Args:
        columns: of the language.
        chosen: for each element, whether it is chosen.
    """

    def __init__(self, columns: Columns, chosen: npt.NDArray[np.bool_]) -> None:
        self.columns = columns
        self.code = columns.code
        self.chosen = chosen
        self.all = bool(chosen.all())
        self._numbers: dict[str, list[Places]] = {}

    @functools.cached_property
    def words(self) -> int:
        """How many words the chosen elements have."""
        return int(self.columns.lengths[self.chosen].sum())

    @functools.cached_property
    def tokens(self) -> Numbers:
        """The words of the chosen elements, one after another."""
        if self.all:
            return self.columns.tokens
        return self.columns.tokens[np.repeat(self.chosen, self.columns.lengths)]

    def counts(self) -> Places:
        """Return how often each form stands in the chosen elements, by its number."""
        return np.bincount(self.tokens, minlength=len(self.columns.forms)).astype(np.int64)

    def numbers(self, word: str) -> list[Places]:
        """Return the numbers of the forms that each word of a term may have.

        Args:
            word: a word or several; ``=`` before them takes them as written, ``*`` after
                one all that begins so, else all forms with the same stem.
        """
        if word not in self._numbers:  # every list of stems is looked through for it
            self._numbers[word] = self._looked_up(word)
        return self._numbers[word]

    def _looked_up(self, word: str) -> list[Places]:
        exact = word.startswith("=")
        text = word.removeprefix("=").strip('"')
        found = analyser(self.code)
        if text.endswith("*"):
            return self._beginning(text.rstrip("*").strip('"'))
        out = []
        for form in found.forms(text):
            if exact or found.pairs:
                out.append(self._number(form))
                continue
            stems = set(found.variants(found.stem(form)))
            numbers = [n for n, stem in enumerate(self.columns.stems) if stem in stems]
            out.append(np.array(numbers, dtype=np.int64))
        return out

    def _beginning(self, text: str) -> list[Places]:
        """Return the numbers of the forms of all that begins with a text.

        Its last word may go on, unless the text itself ends it (``U.S.*``); those before it
        (``co-op*``) are as written. In Chinese the text may be less than a word, and is looked
        for as the beginning of one first.
        """
        found = analyser(self.code)
        words = [(form, end) for form, _, end in found.words(text)]
        if not words:
            return []
        if found.pairs and len(words) > 1:
            whole = "".join(form for form, _ in words)
            if len(longer := self._numbers_beginning(whole)):
                return [longer]
        *before, (last, end) = words
        out = [self._number(form) for form, _ in before]
        goes_on = end == len(text)
        return [*out, self._numbers_beginning(last) if goes_on else self._number(last)]

    def _number(self, form: str) -> Places:
        known = self.columns.number_of
        return np.array([known[form]] if form in known else [], dtype=np.int64)

    def _numbers_beginning(self, start: str) -> Places:
        wanted = [n for n, form in enumerate(self.columns.forms) if form.startswith(start)]
        return np.array(wanted, dtype=np.int64)

    def places(self, word: str) -> Places:
        """Return the offsets of the first word of each place where a term stands."""
        numbers = self.numbers(word)
        if not numbers or any(not len(each) for each in numbers):
            return np.zeros(0, dtype=np.int64)
        found = self._of(numbers[0])
        for step, following in enumerate(numbers[1:], 1):
            found = found[found + step < len(self.columns.tokens)]
            found = found[np.isin(self.columns.tokens[found + step], following)]
        if len(numbers) > 1 and len(found):  # not across the end of a paragraph
            last = found + len(numbers) - 1
            found = found[self.columns.paragraph_of(found) == self.columns.paragraph_of(last)]
        if self.all or not len(found):
            return found
        return found[self.chosen[self.columns.element_of(found)]]

    def _of(self, numbers: Places) -> Places:
        tokens = self.columns.tokens
        if len(numbers) <= 3:
            here = tokens == np.uint32(numbers[0])
            for number in numbers[1:]:
                here |= tokens == np.uint32(number)
        else:
            wanted = np.zeros(len(self.columns.forms), dtype=bool)
            wanted[numbers] = True
            here = wanted[tokens]
        return np.flatnonzero(here)


class Corpus:
    """The words of an archive, or of the elements in it that meet a question.

    Args:
        archive: to count in.
        where: a question in the query language; all elements without it.
        language: ISO 639-1, of the records; all languages without it.
    """

    def __init__(self, archive: Indexed, where: str = "", language: str | None = None) -> None:
        chosen = None
        if where.strip():  # the searcher brings the indexes into step
            elements = open_searcher(archive).elements(where)
            chosen = np.array(sorted(elements), dtype=np.int64)
        else:
            archive.indexes.catch_up(wait=False)
        folder = archive.indexes.columns_folder
        state = read_state(folder)
        self.parts: dict[str, Part] = {}
        for code in sorted(state.lengths):
            if language and code != language:
                continue
            columns = Columns(folder, code, state)
            here = columns.here
            if chosen is not None:
                here = here & np.isin(columns.elements["element"], chosen)
            if here.any():
                self.parts[code] = Part(columns, here)

    def parts_for(self, word: str) -> Iterator[Part]:
        """Yield the parts in whose language a word may be, by its letters."""
        codes = languages_of(word)
        for code, part in self.parts.items():
            if field_language(code) in codes:
                yield part

    def one_part(self, words: Sequence[str] = ()) -> Part:
        """Return the part to count forms in, where forms of several languages must not mix.

        Raises:
            QueryError: there are several, and neither a language nor the letters choose one.
        """
        parts = list(self.parts_for(words[0])) if words else list(self.parts.values())
        if len(parts) > 1 and words:  # the language that has the word most
            parts.sort(key=lambda part: -len(part.places(words[0])))
            return parts[0]
        if len(parts) != 1:
            have = ", ".join(part.code for part in parts) or "none"
            raise QueryError(
                f"words of several languages cannot be counted together (here: {have}); choose"
                " one with --language", query=" ".join(words), at=0,
            )  # fmt: skip
        return parts[0]
