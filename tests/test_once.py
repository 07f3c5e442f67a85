"""What is said in a meeting counts once, and who says it is one person, in all its languages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest

from mahdar import open_archive
from mahdar.api.archive import Archive
from mahdar.archive.once import left_out
from mahdar.archive.spellings import any_in_several_languages, same_people, spellings
from mahdar.archive.tables import models
from mahdar.languages import load_language
from mahdar.model import Record, Turn
from mahdar.resolving import resolve_record
from mahdar.study.profiles import cited_most, most_cited, profile
from tests.archives import LANGUAGES, close, made_specimen, numbered, write_record


def archive_of(place: str | Path, records: Sequence[Record], folder: Path) -> Archive:
    archive = open_archive(place)
    for number, record in enumerate(records):
        archive.add([write_record(record, folder / f"{number}.json")])
    archive.indexes.catch_up()
    return archive


@pytest.mark.parametrize(
    ("held", "wanted", "kept"),
    [
        (LANGUAGES, "ar", "ar"), (LANGUAGES, "zh", "zh"), (LANGUAGES, "en", "en"),
        (("ar", "fr", "en"), "zh", "en"),  # the second choice is English
        (("ar", "fr", "ru"), "zh", "ar"),  # then the first by its code
        (("ru",), "zh", "ru"),
    ],
)  # fmt: skip
def test_one_record_of_a_meeting_is_counted(
    place: str, tmp_path: Path, held: Sequence[str], wanted: str, kept: str
) -> None:
    archive = archive_of(place, [made_specimen(code) for code in held], tmp_path)
    out = left_out(archive.alias, wanted).values_list("language", flat=True)
    assert sorted([*out, kept]) == sorted(held)
    counted = archive.searcher().tally(f"kind:turn once:{wanted}", {"language": 9})
    assert counted["language"] == [(kept, 20)]
    assert counted[""] == [("", 20)]
    close(archive)


def test_meetings_are_counted_apart_and_old_versions_not_at_all(tmp_path: Path) -> None:
    english, arabic = made_specimen("en"), made_specimen("ar")
    final = msgspec.structs.replace(english, status="final")
    records = [english, arabic, final, numbered(arabic, 50001)]
    archive = archive_of(tmp_path / "archive", records, tmp_path)
    tally = archive.searcher().tally
    assert tally("state:CHN kind:turn", {})[""] == [("", 3)]
    assert tally("state:CHN kind:turn once:en", {"language": 9}) == {
        "": [("", 2)], "language": [("ar", 1), ("en", 1)],
    }  # fmt: skip
    assert tally("state:CHN kind:turn once:ar", {"language": 9})["language"] == [("ar", 2)]
    # What is left out is what there is but that.
    assert tally("state:CHN kind:turn -once:en", {"language": 9})["language"] == [("ar", 1)]
    close(archive)


def test_a_profile_counts_each_speech_once(specimen_archive: Archive) -> None:
    archive, searcher = specimen_archive, specimen_archive.searcher()
    every = profile(archive, searcher, "state", "CHN")
    once = profile(archive, searcher, "state", "CHN", once="zh")
    assert (every.speeches, once.speeches) == (6, 1)
    assert once.query == "state:CHN kind:turn once:zh"
    assert [searcher.search(p.query).total for p in (every, once)] == [6, 1]
    # The one speaker of China, with the name as Chinese prints it.
    ((number, times),) = once.speakers
    assert times == 1
    assert models.Person.objects.using(archive.alias).get(pk=number).name == "林月"


def test_what_is_cited_counts_once(specimen_archive: Archive) -> None:
    # The President names resolution 2999 (2031) once, when it has been adopted.
    alias = specimen_archive.alias
    codes = [each.code for each in spellings(alias, "CRI:montero-rivas")]
    every = cited_most(specimen_archive, "person", codes, 99)
    once = cited_most(specimen_archive, "person", codes, 99, once="zh")
    assert {c.target: c.times for c in every}["S/RES/2999(2031)"] == 6
    assert {c.target: c.times for c in once}["S/RES/2999(2031)"] == 1
    listed = most_cited(specimen_archive, begins="S/RES/2999", once="ar")
    assert [(c.target, c.times, within) for c, within in listed] == [("S/RES/2999(2031)", 1, 1)]


# Who speaks in the specimen, as the six languages print the names.
PRINTED = {
    "RUS:orlov": {"Orlov", "أورلوف", "奥尔洛夫"},
    "CHN:lin-yue": {"Lin Yue", "لين يوي", "林月"},
    "USA:whitfield": {"Whitfield", "Уитфилд", "ويتفيلد", "惠特菲尔德"},
    "TCD:idriss": {"Idriss", "Идрис", "إدريس", "伊德里斯"},
    "FRA:dubois": {"Dubois", "Дюбуа", "دوبوا", "杜布瓦"},
    "JOR:al-khatib": {"Al-Khatib", "الخطيب", "哈提卜"},
    # Russian prints the first name in the accusative alone ("приглашаю г-жу Надю бен Салем").
    "AU:nadia-ben-salem": {"Nadia Ben Salem", "ناديا بن سالم", "бен Салем", "本·塞勒姆"},
}


@pytest.mark.parametrize("code", PRINTED)
def test_a_person_is_one_in_all_scripts(specimen_archive: Archive, code: str) -> None:
    found = spellings(specimen_archive.alias, code)
    assert found[0].code == code
    assert {each.name for each in found} == PRINTED[code]
    assert sorted(language for each in found for language in each.languages) == list(LANGUAGES)
    # From whichever of them one begins, they are the same.
    for other in found[1:]:
        again = spellings(specimen_archive.alias, other.code)
        assert again[0].code == other.code
        assert {each.name for each in again} == PRINTED[code]


def test_a_person_counts_once_whatever_the_script(specimen_archive: Archive) -> None:
    codes = [each.code for each in spellings(specimen_archive.alias, "RUS:orlov")]
    searcher = specimen_archive.searcher()
    for language, name in (("ar", "أورلوف"), ("ru", "Orlov"), ("zh", "奥尔洛夫")):
        held = profile(specimen_archive, searcher, "person", codes[0], codes[1:], once=language)
        assert held.speeches == 1
        ((number, _),) = held.speakers
        assert models.Person.objects.using(specimen_archive.alias).get(pk=number).name == name


def numbers_of(archive: Archive, codes: Sequence[str]) -> list[int]:
    held = dict(models.Person.objects.using(archive.alias).values_list("code", "pk"))
    return [held[code] for code in codes]


def test_whether_any_meeting_is_there_twice(tmp_path: Path) -> None:
    english = made_specimen("en")
    final = msgspec.structs.replace(english, status="final")
    records = [english, final, numbered(made_specimen("ar"), 50001)]
    archive = archive_of(tmp_path / "archive", records, tmp_path)
    assert not any_in_several_languages(archive.alias)  # two versions, two meetings
    archive.add([write_record(made_specimen("fr"), tmp_path / "fr.json")])
    assert any_in_several_languages(archive.alias)
    close(archive)


@pytest.mark.parametrize(
    ("prefer", "orlov", "dubois"),
    [
        ("ar", "RUS:wrlwf", "FRA:dwbw"), ("zh", "RUS:aoerluofu", "FRA:dubuwa"),
        ("ru", "RUS:orlov", "FRA:dyubua"), ("en", "RUS:orlov", "FRA:dubois"),
    ],
)  # fmt: skip
def test_people_of_a_list_are_brought_together(
    specimen_archive: Archive, prefer: str, orlov: str, dubois: str
) -> None:
    codes = ["RUS:aoerluofu", "FRA:dubuwa", "FRA:dyubua", "RUS:orlov", "FRA:dwbw", "RUS:wrlwf",
             "FRA:dubois", "TCD:drys"]  # fmt: skip
    numbers = numbers_of(specimen_archive, codes)
    same = same_people(specimen_archive.alias, numbers, prefer)
    back = dict(zip(numbers, codes, strict=True))
    assert {back[one]: back[other] for one, other in same.items()} == {
        **dict.fromkeys(("RUS:aoerluofu", "RUS:orlov", "RUS:wrlwf"), orlov),
        **dict.fromkeys(("FRA:dubuwa", "FRA:dyubua", "FRA:dwbw", "FRA:dubois"), dubois),
        "TCD:drys": "TCD:drys",
    }


def test_who_names_a_person_counts_once(specimen_archive: Archive) -> None:
    codes = [each.code for each in spellings(specimen_archive.alias, "AU:nadia-ben-salem")]
    for language in LANGUAGES:
        held = profile(
            specimen_archive, specimen_archive.searcher(), "person", codes[0], codes[1:],
            once=language,
        )  # fmt: skip
        assert held.named == 2  # the President invites her, and gives her the floor
        assert held.speeches == 1


def test_nobody_is_nobody(specimen_archive: Archive) -> None:
    assert spellings(specimen_archive.alias, "RUS:nobody") == ()


def test_two_who_have_the_same_turn_are_two_where_names_do_not_sound_alike(tmp_path: Path) -> None:
    # As where turns were counted otherwise, and two of one delegation come to stand side by side.
    russian = made_specimen("ru")
    body = tuple(
        msgspec.structs.replace(
            item, speaker=msgspec.structs.replace(item.speaker, name="Кузьминых")
        )
        if isinstance(item, Turn) and item.affiliation and item.affiliation.code == "RUS"
        else item
        for item in russian.body
    )
    russian = resolve_record(msgspec.structs.replace(russian, body=body), load_language("ru"))
    archive = archive_of(tmp_path / "archive", [made_specimen("en"), russian], tmp_path)
    assert [s.name for s in spellings(archive.alias, "RUS:orlov")] == ["Orlov"]
    assert [s.name for s in spellings(archive.alias, "RUS:kuzminykh")] == ["Кузьминых"]
    one, other = numbers_of(archive, ["RUS:orlov", "RUS:kuzminykh"])
    assert same_people(archive.alias, [one, other], "en") == {one: one, other: other}
    close(archive)


def test_names_alone_make_nobody_one(tmp_path: Path) -> None:
    # The same name in another meeting, in another language, of another delegation.
    arabic = numbered(made_specimen("ar"), 50001)
    archive = archive_of(tmp_path / "archive", [made_specimen("en"), arabic], tmp_path)
    assert [s.name for s in spellings(archive.alias, "RUS:orlov")] == ["Orlov"]
    close(archive)
