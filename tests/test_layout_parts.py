"""The pieces of the layout, each by itself: what it must tell apart."""

from __future__ import annotations

import math

import msgspec
import pytest

from mahdar.languages import load_language
from mahdar.layout.text.columns import find_columns
from mahdar.layout.text.doubts import doubts
from mahdar.layout.text.edges import EdgeReader
from mahdar.layout.text.floors import Floors
from mahdar.layout.text.junctions import Junctions
from mahdar.layout.text.phrases import Phrases
from mahdar.reading.read import ReadFile
from mahdar.sources.block import Block
from mahdar.sources.text import text_source

ARABIC = load_language("ar")


def blocks_of(*texts: str) -> tuple[Block, ...]:
    return text_source("\n\n".join(texts), "x").blocks


def junctions_of(blocks: tuple[Block, ...], *names: str) -> Junctions:
    return Junctions(blocks, ARABIC, EdgeReader(ARABIC), Phrases(ARABIC, names))


def test_a_name_cut_in_two_draws_its_parts_together() -> None:
    phrases = Phrases(ARABIC, ["جمهورية القمر الأخضر"])
    assert phrases.cut(phrases.tokens("ممثل جمهورية القمر"), phrases.tokens("الأخضر أمس"))
    assert phrases.cut(phrases.tokens("قال وجمهورية"), phrases.tokens("القمر الأخضر"))
    assert not phrases.cut(phrases.tokens("ممثل مملكة القمر"), phrases.tokens("الأخضر أمس"))
    assert not phrases.cut(phrases.tokens("ممثل جمهورية القمر"), phrases.tokens("الأحمر أمس"))
    blocks = blocks_of("وتكلم ممثل جمهورية القمر", "الأخضر عن الماء والزرع.")
    known = junctions_of(blocks, "جمهورية القمر الأخضر").between(0, 1)
    unknown = junctions_of(blocks).between(0, 1)
    assert known.join > unknown.join + 2
    assert known.part == unknown.part


def test_who_names_a_state_more_likely_speaks_for_it() -> None:
    blocks = blocks_of(
        "السيد علي (الأردن): نشكركم.",
        "ويؤيد الأردن هذا الاقتراح.",
        "السيد لي (الصين): نشكركم.",
        *[f"كلام عن أمر آخر رقمه {n}." for n in range(20)],
    )
    floors = Floors(blocks, ARABIC)
    for_jordan, then = floors.read(1, 2, 0)
    # A quarter of the blocks of its own turn, against two of these twenty-three (smoothed).
    assert for_jordan == pytest.approx(math.log(0.25 / (2.5 / 24)))
    assert then == 0
    assert floors.read(1, 2, 2)[0] == 0
    assert floors.read(1, 2, -1)[0] == 0
    assert floors.read(1, 4, 0)[1] == 2


def test_whoever_is_called_upon_speaks_next() -> None:
    blocks = blocks_of(
        "أعطي الكلمة الآن للسيد علي.", "السيد علي (الأردن): نعم.", "السيد لي (الصين): نعم.", "لا."
    )
    junctions = junctions_of(blocks)
    right, other, nobody = (junctions.between(0, n).score for n in (1, 2, 3))
    assert right > other > nobody


def test_brackets_left_open_want_their_close() -> None:
    blocks = blocks_of("كما ورد (انظر الوثيقة", "الأولى) في التقرير.", "الأولى في التقرير.")
    junctions = junctions_of(blocks)
    assert junctions.between(0, 1).join > junctions.between(0, 2).join + 3


def test_no_columns_where_nothing_breaks_off() -> None:
    blocks = blocks_of(*[f"جملة كاملة رقمها {n}." for n in range(30)])
    edges = [EdgeReader(ARABIC).read(block) for block in blocks]
    assert find_columns(edges, [False] * len(edges)) == []


def test_what_is_not_sure_is_a_finding(specimen: ReadFile) -> None:
    flow, source = specimen.flow, specimen.source
    assert list(doubts(flow, source)) == []
    page = next(page for page in flow.pages if page.moved and page.joins)
    join = msgspec.structs.replace(page.joins[0], confidence=0.6)
    doubted = msgspec.structs.replace(page, confidence=0.7, joins=(join, *page.joins[1:]))
    pages = tuple(doubted if one is page else one for one in flow.pages)
    order, joined = doubts(msgspec.structs.replace(flow, pages=pages), source)
    assert (order.code, order.score) == ("order_doubtful", 0.3)
    assert len(order.readings) == 2
    assert (joined.code, joined.score) == ("join_doubtful", 0.4)
    text = specimen.source.text
    assert joined.readings[0].spans[0].slice(text).endswith(join.foot[-20:])
    assert joined.readings[1].spans[0].slice(text).replace("**", "").startswith(join.head[:20])
