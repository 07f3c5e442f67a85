"""Who sat on the Security Council and who presided, at any date since 1946."""

from __future__ import annotations

import functools

from mahdar.authority.tables import names, rows
from mahdar.organs import read_organ

_FIRST_YEAR = 1947  # with 1946 the rotation had not found its months


def council_members(date: str) -> tuple[str, ...]:
    """Return the members of the Security Council on a day, permanent ones first, by code.

    Args:
        date: ISO 8601, at least the year; a year alone is its first day.

    >>> len(council_members("1950")), len(council_members("2013-10-28"))
    (11, 15)
    """
    year = int(date[:4])
    council = read_organ("SC")
    permanent = council.permanent_on(date[:10]) if council else ()
    elected = [
        code
        for row in rows("council_members.tsv")
        if int(row["first"]) <= year <= int(row["last"])
        for code in row["members"].split()
    ]
    return (*permanent, *elected)


def council_president(date: str) -> str | None:
    """Return the State that presided over the Council on a day; None where it is not known.

    Args:
        date: ISO 8601, at least year and month.

    By rule 18 of the provisional rules of procedure the presidency goes round the members each
    month in English alphabetical order; exceptions are in ``council_presidents.tsv``.

    >>> council_president("2013-10-28"), council_president("1950-08-01")
    ('AZE', 'SUN')
    """
    day = date if len(date) > 7 else f"{date}-15"
    for row in rows("council_presidents.tsv"):
        if row["from"] <= day <= row["until"]:
            return row["code"]
    return _rotation().get(date[:7])


@functools.cache
def _rotation() -> dict[str, str]:
    last_year = max(int(row["last"]) for row in rows("council_members.tsv")) - 1
    presidents: dict[str, str] = {}
    last = "United States of America"
    for year in range(_FIRST_YEAR, last_year + 1):
        for month in range(1, 13):
            when = f"{year}-{month:02d}"
            members = sorted((_alphabet_name(code, when), code) for code in council_members(when))
            after = [pair for pair in members if pair[0] > last] or members
            last, presidents[when] = after[0]
        if year == 1991:  # the seat's name went from U to R over the new year
            last = "Union of Soviet Socialist Republics"
    return presidents


@functools.cache
def _alphabet_name(code: str, when: str) -> str:
    for row in rows("council_alphabet.tsv"):
        if row["code"] == code and row["from"] <= when <= (row["until"] or "9999"):
            return row["name"]
    return names("states.tsv", "en")[code][0]
