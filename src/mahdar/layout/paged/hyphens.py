"""Undo hyphens at the ends of lines, without a dictionary: by what the record itself prints.

A hyphen at the end of a line is either part of the word (non-proliferation) or
stands for a break (repre-sentative). The record tells which: the word is printed
elsewhere whole or with its hyphen; records that break words do so in many lines,
those that do not, in none; and a part with a capital or a digit keeps its hyphen.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import msgspec

HYPHENS = "-\u00ad\u2010"
_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_FOOT = re.compile(r"([^\W_]+(?:[-\u2010][^\W_]+)*)[-\u00ad\u2010]$")
_HEAD = re.compile(r"[^\W_]+")
# A record whose lines end in a hyphen more often than this breaks words.
_BREAKS = 0.035
_FEWEST_LINES = 40
BOTH_ARE_WORDS = "this record breaks words, but both parts are words"


class Hyphen(msgspec.Struct, frozen=True):
    """What was made of a hyphen: ``kept`` or not, why, and how sure (0 to 1)."""

    kept: bool
    reason: str
    confidence: float


class Hyphenation:
    """Knows the words of one record.

    >>> lines = ["The non-", "proliferation Treaty.", "The repre-", "sentative of",
    ...          "non-proliferation, a representative"]
    >>> known = Hyphenation(lines)
    >>> known.decide(lines[0], lines[1]).kept, known.decide(lines[2], lines[3]).kept
    (True, False)
    """

    def __init__(self, lines: Iterable[str], hyphened: Iterable[str] = ()) -> None:
        """Take in the lines of a record, in any order.

        Args:
            lines: as printed.
            hyphened: words of its language that keep the hyphen after them.
        """
        self._hyphened = frozenset(word.casefold() for word in hyphened)
        self._words: Counter[str] = Counter()
        ended = count = 0
        for line in lines:
            count += 1
            text = line.rstrip()
            if text[-1:] in HYPHENS and text:
                ended += 1
                text = text[: text.rfind(" ") + 1]  # a broken word proves nothing
            if len(text) > 1:
                self._words.update(word.casefold() for word in _WORD.findall(text))
        self.share = ended / max(1, count)
        self._breaks = self.share > _BREAKS and count >= _FEWEST_LINES

    def decide(self, foot: str, head: str) -> Hyphen | None:
        """Decide about the hyphen that ends ``foot``, seen with the line after it.

        Returns None where the character is no hyphen of a word, such as a dash.
        """
        if foot[-1:] == "\u00ad":
            return Hyphen(False, "a soft hyphen", 1.0)
        left, right = _FOOT.search(foot), _HEAD.match(head)
        if left is None or right is None:
            return None
        first, last = left.group(1).rpartition("-")[2], left.group(1)
        after = right.group()
        if after[0].isdigit() or first[-1].isdigit():
            return Hyphen(True, "a number", 0.95)
        if after[0].isupper() and not first.isupper():
            return Hyphen(True, "a capital follows", 0.95)
        if last.casefold() in self._hyphened:
            return Hyphen(True, "a word that keeps its hyphen", 0.95)
        whole, joined = (last + after).casefold(), (last + "-" + after).casefold()
        times_whole, times_joined = self._words[whole], self._words[joined]
        if times_whole != times_joined:
            kept = times_joined > times_whole
            return Hyphen(kept, "the record prints it so elsewhere", 0.97)
        if not self._breaks:
            return Hyphen(True, "this record breaks no words", 0.9)
        if self._words[first.casefold()] >= 1 and self._words[after.casefold()] >= 1:
            return Hyphen(False, BOTH_ARE_WORDS, 0.6)
        return Hyphen(False, "this record breaks words", 0.9)


def ends_in_hyphen(text: str) -> bool:
    """Tell whether a line ends in a hyphen that stands right after a letter or digit."""
    return len(text) > 1 and text[-1] in HYPHENS and text[-2].isalnum()
