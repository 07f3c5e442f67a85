"""What whoever runs the site decides, from the environment: `mahdar serve` sets it."""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from mahdar.archive.place import Place, place_of
from mahdar.errors import ArchiveError

if TYPE_CHECKING:
    from django.http import HttpRequest

_LOCAL = ("localhost", "127.0.0.1", "[::1]")
_MEBIBYTE = 1 << 20


class SiteOptions(msgspec.Struct, frozen=True):
    """How a site is run.

    ``place`` is the archive; ``origin`` how readers reach it (``https://records.example.org``),
    None for this machine alone; ``mail`` the server that sends notices
    (``smtp://user:password@host:587``), None to keep them as files; ``sender`` their address;
    ``largest`` bytes of an upload; ``rate`` requests to the API a minute from one address;
    ``behind_proxy`` where another server in front tells the reader's address; ``own`` the address
    at which the site itself listens; ``scanner`` the daemon that looks for viruses in uploads
    (``unix:/run/clamav/clamd.ctl``, ``tcp://host:3310``), None for none.
    """

    place: Place
    origin: str | None = None
    mail: str | None = None
    sender: str = "mahdar@localhost"
    largest: int = 64 * _MEBIBYTE
    rate: int = 300
    behind_proxy: bool = False
    own: str = "http://127.0.0.1:8000"
    scanner: str | None = None

    @property
    def base(self) -> str:
        """How addresses in mails begin."""
        return self.origin or self.own

    @property
    def folder(self) -> Path:
        """Where the site keeps its own files: its key, uploads, pictures, mail."""
        return self.place.folder / "web"

    @property
    def secure(self) -> bool:
        """Whether readers come by HTTPS."""
        return (self.origin or "").startswith("https://")

    @property
    def hosts(self) -> list[str]:
        """The names by which the site may be asked for."""
        named = urlsplit(self.origin).hostname if self.origin else None
        return [*_LOCAL, *([named] if named else [])]


def options_of(environment: Mapping[str, str]) -> SiteOptions:
    """Return the options that an environment gives.

    Args:
        environment: ``MAHDAR_ARCHIVE``, ``MAHDAR_ORIGIN``, ``MAHDAR_MAIL``, ``MAHDAR_SENDER``,
            ``MAHDAR_LARGEST`` (mebibytes), ``MAHDAR_RATE``, ``MAHDAR_PROXY``, ``MAHDAR_OWN``,
            ``MAHDAR_SCANNER``.

    Raises:
        ArchiveError: one of them cannot be understood; the message says which.

    >>> options_of({"MAHDAR_ARCHIVE": "/srv/records", "MAHDAR_ORIGIN": "https://x.org"}).hosts[-1]
    'x.org'
    """
    origin = environment.get("MAHDAR_ORIGIN") or None
    if origin:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/"):
            raise ArchiveError(
                f"MAHDAR_ORIGIN is {origin}: expected how readers reach the site, such as"
                " https://records.example.org"
            )
    return SiteOptions(
        place_of(environment.get("MAHDAR_ARCHIVE")),
        origin and origin.rstrip("/"),
        environment.get("MAHDAR_MAIL") or None,
        environment.get("MAHDAR_SENDER") or "mahdar@localhost",
        _number(environment, "MAHDAR_LARGEST", 64) * _MEBIBYTE,
        _number(environment, "MAHDAR_RATE", 300),
        environment.get("MAHDAR_PROXY", "") not in ("", "0"),
        environment.get("MAHDAR_OWN") or "http://127.0.0.1:8000",
        _scanner(environment.get("MAHDAR_SCANNER") or None),
    )


def _scanner(given: str | None) -> str | None:
    if given and not given.startswith("unix:/") and not given.startswith("tcp://"):
        raise ArchiveError(
            f"MAHDAR_SCANNER is {given}: expected where clamd listens, such as"
            " unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310"
        )
    return given


def origin_of(request: HttpRequest) -> str:
    """Return how addresses on a page begin: as readers reach the site, else as it was asked for.

    Raises:
        DisallowedHost: it was asked for by a name that is not its own.
    """
    return site_options().origin or f"{request.scheme}://{request.get_host()}"


def _number(environment: Mapping[str, str], name: str, usual: int) -> int:
    given = environment.get(name) or str(usual)
    if not given.isdecimal() or int(given) < 1:
        raise ArchiveError(f"{name} is {given}: expected a number from 1")
    return int(given)


@functools.cache
def site_options() -> SiteOptions:
    """Return the options of this process."""
    return options_of(os.environ)
