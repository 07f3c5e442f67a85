"""The tables of names: rows as they lie in the data files, read once."""

from __future__ import annotations

import functools

from mahdar.tsv import table_rows


def rows(file: str) -> tuple[dict[str, str], ...]:
    """Return the rows of one of this package's tables, each by the names of its columns.

    >>> rows("states_facts.tsv")[0]["alpha2"]
    'AF'
    """
    return table_rows("mahdar.authority", file)


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
