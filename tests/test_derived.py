"""What is derived from records is made again from them alone, while readers read."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from click.testing import CliRunner, Result
from django.apps import apps
from django.db.models import F

from mahdar import open_archive, rebuild, study, verify
from mahdar.api.archive import Archive
from mahdar.archive.derivation import Given
from mahdar.archive.derived import TABLES, table_formats
from mahdar.archive.derived_elements import Elements
from mahdar.archive.rows import ElementRow, ParagraphRow
from mahdar.archive.tables import models
from mahdar.cli.main import main
from mahdar.errors import ArchiveError
from mahdar.index import compacting, indexed
from mahdar.index.columns import Columns, read_state
from mahdar.index.vectors import ROW, Vectors
from tests.archives import close, made_specimen, numbered, write_record

_BY_NAME = {table.name: table for table in TABLES}


@pytest.fixture
def archive(place: str, specimens: Path) -> Iterator[Archive]:
    """Return an archive with an English and a French record, on SQLite and on PostgreSQL."""
    opened = open_archive(place)
    opened.add([specimens / "en.json", specimens / "fr.json"])
    yield opened
    close(opened)


@pytest.fixture
def local(tmp_path: Path, specimens: Path) -> Iterator[Archive]:
    """Return the same in a folder."""
    opened = open_archive(tmp_path / "archive")
    opened.add([specimens / "en.json", specimens / "fr.json"])
    yield opened
    close(opened)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


def english(archive: Archive) -> models.Record:
    return models.Record.objects.using(archive.alias).get(language="en")


def held(archive: Archive) -> dict[str, list[Any]]:
    """Return all that is derived, without the numbers that the database gives."""
    rows: dict[str, list[Any]] = {}
    for pk in (
        models.Record.objects.using(archive.alias).values_list("pk", flat=True).order_by("pk")
    ):
        for table in TABLES:
            rows.setdefault(table.name, []).append(table.kept(archive.alias, pk))
    return rows


def as_if_older(archive: Archive, **formats: int) -> None:
    """Have the archive say that an earlier Mahdar made some tables."""
    text = json.dumps({**table_formats(), **formats}, separators=(",", ":"), sort_keys=True)
    models.Record.objects.using(archive.alias).update(formats=text)


def change(monkeypatch: pytest.MonkeyPatch, name: str, how: Any) -> None:
    """Be a later Mahdar that derives a table in another way."""
    table = _BY_NAME[name]
    derive = table.derive
    monkeypatch.setattr(table, "format", table.format + 1)
    monkeypatch.setattr(table, "derive", lambda given: how(derive(given)))


def shouted(rows: tuple[ElementRow, ...]) -> tuple[ElementRow, ...]:
    return tuple(msgspec.structs.replace(row, label=row.label.upper()) for row in rows)


def test_every_table_is_in_the_registry_or_derived_from_nothing() -> None:
    derived = {
        "Person",
        "Element",
        "Paragraph",
        "Mention",
        "Subject",
        "Vote",
        "Cast",
        "AgendaDocument",
    }
    given = {"Clock", "Record", "Source"}
    tables = {model.__name__ for model in apps.get_app_config("archive").get_models()}
    assert derived | given <= tables
    assert [table.name for table in TABLES] == [
        "meeting", "summary", "people", "elements", "mentions", "subjects", "votes", "documents",
    ]  # fmt: skip


def test_all_of_it_is_made_again_from_the_records_alone(archive: Archive) -> None:
    before = held(archive)
    assert all(before.values())
    total = archive.searcher().search("lamp").total
    records = models.Record.objects.using(archive.alias)
    for model in (models.Element, models.Vote, models.AgendaDocument, models.Person):
        model.objects.using(archive.alias).all().delete()
    records.update(title="", words=0, turns=0, findings=0, symbol=None, organ=None, year=None,
                   session=9, meeting_number=None, date=None, status="", formats="{}")  # fmt: skip
    shutil.rmtree(archive.indexes.folder)
    done = archive.rebuild()
    assert (done.records, done.changed, done.old) == (2, 2, 0)
    assert set(done.tables) == {table.name for table in TABLES}
    assert held(archive) == before
    assert archive.searcher().search("lamp").total == total
    assert archive.verify().wrong == []


@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("elements", shouted),
        ("mentions", lambda rows: [(*row[:3], f"{row[3]}!", row[4]) for row in rows]),
        ("votes", lambda rows: tuple(msgspec.structs.replace(row, method="hands") for row in rows)),
        ("summary", lambda row: {**row, "title": "A meeting"}),
        ("subjects", lambda _rows: [(1, "sanctions", "words", 0.5)]),
    ],
)
def test_a_changed_derivation_is_age_not_damage(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, name: str, how: Any
) -> None:
    change(monkeypatch, name, how)
    found = archive.verify()
    assert (found.wrong, found.old, found.versions) == ([], 2, 2)
    done = archive.rebuild()
    assert (done.records, done.changed, done.old) == (2, 2, 0)
    assert name in done.tables
    found = archive.verify()
    assert (found.wrong, found.old, found.behind) == ([], 0, 0)
    for pk in models.Record.objects.using(archive.alias).values_list("pk", flat=True):
        given = Given(archive.record(archive.entries()[0].key, _language(archive, pk)))
        assert _BY_NAME[name].same(archive.alias, pk, _BY_NAME[name].derive(given))


def _language(archive: Archive, pk: int) -> str:
    return str(models.Record.objects.using(archive.alias).get(pk=pk).language)


def test_a_new_derivation_is_found_by_searchers(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert archive.searcher().search("topic:sanctions").total == 0
    change(monkeypatch, "subjects", lambda _rows: [(1, "sanctions", "words", 0.5)])
    archive.rebuild()
    hits = archive.searcher().search("topic:sanctions").hits
    assert {(hit.language, hit.kind) for hit in hits} == {("fr", "agenda"), ("en", "agenda")}


def _spoil(archive: Archive, name: str) -> None:
    alias, pk = archive.alias, english(archive).pk
    record = models.Record.objects.using(alias).filter(pk=pk)
    elements = models.Element.objects.using(alias).filter(record_id=pk)
    match name:
        case "meeting":
            record.update(organ="GA")
        case "summary":
            record.update(words=F("words") + 1)
        case "people":
            models.Person.objects.using(alias).filter(elements__record_id=pk).update(sound="?")
        case "elements":
            elements.filter(kind="turn", turn_number=3).update(label="?")
        case "mentions":
            models.Mention.objects.using(alias).filter(element__record_id=pk).update(times=7)
        case "subjects":
            models.Subject.objects.using(alias).filter(element__record_id=pk).delete()
        case "votes":
            models.Cast.objects.using(alias).filter(vote__record_id=pk).update(choice="against")
        case "documents":
            models.AgendaDocument.objects.using(alias).filter(record_id=pk).update(symbol="S/1")


@pytest.mark.parametrize("name", list(_BY_NAME))
def test_damage_of_each_table_is_found_and_mended(archive: Archive, name: str) -> None:
    before, hits = held(archive), archive.searcher().search("capacity:president OR organ:GA").total
    _spoil(archive, name)
    touched = ("en", "fr") if name == "people" else ("en",)  # who speak in both are one row
    found = archive.verify()
    assert found.wrong == [
        f"S/PV.99902/{code}@1: what is kept beside it does not follow from its contents ({name})"
        for code in touched
    ]
    assert found.versions == 2 - len(touched)
    mended = archive.verify(mend=True)
    assert (mended.wrong, mended.versions) == ([], 2)
    assert mended.mended[0] == f"S/PV.99902/en@1: {name} were made anew from its contents"
    assert held(archive) == before
    assert archive.verify().wrong == []
    assert archive.searcher().search("capacity:president OR organ:GA").total == hits


def test_damage_of_what_is_old_is_not_told_from_age(archive: Archive) -> None:
    _spoil(archive, "votes")
    as_if_older(archive, votes=1)
    assert (archive.verify().wrong, archive.verify().old) == ([], 2)
    done = archive.rebuild()
    assert (done.records, done.changed, done.tables) == (2, 1, {"votes": 1})
    assert archive.verify().wrong == []


def test_what_is_as_it_should_be_is_left_alone(archive: Archive) -> None:
    def numbers() -> list[Any]:
        table = models.Record.objects.using(archive.alias).order_by("pk")
        elements = models.Element.objects.using(archive.alias).order_by("pk")
        return [*table.values_list("pk", "serial", "said_serial"), *elements.values_list("pk")]

    before = numbers()
    as_if_older(archive, elements=1, mentions=1, meeting=1)
    done = archive.rebuild()
    assert (done.records, done.changed, done.old) == (2, 0, 0)
    assert archive.rebuild(everything=True).changed == 0
    assert archive.indexes.behind() == 0
    assert numbers() == before


def test_elements_that_say_the_same_keep_their_numbers(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.indexes.make_vectors()
    table = models.Element.objects.using(archive.alias).filter(record=english(archive))
    before, record = dict(table.values_list("number", "pk")), english(archive)
    subjects = models.Subject.objects.using(archive.alias)
    subjects.create(element_id=before[9], topic="sanctions", why="meaning", score=0.5)
    meant = sorted(subjects.filter(why="meaning").values_list("element_id", "topic", "score"))
    likest = archive.searcher().search("a minute of silence for the lost", mode="meaning").hits
    change(monkeypatch, "elements", shouted)
    archive.rebuild()
    now = english(archive)
    assert (now.pk, now.said_serial) == (record.pk, record.said_serial)
    assert now.serial > record.serial
    assert dict(table.values_list("number", "pk")) == before
    subjects = subjects.filter(why="meaning")
    assert sorted(subjects.values_list("element_id", "topic", "score")) == meant
    assert archive.searcher().search("topic:sanctions language:en").hits[0].element == before[9]
    assert archive.indexes.without_vectors() == []
    after = archive.searcher().search("a minute of silence for the lost", mode="meaning").hits
    assert [hit.element for hit in after] == [hit.element for hit in likest]
    assert after[0].speaker == likest[0].speaker.upper()


def _split_third_turn(rows: tuple[ElementRow, ...]) -> tuple[ElementRow, ...]:
    """Say the first paragraph of the third turn in other words."""
    made = []
    for row in rows:
        if row.turn_number == 3 and row.part_number == 1:
            first = ParagraphRow(1, row.paragraphs[0].page, "A heron stood in the harbour.")
            row = msgspec.structs.replace(row, paragraphs=(first, *row.paragraphs[1:]))
        made.append(row)
    return tuple(made)


def test_elements_that_say_something_else_get_new_numbers(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    local.indexes.make_vectors()
    reader = local.searcher()
    old = reader.search("turn").total
    table = models.Element.objects.using(local.alias)
    before = {tuple(row) for row in table.values_list("record__language", "number", "pk")}
    third = {
        row[2]
        for row in table.filter(turn_number=3).values_list("record__language", "number", "pk")
    }
    change(monkeypatch, "elements", _split_third_turn)
    rebuild(local)
    after = {tuple(row) for row in table.values_list("record__language", "number", "pk")}
    assert {row[2] for row in before - after} == third
    assert len(after - before) == 2
    # Their vectors are made again, those of both records, as one of their turns says something else.
    assert len(local.indexes.without_vectors()) == 2
    assert local.indexes.make_vectors() > 0
    assert local.indexes.without_vectors() == []
    near = local.searcher().search("a grey bird by the sea", mode="meaning").hits
    assert near[0].passages[0].text == "A heron stood in the harbour."
    assert local.searcher().search("heron").total == 2
    assert reader.search("turn").total == old  # who had it open reads on
    assert verify(local).wrong == []


def test_nothing_counts_twice_after_it_was_made_again(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def counted() -> list[Any]:
        lines = study.concordance(local, "lamp").num_rows
        by = study.frequencies(local, "lamp", by="language").to_pylist()
        return [lines, by, local.searcher().search("lamp").total]

    before = counted()
    assert before[0] > 0
    change(monkeypatch, "elements", shouted)
    local.rebuild()
    assert counted() == before
    rows = study.frequencies(local, "lamp", by="record").to_pylist()
    assert {row["name"] for row in rows} == {"S/PV.99902/en", "S/PV.99902/fr"}
    assert local.searcher().search("once:fr").total == local.searcher().search("language:fr").total


def test_columns_of_what_is_gone_are_left_out_as_they_become_many(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = local.indexes.columns_folder

    def lines() -> list[Any]:
        table = study.concordance(local, "lamp")
        return sorted((row["address"], row["left"], row["right"]) for row in table.to_pylist())

    before, state = lines(), read_state(folder)
    reader = Columns(folder, "en", state)
    tokens = np.array(reader.tokens)
    monkeypatch.setattr(compacting, "FEW", 1)
    change(monkeypatch, "elements", shouted)
    local.rebuild()
    now = read_state(folder)
    assert (now.generation, now.gone) == (1, [])
    assert now.lengths["en"] == state.lengths["en"]
    assert lines() == before
    assert verify(local).wrong == []
    # Who had the files open before reads on, in files that stay for an hour.
    assert (reader.tokens == tokens).all()
    assert reader.forms[int(tokens[0])]
    os.utime(folder / "state.json", (0, 0))
    local.remove("S/PV.99902/fr")
    assert not (folder / "en").exists()
    assert (folder / "1" / "en" / "tokens.u32").exists()
    assert study.concordance(local, "lamp", language="en").num_rows > 0
    assert verify(local).wrong == []


def test_readers_get_the_same_words_all_the_while(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.db import connections

    archive = open_archive(place)
    for number in range(9):
        record = numbered(made_specimen(("en", "fr", "ru")[number % 3]), 700 + number)
        write_record(record, tmp_path / f"{number}.json")
    archive.add([tmp_path])
    known = set(models.Paragraph.objects.using(archive.alias).values_list("text", flat=True))
    questions = ("lamp", "phare*", "маяк*", "kind:turn")
    totals = {question: archive.searcher().search(question).total for question in questions}
    lines = study.concordance(archive, "lamp").num_rows
    stop, answers = threading.Event(), [0, 0]
    trouble: list[Any] = []

    def read(kept: bool) -> None:
        """Ask again and again: with one searcher that stays open, or each time with a new one."""
        try:
            searcher = archive.searcher()
            while not stop.is_set():
                if not kept:
                    searcher = archive.searcher()
                for question in questions:
                    answer = searcher.search(question, size=50)
                    if answer.total != totals[question]:
                        trouble.append((kept, question, answer.total))
                    for hit in answer.hits:
                        for passage in hit.passages:
                            whole = passage.text.strip("… ")
                            if not any(whole in text for text in known):
                                trouble.append(passage.text)
                    answers[kept] += 1
                if study.concordance(archive, "lamp").num_rows != lines:
                    trouble.append("lines of the concordance")
                for entry in archive.entries():
                    if archive.record(str(entry.address)).symbol != entry.key:
                        trouble.append(str(entry))
        except Exception as error:  # whatever it is, it must not be
            trouble.append(repr(error))
        finally:
            connections[archive.alias].close()

    change(monkeypatch, "elements", shouted)
    monkeypatch.setattr(indexed, "_TOGETHER", 2)
    threads = [threading.Thread(target=read, args=(kept,)) for kept in (True, False, False)]
    for thread in threads:
        thread.start()
    while not (all(answers) or trouble):  # both have begun
        time.sleep(0.05)
    done = archive.rebuild()
    stop.set()
    for thread in threads:
        thread.join()
    assert trouble == []
    assert (done.records, done.changed, done.old) == (9, 9, 0)
    found = archive.searcher().search("kind:turn", size=50)
    assert found.total == totals["kind:turn"]
    assert {hit.speaker for hit in found.hits} == {hit.speaker.upper() for hit in found.hits}
    assert archive.verify().wrong == []
    close(archive)


def test_a_hit_that_goes_between_two_questions_is_left_out(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.search.fetching import Fetcher

    searcher = local.searcher()
    change(monkeypatch, "elements", _split_third_turn)
    asked = []

    def meanwhile(work: Any) -> Any:
        def done(*given: Any) -> Any:
            found = work(*given)
            asked.append(work)
            if len(asked) == 1:
                local.rebuild()
            return found

        return done

    for name in ("_rows", "_texts"):
        monkeypatch.setattr(Fetcher, name, meanwhile(getattr(Fetcher, name)))
    answer = searcher.search("kind:turn", size=100)
    assert len(answer.hits) == answer.total - 2  # one in each language says something else now
    assert all(hit.passages for hit in answer.hits)


def test_indexes_put_in_and_take_out_at_once(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.index.indexes import Indexes

    def counted() -> tuple[int, int]:
        return study.concordance(local, "lamp").num_rows, local.searcher().search("kind:turn").total

    before, seen = counted(), []
    commit = Indexes._commit

    def watched(self: Indexes, *given: Any) -> None:
        commit(self, *given)
        seen.append(counted())

    change(monkeypatch, "elements", shouted)
    monkeypatch.setattr(Indexes, "_commit", watched)
    local.rebuild()
    assert seen == [before]


class _Stop(Exception):
    pass


def test_interrupted_it_goes_on_where_it_was(local: Archive) -> None:
    as_if_older(local, votes=1)

    def stop(done: int, total: int) -> None:
        assert total == 2
        raise _Stop

    with pytest.raises(_Stop):
        local.rebuild(progress=stop)
    assert local.verify().old == 1
    assert local.rebuild().records == 1
    assert local.verify().old == 0


def test_what_another_process_has_done_is_left_alone(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_if_older(local, votes=1)
    other = open_archive(local.place.folder)

    def meanwhile(done: int, total: int) -> None:
        if done == 1:
            other.rebuild()
            other.remove("S/PV.99902/en")

    assert local.rebuild(progress=meanwhile).records == 1
    assert local.verify().old == 0


_KILLED = """
import os, signal, sys
from mahdar import open_archive
from mahdar.archive import derived_elements, rebuilding
from mahdar.archive.derived import ELEMENTS
from mahdar.index.indexes import Indexes

def die(*_given, **_named):
    os.kill(os.getpid(), signal.SIGKILL)

def then_die(work):
    def done(*given, **named):
        work(*given, **named)
        die()
    return done

derive = ELEMENTS.derive
ELEMENTS.format += 1
ELEMENTS.derive = lambda given: derive(given)[:-1]  # the last element of each record goes
moment = sys.argv[2]
if moment == "one half made": derived_elements._meant = die
if moment == "one made": ELEMENTS.store = then_die(ELEMENTS.store)
if moment == "not indexed": Indexes.catch_up = die
if moment == "half indexed": Indexes._commit = then_die(Indexes._commit)
open_archive(sys.argv[1]).rebuild()
"""


@pytest.mark.parametrize("moment", ["one half made", "one made", "not indexed", "half indexed"])
def test_killed_at_any_moment_it_goes_on_where_it_was(
    local: Archive, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    total = local.searcher().search("kind:turn OR kind:act OR kind:heading").total
    command = [sys.executable, "-c", _KILLED, str(local.place.folder), moment]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    change(monkeypatch, "elements", lambda rows: rows[:-1])
    found = local.verify()
    assert found.wrong == []
    assert found.old == (2 if moment.startswith("one") else 0)
    assert local.rebuild().records == found.old
    found = local.verify()
    assert (found.wrong, found.old, found.behind) == ([], 0, 0)
    after = local.searcher().search("kind:turn OR kind:act OR kind:heading").total
    assert after == total - 2


def test_saved_searches_take_nothing_for_new(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = max(models.Record.objects.using(local.alias).values_list("pk", flat=True))
    change(monkeypatch, "elements", _split_third_turn)
    local.rebuild()
    assert not models.Record.objects.using(local.alias).filter(pk__gt=newest).exists()


def test_the_commands_tell_what_is_old_and_what_was_done(local: Archive) -> None:
    place = str(local.place.folder)
    assert "earlier Mahdar" not in run("verify", "--archive", place).output
    _spoil(local, "votes")
    as_if_older(local, votes=1)
    result = run("verify", "--archive", place)
    assert result.exit_code == 0
    assert "2 versions have tables that an earlier Mahdar made: mahdar rebuild" in result.output
    result = run("rebuild", "--archive", place)
    assert result.exit_code == 0
    assert result.output.startswith("2 versions of records in ")
    assert "tables of 1 made again (votes 1)" in result.output
    done = json.loads(run("rebuild", "--all", "--format", "json", "--archive", place).output)
    assert {name: done[name] for name in ("records", "changed", "tables", "damaged", "old")} == {
        "records": 2, "changed": 0, "tables": {}, "damaged": [], "old": 0,
    }  # fmt: skip


def test_the_housekeeper_makes_what_is_old_again(
    local: Archive, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from mahdar.web import housekeeping, opened

    monkeypatch.setattr(opened, "archive", lambda: local)
    housekeeping.rebuild_old()
    assert caplog.messages == []
    as_if_older(local, votes=1)
    with caplog.at_level("INFO", "mahdar.housekeeping"):
        housekeeping.rebuild_old()
    assert caplog.messages[0] == "tables of 2 versions of records are old: they are made again"
    assert caplog.messages[1].startswith("tables: 2 versions of records looked at in ")
    assert local.verify().old == 0


def test_the_housekeeper_tries_again_after_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    from mahdar.web import housekeeping

    done = []

    def work() -> None:
        done.append(1)
        if len(done) == 1:
            raise OSError("the disk is full")

    monkeypatch.setattr(housekeeping, "rebuild_old", work)
    rebuilder = housekeeping._Rebuilder()
    told = []
    for _ in range(4):
        told.append(rebuilder.step())
        if rebuilder._thread is not None:
            rebuilder._thread.join()
    assert told == [True, False, True, True]  # after trouble the housekeeper waits a while
    assert len(done) == 2


def test_columns_of_an_earlier_format_are_made_anew_of_a_later_refused(local: Archive) -> None:
    path = local.indexes.columns_folder / "state.json"
    state = json.loads(path.read_bytes())
    before = study.concordance(local, "lamp").num_rows
    tokens = local.indexes.columns_folder / "en" / "tokens.u32"
    path.write_text(json.dumps({**state, "format": 1}))
    with tokens.open("rb") as reader:
        assert study.concordance(local, "lamp").num_rows == before
        assert len(reader.read()) == state["lengths"]["en"]["tokens.u32"]  # not cut short
    assert json.loads(path.read_bytes())["format"] == 2
    path.write_text(json.dumps({**state, "format": 9}))
    with pytest.raises(ArchiveError, match=r"columns.*later Mahdar \(format 9; this one knows 2\)"):
        study.concordance(local, "lamp")
    assert run("search", "lamp", "--archive", str(local.place.folder)).exit_code == 2


def test_an_index_of_words_of_an_earlier_format_is_made_anew_of_a_later_refused(
    local: Archive,
) -> None:
    path = local.indexes.folder / "words.json"
    state = json.loads(path.read_bytes())
    total = local.searcher().search("lamp").total
    path.write_text(json.dumps({**state, "format": 2}))
    assert local.searcher().search("lamp").total == total
    assert json.loads(path.read_bytes()) == state
    path.write_text(json.dumps({**state, "format": 9}))
    with pytest.raises(ArchiveError, match=r"words.*later Mahdar \(format 9; this one knows 3\)"):
        local.searcher()
    assert json.loads(path.read_bytes())["format"] == 9


def test_vectors_of_an_earlier_format_are_kept_of_a_later_refused(local: Archive) -> None:
    local.indexes.make_vectors()
    folder = local.indexes.vectors_folder
    question = "a minute of silence for the lost at sea"
    before = local.searcher().search(question, mode="meaning").hits
    assert before[0].passages[0].address.endswith("#t15p1")
    rows = np.fromfile(folder / "places.bin", dtype=ROW)
    rows["paragraph"] -= 1  # as 0.1.0 counted
    rows.tofile(folder / "rows.bin")
    (folder / "places.bin").unlink()
    state = json.loads((folder / "state.json").read_bytes())
    old = {name: state[name] for name in ("rows", "records", "gone")}
    (folder / "state.json").write_text(json.dumps(old))
    packed = (folder / "vectors.i8").read_bytes()
    after = local.searcher().search(question, mode="meaning").hits
    assert [(hit.element, hit.passages[0]) for hit in after] == [
        (hit.element, hit.passages[0]) for hit in before
    ]
    assert (folder / "vectors.i8").read_bytes() == packed
    assert local.indexes.without_vectors() == []
    assert not (folder / "rows.bin").exists()
    (folder / "state.json").write_text(json.dumps({**state, "format": 9}))
    with pytest.raises(ArchiveError, match=r"vectors.*later Mahdar \(format 9; this one knows 2\)"):
        local.searcher()


def test_old_vectors_that_are_damaged_are_made_anew(local: Archive) -> None:
    made = local.indexes.make_vectors()
    folder = local.indexes.vectors_folder
    state = json.loads((folder / "state.json").read_bytes())
    (folder / "rows.bin").write_bytes(b"short")
    (folder / "state.json").write_text(
        json.dumps({"rows": state["rows"], "records": [1], "gone": []})
    )
    assert local.indexes.make_vectors() == made
    assert Vectors(folder).state.rows == made


def test_asking_what_is_old_reads_no_contents(local: Archive) -> None:
    from mahdar.archive.rebuilding import _old

    table = models.Record.objects.using(local.alias).filter(current=True)
    for asked in (
        _old(local.alias).values("pk"),
        table.values("serial"),
        table.values("said_serial"),
    ):
        assert "COVERING INDEX" in asked.explain()


def test_a_person_keeps_a_name_and_gets_a_new_sound(
    local: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.archive import derived_elements

    people = models.Person.objects.using(local.alias)
    names = dict(people.values_list("code", "name"))
    monkeypatch.setattr(_BY_NAME["people"], "format", 3)
    monkeypatch.setattr(derived_elements, "sound_of", lambda name: f"~{name}")
    assert local.verify().wrong == []
    assert local.rebuild().tables == {"people": 1}  # the first record has brought them all up
    assert dict(people.values_list("code", "name")) == names
    assert all(person.sound == f"~{person.name}" for person in people.all())
    assert isinstance(_BY_NAME["elements"], Elements)
