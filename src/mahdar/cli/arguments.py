"""What commands have in common: their options, and the record of a file."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

import mahdar
from mahdar.api.opening import File, Reading
from mahdar.cli.output import patience

if TYPE_CHECKING:
    from mahdar.api.opening import Record

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


def file_options(command: _Command) -> _Command:
    """Add what every command takes that reads a file; they come in as one ``reading``."""
    usual = mahdar.Limits()

    @functools.wraps(command)
    def gathered(
        language: str | None,
        ocr: bool,
        most_pages: int,
        seconds: float,
        mebibytes: int,
        **rest: Any,
    ) -> Any:
        limits = mahdar.Limits(pages=most_pages, seconds=seconds, mebibytes=mebibytes)
        reading = Reading(language=language, ocr=ocr, limits=limits, name="standard input")
        return command(reading=reading, **rest)

    for option in (
        click.option(
            "--mebibytes", type=click.IntRange(min=128), default=usual.mebibytes, show_default=True,
            help="The memory that reading a file may take.",
        ),
        click.option(
            "--seconds", type=click.FloatRange(min=0, min_open=True), default=usual.seconds,
            show_default=True, help="The time that reading a file may take.",
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


def given(file: str) -> File:
    """Return what a name on the command line means: a dash is standard input."""
    return sys.stdin.buffer if file == "-" else file


def record_of(file: str, reading: Reading) -> Record:
    """Return the record of a file that can be read, of the JSON of one, or one in the archive."""
    with patience(f"reading {file}"):
        return mahdar.open_record(given(file), **reading)
