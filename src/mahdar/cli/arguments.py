"""What commands have in common: their options, and the record of a file."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click
import msgspec

from mahdar.cli.output import patience

if TYPE_CHECKING:
    from mahdar.sources.options import Options

_Command = TypeVar("_Command", bound=Callable[..., Any])


output_option = click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write to this file instead of standard output; it is replaced whole or not at all.",
)
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Print text for people, or JSON for programs.",
)
archive_option = click.option(
    "--archive",
    metavar="PLACE",
    help="The archive: a folder, or postgresql://user:password@host/database; by default what"
    " MAHDAR_ARCHIVE says, else a folder of yours.",
)


def common_options(command: _Command) -> _Command:
    """Add what every command takes."""
    file = click.argument("file", metavar="FILE")
    return file(form_option(output_option(command)))


def reading_options(command: _Command) -> _Command:
    """Add what every command takes that reads a file; they come in as one ``options``."""
    from mahdar.sources.options import Options
    from mahdar.sources.pdf.limits import Limits

    usual = Limits()

    @functools.wraps(command)
    def gathered(
        language: str | None,
        ocr: bool,
        most_pages: int,
        seconds: float,
        mebibytes: int,
        **rest: Any,
    ) -> Any:
        limits = Limits(pages=most_pages, seconds=seconds, mebibytes=mebibytes)
        return command(options=Options(language=language, ocr=ocr, limits=limits), **rest)

    for option in (
        click.option(
            "--mebibytes", type=click.IntRange(min=128), default=usual.mebibytes, show_default=True,
            help="The memory that reading a PDF may take.",
        ),
        click.option(
            "--seconds", type=click.FloatRange(min=0, min_open=True), default=usual.seconds,
            show_default=True, help="The time that reading a PDF may take.",
        ),
        click.option(
            "--most-pages", type=click.IntRange(min=1), default=usual.pages, show_default=True,
            help="Refuse PDFs with more pages.",
        ),
        click.option(
            "--ocr", is_flag=True,
            help="Recognise pages that are pictures without text, where Tesseract is installed.",
        ),
        click.option(
            "--language", metavar="CODE",
            help="The language to read (ISO 639-1); found out where it is not given.",
        ),
    ):  # fmt: skip
        gathered = option(gathered)
    return gathered  # type: ignore[return-value]


def read_any(file: str, options: Options) -> Any:
    """Read a file, or standard input where it is a dash."""
    from mahdar.reading.read import read_file, read_opened
    from mahdar.sources.files import open_bytes

    with patience(f"reading {file}"):
        if file == "-":
            data = sys.stdin.buffer.read()
            return read_opened(open_bytes(data, "standard input", options), options)
        return read_file(Path(file), options)


def record_of(file: str, options: Options) -> Any:
    """Return the record of a file that can be read, of the JSON of one, or one in the archive."""
    if file != "-" and Path(file).is_file():
        with Path(file).open("rb") as opened:
            head = opened.read(64)
        if head.lstrip()[:1] == b"{":
            from mahdar.publishing.publish import read_json

            return read_json(Path(file).read_bytes(), file)
    elif file != "-" and "/" in file and not Path(file).exists() and (kept := _archived(file)):
        return kept
    return read_any(file, options).record


def _archived(symbol: str) -> Any:
    """Return the record that the usual archive has under a symbol; None where it has none."""
    from mahdar.errors import ArchiveError, ToolMissing

    if not symbol[:1].isupper():  # symbols begin with a capital
        return None
    try:
        from mahdar.api.archives import open_archive

        archive = open_archive(make=False)
    except (ArchiveError, ToolMissing):
        return None
    return archive.record(symbol)


def as_json(value: Any) -> bytes:
    """Return a value as JSON for people to look at."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
