"""Words of a record that are found again in another reading or version of it.

An anchor is a place with the words that stand there and a little of what stands around them, as
the text quote selector of the W3C's Web Annotation model has it (``exact``, ``prefix``,
``suffix``). It is found by the words, not by the count: paragraphs may be split, joined and moved
meanwhile. Where more than one place could be meant, or none is left, it is lost: no wrong place is
given.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Literal

import msgspec

from mahdar.model.address import Locus
from mahdar.model.loci import loci
from mahdar.model.record import Anchor, Record

AROUND = 48
"""How many characters before and after the words are kept."""
_LEAST = 12
"""So many characters of what stood around must be there still."""
_LONG = 24
"""Words of this length that stood once and stand once are the same, whatever is around them."""
_ALIKE = 0.6
"""How alike the words must be to what now stands between the same surroundings."""
_BLANKS = re.compile(r"\s+")
_SERIES: tuple[tuple[str, ...], ...] = (("t", "s"), ("c",), ("r",), ("k",), ("x",))
"""What is read on as one text: the body with its agenda; cover, roster, notice, furniture apart."""


class Found(msgspec.Struct, frozen=True):
    """Where the words of an anchor stand now.

    ``loci`` are one stretch, or several where it runs over paragraphs; ``how`` is ``exact``
    (the same words) or ``changed`` (others between the same surroundings).
    """

    loci: tuple[Locus, ...]
    text: str
    how: Literal["exact", "changed"]


class Texts:
    """The running text of a record, for many anchors.

    Args:
        record: to look in.

    >>> from mahdar import read, specimen_path
    >>> texts = Texts(read(specimen_path()))
    >>> anchor = texts.anchor(Locus("t", 3, 1, 0, 12))
    >>> str(texts.find(anchor).loci[0])
    't3p1:0-12'
    """

    def __init__(self, record: Record) -> None:
        self._streams = {series: _Stream() for series in _SERIES}
        for located in loci(record):
            if located.text:
                self._stream(located.locus).add(located.locus, located.text)

    def _stream(self, locus: Locus) -> _Stream:
        return next(stream for series, stream in self._streams.items() if locus.series in series)

    def anchor(self, locus: Locus) -> Anchor:
        """Return the anchor of a paragraph, of a label, or of a stretch of characters in one.

        Args:
            locus: of this record; a turn is anchored by its label.

        Raises:
            KeyError: the record has no such place.
        """
        stream = self._stream(locus)
        start, end = stream.stretch(locus)
        exact = stream.text[start:end]
        return Anchor(
            str(locus), exact, stream.text[max(0, start - AROUND) : start],
            stream.text[end : end + AROUND], stream.text.count(exact) == 1,
        )  # fmt: skip

    def find(self, anchor: Anchor) -> Found | None:
        """Return where the words of an anchor stand now; None where they are lost."""
        if anchor.locus is None or not anchor.exact:
            return None
        stream = self._stream(Locus.parse(anchor.locus))
        place = _exact(stream.text, anchor) or None
        if place is not None:
            return Found(stream.loci(*place), stream.text[slice(*place)], "exact")
        place = _changed(stream.text, anchor)
        if place is not None:
            return Found(stream.loci(*place), stream.text[slice(*place)], "changed")
        return None


def find_anchor(record: Record, anchor: Anchor) -> Found | None:
    """Return where the words of an anchor stand in a record; see :class:`Texts` for many."""
    return Texts(record).find(anchor)


class _Stream:
    """Texts one after another, blanks folded, with the way back to each."""

    def __init__(self) -> None:
        self.text = ""
        self._rows: list[tuple[int, Locus, list[int], int]] = []
        self._of: dict[Locus, int] = {}
        self._starts: list[int] = []

    def add(self, locus: Locus, text: str) -> None:
        """Add the text of something; a blank stands between two."""
        if self.text:
            self.text += " "
        kept: list[int] = []
        before = " "
        folded: list[str] = []
        for at, character in enumerate(text):
            blank = character.isspace()
            if blank and before == " ":
                continue
            before = " " if blank else character
            folded.append(before)
            kept.append(at)
        if folded and folded[-1] == " ":
            folded.pop()
            kept.pop()
        self._of[locus] = len(self._rows)
        self._starts.append(len(self.text))
        self._rows.append((len(self.text), locus, kept, len(text)))
        self.text += "".join(folded)

    def stretch(self, locus: Locus) -> tuple[int, int]:
        """Return the bounds of a place in the running text."""
        rows = [self._rows[self._of[locus.whole]]] if locus.whole in self._of else [
            row for row in self._rows if row[1].element == locus.whole
        ]  # fmt: skip
        if not rows:
            raise KeyError(str(locus))
        first, last = rows[0], rows[-1]
        if locus.start is None or locus.end is None:
            return first[0], last[0] + len(last[2])
        kept = first[2]
        begin = bisect_right(kept, locus.start - 1)
        end = bisect_right(kept, locus.end - 1)
        return first[0] + begin, first[0] + end

    def loci(self, start: int, end: int) -> tuple[Locus, ...]:
        """Return the places that a stretch of the running text covers."""
        found = []
        at = max(0, bisect_right(self._starts, start) - 1)
        for begin, locus, kept, length in self._rows[at:]:
            if begin >= end:
                break
            first, last = max(start - begin, 0), min(end - begin, len(kept))
            if first < last:
                stop = length if last == len(kept) else kept[last - 1] + 1
                found.append(locus.at(kept[first], stop))
        return tuple(found)


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _agreement(text: str, start: int, end: int, anchor: Anchor) -> tuple[int, int]:
    """Return how many characters before and after a stretch are those that stood around it."""
    before = after = 0
    for mine, theirs in zip(
        reversed(text[:start][-AROUND:]), reversed(anchor.prefix), strict=False
    ):
        if mine != theirs:
            break
        before += 1
    for mine, theirs in zip(text[end : end + AROUND], anchor.suffix, strict=False):
        if mine != theirs:
            break
        after += 1
    return before, after


def _exact(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Return the one place of the words that what stood around tells from all others."""
    length = len(anchor.exact)
    rated = sorted(
        ((sum(_agreement(text, at, at + length, anchor)), at)
         for at in _places(text, anchor.exact)), reverse=True,
    )  # fmt: skip
    if not rated:
        return None
    best, at = rated[0]
    wanted = min(_LEAST, len(anchor.prefix) + len(anchor.suffix))
    if len(rated) == 1:
        # What stood once and stands once is the same, if it is more than a common phrase.
        known = best >= wanted or (anchor.once and length >= _LONG)
        return (at, at + length) if known else None
    # Of several only the one counts whose surroundings are kept, and much better than the next.
    second = rated[1][0]
    return (at, at + length) if best >= 2 * wanted and best >= second + _LEAST else None


def _changed(text: str, anchor: Anchor) -> tuple[int, int] | None:
    """Return what stands now between the surroundings of words that are there no longer."""
    prefix, suffix = anchor.prefix[-_LONG:], anchor.suffix[:_LONG]
    if len(prefix) < _LEAST or len(suffix) < _LEAST:
        return None
    most = 2 * len(anchor.exact) + AROUND
    found = []
    for at in _places(text, prefix):
        start = at + len(prefix)
        end = text.find(suffix, start, start + most)
        if end < 0:
            continue
        now = text[start:end]
        if SequenceMatcher(None, anchor.exact, now, autojunk=False).ratio() >= _ALIKE:
            found.append((start, end))
    return found[0] if len(found) == 1 and found[0][0] < found[0][1] else None
