"""Nothing lost: killed at any moment, the disk full, two writers, the power cut.

A few of each run with the suite; ``make crash`` runs fifty (MAHDAR_CRASHES) and prints counts.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from mahdar import open_archive
from mahdar.api.archive import Archive
from mahdar.errors import ArchiveError
from mahdar.publishing.publish import read_json
from tests.archives import close, made_specimen, numbered, write_record
from tests.power.disk import after_cut, read_log

TIMES = int(os.environ.get("MAHDAR_CRASHES", "3"))
RECORDS, MANY = 12, 56
_ADD = ("add", "--vectors", "later", "--workers", "1", "--archive")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("records")
    for number in range(RECORDS):
        record = made_specimen(("ar", "en", "zh")[number % 3])
        write_record(numbered(record, 500 + number), folder / f"{500 + number}.json")
    return folder


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return enough records that they are kept in several transactions."""
    folder = tmp_path_factory.mktemp("many")
    for number in range(MANY):
        record = made_specimen(("ar", "en", "zh")[number % 3])
        write_record(numbered(record, 500 + number), folder / f"{500 + number}.json")
    return folder


def mahdar(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mahdar", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def killed(after: float, *arguments: str) -> bool:
    """Run a command, kill it after some seconds; tell whether it was still at work."""
    process = mahdar(*arguments)
    try:
        process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        return True
    return False


def whole(archive: Archive, files: Path) -> set[str]:
    """See that everything in an archive is as it was put in; return what is there."""
    found = archive.verify()
    assert found.wrong == []
    for record in archive.records():
        number = str(record.symbol).rsplit(".", 1)[1]
        path = files / f"{number}.json"
        given = read_json(path.read_bytes(), path)
        assert msgspec.structs.replace(record, origin=None) == given
    return {entry.key for entry in archive.entries()}


def usual(files: Path, folder: Path) -> float:
    """Return how long it takes to add all the files."""
    begun = time.monotonic()
    process = mahdar(*_ADD, str(folder), str(files))
    assert process.wait() == 0, process.stderr and process.stderr.read()
    return time.monotonic() - begun


def test_killed_at_any_moment_while_adding(
    many: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(1)
    long = usual(many, tmp_path / "measured")
    hit, kept = 0, []
    for n in range(TIMES):
        place = tmp_path / f"a{n}"
        hit += killed(rng.uniform(0.3, 1.0) * long, *_ADD, str(place), str(many))
        archive = open_archive(place)
        kept.append(len(whole(archive, many)))
        added = archive.add([many])  # the rest are taken up again
        assert added.new + added.same == MANY
        assert added.same >= kept[-1]
        assert len(whole(archive, many)) == MANY
        assert archive.verify().behind == 0
        close(archive)
        shutil.rmtree(place)
    with capsys.disabled():
        print(f"\nadd: killed {hit} of {TIMES} times at work; records kept then: {sorted(kept)}")


def test_killed_at_any_moment_while_removing(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = random.Random(2)
    usual(files, tmp_path / "full")
    script = (
        "import mahdar, sys\n"
        "archive = mahdar.open_archive(sys.argv[1])\n"
        f"for n in range({RECORDS}): archive.remove(f'S/PV.{{500 + n}}')\n"
    )

    def removing(place: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", script, str(place)])

    shutil.copytree(tmp_path / "full", tmp_path / "timed")
    begun = time.monotonic()
    assert removing(tmp_path / "timed").wait() == 0
    long = time.monotonic() - begun
    left = []
    for n in range(TIMES):
        place = tmp_path / f"r{n}"
        shutil.copytree(tmp_path / "full", place)
        process = removing(place)
        time.sleep(rng.uniform(0.3, 1.0) * long)
        process.kill()
        process.wait()
        archive = open_archive(place)
        keys = whole(archive, files)
        left.append(len(keys))
        archive.indexes.catch_up()
        assert archive.verify().behind == 0
        assert archive.searcher().search("kind:turn").total > 0 or not keys
        for key in keys:
            archive.remove(key)
        assert whole(archive, files) == set()
        assert archive.searcher().search("kind:turn").total == 0
        close(archive)
        shutil.rmtree(place)
    with capsys.disabled():
        print(f"\nremove: killed {TIMES} times; records left then: {sorted(left)}")


def test_a_full_database_keeps_what_is_complete(files: Path, tmp_path: Path) -> None:
    from django.db import connections

    archive = open_archive(tmp_path / "archive")
    archive.add(sorted(files.iterdir())[:2])
    with connections[archive.alias].cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 40}")
    with pytest.raises(ArchiveError, match=r"full.*same command again"):
        archive.add([files])
    kept = whole(archive, files)
    assert {"S/PV.500", "S/PV.501"} <= kept < {f"S/PV.{500 + n}" for n in range(RECORDS)}
    with connections[archive.alias].cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1000000000")
    archive.add([files])
    assert len(whole(archive, files)) == RECORDS
    close(archive)


@pytest.mark.parametrize("size", ["400k", "600k", "700k", "800k"])
def test_a_full_disk_keeps_what_is_complete(files: Path, tmp_path: Path, size: str) -> None:
    place = tmp_path / "small"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here: this needs the rights of root")
    try:
        process = mahdar(*_ADD, str(place), str(files))
        _, said = process.communicate()
        assert process.returncode == 2, said
        assert b"Traceback" not in said
        assert b"the same command again" in said or b"give the command again" in said
        subprocess.run(["mount", "-o", "remount,size=60m", str(place)], check=True)
        archive = open_archive(place)
        whole(archive, files)
        archive.add([files])
        assert len(whole(archive, files)) == RECORDS
        close(archive)
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_two_writers_at_once(files: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "archive")
    writers = [mahdar(*_ADD, place, str(files)) for _ in range(2)]
    for writer in writers:
        _, said = writer.communicate()
        assert writer.returncode == 0, said
    archive = open_archive(place)
    assert len(whole(archive, files)) == RECORDS
    assert len(archive.entries(versions=True)) == RECORDS
    assert archive.verify().behind == 0
    close(archive)


def test_the_power_cut_at_any_moment(
    files: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        pytest.skip("no C compiler is here, to write down what SQLite writes")
    library = tmp_path / "log_writes.so"
    source = Path(__file__).parent / "power" / "log_writes.c"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"], check=True
    )
    script = (
        "import os, sys, mahdar\n"
        "archive = mahdar.open_archive(sys.argv[1])\n"
        "marks = os.open(sys.argv[1] + '/marks', os.O_CREAT | os.O_WRONLY)\n"
        "for path in sys.argv[2:]:\n"
        "    archive.add([path])\n"
        "    os.write(marks, path.rsplit('/')[-1][:3].encode())\n"
    )
    names = ("mahdar.sqlite3", "mahdar.sqlite3-wal", "marks")
    environment = {
        **os.environ, "LD_PRELOAD": str(library), "LOG_TO": str(tmp_path / "log"),
        "LOG_FILES": ",".join(names),
    }  # fmt: skip
    paths = [str(path) for path in sorted(files.iterdir())]
    (tmp_path / "archive").mkdir()
    subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "archive"), *paths],
        env=environment, check=True,
    )  # fmt: skip
    entries = read_log(tmp_path / "log")
    marked = [(n, entry.data.decode()) for n, entry in enumerate(entries) if entry.file == 3]
    assert len(marked) == RECORDS
    assert sum(entry.kind == "s" for entry in entries) > RECORDS
    rng = random.Random(3)
    kept = []
    first = next(n for n, entry in enumerate(entries) if entry.file == 2 and entry.kind == "s")
    for n in range(TIMES * 3):
        cut = rng.randrange(first, len(entries))
        place = tmp_path / f"cut{n}"
        place.mkdir()
        for number, name in enumerate(names[:2], 1):
            (place / name).write_bytes(after_cut(entries, cut, number, rng))
        archive = open_archive(place)
        keys = whole(archive, files)
        must = {f"S/PV.{mark}" for at, mark in marked if at < cut}
        assert must <= keys
        kept.append(len(keys))
        close(archive)
    with capsys.disabled():
        print(f"\npower cut {len(kept)} times; records kept then: {sorted(kept)}")
