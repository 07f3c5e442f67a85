"""Whatever a file holds, the reading ends in a record or in one clear sentence."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mahdar.errors import InputError
from mahdar.publishing.show import show_record
from mahdar.publishing.summary import summarise
from mahdar.reading.column_picture import draw_reading
from mahdar.reading.explain import explain_reading, explain_text
from mahdar.reading.read import ReadFile, read_source
from mahdar.sources.text import decode, text_source
from tests.conftest import SPECIMENS
from tests.coverage_of import characters_placed

# How many times the usual number of examples: `make fuzz` raises it.
MANY = int(os.environ.get("MAHDAR_FUZZ", "1"))
SPECIMEN = (SPECIMENS / "specimen.ar.txt").read_text(encoding="utf-8")
PIECES = [
    "مجلس الأمن", "## جدول الأعمال", "الرئيس:", "**الرئيس (تكلم بالإنكليزية):** نعم.",
    "السيد علي (الأردن): نعم", "السيد (", "(تكلمت**", "بالفرنسية): لا", "الجلسة ٧٠٥٠",
    "الاثنين، ٣١ شباط/فبراير ٢٠١٣، الساعة ٩٩/٩٩", "افتتحت الجلسة الساعة ١٠/١٠.",
    "رفعت الجلسة الساعة ١٠/١٠.", "أعطي الكلمة الآن للسيد علي.", "أستأنف الآن مهامي بصفتي",
    "أدلي الآن ببيان بصفتي ممثل الأردن. ثم", "يتضمن هذا المحضر نص الخطب", "أولا،", "ثانيا",
    "\f", "\n", "\n\n", "\n\n\n\n", "\t", "**", "* * *", "---", "#", "ـــ", "\u200f", "S/2013/588",
    "S.2013/588", "3/30", "(((", ")))", "«", "\u2067", "<script>alert(1)</script>", "١٢", "و",
    "الأعضاء:\tالصين\tالسيد لي\n\tفرنسا\tالسيد أرو", "الرئيس:\tالسيد علي\t(الأردن)",
]  # fmt: skip


def everything(read: ReadFile) -> None:
    """Use a reading in every way that there is."""
    assert characters_placed(read) == {}
    assert summarise(read.record)
    assert show_record(read.record, width=30)
    assert explain_text(explain_reading(read))
    picture = draw_reading(read)
    assert "<script" not in picture


@settings(max_examples=150 * MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from([*PIECES, "\n\n", "\n\n", " "]), min_size=1, max_size=60))
def test_pieces_of_records_in_any_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    try:
        read = read_source(text_source(decode(text.encode(), "x"), "x"))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        everything(read)


@settings(max_examples=60 * MANY, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_record_with_holes_and_rubbish(data: st.DataObject) -> None:
    text = SPECIMEN
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text) - 1))
        end = min(len(text), start + data.draw(st.integers(0, 400)))
        rubbish = data.draw(st.text(max_size=12))
        text = text[:start] + rubbish + text[end:]
    try:
        read = read_source(text_source(decode(text.encode("utf-8", "ignore"), "x"), "x"))
    except InputError as error:
        assert "\n" not in str(error)
    else:
        everything(read)


@settings(max_examples=100 * MANY, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decode(data, "x")
    except InputError as error:
        assert "\n" not in str(error)


def test_a_name_that_is_markup_stays_text() -> None:
    text = SPECIMEN.replace("السيد الخطيب", "السيد <b>الخطيب</b>")
    read = read_source(text_source(text, "x"))
    names = [turn.speaker.name for turn in read.record.turns()]
    assert "<b>الخطيب</b>" in names
    assert "<b>" not in draw_reading(read)


@pytest.mark.parametrize("size", [200_000])
def test_one_endless_paragraph_is_read(size: int) -> None:
    text = SPECIMEN + "\n\n" + "كلمة " * (size // 5)
    read = read_source(text_source(text, "x"))
    assert characters_placed(read) == {}
