"""Who wrote an archive, and in what formats: what this Mahdar makes, what one that is there has.

An archive is made of parts, each with a number that is raised when its form changes: ``archive``
(which tables there are), ``record`` (the JSON in ``Record.contents``), and each derived table.
Where one of the first two is lower than this Mahdar's, the archive is brought up to date before it
is used; a derived table is made again later. Where any is higher, or not known, a later Mahdar
wrote it.
"""

from __future__ import annotations

from typing import Any

import msgspec

from mahdar._version import __version__
from mahdar.errors import ArchiveError
from mahdar.model.record import FORMAT as RECORD_FORMAT

ARCHIVE_FORMAT = 2
"""Raised with each migration that changes what older programs read or write."""
FIRST = "0.1.0"
"""The only Mahdar whose archives do not say who wrote them."""

Formats = dict[str, int]


class Standing(msgspec.Struct, frozen=True):
    """Which Mahdar wrote an archive last, and in what formats."""

    program: str
    formats: Formats

    @property
    def newer(self) -> list[str]:
        """What is of a format that this Mahdar does not know, the most telling first."""
        ours = present_formats()
        return [name for name, number in self.formats.items() if number > ours.get(name, 0)]

    @property
    def older(self) -> bool:
        """Whether the archive must be brought up to date before it is used."""
        return (
            self.formats.get("archive", 1) < ARCHIVE_FORMAT
            or self.formats.get("record", 1) < RECORD_FORMAT
        )


def present_formats() -> Formats:
    """Return what this Mahdar makes."""
    from mahdar.archive.derived import table_formats

    return {"archive": ARCHIVE_FORMAT, "record": RECORD_FORMAT, **table_formats()}


def written(formats: Formats) -> str:
    """Return formats as they are kept: the same text for the same formats.

    >>> written({"votes": 2, "elements": 3})
    '{"elements":3,"votes":2}'
    """
    return msgspec.json.encode(formats, order="deterministic").decode()


def read_formats(text: str) -> Formats:
    """Return formats that were kept; none where the text is none of ours.

    >>> read_formats('{"votes":2}'), read_formats("?")
    ({'votes': 2}, {})
    """
    try:
        return msgspec.json.decode(text, type=Formats)
    except msgspec.DecodeError:
        return {}


def stand(alias: str) -> Standing | None:
    """Return how an archive stands, whatever Mahdar made it; None where there is none yet.

    Asked without Django's models: the tables may be older than these.
    """
    from django.db import connections

    connection: Any = connections[alias]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "archive_clock" not in tables:
            return None
        columns = connection.introspection.get_table_description(cursor, "archive_clock")
        if "formats" not in {column.name for column in columns}:
            return Standing(FIRST, {})
        cursor.execute("SELECT program, formats FROM archive_clock ORDER BY id LIMIT 1")
        row = cursor.fetchone()
    return Standing(row[0] or FIRST, read_formats(row[1])) if row else Standing(FIRST, {})


def newer_said(shown: str, standing: Standing) -> str:
    """Return the sentence that refuses an archive of a later Mahdar.

    Args:
        shown: how the archive is called.
        standing: of the archive.
    """
    name = standing.newer[0]
    ours = present_formats().get(name)
    what = "" if name == "archive" else f"{name} of "
    have = f"format {ours}" if ours else "which does not know them"
    theirs = f"{what}format {standing.formats[name]}"
    return (
        f"{shown}: was written by Mahdar {standing.program} ({theirs}); this is Mahdar"
        f" {__version__} ({have}): update it"
    )


def check_not_newer(shown: str, program: str, formats: str) -> None:
    """See that nobody brought the archive to a later format while this program had it open.

    Raises:
        ArchiveError: somebody did; writing on would spoil it.
    """
    if formats == written(present_formats()):
        return
    standing = Standing(program, read_formats(formats))
    if standing.newer:
        raise ArchiveError(newer_said(shown, standing))
