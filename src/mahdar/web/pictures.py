"""Pictures of numbers as SVG in the page: no script, no style of their own, right to left too.

What they show stands beside them as a table, for those who do not see them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import msgspec

from mahdar.web import names
from mahdar.web.numbers import write_number, write_plain

_WIDE, _HIGH, _FOOT = 720, 150, 24
_GAP = 0.2
_LABEL = 46
_YEAR, _NARROWEST = 28, 220.0
_STEPS = 8


class Series(msgspec.Struct, frozen=True):
    """One kind of thing that is counted: its name and its numbers, by year."""

    code: str
    name: str
    counts: Mapping[int, int]


class Timeline(msgspec.Struct, frozen=True):
    """A picture by year, as SVG, and the numbers in it: for each year one of each series."""

    svg: str
    series: tuple[Series, ...]
    rows: tuple[tuple[int, tuple[int, ...]], ...]


def timeline(series: Sequence[Series], label: str) -> Timeline | None:
    """Return a picture of columns by year, the series one upon the other; None without numbers.

    Args:
        series: what is counted.
        label: what the picture shows, for those who hear the page.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     made = timeline([Series("SC", "مجلس الأمن", {2012: 3, 2013: 4})], "الجلسات")
    >>> made.rows, "٢٠١٣" in made.svg
    (((2012, (3,)), (2013, (4,))), True)
    """
    years = sorted({year for each in series for year in each.counts})
    if not years:
        return None
    every = range(years[0], years[-1] + 1)
    rows = tuple((year, tuple(each.counts.get(year, 0) for each in series)) for year in every)
    most = max(sum(row) for _, row in rows) or 1
    step = min(_WIDE / len(every), 60.0)
    wide = max(step * len(every), _NARROWEST)
    rtl = names.direction(names.interface()) == "rtl"
    out = []
    apart = max(1, round(_LABEL / step + 0.5))
    for number, (year, counts) in enumerate(rows):
        left = wide - (number + 1) * step if rtl else number * step
        said = ", ".join(
            f"{each.name} {write_number(count)}"
            for each, count in zip(series, counts, strict=True)
            if count
        )
        shown = escape(f"{write_plain(year)}: {said or write_number(0)}")
        bars, foot = [], float(_HIGH)
        for at, count in enumerate(counts):
            high = (_HIGH - 14) * count / most
            foot -= high
            if count:
                bars.append(
                    f'<rect class="series{at}" x="{left + step * _GAP / 2:.1f}" y="{foot:.1f}"'
                    f' width="{step * (1 - _GAP):.1f}" height="{high:.1f}"/>'
                )
        out.append(f"<g><title>{shown}</title>{''.join(bars)}</g>")
        if number % apart == 0:
            # The first and last year stay within the picture.
            middle = min(max(left + step / 2, _YEAR / 2), wide - _YEAR / 2)
            out.append(
                f'<text x="{middle:.1f}" y="{_HIGH + 16}" text-anchor="middle">'
                f"{write_plain(year)}</text>"
            )
    top = write_number(most)
    edge = wide - 2 if rtl else 2
    anchor = "end" if rtl else "start"
    out.append(f'<text x="{edge:.0f}" y="11" text-anchor="{anchor}" direction="ltr">{top}</text>')
    svg = (
        f'<svg class="timeline" role="img" aria-label="{escape(label)}"'
        f' viewBox="0 0 {wide:.0f} {_HIGH + _FOOT}" width="{wide:.0f}">{"".join(out)}</svg>'
    )
    return Timeline(svg, tuple(series), rows)


class Bar(msgspec.Struct, frozen=True):
    """A line of a list of bars: where it leads, its name, its number, how long (0 to 100)."""

    link: str
    name: str
    count: int
    length: float
    note: str = ""


def bars(rows: Sequence[tuple[str, str, int]], most: int | None = None) -> list[Bar]:
    """Return lines with bars for them.

    Args:
        rows: link, name, number.
        most: the number whose bar is whole; the greatest of them.

    >>> bars([("/a", "A", 4), ("/b", "B", 1)])[1].length
    25.0
    """
    top = most or max((count for _, _, count in rows), default=1) or 1
    return [Bar(link, name, count, round(100 * count / top, 1)) for link, name, count in rows]


class Cell(msgspec.Struct, frozen=True):
    """A number in a grid, and how dark it is shown, 0 to 8."""

    count: int
    dark: int
    link: str


class Row(msgspec.Struct, frozen=True):
    """A line of a grid."""

    name: str
    link: str
    total: int
    cells: tuple[Cell, ...]


def grid(
    rows: Sequence[tuple[str, str, int, Mapping[str, int]]],
    columns: Sequence[str],
    link: Mapping[tuple[str, str], str],
) -> list[Row]:
    """Return numbers of lines and columns, each with how dark it is.

    Args:
        rows: name, link, total, and the numbers by column.
        columns: their codes, in order.
        link: where a number leads, by name of the line and column.
    """
    most = max((n for *_, held in rows for n in held.values()), default=1) or 1
    return [
        Row(name, where, total, tuple(
            Cell(count, -(-_STEPS * count // most), link.get((name, code), ""))
            for code in columns
            for count in [held.get(code, 0)]
        ))
        for name, where, total, held in rows
    ]  # fmt: skip
