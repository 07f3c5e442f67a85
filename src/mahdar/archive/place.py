"""Where an archive is: a folder, or a database of PostgreSQL."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import msgspec

from mahdar.errors import ArchiveError

_SCHEMES = ("postgresql", "postgres")


class Place(msgspec.Struct, frozen=True):
    """Where the records lie, and where the indexes that are made from them.

    ``folder`` holds the indexes and, unless ``url`` names a database of PostgreSQL, the
    database ``mahdar.sqlite3`` too. Indexes can be thrown away: they are made anew.
    """

    folder: Path
    url: str | None = None

    @property
    def database(self) -> Path:
        """Return the path of the SQLite file."""
        return self.folder / "mahdar.sqlite3"

    @property
    def shown(self) -> str:
        """Return how messages name the archive: without a password."""
        if self.url is None:
            return str(self.folder)
        parts = urlsplit(self.url)
        host = parts.hostname or ""
        return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port else ''}{parts.path}"


def place_of(named: str | Path | None = None) -> Place:
    """Return the place that somebody named, or the usual one.

    Args:
        named: a folder, or ``postgresql://user:password@host:port/database``; where it is
            None, what ``MAHDAR_ARCHIVE`` says, else ``mahdar/archive`` in the user's data
            folder (``XDG_DATA_HOME``, ``~/.local/share``).

    Raises:
        ArchiveError: a URL of another kind is named.

    >>> place_of("postgresql://me:secret@db/records").shown
    'postgresql://db/records'
    """
    text = str(named or os.environ.get("MAHDAR_ARCHIVE") or _usual())
    if "://" not in text:
        return Place(Path(text).expanduser())
    parts = urlsplit(text)
    if parts.scheme not in _SCHEMES or not parts.path.strip("/"):
        raise ArchiveError(
            f"{parts.scheme}:// is no archive that Mahdar knows; give a folder, or"
            " postgresql://user:password@host:5432/database"
        )
    # Two databases must not share a folder of indexes, two users of one database may.
    where = f"{parts.hostname}:{parts.port or 5432}{parts.path}"
    name = hashlib.sha256(where.encode()).hexdigest()[:12]
    indexes = os.environ.get("MAHDAR_INDEXES")
    return Place(Path(indexes) if indexes else _usual().parent / f"indexes-{name}", text)


def django_database(place: Place, *, cache: int = 32) -> dict[str, object]:
    """Return how Django is told of the database of a place.

    Args:
        place: of the archive.
        cache: mebibytes that each connection to SQLite keeps of it, beside the mapped file.
    """
    if place.url is None:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(place.database),
            "OPTIONS": {
                # A writer takes the lock before it reads, so that two never deadlock; a
                # commit is on the disk when it returns, whatever happens to the power.
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                f" PRAGMA mmap_size=268435456; PRAGMA cache_size=-{cache * 1024}",
            },
        }
    parts = urlsplit(place.url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def _usual() -> Path:
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "mahdar" / "archive"
