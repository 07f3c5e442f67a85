"""Word files come into the same blocks: the specimen as DOCX, and as an old DOC through LibreOffice."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from mahdar import specimen_path
from mahdar.errors import DamagedFile, EmptyFile, ToolMissing
from mahdar.model import Record
from mahdar.reading.read import read_file
from tests.conftest import SPECIMENS
from tests.coverage_of import characters_placed
from tests.producers import write_docx

TEXT = (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8")


def facts(record: Record) -> list[object]:
    turns = [
        (t.label, t.capacity, t.language, t.affiliation, [p.text for p in t.all_paragraphs()])
        for t in record.turns()
    ]
    members = [(m.state, m.representative) for m in record.members]
    return [record.symbol, record.date, record.opened_at, record.closed_at, members, turns]


def test_the_specimen_as_docx_is_the_specimen(tmp_path: Path) -> None:
    path = tmp_path / "specimen.docx"
    write_docx(TEXT, path)
    read = read_file(path)
    assert facts(read.record) == facts(read_file(specimen_path()).record)
    assert characters_placed(read) == {}


@pytest.mark.slow
def test_the_specimen_as_doc_is_the_specimen(tmp_path: Path) -> None:
    if not shutil.which("soffice"):
        pytest.skip("no LibreOffice is installed")
    path = tmp_path / "specimen.docx"
    write_docx(TEXT, path)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless",
         "--convert-to", "doc", "--outdir", str(tmp_path), str(path)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    record = read_file(tmp_path / "specimen.doc").record
    assert facts(record) == facts(read_file(specimen_path()).record)


def test_a_doc_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="needs LibreOffice"):
        read_file(path)


def test_an_empty_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    docx.Document().save(str(path))
    with pytest.raises(EmptyFile):
        read_file(path)


def test_a_damaged_word_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    write_docx(TEXT, path)
    data = bytearray(path.read_bytes())
    at = data.index(b"word/document.xml") + 60
    data[at : at + 200] = bytes(200)
    path.write_bytes(bytes(data))
    with pytest.raises(DamagedFile):
        read_file(path)
