"""Keep records: what goes in comes out, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
import pytest

from mahdar import add, open_archive, specimen_path
from mahdar.api.archive import Archive
from mahdar.archive.place import place_of
from mahdar.archive.rows import element_rows
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError, UnreadableFile
from mahdar.model.formats import content_of, sealed
from mahdar.model.record import Origin
from mahdar.publishing.publish import read_json
from tests.archives import LANGUAGES, close, made_specimen, numbered, write_record


@pytest.fixture
def archive(place: str) -> Archive:
    return open_archive(place)


def test_what_goes_in_comes_out(archive: Archive, specimens: Path) -> None:
    added = archive.add([specimens])
    assert (added.files, added.new, added.unread) == (6, 6, [])
    for code in LANGUAGES:
        read = read_json((specimens / f"{code}.json").read_bytes(), code)
        assert content_of(archive.record(f"S/PV.99902/{code}")) == content_of(read)
    assert [(e.key, e.language) for e in archive.entries()] == [
        ("S/PV.99902", code) for code in LANGUAGES
    ]


def test_the_same_file_again_changes_nothing(archive: Archive, specimens: Path) -> None:
    archive.add([specimens])
    before = list(models.Record.objects.using(archive.alias).values_list("pk", "added"))
    again = archive.add([specimens, specimens / "ar.json"])
    assert (again.new, again.same) == (0, 6)
    assert list(models.Record.objects.using(archive.alias).values_list("pk", "added")) == before


def test_a_record_is_read_from_any_file_that_can_be_read(archive: Archive) -> None:
    assert archive.add([specimen_path()]).new == 1
    assert archive.record("S/PV.99901").language == "ar"


def test_a_newer_version_supersedes_the_older_which_stays(archive: Archive, tmp_path: Path) -> None:
    first = made_specimen("en")
    corrected = msgspec.structs.replace(first, status="final", closed_at="17:00")
    archive.add([write_record(first, tmp_path / "1.json")])
    added = archive.add([write_record(corrected, tmp_path / "2.json")])
    assert (added.new, added.newer) == (0, 1)
    assert archive.record("S/PV.99902").closed_at == "17:00"
    assert content_of(archive.record("S/PV.99902@1")) == content_of(first)
    assert content_of(archive.record("S/PV.99902/en@2")) == content_of(corrected)
    assert [e.version for e in archive.entries()] == [2]
    assert [e.version for e in archive.entries(versions=True)] == [1, 2]


def test_a_provisional_record_does_not_supersede_a_final_one(
    archive: Archive, tmp_path: Path
) -> None:
    provisional = made_specimen("en")
    final = msgspec.structs.replace(provisional, status="final")
    archive.add([write_record(sealed(final, Origin("read")), tmp_path / "1.json")])
    added = archive.add([write_record(sealed(provisional, Origin("read")), tmp_path / "2.json")])
    assert (added.older, added.newer) == (1, 0)
    assert archive.record("S/PV.99902").status == "final"


def test_a_file_that_cannot_be_read_stops_nothing(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Dear Sir, thank you for the cake.", encoding="utf-8")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 and then nothing")
    (tmp_path / "c.json").write_text('{"symbol": 5}', encoding="utf-8")
    write_record(made_specimen("fr"), tmp_path / "d.json")
    added = archive.add([tmp_path])
    assert (added.files, added.new) == (4, 1)
    assert [Path(unread.path).name for unread in added.unread] == ["a.txt", "b.pdf", "c.json"]
    assert all(unread.reason for unread in added.unread)
    assert [Path(path).name for path, _ in archive.unread()] == ["a.txt", "b.pdf", "c.json"]


def test_a_missing_path_is_an_error_at_once(archive: Archive) -> None:
    with pytest.raises(UnreadableFile, match="nowhere"):
        archive.add(["nowhere"])


def test_removing_takes_all_of_a_record_and_nothing_else(archive: Archive, specimens: Path) -> None:
    archive.add([specimens])
    assert archive.remove("S/PV.99902/fr") == 1
    assert [e.language for e in archive.entries()] == ["ar", "en", "es", "ru", "zh"]
    assert archive.searcher().search("language:fr").total == 0
    assert archive.remove("S/PV.99902") == 5
    assert not models.Element.objects.using(archive.alias).exists()
    assert not models.Source.objects.using(archive.alias).exists()
    with pytest.raises(ArchiveError, match="mahdar list"):
        archive.remove("S/PV.99902")


def test_removing_the_current_version_brings_the_one_before_back(
    archive: Archive, tmp_path: Path
) -> None:
    first = made_specimen("en")
    archive.add([write_record(first, tmp_path / "1.json")])
    second = msgspec.structs.replace(first, closed_at="18:00")
    archive.add([write_record(second, tmp_path / "2.json")])
    archive.remove("S/PV.99902/en@2")
    assert content_of(archive.record("S/PV.99902")) == content_of(first)
    assert archive.searcher().search("lighthouses").total > 0


def test_asking_for_what_is_not_there_says_what_is(archive: Archive, specimens: Path) -> None:
    archive.add([specimens / "ar.json", specimens / "en.json"])
    with pytest.raises(ArchiveError, match=r"S/PV\.99902"):
        archive.record("S/PV.999")
    with pytest.raises(ArchiveError, match="ar, en"):
        archive.record("S/PV.99902")
    assert archive.record("S/PV.99902", "en").language == "en"


def test_verifying_a_whole_archive_finds_nothing_wrong(archive: Archive, specimens: Path) -> None:
    archive.add([specimens])
    found = archive.verify()
    assert (found.wrong, found.versions, found.records, found.behind) == ([], 6, 6, 0)
    assert found.elements == models.Element.objects.using(archive.alias).count()
    assert found.without_vectors == 6


@pytest.mark.parametrize("damage", ["contents", "text", "element", "vote", "digest"])
def test_verifying_finds_what_was_changed_behind_its_back(
    archive: Archive, specimens: Path, damage: str
) -> None:
    archive.add([specimens / "en.json", specimens / "fr.json"])
    row = models.Record.objects.using(archive.alias).get(language="en")
    if damage == "contents":
        models.Record.objects.using(archive.alias).filter(pk=row.pk).update(contents=b"rubbish")
    elif damage == "digest":
        models.Record.objects.using(archive.alias).filter(pk=row.pk).update(digest="0" * 64)
    elif damage == "text":
        one = models.Paragraph.objects.using(archive.alias).filter(element__record=row).last()
        assert one is not None
        models.Paragraph.objects.using(archive.alias).filter(pk=one.pk).update(text="changed")
    elif damage == "element":
        some = models.Element.objects.using(archive.alias).filter(record=row)
        some.filter(number=6).delete()
    else:
        models.Cast.objects.using(archive.alias).filter(vote__record=row, state="FRA").delete()
    found = archive.verify()
    assert any(wrong.startswith("S/PV.99902/en@1") for wrong in found.wrong)
    assert found.versions == 1


def test_lost_indexes_are_made_anew(archive: Archive, specimens: Path) -> None:
    archive.add([specimens])
    total = archive.searcher().search("S").total
    archive.indexes.forget()
    assert archive.verify().behind == 6
    mended = archive.verify(mend=True)
    assert (mended.behind, mended.wrong) == (0, [])
    assert mended.mended
    assert archive.searcher().search("S").total == total


def test_damaged_columns_are_found_and_mended(archive: Archive, specimens: Path) -> None:
    archive.add([specimens])
    tokens = archive.indexes.columns_folder / "en" / "tokens.u32"
    tokens.write_bytes(tokens.read_bytes()[:100])
    assert any("tokens.u32" in wrong for wrong in archive.verify().wrong)
    assert archive.verify(mend=True).wrong == []


def test_exported_records_make_the_same_archive(
    archive: Archive, specimens: Path, tmp_path: Path
) -> None:
    from mahdar import export

    archive.add([specimens])
    assert export(tmp_path / "out", archive) == 6
    other = open_archive(tmp_path / "other")
    assert other.add([tmp_path / "out"]).new == 6
    assert list(other.records()) == list(archive.records())
    close(other)


@pytest.mark.parametrize("to", ["csv", "parquet"])
def test_tables_of_all_records_are_written_together(
    archive: Archive, specimens: Path, tmp_path: Path, to: str
) -> None:
    import pyarrow.csv
    import pyarrow.parquet

    from mahdar import export

    archive.add([specimens])
    export(tmp_path / "out", archive, to=to)  # type: ignore[arg-type]
    path = tmp_path / "out" / f"turns.{to}"
    table = pyarrow.csv.read_csv(path) if to == "csv" else pyarrow.parquet.read_table(path)
    turns = sum(len(record.turns()) for record in archive.records())
    assert table.num_rows == turns
    assert not list((tmp_path / "out").glob(".*"))


def test_records_without_a_symbol_are_kept_too(archive: Archive, tmp_path: Path) -> None:
    record = msgspec.structs.replace(made_specimen("es"), symbol=None)
    archive.add([write_record(record, tmp_path / "1.json")])
    (entry,) = archive.entries()
    assert entry.key.startswith("unnamed/")
    assert content_of(archive.record(f"{entry.key}/es")) == content_of(record)


def test_several_processes_read_as_one_does(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    for number in range(12):
        write_record(numbered(made_specimen("en"), 800 + number), folder / f"{number}.json")
    (folder / "bad.json").write_text("{", encoding="utf-8")
    added = archive.add([folder], workers=2)
    assert (added.new, len(added.unread)) == (12, 1)
    assert archive.verify().wrong == []


def test_places_are_named_without_their_password() -> None:
    place = place_of("postgresql://me:secret@db.example:5433/records")
    assert "secret" not in place.shown
    with pytest.raises(ArchiveError, match="postgresql://"):
        place_of("mysql://me@db/records")


def test_no_archive_is_made_by_asking(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="mahdar add"):
        open_archive(tmp_path / "none", make=False)
    assert not (tmp_path / "none").exists()


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mahdar.sqlite3").write_text("this is no database at all, " * 50)
    with pytest.raises(ArchiveError, match="cannot be opened"):
        open_archive(tmp_path)


def test_a_record_that_the_database_refuses_stops_nothing(archive: Archive, tmp_path: Path) -> None:
    odd = msgspec.structs.replace(made_specimen("en"), place="New\x00York", symbol="S/" + "9" * 400)
    write_record(odd, tmp_path / "1.json")
    write_record(made_specimen("fr"), tmp_path / "2.json")
    added = archive.add([tmp_path])
    assert added.new + len(added.unread) == 2
    assert "S/PV.99902" in {entry.key for entry in archive.entries()}
    assert archive.verify().wrong == []


def test_of_several_versions_left_the_newest_becomes_current(
    archive: Archive, tmp_path: Path
) -> None:
    first = made_specimen("en")
    for hour in (16, 17, 18):
        changed = msgspec.structs.replace(first, closed_at=f"{hour}:00")
        archive.add([write_record(changed, tmp_path / f"{hour}.json")])
    archive.remove("S/PV.99902/en@3")
    assert archive.record("S/PV.99902").closed_at == "17:00"


def test_what_an_interrupted_run_put_into_the_index_is_there_once(
    archive: Archive, specimens: Path
) -> None:
    archive.add([specimens])
    total = archive.searcher().search("kind:turn").total
    # Killed after the index was committed and before it was noted that it was.
    (archive.indexes.folder / "words.json").write_text('{"format": 1, "open": true}')
    assert archive.indexes.catch_up() == 6
    assert archive.searcher().search("kind:turn").total == total
    assert archive.verify().wrong == []


def test_paragraphs_are_counted_through_all_parts_of_a_turn() -> None:
    rows = [row for row in element_rows(made_specimen("en")) if row.kind == "turn"]
    parted = {row.turn_number for row in rows if row.part_number > 1}
    assert parted
    for turn in parted:
        numbers = [
            p.paragraph_number for row in rows if row.turn_number == turn for p in row.paragraphs
        ]
        assert numbers == list(range(1, len(numbers) + 1))


def test_a_meeting_without_an_agenda_is_listed_by_its_headings(
    archive: Archive, tmp_path: Path
) -> None:
    record = msgspec.structs.replace(made_specimen("en"), agenda=())
    archive.add([write_record(record, tmp_path / "1.json")])
    (entry,) = archive.entries()
    assert "Lighthouses and the safety of small boats" in entry.title


def test_nothing_outside_a_folder_is_read(tmp_path: Path) -> None:
    """Links that lead out of it, pipes and devices are told of, and never opened."""
    folder, elsewhere = tmp_path / "records", tmp_path / "elsewhere"
    for made in (folder, elsewhere):
        made.mkdir()
    (elsewhere / "secret.txt").write_bytes(specimen_path().read_bytes())
    (folder / "link.txt").symlink_to(elsewhere / "secret.txt")
    (folder / "others").symlink_to(elsewhere)
    (folder / "nowhere.txt").symlink_to(folder / "none.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "own.txt").write_bytes(specimen_path().read_bytes())
    (folder / "again.txt").symlink_to(folder / "own.txt")
    added = add([folder], tmp_path / "archive")
    assert (added.files, added.new, added.same) == (7, 1, 1)
    assert {Path(unread.path).name: unread.reason.split("; ")[0] for unread in added.unread} == {
        "link.txt": "it is a link that leads out of the folder",
        "others": "it is a link that leads out of the folder",
        "nowhere.txt": "it is a link that leads nowhere",
        "pipe.txt": "it is a pipe or a device",
        "zero.txt": "it is a link that leads out of the folder",
    }
