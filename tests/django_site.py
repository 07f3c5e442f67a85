"""Django, started once a process, for the tests that work on an archive or on the site."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_SETTINGS = "mahdar.web.settings"
_started: list[Path] = []


def start() -> None:
    """Start Django as the site starts it, so that the tables of the archive and the site are there.

    The archive of this process lies in a folder of its own. Programs that tests start know
    nothing of that.
    """
    if _started:
        return
    from django.apps import apps

    from mahdar.archive.database import set_up_django

    if apps.ready:
        raise RuntimeError(
            "Django runs with the settings of the archive alone: a test opened an archive"
            " before it asked for one; tests/choosing.py tells how to ask"
        )
    folder = Path(tempfile.mkdtemp(prefix="mahdar-tests-"))
    _started.append(folder)
    (folder / "web" / "static").mkdir(parents=True)
    told = {"MAHDAR_ARCHIVE": str(folder), "MAHDAR_RATE": "1000000"}
    os.environ.update(told)
    try:
        set_up_django(_SETTINGS)
        _wait_for_what_is_made()
    finally:
        for name in told:
            del os.environ[name]


def clear() -> None:
    """Leave nothing of the archive of this process behind."""
    for folder in _started:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_what_is_made() -> None:
    """Let answers wait for pictures and exports, however busy the machine."""
    from mahdar.web import making

    making.WAIT = 300.0
