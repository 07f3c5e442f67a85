"""The Index to Proceedings, against what is known of the specimen and of a real record."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pypdfium2
import pytest

from mahdar import index, open_archive
from mahdar.analysis.analyser import analyser
from mahdar.api.archive import Archive
from mahdar.errors import ArchiveError
from mahdar.study.proceedings import words
from mahdar.study.proceedings_forms import publish_proceedings
from mahdar.topics import find_topic, topics
from mahdar.topics.assign import _count
from tests.archives import LANGUAGES, close
from tests.conftest import record_path


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_specimen_is_indexed_in_each_language(specimen_archive: Archive, code: str) -> None:
    made = index(2031, specimen_archive, language=code)
    (meeting,) = made.meetings
    assert (meeting.symbol, meeting.date, set(meeting.languages)) == (
        "S/PV.99902", "2031-06-04", set(LANGUAGES)
    )  # fmt: skip
    assert all(speech.address.startswith(f"S/PV.99902/{code}@1") for speech in made.speeches)
    assert "TCD" in {speech.body for speech in made.speeches}
    (adopted, rejected) = made.votes
    assert (adopted.outcome, adopted.counts) == ("adopted", (12, 1, 2))
    assert (rejected.outcome, rejected.counts) == ("rejected", (4, 6, 5))
    assert sorted(adopted.casts.values()).count("in_favour") == 12
    assert {d.symbol for d in made.documents} >= {"S/2031/141", "S/2031/98/Add.1"}


def test_subjects_have_their_scores_and_reasons(specimen_archive: Archive) -> None:
    made = index(2031, specimen_archive)
    subjects = [subject for speech in made.speeches for subject in speech.subjects]
    assert all(0.45 <= s.score <= 1 and s.why in {"agenda", "words", "meaning"} for s in subjects)
    assert set(made.subjects) == {s.name for s in subjects}


def test_a_year_without_meetings_says_which_there_are(specimen_archive: Archive) -> None:
    with pytest.raises(ArchiveError, match="2031"):
        index(1950, specimen_archive)
    with pytest.raises(ArchiveError, match="ar, en"):
        index(2031, specimen_archive, language="de")


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_are_in_the_language_and_its_direction(specimen_archive: Archive, code: str) -> None:
    made = index(2031, specimen_archive, language=code)
    page = publish_proceedings(made, "html")[".html"].decode()
    assert f'<html lang="{code}" dir="{"rtl" if code == "ar" else "ltr"}">' in page
    for section in ("meetings", "by_state", "by_speaker", "documents", "votes"):
        assert words()[section][code] in page
    pdf = pypdfium2.PdfDocument(publish_proceedings(made, "pdf")[".pdf"])
    text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "99902" in text
    if code != "ar":  # where PDFium turns symbols around that stand right on the page
        assert "S/PV.99902" in text
        assert "S/2031/141" in text


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("ar", "٤ حزيران/يونيه ٢٠٣١"), ("en", "4 June 2031"), ("es", "4 de junio de 2031"),
        ("fr", "4 juin 2031"), ("ru", "4 июня 2031 года"), ("zh", "2031年6月4日"),
    ],
)  # fmt: skip
def test_days_and_numbers_are_written_as_the_language_does(
    specimen_archive: Archive, code: str, day: str
) -> None:
    made = index(2031, specimen_archive, language=code)
    page = publish_proceedings(made, "html")[".html"].decode()
    assert f"<td><bdi>{day}</bdi></td>" in page
    assert "2031-06-04" not in page
    if code == "ar":
        assert "<h1>فهرس وقائع الأمم المتحدة، ٢٠٣١</h1>" in page
        assert "١٢–١–٢" in page  # the result of the vote on S/2031/150
        assert not re.search(r"<bdi>[^<]*\b0\.\d\d", page)
    else:
        assert "12–1–2" in page


def test_csv_tables_hold_every_vote_that_was_cast(specimen_archive: Archive) -> None:
    made = index(2031, specimen_archive)
    files = publish_proceedings(made, "csv")
    assert set(files) == {
        "meetings.csv", "speeches.csv", "subjects.csv", "documents.csv", "votes.csv"
    }  # fmt: skip
    votes = list(csv.DictReader(io.StringIO(files["votes.csv"].decode())))
    assert len(votes) == 30
    assert {row["cast"] for row in votes} == {"in_favour", "against", "abstaining"}


def test_names_from_records_cannot_become_markup(specimen_archive: Archive) -> None:
    import msgspec

    made = index(2031, specimen_archive)
    speech = msgspec.structs.replace(made.speeches[0], speaker="<script>alert(1)</script>")
    page = publish_proceedings(msgspec.structs.replace(made, speeches=(speech,)), "html")
    assert b"<script>" not in page[".html"]


def test_the_index_of_a_real_year(tmp_path: Path) -> None:
    archive = open_archive(tmp_path / "archive")
    archive.add([record_path("S-PV.3756.en.pdf")])
    made = index(1997, archive)
    # By hand, from the record: who spoke, and the result of the vote on S/1997/241.
    spoke = {speech.body for speech in made.speeches if speech.body != "PRESIDENT"}
    expected = "EGY CRI JPN CHN USA FRA RUS PRT SWE PSE ISR"
    assert spoke == set(expected.split())
    (vote,) = made.votes
    assert vote.counts == (13, 1, 1)
    assert (vote.casts["USA"], vote.casts["CRI"]) == ("against", "abstaining")
    names = {s.code for speech in made.speeches for s in speech.subjects}
    assert "palestine" in names
    egypt = next(s for s in made.speeches if s.body == "EGY")
    assert re.match(r"S/PV\.3756, p\. 2$", egypt.cited)
    close(archive)


def test_topics_are_known_by_their_names_in_all_languages() -> None:
    for topic in topics().values():
        assert set(topic.names) == set(LANGUAGES)
        for name in topic.names.values():
            assert find_topic(name) == topic.code
        assert all(term.strip() for terms in topic.terms.values() for term in terms)


def test_a_term_within_a_longer_one_is_not_counted_again() -> None:
    assert dict(_count(["Nuclear disarmament."], analyser("en"))) == {"nuclear": 1}
    assert dict(_count(["Disarmament."], analyser("en"))) == {"disarmament": 1}
