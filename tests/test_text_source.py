"""Text files of every kind that users have are read, and wrong ones are refused in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from mahdar.errors import EmptyFile, NotARecord, NotText, UnreadableFile, WrongEncoding
from mahdar.reading.read import read_file, read_source
from mahdar.sources.akoma_ntoso import DebateSource
from mahdar.sources.files import open_file
from mahdar.sources.page import PageSource
from mahdar.sources.text import decode, text_source
from tests.conftest import SPECIMENS
from tests.coverage_of import characters_placed


def specimen_text() -> str:
    return (SPECIMENS / "specimen.ar.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("line_end", ["\r\n", "\r", "\n", "\u2028"])
def test_any_line_ends_give_the_same_record(line_end: str) -> None:
    text = specimen_text().replace("\n", line_end)
    read = read_source(text_source(text, "x"))
    plain = read_source(text_source(specimen_text(), "x"))
    assert [t.label for t in read.record.turns()] == [t.label for t in plain.record.turns()]
    assert [p.text for p in read.flow.passages] == [p.text for p in plain.flow.passages]
    assert len(read.record.members) == 15
    assert characters_placed(read) == {}


def test_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf" + specimen_text().encode())
    source = open_file(path)
    assert not isinstance(source, DebateSource | PageSource)
    assert source.text == specimen_text()


def test_offsets_point_into_the_decoded_file() -> None:
    text = "**أحمد:** نعم\r\n\r\nلا"
    blocks = text_source(text, "x").blocks
    assert [text[b.start : b.end] for b in blocks] == ["**أحمد:** نعم", "لا"]
    assert blocks[0].text == "أحمد: نعم"
    (span,) = blocks[0].spans(6, 9, text_source(text, "a"))
    assert text[span.start : span.end] == "نعم"


@pytest.mark.parametrize(
    ("raw", "text", "bold"),
    [
        ("**الرئيس:** نعم", "الرئيس: نعم", 7),
        ("**الرئيس** (تكلم): نعم", "الرئيس (تكلم): نعم", 6),
        ("**السيدة (فرنسا) (تكلمت**", "السيدة (فرنسا) (تكلمت", 21),
        ("*نعم* لا", "نعم لا", 0),
        ("_نعم_ لا", "نعم لا", 0),
        ("2 * 3 * 4", "2 * 3 * 4", 0),
        ("كلمة* وكلمة", "كلمة* وكلمة", 0),
        ("snake_case_name", "snake_case_name", 0),
    ],
)
def test_emphasis(raw: str, text: str, bold: int) -> None:
    (block,) = text_source(raw, "x").blocks
    assert (block.text, block.bold) == (text, bold)


def test_marks_of_direction_are_not_printed() -> None:
    text = specimen_text()
    marked = text.replace("(تكلم", "\u200f(تكلم").replace("**السيد", "\u202b**السيد")
    marked = marked.replace("S/2031/77", "\u2066S/2031/77\u2069").replace("## ", "\u200f## ")
    marked = marked.replace("\n\n", "\n\n\u200f\n\n", 3)
    read, plain = (read_source(text_source(t, "x")) for t in (marked, text))
    assert [p.text for p in read.flow.passages] == [p.text for p in plain.flow.passages]
    assert [t.label for t in read.record.turns()] == [t.label for t in plain.record.turns()]
    assert read.record.documents == plain.record.documents
    assert characters_placed(read) == {}


@pytest.mark.parametrize(("raw", "level", "text"), [("## أ ب", 2, "أ ب"), ("# أ #", 1, "أ")])
def test_headings(raw: str, level: int, text: str) -> None:
    (block,) = text_source(raw, "x").blocks
    assert (block.level, block.text) == (level, text)


def test_form_feed_is_a_page_break() -> None:
    blocks = text_source("one\n\n\ftwo\n\nthree", "x").blocks
    assert [b.breaks for b in blocks] == [False, True, False]


def test_text_without_blank_lines_is_read_line_by_line() -> None:
    lines = "\n".join(f"line {n} of a text" for n in range(40))
    assert len(text_source(lines, "x").blocks) == 40


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", EmptyFile, "empty"),
        (b" \n\t\n", EmptyFile, "empty"),
        (b"--- *** \n", EmptyFile, "no words"),
        ("سجل".encode("cp1256"), WrongEncoding, "line 1, byte 1 (0xd3)"),
        ("ok\nملف من مجلس الأمن".encode("cp1256"), WrongEncoding, "Windows-1256"),
        ("سجل".encode("utf-16"), WrongEncoding, "UTF-16"),
        (b"%PDF-1.7 ...", NotText, "a PDF"),
        (b"PK\x03\x04....", NotText, "DOCX"),
        (b"abc\x00def", NotText, "zero"),
        (b"abc\ndef\x01", NotText, "line 2"),
    ],
)
def test_wrong_files_get_one_clear_sentence(
    data: bytes, error: type[Exception], words: str
) -> None:
    with pytest.raises(error) as caught:
        decode(data, "file.txt")
    message = str(caught.value)
    assert message.startswith("file.txt: ")
    assert words in message
    assert "\n" not in message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no such file"):
        open_file(tmp_path / "none.txt")
    with pytest.raises(UnreadableFile, match="folder"):
        open_file(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog.\n\nAnd again.\n",
        "هذا نص عربي عادي.\n\nليس فيه جلسة ولا متكلمون.\n",
        "مجلس الأمن\n\nخبر في جريدة عن مجلس الأمن وعن السيد الرئيس.\n",
    ],
)
def test_text_that_is_no_record(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NotARecord, match="verbatim record"):
        read_file(path)
