"""Organs are data: committees, special sessions, and an organ that nobody knew before."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

import mahdar
from mahdar.errors import OrganDataError
from mahdar.languages import language_codes
from mahdar.model import Record
from mahdar.model.record import SessionKind
from mahdar.organs import organs, parse_organ, read_organ, read_symbol, write_symbol

BODY = """
Wednesday, 20 October 2010, 10 a.m.

New York

{office}:\tMs. Aalto\t(Finland)

The meeting was called to order at 10.05 a.m.

**The {office}:** The harbour is open.

**Mr. Sato** (Japan): The lamp is lit. It was lit at our 4th meeting.

The meeting rose at 12.40 p.m.
"""


def read(cover: str, office: str = "President") -> Record:
    text = "<!-- mahdar: in order -->\n\n" + cover + BODY.format(office=office)
    return mahdar.read(io.BytesIO(text.encode()), name="meeting.txt", isolated=False)


COVERS: dict[str, tuple[str, str, str, int, SessionKind]] = {
    "committee": ("A/C.1/65/PV.12\n\nGeneral Assembly\n\nSixty-fifth session\n\nFirst Committee\n\n"
                  "12th meeting\n", "A/C.1/65/PV.12", "C1", 65, "regular"),
    "committee without its symbol": (
        "General Assembly\n\nSixty-fifth session\n\nFirst Committee\n\n12th meeting\n",
        "A/C.1/65/PV.12", "C1", 65, "regular"),
    "plenary": ("A/65/PV.12\n\nGeneral Assembly\n\nSixty-fifth session\n\n12th plenary meeting\n",
                "A/65/PV.12", "GA", 65, "regular"),
    "special": ("General Assembly\n\nTwenty-seventh special session\n\n3rd plenary meeting\n",
                "A/S-27/PV.3", "GA", 27, "special"),
    "emergency special": (
        "A/ES-10/PV.39\n\nGeneral Assembly\n\nTenth emergency special session\n\n39th plenary meeting\n",
        "A/ES-10/PV.39", "GA", 10, "emergency_special"),
    "long ago": ("General Assembly\n\nTwenty-third session\n\n1796th plenary meeting\n",
                 "A/PV.1796", "GA", 23, "regular"),
}  # fmt: skip


@pytest.mark.parametrize("kind", COVERS)
def test_covers(kind: str) -> None:
    cover, symbol, organ, session, session_kind = COVERS[kind]
    record = read(cover, "Chair" if organ == "C1" else "President")
    found = (record.symbol, record.organ, record.session, record.session_kind)
    assert found == (symbol, organ, session, session_kind)
    assert [f.code for f in record.findings] == []
    meeting = next(m.id for t in record.turns() for p in t.all_paragraphs() for m in p.mentions
                   if m.kind == "meeting")  # fmt: skip
    assert meeting == write_symbol(organ, 4, session, session_kind)


SESSIONS = {
    "ar": ("الجمعية العامة", "الدورة الاستثنائية الطارئة العاشرة", "الدورة الاستثنائية السابعة والعشرون"),
    "es": ("Asamblea General", "Décimo período extraordinario de sesiones de emergencia",
           "Vigésimo séptimo período extraordinario de sesiones"),
    "fr": ("Assemblée générale", "Dixième session extraordinaire d’urgence",
           "Vingt-septième session extraordinaire"),
    "ru": ("Генеральная Ассамблея", "Десятая чрезвычайная специальная сессия",
           "Двадцать седьмая специальная сессия"),
    "zh": ("大会", "第十届紧急特别会议", "第二十七届特别会议"),
}  # fmt: skip


@pytest.mark.parametrize("code", SESSIONS)
def test_sessions_in_other_languages(code: str) -> None:
    """Words of sessions as the covers of the Assembly have them; only the cover is looked at."""
    from mahdar.languages import load_language
    from mahdar.parsing.cover_fields import Cover, read_single

    for line, session, kind in zip(
        SESSIONS[code][1:], (10, 27), ("emergency_special", "special"), strict=True
    ):
        cover = Cover()
        for words in (SESSIONS[code][0], line):
            assert read_single(cover, words, (), load_language(code))
        assert (cover.organ, cover.session, cover.session_kind) == ("GA", session, kind)


def test_a_committee_does_not_displace_the_plenary(tmp_path: Path) -> None:
    for name in ("committee", "plenary"):
        text = "<!-- mahdar: in order -->\n\n" + COVERS[name][0] + BODY.format(office="President")
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    archive = mahdar.open_archive(tmp_path / "archive")
    added = archive.add([tmp_path / "committee.txt", tmp_path / "plenary.txt"])
    assert (added.new, added.newer) == (2, 0)


OTHER = """
code = "HB"
title = "Harbour Board"
akoma_ntoso = "hb"
rules = "HB-RULES"
[names]
en = ["Harbour Board"]
fr = ["Commission du port"]
[[series]]
symbol = "H/{session}/PV.{number}"
sessions = "regular"
[[seats]]
from = 1950
number = 3
[chair]
office = "chair"
"""


@pytest.fixture
def harbour(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    (tmp_path / "HB.toml").write_text(OTHER, encoding="utf-8")
    monkeypatch.setenv("MAHDAR_ORGANS", str(tmp_path))
    organs.cache_clear()
    yield
    organs.cache_clear()


@pytest.mark.usefixtures("harbour")
def test_an_organ_is_a_file() -> None:
    """Its record is read, checked, and published under its own name, with no line of code."""
    record = read("Harbour Board\n\nSixty-fifth session\n\n12th meeting\n", "Chair")
    assert (record.symbol, record.organ) == ("H/65/PV.12", "HB")
    assert [f.code for f in record.findings] == ["roster_incomplete"]
    assert b"/akn/un/debate/hb/" in mahdar.publish(record, "akn")[".akn.xml"]
    harbour = read_organ("HB")
    assert harbour is not None
    assert (harbour.name("fr"), harbour.name("ru")) == ("Commission du port", "Harbour Board")
    assert read_symbol("H/65/PV.12/Corr.1") is not None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("code = ", "cod = "), "H.toml: Object contains unknown field `cod`"),
        (("{number}", "12"), "has no {number}"),
        (("en = ", "xx = "), "needs its name in English"),
        (("[chair]", "[chair"), "not readable as TOML"),
        (('office = "chair"', 'office = "throne"'), "Invalid enum value 'throne'"),
    ],
)
def test_a_wrong_file_is_refused(change: tuple[str, str], said: str) -> None:
    with pytest.raises(OrganDataError) as caught:
        parse_organ(OTHER.replace(*change), "H.toml")
    assert said in str(caught.value)


def test_every_organ_has_a_name_in_every_language() -> None:
    for organ in organs():
        assert set(organ.names) == set(language_codes()), organ.code


@pytest.mark.parametrize(
    "symbol", ["S/PV.7050", "A/64/PV.121", "A/PV.1796", "A/S-27/PV.3", "A/ES-10/PV.39", "A/C.1/65/PV.12"]
)  # fmt: skip
def test_symbols_are_read_and_written(symbol: str) -> None:
    known = read_symbol(symbol)
    assert known is not None
    session = known.session or (23 if symbol == "A/PV.1796" else None)
    assert write_symbol(known.organ.code, known.number, session, known.session_kind) == symbol
    for changed in (f"{symbol}*", f"{symbol}/Corr.1", f"{symbol} (Resumption 1)"):
        assert read_symbol(changed) == known
