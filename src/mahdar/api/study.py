"""The tables of :mod:`mahdar.study`, one function for each command, and their forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.api.forms import STUDY_FORMS, StudyForm, known
from mahdar.errors import MahdarError
from mahdar.study import (
    citations,
    collocations,
    concordance,
    dispersion,
    frequencies,
    keyness,
    ngrams,
    together,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from mahdar.study.plots import Kind

__all__ = [
    "citations",
    "collocations",
    "concordance",
    "dispersion",
    "draw_table",
    "frequencies",
    "keyness",
    "ngrams",
    "publish_table",
    "tell_concordance",
    "together",
]


def publish_table(table: pa.Table, to: StudyForm) -> str | bytes:
    """Return a table for people or for other programs.

    Args:
        table: from a function of :mod:`mahdar.study`.
        to: ``text``, ``json``, ``csv`` (RFC 4180, UTF-8) or ``parquet``.

    Raises:
        ValueError: there is no such form.

    >>> import pyarrow
    >>> publish_table(pyarrow.table({"form": ["peace"], "hits": [7]}), "csv").decode().split()
    ['"form","hits"', '"peace",7']
    """
    from mahdar.study.publishing import publish_table as publish

    return publish(table, known(to, STUDY_FORMS))


def tell_concordance(table: pa.Table, width: int = 40) -> str:
    """Return a concordance with its words in one column, for people.

    Args:
        table: from :func:`mahdar.study.concordance`.
        width: of each side, in columns.

    >>> import pyarrow
    >>> row = {"left": "for", "word": "peace", "right": "and", "language": "en", "cited": "p. 2"}
    >>> print(tell_concordance(pyarrow.Table.from_pylist([row]), 5).splitlines()[0])
      for [peace] and    p. 2
    """
    from mahdar.study.publishing import concordance_text

    return concordance_text(table, width)


def draw_table(table: pa.Table, kind: Kind, *, title: str = "", to: str = "svg") -> bytes:
    """Return the picture of a table.

    Args:
        table: from the function of :mod:`mahdar.study` that ``kind`` names.
        kind: what the table is.
        title: set above it.
        to: ``svg`` or ``png``.

    Raises:
        MahdarError: the table has no rows.
        ToolMissing: the packages that draw are not installed.

    >>> import pyarrow
    >>> draw_table(pyarrow.table({"form": ["peace"], "log_likelihood": [7.5]}), "collocations")[:4]
    b'<svg'
    """
    from mahdar.study.plots import draw

    try:
        return draw(table, kind, title=title, to=to)
    except ValueError as error:
        raise MahdarError(str(error)) from None
