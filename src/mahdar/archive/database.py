"""Open the database of an archive: start Django once, add the database, bring its tables up."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import TextIO

from mahdar.archive.place import Place, django_database
from mahdar.errors import ArchiveError, NoArchive, ToolMissing

_SETTINGS = "DJANGO_SETTINGS_MODULE"
_LOCK = 0x6D616864  # any number that other programs are not likely to take
_PAUSE, _PATIENCE = 0.05, 10.0
_log = logging.getLogger("mahdar.archive")


def start_django() -> None:
    """Start Django for the archive, unless a web site has started it already.

    Raises:
        ToolMissing: Django is not installed.
    """
    try:
        from django.apps import apps
    except ImportError:
        raise ToolMissing(
            "an archive is kept with the package django: install it with"
            " pip install 'mahdar[archive]'"
        ) from None
    if not apps.ready and not apps.loading:
        set_up_django("mahdar.archive.settings")


def set_up_django(module: str) -> None:
    """Start Django with a module of settings, whichever one the environment names.

    A developer's shell may name the settings of another project, and programs that this one
    starts are to choose for themselves: the environment is left as it was.

    Raises:
        ImportError: Django, or a package that the settings name, is not installed.
    """
    import django

    before = os.environ.get(_SETTINGS)
    os.environ[_SETTINGS] = module
    try:
        django.setup()
    finally:
        if before is None:
            del os.environ[_SETTINGS]
        else:
            os.environ[_SETTINGS] = before


def connect(place: Place, *, make: bool = True) -> str:
    """Open the database of a place; one of an earlier Mahdar is brought up to date.

    Args:
        place: of the archive.
        make: make it where there is none yet.

    Returns:
        The name under which Django knows the database.

    Raises:
        NoArchive: there is none.
        ArchiveError: it cannot be opened, or a later Mahdar wrote it; the message says why.
        ToolMissing: a package that it needs is not installed.
    """
    start_django()
    from django.core.exceptions import ImproperlyConfigured
    from django.db import Error, connections

    from mahdar.archive.upgrade import bring_up

    if place.url is None and not place.database.is_file():
        if not make:
            raise NoArchive(
                f"{place.shown}: there is no archive here; make one with: mahdar add FILE..."
            )
        try:
            place.folder.parent.mkdir(parents=True, exist_ok=True)
            place.folder.mkdir(mode=0o700, exist_ok=True)  # its owner's alone
        except OSError as error:
            raise ArchiveError(f"{place.shown}: cannot be made ({error.strerror})") from None
    alias = _alias(place)
    if alias not in connections.databases:
        try:
            wanted = {"default": {}, alias: django_database(place)}
            connections.databases[alias] = connections.configure_settings(wanted)[alias]
        except ImproperlyConfigured as error:
            raise ArchiveError(f"{place.shown}: {error}") from None
    try:
        with _alone(alias, place):
            bring_up(alias, place)
    except ImproperlyConfigured:
        raise ToolMissing(
            "PostgreSQL is reached with the package psycopg: install it with"
            " pip install 'mahdar[postgresql]'"
        ) from None
    except (Error, sqlite3.Error, OSError) as error:
        raise ArchiveError(
            f"{place.shown}: cannot be opened as an archive: {said(error)}"
        ) from None
    return alias


def _alias(place: Place) -> str:
    """Return the name for the database of a place: ``default`` where a web site lies in it too.

    Two connections of one thread to one SQLite file could wait for each other for ever.
    """
    from django.db import connections

    usual, wanted = connections.databases.get("default", {}), django_database(place)
    named = ("ENGINE", "NAME", "HOST", "PORT")  # what is not given may be None, or empty
    if all((usual.get(name) or "") == (wanted.get(name) or "") for name in named):
        return "default"
    return f"archive:{place.url or place.database.resolve()}"


def said(error: BaseException) -> str:
    """Return what a database says of an error, on one line."""
    return " ".join(str(error).split()) or type(error).__name__


@contextlib.contextmanager
def _alone(alias: str, place: Place) -> Iterator[None]:
    """Let one process at a time make or change the tables; who waits for long is told why."""
    from django.db import connections

    if place.url is None:
        try:
            file = (place.folder / ".tables.lock").open("w")
        except OSError as error:
            raise ArchiveError(
                f"{place.shown}: cannot be opened as an archive: its folder must be one that you"
                f" may write to ({error.strerror}); copy it to such a one"
            ) from None
        with file:
            _wait(lambda: _taken(file), place)
            yield
        return
    with connections[alias].cursor() as cursor:

        def try_it() -> bool:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
            return bool(cursor.fetchone()[0])

        _wait(try_it, place)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def _taken(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait(taken: Callable[[], bool], place: Place) -> None:
    told = False
    begun = time.monotonic()
    while not taken():
        time.sleep(_PAUSE)
        if not told and time.monotonic() - begun > _PATIENCE:
            told = True
            _log.warning(
                "%s: another process is bringing it up to date; waiting for that", place.shown
            )
