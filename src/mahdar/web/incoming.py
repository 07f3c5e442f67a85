"""What becomes of a file that was given: read by a process of its own, drawn, added."""

from __future__ import annotations

import contextlib
import datetime
import shutil
from pathlib import Path

import msgspec
from django.utils import timezone

from mahdar.errors import ArchiveError, MahdarError
from mahdar.web.children import run_module
from mahdar.web.incoming_limits import SECONDS, Outcome
from mahdar.web.models import Upload
from mahdar.web.opened import archive
from mahdar.web.options import site_options
from mahdar.web.reader.sources import kept_path
from mahdar.web.virus import ScannerAway, find_virus

_KEPT, _HALF = datetime.timedelta(days=30), datetime.timedelta(days=1)


def file_of(upload: Upload) -> Path:
    """Return where the bytes of a file lie until it is added."""
    return site_options().folder / "incoming" / f"{upload.digest}.{upload.ending}"


def _folder(upload: Upload) -> Path:
    return site_options().folder / "drawings" / upload.digest


def drawing_path(upload: Upload, number: int) -> Path:
    """Return the picture of a page with what was made of it; pages count from 1."""
    return _folder(upload) / f"page-{number:03d}.png"


def read_upload(upload: Upload) -> None:
    """Read a file that waits, and write down what came of it.

    Args:
        upload: that waits; afterwards it is ``read`` or ``failed``.

    Raises:
        ScannerAway: the scanner for viruses does not answer; the file still waits.
    """
    problem = _refused(upload)
    if problem:
        # Others may have given the same file.
        Upload.objects.filter(digest=upload.digest, state="waiting").update(
            state="failed", problem=problem
        )
        upload.refresh_from_db()
        leave_nothing(upload)
        return
    upload.state = "reading"
    upload.save(update_fields=["state", "changed"])
    folder = _folder(upload)
    folder.mkdir(parents=True, exist_ok=True)
    outcome = _run(file_of(upload), folder)
    for name in ("problem", "summary", "symbol", "language", "pages", "turns", "findings", "drawn"):
        value = getattr(outcome, name)
        setattr(upload, name, value[:200] if name == "symbol" else value)
    upload.state = "failed" if outcome.problem else "read"
    upload.save()
    if upload.state == "failed":
        leave_nothing(upload)


def leave_nothing(upload: Upload) -> None:
    """Clear the file of an upload and its pictures, unless another still wants them."""
    wanted = Upload.objects.filter(digest=upload.digest).exclude(state__in=["failed", "added"])
    if not wanted.exclude(pk=upload.pk).exists():
        file_of(upload).unlink(missing_ok=True)
        shutil.rmtree(_folder(upload), ignore_errors=True)


def forget_old_uploads() -> None:
    """Let go of files that were read long ago and never added, and of halves of files."""
    old = timezone.now() - _KEPT
    for upload in Upload.objects.filter(state__in=["read", "failed"], changed__lt=old):
        leave_nothing(upload)
        upload.delete()
    for path in (site_options().folder / "incoming").glob(".*"):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < (timezone.now() - _HALF).timestamp():
                path.unlink()


def _refused(upload: Upload) -> str:
    """Return why a file is not even read, empty where it may be."""
    scanner = site_options().scanner
    if scanner is None:
        return ""
    try:
        virus = find_virus(file_of(upload), scanner)
    except ScannerAway:
        raise
    except ArchiveError as error:
        return str(error)
    return f"it holds a virus ({virus}) and was thrown away" if virus else ""


def _run(file: Path, folder: Path) -> Outcome:
    with contextlib.suppress(FileNotFoundError):
        (folder / "outcome.json").unlink()
    status = run_module("mahdar.web.reading", str(file), str(folder), seconds=SECONDS)
    if status is None:
        return Outcome(problem=f"reading it takes longer than {SECONDS} seconds")
    try:
        return msgspec.json.decode((folder / "outcome.json").read_bytes(), type=Outcome)
    except (FileNotFoundError, msgspec.DecodeError):
        return Outcome(
            problem=f"the process that read it came to grief (status {status}); please report this"
        )


def add_upload(upload: Upload) -> None:
    """Put a file that was read into the archive; a PDF is kept for the pictures of its pages.

    Args:
        upload: that was read; afterwards it is ``added``, or ``failed`` with the reason.
    """
    from mahdar.sources.options import Options

    file = file_of(upload)
    if upload.ending == "pdf":
        kept = kept_path(upload.digest)
        kept.parent.mkdir(parents=True, exist_ok=True)
        if file.exists():  # else it was moved before this was interrupted
            file.replace(kept)
        file = kept
    try:
        done = archive().add([file], options=Options())
    except MahdarError as error:
        upload.state, upload.problem = "failed", str(error)
        upload.save()
        return
    if done.unread:
        upload.state, upload.problem = "failed", done.unread[0].reason
    else:
        upload.state, upload.problem = "added", ""
        if upload.ending != "pdf":
            file.unlink(missing_ok=True)
    upload.save()
