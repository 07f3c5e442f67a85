"""Take the bytes of a file, with a clear sentence where that cannot be done."""

from __future__ import annotations

from pathlib import Path

from mahdar.errors import UnreadableFile


def bytes_of(path: str | Path) -> bytes:
    """Return all bytes of a file.

    Args:
        path: the file.

    Raises:
        UnreadableFile: there is no such file, it is a folder, or it may not be opened.

    >>> bytes_of("no/such/file")
    Traceback (most recent call last):
    ...
    mahdar.errors.UnreadableFile: no/such/file: no such file; check the path
    """
    if str(path).strip() in ("", "."):
        raise UnreadableFile("this is a folder; name one file in it", source=path)
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise UnreadableFile("no such file; check the path", source=path) from None
    except IsADirectoryError:
        raise UnreadableFile("this is a folder; name one file in it", source=path) from None
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror})", source=path) from None
