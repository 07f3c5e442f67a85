"""The public functions about what people decided, one for each command."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mahdar.api.archives import opened_at

if TYPE_CHECKING:
    from mahdar.api.archive import Archive
    from mahdar.archive.rulings import Placed, Ruling
    from mahdar.archive.rulings_file import Imported

__all__ = [
    "Placed",
    "choose",
    "export_rulings",
    "import_rulings",
    "rule",
    "rulings",
    "take_back",
]


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
    >>> from mahdar import add, open_archive, specimen_path
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
    >>> from mahdar import open_archive
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> merged = ["S/PV.99901/ar#RUS:orlov", "S/PV.99902/en#RUS:orlov"]
    >>> made = rule("merge", "", archive, by="N. Darwish", what={"people": merged})
    >>> rulings(None, archive)[0].ruling == made
    True
    """
    opened = opened_at(archive)
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
    >>> from mahdar import open_archive
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> made = rule("merge", "", archive, what={"people": ["a", "b"]})
    >>> take_back(made.id, archive, by="R. Haddad").taken_back.who
    'R. Haddad'
    """
    opened = opened_at(archive)
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
    >>> from mahdar import open_archive
    >>> rulings("S/PV.99901/ar", open_archive(tempfile.mkdtemp()))
    []
    """
    return opened_at(archive).rulings(address)


def export_rulings(path: str | Path, archive: Archive | str | Path | None = None) -> int:
    """Write what people decided to a file, one ruling in each line, as JSON; return how many.

    Args:
        path: of the file; one that is there is replaced whole.
        archive: that keeps them.

    Raises:
        OutputError: it cannot be written.

    >>> import tempfile
    >>> from mahdar import open_archive
    >>> folder = tempfile.mkdtemp()
    >>> export_rulings(f"{folder}/rulings.jsonl", open_archive(folder))
    0
    """
    return opened_at(archive).export_rulings(Path(path))


def import_rulings(path: str | Path, archive: Archive | str | Path | None = None) -> Imported:
    """Take in what people decided elsewhere; what is here already changes nothing.

    Args:
        path: of a file that :func:`export_rulings` wrote.
        archive: to take it into.

    Raises:
        InputError: it is no such file; nothing was taken in.

    >>> import tempfile
    >>> from mahdar import open_archive
    >>> folder = tempfile.mkdtemp()
    >>> archive = open_archive(folder)
    >>> made = rule("merge", "", archive, what={"people": ["a", "b"]})
    >>> export_rulings(f"{folder}/rulings.jsonl", archive)
    1
    >>> import_rulings(f"{folder}/rulings.jsonl", open_archive(tempfile.mkdtemp())).added
    1
    """
    opened = opened_at(archive)
    done = opened.import_rulings(Path(path))
    opened.indexes.catch_up()
    return done
