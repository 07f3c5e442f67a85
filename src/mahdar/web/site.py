"""The public functions about the site in the browser: run it, say who may sign in to it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.web.users import Account


def serve(
    archive: str | Path | None = None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    workers: int | None = None,
    origin: str | None = None,
    specimens: bool | None = None,
    vectors: bool = True,
) -> None:
    """Open an archive to browsers, with an API, until somebody interrupts.

    Args:
        archive: a folder or a URL of PostgreSQL; by default that of the user.
        host: the address to listen at.
        port: to listen at.
        workers: how many processes answer; by default one for each processor, at most four.
        origin: how readers reach the site where another server stands in front, such as
            ``https://records.example.org``.
        specimens: put the invented meetings in; by default into an empty archive only.
        vectors: make the vectors for the search by meaning while nobody else wants the machine.

    Raises:
        ToolMissing: the packages of ``mahdar[web]`` are not installed.
        ArchiveError: the archive cannot be opened, or somebody else listens there.
    """
    from mahdar.web.serving import serve as run

    named = {"MAHDAR_ARCHIVE": archive, "MAHDAR_ORIGIN": origin}
    os.environ.update({name: str(value) for name, value in named.items() if value})
    os.environ["MAHDAR_VECTORS"] = "1" if vectors else "0"
    count = workers or max(1, min(4, os.cpu_count() or 1))
    run(host, port, count, lambda text: print(text, file=sys.stderr), specimens=specimens)


def _start(archive: str | Path | None) -> None:
    """Start Django as the site does, on an archive whose tables are made where there are none."""
    from mahdar.web.serving import start_django_site

    if archive:
        os.environ["MAHDAR_ARCHIVE"] = str(archive)
    start_django_site()
    from mahdar.web.opened import archive as opened

    opened()


def add_user(
    name: str,
    password: str,
    archive: str | Path | None = None,
    *,
    mail: str = "",
    editor: bool = False,
) -> None:
    """Let somebody sign in to the site of an archive.

    Args:
        name: to sign in with.
        password: at least 12 characters, not a common one.
        archive: of the site; one a process.
        mail: where notices of saved searches go.
        editor: whether he or she may add records.

    Raises:
        ArchiveError: the name is taken, the password too weak, the address no address.
        ToolMissing: the packages of ``mahdar[web]`` are not installed.
    """
    _start(archive)
    from mahdar.web.users import add_user as add

    add(name, password, mail=mail, editor=editor)


def change_password(name: str, password: str, archive: str | Path | None = None) -> None:
    """Give somebody a new password; see :func:`add_user`."""
    _start(archive)
    from mahdar.web.users import change_password as change

    change(name, password)


def remove_user(name: str, archive: str | Path | None = None) -> None:
    """Let somebody sign in no more; saved searches go too, records stay.

    Raises:
        ArchiveError: there is no such user.
    """
    _start(archive)
    from mahdar.web.users import remove_user as remove

    remove(name)


def list_users(archive: str | Path | None = None) -> list[Account]:
    """Return who may sign in to the site of an archive."""
    _start(archive)
    from mahdar.web.users import users

    return users()
