"""Files that take time are made once, by processes of their own, and no answer waits long."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mahdar.web import making
from mahdar.web.making import Maker, NotMadeYet, clear_old

Runs = Callable[..., Any]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the making of a file be an entry in a list, and an empty file."""
    made: list[str] = []

    def run(module: str, target: str, *, seconds: float, given: bytes | None) -> int:
        del seconds, given
        made.append(module)
        if module == "fails":
            return 1
        Path(target).write_bytes(b"made")
        return 0

    monkeypatch.setattr(making, "run_module", run)
    return made


def test_a_file_is_made_once(tmp_path: Path, ran: list[str]) -> None:
    target = tmp_path / "a" / "b.png"
    for maker in (Maker(), Maker()):
        for _ in range(3):
            assert maker.make(target, "draws", str(target), wait=300) == target
    assert ran == ["draws"]


def test_what_cannot_be_made_is_remembered(tmp_path: Path, ran: list[str]) -> None:
    target = tmp_path / "a" / "b.png"
    for maker in (Maker(), Maker()):
        assert maker.make(target, "fails", str(target), wait=300) is None
    assert ran == ["fails"]
    os.utime(target.with_name("b.png.none"), (0, 0))  # long ago
    assert Maker().make(target, "draws", str(target), wait=300) == target


def test_nobody_waits_for_long_and_many_ask_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, ran = threading.Event(), []

    def run(module: str, target: str, *, seconds: float, given: bytes | None) -> int:
        del module, seconds, given
        ran.append(target)
        going.wait(300)
        Path(target).write_bytes(b"made")
        return 0

    monkeypatch.setattr(making, "run_module", run)
    maker, target = Maker(), tmp_path / "a" / "b.png"
    for _ in range(24):
        with pytest.raises(NotMadeYet) as caught:
            maker.make(target, "draws", str(target), wait=0.001)
        assert caught.value.wait >= 1
    going.set()
    assert maker.make(target, "draws", str(target), wait=300) == target
    assert ran == [str(target)]


def test_only_so_many_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    going = threading.Event()
    monkeypatch.setattr(making, "run_module", lambda *_, **__: going.wait(300) and 1)
    maker, told = Maker(), set()
    for number in range(making._WAITING + 3):
        target = tmp_path / "a" / f"{number}.png"
        with pytest.raises(NotMadeYet) as caught:
            maker.make(target, "draws", wait=0.001)
        told.add(caught.value.wait)
    assert told == {2, 5}
    going.set()


def test_one_who_asks_for_much_keeps_nobody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()
    monkeypatch.setattr(making, "run_module", lambda *_, **__: going.wait(300) and 1)
    maker = Maker()

    def told(asker: str, number: int) -> int:
        with pytest.raises(NotMadeYet) as caught:
            maker.make(tmp_path / "a" / f"{asker}-{number}.png", "draws", wait=0.001, asker=asker)
        return caught.value.wait

    assert {told("greedy", number) for number in range(making._EACH)} == {2}
    assert told("greedy", 99) == 5
    assert told("another", 1) == 2
    going.set()


def test_threads_that_answer_others_do_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    going, begun = threading.Event(), threading.Semaphore(0)

    class Watched(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            if timeout is not None:  # a thread that is started waits without one
                begun.release()
            return super().wait(timeout)

    monkeypatch.setattr(making, "run_module", lambda *_, **__: going.wait(300) and 1)
    maker, target = Maker(), tmp_path / "a" / "b.png"
    waiting = [
        threading.Thread(target=maker.make, args=(target, "draws"), kwargs={"wait": 300.0})
        for _ in range(making._PATIENT)
    ]
    with monkeypatch.context() as patch:
        patch.setattr(threading, "Event", Watched)
        for thread in waiting:
            thread.start()
            begun.acquire()
    with pytest.raises(NotMadeYet):
        maker.make(target, "draws", wait=300)
    going.set()
    for thread in waiting:
        thread.join()


def test_a_full_disk_does_not_end_the_making(
    tmp_path: Path, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one thread that makes files was gone for good with the first that could not be written."""
    maker, usual = Maker(), making._run

    def full(job: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(making, "_run", full)
    assert maker.make(tmp_path / "a" / "b.png", "draws", wait=300) is None
    monkeypatch.setattr(making, "_run", usual)
    target = tmp_path / "a" / "b.png"
    assert maker.make(target, "draws", str(target), wait=300) == target
    assert ran == ["draws"]


def test_what_is_given_is_asked_for_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "copies.py").write_text(
        "import pathlib, sys\npathlib.Path(sys.argv[1]).write_bytes(sys.stdin.buffer.read())"
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    maker, target, asked = Maker(), tmp_path / "a" / "b", []

    def given() -> bytes:
        asked.append(1)
        return b"the record"

    for _ in range(2):
        assert maker.make(target, "copies", str(target), given=given, wait=300) == target
    assert (target.read_bytes(), asked) == (b"the record", [1])


def test_a_process_that_crashes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crashes.py").write_text("import os; os.abort()")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    target = tmp_path / "a" / "b.png"
    assert Maker().make(target, "crashes", wait=300) is None


def test_what_was_asked_for_last_is_cleared_last(tmp_path: Path) -> None:
    for number in range(4):
        path = tmp_path / "a" / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"x" * 100)
        os.utime(path, (number, number))
    (tmp_path / "a" / ".half").write_bytes(b"x")
    os.utime(tmp_path / "a" / ".half", (0, 0))
    assert clear_old(tmp_path, 250) == 2
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == ["2.png", "3.png"]
