"""The real English records come out as their pages say: tests/truth/README.md says how truth is written."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from mahdar.model import Record
from mahdar.reading.read import ReadFile, read_file
from tests.conftest import record_path
from tests.coverage_of import characters_placed
from tests.facts import events_of, expected_events, names, truth_of

pytestmark = pytest.mark.records
SCAN = "S-PV.492.en"
BORN_DIGITAL = [name for name in names() if name != SCAN]
FIELDS = (
    "symbol", "organ", "meeting_number", "year_of_organ", "session", "date", "scheduled_time",
    "opened_at", "closed_at", "place", "status",
)  # fmt: skip

_READ: dict[str, ReadFile] = {}


def reading(name: str) -> ReadFile:
    if name not in _READ:
        _READ[name] = read_file(record_path(f"{name}.pdf"))
    return _READ[name]


def cover_of(record: Record) -> dict[str, Any]:
    chair = record.president
    assert chair
    return {
        **{field: getattr(record, field) for field in FIELDS},
        "president": f"{chair.representative.label} | {chair.state.label}",
        "members": [f"{m.state.label} | {m.representative.label}" for m in record.members[1:]],
    }


@pytest.mark.parametrize("name", BORN_DIGITAL)
def test_cover(name: str) -> None:
    record, truth = reading(name).record, truth_of(name)
    found = cover_of(record)
    wanted = {field: truth.get(field) for field in FIELDS}
    wanted["president"] = truth["president"]
    wanted["members"] = [line for line in truth["members"].splitlines() if line]
    assert found == wanted
    assert [item.title for item in record.agenda] == truth["agenda"]
    assert [document.symbol for document in record.documents] == truth["documents"]


@pytest.mark.parametrize("name", BORN_DIGITAL)
def test_all_that_happens_in_order(name: str) -> None:
    truth = expected_events(truth_of(name))
    found = events_of(reading(name).record)
    if not any(line.startswith("spoken") for line in truth):
        found = [line for line in found if not line.startswith("spoken")]
    assert found == truth


@pytest.mark.parametrize("name", BORN_DIGITAL)
def test_votes_name_each_state_and_add_up(name: str) -> None:
    record, truth = reading(name).record, truth_of(name)
    votes = record.votes()
    assert len(votes) == len(truth.get("votes", []))
    for vote, known in zip(votes, truth.get("votes", []), strict=True):
        assert vote.method == known["method"]
        for head in ("in_favour", "against", "abstaining"):
            assert [state.label for state in getattr(vote, head)] == [
                label for label in known[head].split(", ") if label
            ]
            assert all(state.code for state in getattr(vote, head))
        named = (len(vote.in_favour), len(vote.against), len(vote.abstaining))
        totals = vote.totals
        assert totals is not None
        assert named == (totals.in_favour, totals.against, totals.abstaining)
    assert not [f for f in record.findings if f.code == "vote_totals_differ"]


@pytest.mark.parametrize("name", names())
def test_each_character_of_the_pdf_stands_once(name: str) -> None:
    read = reading(name)
    assert read.composed
    in_file = Counter(
        character
        for page in read.composed.source.pages
        for run in page.runs
        for character in run.text
        if not character.isspace()
    )
    assert in_file == Counter(
        character for character in read.source.text if not character.isspace()
    )
    hyphens = {
        span.start
        for piece in read.record.furniture
        if piece.kind == "hyphen"
        for span in piece.spans
    }
    # A hyphen that was undone stands within its paragraph's stretch, and in the furniture.
    assert {at: n for at, n in characters_placed(read).items() if at not in hyphens} == {}


@pytest.mark.parametrize("name", BORN_DIGITAL)
def test_what_is_kept_of_the_pages_is_as_printed(name: str) -> None:
    """The characters themselves are those that the library gives as the text of the page."""
    import pypdfium2

    read = reading(name)
    assert read.composed
    document = pypdfium2.PdfDocument(str(record_path(f"{name}.pdf")))
    for page in read.composed.source.pages:
        text = document[page.number - 1].get_textpage().get_text_range().replace("\ufffe", "-")
        runs = Counter(s for run in page.runs for s in run.text if not s.isspace())
        assert runs == Counter(s for s in text if not s.isspace()), page.number


def test_the_only_finding_of_the_assembly_is_the_missing_comma() -> None:
    """Page 24 prints "Zambia Zimbabwe" where all other lists print a comma."""
    findings = reading("A-65-PV.71.en").record.findings
    (finding,) = [f for f in findings if f.code != "act_not_understood"]
    assert finding.code == "vote_name_unknown"
    assert "Zambia Zimbabwe" in finding.message
    assert {span.page for span in finding.readings[0].spans} == {24}


def test_why_people_take_the_floor() -> None:
    turns = reading("A-65-PV.71.en").record.turns()
    purposes = {(t.speaker.name, t.purpose) for t in turns if t.purpose}
    assert ("Akram", "before_vote") in purposes
    assert ("Chipaziwa", "before_vote") in purposes
    assert ("Astiasarán Arias", "after_vote") in purposes
    assert ("Barton", "point_of_order") in purposes
    assert ("Shiolashvili", "point_of_order") in purposes
    assert not {p for n, p in purposes if n == "Garayev"}


def test_groups_that_are_spoken_for() -> None:
    turns = {t.speaker.name: t.on_behalf_of for t in reading("A-65-PV.71.en").record.turns()}
    assert turns["Burniat"] == "European Union"
    assert turns["Taalas"] == "Nordic countries"
    assert turns["Al-Dhaheri"] == "Arab Group"
    assert turns["Babadoudou"] == "African Group"
    assert turns["Noziri"] == "Organization of the Islamic Conference"
    assert turns["McNee"] is None


def test_a_rapporteur_keeps_the_function() -> None:
    (turn,) = [t for t in reading("A-65-PV.71.en").record.turns() if t.speaker.name == "Garayev"]
    assert turn.role == "Rapporteur of the Third Committee"


def test_a_hyphen_at_the_end_of_a_line_that_belongs_to_the_word_stays() -> None:
    text = reading("A-48-PV.46.en").record
    said = " ".join(p.text for t in text.turns() for p in t.all_paragraphs())
    assert "regions of non-proliferation concern" in said
    assert "nuclear-weapon-free" in said


def test_the_scan_finds_every_turn() -> None:
    truth = [e for e in expected_events(truth_of(SCAN), codes=True) if e.startswith("turn")]
    record = reading(SCAN).record
    found = [e for e in events_of(record, codes=True) if e.startswith("turn")]
    assert len(truth) == len(found) == 43
    wrong = [(a, b) for a, b in zip(truth, found, strict=True) if a != b]
    states = [(a, b) for a, b in wrong if a.split("|")[1:] != b.split("|")[1:]]
    assert states == []
    assert len(wrong) <= 0.05 * len(truth)
    # Each wrong name is among the findings, with its place.
    doubtful = {span for f in record.findings for r in f.readings for span in r.spans}
    for (_, _), turn in zip(
        wrong,
        [t for t, a, b in zip(record.turns(), truth, found, strict=True) if a != b],
        strict=True,
    ):
        assert set(turn.spans) & doubtful


def test_the_scan_tells_its_two_languages_apart() -> None:
    record = reading(SCAN).record
    french = [piece.text for piece in record.furniture if piece.kind == "other_language"]
    assert len(" ".join(french).split()) > 5000
    said = " ".join(p.text for t in record.turns() for p in t.all_paragraphs())
    assert "Republics" in said or "Republic" in said
    assert said.count(" les ") < 40  # one paragraph whose English is missing stands in French


def test_the_scan_reads_its_cover_and_votes() -> None:
    record, truth = reading(SCAN).record, truth_of(SCAN)
    for field in ("symbol", "organ", "meeting_number", "year_of_organ", "date", "place", "status"):
        assert getattr(record, field) == truth[field], field
    assert record.scheduled_time == truth["scheduled_time"]
    assert record.closed_at == truth["closed_at"]
    assert [m.state.code for m in record.members] == [
        "SUN", "CHN", "CUB", "ECU", "EGY", "FRA", "IND", "NOR", "GBR", "USA", "YUG",
    ]  # fmt: skip
    taken = [v for v in record.votes() if v.method == "show_of_hands"]
    sizes = [(len(v.in_favour), len(v.against), len(v.abstaining)) for v in taken]
    assert sizes == [(5, 2, 4), (4, 4, 3)]
