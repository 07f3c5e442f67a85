"""Add files and folders to an archive: what is new is read, each result is kept at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
from django.db import DataError, Error, IntegrityError

from mahdar._version import __version__
from mahdar.archive.database import said
from mahdar.archive.descent import Why
from mahdar.archive.folders import Unread
from mahdar.archive.keep import Kept, key_of, put, writing
from mahdar.archive.origins import Claim, Told, origin_for
from mahdar.archive.packing import unpack
from mahdar.archive.readings import Reading, digest_of, readings
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError, InputError
from mahdar.model.cleaning import clean
from mahdar.sources.opening import bytes_of
from mahdar.sources.options import DEFAULT, Options

_TOGETHER = 16
_NOTHING = Told()
_SECONDS = 2.0
"""Results wait at most so long, and so many, for a transaction: each costs a wait for the disk."""


class Noted(msgspec.Struct, frozen=True):
    """A version that whoever adds it should look at, and why it is not the current one.

    ``why`` is ``people`` (another was corrected or composed), ``choice`` (another was chosen), or
    ``alone``: it is the current one.
    """

    address: str
    why: Why


class Added(msgspec.Struct):
    """What came of adding files.

    ``new`` records, ``newer`` and ``older`` versions of records that were there, those that are
    kept ``beside`` a version that people decided on, files that were the ``same`` as before or
    gave the same record, and those that are ``unread``. ``corrected`` counts the versions that
    people corrected or composed; ``noted`` names these and those that are kept beside.
    """

    files: int = 0
    new: int = 0
    newer: int = 0
    older: int = 0
    beside: int = 0
    same: int = 0
    corrected: int = 0
    noted: list[Noted] = []
    unread: list[Unread] = []
    seconds: float = 0.0


Progress = Callable[[int, int], None]


def add_files(
    alias: str,
    paths: Sequence[Path],
    options: Options = DEFAULT,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    again: bool = False,
    about: Told = _NOTHING,
    left_out: Sequence[Unread] = (),
    progress: Progress | None = None,
) -> Added:
    """Read files and keep their records.

    Args:
        alias: of the database.
        paths: of the files.
        options: how to read them.
        workers: how many processes read.
        scheduler: the address of a Dask cluster to read on instead.
        again: read files too that this Mahdar has read before.
        about: what is said of the corrections among them.
        left_out: files that are not even opened, to be told of with those that cannot be read.
        progress: is told how many files of how many are done.

    Raises:
        ArchiveError: the database cannot be written. What was kept before stays.
    """
    begun = time.monotonic()
    added = Added(files=len(paths) + len(left_out))
    done = 0
    unopened: list[Unread] = list(left_out)

    def told(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(done, len(paths))

    def new_files() -> Iterator[tuple[Path, bytes]]:
        seen: set[str] = set()
        for path in paths:
            try:
                data = bytes_of(path, options.limits.size)
            except InputError as error:
                unopened.append(Unread(str(path), error.problem))
                told(1)
                continue
            digest = digest_of(data)
            if digest in seen or (not again and _known(alias, digest)):
                added.same += 1
                told(1)
                continue
            seen.add(digest)
            yield path, data

    held: list[Reading] = []
    since = time.monotonic()
    try:
        for reading in readings(new_files(), options, workers=workers, scheduler=scheduler):
            held.append(reading)
            if len(held) >= _TOGETHER or time.monotonic() - since > _SECONDS:
                _keep(alias, held, added, about)
                told(len(held))
                held, since = [], time.monotonic()
    finally:
        # An interruption costs what is being read, not what was read.
        _keep(alias, held, added, about)
        told(len(held))
    added.unread += unopened
    added.seconds = time.monotonic() - begun
    return added


def _known(alias: str, digest: str) -> bool:
    """Tell whether a file was read before; one that could not be read is tried again."""
    source = models.Source.objects.using(alias).filter(digest=digest).first()
    return source is not None and source.record_id is not None


def _keep(alias: str, held: list[Reading], added: Added, about: Told) -> None:
    """Keep results in one transaction; where one of them will not go in, each in its own."""
    if not held:
        return
    try:
        outcomes = _kept(alias, held, about)
    except (Error, ValueError) as error:
        if len(held) == 1 and isinstance(error, DataError | IntegrityError | ValueError):
            why = f"its record holds what the database cannot ({said(error)})"
            added.unread.append(Unread(held[0].path, why))
            return
        if len(held) == 1:
            raise ArchiveError(
                f"{held[0].path}: its record cannot be kept ({said(error)}); what was added"
                " before it is safe: see to the database, and give the same command again"
            ) from None
        for reading in held:
            _keep(alias, [reading], added, about)
        return
    for reading, kept in zip(held, outcomes, strict=True):
        if kept is None:
            added.unread.append(Unread(reading.path, reading.reason))
        else:
            _count(added, kept)


def _count(added: Added, kept: Kept) -> None:
    setattr(added, kept.outcome, getattr(added, kept.outcome) + 1)
    by_people = kept.outcome != "same" and kept.origin != "read"
    added.corrected += by_people
    if by_people or kept.outcome == "beside":
        added.noted.append(Noted(kept.address, kept.why))


def _kept(alias: str, held: list[Reading], about: Told) -> list[Kept | None]:
    outcomes: list[Kept | None] = []
    with writing(alias):
        for reading in held:
            kept = None
            if not reading.reason:
                kept = _put(alias, reading, about)
            models.Source.objects.using(alias).update_or_create(
                digest=reading.digest,
                defaults={
                    "path": clean(reading.path), "size": reading.size,
                    "record_id": kept.pk if kept else None, "reason": reading.reason,
                    "reader": __version__,
                },
            )  # fmt: skip
            outcomes.append(kept)
    return outcomes


def _put(alias: str, reading: Reading, about: Told) -> Kept:
    record = unpack(reading.contents)
    key = key_of(record, reading.record_digest)
    claim = reading.claim or Claim()
    origin = origin_for(alias, key, record.language, claim, about)
    return put(alias, record, reading.contents, reading.record_digest, origin)
