"""The public functions about archives, one for each command."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.api.archive import Archive
    from mahdar.archive.adding import Added
    from mahdar.archive.rebuilding import Rebuilt
    from mahdar.archive.store import Entry
    from mahdar.index.verifying import Verified
    from mahdar.publishing.forms import Form
    from mahdar.search.hits import Answer
    from mahdar.search.searching import Mode, Sort
    from mahdar.study.proceedings import Proceedings


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


def _opened(archive: Archive | str | Path | None) -> Archive:
    if archive is None or isinstance(archive, str | Path):
        return open_archive(archive, make=False)
    return archive


def add(
    paths: Iterable[str | Path],
    archive: Archive | str | Path | None = None,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    again: bool = False,
) -> Added:
    """Read files and folders and keep their records.

    Args:
        paths: of files that can be read, of records as JSON, and of folders.
        archive: to keep them in; made where there is none.
        workers: how many processes read. More than one need ``if __name__ == "__main__":``
            around a script that calls this.
        scheduler: the address of a Dask cluster to read on instead.
        again: read files too that were read before.

    Returns:
        How many records are new, newer, the same, and which files could not be read, and why.
    """
    held = open_archive(archive) if archive is None or isinstance(archive, str | Path) else archive
    return held.add(paths, workers=workers, scheduler=scheduler, again=again)


def list_records(
    archive: Archive | str | Path | None = None,
    symbol: str | None = None,
    *,
    language: str | None = None,
    year: int | None = None,
    organ: str | None = None,
    versions: bool = False,
) -> list[Entry]:
    """Return what an archive holds, by date; the command is ``mahdar list``."""
    return _opened(archive).entries(
        symbol, language=language, year=year, organ=organ, versions=versions
    )


def remove(
    symbol: str, archive: Archive | str | Path | None = None, *, language: str | None = None
) -> int:
    """Remove a record, one language of it (``S/PV.7050/ar``) or one version (``…/ar@1``)."""
    return _opened(archive).remove(symbol, language)


def export(
    folder: str | Path,
    archive: Archive | str | Path | None = None,
    *,
    to: Form = "json",
    language: str | None = None,
    year: int | None = None,
) -> int:
    """Write the records of an archive to a folder; return how many."""
    from mahdar.archive.exporting import export as write

    return write(_opened(archive), Path(folder), to, language=language, year=year)


def verify(archive: Archive | str | Path | None = None, *, mend: bool = False) -> Verified:
    """Look through an archive for damage.

    Args:
        archive: to look through.
        mend: make tables anew from the contents of records, and indexes from the tables, where
            they are damaged or behind.

    Returns:
        What is whole, what is ``wrong``, and how many versions of records are ``old``: have
        tables that an earlier Mahdar made, for :func:`rebuild`.
    """
    return _opened(archive).verify(mend=mend)


def rebuild(archive: Archive | str | Path | None = None, *, everything: bool = False) -> Rebuilt:
    """Make again what is derived from records and was made by an earlier Mahdar.

    Tables and indexes follow from the records alone. Others may read and write meanwhile;
    interrupted, it goes on where it was.

    Args:
        archive: whose tables.
        everything: look at all records, not only at those with tables of an earlier format.

    Returns:
        How many records were looked at, in how many tables were made again, which are damaged.

    Raises:
        ArchiveError: the archive cannot be opened or written; what was done stays.

    >>> import tempfile
    >>> rebuild(open_archive(tempfile.mkdtemp())).records
    0
    """
    return _opened(archive).rebuild(everything=everything)


def vectors(archive: Archive | str | Path | None = None, *, workers: int = 1) -> int:
    """Make the vectors for the search by meaning that are missing; return how many."""
    return _opened(archive).indexes.make_vectors(workers=workers)


def search(
    query: str,
    archive: Archive | str | Path | None = None,
    *,
    mode: Mode = "words",
    page: int = 1,
    size: int = 10,
    sort: Sort = "relevance",
) -> Answer:
    """Answer a question to an archive; keep ``archive.searcher()`` for many.

    Args:
        query: in the query language; by meaning, a sentence.
        archive: to look through.
        mode: ``words``, ``meaning``, or ``both``.
        page: from 1.
        size: hits on a page.
        sort: ``relevance``, ``newest``, ``oldest``.

    Raises:
        QueryError: the question cannot be understood; the message shows the place.
    """
    return _opened(archive).searcher().search(query, mode=mode, page=page, size=size, sort=sort)


def index(
    year: int,
    archive: Archive | str | Path | None = None,
    *,
    organ: str | None = None,
    language: str = "en",
) -> Proceedings:
    """Make the Index to Proceedings of a year as data; see ``mahdar index``."""
    from mahdar.study.proceedings import proceedings

    return proceedings(_opened(archive), year, organ=organ, language=language)
