"""Findings about what is cited: one text under two symbols, numbers and years that do not fit."""

from __future__ import annotations

import msgspec
import pytest

from mahdar import specimen_path
from mahdar.checking.one_symbol import check_one_symbol
from mahdar.checking.resolutions import check_resolutions
from mahdar.languages import load_language
from mahdar.model import Paragraph
from mahdar.reading.read import ReadFile, read_file
from mahdar.resolving import resolve_record
from tests.conftest import record_path


def said(read: ReadFile, *texts: str) -> ReadFile:
    """Return a reading in which the first turn says these paragraphs."""
    turn = read.record.turns()[0]
    spans = turn.all_paragraphs()[0].spans
    changed = msgspec.structs.replace(
        turn, parts=(), paragraphs=tuple(Paragraph(text, spans) for text in texts)
    )
    record = msgspec.structs.replace(read.record, body=(changed,))
    return msgspec.structs.replace(read, record=resolve_record(record, load_language("ar")))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("بيان جنيف (S/2012/522)", "بيان جنيف المؤرخ ٣٠ حزيران/يونيه ٢٠١٢ (S/2012/523)"), 1),
        (("بيان جنيف (S/2012/522)", "وبيان جنيف (S/2012/522)"), 0),
        (("بيان جنيف (S/2012/522)", "التقرير الآخر (S/2012/523)"), 0),
        (("بيان جنيف" + " ثم" * 40 + " (S/2012/522)", "بيان جنيف (S/2012/523)"), 0),
        (
            (
                "الرسالة المؤرخة اليوم من رئيس لجنة الواحات (S/2031/5)",
                "تلقيت الرسالة المؤرخة اليوم من رئيس لجنة الواحات (S/2031/6)",
            ),
            1,
        ),
    ],
)
def test_one_thing_under_two_symbols(texts: tuple[str, ...], found: int) -> None:
    read = said(read_file(specimen_path()), *texts)
    findings = list(check_one_symbol(read.record, read.source, read.language))
    assert [finding.code for finding in findings] == ["symbol_differs"] * found


def test_a_number_and_a_year_that_do_not_go_together() -> None:
    read = said(read_file(specimen_path()), "القرار ٢٤٤٨ (٢٠١٣)", "القرار ٢٤٤٨ (٢٠١٨)")
    findings = list(check_resolutions(read.record, read.source))
    assert [finding.readings[0].text for finding in findings] == ["القرار ٢٤٤٨ (٢٠١٣)"]


@pytest.mark.records
def test_the_geneva_communique_has_two_symbols_in_the_real_record() -> None:
    record = read_file(record_path("S-PV.7050.ar.txt")).record
    (finding,) = [f for f in record.findings if f.code == "symbol_differs"]
    assert [reading.text for reading in finding.readings] == ["S.2012/522", "S/2012/523"]
    assert all(reading.spans for reading in finding.readings)
