"""Look through an archive for damage: database, records, tables, indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.db import connections

from mahdar.archive.keep import writing
from mahdar.archive.rebuilding import (
    address_of,
    count_old,
    derive_all,
    differing,
    every_record,
    make_again,
    whole,
)
from mahdar.archive.standing import stand
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError, MahdarError
from mahdar.index.columns import damage, read_state
from mahdar.index.words import WordIndex

if TYPE_CHECKING:
    from mahdar.archive.adding import Progress
    from mahdar.index.indexed import Indexed


class Verified(msgspec.Struct):
    """What was looked at and what is wrong.

    ``records`` and ``versions`` that are whole, ``elements`` in the indexes, ``vectors``;
    ``wrong`` what is damaged, ``old`` versions whose tables an earlier Mahdar made, ``behind``
    records whose indexes or vectors are still to be made, ``mended`` what was put right.
    ``program`` is the Mahdar that last wrote the archive.
    """

    records: int = 0
    versions: int = 0
    elements: int = 0
    vectors: int = 0
    without_vectors: int = 0
    behind: int = 0
    old: int = 0
    unread: int = 0
    program: str = ""
    wrong: list[str] = []
    mended: list[str] = []


def verify(archive: Indexed, *, mend: bool = False, progress: Progress | None = None) -> Verified:
    """Look through an archive.

    Args:
        archive: that is open.
        mend: make tables anew from the contents of records, and indexes from the tables, where
            they are damaged or behind.
        progress: is told how many versions of how many were looked at.
    """
    standing = stand(archive.alias)
    program = standing.program if standing else ""
    found = Verified(unread=len(archive.unread()), program=program)
    found.wrong += _database(archive.alias)
    _records(archive.alias, found, mend, progress)
    found.old = count_old(archive.alias)
    indexes = archive.indexes
    found.behind = indexes.behind()
    wrong = _indexes(archive, found)
    if (wrong or found.behind) and mend:
        if wrong:
            indexes.forget()
        done = indexes.catch_up()
        found.mended.append(f"the indexes of {done:,} records were made anew")
        found.behind = indexes.behind()
        wrong = _indexes(archive, found)
    found.wrong += wrong
    from mahdar.index.vectors import Vectors

    vectors = Vectors(indexes.vectors_folder)
    found.vectors = vectors.state.rows
    found.without_vectors = len(indexes.without_vectors())
    return found


def _database(alias: str) -> list[str]:
    """Ask SQLite whether its file is whole; PostgreSQL sees to its own files."""
    if connections[alias].vendor != "sqlite":
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        strays = cursor.fetchall()
    wrong = [f"database: {line}" for line in said if line != "ok"]
    return wrong + [f"database: a row of {row[0]} points nowhere" for row in strays[:5]]


def _records(alias: str, found: Verified, mend: bool, progress: Progress | None) -> None:
    table = models.Record.objects.using(alias)
    pks = every_record(alias)
    for done, pk in enumerate(pks, 1):
        row = table.filter(pk=pk).first()
        if row is not None:
            wrong = _record(alias, row, found, mend)
            if wrong:
                found.wrong.append(f"{address_of(row)}: {wrong}")
            else:
                found.versions += 1
                found.records += row.current
        if progress:
            progress(done, len(pks))


def _record(alias: str, row: models.Record, found: Verified, mend: bool) -> str:
    """Return what is wrong with a version of a record; nothing where it is whole, or mended.

    Tables of an earlier format are not compared: what is derived now may differ from them.
    """
    record, damaged = whole(row)
    if record is None:
        return damaged
    rows = derive_all(record)
    names = ", ".join(differing(alias, row, rows))
    still = models.Record.objects.using(alias).filter(pk=row.pk, serial=row.serial)
    if not names or not still.exists():  # somebody removed it, or made it again meanwhile
        return ""
    if not mend:
        return f"what is kept beside it does not follow from its contents ({names})"
    with writing(alias):
        if still.exists():
            make_again(alias, row.pk, rows)
            found.mended.append(f"{address_of(row)}: {names} were made anew from its contents")
    return ""


def _indexes(archive: Indexed, found: Verified) -> list[str]:
    """Return what is wrong with the indexes of words and the columns."""
    indexes = archive.indexes
    wrong = damage(indexes.columns_folder)
    held = set(indexes.word_state().records)
    if not held:
        return wrong
    elements = models.Element.objects.using(archive.alias)
    wanted = elements.filter(record__serial__in=held).count() if len(held) < 500 else (
        elements.filter(record__current=True).count()
    )  # fmt: skip
    try:
        found.elements = WordIndex(indexes.words_folder).searcher().num_docs
    except MahdarError as error:
        return [*wrong, str(error)]
    if found.elements != wanted and not found.behind:
        wrong.append(f"index of words: {found.elements:,} elements instead of {wanted:,}")
    if not wrong and not found.behind:
        wrong += _columns(archive, wanted)
    return wrong


def _columns(archive: Indexed, wanted: int) -> list[str]:
    from mahdar.index.columns import Columns

    folder = archive.indexes.columns_folder
    try:
        state = read_state(folder)
        have = sum(int(Columns(folder, code, state).here.sum()) for code in state.lengths)
    except (ArchiveError, OSError, ValueError) as error:
        return [f"columns: {error}"]
    return [] if have == wanted else [f"columns: {have:,} elements instead of {wanted:,}"]
