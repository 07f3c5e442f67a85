"""The real Arabic record comes out as its readers know it."""

from __future__ import annotations

import json
import re

import pytest

from mahdar.layout.text.flow import Flow
from mahdar.model import Act, Finding, Heading, Paragraph, Turn
from mahdar.reading.read import ReadFile
from tests.conftest import records_folder
from tests.coverage_of import characters_placed
from tests.pieces import pieces
from tests.truth import s_pv_7050_ar as truth

pytestmark = pytest.mark.records


def body_order(flow: Flow, numbers: dict[int, int]) -> list[int]:
    return [numbers[b.start] for p in flow.passages for b in p.blocks]


@pytest.fixture(scope="module")
def numbers(arabic_record: ReadFile) -> dict[int, int]:
    """Return the number of each piece by where it starts."""
    found = pieces(arabic_record.source.text)
    assert len(found) == 271
    return {start: n for n, (start, _) in enumerate(found)}


def test_all_pieces_in_their_true_order(arabic_record: ReadFile, numbers: dict[int, int]) -> None:
    front = [numbers[b.start] for b in arabic_record.flow.front]
    assert front + body_order(arabic_record.flow, numbers) == truth.order()


def test_all_joins_and_no_false_one(arabic_record: ReadFile, numbers: dict[int, int]) -> None:
    joined = {
        numbers[after.start]: numbers[before.start]
        for passage in arabic_record.flow.passages
        for before, after in zip(passage.blocks, passage.blocks[1:], strict=False)
    }
    assert joined == truth.GOES_ON


def test_cover(arabic_record: ReadFile) -> None:
    record = arabic_record.record
    assert record.symbol == "S/PV.7050"
    assert (record.organ, record.meeting_number, record.year_of_organ) == ("SC", 7050, 68)
    assert (record.language, record.status, record.place) == ("ar", "provisional", "نيويورك")
    assert (record.date, record.scheduled_time) == ("2013-10-28", "10:00")
    assert (record.opened_at, record.closed_at) == ("10:10", "16:20")
    assert record.president is not None
    assert record.president.state.code == "AZE"
    assert record.president.representative.name == "محمد ياروف"
    assert [d.symbol for d in record.documents] == ["S/2013/588"]
    assert record.notice is not None
    assert record.notice.text.endswith("Room U-506.")
    (item,) = record.agenda
    assert item.title.startswith("التعاون بين الأمم المتحدة والمنظمات الإقليمية")
    assert item.subtitle is not None
    assert item.subtitle.startswith("تعزيز أوجه التآزر")


def test_fifteen_members(arabic_record: ReadFile) -> None:
    printed = [
        (m.state.label, m.state.code, m.representative.honorific, m.representative.name)
        for m in arabic_record.record.members
    ]
    assert printed == truth.MEMBERS


def test_twenty_turns(arabic_record: ReadFile, numbers: dict[int, int]) -> None:
    found = [
        (
            numbers[turn.spans[0].start or 0],
            turn.speaker.name,
            turn.capacity,
            turn.affiliation.code if turn.affiliation else None,
            turn.language,
        )
        for turn in arabic_record.record.turns()
    ]
    assert found == [(first, *rest) for first, _, *rest in truth.TURNS]
    for turn in arabic_record.record.turns():
        assert turn.interpreted == (turn.language != "ar")


def test_every_word_with_the_right_speaker(
    arabic_record: ReadFile, numbers: dict[int, int]
) -> None:
    text, order = arabic_record.source.text, truth.order()
    places = pieces(text)
    for turn, (first, last, *_) in zip(arabic_record.record.turns(), truth.TURNS, strict=True):
        run = order[order.index(first) : order.index(last) + 1]
        said = " ".join(text[slice(*places[n])] for n in run)
        said = re.sub(r"\*\*|#+ ", "", said)
        said = said[said.index(":") + 1 :]
        words = [word for p in turn.all_paragraphs() for word in p.text.split()]
        assert words == said.split(), turn.label


def test_the_president_speaks_for_his_country_and_resumes(
    arabic_record: ReadFile, numbers: dict[int, int]
) -> None:
    turn = arabic_record.record.turns()[4]
    assert [part.capacity for part in turn.parts] == ["president", "national", "president"]
    assert turn.paragraphs == ()
    national = turn.parts[1]
    assert national.affiliation is not None
    assert national.affiliation.code == "AZE"

    def piece(paragraph: Paragraph) -> int:
        spans = paragraph.spans
        return max(n for start, n in numbers.items() if start <= (spans[0].start or 0))

    assert piece(national.paragraphs[0]) == truth.NATIONAL_FROM
    order = truth.order()
    assert order.index(piece(turn.parts[2].paragraphs[0])) == order.index(truth.NATIONAL_TO) + 1


def test_acts(arabic_record: ReadFile) -> None:
    acts = arabic_record.record.acts()
    assert [act.act for act in acts] == [
        "opened",
        "agenda_adopted",
        "invited",
        "document_noted",
        "floor_given",
        "floor_given",
        "statement_adopted",
        "capacity_changed",
        "capacity_changed",
        "floor_given",
        "speakers_exhausted",
        "concluded",
        "closed",
    ]
    invited, noted = acts[2], acts[3]
    assert invited.rule == 39
    assert invited.person is not None
    assert invited.person.name == "أكمل الدين إحسان أوغلو"
    assert invited.affiliation is not None
    assert invited.affiliation.code == "OIC"
    assert noted.symbol == "S/2013/588"
    assert acts[6].symbol == "S/PRST/2013/16"
    assert [act.capacity for act in acts[7:9]] == ["national", "president"]
    assert acts[11].phase == "stage"


def test_spoken_acts_point_into_their_turn(arabic_record: ReadFile) -> None:
    turns = arabic_record.record.turns()
    for act in arabic_record.record.acts():
        if act.within is not None:
            turn = turns[act.within.turn_number - 1]
            paragraph = turn.all_paragraphs()[act.within.paragraph_number - 1]
            assert paragraph.text[act.within.start : act.within.end] == act.text
            assert act.spans == ()
        else:
            assert act.spans


def test_body_begins_and_ends_as_printed(arabic_record: ReadFile) -> None:
    body = arabic_record.record.body
    kinds = [type(item) for item in body[:7]]
    assert kinds == [Act, Heading, Act, Heading, Heading, Heading, Turn]
    assert isinstance(body[-1], Act)
    assert body[-1].act == "closed"


def finding(record: ReadFile, code: str, words: str) -> Finding:
    found = [f for f in record.record.findings if f.code == code and words in f.message]
    assert len(found) == 1, (code, words, found)
    return found[0]


@pytest.mark.parametrize(
    ("code", "cover", "body"),
    [
        ("roster_name_differs", "السيد سكيف", "السيدة سكيف"),
        ("roster_name_differs", "السير مارك لايل غرانت", "السير مارك ليال غوانت"),
        ("roster_speaker_absent", "السيد مينون", "السيد ميبو"),
        ("roster_speaker_absent", "السيد ليو تشي", "السيد ليو جيبي بي"),
    ],
)
def test_doubtful_names_give_place_and_both_readings(
    arabic_record: ReadFile, code: str, cover: str, body: str
) -> None:
    found = finding(arabic_record, code, cover)
    assert [reading.text for reading in found.readings] == [cover, body]
    text = arabic_record.source.text
    for reading in found.readings:
        assert reading.text in reading.spans[0].slice(text).replace("**", "")


def test_malformed_symbol_is_reported_and_left_as_printed(arabic_record: ReadFile) -> None:
    found = finding(arabic_record, "symbol_malformed", "S.2012/522")
    assert found.proposed == "S/2012/522"
    assert found.readings[0].spans[0].slice(arabic_record.source.text) == "S.2012/522"
    words = [p.text for t in arabic_record.record.turns() for p in t.all_paragraphs()]
    assert sum("S.2012/522" in text for text in words) == 1


def test_every_character_in_exactly_one_place(arabic_record: ReadFile) -> None:
    assert characters_placed(arabic_record) == {}


def test_the_text_as_put_in_order_stays_so(
    arabic_record: ReadFile, tmp_path: pytest.TempPathFactory
) -> None:
    from mahdar.reading.read import read_source
    from mahdar.sources.text import text_source

    text = arabic_record.source.text
    places = pieces(text)
    ordered = "\n\n".join(text[slice(*places[n])] for n in truth.order())
    again = read_source(text_source(ordered, "ordered"))
    starts = [b.start for p in again.flow.passages for b in p.blocks]
    assert starts == sorted(starts)
    assert not any(page.moved for page in again.flow.pages)


def test_the_half_that_others_put_in_order(arabic_record: ReadFile) -> None:
    """Where the order file that lies beside the records is at hand, its half agrees."""
    folder = records_folder()
    gold = folder.parent / "gold" / "S-PV.7050.ar.order.json" if folder else None
    if gold is None or not gold.is_file():
        pytest.skip("the order file of the first half is not beside the records")
    half = [tuple(place) for place in json.loads(gold.read_text(encoding="utf-8"))["order"]]
    flow = arabic_record.flow
    found = [(b.start, b.end) for b in flow.front]
    found += [(b.start, b.end) for p in flow.passages for b in p.blocks]
    assert found[: len(half)] == half
