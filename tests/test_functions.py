"""The public functions, as another program calls them."""

from __future__ import annotations

import io
import subprocess
import sys
import warnings
from pathlib import Path

import msgspec
import pytest

import mahdar
from mahdar.api.archive import Archive
from mahdar.cli.output import warnings_told
from tests.archives import close, made_specimen, write_record
from tests.test_cli import printed, run

SPECIMEN = mahdar.specimen_path()


def test_a_stream_is_read_as_its_file_is() -> None:
    with SPECIMEN.open("rb") as stream:
        assert mahdar.read(stream) == mahdar.read(SPECIMEN)


def test_a_stream_of_a_pdf_is_read_as_its_file_is(tmp_path: Path) -> None:
    path = printed(tmp_path)
    assert mahdar.read(io.BytesIO(path.read_bytes())) == mahdar.read(path)


def test_messages_name_a_stream() -> None:
    with pytest.raises(mahdar.EmptyFile, match=r"^the wire: "):
        mahdar.read(io.BytesIO(b""), name="the wire")
    with pytest.raises(mahdar.EmptyFile, match=r"^the stream: "):
        mahdar.read(io.BytesIO(b""))


def test_every_function_of_records_reads_as_it_is_told(tmp_path: Path) -> None:
    path = printed(tmp_path)
    one_page = mahdar.Limits(pages=1)
    for call in (
        lambda: mahdar.read(path, limits=one_page),
        lambda: mahdar.show(path, limits=one_page),
        lambda: mahdar.summary(path, limits=one_page),
        lambda: mahdar.explain(path, limits=one_page),
        lambda: mahdar.publish(path, "text", limits=one_page),
        lambda: mahdar.cite(path, limits=one_page),
        lambda: mahdar.people([path], limits=one_page),
        lambda: mahdar.align(path, path, limits=one_page),
        lambda: mahdar.draw_columns(path, limits=one_page),
        lambda: next(mahdar.draw_pages(path, limits=one_page)),
    ):
        with pytest.raises(mahdar.InputError, match="--most-pages"):
            call()


def test_a_record_is_opened_wherever_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = made_specimen("en")
    path = write_record(record, tmp_path / "en.json")
    assert mahdar.open_record(record) is record
    assert mahdar.open_record(path) == record
    assert mahdar.show(path) == mahdar.show(record)
    monkeypatch.setenv("MAHDAR_ARCHIVE", str(tmp_path / "archive"))
    archive = mahdar.open_archive()
    try:
        archive.add([path])
        assert mahdar.open_record("S/PV.99902/en").symbol == "S/PV.99902"
        assert mahdar.publish("S/PV.99902", "json")[".json"].startswith(b"{")
        with pytest.raises(mahdar.ArchiveError, match=r"no record S/PV\.1"):
            mahdar.open_record("S/PV.1")
    finally:
        close(archive)


def test_a_name_that_is_no_symbol_opens_no_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MAHDAR_ARCHIVE", str(tmp_path / "archive"))
    with pytest.raises(mahdar.UnreadableFile):
        mahdar.open_record("folder/none.txt")
    with pytest.raises(mahdar.UnreadableFile):  # nor is one made
        mahdar.open_record("S/PV.99902")
    assert not (tmp_path / "archive").exists()


def test_pages_are_drawn_by_their_numbers(tmp_path: Path) -> None:
    stages = mahdar.read_stages(printed(tmp_path))
    drawn = dict(mahdar.draw_pages(stages))
    assert list(drawn) == [1, 2, 3]
    assert dict(mahdar.draw_pages(stages, 2)) == {2: drawn[2]}
    assert all(picture.startswith(b"\x89PNG") for picture in drawn.values())
    assert drawn[1] != drawn[2]


def test_the_pages_of_a_stream_cannot_be_drawn(tmp_path: Path) -> None:
    stream = io.BytesIO(printed(tmp_path).read_bytes())
    stages = mahdar.read_stages(stream, name="the wire")
    assert mahdar.draw_columns(stages).startswith("<svg")
    with pytest.raises(mahdar.UnreadableFile, match=r"the wire: .*save it to a file"):
        next(mahdar.draw_pages(stages))


@pytest.fixture
def without_vectors(tmp_path: Path) -> Archive:
    archive = mahdar.open_archive(tmp_path / "archive")
    archive.add([write_record(made_specimen("en"), tmp_path / "en.json")])
    return archive


def test_an_answer_that_leaves_records_out_says_so(without_vectors: Archive) -> None:
    try:
        with pytest.warns(mahdar.Incomplete, match="^1 records have no vectors yet"):
            mahdar.search("peace", without_vectors, mode="both")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            mahdar.search("peace", without_vectors)  # by words nothing is left out
            without_vectors.indexes.make_vectors()
            mahdar.search("peace", without_vectors, mode="both")
    finally:
        close(without_vectors)


def test_the_command_says_what_is_left_out_once(without_vectors: Archive) -> None:
    place = str(without_vectors.place.folder)
    close(without_vectors)
    for _ in range(2):  # Python itself says a warning once a place
        status, _, err = run("search", "--meaning", "peace", "--archive", place)
        assert (status, err.count("\n")) == (0, 1)
        assert err.startswith("mahdar: 1 records have no vectors yet and are left out")
    status, _, err = run("search", "peace", "--archive", place)
    assert (status, err) == (0, "")


def test_a_searcher_is_asked_as_its_archive_is(without_vectors: Archive) -> None:
    try:
        searcher = without_vectors.searcher()
        answers = [
            mahdar.search("Council", where, facets=False)
            for where in (without_vectors, searcher, without_vectors.place.folder)
        ]
        plain = [msgspec.structs.replace(answer, milliseconds=0) for answer in answers]
        assert plain[0].total > 0
        assert plain[0].facets == {}
        assert plain[0] == plain[1] == plain[2]
        assert mahdar.search("Council", searcher).facets
    finally:
        close(without_vectors)


def test_other_warnings_are_left_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings(record=True) as left, warnings_told(mahdar.Incomplete):
        warnings.warn("half", mahdar.Incomplete, stacklevel=1)
        warnings.warn("old", UserWarning, stacklevel=1)
    assert [str(each.message) for each in left] == ["old"]
    assert capsys.readouterr().err == "mahdar: half\n"


def test_a_package_that_is_missing_is_named() -> None:
    script = (
        "import sys\n"
        "for name in ('django', 'numpy', 'tantivy'):\n"
        "    sys.modules[name] = None\n"
        "import mahdar\n"
        "try:\n"
        "    mahdar.search('peace')\n"
        "except mahdar.MahdarError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)
    assert b"mahdar[archive]" in done.stdout
