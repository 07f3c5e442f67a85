"""Commands about what people decided: choose, rulings list, export, import, take-back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
import msgspec

import mahdar
from mahdar.cli.arguments import archive_option, form_option, output_option
from mahdar.cli.output import say, write_result

if TYPE_CHECKING:
    from mahdar.api.rulings import Placed

by_option = click.option("--by", metavar="NAME", default="", help="Who decides it.")
reason_option = click.option("--reason", metavar="WORDS", default="", help="Why.")


@click.command()
@by_option
@reason_option
@archive_option
@click.argument("address", metavar="ADDRESS")
def choose(address: str, by: str, reason: str, archive: str | None) -> None:
    """Make the version at ADDRESS the current one of its record.

    S/PV.7050/ar@1 stays current, whatever is added, until another is chosen or the choice is
    taken back: `mahdar rulings take-back`.
    """
    made = mahdar.choose(address, archive, by=by, reason=reason)
    say(f"{made.what['version']} is current; to take it back: "
               f"mahdar rulings take-back {made.id}")  # fmt: skip


@click.group()
def rulings() -> None:
    """What people decided about records: dismissals, reviews, choices of versions.

    Rulings are kept apart from what programs read. They survive the removal of a version, and are
    taken back at most, never deleted.
    """


@rulings.command(name="list")
@archive_option
@form_option
@output_option
@click.argument("address", required=False, metavar="[ADDRESS]")
def list_(address: str | None, archive: str | None, form: str, output: str | None) -> None:
    """List what people decided; with ADDRESS, only about that record.

    Each is shown with where the words now stand that it is about.
    """
    found = mahdar.rulings(address, archive)
    if form == "json":
        write_result(mahdar.as_json(found), output)
        return
    lines = [line for placed in found for line in _lines(placed)]
    lines.append("1 ruling" if len(found) == 1 else f"{len(found):,} rulings")
    write_result("".join(f"{line}\n" for line in lines), output)


def _lines(placed: Placed) -> list[str]:
    ruling = placed.ruling
    where = f"{ruling.key}/{ruling.language}" if ruling.key else "no record"
    if placed.found is not None:
        where += f"#{placed.found.loci[0].whole}"
    elif placed.lost:
        where += " (the words are no longer there)"
    lines = [
        f"{ruling.id}  {ruling.kind}  {where}  {_by(ruling.who)}, {ruling.when:%Y-%m-%d}"
        + (f": {ruling.reason}" if ruling.reason else "")
    ]
    lines += [f"    {name}: {_shown(value)}" for name, value in ruling.what.items()]
    taken = ruling.taken_back
    if taken is not None:
        lines.append(
            f"    taken back {_by(taken.who)}, {taken.when:%Y-%m-%d}"
            + (f": {taken.reason}" if taken.reason else "")
        )
    return lines


def _by(who: str) -> str:
    return f"by {who}" if who else "by somebody who is not named"


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


@rulings.command(name="export")
@archive_option
@click.argument("file", metavar="FILE")
def export(file: str, archive: str | None) -> None:
    """Write all that people decided to FILE, one ruling in each line, as JSON."""
    count = mahdar.export_rulings(file, archive)
    say(f"{count:,} {'ruling' if count == 1 else 'rulings'} written to {file}")


@rulings.command(name="import")
@archive_option
@click.argument("file", metavar="FILE")
def import_(file: str, archive: str | None) -> None:
    """Take in what `mahdar rulings export` wrote to FILE, all of it or nothing.

    What is here already changes nothing; what was taken back on either side is taken back.
    """
    done = mahdar.import_rulings(file, archive)
    say(f"{done.added:,} added, {done.taken_back:,} taken back, {done.same:,} the same")


@rulings.command(name="take-back")
@by_option
@reason_option
@archive_option
@click.argument("ruling", metavar="RULING")
def take_back(ruling: str, by: str, reason: str, archive: str | None) -> None:
    """Take back RULING, by its identity; it stays, with who took it back."""
    taken = mahdar.take_back(ruling, archive, by=by, reason=reason)
    say(f"the {taken.kind} {taken.id} is taken back")
