"""Make of a text in order one whose columns lie in the wrong order, and keep the truth.

What a machine does that reads two-column pages badly is done here on purpose and
by chance, so that tests and benchmarks know what the reading has to give back.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import msgspec

_EMPHASIS = re.compile(r"(?m)\*\*|^#+ +")
# A line of a column: the same guess serves as in the layout, only ratios matter.
_CHARACTERS = 48


class Fragment(msgspec.Struct, frozen=True):
    """A piece of a paragraph: its words, and whether it goes on with the one before."""

    text: str
    goes_on: bool = False


class Scrambled(msgspec.Struct, frozen=True):
    """A scrambled text and the truth about it.

    ``order`` are the (start, end) of its fragments in their true order, offsets
    in characters into ``text``; ``goes_on`` says for each whether it goes on with
    the paragraph of the one before; ``swapped`` counts the pages whose columns
    were swapped, of ``pages``.
    """

    text: str
    order: tuple[tuple[int, int], ...]
    goes_on: tuple[bool, ...]
    pages: int
    swapped: int


def without_emphasis(text: str) -> str:
    """Return ``text`` without its marks of emphasis and heading.

    >>> without_emphasis("## Agenda")
    'Agenda'
    """
    return _EMPHASIS.sub("", text)


def cut_columns(
    paragraphs: Sequence[str], lines: float, chance: random.Random, jitter: float = 1.0
) -> list[list[Fragment]]:
    """Cut paragraphs into columns, in the middle of them where a column is full.

    Args:
        paragraphs: in order, each on one line.
        lines: what a column holds, in lines of 48 characters.
        chance: decides how full each column really is.
        jitter: standard deviation of that, in lines.
    """
    columns: list[list[Fragment]] = [[]]
    room = chance.gauss(lines, jitter)
    for paragraph in paragraphs:
        words, goes_on = paragraph.split(" "), False
        while words:
            need = len(" ".join(words)) / _CHARACTERS
            if need + 0.5 <= room:
                columns[-1].append(Fragment(" ".join(words), goes_on))
                room -= need + 1.0
                break
            fits, characters = 0, 0
            while fits < len(words) - 1 and characters + len(words[fits]) + 1 <= room * _CHARACTERS:
                characters += len(words[fits]) + 1
                fits += 1
            if fits:
                columns[-1].append(Fragment(" ".join(words[:fits]), goes_on))
                words, goes_on = words[fits:], True
            if columns[-1]:
                columns.append([])
            room = chance.gauss(lines, jitter)
    return [column for column in columns if column]


def scramble(
    front: Sequence[str],
    columns: Sequence[Sequence[Fragment]],
    swap: Sequence[bool],
    *,
    emphasis: bool = True,
    furniture: Sequence[str] = (),
) -> Scrambled:
    """Write columns down page by page, swapping the columns of some pages.

    Args:
        front: the blocks of the cover, written down as they are.
        columns: in their true order; two make a page.
        swap: for each page, whether its columns are swapped; the last value goes
            for all pages after it.
        emphasis: keep the marks of emphasis and heading.
        furniture: lines to write at the foot of each page, ``{page}`` its number.
    """
    text = ""
    places: dict[tuple[int, int], tuple[int, int]] = {}

    def write(words: str) -> tuple[int, int]:
        nonlocal text
        if not emphasis:
            words = without_emphasis(words)
        if text:
            text += "\n\n"
        text += words
        return len(text) - len(words), len(text)

    for block in front:
        write(block)
    swapped = pages = 0
    for page, first in enumerate(range(0, len(columns), 2)):
        pair = list(range(first, min(first + 2, len(columns))))
        pages += 1
        if swap[min(page, len(swap) - 1)] and len(pair) == 2:
            pair.reverse()
            swapped += 1
        for column in pair:
            for number, fragment in enumerate(columns[column]):
                places[column, number] = write(fragment.text)
        for line in furniture:
            write(line.replace("{page}", str(pages)))
    order = tuple(places[key] for key in sorted(places))
    goes_on = tuple(f.goes_on for column in columns for f in column)
    return Scrambled(text + "\n", order, goes_on, pages, swapped)
