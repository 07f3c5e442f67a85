"""The command that asks the archive: search."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from mahdar.cli.arguments import archive_option, as_json, output_option
from mahdar.cli.output import patience, to_standard_output, write_result

if TYPE_CHECKING:
    from mahdar.search.hits import Answer, Hit, Passage

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_SHOWN, _BUCKETS = 2, 6
CITATIONS = ("bibtex", "ris", "csl")

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
    from mahdar.search.query import fields

    return _HELP.format(fields=", ".join(row["example"] for row in fields().values()))


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
    type=click.Choice(["text", "json", *CITATIONS]),
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
    form: str,
    archive: str | None,
    output: str | None,
) -> None:
    """Search the archive by words or by meaning."""
    from mahdar.api.archives import open_archive

    with patience("opening the archive"):
        searcher = open_archive(archive, make=False).searcher()
    missing = len(searcher.archive.indexes.without_vectors()) if meaning else 0
    if missing:
        click.echo(
            f"mahdar: {missing:,} records have no vectors yet and are left out: mahdar vectors",
            err=True,
        )
    answer = searcher.search(
        " ".join(query), mode="both" if meaning else "words", page=page, size=size, sort=sort,
        facets=facets and form in {"text", "json"},
    )  # fmt: skip
    if form in CITATIONS:
        from mahdar.publishing.bibliography import publish_references
        from mahdar.search.hits import references_of

        write_result(publish_references(references_of(answer), form), output)
        return
    if form == "json":
        write_result(as_json(answer), output)
        return
    bold = to_standard_output(output) and sys.stdout.isatty()
    write_result(_told(answer, bold=bold), output)


def _told(answer: Answer, *, bold: bool) -> str:
    first = (answer.page - 1) * len(answer.hits)
    lines = [
        f"{answer.total:,} speeches, page {answer.page:,} of {answer.pages:,}"
        f" ({answer.milliseconds:,.0f} ms)",
    ]
    for number, hit in enumerate(answer.hits, 1 + first):
        lines += ["", *_hit(number, hit, bold=bold)]
    if answer.facets:
        lines.append("")
    for name, buckets in answer.facets.items():
        if len(buckets) > 1:
            shown = ", ".join(f"{b.name} {b.count:,}" for b in buckets[:_BUCKETS])
            more = " …" if len(buckets) > _BUCKETS else ""
            lines.append(f"by {name}: {_isolated(shown) if bold else shown}{more}")
    return "".join(f"{line}\n" for line in lines)


def _hit(number: int, hit: Hit, *, bold: bool) -> list[str]:
    speaker = hit.speaker or hit.kind
    head = f"{number}. {hit.date or ''}  {_isolated(speaker) if bold else speaker}"
    lines = [head]
    for passage in hit.passages[:_SHOWN]:
        text = _marked(passage, bold=bold)
        lines.append(f"   {_isolated(text) if bold else text}")
        lines.append(f"   — {passage.cited}   {passage.address}")
    return lines


def _isolated(text: str) -> str:
    """Return a text that keeps its own direction within a line of another."""
    return f"\u2068{text}\u2069"


def _marked(passage: Passage, *, bold: bool) -> str:
    before, after = (_BOLD, _PLAIN) if bold else ("[", "]")
    out, at = [], 0
    for start, end in passage.marks:
        out += [passage.text[at:start], before, passage.text[start:end], after]
        at = end
    return "".join([*out, passage.text[at:]])
