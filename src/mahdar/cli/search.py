"""The command that asks the archive: search."""

from __future__ import annotations

import sys
from typing import Any

import click

import mahdar
from mahdar.api.forms import REFERENCE_FORMS
from mahdar.cli.arguments import archive_option, output_option
from mahdar.cli.output import patience, to_standard_output, warnings_told, write_result

_HELP = """Search the archive for QUERY.

\b
sanctions embargo            speeches with both words, in all their forms
"no-fly zone"                a phrase; "rule law"~3 with up to 3 words between
troops NEAR/5 withdrawal     at most 5 words apart, in either order
withdraw*                    all that begins so
=Peace                       as it is written, not its other forms
darfur OR sudan, a | b       either;  NOT x or -x  rules out;  ( ) group
state:RUS year:2004..2008    fields

Fields: {fields}.

With --meaning, QUERY is a sentence in any of the six languages, and finds passages
in all of them; fields still hold.
"""


def _help() -> str:
    return _HELP.format(fields=", ".join(mahdar.list_fields().values()))


class _Search(click.Command):
    """Makes its help only when it is asked for: the fields are data."""

    def get_help(self, ctx: click.Context) -> str:
        self.help = _help()
        return super().get_help(ctx)


@click.command(cls=_Search, short_help="Search the archive by words or by meaning.")
@click.option("--meaning", is_flag=True, help="By meaning, in all languages, mixed with words.")
@click.option("--page", type=click.IntRange(min=1), default=1, show_default=True)
@click.option(
    "--size", type=click.IntRange(1, 200), default=10, show_default=True, help="Hits on a page."
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
)
@click.option(
    "--facets/--no-facets",
    default=True,
    show_default=True,
    help="Count the hits by organ, year, State, topic, speaker, …",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", *REFERENCE_FORMS]),
    default="text",
    show_default=True,
    help="Text for people, JSON for programs, or citations of the hits.",
)
@archive_option
@output_option
@click.argument("query", nargs=-1, required=True, metavar="QUERY")
def search(
    query: tuple[str, ...],
    meaning: bool,
    page: int,
    size: int,
    sort: Any,
    facets: bool,
    form: Any,
    archive: str | None,
    output: str | None,
) -> None:
    """Search the archive by words or by meaning."""
    with patience("opening the archive"):
        searcher = mahdar.open_archive(archive, make=False).searcher()
    with warnings_told(mahdar.Incomplete):
        answer = mahdar.search(
            " ".join(query), searcher, mode="both" if meaning else "words", page=page, size=size,
            sort=sort, facets=facets and form not in REFERENCE_FORMS,
        )  # fmt: skip
    if form in REFERENCE_FORMS:
        write_result(mahdar.publish_references(answer, form), output)
        return
    if form == "json":
        write_result(mahdar.as_json(answer), output)
        return
    terminal = to_standard_output(output) and sys.stdout.isatty()
    write_result(mahdar.tell_answer(answer, terminal=terminal), output, styled=terminal)
