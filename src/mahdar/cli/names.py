"""Commands about names and citations: who, cite, people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mahdar.cli.arguments import as_json, form_option, output_option, reading_options, record_of
from mahdar.cli.output import write_result

if TYPE_CHECKING:
    from mahdar.sources.options import Options


@click.command()
@click.option("--language", metavar="CODE", help="The language of the name; all six without it.")
@form_option
@output_option
@click.argument("name", metavar="NAME")
def who(name: str, language: str | None, form: str, output: str | None) -> None:
    """Say which State, body, group or office NAME means, and how that was found.

    Former and misread names are understood, cases too, and what is written together
    before a name.
    """
    from mahdar.api.records import who as find
    from mahdar.authority.telling import tell

    answers = find(name, language)
    write_result(as_json(answers) if form == "json" else tell(name, answers), output)


@click.command()
@click.option(
    "--to",
    "form",
    type=click.Choice(["text", "json", "csv", "graphml"]),
    default="text",
    show_default=True,
    help="A table for people, JSON, CSV, or a graph of who cites what.",
)
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Only this kind of citation (document, resolution, date, …); may be given more than once.",
)
@output_option
@reading_options
@click.argument("file", metavar="FILE")
def cite(
    file: str, form: str, kinds: tuple[str, ...], output: str | None, options: Options
) -> None:
    """List what the speakers of FILE cite, and who cites it.

    FILE is anything that `mahdar read` reads, or the JSON that it prints.
    """
    from mahdar.api.records import cite as find
    from mahdar.publishing.citations import publish_citations

    cited = find(record_of(file, options), kinds=kinds)
    write_result(as_json(cited) if form == "json" else publish_citations(cited, form), output)


@click.command()
@click.option(
    "--overrides",
    metavar="PATH",
    help="TOML that says which names are one person (same) and which are not (different).",
)
@form_option
@output_option
@reading_options
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def people(
    files: tuple[str, ...], overrides: str | None, form: str, output: str | None, options: Options
) -> None:
    """List the people of one or more records, each once, and why names were brought together."""
    from mahdar.api.records import people as find
    from mahdar.authority.telling import tell_people

    records: list[Any] = [record_of(file, options) for file in files]
    found = find(records, overrides=overrides)
    write_result(as_json(found) if form == "json" else tell_people(found), output)
