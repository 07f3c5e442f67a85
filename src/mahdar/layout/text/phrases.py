"""Names and set phrases that a column cut in two: "the United | Kingdom"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mahdar.languages import Language
from mahdar.languages.loader import ACTS
from mahdar.layout.text.tokens import tokens

_SLOT = re.compile(r"\{[a-z_]+\}")
_MOST_WORDS, _MOST_VARIANTS = 7, 80


class Phrases:
    """Knows where a phrase could be cut, and what must then stand on either side."""

    def __init__(self, language: Language, names: Iterable[str] = ()) -> None:
        """Gather the phrases: the language's own, its formulae and dates, and ``names``.

        Args:
            language: its facts.
            names: names of several words, of States, organisations, persons.
        """
        self._key = language.key
        self._proclitics = tuple(
            sorted(
                ((language.key(p), kept) for p, kept in language.data.writing.proclitics),
                key=lambda pair: -len(pair[0]),
            )
        )
        self._cuts: dict[tuple[str, str], list[tuple[list[str], list[str]]]] = {}
        for phrase in language.data.edges.phrases:
            self._add(phrase)
        for act in ACTS:
            forms = language.act_forms(act)
            for template in [*forms.printed, *forms.spoken, *forms.stage, *forms.finished]:
                if "<" in template or template.startswith("^"):
                    continue  # of words that stand in too many ways to be cut
                for variant in expand(template):
                    for piece in _SLOT.split(variant):
                        self._add(piece)
        for name in names:
            self._add(name)
        for months in language.data.calendar.months:
            for month in months:
                self._add(month)

    def _add(self, phrase: str) -> None:
        words = self.tokens(phrase)
        for at in range(1, len(words)):
            left, right = words[:at][-_MOST_WORDS:], words[at:][:_MOST_WORDS]
            if not (left[-1].isalnum() and right[0].isalnum()):
                continue
            known = self._cuts.setdefault((left[-1], right[0]), [])
            if (left, right) not in known:
                known.append((left, right))

    def tokens(self, text: str) -> list[str]:
        """Return the words and single characters of ``text`` as phrases are compared."""
        return tokens(self._key(text))

    def cut(self, foot: Sequence[str], head: Sequence[str]) -> bool:
        """Tell whether ``foot`` and ``head`` are the two parts of one phrase.

        Args:
            foot: the last tokens of a block, folded.
            head: the first tokens of another.
        """
        if not foot or not head:
            return False
        for left_word in self._bare(foot[-1]):
            for left, right in self._cuts.get((left_word, head[0]), ()):
                if list(head[: len(right)]) != right or len(foot) < len(left):
                    continue
                before = foot[len(foot) - len(left) :]
                if list(before[1:]) == left[1:] and left[0] in self._bare(before[0]):
                    return True
                if len(left) == 1:
                    return True
        return False

    def _bare(self, word: str) -> list[str]:
        """Return a word as printed, and without the small words written together with it."""
        forms = [word]
        for proclitic, kept in self._proclitics:
            if word.startswith(proclitic) and len(word) - len(proclitic) >= 2:
                forms.append(kept + word[len(proclitic) :])
        return forms


def expand(template: str) -> list[str]:
    """Return the variants of a template: each choice made, each part that may be missing.

    >>> expand("I [now ]give (you|them) the floor")[:2]
    ['I give you the floor', 'I now give you the floor']
    """
    variants, rest = _choices(template.strip(), 0, "")
    del rest
    return variants[:_MOST_VARIANTS]


def _choices(text: str, at: int, closing: str) -> tuple[list[str], int]:
    """Expand ``text`` from ``at`` up to ``closing``; return the variants and where it ended."""
    done: list[str] = []
    current = [""]
    while at < len(text):
        character = text[at]
        if closing and character == closing:
            return done + current, at
        if character == "|" and closing:
            done, current = done + current, [""]
        elif character in "[(":
            inner, at = _choices(text, at + 1, "]" if character == "[" else ")")
            if character == "[":
                inner = ["", *inner]
            current = [left + right for right in inner for left in current][:_MOST_VARIANTS]
        else:
            current = [left + character for left in current]
        at += 1
    return done + current, at
