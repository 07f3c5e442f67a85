"""Read many files, one after another or on several workers, and hand each result on at once."""

from __future__ import annotations

import hashlib
import itertools
import socket
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from mahdar.errors import ArchiveError, InputError, MahdarError, ToolMissing
from mahdar.sources.options import DEFAULT, Options

if TYPE_CHECKING:
    from mahdar.archive.origins import Claim
    from mahdar.model import Record

_AHEAD = 4
"""How many files for each worker are on their way at once: few, for each holds its bytes."""
_TRIES = 3
_PATIENCE = 20.0
"""Seconds within which a scheduler must answer."""


class Reading(msgspec.Struct, frozen=True):
    """What came of a file: the packed record, or the reason why there is none.

    ``claim`` is what the file says of where its record comes from.
    """

    path: str
    digest: str
    size: int
    contents: bytes = b""
    record_digest: str = ""
    reason: str = ""
    claim: Claim | None = None


def digest_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes, by which it is known again."""
    return hashlib.sha256(data).hexdigest()


def read_bytes(data: bytes, path: str, options: Options = DEFAULT) -> Reading:
    """Read the bytes of a file; whatever is wrong with it becomes the reason.

    Args:
        data: all of the file: anything that Mahdar reads, or the JSON of a record.
        path: what to call it.
        options: how to read it.
    """
    from mahdar.archive.packing import pack

    digest = digest_of(data)
    try:
        record, claim = _record(data, path, options)
        contents, record_digest = pack(record)
    except InputError as error:
        return Reading(path, digest, len(data), reason=error.problem)
    except MahdarError as error:
        return Reading(path, digest, len(data), reason=str(error))
    except MemoryError:
        return Reading(path, digest, len(data), reason="reading it takes more memory than there is")
    except Exception as error:  # one file must not stop the others: it is listed
        why = f"Mahdar came to grief over it ({type(error).__name__}: {error}); please report this"
        return Reading(path, digest, len(data), reason=why)
    return Reading(path, digest, len(data), contents, record_digest, claim=claim)


def _record(data: bytes, path: str, options: Options) -> tuple[Record, Claim]:
    from mahdar.archive.origins import Claim, claim_of
    from mahdar.sources.files import is_json

    if is_json(data):
        from mahdar.publishing.publish import read_json

        record = read_json(data, path)
        return record, claim_of(data, record)
    from mahdar.reading.bounded import read_bounded

    record = read_bounded(data, path, options)
    return record, Claim(record.origin)


def readings(
    files: Iterable[tuple[Path, bytes]],
    options: Options = DEFAULT,
    *,
    workers: int = 1,
    scheduler: str | None = None,
) -> Iterator[Reading]:
    """Read files and yield what came of each, as soon as it is there.

    Args:
        files: paths and their bytes; taken as they are needed.
        options: how to read them.
        workers: how many processes read; with one, this process does.
        scheduler: the address of a Dask cluster (``tcp://host:8786``) to read on instead.
            The workers need Mahdar, not the files: these are sent to them.

    Raises:
        ToolMissing: Dask is needed, and not installed.
        ArchiveError: the cluster does not answer.
    """
    if workers < 2 and scheduler is None:
        for path, data in files:
            yield read_bytes(data, str(path), options)
        return
    yield from _on_cluster(files, options, workers, scheduler)


def _on_cluster(
    files: Iterable[tuple[Path, bytes]], options: Options, workers: int, scheduler: str | None
) -> Iterator[Reading]:
    """Read on a cluster of Dask's; the files of a worker that dies are read again by another."""
    try:
        dask, distributed = (import_module(name) for name in ("dask", "distributed"))
    except ImportError:
        raise ToolMissing(
            "several workers are led by the package distributed: install it with"
            " pip install 'mahdar[archive]', or read with --workers 1"
        ) from None
    quiet: dict[str, Any] = {
        "distributed.logging.distributed": "critical",
        "distributed.scheduler.allowed-failures": _TRIES - 1,
        "distributed.worker.daemon": False,  # a worker reads files in a process of its own
    }
    with dask.config.set(quiet):
        try:
            if scheduler:
                _knock(scheduler)
            cluster = None if scheduler else distributed.LocalCluster(
                n_workers=workers, threads_per_worker=1, processes=True,
                dashboard_address=":0", silence_logs=50,
            )  # fmt: skip
            client = distributed.Client(
                scheduler or cluster, timeout=_PATIENCE, set_as_default=False
            )
        except (OSError, TimeoutError, ValueError) as error:
            raise ArchiveError(
                f"{scheduler}: no Dask scheduler answers there ({error});"
                " start one with: dask scheduler"
            ) from None
        try:
            yield from _gather(client, distributed.as_completed, iter(files), options, workers)
        finally:
            client.close()
            if cluster is not None:
                cluster.close()


def _knock(scheduler: str) -> None:
    """Find out at once whether anything answers at an address: Dask would try for a long time.

    Raises:
        OSError: nothing does.
    """
    at = urlsplit(scheduler)
    if at.scheme == "tcp" and at.hostname and at.port:  # other kinds are left to Dask
        socket.create_connection((at.hostname, at.port), timeout=_PATIENCE).close()


def _gather(
    client: Any,
    as_completed: Any,
    files: Iterator[tuple[Path, bytes]],
    options: Options,
    workers: int,
) -> Iterator[Reading]:
    sent: dict[str, tuple[str, str, int]] = {}

    def send(path: Path, data: bytes) -> Any:
        future = client.submit(read_bytes, data, str(path), options, pure=False, retries=_TRIES - 1)
        sent[future.key] = (str(path), digest_of(data), len(data))
        return future

    at_once = _AHEAD * max(workers, len(client.scheduler_info().get("workers", {})))
    first = [send(*file) for file in itertools.islice(files, at_once)]
    done = as_completed(first, loop=client.loop)
    for future in done:
        path, digest, size = sent.pop(future.key)
        if future.status == "finished":
            yield future.result()
        else:
            why = f"reading it ended {_TRIES} workers ({type(future.exception()).__name__})"
            yield Reading(path, digest, size, reason=why)
        future.release()
        following = next(files, None)
        if following is not None:
            done.add(send(*following))
