"""Pictures of tables: SVG and PNG, with the fonts that come with Mahdar."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Any, Literal

from mahdar.errors import ToolMissing

if TYPE_CHECKING:
    import pyarrow as pa

Kind = Literal["frequencies", "collocations", "keyness", "dispersion", "ngrams", "citations",
               "together"]  # fmt: skip
_INK, _SECOND = "#1f4e79", "#b5651d"
# The first that has the letters of a language must come first: what is drawn falls back by itself,
# but to any font of the machine.
_FONTS = {"latin": "Liberation Serif", "arabic": "Amiri", "han": "Noto Serif SC"}
_SCRIPTS = (("arabic", re.compile("[\u0600-\u06ff]")), ("han", re.compile("[\u3400-\u9fff]")))
_ROWS = 25
_CELLS = 30


@functools.cache
def _tools() -> tuple[Any, Any]:
    try:
        import altair
        import vl_convert
    except ImportError:
        raise ToolMissing(
            "plots are drawn with the packages altair and vl-convert-python: install them with"
            " pip install 'mahdar[study]'"
        ) from None
    from mahdar.publishing.fonts import fonts_folder

    vl_convert.register_font_directory(str(fonts_folder()))
    return altair, vl_convert


def draw(table: pa.Table, kind: Kind, *, title: str = "", to: str = "svg") -> bytes:
    """Return the picture of a table.

    Args:
        table: from the function of :mod:`mahdar.study` that ``kind`` names.
        kind: what the table is.
        title: set above it.
        to: ``svg`` or ``png``.

    Raises:
        ToolMissing: the packages that draw are not installed.
        ValueError: the table has no rows.
    """
    if not table.num_rows:
        raise ValueError("there is nothing to draw: the table has no rows")
    altair, convert = _tools()
    draws = {
        "frequencies": _frequencies, "collocations": _collocations, "keyness": _keyness,
        "dispersion": _dispersion, "ngrams": _ngrams, "citations": _citations,
        "together": _together,
    }  # fmt: skip
    chart = draws[kind](altair, table.to_pylist())
    chart = chart.properties(title=title) if title else chart
    chart = chart.configure(font=_font(title, table)).configure_view(stroke=None).configure_axis(
        labelLimit=320, titleFontWeight="normal", gridColor="#e6e6e6"
    ).configure_title(anchor="start", fontWeight="normal", fontSize=15)  # fmt: skip
    spec = chart.to_json()
    if to == "png":
        png: bytes = convert.vegalite_to_png(spec, scale=2)
        return png
    svg: str = convert.vegalite_to_svg(spec)
    return svg.encode()


def _font(title: str, table: pa.Table) -> str:
    """Return the fonts for a picture: first that of the script of its labels."""
    text = title + " ".join(
        str(value) for row in table.slice(0, 2 * _ROWS).to_pylist() for value in row.values()
    )
    first = next((script for script, characters in _SCRIPTS if characters.search(text)), "latin")
    return ", ".join(dict.fromkeys([_FONTS[first], *_FONTS.values()]))


def _data(altair: Any, rows: list[dict[str, Any]]) -> Any:
    return altair.Data(values=rows)


def _frequencies(altair: Any, rows: list[dict[str, Any]]) -> Any:
    rate = altair.Y("rate:Q", title="per 10,000 words")
    if all(row["value"].isdigit() and len(row["value"]) == 4 for row in rows):
        return (
            altair.Chart(_data(altair, rows)).mark_line(point=True, color=_INK)
            .encode(x=altair.X("value:O", title=None, axis=altair.Axis(labelAngle=0)), y=rate)
            .properties(width=max(240, 26 * len(rows)), height=260)
        )  # fmt: skip
    return _bars(altair, rows[:_ROWS], "name", "rate", "per 10,000 words")


def _bars(altair: Any, rows: list[dict[str, Any]], name: str, value: str, title: str) -> Any:
    return (
        altair.Chart(_data(altair, rows)).mark_bar(color=_INK)
        .encode(
            y=altair.Y(f"{name}:N", sort=None, title=None),
            x=altair.X(f"{value}:Q", title=title),
        ).properties(width=420, height=18 * len(rows) + 10)
    )  # fmt: skip


def _collocations(altair: Any, rows: list[dict[str, Any]]) -> Any:
    return _bars(altair, rows[:_ROWS], "form", "log_likelihood", "log-likelihood")


def _ngrams(altair: Any, rows: list[dict[str, Any]]) -> Any:
    return _bars(altair, rows[:_ROWS], "run", "hits", "hits")


def _keyness(altair: Any, rows: list[dict[str, Any]]) -> Any:
    shown = sorted(rows[: 2 * _ROWS], key=lambda row: -row["log_ratio"])
    return (
        altair.Chart(_data(altair, shown)).mark_bar()
        .encode(
            y=altair.Y("form:N", sort=None, title=None),
            x=altair.X("log_ratio:Q", title="log ratio (doublings)"),
            color=altair.condition(
                altair.datum.log_ratio > 0, altair.value(_INK), altair.value(_SECOND)
            ),
        ).properties(width=420, height=16 * len(shown) + 10)
    )  # fmt: skip


def _dispersion(altair: Any, rows: list[dict[str, Any]]) -> Any:
    shown = [row for row in rows if row["dp_norm"] is not None]
    return _bars(altair, shown, "word", "dp_norm", "DP norm (0 even, 1 all in one part)")


def _citations(altair: Any, rows: list[dict[str, Any]]) -> Any:
    cited = list(dict.fromkeys(row["cited"] for row in rows))[:_CELLS]
    shown = [row for row in rows if row["cited"] in cited]
    return (
        altair.Chart(_data(altair, shown)).mark_circle(color=_INK)
        .encode(
            x=altair.X("cited:N", sort=cited, title=None, axis=altair.Axis(labelAngle=-60)),
            y=altair.Y("name:N", title=None),
            size=altair.Size("times:Q", title="times"),
        ).properties(width=22 * len(cited) + 20)
    )  # fmt: skip


def _together(altair: Any, rows: list[dict[str, Any]]) -> Any:
    names = list(dict.fromkeys(n for row in rows for n in (row["name"], row["other_name"])))
    kept = set(names[:_CELLS])
    shown = [
        {"a": a, "b": b, "meetings": row["meetings"]}
        for row in rows
        if row["name"] in kept and row["other_name"] in kept
        for a, b in ((row["name"], row["other_name"]), (row["other_name"], row["name"]))
    ]
    return (
        altair.Chart(_data(altair, shown)).mark_rect()
        .encode(
            x=altair.X("a:N", title=None, sort=names, axis=altair.Axis(labelAngle=-60)),
            y=altair.Y("b:N", title=None, sort=names),
            color=altair.Color("meetings:Q", scale=altair.Scale(scheme="blues")),
        )
    )  # fmt: skip
