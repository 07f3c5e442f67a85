"""Scramble and restore: columns swapped at random, paragraphs cut at random."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tools import make_specimen as tool

from mahdar.reading.read import ReadFile, read_source
from mahdar.sources.text import text_source
from mahdar.specimens.scramble import Fragment, Scrambled, cut_columns, scramble
from tests.conftest import SPECIMENS
from tests.coverage_of import characters_placed
from tests.truth import s_pv_7050_ar as truth

COVER = 11


def specimen_blocks() -> list[str]:
    return (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8").strip().split("\n\n")


def specimen_columns() -> list[list[Fragment]]:
    """Return the columns of the specimen as they are, in their true order."""
    chance = random.Random(tool.SEED)
    return cut_columns(specimen_blocks()[COVER:], tool.COLUMN_LINES, chance, tool.JITTER)


def restore(made: Scrambled) -> ReadFile:
    return read_source(text_source(made.text, "scrambled"))


def order_of(read: ReadFile) -> list[tuple[int, int]]:
    return [(b.start, b.end) for p in read.flow.passages for b in p.blocks]


def wrong_pages_are_doubted(read: ReadFile, made: Scrambled) -> bool:
    """Tell whether every page that came out in the wrong order is among the doubtful."""
    rank = {start: n for n, (start, _) in enumerate(made.order)}
    for page in read.flow.pages[1:]:
        blocks = [read.flow.blocks[n] for n in page.after]
        ranks = [rank[b.start] for b in blocks]
        if ranks != sorted(ranks) and page.confidence >= 0.95:
            return False
    return True


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    swap=st.lists(st.booleans(), min_size=1, max_size=8),
    lines=st.floats(14, 30),
    emphasis=st.booleans(),
)
def test_nothing_is_lost_however_the_specimen_is_scrambled(
    seed: int, swap: list[bool], lines: float, emphasis: bool
) -> None:
    blocks = specimen_blocks()
    columns = cut_columns(blocks[COVER:], lines, random.Random(seed))
    made = scramble(blocks[:COVER], columns, swap, emphasis=emphasis)
    read = restore(made)
    assert sorted(order_of(read)) == sorted(made.order)
    assert characters_placed(read) == {}
    words = sum(len(p.text.split()) for p in read.flow.passages)
    assert words == sum(len(made.text[a:b].replace("#", "").split()) for a, b in made.order)


@pytest.mark.parametrize("emphasis", [True, False])
@pytest.mark.parametrize("swap", [[False], [True], [True, False], [False, True, True]])
def test_whole_columns_of_the_specimen_come_back(swap: list[bool], emphasis: bool) -> None:
    """Swap other pages than those of the specimen, its columns left as they are."""
    blocks, columns = specimen_blocks(), specimen_columns()
    made = scramble(blocks[:COVER], columns, swap, emphasis=emphasis)
    read = restore(made)
    assert order_of(read) == list(made.order)
    joined = [number > 0 for p in read.flow.passages for number in range(len(p.blocks))]
    assert joined == list(made.goes_on)
    labels = [turn.speaker.name for turn in read.record.turns()]
    assert labels[5:10] == ["الخطيب", "تاناكا", "أورلف", "لين", "إدريس"]


@pytest.mark.parametrize("seed", range(4))
def test_specimen_in_order_is_left_alone(seed: int) -> None:
    blocks = specimen_blocks()
    columns = cut_columns(blocks[COVER:], 18 + 2 * seed, random.Random(seed))
    made = scramble(blocks[:COVER], columns, [False])
    read = restore(made)
    assert order_of(read) == list(made.order)


def test_text_without_columns_is_left_alone() -> None:
    blocks = specimen_blocks()
    read = read_source(text_source("\n\n".join(blocks), "in order"))
    starts = [start for start, _ in order_of(read)]
    assert starts == sorted(starts)
    assert read.flow.column_lines == 0
    assert all(len(p.blocks) == 1 for p in read.flow.passages)


FURNITURE = ["S/PV.99901", "{page}/9", "31-04711 (A)"]


@pytest.mark.parametrize("swap", [[False], [True], [True, False]])
@pytest.mark.parametrize("lines", [FURNITURE, FURNITURE[1:2], ["- {page} -"]])
def test_running_heads_and_page_numbers_are_furniture(swap: list[bool], lines: list[str]) -> None:
    blocks, columns = specimen_blocks(), specimen_columns()
    made = scramble(blocks[:COVER], columns, swap, furniture=lines)
    read = restore(made)
    assert order_of(read) == list(made.order)
    assert characters_placed(read) == {}
    printed = [f.text for f in read.record.furniture]
    assert printed == [
        line.replace("{page}", str(page + 1)) for page in range(made.pages) for line in lines
    ]


def test_form_feeds_settle_where_pages_end() -> None:
    """Two pages whose every edge ends a sentence: only the page break tells them apart."""
    blocks = specimen_blocks()
    columns = cut_columns(blocks[COVER:], 20, random.Random(3))
    made = scramble(blocks[:COVER], columns, [True], furniture=["\f"])
    read = restore(made)
    starts = {block.start for block in read.flow.blocks if block.breaks}
    inside = {b for page in read.flow.pages[1:] for b in page.before[1:]}
    assert len(starts) >= made.pages - 1
    assert not any(read.flow.blocks[number].breaks for number in inside)


@pytest.fixture(scope="module")
def real_columns(arabic_record: ReadFile) -> tuple[list[str], list[list[Fragment]]]:
    """Return the cover and the columns of the real record in their true order, from the truth."""
    text = arabic_record.source.text
    return truth.front(text), truth.columns(text)


@pytest.mark.records
@pytest.mark.slow
@pytest.mark.parametrize("emphasis", [True, False])
def test_real_record_with_other_pages_swapped(
    real_columns: tuple[list[str], list[list[Fragment]]], emphasis: bool
) -> None:
    """Over twelve random sets of pages, at least 97 % come out right and no error is silent."""
    front, columns = real_columns
    right = pages = 0
    for seed in range(12):
        chance = random.Random(seed)
        rate = chance.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        swap = [chance.random() < rate for _ in range(len(columns))]
        made = scramble(front, columns, swap, emphasis=emphasis)
        read = restore(made)
        rank = {start: n for n, (start, _) in enumerate(made.order)}
        ranks = [rank[start] for start, _ in order_of(read)]
        wrong = sum(b != a + 1 for a, b in itertools.pairwise(ranks))
        pages += made.pages
        right += made.pages - -(-wrong // 3)
        assert wrong_pages_are_doubted(read, made), seed
        assert characters_placed(read) == {}
    assert right / pages >= 0.97
