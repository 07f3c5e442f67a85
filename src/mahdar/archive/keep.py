"""Put a record into an archive and take one out: each in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
from django.db import transaction
from django.db.models import F

from mahdar._version import __version__
from mahdar.archive.derivation import Given
from mahdar.archive.derived import columns_of, fill, table_formats
from mahdar.archive.descent import Why, settle
from mahdar.archive.standing import check_not_newer, present_formats, written
from mahdar.archive.tables import models
from mahdar.model import Record
from mahdar.model.address import Address
from mahdar.model.record import Origin

_READ = Origin("read")


class Kept(msgspec.Struct, frozen=True):
    """What came of putting a record in: its number in the database, and whether it is new.

    ``outcome`` is ``new``, ``newer`` (another version was there, and is superseded),
    ``older`` (it is provisional, and kept beside a final version), ``beside`` (it is kept beside a
    version that people decided on: ``why`` is ``people``, or ``choice``) or ``same``.
    ``origin`` is how it came to be, ``address`` where it is.
    """

    pk: int
    outcome: str
    why: Why = "alone"
    origin: str = "read"
    address: str = ""


def key_of(record: Record, digest: str) -> str:
    """Return under which key a record is kept.

    >>> from mahdar.specimens.build import specimen
    >>> key_of(specimen("ar"), "")
    'S/PV.99902'
    """
    return record.symbol or f"unnamed/{digest[:12]}"


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """Open a transaction that changes the archive, after any other that does so.

    Raises:
        ArchiveError: a later Mahdar has brought the archive to its format meanwhile.
    """
    with transaction.atomic(using=alias):
        clock = models.Clock.objects.using(alias).select_for_update().first()
        if clock is None:
            clock, _ = models.Clock.objects.using(alias).get_or_create(pk=1)
        check_not_newer("the archive", clock.program, clock.formats)
        clock.serial += 1
        clock.program, clock.formats = __version__, written(present_formats())
        clock.save(using=alias)
        yield


def next_serial(alias: str) -> int:
    """Return a number that no record has had; call it within :func:`writing`."""
    table = models.Clock.objects.using(alias)
    table.update(serial=F("serial") + 1)
    return table.values_list("serial", flat=True).get()


def put(alias: str, record: Record, contents: bytes, digest: str, origin: Origin = _READ) -> Kept:
    """Put one version of a record in; call it within :func:`writing`.

    Args:
        alias: of the database.
        record: that was read.
        contents: the same, packed.
        digest: of its JSON.
        origin: where it comes from.
    """
    key = key_of(record, digest)
    versions = models.Record.objects.using(alias).filter(key=key, language=record.language)
    same = versions.filter(digest=digest).first()
    if same is not None:
        return Kept(same.pk, "same")
    last = versions.order_by("version").values_list("version", flat=True).last() or 0
    given, serial = Given(record), next_serial(alias)
    row = models.Record(
        key=key, language=record.language, version=last + 1,
        current=False, digest=digest, contents=contents, reader=__version__,
        formats=written(table_formats()), serial=serial, said_serial=serial, origin=origin.how,
        by=origin.by, based_on=origin.based_on or "", base_digest=origin.base_seal or "",
        **columns_of(given),
    )  # fmt: skip
    row.save(using=alias, force_insert=True)
    fill(alias, row.pk, given)
    return _settled(alias, row)


def _settled(alias: str, row: models.Record) -> Kept:
    """See to what is current now that a version has come, and return what came of that one."""
    stand = settle(alias, row.key, row.language)
    why = stand[row.pk]
    if why == "alone":  # it is the current one
        outcome = "new" if len(stand) == 1 else "newer"
    else:
        outcome = "older" if why == "status" else "beside"
    address = str(Address(row.key, row.language, row.version))
    return Kept(row.pk, outcome, why, row.origin, address)


def take_out(alias: str, pks: Iterable[int]) -> int:
    """Remove versions of records; call it within :func:`writing`.

    Where the current version goes, the one that goes before the others left becomes current.

    Args:
        alias: of the database.
        pks: the numbers of the versions.

    Returns:
        How many there were.
    """
    table = models.Record.objects.using(alias)
    gone = list(table.filter(pk__in=list(pks)).values_list("pk", "key", "language"))
    table.filter(pk__in=[pk for pk, _, _ in gone]).delete()
    for key, language in {(key, language) for _, key, language in gone}:
        settle(alias, key, language)
    return len(gone)
