"""References within a meeting, resolved where the record makes them certain."""

from __future__ import annotations

import msgspec
import pytest

from mahdar import read, specimen_path
from mahdar.languages import load_language
from mahdar.model import Affiliation, Capacity, Name, Paragraph, Record, Turn
from mahdar.resolving import resolve_record

SPEAKERS = {
    "en": [("Morocco", "MAR"), ("France", "FRA")],
    "fr": [("Maroc", "MAR"), ("France", "FRA")],
    "es": [("Marruecos", "MAR"), ("Francia", "FRA")],
    "ru": [("Марокко", "MAR"), ("Франция", "FRA")],
    "ar": [("المغرب", "MAR"), ("فرنسا", "FRA")],
    "zh": [("摩洛哥", "MAR"), ("法国", "FRA")],
}


def turn(label: str, code: str | None, text: str, capacity: Capacity = "member") -> Turn:
    affiliation = Affiliation(label, "state", code) if code else None
    name = Name(label, None, f"N. {label}" if code else None)
    return Turn(label, name, capacity, affiliation, "en", False, (Paragraph(text, ()),), ())


def meeting(language: str, general: str, text: str) -> Record:
    """The Secretary-General, two members, the Chair, then somebody who refers to them."""
    base = read(specimen_path())
    (one, first), (other, second) = SPEAKERS[language]
    body = (
        turn(general, None, "…", "secretariat"),
        turn(one, first, "…"),
        turn(other, second, "…"),
        turn("Chair", None, "…", "president"),
        turn("X", "BRA", text),
    )
    bare = msgspec.structs.replace(
        base, language=language, organ="SC", date="2013-10-28", body=body, members=(), people=()
    )
    return resolve_record(bare, load_language(language))


def referred(language: str, text: str) -> list[tuple[str, int | str | None]]:
    record = meeting(language, "Secretary-General", text)
    (paragraph,) = record.turns()[4].paragraphs
    return [
        (m.printed, m.turn_number if m.kind == "turn" else m.id)
        for m in paragraph.mentions
        if m.kind in ("turn", "state")
    ]


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("en", "As my Moroccan colleague said", 2),
        ("en", "I thank my French colleague", 3),
        ("en", "I agree with the previous speaker", 3),
        ("en", "as the Secretary-General said this morning", 1),
        ("fr", "Comme mon collègue marocain", 2),
        ("fr", "Je remercie l'orateur précédent", 3),
        ("es", "Como mi colega marroquí", 2),
        ("es", "como señaló el Secretario General", 1),
        ("ru", "Я согласен с тем, что сказал мой марокканский коллега", 2),
        ("ru", "как отметил Генеральный секретарь", 1),
        ("ar", "كما قال زميلي المغربي", 2),
        ("ar", "وأتفق مع المتكلم السابق", 3),
        ("ar", "وكما ذكر الأمين العام", 1),
        ("zh", "我的摩洛哥同事", 2),
        ("zh", "正如秘书长刚才所说", 1),
    ],
)
def test_an_earlier_turn(language: str, text: str, number: int) -> None:
    assert [n for _, n in referred(language, text)] == [number]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "my Japanese colleague will speak later"),
        ("en", "my young colleague"),
        ("en", "the speakers before lunch"),
        ("ar", "زميلي الياباني"),
        ("fr", "mon collègue japonais"),
    ],
)
def test_what_is_not_certain_is_left(language: str, text: str) -> None:
    assert referred(language, text) == []


def test_two_that_a_word_may_mean_are_left() -> None:
    """Guinean: of Guinea, or of Guinea-Bissau."""
    base = meeting("en", "Secretary-General", "As my Guinean colleague said")
    body = (turn("Guinea", "GIN", "…"), turn("Guinea-Bissau", "GNB", "…"), base.turns()[4])
    bare = msgspec.structs.replace(base, body=body, people=())
    resolved = resolve_record(bare, load_language("en"))
    assert [m for m in resolved.turns()[2].paragraphs[0].mentions if m.kind == "turn"] == []


def test_the_predecessor_of_the_president() -> None:
    """In October 2013 Azerbaijan presided, in September Australia."""
    assert referred("en", "We thank your predecessor for his work") == [("your predecessor", "AUS")]
    assert referred("ar", "ونشكر سلفكم على عمله") == [("سلفكم", "AUS")]


def test_the_european_union_and_those_who_align() -> None:
    text = (
        "I have the honour to speak on behalf of the European Union. The candidate countries"
        " Türkiye, North Macedonia and Albania align themselves with this statement."
    )
    base = meeting("en", "Secretary-General", text)
    spoken = msgspec.structs.replace(base.turns()[4], on_behalf_of="the European Union")
    record = msgspec.structs.replace(base, body=(spoken,))
    (resolved,) = resolve_record(record, load_language("en")).turns()
    assert resolved.group == "EU"
    assert resolved.aligned == ("TUR", "MKD", "ALB")
