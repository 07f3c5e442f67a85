"""PDFs made to do harm end in a record or in one sentence, and leave the caller as it was."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import pytest

from mahdar.errors import (
    DamagedFile,
    EmptyFile,
    InputError,
    LockedFile,
    MahdarError,
    NotARecord,
    TooLarge,
    UnreadableFile,
)
from mahdar.model import Record
from mahdar.reading import bounded
from mahdar.sources.limits import Limits
from mahdar.sources.opening import bytes_of
from mahdar.sources.options import DEFAULT, Options
from tests.hostile_pdfs import hostile_pdfs, locked_pdf, small_docx, small_pdf

HOSTILE = hostile_pdfs()
KINDS: dict[str, type[MahdarError] | tuple[type[MahdarError], ...]] = {
    "head-only": DamagedFile,
    "no-pages": EmptyFile,
    "form-only": EmptyFile,
    "loop-in-page-tree": (EmptyFile, DamagedFile),
    "wrong-count": (EmptyFile, DamagedFile, TooLarge),
    "huge-picture": InputError,
}


def written(data: bytes, folder: Path, name: str = "a.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(path: Path, options: Options = DEFAULT) -> Record:
    return bounded.read_bounded(bytes_of(path), path, options)


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_each_ends_in_a_record_or_one_sentence(name: str, tmp_path: Path) -> None:
    path = written(HOSTILE[name], tmp_path)
    try:
        read(path, Options(limits=Limits(seconds=30)))
    except MahdarError as error:
        assert "\n" not in str(error)
        assert str(path) in str(error)
        assert isinstance(error, KINDS.get(name, MahdarError))
    else:
        assert name not in KINDS


def test_a_password_is_named(tmp_path: Path) -> None:
    with pytest.raises(LockedFile, match="password"):
        read(written(locked_pdf(), tmp_path))


def test_what_is_no_record_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotARecord):
        read(written(HOSTILE["many-objects"], tmp_path))


@pytest.mark.slow
def test_two_thousand_pages(tmp_path: Path) -> None:
    record = read(written(small_pdf(2000), tmp_path))
    assert len(record.turns()) == 4000


def test_too_many_pages_are_refused_with_the_way_to_allow_them(tmp_path: Path) -> None:
    path = written(small_pdf(12), tmp_path)
    with pytest.raises(TooLarge, match=r"12 pages; at most 10.*--most-pages"):
        read(path, Options(limits=Limits(pages=10)))


def test_time_has_a_bound(tmp_path: Path) -> None:
    path = written(small_pdf(2000), tmp_path)
    with pytest.raises(TooLarge, match=r"more than 0\.05 seconds.*--seconds"):
        read(path, Options(limits=Limits(seconds=0.05)))
    assert len(read(written(small_pdf(), tmp_path)).turns()) == 2


def test_the_end_of_the_other_process_is_an_error_here(tmp_path: Path) -> None:
    """What a crash of a library looks like: the process is gone in the middle of a file."""
    small = written(small_pdf(3), tmp_path)
    read(small)
    worker = bounded._worker
    assert worker
    os.kill(worker._process.pid, signal.SIGSTOP)
    threading.Timer(0.2, os.kill, (worker._process.pid, signal.SIGSEGV)).start()
    threading.Timer(0.2, os.kill, (worker._process.pid, signal.SIGCONT)).start()
    with pytest.raises(DamagedFile, match="signal 11"):
        read(small)
    assert len(read(small).turns()) == 6


def test_memory_has_a_bound(tmp_path: Path) -> None:
    path = written(HOSTILE["packed-bomb"], tmp_path)
    with pytest.raises(InputError):
        read(path, Options(limits=Limits(mebibytes=160)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        read(tmp_path / "none.pdf")


def test_in_this_process_too(tmp_path: Path) -> None:
    path = written(small_pdf(), tmp_path)
    here = read(path, Options(isolated=False))
    assert here == read(path)


@pytest.mark.parametrize("cut", [0.1, 0.4, 0.7, 0.95])
def test_word_files_cut_short(cut: float, tmp_path: Path) -> None:
    data = small_docx()
    path = written(data[: int(cut * len(data))], tmp_path, "a.docx")
    with pytest.raises(MahdarError) as caught:
        read(path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("field", "value"), [(6, 73), (8, 1)])
def test_word_files_of_another_version_or_encrypted(field: int, value: int, tmp_path: Path) -> None:
    """Found by fuzzing: the zip library raises other errors for these than for damage."""
    data = bytearray(small_docx())
    at = data.find(b"PK\x01\x02")
    while at >= 0:  # each entry of the central directory
        data[at + field] = value
        at = data.find(b"PK\x01\x02", at + 4)
    with pytest.raises(MahdarError) as caught:
        read(written(bytes(data), tmp_path, "a.docx"))
    assert "\n" not in str(caught.value)
