"""Nothing that a file or an archive holds moves the cursor of a terminal, rings or hides a line."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from mahdar import open_archive, specimen_path
from mahdar.api.archive import Archive
from mahdar.archive.tables import models
from mahdar.cli import output
from mahdar.cli.main import main
from mahdar.errors import OutputError
from mahdar.model.cleaning import clean
from mahdar.specimens.build import specimen
from tests.archives import close, made_specimen, write_record

EVIL = "a\x1b[2J\x1b]0;owned\x07b\x9b31mc\x08\x08d\x7f\x0ee"
# Bold, the colours of scores, and back; the line of progress: all that the commands style with.
OWN = re.compile(r"\x1b\[(?:0|1|22|3[134])m|\r\x1b\[K")
ROOT = Path(__file__).parent.parent


def in_terminal(*arguments: str | bytes, place: Path | None = None) -> str:
    """Return what a command prints to a terminal, on both of its outputs."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "MAHDAR_ARCHIVE": str(place)}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-m", "mahdar", *arguments], stdin=subprocess.DEVNULL, stdout=theirs,
        stderr=theirs, env=environment,
    ) as process:  # fmt: skip
        os.close(theirs)
        out = b""
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            out += piece
        process.wait()
    os.close(ours)
    return out.decode().replace("\r\n", "\n")


def controls(text: str) -> list[str]:
    """Return the control characters of a text but our own styles and ends of lines."""
    bare = OWN.sub("", text)
    return [c for c in bare if c != "\ufffd" and (clean(c) != c or c == "\r")]


@pytest.fixture
def held(django_started: None, tmp_path: Path) -> Iterator[Archive]:
    """An archive from before anything was cleaned: its tables hold anything."""
    record = msgspec.structs.replace(made_specimen("en"), symbol="S/PV.1")
    archive = open_archive(tmp_path / "archive")
    archive.add([write_record(record, tmp_path / "record.json")])
    archive.searcher().search("lamp")
    using = archive.alias
    models.Record.objects.using(using).update(title=EVIL)
    models.Element.objects.using(using).update(label=EVIL)
    for row in models.Paragraph.objects.using(using).filter(text__contains="lamp"):
        row.text = f"lamp {EVIL} lamp {row.text}"
        row.save(using=using)
    yield archive
    close(archive)


def test_what_an_archive_holds(held: Archive, tmp_path: Path) -> None:
    place = tmp_path / "archive"
    for arguments in (
        ["list"], ["list", "--format", "json"], ["list", "--versions"], ["search", "lamp"],
        ["search", "lamp", "--format", "json"], ["study", "concordance", "lamp"],
        ["study", "concordance", "lamp", "--to", "csv"], ["show", "S/PV.1"], ["search", EVIL],
        ["rulings", "list"], ["show", f"S/{EVIL}"], ["remove", f"S/{EVIL}"],
        ["choose", "S/PV.1/en@1", "--by", EVIL, "--reason", f"{EVIL}\rx"], ["rulings", "list"],
    ):  # fmt: skip
        told = in_terminal(*arguments, place=place)
        assert told.strip()
        assert "Traceback" not in told
        assert controls(told) == [], arguments
    assert "\x1b[1mlamp" in in_terminal("search", "lamp", place=place)


def test_what_files_hold_and_are_called(tmp_path: Path) -> None:
    text = msgspec.json.encode(specimen("en")).decode()
    evil = msgspec.json.encode(EVIL).decode()[1:-1]
    record = tmp_path / "record.json"
    record.write_text(text.replace("S/PV.99902", f"S/PV.{evil}"), encoding="utf-8")
    named = os.fsencode(tmp_path / f"{EVIL}\r".replace("/", "")) + b"\xff.json"
    Path(os.fsdecode(named)).write_bytes(record.read_bytes())
    broken = named.replace(b"\xff.json", b".pdf")
    Path(os.fsdecode(broken)).write_bytes(b"%PDF-1.7 nothing")
    place = tmp_path / "archive"
    commands: list[list[str | bytes]] = [
        ["show", str(record)],
        ["show", named],
        ["show", "--format", "json", named],
        ["read", named],
        ["read", named + b"nowhere"],
        ["read", broken],
        ["publish", "--to", "text", named],
        ["publish", "--to", "html", named],
        ["publish", "--to", "html", "-o", named + b"/x", named],
        ["add", "--vectors", "later", str(record), named, broken],
        ["add", "--vectors", "later", "--format", "json", broken],
        ["cite", named],
        ["who", EVIL],
        ["publish", "--to", EVIL, named],
        [f"--{EVIL}"],
        [EVIL],
    ]
    for arguments in commands:
        told = in_terminal(*arguments, place=place)
        assert told.strip()
        assert "Traceback" not in told, told[-2000:]
        assert controls(told) == [], arguments


def test_a_summary_keeps_its_own_colours() -> None:
    told = in_terminal("read", str(specimen_path()))
    assert "\x1b[1m" in told
    assert controls(told) == []


def test_a_form_that_is_no_text_is_for_a_file(tmp_path: Path) -> None:
    record = write_record(specimen("en"), tmp_path / "record.json")
    told = in_terminal("publish", "--to", "docx", str(record))
    assert "name a file with --output" in told
    assert controls(told) == []
    done = CliRunner().invoke(main, ["publish", "--to", "docx", str(record)])
    assert done.stdout_bytes[:2] == b"PK", "whoever reads it through a pipe has the bytes"


def test_bytes_of_a_form_are_changed_only_on_a_terminal(
    capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form = b"a\x1b[2Jb\rc\r\n\x9b"
    output.write_result(form, None)
    assert capfdbinary.readouterr().out == form
    output.write_result(form, str(tmp_path / "form"))
    assert (tmp_path / "form").read_bytes() == form
    output.write_result("a\x1b[1mb\ud800", None)
    assert capfdbinary.readouterr().out.decode() == "a\ufffd[1mb\ufffd"
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(OutputError):
        output.write_result(form, None)
    output.write_result(form[:-1], None)
    assert capfdbinary.readouterr().out.decode() == "a\ufffd[2Jb\ufffdc\r\n"
    output.say("a\x1b[2Jb\r", err=True)
    assert capfdbinary.readouterr().err.decode() == "a\ufffd[2Jb\ufffd\n"
