"""The tables of names: rows as they lie in the data files, read once."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def rows(file: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one of this package's tables, each by the names of its columns.

    >>> rows("states_facts.tsv")[0]["alpha2"]
    'AF'
    """
    text = (resources.files("mahdar.authority") / file).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    head = lines[0]
    width = len(head)
    return tuple(
        dict(zip(head, line + [""] * (width - len(line)), strict=True)) for line in lines[1:]
    )


@functools.cache
def names(file: str, language: str) -> dict[str, list[str]]:
    """Return code -> names as printed, the usual one first, for one language.

    >>> names("organisations.tsv", "en")["OIC"][0]
    'Organization of Islamic Cooperation'
    """
    found: dict[str, list[str]] = {}
    for row in rows(file):
        for name in row.get(language, "").split("|"):
            if name and name != "-":
                found.setdefault(row["code"], []).append(name)
    return found
