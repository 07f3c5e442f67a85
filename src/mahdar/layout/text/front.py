"""Find the cover of a record, and where its agenda and its notice begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mahdar.languages import Language
from mahdar.layout.text.edges import EdgeReader, Role
from mahdar.sources.block import Block

# A cover and what may stand before it take no more blocks than this.
_MOST = 80
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_SYMBOL = re.compile(r"\s*\([^()]{3,30}\)\s*$")


def front_length(blocks: Sequence[Block], language: Language) -> int:
    """Return how many blocks at the head of the file belong to the cover.

    The cover ends with the notice on corrections and the address under it; where
    neither is printed, with the line before the meeting opens or the first turn.
    """
    cover = language.data.cover
    notices = [language.key(words) for words in [*cover.notice, *cover.address]]
    head = blocks[:_MOST]
    keys = [language.key(block.text) for block in head]
    found = [n for n, key in enumerate(keys) if any(notice in key for notice in notices)]
    if found:
        return found[-1] + 1
    reader = EdgeReader(language)
    edges = [reader.read(block) for block in head]
    # The President's line on the cover looks like a turn: what opens the meeting comes first.
    number = next((n for n, edge in enumerate(edges) if edge.role is Role.FIRST), None)
    if number is None:
        number = next((n for n, edge in enumerate(edges) if edge.called), 0)
    # Who takes the Chair may be printed before the meeting is opened.
    while number and reader.role(head[number - 1].text) is not None:
        number -= 1
    return number


def front_parts(blocks: Sequence[Block], language: Language) -> tuple[int | None, int]:
    """Return which block of the cover heads the agenda, if any, and which begins the notice."""
    cover = language.data.cover
    notices = [language.key(words) for words in [*cover.notice, *cover.address]]
    heads = {language.key(words) for words in cover.agenda}
    keys = [language.key(_bare(block.text)) for block in blocks]
    notice = next(
        (n for n, key in enumerate(keys) if any(words in key for words in notices)), len(blocks)
    )
    agenda = next((n for n, key in enumerate(keys[:notice]) if key in heads), None)
    return agenda, notice


def _bare(text: str) -> str:
    """Return a heading without the number before it and the symbol after it."""
    return _NUMBER.sub("", _SYMBOL.sub("", text)).strip(" :")


def agenda_lines(blocks: Sequence[Block], language: Language) -> Iterator[str]:
    """Return the lines of the agenda on the cover: they come back as headings."""
    agenda, notice = front_parts(blocks, language)
    if agenda is None:
        return
    for block in blocks[agenda + 1 : notice]:
        yield block.text.replace("\n", " ")
        if "\n" in block.text:
            yield from block.text.split("\n")
