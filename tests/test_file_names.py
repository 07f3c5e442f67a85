"""Names of files that are made from what a record says of itself."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from click.testing import CliRunner

from mahdar import export, open_archive
from mahdar.cli.main import main
from mahdar.errors import LanguageDataError
from mahdar.languages import load_language
from mahdar.model.naming import LONGEST, file_name, folded_name
from mahdar.specimens.build import specimen
from mahdar.web.pages.downloads import _named
from tests.archives import close, made_specimen, write_record

ORDINARY = ["S/PV.7050", "S/PV.7050 (Resumption 1)", "A/71/PV.1", "unnamed/0123456789ab", "état"]
HOSTILE = [
    "", ".", "..", "../..", "/", "//", "/etc/passwd", "..\\..\\x", "C:\\x", "a:b", "-rf", ".git",
    "nul", "NUL.en", "com1", "COM¹.x", "con ", "x.", "x ", " ", "\t", "a\nb", "a\rb", "a\0b",
    "a\x1b[2Jb", "a\x7fb", "a\x9bb", "a\u202excod.exe", "a\u2066b", "a\u2028b", "a\ufffeb",
    "a\ud800b", 'a"b', "a*b", "a?b", "a<b>", "a|b", "x" * 5_000, "é" * 200, "م" * 121, "\U0001f600" * 64,
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_an_ordinary_name_stays_as_it_is(text: str) -> None:
    assert file_name(f"{text}.en", ".json") == f"{text.replace('/', '-')}.en.json"


@pytest.mark.parametrize("text", HOSTILE)
def test_a_name_is_one_that_every_system_takes(text: str, tmp_path: Path) -> None:
    for ending in ("", ".json"):
        name = file_name(text, ending)
        assert name.strip(" ./\\-_"), "it is not empty"
        assert not name.startswith((".", "-", " "))
        assert not name.endswith((".", " "))
        assert not set(name) & set('/\\:*?"<>|')
        assert not {unicodedata.category(one) for one in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
        assert len(name.encode()) <= LONGEST
        assert name.split(".")[0].strip().casefold() not in ("nul", "con", "com1", "com¹")
        assert (tmp_path / name).resolve().parent == tmp_path.resolve()
        (tmp_path / name).write_bytes(b"")


def test_no_two_become_one() -> None:
    names = {folded_name(file_name(text)) for text in HOSTILE}
    assert len(names) == len(HOSTILE)
    taken: set[str] = set()
    for text in ("S/PV.1", "S-PV.1", "s/pv.1", "S/PV.1", "Ｓ/PV.1", "S/PV.1"):
        taken.add(folded_name(file_name(text, ".txt", taken=taken)))
    assert len(taken) == 6


def test_tables_are_written_here_whatever_the_symbol(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "above" / "here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    above = {here.parent, here}
    for symbol in ("..", "../..", str(tmp_path / "elsewhere"), "a\0b", "x" * 100_000, "S/PV.1"):
        record = msgspec.structs.replace(specimen("en"), symbol=symbol)
        write_record(record, tmp_path / "record.json")
        done = CliRunner().invoke(main, ["publish", "--to", "csv", "../../record.json"])
        assert (done.exit_code, done.output) == (0, ""), symbol[:40]
    assert set(tmp_path.rglob("*")) - {tmp_path / "record.json"} - above == {
        path for folder in here.iterdir() for path in (folder, *folder.iterdir())
    }
    assert len(list(here.iterdir())) == 6
    assert (here / "S-PV.1" / "turns.csv").is_file()


def test_an_export_has_a_file_for_each_record(django_started: None, tmp_path: Path) -> None:
    symbols = ["S/PV.1", "S-PV.1", "s/pv.1", "..", "../x", "x" * 300, "x" * 301, "nul"]
    for number, symbol in enumerate(symbols):
        write_record(
            msgspec.structs.replace(made_specimen("en"), symbol=symbol), tmp_path / f"{number}.json"
        )
    archive = open_archive(tmp_path / "archive")
    added = archive.add([tmp_path / f"{number}.json" for number in range(len(symbols))])
    assert (added.new, added.unread) == (len(symbols), [])
    out = tmp_path / "out"
    for to in ("json", "text"):
        assert export(out / to, archive, to=to) == len(symbols)
        written = [path.name for path in (out / to).iterdir()]
        assert len({folded_name(name) for name in written}) == len(symbols)
    assert {path.name for path in out.iterdir()} == {"json", "text"}
    held = [msgspec.json.decode(path.read_bytes())["symbol"] for path in (out / "json").iterdir()]
    assert sorted(held) == sorted(symbols)
    close(archive)


def test_a_file_that_the_site_gives_is_named_so() -> None:
    entry = SimpleNamespace(key="S/PV.99902", language="en")
    assert _named(entry, ".pdf") == "S-PV.99902.en.pdf"  # type: ignore[arg-type]
    entry = SimpleNamespace(key='..\\a"; x=".exe\u202e', language="en")
    assert not set(_named(entry, ".pdf")) & set('\\";=/\u202e') - {";", "="}  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["../languages/en", "en\0", "x" * 5_000, "", "\ud800"])
def test_a_language_is_no_path(code: str) -> None:
    with pytest.raises(LanguageDataError, match="the languages at hand are"):
        load_language(code)
