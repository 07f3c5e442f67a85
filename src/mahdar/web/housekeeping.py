"""The process beside the site: reads what was given, keeps what is derived in step, tells users."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import threading
import time
from collections.abc import Callable

from mahdar.archive.database import set_up_django
from mahdar.web.parent import end_with, is_gone, started_by

_PAUSE, _AFTER_TROUBLE = 0.5, 15.0
_BETWEEN_CLEARINGS = 3600.0
_MOST_MADE = 1 << 30
"""Bytes of pictures, and of exports, that are kept."""
LOCK = "housekeeping.lock"
_log = logging.getLogger("mahdar.housekeeping")


def main() -> int:
    """Work until whoever started this process is gone.

    Returns:
        The exit status; 0 also where another one does the work already.
    """
    set_up_django("mahdar.web.settings")
    from mahdar.web.options import site_options

    os.umask(0o077)
    folder = site_options().folder
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        parent = started_by()
        if parent is not None:  # even while a file is read, which may take minutes
            threading.Thread(target=end_with, args=(parent,), daemon=True).start()
        _work(parent or os.getppid())
    return 0


def _work(parent: int) -> None:
    from django.db import close_old_connections

    from mahdar.web.models import Upload

    Upload.objects.filter(state="reading").update(state="waiting")  # of one that was stopped
    keeper, rebuilder, clearer = _IndexKeeper(), _Rebuilder(), _Clearer()
    while not is_gone(parent):
        # What goes wrong with a file does not keep the indexes from being brought into step.
        well = [
            _tried(_take_next), _tried(keeper.step), rebuilder.step(), _tried(clearer.step)
        ]  # fmt: skip
        close_old_connections()
        _sleep(_PAUSE if all(well) else _AFTER_TROUBLE, parent)


class _IndexKeeper:
    """Brings indexes, notices and vectors into step whenever the archive has changed."""

    def __init__(self) -> None:
        self._serial = -1
        self._vectors: threading.Thread | None = None
        self._wanted = os.environ.get("MAHDAR_VECTORS", "1") != "0"

    def step(self) -> None:
        now = _serial()
        if now == self._serial:
            return
        _catch_up()
        _notify()
        self._serial = now
        if self._wanted and (self._vectors is None or not self._vectors.is_alive()):
            self._vectors = threading.Thread(target=_make_vectors, daemon=True)
            self._vectors.start()


class _Rebuilder:
    """Makes again what an earlier Mahdar derived from records, once, beside everything else."""

    def __init__(self) -> None:
        self._thread: threading.Thread | None = None
        self._well = True

    def step(self) -> bool:
        """Begin, or after trouble be ready to begin again; return whether all is well."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._rebuild, daemon=True)
            self._thread.start()
        elif not (self._well or self._thread.is_alive()):
            self._thread, self._well = None, True
            return False
        return True

    def _rebuild(self) -> None:
        from django.db import connections

        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
        try:
            rebuild_old()
        except Exception:  # what was done is kept, the rest is taken up later
            _log.exception("tables")
            self._well = False
        finally:
            connections.close_all()


class _Clearer:
    """Clears, now and then, what nobody needs any more."""

    def __init__(self) -> None:
        self._last = -_BETWEEN_CLEARINGS

    def step(self) -> None:
        if time.monotonic() - self._last >= _BETWEEN_CLEARINGS:
            self._last = time.monotonic()
            clear_unneeded()


def clear_unneeded() -> None:
    """Clear files that were made and nobody asked for lately, and sessions that are over."""
    from mahdar.web.incoming import forget_old_uploads
    from mahdar.web.making import clear_old
    from mahdar.web.options import site_options
    from mahdar.web.session_store import SessionStore

    for name in ("made", "pictures"):
        clear_old(site_options().folder / name, _MOST_MADE)
    SessionStore.clear_expired()
    forget_old_uploads()


def rebuild_old() -> None:
    """Make again what an earlier Mahdar derived from records; leave half of the time to others."""
    from mahdar.archive.rebuilding import count_old
    from mahdar.web.opened import archive

    held = archive()
    old = count_old(held.alias)
    if not old:
        return
    _log.info("tables of %s versions of records are old: they are made again", old)
    done = held.rebuild(rest=1.0)
    _log.info("tables: %s versions of records looked at in %.0f s, those of %s made again",
              done.records, done.seconds, done.changed)  # fmt: skip
    for each in done.damaged:
        _log.warning("tables: %s; see: mahdar verify", each)


def is_kept() -> bool:
    """Tell whether a housekeeper works for this archive: whoever does holds the lock."""
    from mahdar.web.options import site_options

    try:
        with (site_options().folder / LOCK).open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        pass
    return False


def _tried(step: Callable[[], None]) -> bool:
    """Do something; a disk that is full, a database that is away is told, and tried again later."""
    try:
        step()
    except Exception:
        _log.exception("housekeeping")
        return False
    return True


def _sleep(seconds: float, parent: int) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not is_gone(parent):
        time.sleep(_PAUSE)


def _serial() -> int:
    from mahdar.archive.tables import models
    from mahdar.web.opened import archive

    clock = models.Clock.objects.using(archive().alias).first()
    return clock.serial if clock else 0


def _take_next() -> None:
    """Read the next file that waits, or add the one that is wanted."""
    from mahdar.web.incoming import add_upload, read_upload
    from mahdar.web.models import Upload

    upload = Upload.objects.filter(state__in=["waiting", "adding"]).order_by("changed").first()
    if upload is not None:
        (read_upload if upload.state == "waiting" else add_upload)(upload)


def _catch_up() -> None:
    from mahdar.web.opened import archive

    archive().indexes.catch_up()


def _notify() -> None:
    from mahdar.web.notices import send_notices

    send_notices()


def _make_vectors() -> None:
    """Make the vectors that the search by meaning needs, when nobody else wants the machine."""
    from mahdar.errors import ToolMissing
    from mahdar.web.opened import archive

    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), 19)
    try:
        archive().indexes.make_vectors(wait=False)
    except ToolMissing as error:
        _log.warning("%s", error)
    except Exception:  # they are taken up again with the next record
        _log.exception("vectors")


if __name__ == "__main__":
    sys.exit(main())
