"""Files made to take time, memory or depth end within one budget, as a record or one sentence."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

import mahdar
from mahdar.cli.main import main
from mahdar.errors import InputError, NotARecord, TooLarge, UnreadableFile
from mahdar.layout.text import find
from mahdar.layout.text.order import Search
from mahdar.model import Record
from mahdar.reading import bounded
from mahdar.reading.read import read_source
from mahdar.sources.limits import Limits
from mahdar.sources.opening import bytes_of
from mahdar.sources.options import Options
from mahdar.sources.text import text_source
from tests.hostile_pdfs import small_docx, small_pdf

COVER = """S/PV.7050

Security Council

7050th meeting

Thursday, 24 October 2013, 10 a.m.

New York

The meeting was called to order at 10.05 a.m.

The President: I declare the meeting open.

"""
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def read(data: bytes, **limits: float) -> Record:
    return bounded.read_bounded(data, "bait", Options(limits=Limits(**limits)))  # type: ignore[arg-type]


def word_file(body: str) -> bytes:
    """Return the small Word file with another body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small_docx())) as old, zipfile.ZipFile(out, "w", 8) as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == "word/document.xml":
                data = f"<w:document {_WORD}><w:body>{body}</w:body></w:document>".encode()
            new.writestr(member, data)
    return out.getvalue()


def steps_over(text: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Record]:
    """Read a text; return how many ends of pages the search for its order tried."""
    tried = 0
    offer = Search._columns

    def counted(self: Search, *given: object, **named: object) -> object:
        nonlocal tried
        tried += 1
        return offer(self, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Search, "_columns", counted)
    return tried, read_source(text_source(text, "bait")).record


@pytest.mark.parametrize("lines", [200, 1300, 5000])
def test_short_lines_are_read_or_left_as_they_lie(
    lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried, record = steps_over(COVER + "x\n\n" * lines, monkeypatch)
    assert tried < 300_000
    said = " ".join(p.text for turn in record.turns() for p in turn.paragraphs)
    assert said.count("x") >= lines
    assert ("order_not_sought" in {f.code for f in record.findings}) == (lines > find._MOST_PIECES)


def test_what_is_not_sought_is_told_in_every_language() -> None:
    record = read_source(text_source(COVER + "x\n\n" * 5000, "bait")).record
    finding = next(f for f in record.findings if f.code == "order_not_sought")
    for code in ("ar", "en", "es", "fr", "ru", "zh"):
        assert "500" in "".join((mahdar.explain_finding(finding, code) or "").split())


def test_many_short_turns_keep_their_speakers() -> None:
    turns = "".join(f"Mr. A{'bcdefghij'[k % 9]} (France): x y\n\n" for k in range(160))
    record = read_source(text_source(COVER + turns, "bait")).record
    assert len(record.turns()) == 161


def test_a_text_of_too_many_lines_or_too_long_ones() -> None:
    with pytest.raises(TooLarge, match="more than 10 lines"):
        read(COVER.encode() + b"x\n" * 40, pieces=10)
    with pytest.raises(TooLarge, match="more than 100 characters"):
        read(COVER.encode() + b"x" * 200, line=100)


@pytest.mark.parametrize("element", ["gridSpan", "gridBefore", "gridAfter"])
def test_a_cell_of_two_thousand_million_columns(element: str) -> None:
    span = f'<w:{element} w:val="2000000000"/>'
    where = f"<w:tcPr>{span}</w:tcPr>" if element == "gridSpan" else ""
    row = "" if where else f"<w:trPr>{span}</w:trPr>"
    table = f"<w:tbl><w:tr>{row}<w:tc>{where}<w:p/></w:tc></w:tr></w:tbl>"
    with pytest.raises(TooLarge, match="spans 2000000000 columns; at most 1000"):
        read(word_file(table))


def test_millions_of_empty_paragraphs() -> None:
    with pytest.raises(TooLarge, match="too many paragraphs"):
        read(word_file("<w:p/>" * 1_000_000))


def test_elements_deep_in_one_another() -> None:
    table, end = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    with pytest.raises(InputError, match="deep"):
        read(word_file(table * 60 + end * 60))


def test_a_deep_debate_is_one_sentence() -> None:
    deep = "<debateSection>" * 5000 + "</debateSection>" * 5000
    head = '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate>'
    with pytest.raises(InputError):
        read(f"{head}<debateBody>{deep}</debateBody></debate></akomaNtoso>".encode())


def test_memory_and_time_bound_every_kind() -> None:
    with pytest.raises(TooLarge, match="more than 0\\.05 seconds"):
        read((COVER + "x y z\n\n" * 3000).encode(), seconds=0.05)
    with pytest.raises(InputError):
        read(word_file("<w:p><w:r/></w:p>" * 60_000), mebibytes=130)


def test_one_that_was_refused_leaves_the_next_alone() -> None:
    with pytest.raises(InputError):
        read((COVER + "x y z\n\n" * 3000).encode(), seconds=0.05)
    assert len(read(small_pdf(2)).turns()) == 4
    assert len(read(COVER.encode()).turns()) == 1


def test_json_is_read_as_by_the_other_commands(tmp_path: Path) -> None:
    """It was taken for a text of a cover and short lines: 29 kB of it did not end."""
    record = mahdar.read(mahdar.specimen_path())
    path = tmp_path / "record.json"
    path.write_bytes(mahdar.as_json(record))
    assert mahdar.read(path) == record
    with path.open("rb") as stream:
        assert mahdar.read(stream) == record
    result = CliRunner().invoke(main, ["read", str(path)])
    assert result.exit_code == 0
    assert str(record.symbol) in result.output


def test_json_of_something_else_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"a": "x\n" * 9000}))
    result = CliRunner().invoke(main, ["read", str(path)])
    assert result.exit_code == 2
    assert "is no record" in result.output
    assert "Traceback" not in result.output


def test_words_in_braces_are_no_json() -> None:
    with pytest.raises(NotARecord):
        read(b"{braces} are no record")


def test_a_lone_half_of_a_pair_in_a_font() -> None:
    """PDFium gives what the map of a font says, and half a character can be written nowhere."""
    from mahdar.sources.pdf import objects

    half = SimpleNamespace(
        count_characters=lambda *_: 2,
        get_text=lambda *_: 0,
        get_character=lambda _, k: (0xD800, 0x41)[k],
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(objects, "calls", half)
        assert objects._characters(0) == "\ufffdA"


def test_pipes_and_devices_are_not_opened(tmp_path: Path) -> None:
    pipe = tmp_path / "record.txt"
    os.mkfifo(pipe)
    for path in (pipe, Path("/dev/zero")):
        with pytest.raises(UnreadableFile, match="pipe or a device"):
            bytes_of(path)


def test_a_file_that_grows_is_not_read_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    path.write_bytes(b"x" * 3000)
    with pytest.raises(TooLarge, match="more than 2000 bytes"):
        bytes_of(path, 2000)


def test_a_name_that_is_no_text_for_anyone_is_no_trouble(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/record-\xff\xfe.txt"))
    path.write_bytes(COVER.encode())
    assert mahdar.read(path).turns()
    path.write_bytes(b"%PDF-1.4 cut short")
    with pytest.raises(InputError, match=r"record-\ufffd\ufffd\.txt"):
        mahdar.read(path)
