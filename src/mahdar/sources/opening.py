"""Take the bytes of a file, with a clear sentence where that cannot be done."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from mahdar.errors import TooLarge, UnreadableFile
from mahdar.sources.limits import USUAL

_CHUNK = 1 << 20


def bytes_of(path: str | Path, most: int = USUAL.size) -> bytes:
    """Return all bytes of a plain file.

    Args:
        path: the file.
        most: how many bytes are taken.

    Raises:
        UnreadableFile: there is no such file, it is a folder, a pipe or a device, or it may not
            be opened.
        TooLarge: it has more bytes, or grows beyond them while it is read.

    >>> bytes_of("no/such/file")
    Traceback (most recent call last):
    ...
    mahdar.errors.UnreadableFile: no/such/file: no such file; check the path
    """
    if str(path).strip() in ("", "."):
        raise UnreadableFile("this is a folder; name one file in it", source=path)
    try:
        # Opening a pipe would wait for somebody to write.
        number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(number, "rb") as file:
            kind = os.fstat(number)
            if stat.S_ISDIR(kind.st_mode):
                raise IsADirectoryError
            if not stat.S_ISREG(kind.st_mode):
                raise UnreadableFile(
                    "this is a pipe or a device; expected a plain file (a single dash reads"
                    " standard input)",
                    source=path,
                )
            return take_bytes(file, path, most)
    except FileNotFoundError:
        raise UnreadableFile("no such file; check the path", source=path) from None
    except IsADirectoryError:
        raise UnreadableFile("this is a folder; name one file in it", source=path) from None
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror})", source=path) from None
    except ValueError:  # a zero byte in the name
        raise UnreadableFile("no such file; check the path", source=path) from None


def take_bytes(stream: BinaryIO, name: str | Path, most: int = USUAL.size) -> bytes:
    """Return all bytes of a stream, and no more than are allowed.

    Args:
        stream: as it lies open.
        name: what to call it.
        most: how many bytes are taken.

    Raises:
        TooLarge: it goes on after them.

    >>> import io
    >>> take_bytes(io.BytesIO(b"abc"), "a.txt", 2)
    Traceback (most recent call last):
    ...
    mahdar.errors.TooLarge: a.txt: it has more than 2 bytes, more than any record
    """
    taken = bytearray()
    while chunk := stream.read(_CHUNK):
        taken += chunk
        if len(taken) > most:
            told = f"{most >> 20} MiB" if most >> 20 else f"{most} bytes"
            raise TooLarge(f"it has more than {told}, more than any record", source=name)
    return bytes(taken)
