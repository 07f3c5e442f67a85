"""The main job behind ``make run``: read a record, keep the results, say what it holds.

python tools/run.py [FILE]
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click
import msgspec

from mahdar import MahdarError, specimen_path
from mahdar.cli.output import write_result
from mahdar.publishing.show import show_record
from mahdar.publishing.summary import summarise
from mahdar.reading.column_picture import draw_reading
from mahdar.reading.explain import explain_reading, explain_text
from mahdar.reading.read import read_file

OUT = Path("out")


def main() -> int:
    """Read, write under out/, print the summary; return the exit status."""
    given = (sys.argv[1] if len(sys.argv) > 1 else "") or None
    path = Path(given) if given else specimen_path()
    if given is None:
        click.echo("No RECORD was named, so this reads the specimen: an invented meeting.\n")
    try:
        read = read_file(path)
        OUT.mkdir(exist_ok=True)
        stem = re.sub(r"[^\w.-]+", "-", read.record.symbol or path.stem)
        results: dict[str, str | bytes] = {
            f"{stem}.json": msgspec.json.format(msgspec.json.encode(read.record), indent=1),
            f"{stem}.txt": show_record(read.record, width=0, isolate=False),
            f"{stem}.explain.txt": explain_text(explain_reading(read)),
            f"{stem}.svg": draw_reading(read),
        }
        for name, result in results.items():
            write_result(result, str(OUT / name))
    except MahdarError as error:
        click.echo(f"mahdar: {error}", err=True)
        return 2
    click.echo(summarise(read.record))
    click.echo("Written:")
    for name, what in zip(
        results,
        ("the record as data", "as it reads", "how it was put in order", "a picture of that"),
        strict=True,
    ):
        click.echo(f"  {OUT / name}  {what}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
