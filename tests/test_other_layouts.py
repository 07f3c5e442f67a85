"""Layouts of other years than those of the real records at hand, typeset here from invented meetings."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from mahdar.model import Ballot, Candidate, Heading
from mahdar.reading.read import ReadFile, read_file
from tests.coverage_of import characters_placed
from tests.facts import events_of

LAYOUTS = Path(__file__).parent / "layouts"
# What the pages say, written from their source.
EVENTS = {
    "council_1984": """
act opened 15:50
act agenda_adopted
turn The PRESIDENT | | ru
act seated
turn The PRESIDENT | | ru
turn Mr. LOUET | France | fr
turn Sir John THOMSON | United Kingdom | en
turn The PRESIDENT | | ru
vote show_of_hands | 6 0 0
turn The PRESIDENT | | ru
spoken adopted S/16594 | 552 (1984) | 6 0 0
act closed 18:20
""",
    "assembly_1965": """
item 9
turn Mr. GORVAN | Union of Soviet Socialist Republics | ru
turn Mr. MARTEN | Canada | en
turn The PRESIDENT | | en
turn Mr. COUVEL | France | fr
turn The PRESIDENT | | en
act closed 12:45
""",
    "assembly_2016": """
act chair_taken Mr. Drobny
act opened 10:10
item 112 continued
turn The Acting President | | fr
act decided
act suspended 10:30 11:40
turn The Acting President | | en
turn Mr. Mansur | Palestine | en
act silence
turn The Acting President | | en
act adopted A/70/L.53 | 70/290 | 2 1 1
advised Chad and Togo | in_favour
turn Ms. Sigurd | Iceland | en
turn The Acting President | | en
act closed 12:05
""",
}


_READ: dict[str, ReadFile] = {}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("layouts")


def reading(name: str, folder: Path) -> ReadFile:
    if name not in _READ:
        target = folder / f"{name}.pdf"
        typst.compile(str(LAYOUTS / f"{name}.typ"), output=str(target))
        _READ[name] = read_file(target)
    return _READ[name]


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_all_that_happens_in_order(name: str, folder: Path) -> None:
    read = reading(name, folder)
    assert events_of(read.record) == EVENTS[name].strip().splitlines()
    hyphens = {s.start for f in read.record.furniture if f.kind == "hyphen" for s in f.spans}
    assert not {at for at in characters_placed(read) if at not in hyphens}


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_covers(name: str, folder: Path) -> None:
    record = reading(name, folder).record
    chair = record.president
    assert chair
    assert (
        record.symbol, record.date, record.scheduled_time, record.session, record.status,
        record.place, chair.representative.label, chair.state.code,
    ) == {
        "council_1984": (
            "S/PV.9540", "1984-05-25", "15:30", None, "provisional", "Headquarters, New York",
            "Mr. TROYNA", "SUN",
        ),
        "assembly_1965": (
            "A/PV.1934", "1965-09-27", "10:30", 20, "final", "NEW YORK",
            "Mr. Amintore FANFANO", "ITA",
        ),
        "assembly_2016": (
            "A/70/PV.506", "2016-06-28", "10:00", 70, "final", "New York", "Mr. Lykke", "DNK",
        ),
    }[name]  # fmt: skip


def test_a_name_too_long_for_its_cell(folder: Path) -> None:
    record = reading("council_1984", folder).record
    assert [m.state.code for m in record.members] == ["SUN", "CHN", "EGY", "FRA", "IND", "GBR"]
    assert record.members[-1].representative.label == "Sir John THOMSON"


def test_who_goes_on_at_the_head_of_a_page_is_furniture(folder: Path) -> None:
    record = reading("council_1984", folder).record
    said = " ".join(p.text for t in record.turns() for p in t.all_paragraphs())
    assert "Louet" not in said
    (turn,) = [t for t in record.turns() if t.speaker.name == "LOUET"]
    assert len(turn.paragraphs) == 2


def test_footnotes_stand_at_their_marks(folder: Path) -> None:
    record = reading("assembly_1965", folder).record
    ((paragraph, note),) = [
        (p, n) for t in record.turns() for p in t.all_paragraphs() for n in p.notes
    ]
    assert paragraph.text[: note.at].endswith("in San Francisco.")
    assert note.mark == "1"
    assert note.text.endswith("vol. I.")
    assert note.spans[0].page == 1


def test_headings_carry_their_items(folder: Path) -> None:
    record = reading("assembly_1965", folder).record
    headings = [(h.text, h.items) for h in record.body if isinstance(h, Heading)]
    assert headings == [("AGENDA ITEM 9", ("9",)), ("General debate (continued)", ())]


def test_a_secret_ballot(folder: Path) -> None:
    record = reading("assembly_2016", folder).record
    (ballot,) = [item for item in record.body if isinstance(item, Ballot)]
    assert ballot.candidates == (Candidate("Ethiopia", 185), Candidate("Morocco", 1))
    assert ballot.group == "Group A — African States"
    assert (ballot.papers, ballot.invalid, ballot.valid) == (191, 1, 190)
    assert (ballot.abstentions, ballot.voting, ballot.majority) == (5, 185, 124)
    turn = record.turns()[ballot.within.turn_number - 1]
    first = turn.all_paragraphs()[ballot.within.paragraph_number - 1]
    assert first.text.startswith("Number of ballot papers")


def test_on_whose_behalf(folder: Path) -> None:
    record = reading("assembly_2016", folder).record
    assert [t.on_behalf_of for t in record.turns() if t.on_behalf_of] == ["Nordic countries"]
