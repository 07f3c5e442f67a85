"""Stretches of speech that a vector of meaning stands for: sentences.

A vector of a hundred words says what they are about in general, and a question about one thing
said in them does not find it: on the questions of ``tests/truth/search`` the right passage was
among the first ten for 52 of 100 with stretches of a hundred words, for 80 with sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

_FEWEST, _MOST = 4, 60
_CHARACTERS_A_WORD = {"zh": 1.7}
"""How many characters count as a word where words are not parted by blanks."""
_SENTENCE = re.compile(r"[^.!?؟。！？;؛]*(?:[.!?؟。！？;؛]+|$)\s*")


_COMMAS = (", ", "، ", "，", "; ", " - ", " – ", " — ")


class Stretch(msgspec.Struct, frozen=True):
    """A sentence: the number of its paragraph, the offset in it where it begins, its text."""

    paragraph: int
    start: int
    text: str


def stretches(paragraphs: Iterable[tuple[int, str]], language: str) -> Iterator[Stretch]:
    """Yield the sentences of a speech; very short ones go together, very long ones are cut.

    Args:
        paragraphs: number and text of each.
        language: ISO 639-1.

    >>> texts = [(0, "I thank you. The situation is grave. It will not mend itself.")]
    >>> [(s.start, s.text) for s in stretches(texts, "en")]
    [(0, 'I thank you. The situation is grave.'), (37, 'It will not mend itself.')]
    """
    for number, text in paragraphs:
        start, end = 0, 0
        for found in _SENTENCE.finditer(text):
            end = found.end()
            words = _size(text[start:end], language)
            if words > _MOST:
                yield from _cut(number, text, start, end, language)
            elif words >= _FEWEST:
                yield Stretch(number, start, text[start:end].strip())
            else:
                continue
            start = end
        if text[start:].strip():
            yield Stretch(number, start, text[start:].strip())


def _size(text: str, language: str) -> float:
    if language in _CHARACTERS_A_WORD:
        return len(text) / _CHARACTERS_A_WORD[language]
    return len(text.split())


def _cut(number: int, text: str, start: int, end: int, language: str) -> Iterator[Stretch]:
    """Yield parts of a long sentence, of about equal length, cut at blanks."""
    parts = int(_size(text[start:end], language) // _MOST) + 1
    step = (end - start) // parts + 1
    while start < end:
        stop = min(end, start + step)
        if stop < end:
            half = start + step // 2
            stop = max(
                text.rfind(character, half, stop + step // 4) for character in _COMMAS
            ) + 1 or (max(half, text.rfind(" ", half, stop)) + 1)
        if text[start:stop].strip():
            yield Stretch(number, start, text[start:stop].strip())
        start = stop
