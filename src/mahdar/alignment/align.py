"""Pair the turns of two records of one meeting, then the paragraphs of each pair."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from mahdar.alignment.features import likeness, meanings, numbers_in
from mahdar.alignment.path import best_path
from mahdar.errors import NothingToPublish
from mahdar.model import Record, Turn

# What speaks for two turns being one: who speaks, then what is said.
_SPEAKER, _SAID = 0.5, 0.5
# A pair worse than this is no pair.
_LEAST_TURN, _LEAST = 0.45, 0.3


class PairedParagraphs(msgspec.Struct, frozen=True):
    """Paragraphs that say the same: their numbers in their turns, from 1, and how alike (0 to 1).

    One of the two may be empty: the other record says nothing of it.
    """

    first_paragraph_numbers: tuple[int, ...]
    second_paragraph_numbers: tuple[int, ...]
    score: float


class PairedTurns(msgspec.Struct, frozen=True):
    """Two turns that are one: their numbers from 1, None where one record lacks it."""

    first_turn_number: int | None
    second_turn_number: int | None
    score: float
    paragraphs: tuple[PairedParagraphs, ...]


class Alignment(msgspec.Struct, frozen=True):
    """The turns of a meeting in two languages, side by side."""

    first: str
    second: str
    symbol: str | None
    turns: tuple[PairedTurns, ...]


def align_records(first: Record, second: Record) -> Alignment:
    """Pair the turns and paragraphs of the same meeting in two languages.

    What speaks for a pair is who speaks in what capacity and language, the numbers and
    symbols, the lengths, and the likeness of meaning by multilingual sentence vectors
    (Yang et al., 2019). The pairs keep the order of both records.

    Args:
        first: the record in one language.
        second: the record in another.

    Raises:
        NothingToPublish: one of them has no turns.
        ToolMissing: the package with the sentence vectors is not installed.
    """
    sides = [_Side(record) for record in (first, second)]
    usual = sides[1].length / max(1, sides[0].length)
    one, other = sides

    def turn_score(a: int, b: int, c: int, d: int) -> float:
        del b, d
        speaker = _same_speaker(one.turns[a], other.turns[c])
        said = likeness(
            float(one.whole[a] @ other.whole[c]), (one.numbers[a], other.numbers[c]),
            (one.lengths[a], other.lengths[c]), usual,
        )  # fmt: skip
        return _SPEAKER * speaker + _SAID * said - _LEAST_TURN

    pairs = best_path(
        len(one.turns), len(other.turns), turn_score, steps=((1, 1), (1, 0), (0, 1)), alone=0.0
    )
    turns = tuple(
        PairedTurns(
            b if b > a else None,
            d if d > c else None,
            round(score + _LEAST_TURN, 3) if b > a and d > c else 0.0,
            _paragraphs(one, other, a if b > a else None, c if d > c else None, usual),
        )
        for a, b, c, d, score in pairs
    )
    return Alignment(first.language, second.language, first.symbol or second.symbol, turns)


class _Side:
    """One record with what is known of its turns and paragraphs."""

    def __init__(self, record: Record) -> None:
        self.turns = record.turns()
        if not self.turns:
            raise NothingToPublish(
                f"the record {record.symbol or ''} ({record.language}) has no turns to align"
            )
        self.texts = [[p.text for p in turn.all_paragraphs()] for turn in self.turns]
        flat = [text for texts in self.texts for text in texts]
        vectors = meanings(flat)
        self.vectors: list[Any] = []
        start = 0
        for texts in self.texts:
            self.vectors.append(vectors[start : start + len(texts)])
            start += len(texts)
        self.numbers = [numbers_in(" ".join(texts)) for texts in self.texts]
        self.lengths = [sum(map(len, texts)) for texts in self.texts]
        self.length = sum(self.lengths)
        self.whole = [_mean(held) for held in self.vectors]


def _mean(vectors: Any) -> Any:
    """Return the direction of several vectors together."""
    import numpy

    total = vectors.sum(axis=0) if len(vectors) else numpy.zeros(vectors.shape[1])
    size = float(numpy.linalg.norm(total))
    return total / size if size else total


def _same_speaker(one: Turn, other: Turn) -> float:
    """Return how much speaks for two turns having one speaker, 0 to 1."""
    capacity = one.capacity == other.capacity
    codes = [turn.affiliation.code if turn.affiliation else None for turn in (one, other)]
    return 0.4 * capacity + 0.4 * (codes[0] == codes[1]) + 0.2 * (one.language == other.language)


def _paragraphs(
    one: _Side, other: _Side, first: int | None, second: int | None, usual: float
) -> tuple[PairedParagraphs, ...]:
    if first is None or second is None:
        held = one.texts[first] if first is not None else other.texts[second or 0]
        numbers = range(1, len(held) + 1)
        return tuple(
            PairedParagraphs((n,), (), 0.0) if second is None else PairedParagraphs((), (n,), 0.0)
            for n in numbers
        )
    left, right = one.texts[first], other.texts[second]
    vectors = one.vectors[first], other.vectors[second]
    numbers_left: list[Counter[str]] = [numbers_in(text) for text in left]
    numbers_right: list[Counter[str]] = [numbers_in(text) for text in right]

    def score(a: int, b: int, c: int, d: int) -> float:
        meaning = float(_mean(vectors[0][a:b]) @ _mean(vectors[1][c:d]))
        return likeness(
            meaning,
            (sum(numbers_left[a:b], Counter()), sum(numbers_right[c:d], Counter())),
            (sum(map(len, left[a:b])), sum(map(len, right[c:d]))),
            usual,
        ) - _LEAST  # fmt: skip

    return tuple(
        PairedParagraphs(
            tuple(range(a + 1, b + 1)), tuple(range(c + 1, d + 1)),
            round(gained + _LEAST, 3) if b > a and d > c else 0.0,
        )
        for a, b, c, d, gained in best_path(len(left), len(right), score)
    )  # fmt: skip
