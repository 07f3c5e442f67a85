"""Write a result whole or not at all; say what goes on when it takes long."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import click

from mahdar.errors import OutputError

_PATIENCE = 1.0


def to_standard_output(output: str | None) -> bool:
    """Tell whether a result goes to standard output: no file is named, or a dash is."""
    return output in (None, "-")


def write_result(text: str | bytes, output: str | None) -> None:
    """Write to a file, or to standard output where ``output`` is None or ``-``.

    A file is written beside its place and moved there when it is whole, so that
    nothing half-written is left and an older file is kept until then.

    Raises:
        OutputError: the file cannot be written.
    """
    data = text.encode("utf-8") if isinstance(text, str) else text
    if to_standard_output(output):
        # UTF-8 whatever the locale says: the records need it.
        stream = sys.stdout.buffer
        stream.write(data)
        stream.flush()
        return
    path = Path(str(output))
    temporary = None
    try:
        if path.exists() and not path.is_file():  # a device or a pipe: nothing to replace
            path.write_bytes(data)
            return
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); nothing was left there"
        ) from None


def write_folder(files: Mapping[str, bytes], output: str) -> None:
    """Write files to a folder, all of them or none.

    Args:
        files: by name.
        output: the folder; it is made where it is not there, other files in it are left.

    Raises:
        OutputError: the folder cannot be made or written to.
    """
    folder = Path(output)
    made: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            temporary = folder / f".{name}.part"
            made.append((temporary, folder / name))
            temporary.write_bytes(data)
        for temporary, target in made:
            temporary.replace(target)
    except OSError as error:
        for temporary, _ in made:
            with contextlib.suppress(OSError):
                temporary.unlink()
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from None


@contextlib.contextmanager
def patience(words: str) -> Iterator[None]:
    """Say what goes on, once it has taken a second and somebody watches."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(_PATIENCE, lambda: click.echo(f"mahdar: {words} …", err=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextlib.contextmanager
def warnings_told(kind: type[Warning]) -> Iterator[None]:
    """Say warnings of a kind as sentences, as soon as they are given; others as ever."""
    usual = warnings.showwarning

    def show(
        message: Warning | str, category: type[Warning], filename: str, lineno: int,
        file: TextIO | None = None, line: str | None = None,
    ) -> None:  # fmt: skip
        if issubclass(category, kind):
            click.echo(f"mahdar: {message}", err=True)
        else:
            usual(message, category, filename, lineno, file, line)

    with warnings.catch_warnings():
        warnings.simplefilter("always", kind)
        warnings.showwarning = show
        yield
