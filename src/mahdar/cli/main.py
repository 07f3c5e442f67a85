"""The command line: one command for each public function, nothing of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
import msgspec

from mahdar import __version__
from mahdar.cli.colour import colour_summary, wants_colour
from mahdar.cli.output import patience, to_standard_output, write_result
from mahdar.errors import MahdarError, OutputError

EXIT_INPUT, EXIT_OUTPUT = 2, 3

_HELP = """Mahdar reads the verbatim records of the United Nations into data.

Exit status: 0 the command did what it was asked; 2 the input or the command line
is wrong, and one sentence on standard error says what was expected; 3 the output
could not be written. In the last two cases nothing was written.
"""

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _options(command: _Command) -> _Command:
    """Add what every command takes."""
    output = click.option(
        "-o",
        "--output",
        metavar="PATH",
        help="Write to this file instead of standard output; it is replaced whole or not at all.",
    )
    form = click.option(
        "--format",
        "form",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="Print text for people, or JSON for programs.",
    )
    file = click.argument("file", metavar="FILE")
    return file(form(output(command)))


class _Group(click.Group):
    """Turns Mahdar's errors into one sentence and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OutputError as error:
            click.echo(f"mahdar: {error}", err=True)
            ctx.exit(EXIT_OUTPUT)
        except MahdarError as error:
            click.echo(f"mahdar: {error}", err=True)
            ctx.exit(EXIT_INPUT)


@click.group(cls=_Group, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="mahdar %(version)s")
def main() -> None:
    """Run a command."""


def _read(file: str) -> Any:
    from mahdar.reading import read_file, read_source
    from mahdar.sources.text import decode, text_source

    with patience(f"reading {file}"):
        if file == "-":
            name = "standard input"
            return read_source(text_source(decode(sys.stdin.buffer.read(), name), name))
        return read_file(Path(file))


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


@main.command()
@_options
def read(file: str, form: str, output: str | None) -> None:
    """Read FILE and print its record.

    FILE is a UTF-8 text, with or without light Markdown; a single dash reads
    standard input. As text the record is summed up on a page: who spoke in what
    order, for whom, in what language, how many words, which documents were
    cited, what was done, what is doubtful. As JSON it is printed whole; `mahdar
    schema` prints the schema of that JSON.
    """
    from mahdar.summary import summarise

    record = _read(file).record
    if form == "json":
        write_result(_json(record), output)
        return
    summary = summarise(record)
    write_result(colour_summary(summary) if wants_colour(output) else summary, output)


@main.command()
@click.option(
    "--width",
    type=click.IntRange(min=0),
    default=78,
    show_default=True,
    help="Fold lines at this many columns; 0 leaves them whole.",
)
@_options
def show(file: str, form: str, output: str | None, width: int) -> None:
    """Show FILE as a person would read it, in its true order.

    Lines of a language that is written from right to left are marked as such
    where they go to a terminal.
    """
    from mahdar.show import show_record

    record = _read(file).record
    if form == "json":
        write_result(_json(record), output)
        return
    terminal = to_standard_output(output) and sys.stdout.isatty()
    write_result(show_record(record, width=width, isolate=terminal), output)


@main.command()
@click.option(
    "--svg",
    "svg",
    metavar="PATH",
    help="Also draw the columns, before and after, to this SVG file.",
)
@_options
def explain(file: str, form: str, output: str | None, svg: str | None) -> None:
    """Explain how FILE was put in order.

    For each page: its blocks, their order before and after, each join with the
    two edges that were joined, and how sure the reading is, 0 to 1.
    """
    from mahdar.explain import explain_reading, explain_text
    from mahdar.picture import draw_reading

    reading = _read(file)
    explanation = explain_reading(reading)
    if svg:
        write_result(draw_reading(reading), svg)
    write_result(_json(explanation) if form == "json" else explain_text(explanation), output)


@main.command()
@click.option("-o", "--output", metavar="PATH", help="Write to this file.")
def schema(output: str | None) -> None:
    """Print the JSON Schema of what `mahdar read --format json` prints."""
    from mahdar.api import schema as make_schema

    write_result(_json(make_schema()), output)
