"""The archive and what answers questions to it, opened once a process and kept in step."""

from __future__ import annotations

import functools
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mahdar.api.archive import Archive
from mahdar.web.options import site_options

if TYPE_CHECKING:
    from mahdar.search.searching import Searcher

Stamp = tuple[tuple[int, int], ...]
_lock = threading.Lock()


class _Held(msgspec.Struct):
    searcher: Searcher | None = None
    stamp: Stamp = ()


_held = _Held()


@functools.cache
def archive() -> Archive:
    """Return the archive of the site; made where there is none yet.

    Raises:
        ArchiveError: it cannot be opened.
    """
    return Archive(site_options().place)


def stamp() -> Stamp:
    """Return what changes whenever the indexes do: when their states were written, and how long."""
    indexes = archive().indexes
    return tuple(
        _written(path)
        for path in (indexes.folder / "words.json", indexes.vectors_folder / "state.json")
    )


def _written(path: Path) -> tuple[int, int]:
    try:
        found = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)


def searcher() -> Searcher:
    """Return what answers questions, over the indexes as they are now.

    Indexes are brought into step by the housekeeper, never while a reader waits.
    """
    from mahdar.search.searching import Searcher

    now = stamp()
    with _lock:
        if _held.searcher is None or _held.stamp != now:
            _held.searcher, _held.stamp = Searcher(archive()), now
        return _held.searcher
