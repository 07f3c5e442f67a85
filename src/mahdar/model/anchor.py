"""Words of a record that are found again in another reading or version of it.

An anchor is a place with the words that stand there and a little of what stands around them, as
the text quote selector of the W3C's Web Annotation model has it (``exact``, ``prefix``,
``suffix``). It is found by the words, not by the count: paragraphs may be split, joined and moved
meanwhile. Where more than one place could be meant, or none is left, it is lost: no wrong place is
given.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
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
_SIDE = 6
"""So many on either side, where the same words stand elsewhere too."""
_LONG = 24
"""Words of this length that stood once and stand once are the same, whatever is around them."""
_ALIKE = 0.6
"""How alike the words must be to what now stands between the same surroundings."""
_BLANKS = re.compile(r"\s+")
"""Blanks do not count: they differ where a paragraph is cut, and from one program to the other."""
_SERIES: tuple[tuple[str, ...], ...] = (("t", "s"), ("c",), ("r",), ("k",), ("x",))
"""What is read on as one text: the body with its agenda; cover, roster, notice, furniture apart."""


class Found(msgspec.Struct, frozen=True):
    """Where the words of an anchor stand now.

    ``loci`` are one stretch, or several where it runs over paragraphs; ``text`` the words, ``how``
    is ``exact`` (the same words) or ``changed`` (others between the same surroundings).
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
        for stream in self._streams.values():
            stream.close()

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
        return Anchor(
            str(locus), stream.printed(start, end), stream.printed(max(0, start - AROUND), start),
            stream.printed(end, min(len(stream.text), end + AROUND)),
            stream.rival(start, end), _is_framed(stream.text, start, end),
        )  # fmt: skip

    def find(self, anchor: Anchor) -> Found | None:
        """Return where the words of an anchor stand now; None where they are lost."""
        if anchor.locus is None or not anchor.exact:
            return None
        stream = self._stream(Locus.parse(anchor.locus))
        exact, prefix, suffix = (
            _BLANKS.sub("", each) for each in (anchor.exact, anchor.prefix, anchor.suffix)
        )
        bare = _Bare(exact, prefix, suffix, anchor.rival, anchor.framed)
        place, how = _exact(stream.text, bare), "exact"
        if place is None:
            place, how = _changed(stream.text, bare), "changed"
        if place is None:
            return None
        return Found(stream.loci(*place), stream.printed(*place), how)  # type: ignore[arg-type]


def find_anchor(record: Record, anchor: Anchor) -> Found | None:
    """Return where the words of an anchor stand in a record; see :class:`Texts` for many."""
    return Texts(record).find(anchor)


class _Bare(msgspec.Struct, frozen=True):
    """The words of an anchor and what stood around them, without blanks."""

    exact: str
    prefix: str
    suffix: str
    rival: tuple[int, int] | None
    framed: bool


class _Row(msgspec.Struct, frozen=True):
    """A text in the running one: where it begins there, and the offsets of what is no blank."""

    start: int
    locus: Locus
    text: str
    kept: list[int]


class _Stream:
    """Texts one after another without their blanks, with the way back to each."""

    def __init__(self) -> None:
        self.text = ""
        self._parts: list[str] = []
        self._rows: list[_Row] = []
        self._of: dict[Locus, int] = {}
        self._length = 0
        self._printed: dict[tuple[int, int], str] = {}
        self._rivals: dict[str, _Rivals] = {}

    def add(self, locus: Locus, text: str) -> None:
        kept = [at for at, character in enumerate(text) if not character.isspace()]
        self._of[locus] = len(self._rows)
        self._rows.append(_Row(self._length, locus, text, kept))
        self._parts.append("".join(text[at] for at in kept))
        self._length += len(kept)

    def close(self) -> None:
        """Make the running text, when everything is added."""
        self.text = "".join(self._parts)
        self._starts = [row.start for row in self._rows]

    def stretch(self, locus: Locus) -> tuple[int, int]:
        """Return the bounds of a place in the running text."""
        if locus.whole in self._of:
            rows = [self._rows[self._of[locus.whole]]]
        else:  # the agenda, which is its items
            rows = [row for row in self._rows if row.locus.element == locus.whole]
        if not rows:
            raise KeyError(str(locus))
        first, last = rows[0], rows[-1]
        if locus.start is None or locus.end is None:
            return first.start, last.start + len(last.kept)
        return (
            first.start + bisect_left(first.kept, locus.start),
            first.start + bisect_left(first.kept, locus.end),
        )

    def _covered(self, start: int, end: int) -> Iterator[tuple[_Row, int, int]]:
        """Yield the rows that a stretch of the running text lies in, with their own offsets."""
        at = max(0, bisect_right(self._starts, start) - 1)
        for row in self._rows[at:]:
            if row.start >= end:
                break
            first, last = max(start - row.start, 0), min(end - row.start, len(row.kept))
            if first < last:
                yield row, row.kept[first], row.kept[last - 1] + 1

    def printed(self, start: int, end: int) -> str:
        """Return a stretch with its blanks, each as one; many findings may ask for the same."""
        known = self._printed.get((start, end))
        if known is None:
            pieces = [row.text[first:last] for row, first, last in self._covered(start, end)]
            known = " ".join(_BLANKS.sub(" ", piece) for piece in pieces)
            self._printed[start, end] = known
        return known

    def rival(self, start: int, end: int) -> tuple[int, int] | None:
        """Return how much of what stands around a stretch stands around the same words elsewhere.

        The words are sought once; what has most in common with a text is next to it in order.
        """
        words = self.text[start:end]
        if words not in self._rivals:
            self._rivals[words] = _Rivals(self.text, words)
        return self._rivals[words].of(start)

    def loci(self, start: int, end: int) -> tuple[Locus, ...]:
        """Return the places that a stretch of the running text covers."""
        return tuple(row.locus.at(first, last) for row, first, last in self._covered(start, end))


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _agreement(text: str, start: int, end: int, prefix: str, suffix: str) -> tuple[int, int]:
    """Return how many characters before and after a stretch are those that stood there."""
    before = _alike(text[max(0, start - AROUND) : start][::-1], prefix[::-1])
    return before, _alike(text[end : end + AROUND], suffix)


def _alike(one: str, other: str) -> int:
    """Return how many characters two texts have in common before they part."""
    for at, (mine, theirs) in enumerate(zip(one, other, strict=False)):
        if mine != theirs:
            return at
    return min(len(one), len(other))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    return text[max(0, start - AROUND) : start], text[end : end + AROUND]


class _Rivals:
    """All places of the same words: how much each has in common with the next, on either side."""

    def __init__(self, text: str, words: str) -> None:
        before: list[tuple[str, int]] = []
        after: list[tuple[str, int]] = []
        for at in _places(text, words):
            prefix, suffix = _around(text, at, at + len(words))
            before.append((prefix[::-1], at))
            after.append((suffix, at))
        self._before, self._after = _nearest(before), _nearest(after)

    def of(self, start: int) -> tuple[int, int] | None:
        """Return the most that another place has in common before and after; None without one."""
        return (self._before[start], self._after[start]) if len(self._before) > 1 else None


def _nearest(texts: list[tuple[str, int]]) -> dict[int, int]:
    """Return for each place how many first characters its text shares with any other's.

    >>> _nearest([("abc", 0), ("x", 5), ("abd", 9)])
    {0: 2, 9: 2, 5: 0}
    """
    texts.sort()
    shared = [0, *(_alike(one, other) for (one, _), (other, _) in itertools.pairwise(texts)), 0]
    return {at: max(shared[k : k + 2]) for k, (_, at) in enumerate(texts)}


def _exact(text: str, anchor: _Bare) -> tuple[int, int] | None:
    """Return the one place of the words that what stood around tells from all others."""
    length = len(anchor.exact)
    rated = sorted(
        (_agreement(text, at, at + length, anchor.prefix, anchor.suffix), at)
        for at in _places(text, anchor.exact)
    )
    rated.sort(key=lambda row: -sum(row[0]))
    if not rated:
        return None
    (before, after), at = rated[0]
    rival = anchor.rival
    if rival is None:
        # 1. They stood once and stand once: the same, if they are more than a common phrase.
        known = before + after >= min(_LEAST, len(anchor.prefix) + len(anchor.suffix))
        return (at, at + length) if len(rated) == 1 and (known or length >= _LONG) else None
    # 2. They stood in several places. On either side more must be kept than any other place had:
    # where something was taken out, a twin may stand next to what followed it.
    if before <= rival[0] and after <= rival[1]:
        return None
    if not _is_better((before, after), anchor, _SIDE):
        return None
    # 3. No other place may have come to be as good: a copy, most likely.
    if any(_is_better(side, anchor, 1) for side, _ in rated[1:]):
        return None
    return at, at + length


def _is_better(kept: tuple[int, int], anchor: _Bare, margin: int) -> bool:
    """Tell whether more is kept on either side than any other place had, or all of it."""
    return all(
        here == len(there) or here >= other + margin
        for here, there, other in zip(
            kept, (anchor.prefix, anchor.suffix), anchor.rival or (0, 0), strict=True
        )
    )


def _frames(text: str, prefix: str, suffix: str, most: int) -> list[tuple[int, int]]:
    """Return the stretches between one text and the next that follows it, up to a length."""
    found = []
    for at in _places(text, prefix):
        start = at + len(prefix)
        end = text.find(suffix, start, start + most + len(suffix))
        if end > start:
            found.append((start, end))
    return found


def _is_framed(text: str, start: int, end: int) -> bool:
    """Tell whether what stands next to a stretch on either side stands nowhere else."""
    prefix, suffix = text[max(0, start - _LONG) : start], text[end : end + _LONG]
    return min(len(prefix), len(suffix)) >= _LEAST and (
        text.count(prefix) == 1 or text.count(suffix) == 1
    )


def _changed(text: str, anchor: _Bare) -> tuple[int, int] | None:
    """Return what stands now between the surroundings of words that are there no longer."""
    if not anchor.framed or anchor.rival is not None or anchor.exact in text:
        return None
    prefix, suffix = anchor.prefix[-_LONG:], anchor.suffix[:_LONG]
    if text.count(prefix) > 1 and text.count(suffix) > 1:
        return None
    found = [
        (start, end)
        for start, end in _frames(text, prefix, suffix, 2 * len(anchor.exact) + AROUND)
        if SequenceMatcher(None, anchor.exact, text[start:end], autojunk=False).ratio() >= _ALIKE
    ]
    return found[0] if len(found) == 1 else None
