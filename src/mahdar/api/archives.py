"""The public functions about archives, one for each command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mahdar.api.archive import Archive
    from mahdar.archive.adding import Added
    from mahdar.archive.rebuilding import Rebuilt
    from mahdar.archive.rulings import Placed, Ruling
    from mahdar.archive.rulings_file import Imported
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
    by: str = "",
    based_on: str | None = None,
) -> Added:
    """Read files and folders and keep their records.

    JSON that somebody changed by hand, which breaks its seal, is kept as a correction: no reading
    displaces it.

    Args:
        paths: of files that can be read, of records as JSON, and of folders.
        archive: to keep them in; made where there is none.
        workers: how many processes read. More than one need ``if __name__ == "__main__":``
            around a script that calls this.
        scheduler: the address of a Dask cluster to read on instead.
        again: read files too that were read before.
        by: whose corrections these are, where files hold some.
        based_on: the address of the version that they correct; where it is not given, what the
            files say.

    Returns:
        How many records are new, newer, the same, kept beside what people decided, and which
        files could not be read, and why.

    Raises:
        ArchiveError: the archive cannot be opened, or has no version at ``based_on``.
        UnreadableFile: there is no such path.
    """
    held = open_archive(archive) if archive is None or isinstance(archive, str | Path) else archive
    return held.add(
        paths, workers=workers, scheduler=scheduler, again=again, by=by, based_on=based_on
    )


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
    opened = _opened(archive)
    if versions:
        return opened.versions(symbol, language=language, year=year, organ=organ)
    return opened.entries(symbol, language=language, year=year, organ=organ)


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
    versions: bool = False,
) -> int:
    """Write the records of an archive to a folder; return how many.

    Args:
        folder: is made where it is not there.
        archive: that holds them.
        to: what to make of each.
        language: only records in this language.
        year: only meetings of this year.
        versions: all versions, not only the current ones.

    Raises:
        OutputError: the folder cannot be written to.
    """
    from mahdar.archive.exporting import export as write

    return write(
        _opened(archive), Path(folder), to, language=language, year=year, versions=versions
    )


def choose(
    address: str, archive: Archive | str | Path | None = None, *, by: str = "", reason: str = ""
) -> Ruling:
    """Make a version of a record the current one, whatever else comes, until that is taken back.

    Args:
        address: of the version: ``S/PV.7050/ar@1``.
        archive: that holds it.
        by: who chooses.
        reason: why.

    Raises:
        ArchiveError: there is no such version, or the archive cannot be written.

    >>> import tempfile
    >>> from mahdar.api.records import specimen_path
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> add([specimen_path()], archive).new
    1
    >>> choose("S/PV.99901/ar@1", archive, by="N. Darwish").what["version"]
    'S/PV.99901/ar@1'
    """
    return rule("current", address, archive, by=by, reason=reason)


def rule(
    kind: str,
    address: str,
    archive: Archive | str | Path | None = None,
    *,
    by: str = "",
    what: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Ruling:
    """Write down what a person decided about a record; nothing that a program does undoes it.

    Args:
        kind: ``dismissal`` of a finding, ``review``, ``verdict``, ``correction``, ``merge`` of
            people, ``current`` (see :func:`choose`).
        address: of the record, or of a place in it: ``S/PV.7050/ar#t12p3``; empty for a merge.
        archive: that keeps it.
        by: who decided it.
        what: what more there is to it: ``finding`` the identity of the finding that is dismissed,
            ``verdict``, ``people`` those that are one.
        reason: why.

    Returns:
        The ruling with its ``id``.

    Raises:
        ArchiveError: it is no ruling, there is no such record or place, or the archive cannot be
            written.

    >>> import tempfile
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> merged = ["S/PV.99901/ar#RUS:orlov", "S/PV.99902/en#RUS:orlov"]
    >>> made = rule("merge", "", archive, by="N. Darwish", what={"people": merged})
    >>> rulings(None, archive)[0].ruling == made
    True
    """
    opened = _opened(archive)
    made = opened.rule(kind, address, by=by, what=what, reason=reason)
    if kind == "current":
        opened.indexes.catch_up()
    return made


def take_back(
    ruling: str, archive: Archive | str | Path | None = None, *, by: str = "", reason: str = ""
) -> Ruling:
    """Take back what a person decided; it stays, with who took it back.

    Args:
        ruling: its ``id``.
        archive: that keeps it.
        by: who takes it back.
        reason: why.

    Raises:
        ArchiveError: there is none, or it was taken back already.

    >>> import tempfile
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> made = rule("merge", "", archive, what={"people": ["a", "b"]})
    >>> take_back(made.id, archive, by="R. Haddad").taken_back.who
    'R. Haddad'
    """
    opened = _opened(archive)
    taken = opened.take_back(ruling, by=by, reason=reason)
    if taken.kind == "current":
        opened.indexes.catch_up()
    return taken


def rulings(
    address: str | None = None, archive: Archive | str | Path | None = None
) -> list[Placed]:
    """Return what people decided, with where the words now stand that it is about.

    Args:
        address: of a record; all of the archive where it is not given.
        archive: that keeps them.

    Raises:
        NotAnAddress: what was given is none.

    >>> import tempfile
    >>> rulings("S/PV.99901/ar", open_archive(tempfile.mkdtemp()))
    []
    """
    return _opened(archive).rulings(address)


def export_rulings(path: str | Path, archive: Archive | str | Path | None = None) -> int:
    """Write what people decided to a file, one ruling in each line, as JSON; return how many.

    Args:
        path: of the file; one that is there is replaced whole.
        archive: that keeps them.

    Raises:
        OutputError: it cannot be written.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> export_rulings(f"{folder}/rulings.jsonl", open_archive(folder))
    0
    """
    return _opened(archive).export_rulings(Path(path))


def import_rulings(path: str | Path, archive: Archive | str | Path | None = None) -> Imported:
    """Take in what people decided elsewhere; what is here already changes nothing.

    Args:
        path: of a file that :func:`export_rulings` wrote.
        archive: to take it into.

    Raises:
        InputError: it is no such file; nothing was taken in.

    >>> import tempfile
    >>> folder = tempfile.mkdtemp()
    >>> archive = open_archive(folder)
    >>> made = rule("merge", "", archive, what={"people": ["a", "b"]})
    >>> export_rulings(f"{folder}/rulings.jsonl", archive)
    1
    >>> import_rulings(f"{folder}/rulings.jsonl", open_archive(tempfile.mkdtemp())).added
    1
    """
    opened = _opened(archive)
    done = opened.import_rulings(Path(path))
    opened.indexes.catch_up()
    return done


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
