"""What English records print, piece by piece, from text written for the purpose."""

from __future__ import annotations

import msgspec
import pytest

from mahdar.languages import load_language
from mahdar.languages.openings import language_of_mark, read_opening
from mahdar.model import Act, Ballot, Heading, Record, Turn, Vote
from mahdar.parsing.acts import printed_act
from mahdar.parsing.values import read_ordinal, read_time
from mahdar.parsing.votes import OpenVote
from mahdar.reading.read import read_source
from mahdar.sources.text import text_source

ENGLISH = load_language("en")
COVER = """General Assembly

Sixty-fifth session

71st plenary meeting

Tuesday, 21 December 2010, 3 p.m.

New York

President: Mr. Deiss (Switzerland)

This record contains the text of speeches delivered in English and of the interpretation of speeches.

The meeting was called to order at 3.05 p.m.

"""


def record_of(*blocks: str) -> Record:
    text = COVER + "\n\n".join(blocks) + "\n\nThe meeting rose at 6.15 p.m.\n"
    # In the order of reading, as a Word file is: what is tested here is not the layout.
    source = msgspec.structs.replace(text_source(text, "x"), ordered=True)
    return read_source(source, ENGLISH).record


@pytest.mark.parametrize(
    ("mark", "code"),
    [
        ("spoke in French", "fr"),
        ("interpretation from Arabic", "ar"),
        ("translated from Russian", "ru"),
        ("spoke in Portuguese; English text provided by the delegation", "pt"),
        ("spoke in Russian; English text furnished by the delegation", "ru"),
        ("spoke in Spanish; interpretation provided by the delegation", "es"),
        ("interpretation from Chinese; English text furnished by the delegation", "zh"),
        ("Democratic People’s Republic of Korea", None),
    ],
)
def test_marks_of_language_of_all_times(mark: str, code: str | None) -> None:
    assert language_of_mark(mark, ENGLISH) == code


@pytest.mark.parametrize(
    ("text", "name", "office"),
    [
        ("The PRESIDENT (translated from Russian): The agenda", "The PRESIDENT", "president"),
        (
            "Mr. MALIK (Union of Soviet Socialist Republics) (translated from Russian): We",
            "MALIK",
            None,
        ),
        ("12. Sir Gladwyn JEBB (United Kingdom): I", "Gladwyn JEBB", None),
        ("Crown Prince Frederik (Denmark): We", "Frederik", None),
        ("The Secretary-General: I thank", "The Secretary-General", "secretariat"),
        ("Mr. Garayev (Azerbaijan), Rapporteur of the Third Committee: It is", "Garayev", None),
        ("The Acting President (spoke in Spanish): We", "The Acting President", "president"),
        ("Archbishop Migliore (Holy See): My delegation", "Migliore", None),
    ],
)
def test_labels(text: str, name: str, office: str | None) -> None:
    opening = read_opening(text, ENGLISH, bold=10)
    assert opening is not None
    assert (opening.name, opening.office) == (name, office)


@pytest.mark.parametrize(
    "text",
    [
        "Mr. President: I thank you",
        "The following States voted: France, China",
        "I thank Mr. Smith (France): he was brief",
        "Mr. Annan said it well",
        "In favour: France",
    ],
)
def test_what_is_no_label(text: str) -> None:
    opening = read_opening(text, ENGLISH)
    assert opening is None or not opening.certain


def test_somebody_without_a_title_before_a_state() -> None:
    known = {"Egypt", "Burma"}
    opening = read_opening(
        "Mahmoud FAWZI Bey (Egypt): I take it", ENGLISH, is_state=known.__contains__
    )
    assert opening is not None
    assert opening.name == "Mahmoud FAWZI Bey"
    assert read_opening("the matter (Egypt): we", ENGLISH, is_state=known.__contains__) is None


@pytest.mark.parametrize(
    ("line", "act"),
    [
        ("The meeting was called to order at 10.10 a.m.", "opened"),
        ("The meeting rose at noon.", "closed"),
        ("The meeting was suspended at 1.10 p.m. and resumed at 3.05 p.m.", "suspended"),
        ("It was so decided.", "decided"),
        ("The agenda, as amended, was adopted.", "agenda_adopted"),
        ("Draft resolution A/72/L.22 was adopted by 128 votes to 9, with 35 abstentions (resolution ES-10/19).", "adopted"),
        ("The draft decision was adopted.", "adopted"),
        ("Draft resolution A/64/L.9 was withdrawn.", "withdrawn"),
        ("The amendment was rejected by 72 votes to 57, with 8 abstentions.", "rejected"),
        ("Mr. Nyakyi (United Republic of Tanzania), Vice-President, took the Chair.", "chair_taken"),
        ("The President returned to the Chair.", "chair_taken"),
        ("At the invitation of the President, Mr. Peleg (Israel) took a seat at the Council table.", "seated"),
        ("Mr. Nyusi, President of Mozambique, was escorted into the General Assembly Hall.", "escorted"),
        ("The members of the General Assembly observed a minute of silent prayer or meditation.", "silence"),
        ("A vote was taken by secret ballot.", "balloted"),
    ],
)  # fmt: skip
def test_printed_lines(line: str, act: str) -> None:
    found = printed_act(line, (), ENGLISH)
    assert found is not None
    assert found.act == act


def test_what_is_only_said_is_no_printed_line() -> None:
    said = "The draft resolution was adopted by consensus last year, and we hope that it will be again."
    assert printed_act(said, (), ENGLISH) is None
    assert printed_act("There being no objection, it is so decided.", (), ENGLISH) is None


def test_the_values_of_an_adoption() -> None:
    act = printed_act(
        "Draft resolution A/48/L.13 and Corr.1, as a whole, was adopted by 140 votes to 1, with 9"
        " abstentions (resolution 48/14).", (), ENGLISH,
    )  # fmt: skip
    assert act is not None
    assert act.totals is not None
    assert (act.symbol, act.number) == ("A/48/L.13", "48/14")
    assert (act.totals.in_favour, act.totals.against, act.totals.abstaining) == (140, 1, 9)


def test_a_vote_over_a_page_break_and_its_misprints() -> None:
    vote = OpenVote("A recorded vote was taken.", (), ENGLISH)
    assert vote.take("In favour:", ())
    assert vote.take(
        "Bosnia and Herzegovina, Iran (Islamic Republic of), Democratic People’s Republic of", ()
    )
    assert vote.take("Korea, Zambia Zimbabwe.", ())
    assert vote.take("Against: None", ())
    assert vote.take("Abstaining: Ruritania, Zambia", ())
    assert not vote.take("Draft resolution I was adopted.", ())
    made = vote.finish()
    assert [s.code for s in made.in_favour] == ["BIH", "IRN", "PRK", "ZMB", "ZWE"]
    assert made.against == ()
    assert [s.code for s in made.abstaining] == [None, "ZMB"]
    assert [f.code for f in vote.findings] == [
        "vote_name_unknown", "vote_name_unknown", "vote_name_twice",
    ]  # fmt: skip


def test_totals_that_do_not_add_up_are_a_finding() -> None:
    record = record_of(
        "The President: A recorded vote has been requested.",
        "A recorded vote was taken.",
        "In favour:",
        "France, China, Chile",
        "Against:",
        "None",
        "Abstaining:",
        "Togo",
        "Draft resolution A/65/L.9 was adopted by 4 votes to none, with 1 abstention (resolution 65/1).",
        "The President: We go on.",
    )
    (finding,) = [f for f in record.findings if f.code == "vote_totals_differ"]
    assert "3 in favour" in finding.message
    assert "announces 4, 0, 1" in finding.message
    (decision,) = record.decisions
    assert (decision.outcome, decision.how, decision.number) == ("adopted", "vote", "65/1")
    assert isinstance(record.body[decision.vote_index or 0], Vote)
    assert isinstance(record.body[decision.act_index], Act)


def test_a_turn_goes_on_after_another_takes_the_chair() -> None:
    record = record_of(
        "The President: I give the floor to Cuba.",
        "Mr. Rivero (Cuba) (interpretation from Spanish): Nuclear energy matters.",
        "Mr. Nyakyi (United Republic of Tanzania), Vice-President, took the Chair.",
        "We believe that it does.",
        "The Acting President: I thank Cuba.",
    )
    _, cuba, _ = record.turns()
    assert [p.text for p in cuba.paragraphs] == [
        "Nuclear energy matters.",
        "We believe that it does.",
    ]
    (chair,) = record.acts("chair_taken")
    assert chair.within is not None
    assert str(chair.within.locus) == "t2p2"
    assert chair.person is not None
    assert (chair.person.label, chair.affiliation and chair.affiliation.code) == (
        "Mr. Nyakyi",
        "TZA",
    )


def test_a_language_that_changes_within_a_turn() -> None:
    record = record_of(
        "The President: Benin.",
        "Mr. Babadoudou (Benin): I take the floor.",
        "(spoke in French)",
        "This is a critical moment.",
        "(spoke in English)",
        "The bird is in their hands.",
        "The President: I thank Benin.",
    )
    benin = record.turns()[1]
    assert (benin.language, benin.interpreted) == ("en", False)
    assert [(p.language, p.interpreted, p.mark) for p in benin.parts] == [
        (None, None, None), ("fr", True, "(spoke in French)"), ("en", False, "(spoke in English)"),
    ]  # fmt: skip
    assert len(benin.all_paragraphs()) == 3


def test_right_of_reply_lasts_until_a_new_item() -> None:
    record = record_of(
        "The President: I call on those who wish to speak in exercise of the right of reply.",
        "Mr. Kim (Republic of Korea): One.",
        "Mr. Pak (Democratic People’s Republic of Korea): Two.",
        "## Agenda item 9",
        "The President: We turn to item 9.",
        "Mr. Lee (Singapore): Three.",
    )
    purposes = [t.purpose for t in record.turns() if t.capacity != "president"]
    assert purposes == ["right_of_reply", "right_of_reply", None]
    (heading,) = [h for h in record.body if isinstance(h, Heading)]
    assert heading.items == ("9",)


def test_a_ballot_whose_papers_do_not_add_up() -> None:
    record = record_of(
        "The President: The result is as follows:",
        "Number of ballot papers: 190",
        "Number of invalid ballots: 2",
        "Number of valid ballots: 187",
        "Number of votes obtained:",
        "Burkina Faso 150",
        "Iran (Islamic Republic of) 32",
        "I congratulate Burkina Faso.",
    )
    (ballot,) = [item for item in record.body if isinstance(item, Ballot)]
    assert [(c.label, c.votes) for c in ballot.candidates] == [
        ("Burkina Faso", 150), ("Iran (Islamic Republic of)", 32),
    ]  # fmt: skip
    assert [f.code for f in record.findings if f.code.startswith("ballot")] == ["ballot_differs"]


def test_those_invited_speak_as_what_they_are() -> None:
    record = record_of(
        "The President: In accordance with rule 39 of the Council’s provisional rules of procedure, I"
        " invite Mr. Jeffrey Feltman, Under-Secretary-General, to participate in this meeting.",
        "Mr. Feltman: I thank the Council.",
        "Mr. Nobody: I too.",
    )
    assert [t.capacity for t in record.turns()] == ["president", "secretariat", "unknown"]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("TWO THOUSAND FIVE HUNDRED AND FORTIETH", 2540), ("Sixty-fourth", 64), ("Fifth", 5),
        ("four hundred and ninety-second", 492), ("one thousandth", 1000), ("seldom", None),
    ],
)  # fmt: skip
def test_ordinals(words: str, number: int | None) -> None:
    assert read_ordinal(words, ENGLISH) == number


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("3 p.m.", "15:00"),
        ("12.30 a.m.", "00:30"),
        ("noon", "12:00"),
        ("13.05", "13:05"),
        ("x", None),
    ],
)
def test_times(words: str, time: str | None) -> None:
    assert read_time(words, ENGLISH) == time


def test_what_follows_the_end_is_the_printers() -> None:
    record = record_of("The President: We close.")
    text = (
        COVER
        + "The President: We close.\n\nThe meeting rose at 6.15 p.m.\n\nPrinted in the U.S.A.\n"
    )
    late = read_source(text_source(text, "x"), ENGLISH).record
    assert [type(i) for i in late.body] == [type(i) for i in record.body]
    assert [f.text for f in late.furniture if f.kind == "imprint"] == ["Printed in the U.S.A."]
    assert all(isinstance(t, Turn) for t in late.turns())
