"""Read the tables that come with a package: tab-separated, remarks after a number sign."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def table_rows(package: str, file: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a table, each by the names of its columns; missing cells are empty.

    Args:
        package: that holds it, such as ``mahdar.citations``.
        file: its name there.

    >>> table_rows("mahdar.citations", "series.tsv")[0]["begins"]
    'A'
    """
    text = (resources.files(package) / file).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    head = lines[0]
    width = len(head)
    return tuple(
        dict(zip(head, line + [""] * (width - len(line)), strict=True)) for line in lines[1:]
    )
