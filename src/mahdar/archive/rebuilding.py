"""Make what is derived from records again, one record at a time, while others read and write.

Each record is one transaction: readers have it as it was or as it is, never between. A table that
is as it should be is left alone; only where one differs that indexes hold does the record get a new
serial, by which they take it out and in again.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec
from django.db.models import QuerySet

from mahdar.archive.derivation import Given
from mahdar.archive.derived import ELEMENTS, TABLES, table_formats
from mahdar.archive.derived_elements import said
from mahdar.archive.keep import next_serial, writing
from mahdar.archive.packing import unpack
from mahdar.archive.standing import read_formats, written
from mahdar.archive.tables import models
from mahdar.model import Record
from mahdar.model.formats import NewerFormat, seal_of


class Remade(msgspec.Struct, frozen=True):
    """What came of one version of a record.

    ``tables`` are those that were made again; ``indexed`` whether indexes must take it anew;
    ``damage`` why it cannot be made again from its contents; ``gone`` that there was nothing to
    do: it was removed, or somebody else has done it.
    """

    pk: int
    address: str
    tables: tuple[str, ...] = ()
    indexed: bool = False
    damage: str = ""
    gone: bool = False


class Rebuilt(msgspec.Struct):
    """What came of making derived tables again.

    ``records`` versions of records were looked at; in ``changed`` of them tables were made again,
    each as often as ``tables`` says; in the others they were as they should be. ``damaged`` are
    those whose contents cannot be read; ``old`` what is left of an earlier format.
    """

    records: int = 0
    changed: int = 0
    tables: dict[str, int] = {}
    damaged: list[str] = []
    old: int = 0
    seconds: float = 0.0


def old_records(alias: str) -> list[int]:
    """Return the numbers of the versions of records with a table of an earlier format."""
    return sorted(_old(alias).values_list("pk", flat=True))


def count_old(alias: str) -> int:
    """Return how many versions of records have a table of an earlier format."""
    return _old(alias).count()


def _old(alias: str) -> QuerySet[models.Record]:
    table = models.Record.objects.using(alias)
    return table.exclude(formats=written(table_formats()))


def every_record(alias: str) -> list[int]:
    """Return the numbers of all versions of records."""
    return sorted(models.Record.objects.using(alias).values_list("pk", flat=True))


def rebuild_each(alias: str, pks: Iterable[int], *, old_only: bool = True) -> Iterator[Remade]:
    """Make the tables of records again, and yield what came of each.

    Args:
        alias: of the database.
        pks: of the versions.
        old_only: leave one alone that somebody else has done meanwhile.
    """
    table = models.Record.objects.using(alias)
    for pk in pks:
        row = table.filter(pk=pk).first()
        if row is None or (old_only and row.formats == written(table_formats())):
            yield Remade(pk, "", gone=True)
            continue
        yield _rebuild(alias, row)


def _rebuild(alias: str, row: models.Record) -> Remade:
    address = address_of(row)
    record, damage = whole(row)
    if record is None:
        return Remade(row.pk, address, damage=damage)
    rows = derive_all(record)
    with writing(alias):
        if not models.Record.objects.using(alias).filter(pk=row.pk).exists():
            return Remade(row.pk, address, gone=True)
        tables, indexed = make_again(alias, row.pk, rows)
    return Remade(row.pk, address, tables, indexed)


def address_of(row: models.Record) -> str:
    """Return how a version of a record is named."""
    return f"{row.key}/{row.language}@{row.version}"


def whole(row: models.Record) -> tuple[Record | None, str]:
    """Return the record that a version holds; None, and why, where it is damaged."""
    try:
        if seal_of(zlib.decompress(row.contents)) != row.digest:
            return None, "its contents are not what was put in"
        return unpack(row.contents), ""
    except (zlib.error, msgspec.DecodeError, NewerFormat) as error:
        return None, f"its contents cannot be read ({error})"


def derive_all(record: Record) -> dict[str, Any]:
    """Return the rows of all derived tables for a record."""
    given = Given(record)
    return {table.name: table.derive(given) for table in TABLES}


def differing(alias: str, row: models.Record, rows: Mapping[str, Any]) -> list[str]:
    """Return the tables of the present format that do not hold what they should."""
    held = read_formats(row.formats)
    return [
        table.name
        for table in TABLES
        if held.get(table.name) == table.format and not table.same(alias, row.pk, rows[table.name])
    ]


def make_again(alias: str, pk: int, rows: Mapping[str, Any]) -> tuple[tuple[str, ...], bool]:
    """Put rows into the tables of a record where they differ; call it within ``keep.writing``.

    Args:
        alias: of the database.
        pk: of the version of a record.
        rows: of all derived tables, from :func:`derive_all`.

    Returns:
        The tables that were made again, and whether indexes must take the record anew.
    """
    changed = []
    before: list[tuple[int, int, str]] | None = None
    for table in TABLES:
        # What belongs to elements went with them.
        if not (table.within and before is not None) and table.same(alias, pk, rows[table.name]):
            continue
        if table is ELEMENTS:
            before = said(alias, pk)
        table.store(alias, pk, rows[table.name])
        changed.append(table)
    new: dict[str, Any] = {"formats": written(table_formats())}
    indexed = any(table.indexed for table in changed)
    if indexed:
        new["serial"] = next_serial(alias)
    if before is not None and said(alias, pk) != before:
        new["said_serial"] = new["serial"]
    models.Record.objects.using(alias).filter(pk=pk).update(**new)
    return tuple(table.name for table in changed), indexed


class Tally:
    """Counts what comes of records."""

    def __init__(self) -> None:
        self.rebuilt = Rebuilt()
        self._begun = time.monotonic()

    def count(self, remade: Remade) -> None:
        """Take note of what came of one."""
        if remade.gone:
            return
        self.rebuilt.records += 1
        self.rebuilt.changed += bool(remade.tables)
        for name in remade.tables:
            self.rebuilt.tables[name] = self.rebuilt.tables.get(name, 0) + 1
        if remade.damage:
            self.rebuilt.damaged.append(f"{remade.address}: {remade.damage}")

    def done(self, alias: str) -> Rebuilt:
        """Return what came of all of them."""
        self.rebuilt.old = count_old(alias)
        self.rebuilt.seconds = round(time.monotonic() - self._begun, 2)
        return self.rebuilt
