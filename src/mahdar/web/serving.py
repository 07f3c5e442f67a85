"""Run the site on this machine: its processes, started and stopped together."""

from __future__ import annotations

import contextlib
import ipaddress
import logging
import os
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from mahdar.archive.database import set_up_django
from mahdar.errors import ArchiveError, ToolMissing
from mahdar.web.gate import THREADS
from mahdar.web.keeper import Keeper
from mahdar.web.parent import forget_children, insist_on_ending, tell_children

if TYPE_CHECKING:
    from mahdar.api.archive import Archive

Tell = Callable[[str], None]
_PROXY = """Other machines can reach this address. Put a server in front (a reverse proxy) that
  - speaks HTTPS, and hands on X-Forwarded-For and X-Forwarded-Proto, its own values last;
  - bounds headers (10 s), bodies (64 MiB, 60 s) and connections of one address;
  - keeps a body until it has come whole, and answers until they are taken;
and start Mahdar with MAHDAR_ORIGIN and MAHDAR_PROXY=1, best on 127.0.0.1 (run-a-site.md)."""


def start_django_site() -> None:
    """Start Django for the site, unless it is started.

    Raises:
        ToolMissing: a package of the site is not installed.
        ArchiveError: an option cannot be understood, or the folder cannot be written.
    """
    try:
        set_up_django("mahdar.web.settings")
    except ImportError as error:
        raise ToolMissing(
            f"the site needs the package {error.name}: install it with pip install 'mahdar[web]'"
        ) from None


def prepare(tell: Tell, *, specimens: bool | None = None) -> Archive:
    """Open the archive, make what is missing, and return it.

    Args:
        tell: is told what takes time.
        specimens: put the invented meetings in; where it is None, into an empty archive only.
    """
    start_django_site()
    from mahdar.web.opened import archive
    from mahdar.web.options import site_options
    from mahdar.web.starters import add_specimens

    held = archive()
    from mahdar.archive.tables import models

    empty = not models.Record.objects.using(held.alias).exists()
    if specimens or (specimens is None and empty):
        tell("Printing and reading the invented meetings (six languages) ...")
        add_specimens(held, site_options().folder / "specimens")
    if held.indexes.behind():
        tell("Bringing the indexes into step ...")
        held.indexes.catch_up()
    collect_files(site_options().folder / "static")
    return held


def collect_files(folder: Path) -> None:
    """Put styles, scripts and fonts where they are served from, with their digests in their names.

    Args:
        folder: for them; nothing is done where it is up to date.
    """
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    from mahdar._version import __version__

    files = [
        storage.path(path)
        for finder in get_finders()
        for path, storage in finder.list(["*.py", "*.pyc", "__pycache__"])
    ]
    stamp = __version__ + "".join(f"{p}:{Path(p).stat().st_mtime_ns};" for p in files)
    mark = folder / ".collected"
    with contextlib.suppress(FileNotFoundError):
        if mark.read_text() == stamp:
            return
    call_command(
        "collectstatic", interactive=False, verbosity=0, ignore_patterns=["*.py", "__pycache__"]
    )
    mark.write_text(stamp)


def serve(host: str, port: int, workers: int, tell: Tell, *, specimens: bool | None = None) -> None:
    """Run the site until somebody interrupts.

    Args:
        host: address to listen at.
        port: to listen at.
        workers: how many processes answer.
        tell: is told where the site is, and what takes time.
        specimens: see :func:`prepare`.

    Raises:
        ToolMissing: a package of the site is not installed.
        ArchiveError: the archive cannot be opened, or somebody else listens there.
    """
    os.umask(0o077)  # what the site writes is its owner's alone
    shown = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if not _is_here(host):
        tell(_PROXY)
    os.environ["MAHDAR_OWN"] = shown
    start_django_site()  # what is wrong with the options is told first
    _check_free(host, port)
    prepare(tell, specimens=specimens)
    try:
        from granian.constants import Interfaces, Loops
        from granian.log import LogLevels
        from granian.server import Server
    except ImportError as error:
        raise ToolMissing(
            f"the site needs the package {error.name}: install it with pip install 'mahdar[web]'"
        ) from None
    # Threads that each keep freed memory to themselves would hold a sixth more of it.
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    tell_children()
    keeper = Keeper([sys.executable, "-m", "mahdar.web.housekeeping"])
    keeper.start()
    insist_on_ending()
    threading.Thread(target=_announce, args=(shown, tell), daemon=True).start()
    try:
        # Not given a time to kill its processes after: on a busy machine it takes one that has just
        # ended for one that refuses to.
        server = Server(
            "mahdar.web.worker:application", address=host, port=port, interface=Interfaces.WSGI,
            workers=workers, blocking_threads=THREADS, loop=Loops.asyncio,
            log_level=LogLevels.warning, respawn_failed_workers=True,
        )  # fmt: skip
        # It would warn of so many threads; but they wait, and four of them answer.
        logging.getLogger("_granian").addFilter(lambda told: "Python threads" not in told.msg)
        server.serve()
    finally:
        forget_children()
        keeper.end()


def _is_here(host: str) -> bool:
    """Tell whether only this machine can reach an address.

    >>> _is_here("127.0.0.9"), _is_here("::1"), _is_here("localhost"), _is_here("0.0.0.0")
    (True, True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_free(host: str, port: int) -> None:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ArchiveError(
                f"{host}:{port} cannot be listened at ({error.strerror}); choose another: --port"
            ) from None


def _announce(address: str, tell: Tell) -> None:
    """Say where the site is as soon as it answers."""
    while True:  # however busy the machine; the thread ends with the process
        with contextlib.suppress(OSError):
            request = urllib.request.Request(f"{address}/alive", headers={"Host": "localhost"})
            with urllib.request.urlopen(request, timeout=5):
                tell(f"Mahdar is at {address}/ (end it with Ctrl-C)")
                return
        time.sleep(0.05)
