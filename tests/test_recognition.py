"""Pages that are pictures: reported without recognition, read and marked with it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
import typst

from mahdar.errors import NoText, TooLarge, ToolMissing
from mahdar.reading.read import read_file
from mahdar.sources.limits import Limits
from mahdar.sources.options import Options
from tests import producers
from tests.conftest import SPECIMENS
from tests.facts import events_of
from tests.test_arabic_pdfs import text_of, wrong_characters
from tests.test_other_layouts import EVENTS, LAYOUTS

ARABIC = (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8")
_DOTS = 200


def _languages() -> set[str]:
    if not shutil.which("tesseract"):
        return set()
    done = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False
    )
    return set(done.stdout.split())


THERE = _languages()
english = pytest.mark.skipif("eng" not in THERE, reason="tesseract has no data for English here")
arabic = pytest.mark.skipif(
    "ara" not in THERE or not producers.has_font("Noto Naskh Arabic"),
    reason="tesseract has no data for Arabic here, or the font Noto Naskh Arabic is missing",
)


def photograph(printed: Path, target: Path) -> Path:
    """Make a PDF of pictures of the pages of another."""
    document = pypdfium2.PdfDocument(str(printed))
    first, *rest = [page.render(scale=_DOTS / 72, grayscale=True).to_pil() for page in document]
    first.save(target, save_all=True, append_images=rest, resolution=_DOTS)
    return target


@pytest.fixture
def council(tmp_path: Path) -> Path:
    typst.compile(str(LAYOUTS / "council_1984.typ"), output=str(tmp_path / "printed.pdf"))
    return photograph(tmp_path / "printed.pdf", tmp_path / "council.pdf")


def test_without_recognition_the_way_to_it_is_named(council: Path) -> None:
    with pytest.raises(NoText, match="--ocr"):
        read_file(council)


def test_a_page_without_text_among_others_is_reported(council: Path, tmp_path: Path) -> None:
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(pypdfium2.PdfDocument(str(tmp_path / "printed.pdf")))
    mixed.import_pages(pypdfium2.PdfDocument(str(council)), pages=[1])
    count = len(mixed)
    mixed.save(str(tmp_path / "mixed.pdf"))
    record = read_file(tmp_path / "mixed.pdf").record
    (finding,) = [f for f in record.findings if f.code == "page_without_text"]
    assert [s.page for r in finding.readings for s in r.spans] == [count]
    assert "--ocr" in finding.message


@english
def test_english_is_read_and_marked(council: Path) -> None:
    read = read_file(council, Options(ocr=True, language="en"))
    record = read.record
    assert (record.symbol, record.date, record.closed_at) == ("S/PV.9540", "1984-05-25", "18:20")
    assert events_of(record) == EVENTS["council_1984"].strip().splitlines()
    marked = {f.readings[0].spans[0].page for f in record.findings if f.code == "text_in_doubt"}
    assert marked == set(range(1, len(pypdfium2.PdfDocument(str(council))) + 1))


@arabic
def test_arabic_is_read_in_its_order(tmp_path: Path) -> None:
    producers.print_pdf(
        "typst", ARABIC, tmp_path / "printed.pdf", cover_blocks=12, font="Noto Naskh Arabic"
    )
    picture = photograph(tmp_path / "printed.pdf", tmp_path / "specimen.pdf")
    read = read_file(picture, Options(ocr=True, language="ar"))
    wanted = producers.plain(ARABIC)
    # What Tesseract misreads is its own; a wrong order would make most of the text wrong.
    assert wrong_characters(wanted, text_of(read)) < 0.08 * len(wanted)
    labels = [t.speaker.label for t in read.record.turns()]
    assert "السيدة لين" in labels
    assert labels.count("الرئيسة") >= 4  # of five


@english
def test_time_has_a_bound(council: Path) -> None:
    with pytest.raises(TooLarge, match="--seconds"):
        read_file(council, Options(ocr=True, language="en", limits=Limits(seconds=0.05)))


def test_without_tesseract(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(ToolMissing, match="tesseract"):
        read_file(council, Options(ocr=True))


@english
def test_a_language_without_data(council: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.get_languages", lambda: ["osd"])
    with pytest.raises(ToolMissing, match="no data for eng"):
        read_file(council, Options(ocr=True, language="en"))
