"""The files that records were read from, where they are still at hand, and pictures of their pages.

A PDF is never opened in a process of the site: another one draws it, with bounds on its time and
memory. Pictures are kept by the digest of the file.
"""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from mahdar.archive.readings import digest_of
from mahdar.archive.store import Entry
from mahdar.archive.tables import models
from mahdar.web.children import run_module
from mahdar.web.opened import archive
from mahdar.web.options import site_options

Frame = tuple[float, float, float, float]
_SECONDS = 60
_drawing = threading.Semaphore(2)


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
            if file.suffix.lower() == ".pdf" and file.is_file():
                try:
                    data = file.read_bytes()
                except OSError:
                    continue
                if digest_of(data) == digest:
                    return file, digest
    return None


def has_pictures(entry: Entry) -> bool:
    """Tell whether the pages of a record can be drawn."""
    return any(
        kept_path(digest).is_file() or (path.lower().endswith(".pdf") and Path(path).is_file())
        for path, digest in _sources(entry)
    )


def frames(entry: Entry) -> list[Frame]:
    """Return the frames of the pages of a record's PDF: left, bottom, right, top, in points."""
    found = source_file(entry)
    if found is None:
        return []
    file, digest = found
    kept = _folder(digest) / "frames.json"
    if not kept.is_file() and not _run("frames", str(file), str(kept)):
        return []
    return msgspec.json.decode(kept.read_bytes(), type=list[Frame])


def page_picture(entry: Entry, page: int) -> Path | None:
    """Return the picture of a page (PNG), drawn where it is not kept; None where there is none.

    Args:
        entry: the record.
        page: from 1.
    """
    found = source_file(entry)
    if found is None:
        return None
    file, digest = found
    kept = _folder(digest) / f"{page}.png"
    if kept.is_file() or _run("page", str(file), str(kept), str(page)):
        return kept
    return None


def _folder(digest: str) -> Path:
    folder = site_options().folder / "pictures" / digest
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(*arguments: str) -> bool:
    """Let another process draw; only a few at once."""
    with _drawing:
        return run_module("mahdar.web.reader.drawing", *arguments, seconds=_SECONDS) == 0
