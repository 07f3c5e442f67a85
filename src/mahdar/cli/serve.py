"""The command that runs the site."""

from __future__ import annotations

import click

import mahdar
from mahdar.cli.arguments import archive_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=None,
    help="How many processes answer; by default as many as there are processors, at most four.",
)  # fmt: skip
@click.option(
    "--origin", metavar="URL",
    help="How readers reach the site where another server stands in front:"
    " https://records.example.org.",
)  # fmt: skip
@click.option(
    "--specimens/--no-specimens", default=None,
    help="Put the invented meetings into the archive; by default into an empty one.",
)  # fmt: skip
@click.option(
    "--vectors/--no-vectors", default=True, show_default=True,
    help="Make the vectors for the search by meaning, while the machine has nothing else to do.",
)  # fmt: skip
@archive_option
def serve(
    host: str,
    port: int,
    workers: int | None,
    origin: str | None,
    specimens: bool | None,
    vectors: bool,
    archive: str | None,
) -> None:
    """Open the archive to browsers: a site on this machine, and an API.

    Further options come from the environment; see the how-to on running a site: MAHDAR_MAIL,
    MAHDAR_SENDER, MAHDAR_LARGEST, MAHDAR_RATE, MAHDAR_PROXY.
    """
    mahdar.serve(
        archive, host=host, port=port, workers=workers, origin=origin, specimens=specimens,
        vectors=vectors,
    )  # fmt: skip
