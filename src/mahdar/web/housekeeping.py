"""The process beside the site: reads what was given, keeps the indexes in step, sends notices."""

from __future__ import annotations

import fcntl
import logging
import os
import sys
import threading
import time
from collections.abc import Callable

_PAUSE = 0.5
_log = logging.getLogger("mahdar.housekeeping")


def main() -> int:
    """Work until whoever started this process is gone.

    Returns:
        The exit status; 0 also where another one does the work already.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mahdar.web.settings")
    import django

    django.setup()
    from mahdar.web.options import site_options

    folder = site_options().folder
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "housekeeping.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return 0
        _work(os.getppid())
    return 0


def _work(parent: int) -> None:
    from mahdar.web.models import Upload

    Upload.objects.filter(state="reading").update(state="waiting")  # of one that was stopped
    serial = -1
    vectors: threading.Thread | None = None
    wanted = os.environ.get("MAHDAR_VECTORS", "1") != "0"
    while os.getppid() == parent:
        _safely(_read_next)
        now = _serial()
        if now != serial:
            if _safely(_catch_up) and _safely(_notify):
                serial = now
            if wanted and (vectors is None or not vectors.is_alive()):
                vectors = threading.Thread(target=_safely, args=(_make_vectors,), daemon=True)
                vectors.start()
        time.sleep(_PAUSE)


def _safely(work: Callable[[], object]) -> bool:
    """Do a piece of work; what goes wrong is told, and tried again with the next change."""
    try:
        work()
    except Exception:
        _log.exception("housekeeping")
        return False
    return True


def _serial() -> int:
    from mahdar.archive.tables import models
    from mahdar.web.opened import archive

    clock = models.Clock.objects.using(archive().alias).first()
    return clock.serial if clock else 0


def _read_next() -> None:
    from mahdar.web.incoming import read_upload
    from mahdar.web.models import Upload

    upload = Upload.objects.filter(state="waiting").order_by("pk").first()
    if upload is not None:
        read_upload(upload)


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


if __name__ == "__main__":
    sys.exit(main())
