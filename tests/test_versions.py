"""Versions say where they come from; what people decided is displaced by no reading."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner

import mahdar
from mahdar import open_archive
from mahdar._version import __version__
from mahdar.api.archive import Archive
from mahdar.archive.descent import Version
from mahdar.archive.origins import claim_of
from mahdar.archive.tables import models
from mahdar.cli.main import main
from mahdar.errors import ArchiveError
from mahdar.model import Record
from mahdar.model.formats import content_of, is_sealed, seal_of, sealed
from mahdar.model.record import Origin
from mahdar.publishing.publish import publish
from mahdar.web import opened
from tests.archives import close, made_specimen, write_record
from tests.site import page, reader

KEY = "S/PV.99902"
PROGRAM = f"mahdar {__version__}"


@pytest.fixture
def archive(place: str) -> Archive:
    return open_archive(place)


@functools.cache
def printed() -> str:
    """Return the invented meeting as a text to be read."""
    (text,) = publish(made_specimen("en"), "text").values()
    return text.decode()


def text_file(path: Path, word: str = "windy") -> Path:
    """Write the invented meeting to a file, with a word of its first turn."""
    whole = printed().replace("a windy afternoon", f"a {word} afternoon")
    path.write_text(whole, encoding="utf-8")
    return path


def exported(archive: Archive, folder: Path) -> Path:
    """Return the one file that the archive exports."""
    assert mahdar.export(folder, archive) == 1
    (path,) = folder.glob("*.json")
    return path


def by_hand(path: Path, target: Path, word: str = "stormy") -> Path:
    """Write down what somebody makes of a JSON file with an editor of texts."""
    text = path.read_text(encoding="utf-8")
    assert text.count("a windy afternoon") == 1
    target.write_text(text.replace("a windy afternoon", f"a {word} afternoon"), encoding="utf-8")
    return target


def words(archive: Archive, address: str = KEY) -> str:
    """Return the word by which the versions of the tests differ."""
    first = archive.record(address).turns()[0].paragraphs[0].text
    return first.partition("coming on a ")[2].partition(" afternoon")[0]


def numbered(archive: Archive) -> list[Version]:
    """Return all versions in the order in which they came."""
    return sorted(archive.versions(), key=lambda version: version.version)


def corrected(archive: Archive, tmp_path: Path, **more: Any) -> Any:
    """Put in a reading, and a correction of it by hand; return what came of the second."""
    archive.add([text_file(tmp_path / "record.txt")])
    return archive.add(
        [by_hand(exported(archive, tmp_path / "out"), tmp_path / "hand.json")], **more
    )


def test_a_reading_says_which_program_read_it_and_is_sealed(tmp_path: Path) -> None:
    record = mahdar.read(text_file(tmp_path / "record.txt"))
    assert record.origin is not None
    assert (record.origin.how, record.origin.by) == ("read", PROGRAM)
    assert record.origin.based_on is None
    assert is_sealed(record)
    printed = CliRunner().invoke(main, ["read", "--format", "json", str(tmp_path / "record.txt")])
    assert json.loads(printed.output)["origin"] == {
        "how": "read", "by": PROGRAM, "seal": seal_of(content_of(record)),
    }  # fmt: skip


def test_contents_are_kept_without_and_given_out_with_their_origin(
    archive: Archive, tmp_path: Path
) -> None:
    path = text_file(tmp_path / "record.txt")
    archive.add([path])
    (entry,) = archive.versions()
    assert (entry.origin, entry.by, entry.base) == ("read", PROGRAM, "")
    assert archive.record(KEY) == mahdar.read(path)
    row = models.Record.objects.using(archive.alias).get()
    assert row.digest == seal_of(content_of(mahdar.read(path)))
    assert json.loads(exported(archive, tmp_path / "out").read_bytes())["origin"]["by"] == PROGRAM


def test_the_same_contents_by_another_program_are_the_same_record(
    archive: Archive, tmp_path: Path
) -> None:
    record = mahdar.read(text_file(tmp_path / "record.txt"))
    archive.add([tmp_path / "record.txt"])
    older = sealed(record, Origin("read", "mahdar 0.1.9"))
    added = archive.add([write_record(older, tmp_path / "older.json")])
    assert (added.same, added.new, added.newer) == (1, 0, 0)


def test_what_somebody_changed_by_hand_is_a_correction_of_it(
    archive: Archive, tmp_path: Path
) -> None:
    added = corrected(archive, tmp_path, by="N. Darwish")
    assert (added.newer, added.corrected) == (1, 1)
    second = archive.record(KEY)
    first = archive.record(f"{KEY}/en@1")
    assert words(archive) == "stormy"
    assert second.origin is not None
    assert first.origin is not None
    assert (second.origin.how, second.origin.by) == ("corrected", "N. Darwish")
    assert second.origin.based_on == f"{KEY}/en@1"
    assert second.origin.base_seal == first.origin.seal
    assert is_sealed(second)


def test_who_corrected_is_not_said_where_nobody_says_it(archive: Archive, tmp_path: Path) -> None:
    corrected(archive, tmp_path)
    assert [(e.version, e.origin, e.by, e.base) for e in numbered(archive)] == [
        (1, "read", PROGRAM, ""), (2, "corrected", "", f"{KEY}/en@1"),
    ]  # fmt: skip


def test_a_correction_is_based_on_what_its_seal_names_not_on_what_is_current(
    archive: Archive, tmp_path: Path
) -> None:
    archive.add([text_file(tmp_path / "record.txt")])
    first = exported(archive, tmp_path / "out")
    archive.add([text_file(tmp_path / "another.txt", "rainy")])
    assert words(archive) == "rainy"
    archive.add([by_hand(first, tmp_path / "hand.json")])
    assert [e.base for e in numbered(archive)] == ["", "", f"{KEY}/en@1"]


def test_a_correction_can_be_said_to_be_based_on_another_version(
    archive: Archive, tmp_path: Path
) -> None:
    archive.add([text_file(tmp_path / "record.txt")])
    first = exported(archive, tmp_path / "out")
    archive.add([text_file(tmp_path / "another.txt", "rainy")])
    archive.add([by_hand(first, tmp_path / "hand.json")], based_on=f"{KEY}/en@2")
    assert [e.base for e in numbered(archive)] == ["", "", f"{KEY}/en@2"]
    with pytest.raises(ArchiveError, match="mahdar list"):
        archive.add([first], based_on="S/PV.1/en@7")


def test_another_file_of_a_corrected_record_is_kept_beside(
    archive: Archive, tmp_path: Path
) -> None:
    corrected(archive, tmp_path)
    added = archive.add([text_file(tmp_path / "record.txt", "rainy")])
    assert (added.beside, added.newer, added.older, added.new) == (1, 0, 0, 0)
    assert words(archive) == "stormy"
    assert words(archive, f"{KEY}/en@3") == "rainy"
    assert [e.current for e in numbered(archive)] == [False, True, False]
    assert archive.searcher().search("stormy").total == 1
    assert archive.searcher().search("rainy").total == 0


def test_a_final_reading_displaces_no_correction_of_a_provisional_record(
    archive: Archive, tmp_path: Path
) -> None:
    corrected(archive, tmp_path)
    final = msgspec.structs.replace(mahdar.read(tmp_path / "record.txt"), status="final")
    path = write_record(sealed(final, Origin("read", PROGRAM)), tmp_path / "final.json")
    assert archive.add([path]).beside == 1
    assert words(archive) == "stormy"


def test_the_same_file_read_otherwise_by_a_later_program_is_kept_beside(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.reading import bounded, read_source
    from mahdar.sources.text import text_source

    corrected(archive, tmp_path)

    def later(data: bytes, name: str, options: object) -> Record:
        del options
        read = read_source(text_source(data.decode(), name))
        (paragraph, *rest) = read.record.turns()[0].paragraphs
        text = paragraph.text.replace("windy", "breezy")
        turn = msgspec.structs.replace(
            read.record.turns()[0],
            paragraphs=(msgspec.structs.replace(paragraph, text=text), *rest),
        )
        body = tuple(turn if b is read.record.turns()[0] else b for b in read.record.body)
        record = msgspec.structs.replace(read.record, body=body)
        return sealed(record, Origin("read", "mahdar 9.9"))

    monkeypatch.setattr(bounded, "read_bounded", later)
    assert archive.add([tmp_path / "record.txt"]).same == 1  # it was read before
    assert archive.add([tmp_path / "record.txt"], again=True).beside == 1
    assert (words(archive), words(archive, f"{KEY}/en@3")) == ("stormy", "breezy")
    third = numbered(archive)[2]
    assert (third.origin, third.by, third.current) == ("read", "mahdar 9.9", False)
    archive.remove(f"{KEY}/en@2")
    assert words(archive) == "breezy"
    assert archive.searcher().search("breezy").total == 1


def test_a_later_correction_takes_the_place_of_the_one_before(
    archive: Archive, tmp_path: Path
) -> None:
    corrected(archive, tmp_path)
    archive.add([text_file(tmp_path / "record.txt", "rainy")])
    again = by_hand(tmp_path / "out" / "S-PV.99902.en.json", tmp_path / "again.json", "gusty")
    assert archive.add([again]).newer == 1
    assert words(archive) == "gusty"
    # Of what is left, what people decided goes before a newer reading.
    archive.remove(f"{KEY}/en@4")
    assert words(archive) == "stormy"


def test_without_a_version_there_an_unsealed_file_is_a_reading(
    archive: Archive, tmp_path: Path
) -> None:
    added = archive.add([write_record(made_specimen("en"), tmp_path / "1.json")])
    assert (added.new, added.corrected) == (1, 0)
    (entry,) = archive.versions()
    assert (entry.origin, entry.by, entry.base) == ("read", "", "")


def test_a_broken_seal_shows_a_correction_where_no_version_is_there(
    archive: Archive, tmp_path: Path
) -> None:
    record = mahdar.read(text_file(tmp_path / "record.txt"))
    file = by_hand(write_record(record, tmp_path / "1.json"), tmp_path / "2.json")
    assert archive.add([file], by="N. Darwish").corrected == 1
    held = archive.record(KEY).origin
    assert held is not None
    assert record.origin is not None
    assert (held.how, held.based_on, held.base_seal) == ("corrected", None, record.origin.seal)


def test_a_file_without_seals_of_their_time_is_no_correction(
    archive: Archive, tmp_path: Path
) -> None:
    # Mahdar 0.1.0 wrote no seals, and counted from 0.
    archive.add([text_file(tmp_path / "record.txt")])
    old = {
        **msgspec.to_builtins(made_specimen("en")), "body": [], "people": [], "decisions": [],
        "findings": [],
    }  # fmt: skip
    del old["format"], old["origin"]
    (tmp_path / "old.json").write_bytes(msgspec.json.encode(old))
    added = archive.add([tmp_path / "old.json"])
    assert (added.newer, added.corrected) == (1, 0)
    assert [e.origin for e in numbered(archive)] == ["read", "read"]


def test_whose_a_correction_is_can_be_said_of_a_file_without_a_seal(
    archive: Archive, tmp_path: Path
) -> None:
    file = write_record(made_specimen("en"), tmp_path / "1.json")
    assert archive.add([file], by="N. Darwish").corrected == 1
    (version,) = archive.versions()
    assert (version.origin, version.by, version.base) == ("corrected", "N. Darwish", "")


def test_a_seal_holds_in_a_form_that_this_program_would_not_write(tmp_path: Path) -> None:
    # As a file of another form of the data is read: what is sealed is the file as it was written.
    record = mahdar.read(text_file(tmp_path / "record.txt"))
    content = {**json.loads(content_of(record)), "of_another_form": [1.5, "a"]}
    seal = seal_of(msgspec.json.encode(content))
    data = {**content, "origin": {"how": "corrected", "by": "N. Darwish", "seal": seal}}
    written = msgspec.json.encode(data)
    assert claim_of(written, msgspec.json.decode(written, type=Record)).origin is not None
    changed = written.replace(b"a windy afternoon", b"a stormy afternoon")
    claim = claim_of(changed, msgspec.json.decode(changed, type=Record))
    assert (claim.origin, claim.seal) == (None, seal)


def test_versions_of_files_that_name_each_other_are_shown_once(
    archive: Archive, tmp_path: Path
) -> None:
    first = mahdar.read(text_file(tmp_path / "record.txt"))
    other = msgspec.structs.replace(first, place="Geneva")
    seals = [seal_of(content_of(record)) for record in (first, other)]
    for record, base in ((first, seals[1]), (other, seals[0])):
        origin = Origin("corrected", "N. Darwish", base_seal=base)
        archive.add([write_record(sealed(record, origin), tmp_path / "1.json")])
    assert [(v.version, v.depth, v.base_here) for v in archive.versions(KEY)] == [
        (1, 0, True), (2, 1, True),
    ]  # fmt: skip


def test_a_seal_holds_whatever_a_tool_makes_of_blanks_and_order(
    archive: Archive, tmp_path: Path
) -> None:
    archive.add([text_file(tmp_path / "record.txt")])
    path = exported(archive, tmp_path / "out")
    data = json.loads(path.read_bytes())
    (tmp_path / "sorted.json").write_text(json.dumps(data, indent=3, sort_keys=True))
    assert archive.add([tmp_path / "sorted.json"]).same == 1


def test_a_sealed_file_of_another_archive_is_no_correction(
    archive: Archive, tmp_path: Path
) -> None:
    other = open_archive(tmp_path / "other")
    other.add([text_file(tmp_path / "record.txt")])
    path = exported(other, tmp_path / "out")
    close(other)
    archive.add([text_file(tmp_path / "another.txt", "rainy")])
    added = archive.add([path])
    assert (added.newer, added.corrected, added.beside) == (1, 0, 0)
    assert [e.origin for e in numbered(archive)] == ["read", "read"]


def test_export_and_import_keep_origins(archive: Archive, tmp_path: Path) -> None:
    corrected(archive, tmp_path, by="N. Darwish")
    archive.add([text_file(tmp_path / "record.txt", "rainy")])
    assert mahdar.export(tmp_path / "all", archive, versions=True) == 3
    other = open_archive(tmp_path / "other")
    # Another reading is there already: addresses differ, seals do not.
    other.add([text_file(tmp_path / "first.txt", "misty")])
    other.add([tmp_path / "all"])
    assert words(other) == "stormy"
    assert [
        (e.version, e.origin, e.by, e.base, e.current) for e in numbered(other)
    ] == [
        (1, "read", PROGRAM, "", False), (2, "read", PROGRAM, "", False),
        (3, "corrected", "N. Darwish", f"{KEY}/en@2", True), (4, "read", PROGRAM, "", False),
    ]  # fmt: skip
    close(other)


def test_a_correction_that_comes_alone_finds_its_base_when_that_comes(
    archive: Archive, tmp_path: Path
) -> None:
    corrected(archive, tmp_path)
    other = open_archive(tmp_path / "other")
    for path in tmp_path.glob("out/*"):
        path.unlink()
    other.add([exported(archive, tmp_path / "out")])
    (alone,) = other.versions(KEY)
    assert (alone.base, alone.base_here, alone.depth) == ("", False, 0)
    other.add([tmp_path / "record.txt"])
    shown = [(v.version, v.base, v.base_here, v.depth) for v in other.versions(KEY)]
    assert shown == [(2, "", False, 0), (1, f"{KEY}/en@2", True, 1)]
    close(other)


def test_a_person_may_choose_another_version_and_take_it_back(
    archive: Archive, tmp_path: Path
) -> None:
    corrected(archive, tmp_path)
    archive.add([text_file(tmp_path / "record.txt", "rainy")])
    ruling = mahdar.choose(f"{KEY}/en@3", archive, by="R. Haddad", reason="it is the final one")
    assert words(archive) == "rainy"
    assert archive.searcher().search("rainy").total == 1
    # What is chosen stays, whatever comes.
    again = by_hand(tmp_path / "out" / "S-PV.99902.en.json", tmp_path / "again.json", "gusty")
    assert archive.add([again]).beside == 1
    assert words(archive) == "rainy"
    mahdar.choose(f"{KEY}/en@1", archive)
    assert words(archive) == "windy"
    archive.remove(f"{KEY}/en@1")
    assert words(archive) == "rainy"
    mahdar.take_back(ruling.id, archive, by="R. Haddad", reason="it was not")
    assert words(archive) == "gusty"
    assert archive.searcher().search("gusty").total == 1


def test_the_descent_tells_each_version_and_why_it_is_current_or_not(
    archive: Archive, tmp_path: Path
) -> None:
    archive.add([text_file(tmp_path / "record.txt")])
    (only,) = archive.versions(KEY)
    assert (only.current, only.why) == (True, "alone")
    corrected(archive, tmp_path, by="N. Darwish")
    archive.add([text_file(tmp_path / "record.txt", "rainy")])
    shown = [
        (v.version, v.depth, v.base, v.current, v.why) for v in archive.versions(KEY, language="en")
    ]
    assert shown == [
        (1, 0, "", False, "people"), (2, 1, f"{KEY}/en@1", True, "people"),
        (3, 0, "", False, "people"),
    ]  # fmt: skip
    mahdar.choose(f"{KEY}/en@3", archive, by="R. Haddad", reason="as printed")
    assert [(v.version, v.current, v.why) for v in archive.versions(KEY)] == [
        (1, False, "choice"), (2, False, "choice"), (3, True, "choice"),
    ]  # fmt: skip
    assert [(v.chosen_by, v.reason) for v in archive.versions(KEY)][2] == (
        "R. Haddad",
        "as printed",
    )


def test_of_readings_the_final_goes_first_then_the_newer(archive: Archive, tmp_path: Path) -> None:
    first = mahdar.read(text_file(tmp_path / "record.txt"))
    for number, (place, status) in enumerate(
        [("Geneva", "final"), ("Paris", "final"), ("Vienna", "provisional")]
    ):
        changed = msgspec.structs.replace(first, place=place, status=status)
        read = sealed(changed, Origin("read", PROGRAM))
        archive.add([write_record(read, tmp_path / f"{number}.json")])
    assert [(v.version, v.current, v.why) for v in archive.versions(KEY)] == [
        (1, False, "age"), (2, True, "age"), (3, False, "status"),
    ]  # fmt: skip


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder beside the usual archive, which holds a reading and a correction of it."""
    monkeypatch.setenv("MAHDAR_ARCHIVE", str(tmp_path / "archive"))
    run("add", "--vectors", "later", str(text_file(tmp_path / "record.txt")))
    run("export", str(tmp_path / "out"))
    by_hand(tmp_path / "out" / "S-PV.99902.en.json", tmp_path / "hand.json")
    return tmp_path


def test_adding_tells_of_corrections_and_of_what_is_kept_beside(told: Path) -> None:
    output = run("add", "--vectors", "later", "--by", "N. Darwish", str(told / "hand.json"))
    assert f"1 corrected version was kept: see mahdar list --versions {KEY}\n" in output
    output = run("add", "--vectors", "later", str(text_file(told / "record.txt", "rainy")))
    assert f"1 kept beside a corrected version: see mahdar list --versions {KEY}\n" in output


def test_the_command_shows_the_descent(told: Path) -> None:
    run("add", "--vectors", "later", "--by", "N. Darwish", str(told / "hand.json"))
    run("add", "--vectors", "later", str(text_file(told / "record.txt", "rainy")))
    lines = run("list", "--versions", KEY).splitlines()
    title = "Lighthouses and the safety of small boats"
    assert lines[0] == f"2031-06-04  {KEY}/en  {title}"
    assert lines[1].startswith(f"  @1  read by {PROGRAM}, added 2")
    assert lines[1].endswith("(superseded by what people decided)")
    assert lines[2].startswith("    @2  corrected by N. Darwish, added 2")
    assert lines[2].endswith(
        ", based on @1  (current: what people decided goes before what is read)"
    )
    assert lines[3].startswith(f"  @3  read by {PROGRAM}, added 2")
    assert lines[3].endswith("(kept beside: a reading displaces nothing that people decided)")
    assert lines[4] == "3 versions of 1 record"
    shown = json.loads(run("list", "--versions", KEY, "--format", "json"))
    assert [(v["version"], v["base"], v["depth"], v["why"]) for v in shown] == [
        (1, "", 0, "people"), (2, f"{KEY}/en@1", 1, "people"), (3, "", 0, "people"),
    ]  # fmt: skip


def test_the_command_chooses(told: Path) -> None:
    run("add", "--vectors", "later", str(told / "hand.json"))
    output = run("choose", f"{KEY}/en@1", "--by", "R. Haddad", "--reason", "as printed")
    assert f"{KEY}/en@1 is current" in output
    lines = run("list", "--versions", KEY).splitlines()
    assert lines[1].endswith("(current: chosen by R. Haddad: as printed)")
    assert lines[2].endswith("(kept beside: another version was chosen)")


def test_what_the_archive_of_an_earlier_program_kept_was_read(tmp_path: Path) -> None:
    from django.core.management import call_command

    archive = open_archive(tmp_path / "archive")
    archive.add([text_file(tmp_path / "record.txt")])
    models.Record.objects.using(archive.alias).update(reader="0.1.0")
    call_command("migrate", "archive", "0003", database=archive.alias, verbosity=0)
    call_command("migrate", "archive", "0004", database=archive.alias, verbosity=0)
    (entry,) = archive.versions()
    assert (entry.origin, entry.by, entry.base) == ("read", "mahdar 0.1.0", "")
    close(archive)


def test_a_record_of_any_origin_is_verified_as_whole(archive: Archive, tmp_path: Path) -> None:
    corrected(archive, tmp_path)
    found = archive.verify()
    assert (found.wrong, found.versions) == ([], 2)


def test_a_correction_may_mend_the_symbol(archive: Archive, tmp_path: Path) -> None:
    archive.add([text_file(tmp_path / "record.txt")])
    data = exported(archive, tmp_path / "out").read_text(encoding="utf-8")
    record = msgspec.json.decode(data, type=Record)
    mended = msgspec.structs.replace(record, symbol="S/PV.99903")
    archive.add([write_record(mended, tmp_path / "mended.json")])
    (version,) = archive.versions("S/PV.99903")
    assert (version.origin, version.base, version.base_here) == ("corrected", f"{KEY}/en@1", True)


@pytest.fixture
def shown(site: None, tmp_path: Path) -> Iterator[str]:
    """Yield the symbol of a record of the site: a reading, a correction of it, a later reading."""
    first = mahdar.read(text_file(tmp_path / "record.txt"))
    key = "S/PV.66002"
    try:
        for number, (time, origin) in enumerate(
            [
                ("17:00", Origin("read", PROGRAM)), ("18:00", None),
                ("19:00", Origin("read", "mahdar <9>")),
            ]
        ):  # fmt: skip
            record = msgspec.structs.replace(first, symbol=key, closed_at=time)
            file = write_record(
                sealed(record, origin) if origin else record, tmp_path / f"{number}.json"
            )
            opened.archive().add([file], by="N. Darwish & R. Haddad", based_on=(
                None if origin else f"{key}/en@1"
            ))  # fmt: skip
        opened.archive().indexes.catch_up()
        yield key
    finally:
        opened.archive().remove(key)
        opened.archive().indexes.catch_up()


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "corrected by N. Darwish & R. Haddad"), ("fr", "corrigée par N. Darwish & R. Haddad"),
        ("es", "corregida por N. Darwish & R. Haddad"), ("ru", "исправлена: N. Darwish & R. Haddad"),
        ("ar", "صوّبها N. Darwish & R. Haddad"), ("zh", "由N. Darwish & R. Haddad更正"),
    ],
)  # fmt: skip
def test_the_page_of_a_record_shows_the_descent(shown: str, language: str, told: str) -> None:
    found = page(f"/{shown}/en", language)
    items = "//details[@class='menu versions']//li"
    assert found.all(f"{items}/@class") == ["in0", "in1", "in0"]
    assert found.all(f"{items}/a/@href") == [f"/{shown}/en@{number}" for number in (1, 2, 3)]
    assert found.all(f"{items}/a[@aria-current]/@href") == [f"/{shown}/en@2"]
    abouts = found.all(f"{items}/span[@class='about-version']")
    assert abouts[1].startswith(f"{told} · ")
    assert found.all(f"{items}/span//bdi")[-1] == "mahdar <9>"


def test_permanent_addresses_of_all_versions_lead_to_the_descent(shown: str) -> None:
    for number in (1, 2, 3):
        found = page(f"/{shown}/en@{number}")
        assert found.status == 200
        items = "//details[@class='menu versions']//li"
        abouts = [text.split(" · ") for text in found.all(f"{items}/span[@class='about-version']")]
        assert [(parts[0], parts[2:]) for parts in abouts] == [
            (f"read by {PROGRAM}", ["superseded by what people decided"]),
            ("corrected by N. Darwish & R. Haddad", [
                "based on version 1", "current: what people decided goes before what is read"]),
            ("read by mahdar <9>", [
                "kept beside: a reading displaces nothing that people decided"]),
        ]  # fmt: skip
    told = "//header[@class='record-head']/p[@class='problem']"
    assert page(f"/{shown}/en@1").one(told).startswith("There is a newer version of this record:")
    assert (
        page(f"/{shown}/en@3")
        .one(told)
        .startswith("Another version of this record is the current one:")
    )


def test_a_choice_shows_at_once_on_the_page(shown: str) -> None:
    before = reader().get(f"/{shown}/en")
    ruling = mahdar.choose(f"{shown}/en@3", opened.archive(), by="<b>R.", reason="as <i>printed")
    after = reader().get(f"/{shown}/en", HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200
    about = "//details[@class='menu versions']//li[3]/span"
    told = page(f"/{shown}/en").one(about)
    assert told.endswith("current: chosen by <b>R.: as <i>printed")
    before = reader().get(f"/{shown}/en@3")
    mahdar.take_back(ruling.id, opened.archive())
    after = reader().get(f"/{shown}/en@3", HTTP_IF_NONE_MATCH=before["ETag"])
    assert after.status_code == 200


def test_the_site_gives_records_out_with_their_origin(shown: str) -> None:
    for address in (f"/{shown}/en@2.json", f"/api/v2/records/{shown}/en@2"):
        record = msgspec.json.decode(reader().get(address).content, type=Record)
        assert is_sealed(record)
        assert record.origin is not None
        assert (record.origin.how, record.origin.based_on) == ("corrected", f"{shown}/en@1")


def test_the_api_tells_the_descent(shown: str) -> None:
    answer = reader().get(f"/api/v2/versions?record={shown}")
    assert answer.status_code == 200
    items = json.loads(answer.content)["items"]
    told = [
        (v["symbol"], v["version"], v["origin"], v["base"], v["depth"], v["current"], v["why"])
        for v in items
    ]
    assert told == [
        (shown, 1, "read", "", 0, False, "people"),
        (shown, 2, "corrected", f"{shown}/en@1", 1, True, "people"),
        (shown, 3, "read", "", 0, False, "people"),
    ]
    assert [v["url"] for v in items] == [f"/{shown}/en@{number}.json" for number in (1, 2, 3)]
    assert reader().get("/api/v2/versions?record=S/PV.1").status_code == 404
