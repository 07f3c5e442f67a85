"""What opens a turn, and what only looks like it."""

from __future__ import annotations

import pytest

from mahdar.languages import load_language
from mahdar.languages.openings import read_opening
from mahdar.parsing.names import read_label

ARABIC = load_language("ar")


@pytest.mark.parametrize(
    ("text", "name", "capacity", "code", "language"),
    [
        ("الرئيس: أعطي الكلمة", None, "president", None, None),
        ("الرئيسة (تكلمت بالإسبانية): شكرا", None, "president", None, "es"),
        ("الرئيس بالنيابة (تكلم بالفرنسية): شكرا", None, "president", None, "fr"),
        ("الأمين العام (تكلم بالإنكليزية): شكرا", None, "secretariat", None, "en"),
        ("السيد تشوركين (الاتحاد الروسي) (تكلم بالروسية): نعم", "تشوركين", "member", "RUS", "ru"),
        ("السيد ليو جي (الصين) (تكلم باللغة الصينية): نعم", "ليو جي", "member", "CHN", "zh"),
        ("السيدة حداد (لبنان): نعم", "حداد", "invited", "LBN", None),
        ("السيد علي (جامعة الدول العربية): نعم", "علي", "invited", "LAS", None),
        ("السيد فيلتمان (وكيل الأمين العام): نعم", "فيلتمان", "secretariat", None, None),
        ("السير مارك لايل غرانت (المملكة المتحدة): لا", "مارك لايل غرانت", "member", "GBR", None),
        ("السيد تشوركين: لا", "تشوركين", "unknown", None, None),
    ],
)
def test_labels(
    text: str, name: str | None, capacity: str, code: str | None, language: str | None
) -> None:
    opening = read_opening(text, ARABIC)
    assert opening is not None
    label = read_label(text, opening, ARABIC, frozenset({"RUS", "CHN", "GBR"}))
    found = label.affiliation.code if label.affiliation else None
    assert (label.name.name, label.capacity, found, label.language) == (
        name,
        capacity,
        code,
        language,
    )


@pytest.mark.parametrize(
    "text",
    [
        "السيد الرئيس، إنني أقدر كل التقدير",
        "السيد الرئيس: نشكركم",
        "السيد بان كي - مون هو الأمين العام. وقال: نعم",
        "وقال الرئيس: نعم",
        "هناك ثلاثة أمور: أولا",
        "الأمم المتحدة: منظمة",
    ],
)
def test_what_opens_no_turn(text: str) -> None:
    assert read_opening(text, ARABIC) is None


def test_label_whose_colon_was_lost_is_read_with_doubt() -> None:
    opening = read_opening("السيد أرو (فرنسا) (تكلم بالفرنسية) أشكركم", ARABIC)
    assert opening is not None
    assert not opening.certain
