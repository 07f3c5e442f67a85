"""Bring an archive of an earlier Mahdar up to date as it is opened; refuse one of a later.

Everything is done in one transaction: the new tables, the records in the present format, who wrote
it. Killed at any moment, the archive is as it was, and the next who opens it begins anew. Before, a
backup of it is made beside it. What is derived from the records comes later
(:mod:`mahdar.archive.rebuilding`): until then the tables are those of the earlier Mahdar.
"""

from __future__ import annotations

import contextlib
import logging
import time
import zlib
from collections.abc import Iterator
from typing import Any

import msgspec

from mahdar._version import __version__
from mahdar.archive.backup import Backup, back_up
from mahdar.archive.place import Place
from mahdar.archive.standing import (
    Standing,
    newer_said,
    present_formats,
    stand,
    written,
)
from mahdar.errors import ArchiveError

_EVERY = 5.0
"""Seconds between two lines that tell how far it is."""
_RENAMED = {"archive_speech": "archive_element"}
_log = logging.getLogger("mahdar.archive")


def bring_up(alias: str, place: Place) -> None:
    """Make the tables of a new archive, or bring those that are there up to date.

    Only one process may do so at a time.

    Args:
        alias: of the database.
        place: of the archive.

    Raises:
        ArchiveError: a later Mahdar wrote it, or there is no room for the backup.
    """
    from django.db import Error, connections
    from django.db.migrations.executor import MigrationExecutor

    from mahdar.archive.database import said

    executor = MigrationExecutor(connections[alias])
    found = stand(alias)
    _refuse_newer(executor, found, place)
    # The tables of a web site lie in its own database only, not in every archive that it opens.
    only = None if alias == "default" else "archive"
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(only))
    if not plan and found is not None and not found.older:
        return
    changed = {key[0] for key in executor.loader.applied_migrations}
    if found is None or not (found.older or changed & {step[0].app_label for step in plan}):
        try:
            with _one_transaction(alias):
                _migrate(alias, only)
                _stamp(alias)
        except Error as error:
            raise ArchiveError(
                f"{place.shown}: its tables cannot be made ({said(error)}): see to that, and give"
                " the command again"
            ) from None
        return
    begun = time.monotonic()
    backup: Backup | None = None
    try:
        with _one_transaction(alias):
            backup = back_up(place, alias, found.program)
            counted = _counted(alias)
            _migrate(alias, only)
            _count_on(alias, counted)
            damaged = _renew_records(alias, place)
            _stamp(alias)
    except BaseException as error:
        if backup is not None:
            backup.discard()
        if isinstance(error, Error | OSError):
            raise ArchiveError(
                f"{place.shown}: cannot be brought up to date ({said(error)}). It is as it was:"
                " see to that, and give the command again"
            ) from None
        raise
    _after(alias, place, found, backup, damaged, time.monotonic() - begun)


def _refuse_newer(executor: Any, found: Standing | None, place: Place) -> None:
    loader = executor.loader
    ours = {"archive", "web"} & loader.migrated_apps
    unknown = sorted(
        name for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    )  # fmt: skip
    if found is not None and found.newer:
        raise ArchiveError(newer_said(place.shown, found))
    if unknown:
        raise ArchiveError(
            f"{place.shown}: was written by a later Mahdar ({unknown[-1]}); this is Mahdar"
            f" {__version__}: update it"
        )


@contextlib.contextmanager
def _one_transaction(alias: str) -> Iterator[None]:
    """Open a transaction that holds changes of tables too, on SQLite as on PostgreSQL."""
    from django.db import connections, transaction

    connection: Any = connections[alias]
    connection.ensure_connection()  # a clear error now, not within
    # SQLite changes a table with foreign keys only where they are not looked at, which can be
    # asked of it outside a transaction only. Each migration looks at them all at its end.
    unchecked = connection.vendor == "sqlite" and connection.disable_constraint_checking()
    try:
        with transaction.atomic(using=alias):
            yield
    finally:
        if unchecked:
            connection.enable_constraint_checking()


def _migrate(alias: str, only: str | None) -> None:
    from django.core.management import call_command

    apps = [only] if only else []
    call_command("migrate", *apps, database=alias, verbosity=0, interactive=False)


def _counted(alias: str) -> dict[str, int]:
    """Return how far SQLite has counted the rows of each table, those that are gone too.

    It forgets that where a table is made anew. A number that comes back would be taken by
    indexes, and by who waits for new records, for the one that had it.
    """
    from django.db import connections

    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite" or "django_migrations" not in (
            connection.introspection.table_names(cursor)
        ):
            return {}
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return {_RENAMED.get(name, name): seq for name, seq in cursor.fetchall()}


def _count_on(alias: str, counted: dict[str, int]) -> None:
    from django.db import connections

    with connections[alias].cursor() as cursor:
        for name, number in counted.items():
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = MAX(seq, %s) WHERE name = %s", [number, name]
            )
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s WHERE NOT EXISTS"
                " (SELECT 1 FROM sqlite_sequence WHERE name = %s)"
                " AND EXISTS (SELECT 1 FROM sqlite_master WHERE name = %s)",
                [name, number, name, name],
            )


def _renew_records(alias: str, place: Place) -> int:
    """Write the contents of records in the present format; return how many are damaged.

    Those are left as they are, for `mahdar verify` to tell of. Where records have no serials yet,
    they get the numbers by which the indexes that there are know them.
    """
    from mahdar.archive.packing import repack
    from mahdar.archive.tables import models

    table = models.Record.objects.using(alias)
    pks = sorted(table.values_list("pk", flat=True))
    damaged, told = 0, time.monotonic()
    for done, pk in enumerate(pks, 1):
        contents, digest, serial = table.values_list("contents", "digest", "serial").get(pk=pk)
        new: dict[str, Any] = {} if serial else {"serial": pk, "said_serial": pk}
        try:
            packed, sealed = repack(contents, digest)
        except (zlib.error, msgspec.DecodeError, ValueError):
            damaged += 1
        else:
            if sealed != digest:  # nothing in an archive of 0.1.0 names a version by its digest
                new.update(contents=packed, digest=sealed)
        if new:
            table.filter(pk=pk).update(**new)
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            _log.warning("%s: %s of %s records are up to date", place.shown, f"{done:,}",
                         f"{len(pks):,}")  # fmt: skip
    return damaged


def _stamp(alias: str) -> None:
    """Write down who wrote the archive; see that its clock is ahead of all that records had."""
    from mahdar.archive.tables import models

    clock = models.Clock.objects.using(alias).order_by("pk").first() or models.Clock(pk=1)
    clock.serial = max(clock.serial, _last_record(alias))
    clock.program, clock.formats = __version__, written(present_formats())
    clock.save(using=alias)


def _last_record(alias: str) -> int:
    """Return the highest number in the database that a record has had."""
    from django.db import connections

    connection: Any = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT MAX(seq) FROM sqlite_sequence WHERE name = 'archive_record'")
        else:
            cursor.execute(
                "SELECT pg_sequence_last_value("
                "pg_get_serial_sequence('archive_record', 'id')::regclass)"
            )
        return int(cursor.fetchone()[0] or 0)


def _after(
    alias: str, place: Place, found: Standing, backup: Backup, damaged: int, seconds: float
) -> None:
    """Tell what was done, and give back the room that it took."""
    from django.db import Error, connections

    from mahdar.archive.rebuilding import count_old
    from mahdar.archive.tables import models

    count = models.Record.objects.using(alias).count()
    left = f"; {damaged:,} are damaged, and as they were: mahdar verify" if damaged else ""
    old = " What is derived from the records is still of then: mahdar rebuild"
    _log.warning(
        "%s: brought up to date from Mahdar %s to %s in %.0f s (%s versions of records%s). As it"
        " was, it is in %s.%s",
        place.shown, found.program, __version__, seconds, f"{count:,}", left, backup.name,
        old if count_old(alias) else "",
    )  # fmt: skip
    if connections[alias].vendor == "sqlite":
        with contextlib.suppress(Error), connections[alias].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
