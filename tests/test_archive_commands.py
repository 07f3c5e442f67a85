"""The commands about archives, as somebody types them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from mahdar.archive.readings import readings
from mahdar.cli.main import main
from tests.archives import made_specimen, numbered, write_record


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MAHDAR_ARCHIVE", str(tmp_path / "archive"))
    return tmp_path / "archive"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments), catch_exceptions=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, specimens: Path) -> Path:
    """An archive of the specimens that nobody changes; each test gets a copy of its own."""
    folder = tmp_path_factory.mktemp("made") / "archive"
    subprocess.run(
        [sys.executable, "-m", "mahdar", "add", "--vectors", "now", "--archive", str(folder),
         str(specimens)],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture
def filled(place: Path, made: Path) -> Path:
    shutil.copytree(made, place)
    return place


def test_adding_tells_what_came_of_it(place: Path, specimens: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("no record", encoding="utf-8")
    result = run("add", "--vectors", "later", str(specimens), str(tmp_path / "bad.txt"))
    assert result.exit_code == 0
    assert "7 files" in result.output
    assert "6 new, 1 not read" in result.output
    assert "bad.txt" in result.output
    assert "6 records" in result.output
    assert "6 already there" in run("add", "--vectors", "later", str(specimens)).output


def test_nothing_but_unreadable_files_is_an_error(place: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_text("no record", encoding="utf-8")
    assert run("add", str(tmp_path / "bad.txt")).exit_code == 2
    assert run("add", str(tmp_path / "nowhere")).exit_code == 2


def test_the_settings_of_another_django_project_are_no_concern_of_ours(
    place: Path, specimens: Path, tmp_path: Path
) -> None:
    """A developer's shell names them; the environment stays as it was, for what is started here."""
    (tmp_path / "theirs.py").write_text("raise RuntimeError('not ours')", encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-c",
         "import os, sys\nfrom mahdar.cli.main import main\n"
         "main(sys.argv[1:], standalone_mode=False)\n"
         "print(os.environ['DJANGO_SETTINGS_MODULE'])",
         "add", "--vectors", "later", str(specimens)],
        capture_output=True, text=True, check=False, cwd=tmp_path,
        env={**os.environ, "MAHDAR_ARCHIVE": str(place), "DJANGO_SETTINGS_MODULE": "theirs"},
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert "6 new" in told.stdout
    assert told.stdout.endswith("theirs\n")


def test_listing_and_showing(filled: Path) -> None:
    assert "6 records" in run("list").output
    assert run("list", "--language", "zh").output.endswith("\n1 record\n")
    entries = json.loads(run("list", "--format", "json", "S/PV").output)
    assert {entry["language"] for entry in entries} == {"ar", "en", "es", "fr", "ru", "zh"}
    assert "Lighthouses" in run("show", "S/PV.99902/en").output
    result = run("show", "S/PV.99902")
    assert result.exit_code == 2
    assert "say which" in result.output


def test_searching_prints_hits_with_their_citations(filled: Path) -> None:
    output = run("search", "fog", "signals").output
    assert "[fog] [signals]" in output
    assert "S/PV.99902 (France)   S/PV.99902/en@1#t14p1" in output
    answer = json.loads(run("search", "fog", "--format", "json").output)
    assert answer["total"] == 1
    assert "@techreport{S-PV-99902-en-1-t14p1," in run("search", "fog", "--format", "bibtex").output
    meaning = run("search", "--meaning", "a minute of silence for the lost at sea").output
    assert "S/PV.99902/ar@1#t15p1" in meaning


def test_a_question_that_is_wrong_is_shown_with_its_place(filled: Path) -> None:
    result = run("search", "arms (embargo")
    assert result.exit_code == 2
    assert "arms (embargo\n       ^" in result.output


def test_the_help_names_all_fields() -> None:
    output = run("search", "--help").output
    assert "cites:S/RES/1325(2000)" in output
    assert "NEAR/5" in output


@pytest.mark.parametrize(
    "command",
    [
        ["concordance", "lamp"], ["frequencies", "lamp", "--by", "state"],
        ["collocations", "lamp", "--language", "en"], ["keyness", "--where", "state:CRI", "--language", "en"],
        ["dispersion", "lamp", "boat", "--by", "state", "--language", "en"],
        ["ngrams", "--language", "fr", "--common"], ["citations", "--kind", "state"], ["together", "--least", "1"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ["text", "csv", "json"])
def test_studies_print_tables(filled: Path, command: list[str], form: str) -> None:
    result = run("study", *command, "--to", form)
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 1


def test_studies_draw_and_write_files(filled: Path, tmp_path: Path) -> None:
    picture, table = tmp_path / "p.svg", tmp_path / "t.parquet"
    result = run("study", "frequencies", "مصباح", "--by", "state", "--plot", str(picture),
                 "--to", "parquet", "-o", str(table))  # fmt: skip
    assert result.exit_code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    assert table.read_bytes().startswith(b"PAR1")
    nothing = run("study", "frequencies", "xyzzy", "--by", "topic", "--where", "year:1900",
                  "--plot", str(picture))  # fmt: skip
    assert nothing.exit_code == 2


def test_the_index_is_written_to_a_file(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "index.html"
    assert run("index", "2031", "-o", str(target)).exit_code == 0
    assert "Voting chart" in target.read_text(encoding="utf-8")
    assert run("index", "2031", "--to", "csv", "-o", str(tmp_path / "csv")).exit_code == 0
    assert (tmp_path / "csv" / "votes.csv").exists()
    assert run("index", "1999").exit_code == 2


def test_removing_exporting_and_verifying(filled: Path, tmp_path: Path) -> None:
    assert "6 records written" in run("export", str(tmp_path / "out")).output
    assert "1 removed" in run("remove", "--yes", "S/PV.99902/zh").output
    result = run("verify")
    assert result.exit_code == 0
    assert "5 versions of 5 records are whole" in result.output
    columns = filled / "indexes" / "columns" / "en" / "tokens.u32"
    columns.write_bytes(b"")
    broken = run("verify")
    assert broken.exit_code == 4
    assert "WRONG" in broken.output
    assert run("verify", "--mend").exit_code == 0


def test_without_an_archive_one_sentence_says_how_to_make_one(place: Path) -> None:
    for command in (["list"], ["search", "x"], ["verify"], ["remove", "--yes", "x"]):
        result = run(*command)
        assert result.exit_code == 2
        assert "mahdar add" in result.output
    assert not place.exists()


def test_vectors_follow_in_the_background(place: Path, specimens: Path) -> None:
    run("add", str(specimens / "en.json"))
    for _ in range(120):
        found = json.loads(run("verify", "--format", "json").output)
        if not found["without_vectors"]:
            break
        time.sleep(0.5)
    assert found["vectors"] > 30


def test_reading_on_a_cluster_whose_worker_dies(tmp_path: Path) -> None:
    cluster_of = import_module("distributed").LocalCluster

    files = []
    for number in range(16):
        path = write_record(numbered(made_specimen("en"), number), tmp_path / f"{number}.json")
        files.append((path, path.read_bytes()))
    with cluster_of(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster:
        found = []
        for reading in readings(iter(files), scheduler=cluster.scheduler_address):
            found.append(reading)
            if len(found) == 2:
                worker = next(iter(cluster.workers.values()))
                os.kill(worker.pid, signal.SIGKILL)
    assert sorted(Path(r.path).stem for r in found) == sorted(str(n) for n in range(16))
    assert [r.reason for r in found] == [""] * 16


def test_no_scheduler_there_is_one_sentence(place: Path, specimens: Path) -> None:
    result = run("add", "--scheduler", "tcp://127.0.0.1:9", str(specimens))
    assert result.exit_code == 2
    assert "dask scheduler" in result.output


def test_the_core_starts_without_the_archive() -> None:
    script = (
        "import sys, mahdar\n"
        "mahdar.read(mahdar.specimen_path())\n"
        "from mahdar.cli.main import main\n"
        "heavy = {'django', 'numpy', 'tantivy', 'usearch', 'pyarrow', 'distributed', 'altair'}\n"
        "sys.exit(bool(heavy & set(sys.modules)))\n"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
