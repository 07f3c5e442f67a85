"""The command that makes the Index to Proceedings of a year."""

from __future__ import annotations

from typing import Any

import click

import mahdar
from mahdar.api.forms import INDEX_FORMS, ORGANS
from mahdar.cli.arguments import archive_option
from mahdar.cli.output import patience, say, write_folder, write_result


@click.command()
@click.option(
    "--organ",
    type=click.Choice(ORGANS, case_sensitive=False),
    help="Only this organ; all without it.",
)
@click.option(
    "--language",
    metavar="CODE",
    default="en",
    show_default=True,
    help="Of headings and names (ISO 639-1), and of the records where there is a choice.",
)
@click.option(
    "--to",
    "form",
    type=click.Choice(INDEX_FORMS),
    default="html",
    show_default=True,
    help="What to make; csv is five tables.",
)
@click.option(
    "-o",
    "--output",
    metavar="PATH",
    help="Write to this file, for csv to this folder; by default index-YEAR.html, …",
)
@archive_option
@click.argument("year", type=int, metavar="YEAR")
def index(
    year: int, organ: str | None, language: str, form: Any, output: str | None, archive: str | None
) -> None:
    """Make the Index to Proceedings of YEAR.

    As the Dag Hammarskjöld Library prints it: list of meetings, index to speeches by
    State or body, by speaker and by subject, subject index, list of documents, voting chart.
    """
    opened = mahdar.open_archive(archive, make=False)
    with patience(f"making the index of {year}"):
        made = mahdar.index(year, opened, organ=organ and organ.upper(), language=language)
        files = mahdar.publish_index(made, form)
    if form == "csv":
        folder = output or f"index-{year}"
        write_folder(files, folder)
        target = folder
    else:
        ((ending, data),) = files.items()
        target = output or f"index-{year}{ending}"
        write_result(data, target)
    if target != "-":
        say(
            f"{target}: {len(made.meetings):,} meetings, {len(made.speeches):,} speeches,"
            f" {len(made.subjects):,} subjects, {len(made.votes):,} votes", err=True,
        )  # fmt: skip
