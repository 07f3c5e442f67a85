"""Commands about an archive: add, list, remove, export, verify, rebuild, vectors."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

import mahdar
from mahdar.api.forms import EXPORT_FORMS
from mahdar.api.opening import Reading
from mahdar.cli.arguments import archive_option, file_options, form_option, output_option
from mahdar.cli.output import say, shown, write_result
from mahdar.cli.progress import Progress, span
from mahdar.cli.versions import tell_noted, tell_versions
from mahdar.errors import InputError, ToolMissing

if TYPE_CHECKING:
    from mahdar.api.archives import Added, Archive

EXIT_DAMAGED, EXIT_INTERRUPTED = 4, 130


@click.command()
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="How many processes read; by default as many as there are cores, one for a few files.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Read on a Dask cluster instead, whose scheduler is there: tcp://host:8786.",
)
@click.option("--again", is_flag=True, help="Read files too that were read before.")
@click.option(
    "--by", metavar="NAME", default="", help="Whose corrections these are, where files hold some."
)
@click.option(
    "--based-on",
    metavar="ADDRESS",
    help="The version that they correct: S/PV.7050/ar@1; by default what the files say.",
)
@click.option(
    "--vectors",
    type=click.Choice(["background", "now", "later"]),
    default="background",
    show_default=True,
    help="When to make the vectors for the search by meaning.",
)
@archive_option
@form_option
@file_options
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
def add(
    paths: tuple[str, ...],
    workers: int | None,
    scheduler: str | None,
    again: bool,
    by: str,
    based_on: str | None,
    vectors: str,
    archive: str | None,
    form: str,
    reading: Reading,
) -> None:
    """Read files and folders and keep their records in the archive.

    PATH is anything that `mahdar read` reads, the JSON that it prints, or a folder of
    such files. A file that was read before changes nothing; a newer version of a record
    supersedes the older one, which stays: `mahdar show S/PV.7050@1`. JSON that somebody changed
    is kept as a correction, which no later reading displaces. Files that cannot be read
    are listed with the reason. Interrupted at any moment, the same command goes on
    where it was.
    """
    try:
        with Progress("files") as progress:
            added = mahdar.add(
                paths, archive, workers=workers, scheduler=scheduler, again=again, by=by,
                based_on=based_on, progress=progress, **reading,
            )  # fmt: skip
    except KeyboardInterrupt:
        say("mahdar: interrupted; give the same command again to go on", err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None
    opened = mahdar.open_archive(archive, make=False)
    write_result(mahdar.as_json(added) if form == "json" else _told(added, opened), None)
    _make_vectors(opened, vectors)
    if added.unread and len(added.unread) == added.files:
        raise InputError("none of it could be read", source=paths[0])


def _told(added: Added, archive: Archive) -> str:
    done = added.new + added.newer + added.older + added.beside
    rate = f", {done / added.seconds:,.1f} a second" if done and added.seconds else ""
    counts = [(added.new, "new"), (added.newer, "newer versions"), (added.older, "older versions"),
              (added.beside, "kept beside others"), (added.same, "already there"),
              (len(added.unread), "not read")]  # fmt: skip
    lines = [
        f"{added.files:,} files in {span(added.seconds)}{rate}: "
        + (", ".join(f"{count:,} {what}" for count, what in counts if count) or "nothing to do")
    ]
    lines += [f"  not read: {unread.path}: {unread.reason}" for unread in added.unread]
    lines += [f"  {line}" for line in tell_noted(added)]
    totals = archive.totals()
    records = sum(row["records"] for row in totals.values())
    words = sum(row["words"] for row in totals.values())
    spoken = ", ".join(f"{row['records']:,} {code}" for code, row in totals.items())
    lines.append(f"{archive.place.shown}: {records:,} records ({spoken}), {words:,} words")
    return "".join(f"{line}\n" for line in lines)


def _make_vectors(archive: Archive, when: str) -> None:
    """Make vectors now or in the background; nothing where the encoder is not installed."""
    if when == "later" or not mahdar.count_without_vectors(archive):
        return
    try:
        if when == "now":
            with Progress("records with vectors") as progress:
                mahdar.vectors(archive, workers=os.cpu_count() or 1, progress=progress)
            return
        missing = mahdar.start_vectors(archive)
    except ToolMissing:
        return
    say(
        f"mahdar: vectors for the search by meaning are being made for {missing:,} records in"
        " the background; `mahdar vectors` waits for them",
        err=True,
    )


@click.command()
@click.option(
    "--workers", type=click.IntRange(min=1), help="How many processes; as many as cores by default."
)
@archive_option
def vectors(archive: str | None, workers: int | None) -> None:
    """Make the vectors for the search by meaning that are still missing.

    This takes about a minute for 60,000 words and core. It can be interrupted at any moment and
    goes on where it was; where another process makes them, it waits for that one.
    """
    opened = mahdar.open_archive(archive, make=False)
    try:
        with Progress("records with vectors") as progress:
            made = mahdar.vectors(opened, workers=workers or os.cpu_count() or 1, progress=progress)
    except KeyboardInterrupt:
        say("mahdar: interrupted; what was made is kept", err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None
    say(f"{made:,} vectors made")


@click.command(name="list")
@click.option("--language", metavar="CODE", help="Only records in this language (ISO 639-1).")
@click.option("--year", type=int, help="Only meetings of this year.")
@click.option("--organ", metavar="CODE", help="Only this organ: SC or GA.")
@click.option(
    "--versions",
    is_flag=True,
    help="All versions: where each comes from, why it is current or not.",
)
@click.option("--unread", is_flag=True, help="The files that could not be read, instead.")
@archive_option
@form_option
@output_option
@click.argument("symbol", required=False, metavar="[SYMBOL]")
def list_(
    symbol: str | None,
    language: str | None,
    year: int | None,
    organ: str | None,
    versions: bool,
    unread: bool,
    archive: str | None,
    form: str,
    output: str | None,
) -> None:
    """List what the archive holds; with SYMBOL, only records whose symbol begins so.

    With --versions, a version that is based on another stands under it.
    """
    opened = mahdar.open_archive(archive, make=False)
    if unread:
        rows = mahdar.list_unread(opened)
        text = "".join(f"{path}: {reason}\n" for path, reason in rows)
        write_result(mahdar.as_json(rows) if form == "json" else text, output)
        return
    wanted: dict[str, Any] = {"language": language, "year": year, "organ": organ and organ.upper()}
    if versions:
        held = mahdar.list_records(opened, symbol, versions=True, **wanted)
        write_result(mahdar.as_json(held) if form == "json" else tell_versions(held), output)
        return
    entries = mahdar.list_records(opened, symbol, **wanted)
    if form == "json":
        write_result(mahdar.as_json(entries), output)
        return
    lines = [
        f"{e.date or '':10}  {e.key + '/' + e.language:20}"
        f"{e.turns:5} turns {e.words:7,} words  {e.title[:70]}"
        for e in entries
    ]
    lines.append("1 record" if len(entries) == 1 else f"{len(entries):,} records")
    write_result("".join(f"{line.rstrip()}\n" for line in lines), output)


@click.command()
@click.option("--language", metavar="CODE", help="Only the record in this language (ISO 639-1).")
@click.option("--yes", is_flag=True, help="Do not ask.")
@archive_option
@click.argument("symbol", metavar="SYMBOL")
def remove(symbol: str, language: str | None, yes: bool, archive: str | None) -> None:
    """Remove the record SYMBOL with all its versions from the archive.

    S/PV.7050/ar removes one language, S/PV.7050/ar@1 one version. The files that it was read
    from are not touched.
    """
    opened = mahdar.open_archive(archive, make=False)
    if not yes and sys.stdin.isatty():
        click.confirm(shown(f"Remove {symbol} from {opened.place.shown}?"), abort=True)
    count = mahdar.remove(symbol, opened, language=language)
    say(f"{count:,} removed")


@click.command()
@click.option(
    "--to",
    "form",
    type=click.Choice(EXPORT_FORMS),
    default="json",
    show_default=True,
    help="What to make of each record; csv and parquet are five tables of them all.",
)
@click.option("--language", metavar="CODE", help="Only records in this language (ISO 639-1).")
@click.option("--year", type=int, help="Only meetings of this year.")
@click.option("--versions", is_flag=True, help="All versions, not only the current ones.")
@archive_option
@click.argument("folder", metavar="FOLDER")
def export(
    folder: str,
    form: Any,
    language: str | None,
    year: int | None,
    versions: bool,
    archive: str | None,
) -> None:
    """Write the records of the archive to FOLDER.

    JSON can be added to another archive as it is, and keeps where it comes from. What people
    decided is a file of its own: `mahdar rulings export`.
    """
    opened = mahdar.open_archive(archive, make=False)
    with Progress("records") as progress:
        count = mahdar.export(
            folder, opened, to=form, language=language, year=year, versions=versions,
            progress=progress,
        )  # fmt: skip
    say(f"{count:,} records written to {folder}")


@click.command()
@click.option(
    "--mend", is_flag=True, help="Make tables and indexes anew where they are damaged or behind."
)
@archive_option
@form_option
def verify(archive: str | None, form: str, mend: bool) -> None:
    """Look through the archive for damage: database, records, tables, indexes.

    Exit status 4 says that something is wrong. Tables that an earlier Mahdar made are not wrong:
    `mahdar rebuild` makes them again. Records are never changed by this command; where
    one of them is damaged itself, --mend cannot help: remove it, and add its file again.
    """
    opened = mahdar.open_archive(archive, make=False)
    with Progress("versions of records") as progress:
        found = mahdar.verify(opened, mend=mend, progress=progress)
    if form == "json":
        write_result(mahdar.as_json(found), None)
    else:
        lines = [
            f"{found.versions:,} versions of {found.records:,} records are whole;"
            f" the archive was last written by Mahdar {found.program}",
            f"{found.elements:,} elements in the index of words, {found.vectors:,} vectors",
        ]
        if found.behind:
            lines.append(
                f"{found.behind:,} records are not in the indexes yet: --mend puts them in"
            )
        if found.old:
            lines.append(
                f"{found.old:,} versions have tables that an earlier Mahdar made: mahdar rebuild"
            )
        if found.without_vectors:
            lines.append(f"{found.without_vectors:,} records have no vectors yet: mahdar vectors")
        if found.unread:
            lines.append(f"{found.unread:,} files could not be read: mahdar list --unread")
        lines += [f"mended: {each}" for each in found.mended]
        lines += [f"WRONG: {each}" for each in found.wrong]
        write_result("".join(f"{line}\n" for line in lines), None)
    if found.wrong:
        raise SystemExit(EXIT_DAMAGED)


@click.command()
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Look at all records, not only at those with tables of an earlier format.",
)
@archive_option
@form_option
def rebuild(archive: str | None, form: str, everything: bool) -> None:
    """Make again what is derived from records and was made by an earlier Mahdar.

    Tables and indexes follow from the records alone. Others may read and write meanwhile.
    Interrupted at any moment, the same command goes on where it was (with --all, from
    the beginning). Records whose contents are damaged are left alone: exit status 4.
    """  # fmt: skip
    opened = mahdar.open_archive(archive, make=False)
    without = mahdar.count_without_vectors(opened)
    try:
        with Progress("versions of records") as progress:
            done = mahdar.rebuild(opened, everything=everything, progress=progress)
    except KeyboardInterrupt:
        say("mahdar: interrupted; give the same command again to go on", err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None
    if form == "json":
        write_result(mahdar.as_json(done), None)
    else:
        rate = f", {done.records / done.seconds:,.1f} a second" if done.seconds else ""
        again = ", ".join(f"{name} {count:,}" for name, count in done.tables.items())
        lines = [
            f"{done.records:,} versions of records in {span(done.seconds)}{rate}:"
            f" tables of {done.changed:,} made again{f' ({again})' if again else ''}"
        ]
        lines += [f"DAMAGED: {each}" for each in done.damaged]
        write_result("".join(f"{line}\n" for line in lines), None)
    if mahdar.count_without_vectors(opened) > without:  # other words are said in them now
        _make_vectors(opened, "background")
    if done.damaged:
        raise SystemExit(EXIT_DAMAGED)
