"""Find and read the files of organs: those that come with Mahdar, and others in a folder."""

from __future__ import annotations

import functools
import os
import tomllib
from importlib import resources
from pathlib import Path

import msgspec

from mahdar.errors import OrganDataError
from mahdar.organs.organ import Organ

FOLDER = "MAHDAR_ORGANS"
"""The variable of the environment that names a folder of further files."""


@functools.cache
def organs() -> tuple[Organ, ...]:
    """Return all organs that are known, those within another one first.

    Further ones are read from the folder that ``MAHDAR_ORGANS`` names.

    Raises:
        OrganDataError: a file breaks the schema.

    >>> [organ.code for organ in organs() if organ.within is None]
    ['GA', 'SC']
    """
    own = resources.files("mahdar.organs")
    found = [
        parse_organ(f.read_text(encoding="utf-8"), f.name) for f in own.iterdir() if _is(f.name)
    ]
    if folder := os.environ.get(FOLDER):
        paths = sorted(path for path in Path(folder).iterdir() if _is(path.name))
        found += [parse_organ(path.read_text(encoding="utf-8"), path.name) for path in paths]
    by_code = {organ.code: organ for organ in found}
    return tuple(sorted(by_code.values(), key=lambda organ: (organ.within is None, organ.code)))


def _is(name: str) -> bool:
    return name.endswith(".toml")


def organ_codes() -> tuple[str, ...]:
    """Return the codes of all organs, sorted.

    >>> organ_codes()[:3]
    ('C1', 'GA', 'SC')
    """
    return tuple(sorted(organ.code for organ in organs()))


def read_organ(code: str | None) -> Organ | None:
    """Return the organ of a code, None where none is known by it.

    >>> council = read_organ("SC")
    >>> council.seats_in(1950), council.votes_needed(2013), len(council.permanent_on("2013-10-28"))
    (11, 9, 5)
    """
    return next((organ for organ in organs() if organ.code == code), None)


def parse_organ(text: str, name: str) -> Organ:
    """Check the text of an organ's file.

    Args:
        text: TOML.
        name: the file's name, for messages.

    Raises:
        OrganDataError: says which entry is missing or wrong.
    """
    try:
        organ = msgspec.convert(tomllib.loads(text), Organ)
    except tomllib.TOMLDecodeError as error:
        raise OrganDataError(f"{name}: not readable as TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise OrganDataError(f"{name}: {error}") from None
    if "en" not in organ.names or not all(organ.names.values()):
        raise OrganDataError(f"{name}: names: the organ needs its name in English ('en') at least")
    for series in organ.series:
        if "{number}" not in series.symbol:
            raise OrganDataError(f"{name}: series: '{series.symbol}' has no {{number}}")
    return organ
