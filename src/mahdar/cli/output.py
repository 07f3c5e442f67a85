"""Write a result whole or not at all; say what goes on when it takes long."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TextIO

import click

from mahdar.api.forms import clean
from mahdar.errors import OutputError

_PATIENCE = 1.0
# Alone it leads back to the beginning of the line, and what follows hides what stood there.
_RETURN = re.compile(r"\r(?!\n)")


def to_standard_output(output: str | None) -> bool:
    """Tell whether a result goes to standard output: no file is named, or a dash is."""
    return output in (None, "-")


def shown(text: str) -> str:
    r"""Return a text as it may go to a terminal: nothing in it moves the cursor or rings.

    >>> shown("a\x1b[2Jb\rc\x07\n\td\r\n")
    'a\ufffd[2Jb\ufffdc\ufffd\n\td\r\n'
    """
    return _RETURN.sub("\ufffd", clean(text))


def say(text: str, *, err: bool = False) -> None:
    """Print a line about what was done, or on standard error why not; see :func:`shown`."""
    click.echo(shown(text), err=err)


@contextlib.contextmanager
def typed_shown() -> Iterator[None]:
    """Clean what somebody typed where the library for command lines repeats it in an error."""
    try:
        yield
    except click.ClickException as error:
        error.message = shown(error.message)  # type: ignore[misc]
        raise


def write_result(text: str | bytes, output: str | None, *, styled: bool = False) -> None:
    """Write to a file, or to standard output where ``output`` is None or ``-``.

    A file is written beside its place and moved there when it is whole, so that
    nothing half-written is left and an older file is kept until then.

    Args:
        text: for people, or the bytes of a form, which stay as they are but on a terminal.
        output: the name of the file.
        styled: the text has styles of our own, and was cleaned before it got them.

    Raises:
        OutputError: the file cannot be written, or a terminal cannot show the form.
    """
    if to_standard_output(output):
        # UTF-8 whatever the locale says: the records need it.
        stream = sys.stdout.buffer
        stream.write(_printed(text, styled))
        stream.flush()
        return
    data = text.encode("utf-8", "replace") if isinstance(text, str) else text
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


def _printed(text: str | bytes, styled: bool) -> bytes:
    """Return what goes to standard output."""
    if isinstance(text, bytes):
        if not sys.stdout.isatty():
            return text
        try:
            text = text.decode("utf-8")
        except UnicodeDecodeError:
            raise OutputError(
                "this form is no text, which a terminal cannot show; name a file with --output"
            ) from None
    return (text if styled else shown(text)).encode("utf-8", "replace")


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
    timer = threading.Timer(_PATIENCE, lambda: say(f"mahdar: {words} …", err=True))
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
            say(f"mahdar: {message}", err=True)
        else:
            usual(message, category, filename, lineno, file, line)

    with warnings.catch_warnings():
        warnings.simplefilter("always", kind)
        warnings.showwarning = show
        yield
