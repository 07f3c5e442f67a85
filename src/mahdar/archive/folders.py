"""Which files lie under the paths that somebody names: plain files, and none outside a folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from mahdar.errors import UnreadableFile

_ENDINGS = (".pdf", ".docx", ".doc", ".txt", ".md", ".json", ".xml", ".akn")


class Unread(msgspec.Struct, frozen=True):
    """A file that could not be read, and why."""

    path: str
    reason: str


def files_under(
    paths: Iterable[str | Path], left_out: list[Unread] | None = None
) -> list[Path]:  # fmt: skip
    """Return the files that paths name: themselves, or all in a folder that may be records.

    Args:
        paths: of files, taken whatever they are called, and of folders, looked through by
            the endings of names; hidden ones are left out.
        left_out: is given what lies in a folder and is not taken, with the reason: links that
            lead out of it, pipes and devices.

    Raises:
        UnreadableFile: there is no such path, or a folder may not be opened.
    """
    found: dict[Path, None] = {}
    left: list[Unread] = [] if left_out is None else left_out
    for named in map(Path, paths):
        if named.is_dir():
            for path in sorted(_walk(named)):
                if reason := _refused(path, named):
                    left.append(Unread(str(path), reason))
                else:
                    found.setdefault(path)
        elif named.exists():
            found.setdefault(named)
        else:
            raise UnreadableFile("no such file or folder; check the path", source=named)
    return list(found)


def _walk(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder, and links to other folders, which are not followed."""

    def refused(error: OSError) -> None:
        raise UnreadableFile(f"cannot be opened ({error.strerror})", source=error.filename)

    for root, folders, names in os.walk(folder, onerror=refused):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith(_ENDINGS) and not name.startswith("."):
                yield Path(root) / name
        yield from (path for name in folders if (path := Path(root) / name).is_symlink())


def _refused(path: Path, folder: Path) -> str:
    """Return why a file of a folder is not read, empty where it is."""
    try:
        if path.is_symlink():
            if not path.resolve(strict=True).is_relative_to(folder.resolve()):
                return "it is a link that leads out of the folder; name what it leads to itself"
            if path.is_dir():
                return "it is a link to a folder, which is looked through where it lies"
        if not stat.S_ISREG(path.stat().st_mode):
            return "it is a pipe or a device; expected a plain file"
    except (OSError, RuntimeError):
        return "it is a link that leads nowhere"
    return ""
