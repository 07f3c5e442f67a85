"""The specimens aligned: every turn and paragraph, in all pairs of languages, and when some are missing."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from lxml import etree

from mahdar.alignment import PairedTurns, align_records
from mahdar.errors import NothingToPublish
from mahdar.model import Paragraph, Record, Turn
from mahdar.publishing.alignment import publish_side_by_side, publish_tmx
from mahdar.specimens.build import specimen

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(LANGUAGES, 2)))
def test_every_turn_and_paragraph(one: str, other: str) -> None:
    first, second = specimen(one), specimen(other)
    made = align_records(first, second)
    count = len(first.turns())
    assert [(t.first_turn_number, t.second_turn_number) for t in made.turns] == [
        (n, n) for n in range(1, count + 1)
    ]
    for number, turn in enumerate(made.turns):
        held = len(first.turns()[number].all_paragraphs())
        assert numbers(turn) == [((n,), (n,)) for n in range(1, held + 1)]


def numbers(turn: PairedTurns) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(p.first_paragraph_numbers, p.second_paragraph_numbers) for p in turn.paragraphs]


def without_turn(record: Record, number: int) -> Record:
    turn = record.turns()[number]
    body = tuple(item for item in record.body if item is not turn)
    return msgspec.structs.replace(record, body=body)


def with_paragraphs(record: Record, number: int, paragraphs: tuple[Paragraph, ...]) -> Record:
    turn = record.turns()[number]
    changed = msgspec.structs.replace(turn, paragraphs=paragraphs)
    body = tuple(changed if item is turn else item for item in record.body)
    return msgspec.structs.replace(record, body=body)


def speech_of(record: Record, name: str) -> tuple[int, Turn]:
    return next((n, t) for n, t in enumerate(record.turns()) if t.speaker.name == name)


@pytest.mark.parametrize("other", ["ar", "zh", "ru"])
def test_a_turn_that_one_record_lacks(other: str) -> None:
    first = specimen("en")
    number, _ = speech_of(first, "Al-Khatib")
    made = align_records(first, without_turn(specimen(other), number))
    alone = [t.first_turn_number for t in made.turns if t.second_turn_number is None]
    assert alone == [number + 1]
    assert all(t.first_turn_number == t.second_turn_number for t in made.turns[:number])


@pytest.mark.parametrize("other", ["ar", "zh", "fr"])
def test_paragraphs_that_one_record_joins(other: str) -> None:
    first, second = specimen("en"), specimen(other)
    number, turn = speech_of(first, "Orlov")
    one, two = second.turns()[number].paragraphs
    joined = (Paragraph(f"{one.text} {two.text}", ()),)
    made = align_records(first, with_paragraphs(second, number, joined))
    assert numbers(made.turns[number]) == [((1, 2), (1,))]
    assert len(turn.paragraphs) == 2


@pytest.mark.parametrize("other", ["ar", "es", "zh"])
def test_a_paragraph_that_one_record_lacks(other: str) -> None:
    first, second = specimen("en"), specimen(other)
    number, _ = speech_of(first, "Idriss")
    made = align_records(
        first, with_paragraphs(second, number, second.turns()[number].paragraphs[1:])
    )
    assert numbers(made.turns[number]) == [
        ((1,), ()),
        ((2,), (1,)),
    ]


def test_tmx_and_html() -> None:
    first, second = specimen("en"), specimen("ar")
    made = align_records(first, second)
    root = etree.fromstring(publish_tmx(made, first, second))
    assert len(root.findall(".//tu")) == sum(len(t.all_paragraphs()) for t in first.turns())
    langs = [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in root.iter("tuv")]
    assert langs[:2] == ["en", "ar"]
    page = publish_side_by_side(made, first, second)
    assert page.count('lang="ar" dir="rtl"') == page.count('lang="en" dir="ltr"')
    assert "Lighthouses" not in page  # only what was said
    assert first.turns()[0].paragraphs[0].text[:40] in page


def test_nothing_to_align() -> None:
    empty = msgspec.structs.replace(specimen("en"), body=())
    with pytest.raises(NothingToPublish, match="no turns"):
        align_records(empty, specimen("fr"))
