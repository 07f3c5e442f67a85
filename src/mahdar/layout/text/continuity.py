"""How well the words at the head of one block go on from the words at the foot of another.

The model is learned from the record itself, while it is read: which words,
stems and shapes of word follow each other inside its blocks, and which words
come back within a passage. So it needs no training data, knows the vocabulary
of the meeting and serves any language.

Each table of pairs is smoothed as Witten and Bell do (1991, "The zero-frequency
problem") and states how much likelier the second is after the first than
anywhere; the tables are added up with weights, a logistic regression fitted once
on cuts made at random in Arabic and English records. Words that come back are
weighed as a cache model (Kuhn and De Mori 1990). Everything is in nats.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import NormalDist, fmean, pstdev
from typing import NamedTuple

from mahdar.languages import Language
from mahdar.layout.text.tokens import tokens

# Words seen this often in one record count as shapes of their own.
_FREQUENT = 30
_SHORT = 3
_WEIGHT_SHAPE, _WEIGHT_LEMMA, _WEIGHT_STEM, _WEIGHT_PAIR = 0.20, 0.30, 0.27, 0.19
_WEIGHT_LEAD, _WEIGHT_OPENING = 0.35, 0.40
_WEIGHT_SKIP_HEAD, _WEIGHT_SKIP_FOOT = 0.23, 0.27
_WEIGHT_START_SHAPE, _WEIGHT_START_LEAD = 0.54, 0.35
_WEIGHT_START_SKIP, _WEIGHT_START_LENGTH = 0.80, 1.4
_WEIGHT_CACHE, _CACHE_MIDDLE = 0.19, 0.105
_CACHE_SHARE = 0.15
_MOST_LENGTH = 3.0
_MOST_COHESION = 1.2
WINDOW = 60
"""Words on each side that are looked at for words that come back."""


class _Form(NamedTuple):
    """A word as the tables see it.

    ``shape`` is what it begins and ends with, or the word itself where it is short
    or frequent; ``stem`` the word without the small words written together with
    it; ``lemma`` the stem with the article; ``opening`` how it begins, by small
    word or letter; ``lead`` the small word alone.
    """

    shape: str
    stem: str
    lemma: str
    opening: str
    lead: str


class _Follows:
    """What follows what, and how much likelier than anywhere."""

    def __init__(self, pairs: Iterable[tuple[Hashable, str]], single: Counter[str]) -> None:
        seen = list(pairs)
        self._pairs: Counter[tuple[Hashable, str]] = Counter(seen)
        self._single = single
        self._total = sum(single.values()) or 1
        first = itemgetter(0)
        self._after: Counter[Hashable] = Counter(map(first, seen))
        self._kinds: Counter[Hashable] = Counter(map(first, self._pairs))

    def ratio(self, first: Hashable, second: str) -> float:
        """Return log P(second after first) / P(second)."""
        kinds = self._kinds.get(first, 0)
        expected = max(1, self._single.get(second, 0)) / self._total
        seen = self._pairs.get((first, second), 0) / expected
        return math.log((seen + kinds + 1) / (self._after.get(first, 0) + kinds + 1))


class _Lengths:
    """How long the sentences of the record are, and what a cut leaves of them."""

    _BOUNDS = (1, 3, 6, 10, 15, 22, 32, 45)

    def __init__(self, blocks: Sequence[Sequence[str]], stops: frozenset[str]) -> None:
        self._rests: list[int | None] = []
        self._begun: list[int] = []
        lengths: list[int] = []
        for line in blocks:
            ends = [number for number, token in enumerate(line) if token in stops]
            self._rests.append(ends[0] if ends else None)
            self._begun.append(len(line) - 1 - ends[-1] if ends else len(line))
            lengths += [n for n in (b - a - 1 for a, b in pairwise(ends)) if n > 0]
        # Whole sentences by length; rests by length, as a cut at any word would leave them.
        whole = Counter(bisect_right(self._BOUNDS, length) for length in lengths)
        rest = Counter(
            bisect_right(self._BOUNDS, left) for length in lengths for left in range(length + 1)
        )
        n_whole, n_rest = len(lengths) + 8.0, sum(rest.values()) + 8.0
        self._ratios = [
            math.log((whole[k] + 1) / n_whole) - math.log((rest[k] + 1) / n_rest)
            for k in range(len(self._BOUNDS) + 1)
        ]
        # The lengths of whole sentences are near log-normal; at least a second is assumed.
        logs = [math.log(length) for length in lengths if length > 1] or [3.0]
        self._normal = NormalDist(fmean(logs), max(pstdev(logs), 0.4))
        self._mean = fmean(lengths) if lengths else 20.0

    def starts(self, block: int) -> float:
        """Return log P(length of the first sentence | whole) / P(... | a rest)."""
        length = self._rests[block]
        if length is None:
            return 0.0
        value = self._ratios[bisect_right(self._BOUNDS, length)]
        return max(-_MOST_LENGTH, min(_MOST_LENGTH, value))

    def joins(self, before: int, after: int) -> float:
        """Return how much likelier the two parts make one sentence than two others do."""
        rest, begun = self._rests[after], self._begun[before]
        if rest is None:
            return 0.0
        total = max(2, begun + rest)
        density = self._normal.pdf(math.log(total)) / total
        apart = self._longer(begun) * self._longer(rest)
        value = math.log(max(density, 1e-6) * self._mean / apart)
        return max(-_MOST_LENGTH, min(_MOST_LENGTH, value))

    def _longer(self, length: int) -> float:
        return max(1 - self._normal.cdf(math.log(max(length, 1))), 1e-3)


class Continuity:
    """A model of what follows what, learned from the blocks of one record.

    >>> from mahdar.languages import load_language
    >>> texts = ["مجلس الأمن اليوم", "قرر مجلس الأمن أن", "في مجلس الأمن"]
    >>> model = Continuity(texts, load_language("ar"))
    >>> model.fit(["مجلس"], ["الأمن"]) > model.fit(["قرر"], ["اليوم"])
    True
    """

    def __init__(self, texts: Iterable[str], language: Language) -> None:
        """Learn.

        Args:
            texts: the blocks as they lie in the source; each is taken to be whole
                inside.
            language: its script and proclitics.
        """
        self._spelling = language.fold.spelling
        self._proclitics = dict(language.data.writing.proclitics)
        self._longest_first = sorted({len(p) for p in self._proclitics}, reverse=True)
        blocks = [self.tokens(text) for text in texts]
        background = [self.tokens(line) for line in language.prose.splitlines()]
        self._words: Counter[str] = Counter()
        lines = [*blocks, *background]
        for line in lines:
            self._words.update(line)
        self._total = sum(self._words.values()) or 1
        forms = {word: self._take_apart(word) for word in self._words}
        self._forms = forms
        taken = [[forms[word] for word in line] for line in lines]
        stems = [[form.stem for form in line] for line in taken]
        shapes = [[form.shape for form in line] for line in taken]
        openings = [[form.opening for form in line] for line in taken]
        leads = [[form.lead for form in line] for line in taken]
        lemmas = [[form.lemma for form in line] for line in taken]
        single_stems = Counter(stem for line in stems for stem in line)
        single_shapes = Counter(shape for line in shapes for shape in line)
        self._shape = _Follows((p for line in shapes for p in pairwise(line)), single_shapes)
        self._lemma = _Follows(
            (
                p
                for line, then in zip(lemmas, shapes, strict=True)
                for p in zip(line, then[1:], strict=False)
            ),
            single_shapes,
        )
        self._stem = _Follows((p for line in stems for p in pairwise(line)), single_stems)
        self._skip = _Follows(
            (p for line in stems for p in zip(line, line[2:], strict=False)), single_stems
        )
        self._opening = _Follows(
            (p for line in openings for p in pairwise(line)),
            Counter(opening for line in openings for opening in line),
        )
        self._lead = _Follows(
            (
                p
                for line, then in zip(lemmas, leads, strict=True)
                for p in zip(line, then[1:], strict=False)
            ),
            Counter(lead for line in leads for lead in line),
        )
        self._pair = _Follows(
            (p for line in stems for p in zip(pairwise(line), line[2:], strict=False)),
            single_stems,
        )
        self._blocks = blocks
        self._lengths = _Lengths(blocks, frozenset(language.data.writing.sentence_end))
        self.heads = [line[:2] for line in blocks]
        self.feet = [line[-2:] for line in blocks]
        self._windows: dict[tuple[int, int], tuple[Counter[str], int]] = {}

    def tokens(self, text: str) -> list[str]:
        """Return the words and single characters of ``text`` as they are compared."""
        return tokens(self._spelling(text))

    def _take_apart(self, word: str) -> _Form:
        if word.isdigit():
            number = f"#{min(len(word), 5)}"
            return _Form(number, word, number, "#", "#")
        if not word.isalpha():
            return _Form(word, word, word, word, word)
        frequent = self._words[word] >= _FREQUENT
        stem, prefix, kept = self._without_proclitic(word, _SHORT)
        whole = frequent or len(word) <= _SHORT
        shape = word if whole else f"{prefix}~{stem[-1] if self._proclitics else stem[-2:]}"
        # A preposition of one letter shows before the shortest word too.
        rest, lead, _ = self._without_proclitic(word, _SHORT - 1)
        opening = word if frequent else f"{lead}~" if lead else f"~{rest[0]}"
        return _Form(shape, stem, kept + stem, opening, word if frequent else f"{lead}~")

    def _without_proclitic(self, word: str, least: int) -> tuple[str, str, str]:
        """Return a word without the small words before it, those, and what grammar keeps."""
        for length in self._longest_first:
            if len(word) - length >= least:
                left = self._proclitics.get(word[:length])
                if left is not None:
                    return word[length:], word[:length], left
        return word, "", ""

    def _form(self, word: str) -> _Form:
        return self._forms.get(word) or self._take_apart(word)

    def fit(self, foot: Sequence[str], head: Sequence[str]) -> float:
        """Return how much likelier ``head`` is after ``foot`` than anywhere, in nats.

        Args:
            foot: the last tokens of the one block, two at most.
            head: the first tokens of the other, two at most.
        """
        if not foot or not head:
            return 0.0
        last, first = self._form(foot[-1]), self._form(head[0])
        value = _WEIGHT_SHAPE * self._shape.ratio(last.shape, first.shape)
        value += _WEIGHT_LEMMA * self._lemma.ratio(last.lemma, first.shape)
        value += _WEIGHT_STEM * self._stem.ratio(last.stem, first.stem)
        value += _WEIGHT_LEAD * self._lead.ratio(last.lemma, first.lead)
        value += _WEIGHT_OPENING * self._opening.ratio(last.opening, first.opening)
        if len(head) > 1:
            value += _WEIGHT_SKIP_HEAD * self._skip.ratio(last.stem, self._form(head[1]).stem)
        if len(foot) > 1:
            before = self._form(foot[-2]).stem
            value += _WEIGHT_SKIP_FOOT * self._skip.ratio(before, first.stem)
            value += _WEIGHT_PAIR * self._pair.ratio((before, last.stem), first.stem)
        return value

    def one_sentence(self, before: int, after: int) -> float:
        """Return how likely two cut sentences make one, by their lengths, in nats.

        Args:
            before: the block whose foot is cut.
            after: the block whose head would go on with it.
        """
        return self._lengths.joins(before, after)

    def start(self, stop: str, block: int) -> float:
        """Return how much likelier a block begins a sentence than goes on with one, in nats.

        Its first word speaks for that, and the length of what is its first
        sentence: the rest of a sentence that was cut is often very short.

        Args:
            stop: the full stop of the record.
            block: the number of the block.
        """
        head = self.heads[block]
        if not head:
            return 0.0
        first, full = self._form(head[0]), self._form(stop)
        value = _WEIGHT_START_SHAPE * self._shape.ratio(full.shape, first.shape)
        value += _WEIGHT_START_LEAD * self._lead.ratio(full.lemma, first.lead)
        value += _WEIGHT_START_LENGTH * self._lengths.starts(block)
        if len(head) > 1:
            value += _WEIGHT_START_SKIP * self._skip.ratio(full.stem, self._form(head[1]).stem)
        return value

    def cohesion(self, before: int, after: int) -> float:
        """Return how much the words around two edges have in common, in nats.

        Args:
            before: the block at whose end the one side ends.
            after: the block at whose head the other side begins.
        """
        (left, lowest), (right, highest) = self._bag(-1, before), self._bag(1, after)
        if after <= before and lowest <= highest:
            # The two windows would share words, being one stretch of the source.
            left, right = self._own(-1, before), self._own(1, after)
        size = sum(left.values()) or 1
        value = 0.0
        for word in right:
            known = left.get(word)
            if known:
                rest = max(self._words[word] - known, 0.5) / self._total
                value += math.log1p(_CACHE_SHARE * (known / size / rest - 1))
            else:
                value += _MISSED
        value = _WEIGHT_CACHE * (value + _CACHE_MIDDLE * len(right))
        return max(-_MOST_COHESION, min(_MOST_COHESION, value))

    def _bag(self, step: int, block: int) -> tuple[Counter[str], int]:
        """Return the words of a window and the farthest block that it reaches.

        The window goes back from the foot of ``block`` (``step`` -1) or on from its
        head (1), through its neighbours in the source.
        """
        known = self._windows.get((step, block))
        if known is None:
            words: list[str] = []
            at = block
            while len(words) < WINDOW and 0 <= at < len(self._blocks):
                room = WINDOW - len(words)
                words += self._blocks[at][-room:] if step < 0 else self._blocks[at][:room]
                at += step
            known = self._windows[step, block] = (_content(words), at - step)
        return known

    def _own(self, step: int, block: int) -> Counter[str]:
        line = self._blocks[block]
        return _content(line[-WINDOW:] if step < 0 else line[:WINDOW])


def _content(words: Iterable[str]) -> Counter[str]:
    return Counter(word for word in words if len(word) >= _SHORT and word.isalpha())


_MISSED = math.log(1 - _CACHE_SHARE)
