"""The files that records were read from, where they are still at hand, and pictures of their pages.

A PDF is never opened in a process of the site: another one draws it, with bounds on its time and
memory. Pictures are kept by the digest of the file.
"""

from __future__ import annotations

import functools
import stat
from pathlib import Path

import msgspec

from mahdar.archive.readings import digest_of
from mahdar.archive.store import Entry
from mahdar.archive.tables import models
from mahdar.web.making import MAKER
from mahdar.web.opened import archive
from mahdar.web.options import site_options

Frame = tuple[float, float, float, float]
_DRAWING = "mahdar.web.reader.drawing"


def kept_path(digest: str) -> Path:
    """Return where the site keeps a PDF that was given to it, by the SHA-256 of its bytes."""
    return site_options().folder / "files" / f"{digest}.pdf"


def _sources(entry: Entry) -> list[tuple[str, str]]:
    table = models.Source.objects.using(archive().alias).filter(record_id=entry.pk)
    return list(table.order_by("-pk").values_list("path", "digest"))


def source_file(entry: Entry) -> tuple[Path, str] | None:
    """Return the PDF of a record and its digest; None where it is not at hand or has changed."""
    for path, digest in _sources(entry):
        for file in (kept_path(digest), Path(path)):
            if file.suffix.lower() == ".pdf" and _digest_of(file) == digest:
                return file, digest
    return None


def _digest_of(file: Path) -> str | None:
    """Return the digest of a plain file, None where there is none; read once while it stays."""
    try:
        told = file.stat()
        if not stat.S_ISREG(told.st_mode):
            return None
        return _digest(file, told.st_size, told.st_mtime_ns, told.st_ino)
    except OSError:
        return None


@functools.lru_cache(maxsize=2048)
def _digest(file: Path, *_: int) -> str:
    return digest_of(file.read_bytes())


def has_pictures(entry: Entry) -> bool:
    """Tell whether the pages of a record can be drawn."""
    return any(
        kept_path(digest).is_file() or (path.lower().endswith(".pdf") and Path(path).is_file())
        for path, digest in _sources(entry)
    )


def frames(entry: Entry, asker: str = "") -> list[Frame]:
    """Return the frames of the pages of a record's PDF: left, bottom, right, top, in points.

    Args:
        entry: the record.
        asker: the network of whoever wants them.

    Raises:
        NotMadeYet: they are being looked at.
    """
    found = source_file(entry)
    return _frames(*found, asker) if found else []


def _frames(file: Path, digest: str, asker: str) -> list[Frame]:
    kept = _folder(digest) / "frames.json"
    made = MAKER.make(kept, _DRAWING, "frames", str(file), str(kept), asker=asker)
    return msgspec.json.decode(made.read_bytes(), type=list[Frame]) if made else []


def page_picture(entry: Entry, page: int, asker: str = "") -> Path | None:
    """Return the picture of a page (PNG), drawn where it is not kept; None where there is none.

    Args:
        entry: the record.
        page: from 1.
        asker: the network of whoever wants it.

    Raises:
        NotMadeYet: it is being drawn.
    """
    found = source_file(entry)
    # How many pages there are is known after the first time: one that is not costs nothing.
    if found is None or not 1 <= page <= len(_frames(*found, asker)):
        return None
    file, digest = found
    kept = _folder(digest) / f"{page}.png"
    return MAKER.make(kept, _DRAWING, "page", str(file), str(kept), str(page), asker=asker)


def _folder(digest: str) -> Path:
    return site_options().folder / "pictures" / digest
