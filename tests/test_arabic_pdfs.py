"""Arabic comes out of PDFs as it was written: the same text printed by three makers, read back."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from mahdar.citations import find_symbols
from mahdar.reading.read import ReadFile, read_file
from tests import producers
from tests.conftest import SPECIMENS, record_path

TEXT = (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8")
COVER_BLOCKS = 12
# The largest share of characters that may differ.
MOST_WRONG = 0.001
_BRACKETS = re.compile(r"[()\[\]«»]")
_NUMBERS = re.compile(r"[\d٠-٩]+(?:[/.,٫][\d٠-٩]+)*")


def text_of(read: ReadFile) -> str:
    front = [" ".join(block.text.split()) for block in read.flow.front]
    return " ".join(" ".join([*front, *(p.text for p in read.flow.passages)]).split())


def wrong_characters(wanted: str, found: str) -> int:
    """Count the characters to change, put in or take out, word by word."""
    matcher = SequenceMatcher(None, wanted.split(), found.split(), autojunk=False)
    count = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            one, other = " ".join(wanted.split()[a:b]), " ".join(found.split()[c:d])
            inner = SequenceMatcher(None, one, other, autojunk=False)
            count += sum(max(j - i, n - m) for t, i, j, m, n in inner.get_opcodes() if t != "equal")
    return count


def printed(maker: str, font: str, folder: Path, text: str) -> ReadFile:
    reason = producers.makers()[maker]
    if reason:
        pytest.skip(reason)
    if not producers.has_font(font):
        pytest.skip(f"the font {font} is not installed")
    target = folder / f"{maker}.pdf"
    producers.print_pdf(maker, text, target, cover_blocks=COVER_BLOCKS, font=font)
    return read_file(target)


@pytest.mark.slow
@pytest.mark.parametrize("font", ["Amiri", "Noto Naskh Arabic"])
@pytest.mark.parametrize("maker", ["typst", "chromium", "libreoffice"])
def test_the_specimen_printed_and_read_back(maker: str, font: str, tmp_path: Path) -> None:
    if (maker, font) == ("chromium", "Amiri"):
        # That file itself gives the letters of two lines to other glyphs than drew them.
        pytest.skip("Chromium stores two lines of this page wrongly with Amiri")
    read = printed(maker, font, tmp_path, TEXT)
    wanted, found = producers.plain(TEXT), text_of(read)
    assert wrong_characters(wanted, found) <= MOST_WRONG * len(wanted)
    assert [s.printed for s in find_symbols(found)] == [s.printed for s in find_symbols(wanted)]
    assert _BRACKETS.findall(found) == _BRACKETS.findall(wanted)
    assert _NUMBERS.findall(found) == _NUMBERS.findall(wanted)
    record = read.record
    assert record.symbol == "S/PV.99901"
    assert (record.date, record.scheduled_time) == ("2031-03-12", "15:00")
    assert (record.opened_at, record.closed_at) == ("15:05", "16:40")
    assert len(record.members) == 15
    assert len(record.turns()) == 11
    assert [t.language for t in record.turns()][:2] == ["es", "en"]


@pytest.mark.records
@pytest.mark.slow
@pytest.mark.parametrize("maker", ["typst", "libreoffice"])
def test_a_whole_record_printed_and_read_back(maker: str, tmp_path: Path) -> None:
    text = record_path("S-PV.7050.ar.txt").read_text(encoding="utf-8").replace("\r", "")
    text = re.sub(r"(?m)^\s*[-*_]{3,}\s*$", "", text)
    text = re.sub(r"(?<!\*)\*(?!\*)", "", text)
    blocks = [re.sub(r"^#+ ", "## ", block.strip()) for block in text.split("\n\n")]
    text = "\n\n".join(block for block in blocks if block)
    read = printed(maker, "Amiri", tmp_path, text)
    wanted, found = producers.plain(text), text_of(read)
    assert wrong_characters(wanted, found) <= MOST_WRONG * len(wanted)
    assert [s.printed for s in find_symbols(found)] == [s.printed for s in find_symbols(wanted)]
    assert sorted(_NUMBERS.findall(found)) == sorted(_NUMBERS.findall(wanted))
