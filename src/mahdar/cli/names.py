"""Commands about names and citations: who, cite, people."""

from __future__ import annotations

from typing import Any

import click

import mahdar
from mahdar.api.forms import CITATION_FORMS
from mahdar.api.opening import Reading
from mahdar.cli.arguments import file_options, form_option, output_option, record_of
from mahdar.cli.output import write_result


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
    answers = mahdar.who(name, language)
    told = mahdar.as_json(answers) if form == "json" else mahdar.tell_name(name, answers)
    write_result(told, output)


@click.command()
@click.option(
    "--to",
    "form",
    type=click.Choice(CITATION_FORMS),
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
@file_options
@click.argument("file", metavar="FILE")
def cite(
    file: str, form: Any, kinds: tuple[str, ...], output: str | None, reading: Reading
) -> None:
    """List what the speakers of FILE cite, and who cites it.

    FILE is anything that `mahdar read` reads, or the JSON that it prints.
    """
    cited = mahdar.cite(record_of(file, reading), kinds=kinds)
    write_result(mahdar.publish_citations(cited, form), output)


@click.command()
@click.option(
    "--overrides",
    metavar="PATH",
    help="TOML that says which names are one person (same) and which are not (different).",
)
@form_option
@output_option
@file_options
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
def people(
    files: tuple[str, ...], overrides: str | None, form: str, output: str | None, reading: Reading
) -> None:
    """List the people of one or more records, each once, and why names were brought together."""
    records = [record_of(file, reading) for file in files]
    found = mahdar.people(records, overrides=overrides)
    write_result(mahdar.as_json(found) if form == "json" else mahdar.tell_people(found), output)
