"""What people decided: kept apart from what programs derive, taken back but never deleted."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

import mahdar
from mahdar import open_archive, specimen_path
from mahdar.api.archive import Archive
from mahdar.archive.tables import models
from mahdar.cli.main import main
from mahdar.errors import ArchiveError, InputError
from tests.archives import close, made_specimen, write_record

ARABIC = "S/PV.99901/ar"


@pytest.fixture
def archive(place: str) -> Archive:
    archive = open_archive(place)
    archive.add([specimen_path()])
    return archive


def finding(archive: Archive) -> str:
    """Return the identity of the finding that a symbol is not well formed."""
    (found,) = (f for f in archive.record(ARABIC).findings if f.code == "symbol_malformed")
    return found.id


def test_a_ruling_says_who_when_what_where_and_why(archive: Archive) -> None:
    made = mahdar.rule(
        "dismissal", ARABIC, archive, by="N. Darwish", what={"finding": finding(archive)},
        reason="so in print",
    )  # fmt: skip
    (held,) = mahdar.rulings(ARABIC, archive)
    assert held.ruling == made
    assert (made.kind, made.key, made.language) == ("dismissal", "S/PV.99901", "ar")
    assert (made.who, made.reason, made.taken_back) == ("N. Darwish", "so in print", None)
    # A dismissal is about the words that the finding is about.
    assert made.anchor is not None
    assert made.anchor.exact == "S.2031/77"
    assert held.found is not None
    assert (held.found.text, held.found.how, held.lost) == ("S.2031/77", "exact", False)


def test_a_ruling_is_about_a_place_or_the_whole(archive: Archive) -> None:
    mahdar.rule("review", ARABIC, archive, by="R. Haddad", reason="read against the recording")
    place = mahdar.rule("verdict", f"{ARABIC}#t2p1", archive, what={"verdict": "as spoken"})
    whole, part = mahdar.rulings(ARABIC, archive)
    assert (whole.ruling.anchor, whole.found, whole.lost) == (None, None, False)
    assert part.ruling == place
    assert part.found is not None
    assert [str(locus.whole) for locus in part.found.loci] == ["t2p1"]


def test_what_a_ruling_is_about_is_found_again_in_a_later_version_or_is_lost(
    archive: Archive, tmp_path: Path
) -> None:
    mahdar.rule("review", f"{ARABIC}#t2p1", archive, reason="stays")
    mahdar.rule("review", f"{ARABIC}#t4p1", archive, reason="goes")
    record = archive.record(ARABIC)
    turns = record.turns()
    kept = tuple(item for item in record.body if item not in (turns[0], turns[3]))
    archive.add([write_record(msgspec.structs.replace(record, body=kept), tmp_path / "2.json")])
    stays, goes = mahdar.rulings(ARABIC, archive)
    assert stays.found is not None
    assert [str(locus.whole) for locus in stays.found.loci] == ["t1p1"]
    assert (goes.found, goes.lost) == (None, True)


def test_rulings_survive_the_removal_of_what_they_are_about(archive: Archive) -> None:
    made = mahdar.rule("review", f"{ARABIC}#t2p1", archive)
    archive.remove(ARABIC)
    (held,) = mahdar.rulings(ARABIC, archive)
    assert (held.ruling, held.found, held.lost) == (made, None, True)
    archive.add([specimen_path()])
    assert not mahdar.rulings(ARABIC, archive)[0].lost


def test_taking_back_deletes_nothing(archive: Archive) -> None:
    made = mahdar.rule("review", ARABIC, archive, by="N. Darwish", reason="whole")
    taken = mahdar.take_back(made.id, archive, by="R. Haddad", reason="a page was missing")
    assert taken.taken_back is not None
    assert (taken.taken_back.who, taken.taken_back.reason) == ("R. Haddad", "a page was missing")
    assert (taken.who, taken.reason, taken.id) == ("N. Darwish", "whole", made.id)
    assert [held.ruling for held in mahdar.rulings(ARABIC, archive)] == [taken]
    with pytest.raises(ArchiveError, match="taken back already"):
        mahdar.take_back(made.id, archive)
    with pytest.raises(ArchiveError, match="mahdar rulings list"):
        mahdar.take_back("0123456789abcdef", archive)


@pytest.mark.parametrize(
    ("kind", "what", "said"),
    [
        ("applause", {}, "dismissal"),
        ("dismissal", {}, "finding"),
        ("dismissal", {"finding": "0" * 12}, "no finding"),
        ("dismissal", {"finding": ["a", "b"]}, "finding"),
        ("merge", {"people": ["one"]}, "people"),
        ("merge", {"people": "one, two"}, "people"),
        ("review", {"note": "nul \x00"}, "NUL"),
    ],
)
def test_what_is_no_ruling_is_refused(
    archive: Archive, kind: str, what: dict[str, object], said: str
) -> None:
    with pytest.raises(ArchiveError, match=said):
        mahdar.rule(kind, ARABIC, archive, what=what)
    assert not models.Ruling.objects.using(archive.alias).exists()


def test_people_are_merged_by_a_ruling_about_no_record(archive: Archive) -> None:
    who = ["S/PV.99901/ar#RUS:orlov", "S/PV.99902/en#RUS:orlov"]
    made = mahdar.rule("merge", "", archive, by="N. Darwish", what={"people": who})
    assert (made.key, made.what["people"]) == ("", who)


def test_rulings_go_into_another_archive_once(archive: Archive, tmp_path: Path) -> None:
    first = mahdar.rule("review", f"{ARABIC}#t2p1", archive, by="N. Darwish")
    second = mahdar.rule("review", ARABIC, archive, reason="هكذا طُبع")
    mahdar.take_back(second.id, archive, by="R. Haddad")
    file = tmp_path / "rulings.jsonl"
    assert mahdar.export_rulings(file, archive) == 2
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert [line["format"] for line in lines] == [1, 1]
    other = open_archive(tmp_path / "other")
    done = mahdar.import_rulings(file, other)
    assert (done.added, done.taken_back, done.same) == (2, 0, 0)
    again = mahdar.import_rulings(file, other)
    assert (again.added, again.taken_back, again.same) == (0, 0, 2)
    held = [each.ruling for each in mahdar.rulings(None, other)]
    assert held == [each.ruling for each in mahdar.rulings(None, archive)]
    mahdar.take_back(first.id, archive, reason="too soon")
    mahdar.export_rulings(file, archive)
    done = mahdar.import_rulings(file, other)
    assert (done.added, done.taken_back, done.same) == (0, 1, 1)
    # What was taken back stays so, even where an older file comes after it.
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    assert mahdar.import_rulings(file, other).same == 2
    assert mahdar.rulings(None, other)[0].ruling.taken_back is not None
    close(other)


def test_a_choice_goes_along_whatever_the_versions_are_numbered_there(
    archive: Archive, tmp_path: Path
) -> None:
    record = archive.record(ARABIC)
    edited = msgspec.structs.replace(record, closed_at="23:00")
    archive.add([write_record(edited, tmp_path / "edited.json")])
    mahdar.choose(f"{ARABIC}@1", archive, by="R. Haddad")
    assert archive.entry(ARABIC).version == 1
    mahdar.export_rulings(tmp_path / "rulings.jsonl", archive)
    other = open_archive(tmp_path / "other")
    mahdar.import_rulings(tmp_path / "rulings.jsonl", other)
    other.add([tmp_path / "edited.json"])
    assert other.record(ARABIC).closed_at == "23:00"
    other.add([specimen_path()])
    assert (other.entry(ARABIC).version, other.record(ARABIC).closed_at) == (2, record.closed_at)
    close(other)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("rubbish", "line 2"),
        ('{"format": 99}', "later Mahdar"),
        ('{"format": 1, "kind": "review"}', "line 2"),
        ("changed", "was changed"),
        ("kind", "applause"),
    ],
)
def test_a_file_that_is_wrong_changes_nothing(
    archive: Archive, tmp_path: Path, line: str, said: str
) -> None:
    mahdar.rule("review", ARABIC, archive, reason="good")
    file = tmp_path / "rulings.jsonl"
    mahdar.export_rulings(file, archive)
    good = file.read_text(encoding="utf-8")
    line = {
        "changed": good.replace('"good"', '"bad"'), "kind": good.replace('"review"', '"applause"')
    }.get(line, line)  # fmt: skip
    file.write_text(good + line + "\n", encoding="utf-8")
    other = open_archive(tmp_path / "other")
    with pytest.raises(InputError, match=said):
        mahdar.import_rulings(file, other)
    assert mahdar.rulings(None, other) == []
    close(other)


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAHDAR_ARCHIVE", str(tmp_path / "archive"))
    archive = open_archive(tmp_path / "archive")
    archive.add([specimen_path()])
    archive.add([write_record(made_specimen("en"), tmp_path / "en.json")])
    made = mahdar.rule("review", f"{ARABIC}#t2p1", archive, by="N. Darwish", reason="by ear")

    def run(*arguments: str) -> str:
        result = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    shown = run("rulings", "list")
    assert f"{made.id}  review  {ARABIC}#t2p1  by N. Darwish" in shown
    assert "by ear" in shown
    assert shown.endswith("1 ruling\n")
    assert "0 rulings" in run("rulings", "list", "S/PV.99902")
    (given,) = json.loads(run("rulings", "list", "--format", "json"))
    assert given["ruling"]["id"] == made.id
    assert "1 ruling written" in run("rulings", "export", str(tmp_path / "r.jsonl"))
    assert "1 the same" in run("rulings", "import", str(tmp_path / "r.jsonl"))
    assert "taken back" in run("rulings", "take-back", made.id, "--by", "R. Haddad")
    assert "taken back by R. Haddad" in run("rulings", "list")
    close(archive)
