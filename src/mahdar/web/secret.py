"""The key with which the site signs: made once, kept in a file that only its owner may read."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from mahdar.errors import ArchiveError

_BYTES = 48
# A key of ours has 64 characters; one that somebody brings has at least so many, so many of them
# different.
_FEWEST, _KINDS, _MOST = 43, 16, 4096


def secret_key(folder: Path) -> str:
    """Return the key of the site whose files are in a folder; made where there is none yet.

    Args:
        folder: of the site; made too.

    Raises:
        ArchiveError: it cannot be read or written, is weak, or others can read it.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> secret_key(folder) == secret_key(folder), oct((folder / "secret-key").stat().st_mode)[-3:]
    (True, '600')
    """
    path = folder / "secret-key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            # Whoever comes first makes it; it is whole when it gets its name.
            new = folder / f".secret-key-{os.getpid()}"
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(_BYTES))
            os.link(new, path)
        except FileExistsError:
            pass
        finally:
            new.unlink(missing_ok=True)
        return _checked(path)
    except OSError as error:
        raise ArchiveError(f"{path}: the key of the site: {error.strerror}") from None


def _checked(path: Path) -> str:
    """Return the key in a file that is plain, its owner's alone, and no weaker than one of ours."""
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(number, encoding="utf-8", errors="replace") as file:
        told = os.fstat(number)
        key = file.read(_MOST)
    if not stat.S_ISREG(told.st_mode):
        raise ArchiveError(f"{path}: the key of the site is no plain file; remove it")
    if told.st_mode & 0o077:
        raise ArchiveError(
            f"{path}: others may read or write the key of the site; remove it, so that a new one"
            " is made (who is signed in has to sign in again)"
        )
    if len(key.strip()) < _FEWEST or len(set(key)) < _KINDS:
        raise ArchiveError(
            f"{path}: the key of the site is weak (at least {_FEWEST} characters at random are"
            " expected); remove it, so that a new one is made"
        )
    return key
