"""An archive of an earlier Mahdar is brought up to date, whatever happens; one of a later refused."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mahdar
from mahdar import open_archive
from mahdar._version import __version__
from mahdar.api.archive import Archive
from mahdar.archive import upgrade
from mahdar.archive.place import place_of
from mahdar.archive.standing import stand
from mahdar.archive.tables import models
from mahdar.cli.main import main
from mahdar.errors import ArchiveError
from mahdar.model.formats import content_of, decode_record
from mahdar.publishing.publish import read_json
from tests.archives import close, made_specimen, numbered, write_record
from tests.old_archives import (
    VERSIONS,
    addresses,
    into_postgresql,
    record_json,
    unpack_archive,
    words_at,
)
from tests.site import serving

QUESTIONS = ("lamp", "vote", "المجلس", "灯", "совет", "faro*", "conseil", '"Security Council"',
             "speaker:orlov", "state:CRI", "topic:law_of_the_sea", "once:fr", "cites:S/2031/141",
             "kind:heading", "kind:agenda")  # fmt: skip


@pytest.fixture
def old(place: str, tmp_path: Path) -> str:
    """Return where the archive of 0.1.0 is, on SQLite and on PostgreSQL."""
    if "://" in place:
        into_postgresql(place, tmp_path / "scratch")
    else:
        unpack_archive(Path(place))
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of an archive of 0.1.0."""
    return unpack_archive(tmp_path / "archive")


@pytest.fixture
def opened(old: str) -> Iterator[Archive]:
    archive = open_archive(old)
    yield archive
    close(archive)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def dump(path: Path) -> list[str]:
    """Return all that a database of SQLite holds."""
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        found = list(database.iterdump())
    database.close()
    return found


def backups(folder: Path) -> list[Path]:
    return sorted(folder.glob("backup-*"))


def versions(archive: Archive) -> list[str]:
    return sorted(str(entry.address) for entry in archive.entries(versions=True))


def test_everything_that_was_there_is_there(opened: Archive) -> None:
    assert versions(opened) == list(VERSIONS)
    assert [str(e.address) for e in opened.entries(versions=True) if not e.current] == [
        "S/PV.99903/en@1", "S/PV.99903/fr@2",
    ]  # fmt: skip
    sources = models.Source.objects.using(opened.alias)
    assert sources.count() == 20
    assert {Path(path).name for path, _ in opened.unread()} == {"empty.txt", "torn.pdf"}
    assert {record.format for record in opened.records()} == {2}
    for code in ("ar", "en", "zh"):
        kept = opened.record(f"S/PV.99905/{code}")
        assert content_of(kept) == content_of(decode_record(record_json(code)))
        assert kept.origin is not None
        assert (kept.origin.how, kept.origin.by) == ("read", "mahdar 0.1.0")


def test_every_address_that_was_ever_printed_leads_to_the_same_words(opened: Archive) -> None:
    opened.rebuild()
    held: dict[str, tuple[Any, str]] = {}
    count = 0
    for printed, address, begins in addresses():
        entry = opened.entry(str(address.record))
        name = str(entry.address)
        if name not in held:
            held[name] = opened.record(name), entry.title
        text = words_at(*held[name], address.locus)
        assert " ".join(text.split())[:60].strip() == begins.strip(), printed
        count += 1
    assert count == 6824
    assert len(held) == len(VERSIONS)


def test_what_is_old_is_told_and_made_again(opened: Archive) -> None:
    found = opened.verify()
    assert (found.wrong, found.old, found.versions) == ([], 18, 18)
    done = opened.rebuild()
    assert (done.records, done.damaged, done.old) == (18, [], 0)
    found = opened.verify()
    assert (found.wrong, found.old, found.versions, found.behind) == ([], 0, 18, 0)
    assert opened.rebuild().records == 0


def test_the_same_is_found_before_and_after(opened: Archive) -> None:
    def found() -> list[Any]:
        searcher = opened.searcher()
        rows: list[Any] = []
        for question in QUESTIONS:
            answer = searcher.search(question, size=200)
            assert answer.total, question
            rows += [(question, hit.element, hit.passages) for hit in answer.hits]
            rows += [(question, *each) for each in answer.facets.items() if each[0] != "kind"]
        return rows

    before = found()
    assert opened.searcher().search("kind:vote").total == 0  # 0.1.0 called a vote an act
    opened.rebuild()
    assert found() == before
    assert opened.searcher().search("kind:vote").total == 32


def test_sqlite_looks_at_foreign_keys_again(folder: Path, tmp_path: Path) -> None:
    from django.db import connections

    for place in (folder, tmp_path / "new"):
        archive = open_archive(place)
        with connections[archive.alias].cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys")
            assert cursor.fetchone() == (1,)
        close(archive)


def test_a_backup_of_it_is_whole(folder: Path) -> None:
    before = dump(folder / "mahdar.sqlite3")
    archive = open_archive(folder)
    (backup,) = backups(folder)
    assert backup.name.startswith("backup-0.1.0-")
    assert backup.suffix == ".sqlite3"
    assert dump(backup) == before
    assert stand(archive.alias).program == __version__  # type: ignore[union-attr]
    close(archive)


def test_a_backup_on_postgresql_is_a_schema(
    postgresql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    from tests.archives import new_database

    with new_database(postgresql, tmp_path / "indexes") as url:
        into_postgresql(url, tmp_path / "scratch")
        close(open_archive(url))
        with psycopg.connect(url) as database:
            (schema,) = [
                row[0] for row in database.execute(
                    "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'mahdar_backup_0_1_0_%'")
            ]  # fmt: skip
            for table, count in (("record", 18), ("speech", 615), ("cast", 540), ("source", 20)):
                found = database.execute(
                    f"SELECT COUNT(*) FROM {schema}.archive_{table}"
                ).fetchone()
                assert found == (count,)
            texts = "SELECT string_agg(text, '|' ORDER BY id) FROM {}.archive_paragraph"
            assert (database.execute(texts.format(schema)).fetchone()
                    == database.execute(texts.format("public")).fetchone())  # fmt: skip
            # One that is put back in place goes on counting where it was.
            row = database.execute(
                f"INSERT INTO {schema}.archive_clock (serial) VALUES (1) RETURNING id").fetchone()  # fmt: skip
            assert row == (2,)


def test_people_and_their_searches_stay(folder: Path) -> None:
    close(open_archive(folder))
    with sqlite3.connect(folder / "mahdar.sqlite3") as database:
        assert database.execute(
            "SELECT username, query, seen FROM auth_user JOIN web_savedsearch ON owner_id = auth_user.id"
        ).fetchall() == [("reader", "lamp state:TCD", 1)]
    database.close()


def test_the_user_is_told_in_one_line(folder: Path) -> None:
    told = [
        subprocess.run(
            [sys.executable, "-m", "mahdar", "list", "--archive", str(folder)],
            capture_output=True, text=True, check=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    (line,) = told[0].stderr.splitlines()
    (backup,) = backups(folder)
    assert line.startswith(f"{folder}: brought up to date from Mahdar 0.1.0 to {__version__}")
    assert "18 versions of records" in line
    assert backup.name in line
    assert "mahdar rebuild" in line
    assert told[0].stdout.endswith("16 records\n")
    assert told[1].stderr == ""
    assert told[1].stdout == told[0].stdout


def test_long_work_tells_how_far_it_is(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrade, "_EVERY", -1.0)
    with caplog.at_level(logging.WARNING, "mahdar.archive"):
        close(open_archive(folder))
    assert f"{folder}: 7 of 18 records are up to date" in caplog.messages


def test_two_processes_may_open_it_at_once(folder: Path) -> None:
    command = [sys.executable, "-m", "mahdar", "list", "--versions", "--archive", str(folder)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert told[0][0] == told[1][0]
    assert (told[0][1] + told[1][1]).count("brought up to date from Mahdar 0.1.0") == 1
    assert len(backups(folder)) == 1


_KILLED = """
import os, signal, sys
from mahdar import open_archive
from mahdar.archive import backup, packing, upgrade

def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

def after(work, times=1):
    count = iter(range(times - 1))
    def done(*given):
        made = work(*given)
        if next(count, None) is None:
            die()
        return made
    return done

moment = sys.argv[2]
if moment == "backup half made": backup._sync = die
if moment == "backup made": upgrade._migrate = die
if moment == "tables made": upgrade._migrate = after(upgrade._migrate)
if moment == "records half made": packing.repack = after(packing.repack, 9)
if moment == "all made": upgrade._stamp = after(upgrade._stamp)
if moment == "all kept": upgrade._after = die
open_archive(sys.argv[1])
"""


def kill_at(moment: str, place: str) -> None:
    process = subprocess.run([sys.executable, "-c", _KILLED, place, moment], check=False)
    assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    "moment",
    ["backup half made", "backup made", "tables made", "records half made", "all made", "all kept"],
)
def test_killed_at_any_moment_it_is_as_it_was_or_up_to_date(folder: Path, moment: str) -> None:
    database, before = folder / "mahdar.sqlite3", dump(folder / "mahdar.sqlite3")
    kill_at(moment, str(folder))
    if moment != "all kept":
        assert dump(database) == before
    archive = open_archive(folder)
    assert versions(archive) == list(VERSIONS)
    archive.rebuild()
    assert (archive.verify().wrong, archive.verify().old) == ([], 0)
    (backup,) = backups(folder)  # one, however often it was tried
    assert dump(backup) == before
    close(archive)


@pytest.mark.parametrize("moment", ["tables made", "all made"])
def test_killed_on_postgresql_it_is_as_it_was(postgresql: str, tmp_path: Path, moment: str) -> None:
    import psycopg

    from tests.archives import new_database

    with new_database(postgresql, tmp_path / "indexes") as url:
        into_postgresql(url, tmp_path / "scratch")
        kill_at(moment, url)
        archive = open_archive(url)
        assert versions(archive) == list(VERSIONS)
        with psycopg.connect(url) as database:
            assert database.execute(
                "SELECT COUNT(*) FROM pg_namespace WHERE nspname LIKE 'mahdar_backup%'"
            ).fetchone() == (1,)
        close(archive)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Any]:
    """Mount a small disk with the archive of 0.1.0 on it."""
    place = tmp_path / "small"
    place.mkdir()

    def mount(size: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
        if (
            os.geteuid() != 0
            or subprocess.run(command, capture_output=True, check=False).returncode
        ):
            pytest.skip("a small disk cannot be mounted here: this needs the rights of root")
        shutil.rmtree(unpack_archive(place / "archive") / "indexes")
        return place / "archive"

    yield mount
    subprocess.run(["umount", str(place)], check=False)


@pytest.mark.parametrize("size", ["1300k", "1600k", "1900k"])
def test_on_a_full_disk_nothing_is_changed(small_disk: Any, size: str) -> None:
    folder = small_disk(size)
    before = dump(folder / "mahdar.sqlite3")
    process = subprocess.run(
        [sys.executable, "-m", "mahdar", "list", "--archive", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.returncode == 2, process.stderr
    assert "full" in process.stderr
    assert len(process.stderr.splitlines()) == 1
    assert dump(folder / "mahdar.sqlite3") == before
    assert backups(folder) == []


def test_in_a_folder_that_cannot_be_written_one_sentence_says_so(small_disk: Any) -> None:
    folder = small_disk("20m")
    subprocess.run(["mount", "-o", "remount,ro", str(folder.parent)], check=True)
    process = subprocess.run(
        [sys.executable, "-m", "mahdar", "list", "--archive", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert process.returncode == 2
    (line,) = process.stderr.splitlines()
    assert "Read-only file system" in line
    assert "may write to" in line


def test_a_damaged_record_is_left_as_it_was(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    with sqlite3.connect(folder / "mahdar.sqlite3") as database:
        rows = database.execute("SELECT id, contents FROM archive_record WHERE language = 'es'")
        (number, contents), _ = rows.fetchall()
        spoilt = bytes([*contents[:40], contents[40] ^ 1, *contents[41:]])
        database.execute("UPDATE archive_record SET contents = ? WHERE id = ?", [spoilt, number])
    database.close()
    archive = open_archive(folder)
    assert "1 are damaged" in caplog.text
    row = models.Record.objects.using(archive.alias).get(pk=number)
    assert row.contents == spoilt
    done = archive.rebuild()
    assert (done.records, done.old, len(done.damaged)) == (18, 1, 1)
    (wrong,) = archive.verify().wrong
    assert wrong.startswith("S/PV.99902/es@1: its contents")
    assert archive.verify(mend=True).wrong == [wrong]  # nothing mends that
    close(archive)
    assert run("rebuild", "--archive", str(folder)).exit_code == 4


def test_a_damaged_database_is_not_touched(folder: Path) -> None:
    path = folder / "mahdar.sqlite3"
    with sqlite3.connect(path) as database:
        (root,) = database.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'mention_by_target'").fetchone()  # fmt: skip
        (size,) = database.execute("PRAGMA page_size").fetchone()
    database.close()
    data = bytearray(path.read_bytes())
    data[(root - 1) * size + 100 : root * size] = bytes(size - 100)
    path.write_bytes(data)
    with pytest.raises(ArchiveError, match=r"is damaged.*Nothing was changed"):
        open_archive(folder)
    assert backups(folder) == []
    assert stand(f"archive:{path.resolve()}").formats == {}  # type: ignore[union-attr]


def test_numbers_of_what_is_gone_do_not_come_back(folder: Path, tmp_path: Path) -> None:
    with sqlite3.connect(folder / "mahdar.sqlite3") as database:  # as if later ones were removed
        database.execute("UPDATE sqlite_sequence SET seq = 500 WHERE name = 'archive_record'")
        database.execute("UPDATE sqlite_sequence SET seq = 9000 WHERE name = 'archive_speech'")
    database.close()
    archive = open_archive(folder)
    archive.add([write_record(numbered(made_specimen("en"), 1), tmp_path / "1.json")])
    row = models.Record.objects.using(archive.alias).get(key="S/PV.1")
    assert row.pk == 501
    assert row.serial > 500
    assert row.elements.order_by("pk").values_list("pk", flat=True)[0] == 9001
    close(archive)


def test_a_site_makes_it_all_again_while_it_answers(folder: Path) -> None:
    with serving(folder, "--no-vectors") as address:
        archive = open_archive(folder)
        end = time.monotonic() + 300
        while True:
            with urllib.request.urlopen(f"{address}/S/PV.99902/en", timeout=60) as page:
                assert b"Lighthouses and the safety of small boats" in page.read()
            if not (archive.verify().old or archive.indexes.behind()):
                break
            assert time.monotonic() < end, "the housekeeper does not come to an end"
            time.sleep(0.5)
    assert archive.verify().wrong == []
    assert archive.searcher().search("kind:vote").total == 32
    close(archive)


def test_json_of_then_is_read_everywhere(opened: Archive, tmp_path: Path) -> None:
    paths = []
    for code in ("ar", "en", "zh"):
        paths.append(tmp_path / f"{code}.json")
        paths[-1].write_bytes(record_json(code))
    added = opened.add(paths)  # the same records were there
    assert (added.new, added.newer, added.same, added.unread) == (0, 0, 3, [])
    record = read_json(paths[1].read_bytes(), paths[1])
    assert record.format == 2
    assert mahdar.publish(record, "text")[".txt"].count(b"S/PV.99905") == 1
    assert "Lighthouses" in run("show", str(paths[1])).output


def test_python_opens_it_as_the_command_line_does(folder: Path) -> None:
    assert len(mahdar.list_records(folder)) == 16
    assert len(json.loads(run("list", "--archive", str(folder), "--format", "json").output)) == 16
    assert len(backups(folder)) == 1


@pytest.mark.parametrize(
    ("formats", "said"),
    [
        ({"archive": 7, "record": 2}, "0.9 (format 7); this is Mahdar {} (format 2)"),
        ({"archive": 2, "record": 3}, "0.9 (record of format 3); this is Mahdar {} (format 2)"),
        ({"archive": 2, "record": 2, "votes": 9}, "(votes of format 9); this is Mahdar {} (format 2)"),
        ({"archive": 2, "record": 2, "dances": 1}, "(dances of format 1); this is Mahdar {} (which does not"),
    ],
)  # fmt: skip
def test_an_archive_of_a_later_mahdar_is_refused_and_not_touched(
    place: str, specimens: Path, formats: dict[str, int], said: str
) -> None:
    archive = open_archive(place)
    archive.add([specimens / "en.json"])
    clock = models.Clock.objects.using(archive.alias)
    clock.update(program="0.9", formats=json.dumps(formats))
    before = list(clock.values())
    result = run("list", "--archive", place)
    assert result.exit_code == 2
    assert said.format(__version__) in result.output
    assert result.output.strip().endswith("update it")
    assert len(result.output.splitlines()) == 1
    with pytest.raises(ArchiveError, match="update it"):
        open_archive(place)
    with pytest.raises(ArchiveError, match="update it"):  # whoever had it open before
        archive.add([specimens / "fr.json"])
    assert list(clock.values()) == before
    close(archive)


def test_unknown_tables_are_refused_too(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connections

    archive = open_archive(place)
    with connections[archive.alias].cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('archive', '0999_dances', '2041-01-01 00:00:00')"
        )
    monkeypatch.setenv("MAHDAR_ARCHIVE", place)
    for command in (["list"], ["show", "S/PV.99902"], ["verify"], ["search", "lamp"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "later Mahdar (0999_dances)" in result.output
    close(archive)


def test_a_new_archive_says_who_wrote_it(place: str) -> None:
    archive = open_archive(place)
    found = stand(archive.alias)
    assert found is not None
    assert found.program == __version__
    assert found.formats["archive"] == 2
    assert found.formats["record"] == 2
    assert not found.newer
    assert not found.older
    assert backups(place_of(place).folder) == []
    close(archive)
