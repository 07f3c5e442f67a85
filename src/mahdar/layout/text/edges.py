"""What the foot and the head of a block show by themselves: is a sentence cut there?"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable

import msgspec

from mahdar.languages import Language
from mahdar.languages.loader import ACTS
from mahdar.languages.openings import read_opening
from mahdar.sources.block import Block


class Foot(enum.Enum):
    """How a block ends."""

    SEALED = "stands alone"
    CLOSED = "ends a sentence"
    COLON = "announces something"
    OPEN = "stops inside a sentence"
    UNFINISHED = "stops at a word that needs another"


class Head(enum.Enum):
    """How a block begins."""

    SEALED = "stands alone"
    TURN = "opens a turn"
    FORMULA = "begins with a formula of procedure"
    INITIAL = "begins as paragraphs do"
    PLAIN = "begins as anything may"
    DEPENDENT = "hangs on what goes before"


class Role(enum.Enum):
    """Where in a meeting a line that stands alone has its place, if it has one."""

    FIRST = "opens the meeting"
    LAST = "closes the meeting"
    ANY = "anywhere"


class Edge(msgspec.Struct, frozen=True):
    """One block seen from its two ends.

    ``opened`` counts brackets that the block opens and does not close,
    ``closed`` those that it closes and did not open. ``ordinal`` is the number
    of the point that the block begins ("thirdly" is 3), 0 for none. ``lines`` is
    the height of its text in lines of a column, and ``ends`` how often a line ends
    unfilled there, twice for a heading. ``calls`` are the folded words that name
    whoever is called upon at its foot, ``called`` those of the label at its head.
    """

    foot: Foot
    head: Head
    role: Role
    opened: int
    closed: int
    ordinal: int
    lines: float
    ends: float = 0.0
    calls: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()


_ROLES = ((("opened", "resumed"), Role.FIRST), (("closed",), Role.LAST))
_SAME_TITLE, _LONGEST_TITLE = 0.75, 300
_NOBODY: frozenset[str] = frozenset()
_CALL_LENGTH, _FORMULA_LENGTH, _FORMULA_LEAD, _SHORT_NAME = 160, 120, 30, 2
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "（": "）"}
_CLOSERS = {close: open_ for open_, close in _PAIRS.items()}
LINE_CHARACTERS = 48
"""Characters in a line of a column: only the ratio of heights matters, so a fixed guess serves."""


class EdgeReader:
    """Reads the edges of blocks with one language's facts."""

    def __init__(self, language: Language, titles: Iterable[str] = ()) -> None:
        """Prepare.

        Args:
            language: its facts.
            titles: lines that stand alone in this very record, such as the title of
                its agenda item; a line that shares most of its words with one
                stands alone too, since the cover and the heading differ now and then.
        """
        self._language = language
        facts, key = language.data.edges, language.key
        spelling = language.fold.spelling
        self._unfinished = frozenset(map(spelling, facts.unfinished))
        self._dependent = frozenset(map(spelling, facts.dependent))
        self._initial = frozenset(map(spelling, facts.initial))
        self._ordinal = {key(w): n for n, words in enumerate(facts.ordinals, 1) for w in words}
        fixed = [*language.data.titles.agenda_adoption, *language.data.titles.other]
        self._titles = frozenset(map(key, fixed))
        lines = [title for title in titles if title.strip()]
        self._printed = [words for words in map(self._bag, lines) if words]
        self._printed_ends = tuple(key(line) for line in lines)
        writing = language.data.writing
        self._ends = frozenset(writing.sentence_end)
        self._stop = f"[{re.escape(writing.sentence_end)}]"
        self._proclitics = sorted((key(p) for p, _ in writing.proclitics), key=len, reverse=True)
        self._closers = frozenset(writing.closers)
        self._marks = frozenset(writing.clause_end)
        self._cased = any(character.islower() for character in language.data.name)
        acts = [language.act_forms(name) for name in ACTS]
        self._formulae = [form for act in acts for form in act.spoken]
        self._floor = language.act_forms("floor_given").spoken

    def role(self, text: str) -> Role | None:
        """Return the place of a line that stands alone by its words, None for other text."""
        if len(text) > _LONGEST_TITLE or not text:
            return None
        if self._language.holds(self._language.printed_lines, text, whole=True):
            for acts, role in _ROLES:
                forms = [form for act in acts for form in self._language.act_forms(act).printed]
                if self._language.holds(forms, text, whole=True):
                    return role
            return Role.ANY
        if self._language.key(text) in self._titles:
            return Role.ANY
        words = self._bag(text)
        if words and text[-1] not in self._ends:
            for title in self._printed:
                if len(words & title) >= _SAME_TITLE * len(words | title):
                    return Role.ANY
        return None

    def _bag(self, text: str) -> frozenset[str]:
        return frozenset(re.findall(r"\w+", self._language.key(text)))

    def read(self, block: Block) -> Edge:
        """Return the edges of one block."""
        text = block.text
        role = self.role(text)
        opened, closed = _brackets(text)
        if role is not None or block.level or block.rule:
            lines = len(text) / LINE_CHARACTERS
            return Edge(Foot.SEALED, Head.SEALED, role or Role.ANY, 0, 0, 0, lines, 2.0)
        foot = self._foot(text, opened)
        opening = read_opening(text, self._language, bold=block.bold)
        if opening:
            head, ordinal, called = Head.TURN, 0, self._names(text[: opening.label_end])
            if opening.end == len(text):
                foot = Foot.UNFINISHED  # a name alone: what was said comes next
        else:
            head, ordinal = self._head(block, closed)
            called = _NOBODY
        broken = foot in (Foot.OPEN, Foot.UNFINISHED)
        lines, ends = len(text) / LINE_CHARACTERS, 0.0 if broken else 1.0
        return Edge(
            foot, head, Role.ANY, opened, closed, ordinal, lines, ends, self._calls(text), called
        )

    def _calls(self, text: str) -> frozenset[str]:
        """Return the words that name whoever is called upon in the last sentence."""
        tail = text[-_CALL_LENGTH:]
        if not self._language.holds(self._floor, tail):
            return _NOBODY
        match = self._language.match(self._floor, tail)
        if match is None or any(
            character in self._ends for character in tail[match.end :].strip()[1:]
        ):
            return _NOBODY
        return self._names(match.values.get("person") or match.values.get("definite", ""))

    def _names(self, words: str) -> frozenset[str]:
        found = re.findall(r"\w+", self._language.key(words))
        return frozenset(self._stem(word) for word in found if len(word) > _SHORT_NAME)

    def _stem(self, word: str) -> str:
        for proclitic in self._proclitics:
            if word.startswith(proclitic) and len(word) - len(proclitic) >= _SHORT_NAME:
                return word[len(proclitic) :]
        return word

    def _foot(self, text: str, opened: int) -> Foot:
        end = len(text)
        while end and (text[end - 1].isspace() or text[end - 1] in self._closers):
            end -= 1
        if end and text[end - 1] in self._ends and not opened:
            return Foot.CLOSED
        if len(text) < _LONGEST_TITLE and any(
            line.endswith(self._language.key(text)) for line in self._printed_ends
        ):
            return Foot.CLOSED  # the last piece of a line of the agenda
        last = text[-1:]
        if last in ":：" and not opened:
            return Foot.COLON
        if opened or last in self._marks:
            return Foot.UNFINISHED
        word = self._language.key(text.rsplit(maxsplit=1)[-1]) if text.split() else ""
        return Foot.UNFINISHED if word in self._unfinished else Foot.OPEN

    def _head(self, block: Block, closed: int) -> tuple[Head, int]:
        text = block.text
        words = text.split(None, 3)[:2]
        if not words:
            return Head.PLAIN, 0
        bare = "".join(
            character for character in words[0] if character.isalnum() or character == "-"
        )
        key = self._language.fold.spelling(bare)
        ordinal = self._ordinal.get(self._language.key(bare), 0)
        first = text[0]
        if closed or first in self._marks or first in self._ends or first in ")]}»":
            return Head.DEPENDENT, 0
        first_sentence = re.split(self._stop, text[:_FORMULA_LENGTH], maxsplit=1)[0]
        if self._language.holds(self._formulae, first_sentence):
            formula = self._language.match(self._formulae, first_sentence)
            if formula and formula.start <= _FORMULA_LEAD:
                return Head.FORMULA, 0
        if key in self._dependent or (self._cased and first.islower()):
            return Head.DEPENDENT, 0
        if ordinal or key in self._initial or (self._cased and first.isupper() and len(bare) > 1):
            return Head.INITIAL, ordinal
        return Head.PLAIN, 0


def _brackets(text: str) -> tuple[int, int]:
    """Count brackets left open at the end, and brackets closed that were not opened."""
    stack: list[str] = []
    closed = 0
    for character in text:
        if character in _PAIRS:
            stack.append(character)
        elif character in _CLOSERS:
            if stack and stack[-1] == _CLOSERS[character]:
                stack.pop()
            elif _CLOSERS[character] in stack:
                while stack.pop() != _CLOSERS[character]:
                    pass
            else:
                closed += 1
    return len(stack), closed
