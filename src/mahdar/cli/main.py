"""The command line: one command for each public function, nothing of its own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

import mahdar
from mahdar._version import __version__
from mahdar.api.forms import ALIGNMENT_FORMS, FORMS, PAPERS, TABLES, file_name
from mahdar.api.opening import Reading
from mahdar.cli.archive import add, export, list_, rebuild, remove, vectors, verify
from mahdar.cli.arguments import common_options, file_options, given, record_of
from mahdar.cli.colour import colour_summary, wants_colour
from mahdar.cli.index import index
from mahdar.cli.names import cite, people, who
from mahdar.cli.output import (
    patience,
    say,
    shown,
    to_standard_output,
    typed_shown,
    write_folder,
    write_result,
)
from mahdar.cli.rulings import choose, rulings
from mahdar.cli.search import search
from mahdar.cli.serve import serve
from mahdar.cli.study import study
from mahdar.cli.user import user
from mahdar.errors import MahdarError, OutputError

EXIT_INPUT, EXIT_OUTPUT = 2, 3

_HELP = """Mahdar reads the verbatim records of the United Nations into data.

Exit status: 0 the command did what it was asked; 2 the input or the command line
is wrong, and one sentence on standard error says what was expected; 3 the output
could not be written; in these two cases nothing was written. 4 `mahdar verify` or
`mahdar rebuild` found damage; 130 somebody interrupted.
"""


class _Group(click.Group):
    """Turns Mahdar's errors into one sentence and an exit status."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        with typed_shown():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            with typed_shown():
                return super().invoke(ctx)
        except OutputError as error:
            say(f"mahdar: {error}", err=True)
            ctx.exit(EXIT_OUTPUT)
        except MahdarError as error:
            say(f"mahdar: {error}", err=True)
            ctx.exit(EXIT_INPUT)


@click.group(cls=_Group, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="mahdar %(version)s")
def main() -> None:
    """Run a command."""


@main.command()
@file_options
@common_options
def read(file: str, form: str, output: str | None, reading: Reading) -> None:
    """Read FILE and print its record.

    FILE is a PDF, a Word file, or a UTF-8 text with or without light Markdown; a
    single dash reads standard input. As text the record is summed up on a page: who spoke in what
    order, for whom, in what language, how many words, which documents were
    cited, what was done, what is doubtful. As JSON it is printed whole; `mahdar
    schema` prints the schema of that JSON.
    """
    with patience(f"reading {file}"):
        record = mahdar.read(given(file), **reading)
    if form == "json":
        write_result(mahdar.as_json(record), output)
        return
    summary = shown(mahdar.summary(record))
    coloured = wants_colour(output)
    write_result(colour_summary(summary) if coloured else summary, output, styled=coloured)


@main.command()
@click.option(
    "--width",
    type=click.IntRange(min=0),
    default=78,
    show_default=True,
    help="Fold lines at this many columns; 0 leaves them whole.",
)
@file_options
@common_options
def show(file: str, form: str, output: str | None, width: int, reading: Reading) -> None:
    """Show FILE as a person would read it, in its true order.

    FILE may be a record of the archive too, by its symbol: S/PV.7050, S/PV.7050/ar, or an older
    version of it, S/PV.7050/ar@1. Lines of a language that is written from right to left are
    marked as such where they go to a terminal.
    """
    record = record_of(file, reading)
    if form == "json":
        write_result(mahdar.as_json(record), output)
        return
    terminal = to_standard_output(output) and sys.stdout.isatty()
    write_result(mahdar.show(record, width=width, isolate=terminal), output)


@main.command()
@file_options
@common_options
def course(file: str, form: str, output: str | None, reading: Reading) -> None:
    """Tell the course of the meeting in FILE, step by step.

    Each act, vote and turn with what it changes: who sits in the Chair, to whom the floor is
    given, what is before the meeting and what came of it. At the end stands what in it cannot
    have been. FILE may be a record of the archive too, by its symbol.
    """
    record = record_of(file, reading)
    told = mahdar.course(record)
    write_result(
        mahdar.as_json(told) if form == "json" else shown(mahdar.tell_course(told, record)), output
    )


@main.command()
@click.option(
    "--svg",
    "svg",
    metavar="PATH",
    help="Also draw the columns, before and after, to this SVG file.",
)
@click.option(
    "--png",
    "png",
    metavar="PATH",
    help="Draw the page of a PDF to this file; where all pages are drawn, one file for each.",
)
@click.option(
    "--page", type=click.IntRange(min=1), help="The page to draw; all of them where not given."
)
@file_options
@common_options
def explain(
    file: str,
    form: str,
    output: str | None,
    svg: str | None,
    png: str | None,
    page: int | None,
    reading: Reading,
) -> None:
    """Explain how FILE was put in order.

    For each page: its blocks, their order before and after, each join with the
    two edges that were joined, and how sure the reading is, 0 to 1. With --png,
    the page of a PDF is drawn with its columns, its blocks numbered in the order
    of reading, what belongs to no text greyed, names and joins marked.
    """
    with patience(f"reading {file}"):
        stages = mahdar.read_stages(given(file), **reading)
    explanation = mahdar.explain(stages)
    if svg:
        write_result(mahdar.draw_columns(stages), svg)
    if png:
        target = Path(png)
        for number, picture in mahdar.draw_pages(stages, page):
            # One page goes to the file that is named, several to one each.
            name = target if page else target.with_stem(f"{target.stem}-{number:03d}")
            write_result(picture, str(name))
        return
    told = mahdar.as_json(explanation) if form == "json" else mahdar.tell_explanation(explanation)
    write_result(told, output)


@main.command()
@click.option("-o", "--output", metavar="PATH", help="Write to this file.")
def schema(output: str | None) -> None:
    """Print the JSON Schema of what `mahdar read --format json` prints."""
    write_result(mahdar.as_json(mahdar.schema()), output)


@main.command()
@click.option(
    "--to", "form", type=click.Choice(FORMS), required=True, help="What to make of the record."
)
@click.option(
    "--paper",
    type=click.Choice(PAPERS),
    default="a4",
    show_default=True,
    help="The paper of a PDF.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write to this file, for tables to this folder; by default to standard output, tables"
    " to a folder named after the record.",
)
@file_options
@click.argument("file", metavar="FILE")
def publish(file: str, form: Any, paper: Any, output: str | None, reading: Reading) -> None:
    """Publish FILE in another form.

    FILE is anything that `mahdar read` reads, or the JSON that it prints. PDF and
    Word files have the look of the official records, the text is read back by Mahdar,
    HTML stands alone, akn is Akoma Ntoso 3.0, tei is TEI as parliaments encode their debates,
    csv and parquet are five tables: turns, paragraphs, votes, members, documents.
    """
    record = record_of(file, reading)
    made = mahdar.publish(record, form, paper=paper)
    if form in TABLES:
        write_folder(made, output or file_name(record.symbol or "record"))
        return
    (data,) = made.values()
    write_result(data, output)


@main.command()
@click.option(
    "--to",
    "form",
    type=click.Choice(ALIGNMENT_FORMS),
    default="text",
    show_default=True,
    help="What to make of the pairs.",
)
@click.option(
    "-o", "--output", metavar="PATH", help="Write to this file instead of standard output."
)
@file_options
@click.argument("first", metavar="FIRST")
@click.argument("second", metavar="SECOND")
def align(first: str, second: str, form: Any, output: str | None, reading: Reading) -> None:
    """Pair the turns and paragraphs of one meeting in two languages.

    FIRST and SECOND are two records of it. As text the pairs are counted and what
    stands alone is named; tmx is the format of translation memories; html shows
    both side by side.
    """
    one, other = (record_of(file, reading) for file in (first, second))
    with patience(f"aligning {first} and {second}"):
        made = mahdar.align(one, other)
    write_result(mahdar.publish_alignment(made, one, other, form), output)


for _command in (
    who, cite, people, add, list_, remove, export, verify, rebuild, vectors, search, study, index,
    choose, rulings, serve, user
):  # fmt: skip
    main.add_command(_command)
