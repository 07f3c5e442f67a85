"""Tables about what is said, held against counts made by hand."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from mahdar import open_archive, study
from mahdar.analysis.analyser import analyser
from mahdar.api.archive import Archive
from mahdar.errors import QueryError
from mahdar.model import (
    Act,
    Affiliation,
    AgendaItem,
    Mention,
    Name,
    Paragraph,
    Person,
    Record,
    Turn,
)
from mahdar.study.plots import Kind
from mahdar.study.publishing import FORMS, concordance_text, metadata, publish_table
from tests.archives import close, write_record


def record(
    number: int, date: str, turns: list[tuple[str, str, str]], language: str = "en"
) -> Record:
    """Make a record of turns: code of the State, name, words."""
    made: list[Turn] = []
    people: dict[str, tuple[str, str, list[int]]] = {}
    for at, (state, name, words) in enumerate(turns):
        mentions: tuple[Mention, ...] = ()
        if "1325" in words:
            start = words.index("resolution 1325")
            mentions = (
                Mention(start, start + 22, "resolution 1325 (2000)", "resolution",
                        "S/RES/1325(2000)"),
            )  # fmt: skip
        paragraphs = tuple(Paragraph(text, (), (), mentions) for text in words.split("\n"))
        body = Affiliation(state, "state", state)
        made.append(
            Turn(f"{name} ({state})", Name(name, None, name), "member", body, language, False,
                 paragraphs, (), person=f"{state}:{name.lower()}")
        )  # fmt: skip
        people.setdefault(f"{state}:{name.lower()}", (name, state, []))[2].append(at + 1)
    return Record(
        symbol=f"S/PV.{number}", organ="SC", meeting_number=number, language=language,
        status="final", date=date, scheduled_time=None, opened_at=None, closed_at=None, place=None,
        year_of_organ=None, president=None, members=(),
        agenda=(AgendaItem("Sanctions", None, (), ()),), documents=(), notice=None, cover=(),
        body=tuple(made), furniture=(), findings=(),
        people=tuple(Person(i, n, (n,), s, None, tuple(t)) for i, (n, s, t) in people.items()),
    )  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("small")
    write_record(
        record(1, "2001-01-05", [
            ("RUS", "Ivanov", "The red lamp burns. A red lamp is bright."),
            ("FRA", "Dupont", "No lamp burns here.\nred"),
        ]), folder / "1.json",
    )  # fmt: skip
    write_record(
        record(2, "2002-02-06", [
            ("RUS", "Ivanov", "Lamps again, said the keeper of resolution 1325 (2000)."),
            ("MAR", "Alami", "A boat, a boat, a boat and a lamp."),
            ("FRA", "Dupont", "Nothing."),
        ]), folder / "2.json",
    )  # fmt: skip
    write_record(
        record(3, "2002-03-07", [("MAR", "العلمي", "مصباح أحمر في المرفأ، والمصباح يضيء المرفأ.")],
               "ar"), folder / "3.json",
    )  # fmt: skip
    archive = open_archive(tmp_path_factory.mktemp("study"))
    archive.add([folder])
    yield archive
    close(archive)


def rows(table: object) -> list[dict[str, object]]:
    return table.to_pylist()  # type: ignore[attr-defined, no-any-return]


def test_a_concordance_shows_each_place(small: Archive) -> None:
    table = study.concordance(small, "lamp", width=10)
    assert metadata(table) == {"hits": "5", "words": "35"}
    lines = [(r["left"], r["word"], r["right"], r["cited"]) for r in rows(table)]
    assert lines == [
        ("The red ", "lamp", " burns. A ", "S/PV.1 (Russian Federation)"),
        ("ns. A red ", "lamp", " is bright", "S/PV.1 (Russian Federation)"),
        ("No ", "lamp", " burns her", "S/PV.1 (France)"),
        ("", "Lamps", " again, sa", "S/PV.2 (Russian Federation)"),
        ("oat and a ", "lamp", ".", "S/PV.2 (Morocco)"),
    ]


def test_a_concordance_is_sorted_by_the_words_beside(small: Archive) -> None:
    right = [r["right"] for r in rows(study.concordance(small, "lamp", order="right", width=7))]
    assert right == [".", " again,", " burns.", " burns ", " is bri"]
    left = [r["left"] for r in rows(study.concordance(small, "=lamp", order="left", width=6))]
    assert left == ["and a ", "No ", "A red ", "e red "]


def test_pages_of_a_concordance_make_up_the_whole(small: Archive) -> None:
    for order in ("date", "left", "right"):
        every = rows(study.concordance(small, "a", order=order, size=0))
        pages = [
            row
            for page in range(1, 10)
            for row in rows(study.concordance(small, "a", order=order, size=2, page=page))
        ]
        assert pages == every
        assert len(every) == 5


@pytest.mark.parametrize(
    ("word", "hits"),
    [
        ("lamp", 5), ("=lamp", 4), ("=lamps", 1), ("lam*", 5), ("red lamp", 2), ("lamp red", 0),
        ("here red", 0), ("مصباح", 2), ("=المرفأ", 2), ("boat", 3), ("nowhere", 0),
    ],
)  # fmt: skip
def test_words_and_terms_are_counted(small: Archive, word: str, hits: int) -> None:
    assert metadata(study.concordance(small, word))["hits"] == str(hits)


@pytest.fixture(scope="module")
def starred(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("starred")
    said = "Co-operation, co-operates, co-optation and cooperation of the U.S. and the U.S.A., not U.N."
    write_record(record(1, "2001-01-05", [("FRA", "Dupont", said)]), folder / "1.json")
    write_record(
        record(
            2, "2001-01-06", [("CHN", "李", "安全理事会和安理会讨论合作。安全是重要的。")], "zh"
        ),
        folder / "2.json",
    )
    archive = open_archive(tmp_path_factory.mktemp("study"))
    archive.add([folder])
    yield archive
    close(archive)


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("co-op*", ["Co-operation", "co-operates", "co-optation"]), ("coop*", ["cooperation"]),
        ("=co-oper*", ["Co-operation", "co-operates"]), ('"co-oper"*', ["Co-operation", "co-operates"]),
        ("U.S.*", ["U.S", "U.S"]), ("u.*", ["U", "U", "U"]), ("the u.s*", ["the U.S", "the U.S"]),
        ("安理*", ["安理会"]), ("安*", ["安全", "安理会", "安全"]), ("安全理事*", ["安全理事会"]),
        ("*", []), ("-*", []), (".", []), ("nowhere-co*", []),
    ],
)  # fmt: skip
def test_a_star_after_what_is_more_than_a_word(
    starred: Archive, word: str, found: list[str]
) -> None:
    lines = rows(study.concordance(starred, word))
    assert [line["word"] for line in lines] == found


@pytest.mark.parametrize("word", ["*", ".", "co-op*", "=", '""'])
def test_words_that_are_none_are_counted_as_none(starred: Archive, word: str) -> None:
    known = word == "co-op*"
    for table in (
        study.collocations(starred, word, least=1, language="en"),
        study.ngrams(starred, 2, word=word, least=1, common=True, language="en"),
    ):
        assert bool(table.num_rows) is known
    assert sum(r["hits"] for r in rows(study.frequencies(starred, word))) == 3 * known  # type: ignore[misc]


def test_frequencies_have_their_denominators(small: Archive) -> None:
    assert rows(study.frequencies(small, "lamp", by="year")) == [
        {"value": "2001", "name": "2001", "hits": 3, "speeches": 2, "words": 15,
         "of_speeches": 3, "rate": pytest.approx(2000)},
        {"value": "2002", "name": "2002", "hits": 2, "speeches": 2, "words": 20,
         "of_speeches": 4, "rate": pytest.approx(1000)},
    ]  # fmt: skip
    by_state = {r["value"]: r for r in rows(study.frequencies(small, "lamp", by="state"))}
    assert {code: (r["hits"], r["words"], r["of_speeches"]) for code, r in by_state.items()} == {
        "RUS": (3, 18, 2), "FRA": (1, 6, 2), "MAR": (1, 9, 1),
    }  # fmt: skip
    assert by_state["FRA"]["rate"] == pytest.approx(10_000 / 6)
    assert by_state["MAR"]["name"] == "Morocco"


def test_counts_keep_to_the_speeches_asked_for(small: Archive) -> None:
    table = study.frequencies(small, "lamp", by="state", where="state:RUS year:2002")
    assert [(r["value"], r["hits"], r["words"]) for r in rows(table)] == [("RUS", 1, 9)]


def test_frequencies_by_speaker_and_topic(small: Archive) -> None:
    speakers = {r["name"]: r["hits"] for r in rows(study.frequencies(small, "lamp", by="speaker"))}
    assert speakers == {"Ivanov (RUS)": 3, "Dupont (FRA)": 1, "Alami (MAR)": 1}
    # Speeches of a few words have no topic, but the item of the agenda has one.
    topics = rows(study.frequencies(small, "lamp", by="topic"))
    assert [(r["value"], r["hits"], r["words"]) for r in topics] == [("sanctions", 0, 2)]


def test_collocations_are_those_counted_by_hand(small: Archive) -> None:
    table = study.collocations(small, "lamp", window=2, least=1, common=True)
    near = {r["form"]: r["near"] for r in rows(study.collocations(small, "lamp", window=2,
            least=1, common=True))}  # fmt: skip
    # The|red [lamp] burns|A · A|red [lamp] is|bright · No [lamp] burns|here · [Lamps] again|said
    # and|a [lamp]: all within their speeches, the same word counted once for each place
    assert near["red"] == 2
    assert near["burns"] == 2
    of = metadata(table)
    assert (of["hits"], of["language"]) == ("5", "en")
    assert int(of["window_words"]) == 14
    red = next(r for r in rows(table) if r["form"] == "red")
    assert red["all"] == 3
    assert red["log_dice"] == pytest.approx(14 + math.log2(2 * 2 / (5 + 3)))
    words = int(of["words"])
    assert red["pmi"] == pytest.approx(math.log2(2 * words / (14 * 3)))


def test_keyness_sets_one_against_the_rest(small: Archive) -> None:
    table = study.keyness(small, "state:MAR", language="en", least=1)
    boat = next(r for r in rows(table) if r["form"] == "boat")
    assert (boat["hits"], boat["against"]) == (3, 0)
    assert metadata(table)["words"] == "9"
    total, rest = 9, int(metadata(table)["words_against"])
    expected = 2 * (3 * math.log(3 / (total * 3 / (total + rest))))
    assert boat["log_likelihood"] == pytest.approx(expected)
    against = study.keyness(small, "state:MAR", against="state:FRA", language="en", least=1)
    assert metadata(against)["words_against"] == "6"


def test_dispersion_of_a_word_in_one_meeting_only(small: Archive) -> None:
    (boat, lamp) = rows(study.dispersion(small, ["boat", "lamp"]))
    assert (boat["hits"], boat["parts"], boat["range"]) == (3, 2, 1)
    sizes = [boat["words"]]
    assert sizes[0] == lamp["words"]
    assert lamp["range"] == 2
    assert float(str(boat["dp"])) > float(str(lamp["dp"]))


def test_runs_of_words_do_not_cross_paragraphs(small: Archive) -> None:
    runs = {r["run"]: r["hits"] for r in rows(study.ngrams(small, 2, least=1, language="en"))}
    assert runs["red lamp"] == 2
    assert runs["lamp burns"] == 2
    assert runs["a boat"] == 3
    assert "here red" not in runs
    long = rows(study.ngrams(small, 3, least=1, word="boat", language="en"))
    assert all("boat" in str(r["run"]).split() for r in long)


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_runs_are_those_of_a_plain_count(specimen_archive: Archive, length: int) -> None:
    counted: Counter[str] = Counter()
    total = 0
    english = specimen_archive.record("S/PV.99902/en")
    from mahdar.archive.rows import element_rows

    for speech in element_rows(english):
        for paragraph in speech.paragraphs:
            forms = analyser("en").forms(paragraph.text)
            total += max(0, len(forms) - length + 1)
            counted.update(" ".join(forms[n : n + length]) for n in range(len(forms) - length + 1))
    table = study.ngrams(specimen_archive, length, least=2, language="en", size=10_000)
    assert {r["run"]: r["hits"] for r in rows(table)} == {
        run: hits for run, hits in counted.items() if hits >= 2
    }
    assert metadata(table)["runs"] == str(total)


def test_who_cites_what(small: Archive) -> None:
    (row,) = rows(study.citations(small))
    assert (row["who"], row["cited"], row["times"], row["speeches"], row["of_speeches"]) == (
        "RUS", "S/RES/1325(2000)", 1, 1, 2,
    )  # fmt: skip
    (row,) = rows(study.citations(small, by="speaker", where="state:RUS"))
    assert row["name"] == "Ivanov (RUS)"


def test_who_speaks_with_whom(small: Archive) -> None:
    pairs = {(r["one"], r["other"]): r for r in rows(study.together(small, least=1))}
    assert {pair: r["meetings"] for pair, r in pairs.items()} == {
        ("FRA", "RUS"): 2, ("FRA", "MAR"): 1, ("MAR", "RUS"): 1,
    }  # fmt: skip
    assert pairs["FRA", "RUS"]["of_all"] == 3
    assert pairs["MAR", "RUS"]["likeness"] == pytest.approx(1 / 3)


def test_languages_are_not_counted_together(small: Archive) -> None:
    with pytest.raises(QueryError, match="--language"):
        study.ngrams(small, 2)


@pytest.mark.parametrize("form", FORMS)
def test_every_table_is_text_and_data(small: Archive, form: str) -> None:
    for table in (
        study.concordance(small, "lamp"), study.frequencies(small, "lamp"),
        study.collocations(small, "مصباح", least=1), study.dispersion(small, ["lamp"]),
        study.keyness(small, "state:MAR", language="en", least=1), study.citations(small),
        study.ngrams(small, 2, language="ar", least=1), study.together(small),
    ):  # fmt: skip
        assert publish_table(table, form)


def test_an_arabic_concordance_reads_from_right_to_left(small: Archive) -> None:
    table = study.concordance(small, "مصباح")
    line = concordance_text(table, 20).splitlines()[1]
    # What comes after the word is printed first, at the left, each stretch in its own direction.
    assert line.index("يضيء") < line.index("[والمصباح]") < line.index("المرفأ،")
    assert line.count("\u2067") == 3


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("frequencies", lambda a: study.frequencies(a, "منارة", by="state")),
        ("collocations", lambda a: study.collocations(a, "灯", least=2)),
        ("keyness", lambda a: study.keyness(a, "state:CRI", language="ar", least=2)),
        ("ngrams", lambda a: study.ngrams(a, 2, language="ru", least=2)),
        ("dispersion", lambda a: study.dispersion(a, ["lamp", "boat"], by="state", language="en")),
        ("citations", lambda a: study.citations(a, kind="state")),
        ("together", lambda a: study.together(a, least=1)),
    ],
)
def test_pictures_are_drawn(specimen_archive: Archive, kind: Kind, make: object) -> None:
    from mahdar.study.plots import draw

    table = make(specimen_archive)  # type: ignore[operator]
    svg = draw(table, kind, title="منارات 灯塔").decode()
    assert svg.startswith("<svg")
    png = draw(table, kind, to="png")
    assert png.startswith(b"\x89PNG")


def test_measures_agree_with_worked_examples() -> None:
    from mahdar.study.measures import contingency_log_likelihood

    # The four cells by hand: 30, 70, 20, 880.
    cells = {(30, 100 * 50 / 1000), (70, 100 * 950 / 1000), (20, 900 * 50 / 1000),
             (880, 900 * 950 / 1000)}  # fmt: skip
    by_hand = 2 * sum(o * math.log(o / e) for o, e in cells)
    got = contingency_log_likelihood(np.array([30.0]), 100, np.array([50.0]), 1000)
    assert float(got[0]) == pytest.approx(by_hand)


def test_printed_acts_are_counted_as_words_too(tmp_path: Path) -> None:
    made = record(9, "2003-01-01", [("RUS", "Ivanov", "One two three.")])
    import msgspec

    made = msgspec.structs.replace(made, body=(Act("opened", "The meeting was opened.", ()),
                                               *made.body))  # fmt: skip
    archive = open_archive(tmp_path / "archive")
    archive.add([write_record(made, tmp_path / "1.json")])
    assert metadata(study.concordance(archive, "meeting")) == {"hits": "1", "words": "8"}
    close(archive)
