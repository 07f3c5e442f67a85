"""Score one block after another: as the same paragraph going on, or as a new one."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mahdar.languages import Language
from mahdar.layout.text.continuity import Continuity
from mahdar.layout.text.edges import Edge, EdgeReader, Foot, Head, Role
from mahdar.layout.text.phrases import Phrases
from mahdar.sources.block import Block


class Junction(msgspec.Struct, frozen=True):
    """What speaks for reading one block right after another, in nats.

    ``join`` is the score if the second goes on with the paragraph of the first,
    ``part`` the score if it begins a new one. Both hold ``cohesion``, what the
    two sides have in common; ``fit`` is what the words at the very edges add to
    ``join``.
    """

    join: float
    part: float
    fit: float
    cohesion: float

    @property
    def score(self) -> float:
        """The better of the two."""
        return self.join if self.join > self.part else self.part

    @property
    def joins(self) -> bool:
        """Whether the paragraph goes on."""
        return self.join > self.part


# How well each kind of foot bears a new paragraph after it, or more of the same.
# Stated in nats, as log-likelihood ratios against a blank slate: a reader who sees
# a foot without a full stop takes a new paragraph to be a thousand times less likely.
_FOOT_PART = {
    Foot.SEALED: 0.0, Foot.CLOSED: 0.0, Foot.COLON: -2.0, Foot.OPEN: -7.0, Foot.UNFINISHED: -9.0,
}  # fmt: skip
_FOOT_JOIN = {
    Foot.SEALED: -14.0, Foot.CLOSED: -5.0, Foot.COLON: -0.5, Foot.OPEN: 0.0, Foot.UNFINISHED: 0.5,
}  # fmt: skip
_HEAD_PART = {
    Head.SEALED: 0.0, Head.TURN: 0.0, Head.FORMULA: 2.7, Head.INITIAL: 2.8,
    Head.PLAIN: -0.2, Head.DEPENDENT: -4.0,
}  # fmt: skip
_HEAD_JOIN = {
    Head.SEALED: -14.0, Head.TURN: -9.0, Head.FORMULA: -3.0, Head.INITIAL: -0.4,
    Head.PLAIN: 0.0, Head.DEPENDENT: 0.5,
}  # fmt: skip
_BRACKET_MET, _BRACKET_MISSED = 5.0, -5.0
_MISPLACED = -10.0
_MOST_BEGINNING = 3.0
_CUT_PHRASE = 4.0
# Characters and words on each side in which a phrase is looked for.
_NEAR, _WORDS = 90, 7
_CALLED, _CALLED_OTHER, _CALLED_NOT = 4.0, 1.0, -3.0


class Junctions:
    """Scores every pair of blocks of one record, each once."""

    def __init__(
        self, blocks: Sequence[Block], language: Language, edges: EdgeReader, phrases: Phrases
    ) -> None:
        """Read the edges of all blocks and learn from them.

        Args:
            blocks: the blocks of the flow, as they lie in the source.
            language: its facts.
            edges: reads their edges.
            phrases: knows names and set phrases that a column may cut.
        """
        self.edges: tuple[Edge, ...] = tuple(edges.read(block) for block in blocks)
        self._model = Continuity((block.text for block in blocks), language)
        self._heads, self._feet = self._model.heads, self._model.feet
        self._phrases = phrases
        self._tails = [phrases.tokens(block.text[-_NEAR:])[-_WORDS:] for block in blocks]
        self._leads = [phrases.tokens(block.text[:_NEAR])[:_WORDS] for block in blocks]
        # A paragraph begins as sentences do inside the blocks: after a full stop.
        stops = list(language.data.writing.sentence_end)
        stop = max(stops, key=lambda character: sum(character in block.text for block in blocks))
        self._starts = [self._model.start(stop, number) for number in range(len(blocks))]
        self._known: dict[tuple[int, int], Junction] = {}

    def between(self, before: int, after: int) -> Junction:
        """Return the junction of two blocks, by their numbers."""
        junction = self._known.get((before, after))
        if junction is None:
            junction = self._known[before, after] = self._score(before, after)
        return junction

    def _score(self, before: int, after: int) -> Junction:
        foot, head = self.edges[before], self.edges[after]
        fit = 0.0
        begins = _HEAD_PART[head.head]
        if head.head in (Head.PLAIN, Head.INITIAL, Head.FORMULA):
            begins += self._starts[after]
        if foot.foot in (Foot.OPEN, Foot.UNFINISHED):
            # Many a clause begins as sentences do: that alone ends no sentence before it.
            begins = min(begins, _MOST_BEGINNING)
        part = _FOOT_PART[foot.foot] + begins
        join = _FOOT_JOIN[foot.foot] + _HEAD_JOIN[head.head]
        if foot.foot is not Foot.SEALED and head.head not in (Head.SEALED, Head.TURN):
            fit = self._model.fit(self._feet[before], self._heads[after])
            join += fit + self._model.one_sentence(before, after)
            if self._phrases.cut(self._tails[before], self._leads[after]):
                join += _CUT_PHRASE
        if foot.opened:
            join += _BRACKET_MET if head.closed else _BRACKET_MISSED
        elif head.closed:
            join += _BRACKET_MISSED
        if foot.role is Role.LAST or head.role is Role.FIRST:
            part += _MISPLACED
            join += _MISPLACED
        if foot.calls:
            # Whoever was called upon speaks next.
            shared = head.head is Head.TURN and foot.calls & head.called
            part += _CALLED if shared else _CALLED_OTHER if head.head is Head.TURN else _CALLED_NOT
        cohesion = self._model.cohesion(before, after)
        return Junction(join + cohesion, part + cohesion, fit, cohesion)
