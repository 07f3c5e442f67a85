"""Light Markdown: tell emphasis and heading marks from the words they stand around."""

from __future__ import annotations

import re

from mahdar.sources.block import Block, Run

_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_HEADING = re.compile("[ \t\u200e\u200f]*(#{1,6})[ \t]+")
# Two stars are always a mark: no record prints them. One star or underscore is
# one only where it is closed within the block and hugs words on its inner side,
# since a lone star marks a footnote.
_DOUBLE = re.compile(r"\*\*|__")
# Marks of direction are not printed; they stand between words of two scripts.
_DIRECTION = re.compile("[\u200b\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]+")
# Scripts without blanks have words on both sides of a mark.
_WORD = r"[^\W\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_SINGLE = re.compile(
    rf"(?<!{_WORD})(?<![*_])([*_])(?=[^\s*_])([^\n*_]*?[^\s*_])\1(?!{_WORD})(?![*_])"
)


def _marks(raw: str) -> tuple[list[tuple[int, int]], int]:
    """Return the (start, end) of each mark in ``raw``, and where the bold lead ends."""
    marks: list[tuple[int, int]] = []
    heading = _HEADING.match(raw)
    if heading:
        marks.append(heading.span())
        close = re.search(r"[ \t]+#+[ \t]*$", raw)
        if close:
            marks.append(close.span())
    doubles = [m.span() for m in _DOUBLE.finditer(raw)] if "**" in raw or "__" in raw else []
    marks += doubles
    if "*" in raw or "_" in raw:
        for single in _SINGLE.finditer(raw):
            marks += [(single.start(), single.start() + 1), (single.end() - 1, single.end())]
    marks += [found.span() for found in _DIRECTION.finditer(raw)]
    marks.sort()
    lead = 0
    if doubles and not raw[: doubles[0][0]].strip():
        lead = doubles[1][0] if len(doubles) > 1 else len(raw)
    return marks, lead


def make_block(raw: str, start: int, *, gap: int = 0, breaks: bool = False) -> Block:
    """Make a block of one stretch of the source.

    Args:
        raw: the stretch as it stands in the source, no blank lines in it.
        start: its offset in the source, in characters.
        gap: how many line ends stand before it.
        breaks: whether the source shows a page break before it.

    >>> block = make_block("**The President:** I  thank", 10)
    >>> block.text, block.bold
    ('The President: I thank', 14)
    """
    end = start + len(raw)
    if _RULE.fullmatch(raw):
        text = raw.strip()
        at = raw.index(text)
        return Block(text, ((0, start + at, len(text)),), start, end, rule=True, breaks=breaks)
    heading = _HEADING.match(raw)
    marks, lead = _marks(raw)
    text_parts: list[str] = []
    runs: list[Run] = []
    length = bold = 0
    pending = ""

    def take(piece: str, at: int) -> None:
        """Append ``piece``, which stands at ``at`` in ``raw``, its blanks made single."""
        nonlocal length, pending, bold
        position = 0
        for found in _GAP.finditer(piece):
            add(piece[position : found.start()], at + position)
            pending = "\n" if "\n" in pending or _LINE_END.search(found.group()) else " "
            if "\t" in found.group() and pending == " ":
                pending = "\t"
            position = found.end()
        add(piece[position:], at + position)

    def add(word: str, at: int) -> None:
        """Append words with single blanks between them; a blank at either end is a gap."""
        nonlocal length, pending, bold
        if word.startswith(" "):
            pending, word, at = pending or " ", word[1:], at + 1
        if not word:
            return
        trailing = " " if word.endswith(" ") else ""
        word = word.removesuffix(" ")
        if pending and length:
            text_parts.append(pending)
            length += 1
        if runs and runs[-1][1] + runs[-1][2] + (1 if pending else 0) == start + at and length:
            first = runs[-1]
            runs[-1] = (first[0], first[1], length - first[0] + len(word))
        else:
            runs.append((length, start + at, len(word)))
        pending = trailing
        text_parts.append(word)
        length += len(word)
        if at < lead:
            bold = length

    position = 0
    for left, right in marks:
        take(raw[position:left], position)
        position = max(position, right)
    take(raw[position:], position)
    if not text_parts:  # nothing but marks
        return Block(raw, ((0, start, len(raw)),), start, end, rule=True, breaks=breaks)
    return Block(
        "".join(text_parts),
        tuple(runs),
        start,
        end,
        level=len(heading.group(1)) if heading else 0,
        bold=bold,
        gap=gap,
        breaks=breaks,
    )


# Any blanks but a single space, which stays as it is.
_GAP = re.compile(r"[^\S ]\s*|\s{2,}")
