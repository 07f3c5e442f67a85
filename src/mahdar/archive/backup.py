"""Make a backup of the database of an archive, in the archive: before it is brought up to date."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import sqlite3
from pathlib import Path
from typing import Any

from mahdar.archive.place import Place
from mahdar.errors import ArchiveError

_APPLICATIONS = ("archive_", "auth_", "django_", "web_")
"""How the tables of Mahdar and its site begin."""
_CHUNK = 1 << 20


class Backup:
    """A backup that was made: ``name`` says where it is, :meth:`discard` takes it back.

    Args:
        name: of a file in the folder of the archive, or of a schema of PostgreSQL.
        path: of the file, where it is one that nobody had made before.
    """

    def __init__(self, name: str, path: Path | None = None) -> None:
        self.name, self._path = name, path

    def discard(self) -> None:
        """Take it back, where what it was made for was not done. A schema went with all else."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)


def back_up(place: Place, alias: str, program: str) -> Backup:
    """Copy the database of an archive as it is; nobody may write to it meanwhile.

    Args:
        place: of the archive.
        alias: of its database; in a transaction.
        program: the Mahdar that wrote it.

    Raises:
        ArchiveError: there is no room for it, or the database is damaged.
    """
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%d-%H%M%S")
    if place.url is None:
        return _file(place, f"backup-{program}-{now}.sqlite3")
    name = "_".join(re.findall(r"[a-z0-9]+", f"mahdar_backup_{program}_{now}".lower()))
    return _schema(place, alias, name)


def _file(place: Place, name: str) -> Backup:
    for left in place.folder.glob("backup-*.part"):  # of one that was killed
        left.unlink()
    part, target = place.folder / f"{name}.part", place.folder / name
    try:
        try:
            with (
                contextlib.closing(sqlite3.connect(place.database)) as source,
                contextlib.closing(sqlite3.connect(part)) as made,
            ):
                source.backup(made)
                made.execute("PRAGMA journal_mode=DELETE")  # one file, whole by itself
                found = " ".join(made.execute("PRAGMA integrity_check(1)").fetchone()[0].split())
            _sync(part)
        except (sqlite3.Error, OSError) as error:
            size = place.database.stat().st_size
            raise ArchiveError(
                f"{place.shown}: must be brought up to date, and a backup of it made before, which"
                f" takes {max(1, size >> 20):,} MB in its folder: that cannot be written ({error})."
                " Nothing was changed: make room, and give the command again"
            ) from None
        if found != "ok":
            raise ArchiveError(
                f"{place.shown}: must be brought up to date, and is damaged ({found}). Nothing"
                " was changed: put a backup of yours in its place"
            )
        before = _same(part, place.folder)
        if before is not None:  # of one that was killed after it made it
            return Backup(before.name)
        part.rename(target)
        _sync(place.folder)
        return Backup(name, target)
    finally:
        for left in place.folder.glob(f"{part.name}*"):
            left.unlink()


def _same(part: Path, folder: Path) -> Path | None:
    """Return an earlier backup with the same bytes."""
    size = part.stat().st_size
    for path in sorted(folder.glob("backup-*.sqlite3")):
        if path.stat().st_size == size and _equal(part, path):
            return path
    return None


def _equal(one: Path, other: Path) -> bool:
    with one.open("rb") as first, other.open("rb") as second:
        while True:
            here, there = first.read(_CHUNK), second.read(_CHUNK)
            if here != there:
                return False
            if not here:
                return True


def _sync(path: Path) -> None:
    """See a file, or the names in a folder, on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


def _schema(place: Place, alias: str, name: str) -> Backup:
    """Copy the tables into a schema of their own, with their keys and how far they have counted."""
    from django.db import Error, connections

    from mahdar.archive.database import said

    connection: Any = connections[alias]
    try:
        with connection.cursor() as cursor:
            tables = sorted(
                table
                for table in connection.introspection.table_names(cursor)
                if table.startswith(_APPLICATIONS)
            )
            cursor.execute(f"CREATE SCHEMA {name}")
            for table in tables:
                copy = f"{name}.{table}"
                cursor.execute(f"CREATE TABLE {copy} (LIKE {table} INCLUDING ALL)")
                cursor.execute(f"INSERT INTO {copy} TABLE {table}")
                for sequence in connection.introspection.get_sequences(cursor, table):
                    one = f"pg_get_serial_sequence(%s, '{sequence['column']}')::regclass"
                    cursor.execute(
                        f"SELECT setval({one}, last) FROM pg_sequence_last_value({one}) AS last"
                        " WHERE last IS NOT NULL", [copy, table],
                    )  # fmt: skip
    except Error as error:
        raise ArchiveError(
            f"{place.shown}: must be brought up to date, and a backup of its tables made before, in"
            f" a schema {name}: that cannot be made ({said(error)}). Nothing was changed: let the"
            " user make schemas (GRANT CREATE ON DATABASE), or make room, and try again"
        ) from None
    return Backup(name)
