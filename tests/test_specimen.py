"""The specimen that the project ships comes out as its source tells it."""

from __future__ import annotations

from mahdar.reading.read import ReadFile
from tests.conftest import SPECIMENS
from tests.coverage_of import characters_placed
from tests.truth import specimen_ar as truth


def true_paragraphs() -> list[str]:
    source = (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8").strip()
    paragraphs = source.split("\n\n")
    start = next(n for n, p in enumerate(paragraphs) if p.startswith("افتتحت"))
    return [" ".join(p.replace("**", "").lstrip("# ").split()) for p in paragraphs[start:]]


def test_reading_order_is_that_of_the_source(specimen: ReadFile) -> None:
    assert [passage.text for passage in specimen.flow.passages] == true_paragraphs()


def test_pages_were_really_out_of_order(specimen: ReadFile) -> None:
    starts = [block.start for p in specimen.flow.passages for block in p.blocks]
    assert starts != sorted(starts)
    assert sum(page.moved for page in specimen.flow.pages) == 3


def test_cover(specimen: ReadFile) -> None:
    record = specimen.record
    assert (record.symbol, record.year_of_organ) == ("S/PV.99901", 86)
    assert (record.date, record.scheduled_time) == ("2031-03-12", "15:00")
    assert (record.opened_at, record.closed_at) == ("15:05", "16:40")
    members = [(m.state.code, m.representative.name) for m in record.members]
    assert members == truth.MEMBERS


def test_turns(specimen: ReadFile) -> None:
    found = []
    for turn in specimen.record.turns():
        paragraphs = turn.all_paragraphs()
        code = turn.affiliation.code if turn.affiliation else None
        found.append((turn.speaker.name, turn.capacity, code, turn.language, len(paragraphs)))
    assert found == [row[:5] for row in truth.TURNS]
    for turn, row in zip(specimen.record.turns(), truth.TURNS, strict=True):
        assert turn.all_paragraphs()[-1].text.endswith(row[5])


def test_acts(specimen: ReadFile) -> None:
    acts = specimen.record.acts()
    assert [act.act for act in acts] == truth.ACTS
    first, second = acts[2], acts[3]
    assert (first.rule, second.rule) == (37, 39)
    assert first.affiliation is not None
    assert first.affiliation.code == "TCD"
    assert second.person is not None
    assert second.person.name == "ناديا بن سالم"
    assert acts[7].symbol == "S/PRST/2031/4"


def test_the_three_misprints_are_found(specimen: ReadFile) -> None:
    found = {f.code: f for f in specimen.record.findings}
    messages = [f.message for f in specimen.record.findings]
    assert any("السيدة تاناكا" in m and "السيد تاناكا" in m for m in messages)
    assert any("السيد أورلوف" in m and "السيد أورلف" in m for m in messages)
    assert found["symbol_malformed"].proposed == "S/2031/77"
    assert len(specimen.record.findings) == 3


def test_every_character_in_exactly_one_place(specimen: ReadFile) -> None:
    assert characters_placed(specimen) == {}


def test_specimen_is_what_its_tool_makes() -> None:
    import random

    from tools import make_specimen as tool

    from mahdar.specimens.scramble import cut_columns, scramble

    source = (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8").strip()
    blocks = source.split("\n\n")
    chance = random.Random(tool.SEED)
    columns = cut_columns(blocks[tool.COVER_BLOCKS :], tool.COLUMN_LINES, chance, tool.JITTER)
    made = scramble(blocks[: tool.COVER_BLOCKS], columns, tool.SWAP)
    assert (SPECIMENS / "specimen.ar.txt").read_text(encoding="utf-8") == made.text
