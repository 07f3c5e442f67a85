"""Draw a reading: the columns as they lie in the file and as they are read, a colour a speaker."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from mahdar.model import Turn
from mahdar.reading.read import ReadFile

# Colours that the colour-blind can tell apart (Okabe and Ito), then lighter ones.
_COLOURS = (
    "#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c8c00", "#7b5ea7",
    "#66c2a5", "#b3762b", "#a6cee3", "#fb9a99", "#6a8d2f", "#c5a5cf",
    "#2f4b7c", "#ffcc66", "#00876c", "#d45087", "#88572c", "#4d4d4d", "#b2df8a", "#a05195",
)  # fmt: skip
_COVER = "#bdbdbd"
_GAP, _TOP, _LEFT = 6, 66, 24
_WIDTH, _HEIGHT = 1060, 120
_LINE_CHARACTERS = 48
_PER_ROW = 30


class _Frame(NamedTuple):
    """How wide a column is drawn, how high a line, and from which side the columns run."""

    column: float
    line: float
    right: bool


def draw_reading(read: ReadFile) -> str:
    """Return an SVG picture of a reading.

    The upper band shows the columns in the order in which they lie in the file,
    the lower one in the order in which they are read; each block is a bar as high
    as its text is long, in the colour of whoever speaks it.

    Args:
        read: from :func:`mahdar.reading.read.read_file`.
    """
    colours = _colours(read)
    columns = [column for page in read.flow.pages for column in page.columns]
    lie = sorted(columns)
    after: list[tuple[int, ...]] = []
    for page in read.flow.pages:
        after += sorted(page.columns, key=lambda c: page.after.index(c[0]))
    rows = -(-len(lie) // _PER_ROW) or 1
    heights = {n: _lines(len(b.text)) for n, b in enumerate(read.flow.blocks)}
    tallest = max((sum(heights[n] for n in column) for column in columns), default=1)
    room = (_WIDTH + _GAP) / max(1, min(len(lie), _PER_ROW)) - _GAP
    right = read.language.data.direction == "rtl"
    side = ", from right to left" if right else ""
    frame = _Frame(min(room, 80.0), min(_HEIGHT / tallest, 6.0), right)
    band = tallest * frame.line + 22
    width = _WIDTH + 2 * _LEFT
    second = _TOP + rows * band + 34
    speakers = _speakers(read)
    legend = second + rows * band + 10
    rows_of_legend = -(-len(speakers) // 3)
    height = legend + 24 * rows_of_legend + 16
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" font-family="sans-serif" role="img">',
        f"<title>{escape(read.record.symbol or read.source.name)}: the columns as they lie"
        " and as they are read</title>",
        f'<rect width="{width:.0f}" height="{height:.0f}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="28" font-size="17" fill="#222">'
        f"{escape(read.record.symbol or read.source.name)}: one colour for each speaker</text>",
        f'<text x="{_LEFT}" y="{_TOP - 10}" font-size="13" fill="#444">as the columns lie in the'
        f" file{side}</text>",
        *_band(lie, heights, colours, _TOP, band, frame),
        f'<text x="{_LEFT}" y="{second - 10:.0f}" font-size="13" fill="#444">as they are read'
        f"{side}</text>",
        *_band(after, heights, colours, second, band, frame),
        *_legend(speakers, legend, width),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _lines(characters: int) -> float:
    return characters / _LINE_CHARACTERS + 1


def _band(
    columns: list[tuple[int, ...]],
    heights: dict[int, float],
    colours: dict[int, list[tuple[float, str]]],
    top: float,
    band: float,
    frame: _Frame,
) -> Iterator[str]:
    for number, column in enumerate(columns):
        row, place = divmod(number, _PER_ROW)
        x = _LEFT + place * (frame.column + _GAP)
        if frame.right:  # as on the page: the first column is the one on the right
            x = _LEFT + _WIDTH - frame.column - place * (frame.column + _GAP)
        y = top + row * band
        for block in column:
            for share, colour in colours.get(block, [(1.0, _COVER)]):
                height = heights[block] * share * frame.line
                yield (
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{frame.column:.1f}"'
                    f' height="{max(height - 1, 1):.1f}"'
                    f' fill="{colour}"/>'
                )
                y += height


def _legend(speakers: list[tuple[str, str]], top: float, width: float) -> Iterator[str]:
    step = (width - 2 * _LEFT) / 3
    for number, (label, colour) in enumerate(speakers):
        row, place = divmod(number, 3)
        x, y = _LEFT + place * step, top + 24 * row
        yield f'<rect x="{x:.0f}" y="{y:.0f}" width="14" height="14" fill="{colour}"/>'
        yield (
            f'<text x="{x + 20:.0f}" y="{y + 12:.0f}" font-size="13" fill="#222"'
            f' unicode-bidi="plaintext">{escape(label)}</text>'
        )


def _identity(turn: Turn) -> str:
    if turn.speaker.name:
        return turn.speaker.name
    return turn.speaker.label.partition("(")[0].strip()


def _speakers(read: ReadFile) -> list[tuple[str, str]]:
    names: list[str] = []
    for turn in read.record.turns():
        if _identity(turn) not in names:
            names.append(_identity(turn))
    return [(name, _COLOURS[k % len(_COLOURS)]) for k, name in enumerate(names)]


def _colours(read: ReadFile) -> dict[int, list[tuple[float, str]]]:
    """Return, for each block, the shares of it that speakers have, in the order of the text."""
    colour_of = dict(_speakers(read))
    starts = {block.start: number for number, block in enumerate(read.flow.blocks)}
    ordered = sorted(starts)
    shares: dict[int, list[tuple[float, str]]] = {}
    for turn in read.record.turns():
        spans = [*turn.spans, *(s for p in turn.all_paragraphs() for s in p.spans)]
        for span in spans:
            assert span.start is not None
            assert span.end is not None
            start = max(s for s in ordered if s <= span.start)
            block = read.flow.blocks[starts[start]]
            share = (span.end - span.start) / max(1, block.end - block.start)
            shares.setdefault(starts[start], []).append((share, colour_of[_identity(turn)]))
    return shares
