"""A table of a study as text for people, CSV, Parquet, JSON."""

from __future__ import annotations

import io
import unicodedata
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet

from mahdar.languages import load_language

FORMS = ("text", "json", "csv", "parquet")
_WIDEST = 44
_ISOLATE, _POP = "\u2068", "\u2069"


def publish_table(table: pa.Table, to: str) -> str | bytes:
    """Return a table in another form.

    Args:
        table: from a function of :mod:`mahdar.study`.
        to: ``text``, ``json``, ``csv`` (RFC 4180, UTF-8) or ``parquet``.
    """
    if to == "csv":
        out = io.BytesIO()
        pyarrow.csv.write_csv(table, out)
        return out.getvalue()
    if to == "parquet":
        out = io.BytesIO()
        pyarrow.parquet.write_table(table, out)
        return out.getvalue()
    if to == "json":
        import msgspec

        rows = {"of": metadata(table), "rows": table.to_pylist()}
        return msgspec.json.format(msgspec.json.encode(rows), indent=1) + b"\n"
    return text_table(table)


def metadata(table: pa.Table) -> dict[str, str]:
    """Return what a table says of itself: its denominators."""
    return {k.decode(): v.decode() for k, v in (table.schema.metadata or {}).items()}


def text_table(table: pa.Table) -> str:
    """Return a table for a terminal: columns aligned, numbers to the right.

    >>> print(text_table(pa.table({"form": ["peace", "war"], "hits": [1200, 7]})), end="")
    form    hits
    -----  -----
    peace  1,200
    war        7
    """
    names = table.column_names
    cells = [[_shown(row[name]) for name in names] for row in table.to_pylist()]
    numeric = [pa.types.is_integer(f.type) or pa.types.is_floating(f.type) for f in table.schema]
    widths = [max([display_width(n), *(display_width(row[i]) for row in cells)])
              for i, n in enumerate(names)]  # fmt: skip
    lines = [_line(names, widths, numeric), _line(["-" * w for w in widths], widths, numeric)]
    lines += [_line(row, widths, numeric) for row in cells]
    of = metadata(table)
    if of:
        lines.append("")
        lines.append("of: " + ", ".join(f"{key} {_number(value)}" for key, value in of.items()))
    return "".join(f"{line.rstrip()}\n" for line in lines)


def concordance_text(table: pa.Table, width: int = 40) -> str:
    """Return a concordance with its words in one column.

    In languages written from right to left what goes before stands at the right.

    Args:
        table: from :func:`mahdar.study.concordance`.
        width: of each side, in columns.
    """
    lines = []
    for row in table.to_pylist():
        left = _pad(_fitting(row["left"][::-1], width)[::-1], width, end=False)
        right = _pad(_fitting(row["right"], width), width, end=True)
        if _direction(row["language"]) == "rtl":
            # Each stretch is isolated, so that the word stays in the middle of the line.
            before, after = (_isolated(side, row["language"]) for side in (left, right))
            line = f"{after} {_isolated('[' + row['word'] + ']', row['language'])} {before}"
        else:
            line = f"{left} [{row['word']}] {right}"
        lines.append(f"{line}  {row['cited']}\n")
    of = metadata(table)
    lines.append(f"{_number(of.get('hits', '0'))} hits in {_number(of.get('words', '0'))} words\n")
    return "".join(lines)


def _fitting(text: str, width: int) -> str:
    """Return as much of the beginning of a text as a width holds."""
    while display_width(text) > width:
        text = text[: len(text) - max(1, (display_width(text) - width) // 2)]
    return text


def _direction(code: str) -> str:
    try:
        return load_language(code).data.direction
    except Exception:  # a language without data is taken for left to right
        return "ltr"


def _isolated(text: str, code: str) -> str:
    return f"\u2067{text}{_POP}" if _direction(code) == "rtl" else text


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}"
    if isinstance(value, int):
        return f"{value:,}"
    text = " ".join(str(value).split())
    if len(text) > _WIDEST:
        text = text[: _WIDEST - 1] + "…"
    if any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text):
        return f"{_ISOLATE}{text}{_POP}"  # so that it does not turn the columns around
    return text


def _number(value: str) -> str:
    return f"{int(value):,}" if value.isdigit() else value


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    return "  ".join(
        _pad(cell, width, end=not right)
        for cell, width, right in zip(cells, widths, numeric, strict=True)
    )


def display_width(text: str) -> int:
    """Return how many columns of a terminal a text takes.

    >>> display_width("peace"), display_width("安理会"), display_width("مجلسُ")
    (5, 6, 4)
    """
    wide = sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in text)
    none = sum(unicodedata.category(character) in {"Mn", "Cf"} for character in text)
    return len(text) + wide - none


def _pad(text: str, width: int, *, end: bool) -> str:
    blanks = " " * max(0, width - display_width(text))
    return text + blanks if end else blanks + text
