"""Mark in a text what a question asked for, and cut the snippet around it."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from mahdar.analysis.analyser import Analyser, analyser
from mahdar.index.words import field_language
from mahdar.search.compiling import languages_of
from mahdar.search.tree import Near, Phrase, Word

_SNIPPET = 280
"""How many characters of a text a snippet has, about."""
_BEFORE = 60

Marks = tuple[tuple[int, int], ...]


class Marked(msgspec.Struct, frozen=True):
    """A text with the places of what was asked for, and how many different terms are there."""

    text: str
    marks: Marks
    terms: int


class _Term(msgspec.Struct, frozen=True):
    """A term in one language: its words as they are compared, and how they may stand."""

    words: tuple[str, ...]
    exact: bool
    prefix: bool = False
    slop: int = 0
    either_way: bool = False


class Marker:
    """Marks texts of one language.

    Args:
        terms: the words, phrases and pairs that a question wants.
        code: ISO 639-1, of the texts.
    """

    def __init__(self, terms: Sequence[Word | Phrase | Near], code: str) -> None:
        self._analyser = analyser(code)
        self._terms = [made for term in terms if (made := _made(term, self._analyser))]
        self._exact = any(term.exact or term.prefix for term in self._terms)

    def mark(self, text: str) -> Marked:
        """Return a text with the marks of every term in it."""
        if not self._terms:
            return Marked(text, (), 0)
        stems, forms, places = self._words(text)
        marks: set[tuple[int, int]] = set()
        found = 0
        attached = self._analyser.attached
        for term in self._terms:
            if term.exact or term.prefix:
                runs = _runs(term, forms)
            else:
                runs = _runs(term, _detached(stems, attached, term.words) if attached else stems)
            found += bool(runs)
            for run in runs:
                marks |= _places(run, places)
        return Marked(text, _joined(marks, text), found)

    def _words(self, text: str) -> tuple[list[str], list[str], list[tuple[int, int]]]:
        if self._analyser.pairs:
            held = list(self._analyser.searched(text))
            stems = [word for word, _, _ in held]
            return stems, stems, [(start, end) for _, start, end in held]
        held = list(self._analyser.words(text))
        forms = [form for form, _, _ in held]
        stem = self._analyser.stem
        return [stem(f) for f in forms], forms, [(start, end) for _, start, end in held]


@functools.lru_cache(maxsize=512)
def _made(term: Word | Phrase | Near, found: Analyser) -> _Term | None:
    text = term.one.text + " " + term.other.text if isinstance(term, Near) else term.text
    if field_language(found.code) not in languages_of(text):
        return None
    if isinstance(term, Near):
        exact = term.one.exact
        return _Term(_words_of(text, found, exact), exact, False, term.distance - 1, True)
    if isinstance(term, Word) and term.prefix and not found.pairs:
        return _Term(tuple(found.forms(term.text)), False, True)
    exact = term.exact and not found.pairs
    slop = term.slop if isinstance(term, Phrase) else 0
    words = _words_of(term.text, found, exact)
    return _Term(words, exact, False, slop) if words else None


def _words_of(text: str, found: Analyser, exact: bool) -> tuple[str, ...]:
    if exact and not found.pairs:
        return tuple(found.forms(text))
    return tuple(stem for stem, _, _ in found.searched(text))


def _detached(stems: list[str], attached: tuple[str, ...], wanted: tuple[str, ...]) -> list[str]:
    """Return stems with what is written together with a wanted word taken off."""
    return [s[1:] if s[:1] in attached and s[1:] in wanted and s not in wanted else s
            for s in stems]  # fmt: skip


def _runs(term: _Term, words: list[str]) -> list[tuple[int, ...]]:
    """Return the numbers of the words of each place where a term stands."""
    first = term.words[0]
    if term.prefix:
        return [(n,) for n, word in enumerate(words) if word.startswith(first)]
    if len(term.words) == 1:
        if len(first) == 1 and not first.isascii():  # one Chinese character is a part of pairs
            return [(n,) for n, word in enumerate(words) if first in word]
        return [(n,) for n, word in enumerate(words) if word == first]
    orders = [term.words]
    if term.either_way and len(term.words) == 2:
        orders.append(term.words[::-1])
    return [run for order in orders for run in _sequences(order, words, term.slop)]


def _sequences(wanted: tuple[str, ...], words: list[str], slop: int) -> list[tuple[int, ...]]:
    runs = []
    for n, word in enumerate(words):
        if word != wanted[0]:
            continue
        run, left = [n], slop
        for following in wanted[1:]:
            at = run[-1] + 1
            window = words[at : at + left + 1]
            if following not in window:
                break
            step = window.index(following)
            left -= step
            run.append(at + step)
        else:
            runs.append(tuple(run))
    return runs


def _places(run: tuple[int, ...], places: list[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return what to mark of a run: words that follow one another as one stretch."""
    out: list[tuple[int, int, int]] = []
    for n in run:
        if out and n == out[-1][2] + 1:
            out[-1] = (out[-1][0], places[n][1], n)
        else:
            out.append((*places[n], n))
    return {(start, end) for start, end, _ in out}


def _joined(marks: set[tuple[int, int]], text: str) -> Marks:
    out: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(pair for pair in out if text[pair[0] : pair[1]])


def snippet(marked: Marked, size: int = _SNIPPET, *, start: int | None = None) -> Marked:
    """Return the part of a text in which most of its marks stand, cut at blanks.

    Args:
        marked: the text.
        size: how many characters, about.
        start: where the part begins; by default where most marks are.

    >>> text = "word " * 100 + "troika " + "word " * 100
    >>> cut = snippet(Marked(text, ((500, 506),), 1), 60)
    >>> cut.text[slice(*cut.marks[0])], cut.text[0], len(cut.text) < 80
    ('troika', '…', True)
    """
    text, marks = marked.text, marked.marks
    if len(text) <= size * 1.2:
        return marked
    if start is not None:
        start = max(0, min(start, len(text) - size))
    elif marks:
        best = max(marks, key=lambda mark: (_within(marks, mark[0], size), -mark[0]))
        start = max(0, min(best[0] - min(_BEFORE, size // 4), len(text) - size))
    else:
        start = 0
    end = min(len(text), start + size)
    if start:
        blank = text.find(" ", start, start + 20)
        start = blank + 1 if blank >= 0 and not any(s < blank < e for s, e in marks) else start
    if end < len(text):
        blank = text.rfind(" ", end - 20, end)
        end = blank if blank > start else end
    front = "…" if start else ""
    back = "…" if end < len(text) else ""
    kept = tuple(
        (max(s, start) - start + len(front), min(e, end) - start + len(front))
        for s, e in marks
        if s < end and e > start
    )
    return Marked(front + text[start:end] + back, kept, marked.terms)


def _within(marks: Marks, start: int, size: int) -> int:
    return sum(start <= mark[0] < start + size - _BEFORE for mark in marks)
