"""What the site keeps for itself: its housekeeper, sessions, tries to sign in, key, log, files."""

from __future__ import annotations

import errno
import logging
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from mahdar.errors import ArchiveError
from mahdar.web import housekeeping, incoming, throttle
from mahdar.web.costs import cost_of
from mahdar.web.keeper import Keeper
from mahdar.web.logs import OneLine
from mahdar.web.models import FailedTry, Upload
from mahdar.web.options import site_options
from mahdar.web.rates import Rates
from mahdar.web.secret import secret_key
from mahdar.web.throttle import begin_try
from mahdar.web.users import add_user
from tests.served import PATIENCE
from tests.site import PASSWORD, reader

pytestmark = pytest.mark.usefixtures("site")
NAME = "keeper"


@pytest.fixture
def somebody() -> Iterator[str]:
    User.objects.filter(username=NAME).delete()
    FailedTry.objects.all().delete()
    add_user(NAME, PASSWORD, editor=True)
    yield NAME
    User.objects.filter(username=NAME).delete()
    FailedTry.objects.all().delete()


def sign_in(client: Client, password: str = PASSWORD, name: str = NAME) -> int:
    return client.post("/sign-in", {"name": name, "password": password}).status_code


def wait_for(what: Any) -> Any:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("it never came")


def test_a_housekeeper_that_dies_is_started_again() -> None:
    keeper = Keeper([sys.executable, "-c", "import time; time.sleep(900)"], first=0.01)
    keeper.start()
    first = keeper.pid
    assert first is not None
    psutil.Process(first).kill()
    second = wait_for(lambda: keeper.pid not in (None, first) and keeper.pid)
    keeper.end()
    assert not psutil.pid_exists(second)
    assert keeper.pid is None


def test_whether_there_is_a_housekeeper_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "LOCK", "tested.lock")
    assert b"is away" in reader().get("/alive").content
    import fcntl

    with (site_options().folder / "tested.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        told = reader().get("/alive").content
    assert told.startswith(b"ok\n")
    assert b"housekeeper works" in told


def test_the_table_of_sessions_lets_nobody_in(somebody: str) -> None:
    client = reader()
    assert sign_in(client) == 302
    cookie = client.cookies["session"].value
    kept = list(Session.objects.values_list("session_key", flat=True))
    assert cookie not in kept
    for key in kept:  # what is found there is no cookie
        thief = reader()
        thief.cookies["session"] = key
        assert thief.get("/saved").status_code == 302
    assert client.get("/saved").status_code == 200
    client.post("/sign-out")
    client.cookies["session"] = cookie
    assert client.get("/saved").status_code == 302


def test_sessions_that_are_over_are_cleared(somebody: str) -> None:
    assert sign_in(reader()) == 302
    Session.objects.update(expire_date=timezone.now() - timezone.timedelta(days=1))  # type: ignore[attr-defined]
    housekeeping.clear_unneeded()
    assert not Session.objects.exists()


def test_many_who_try_at_once_are_no_better_off(
    somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each looked whether others had failed, and none had yet: all twenty were let try."""
    together = threading.Barrier(20)

    def attempt(number: int) -> bool:
        del number
        together.wait(PATIENCE)
        try:
            return begin_try(somebody, "203.0.113.7") is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as pool:
        assert 1 <= sum(pool.map(attempt, range(20))) <= 5


def test_nobody_is_locked_out_by_name(somebody: str) -> None:
    owner = reader(REMOTE_ADDR="198.51.100.1")
    assert sign_in(owner) == 302
    owner.cookies.pop("session")
    for number in range(70):  # from many networks
        client = reader(REMOTE_ADDR=f"203.0.113.{number}")
        sign_in(client, "x")
    assert sign_in(reader(REMOTE_ADDR="203.0.113.200")) == 429
    assert sign_in(owner) == 302  # whose browser is known
    for number in range(6):
        sign_in(reader(REMOTE_ADDR=f"2001:db8::{number}"), "x", "another")
    assert sign_in(reader(REMOTE_ADDR="2001:db8::99"), name="another") == 429  # one network


def test_a_known_browser_is_known_for_one_name(somebody: str) -> None:
    cookie = throttle.know_browser("somebody else")
    for _ in range(5):
        assert begin_try(somebody, "203.0.113.9", cookie) is not None
    assert begin_try(somebody, "203.0.113.9", cookie) is None
    own = throttle.know_browser(somebody)
    assert [begin_try(somebody, "203.0.113.9", own) is not None for _ in range(11)] == [
        *[True] * 10, False,
    ]  # fmt: skip


@pytest.mark.parametrize("key", ["", "short", "a" * 64, "ab" * 40])
def test_a_weak_key_is_refused(key: str, tmp_path: Path) -> None:
    path = tmp_path / "secret-key"
    path.write_text(key)
    path.chmod(0o600)
    with pytest.raises(ArchiveError, match=r"weak.*remove it"):
        secret_key(tmp_path)


def test_a_key_that_others_read_or_that_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    secret_key(tmp_path)
    path = tmp_path / "secret-key"
    path.chmod(0o644)
    with pytest.raises(ArchiveError, match="others may read"):
        secret_key(tmp_path)
    path.chmod(0o600)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError, match="secret-key"):
        secret_key(tmp_path)


def test_what_strangers_type_stays_on_its_line() -> None:
    record = logging.LogRecord("x", logging.WARNING, "f", 1, "Not Found: %s", None, None)
    record.args = ("/a\n2026-01-01 ERROR forged\x1b[2J\u202e" + "x" * 9000,)
    line = OneLine("%(levelname)s: %(message)s").format(record)
    assert "\n" not in line
    assert "\x1b" not in line
    assert "\u202e" not in line
    assert len(line) < 2100
    try:
        raise ValueError("no\nforged\x1b")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, "f", 1, "came to grief", None, sys.exc_info()
        )
    lines = OneLine("%(message)s").format(record).splitlines()
    assert lines[0] == "came to grief"
    assert all(each.startswith("  | ") and "\x1b" not in each for each in lines[1:])


def test_every_log_of_the_site_is_written_so() -> None:
    from django.conf import settings

    assert {form["()"] for form in settings.LOGGING["formatters"].values()} == {
        "mahdar.web.logs.OneLine"
    }


def incoming_files() -> set[str]:
    folder = site_options().folder / "incoming"
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def given(client: Client, data: bytes) -> Any:
    return client.post("/uploads", {"file": SimpleUploadedFile("a.txt", data)})


def test_a_full_disk_is_told_leaves_nothing_and_becomes_free(
    somebody: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = reader()
    assert sign_in(client) == 302
    before = incoming_files()
    real = os.fdopen

    class Full:
        def __init__(self, file: Any) -> None:
            self.file = file

        def __enter__(self) -> Full:
            return self

        def __exit__(self, *_: object) -> None:
            self.file.close()

        def write(self, _: bytes) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdopen", lambda number, how: Full(real(number, how)))
        answer = given(client, b"The words of a text.")
    assert answer.status_code == 507
    assert "no room is left" in answer.content.decode()
    assert incoming_files() == before
    assert given(client, b"The words of a text.").status_code == 302
    Upload.objects.filter(owner__username=somebody).delete()


def test_a_file_that_failed_leaves_nothing(somebody: str, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = User.objects.get(username=somebody)
    upload = Upload.objects.create(owner=owner, name="a", digest="7a" * 32, ending="txt", size=3)
    incoming.file_of(upload).parent.mkdir(parents=True, exist_ok=True)
    incoming.file_of(upload).write_bytes(b"abc")
    monkeypatch.setattr(incoming, "run_module", lambda *_, **__: -9)
    incoming.read_upload(upload)
    assert upload.state == "failed"
    assert not incoming.file_of(upload).exists()
    assert not (site_options().folder / "drawings" / upload.digest).exists()


def test_halves_of_files_and_what_nobody_added_are_let_go(somebody: str) -> None:
    owner = User.objects.get(username=somebody)
    upload = Upload.objects.create(
        owner=owner, name="a", digest="7b" * 32, ending="txt", size=3, state="read"
    )
    incoming.file_of(upload).parent.mkdir(parents=True, exist_ok=True)
    incoming.file_of(upload).write_bytes(b"abc")
    half = incoming.file_of(upload).with_name(".1-half")
    half.write_bytes(b"ab")
    incoming.forget_old_uploads()
    assert half.exists()
    os.utime(half, (0, 0))
    Upload.objects.filter(pk=upload.pk).update(changed=timezone.now() - incoming._KEPT * 2)
    incoming.forget_old_uploads()
    assert not half.exists()
    assert not incoming.file_of(upload).exists()
    assert not Upload.objects.filter(pk=upload.pk).exists()


def test_a_new_archive_is_its_owners_alone(tmp_path: Path) -> None:
    from mahdar import open_archive
    from tests.archives import close

    archive = open_archive(tmp_path / "new" / "archive", make=True)
    assert stat.S_IMODE((tmp_path / "new" / "archive").stat().st_mode) == 0o700
    close(archive)


def test_the_clock_of_rates_cannot_go_back(tmp_path: Path) -> None:
    now = [1000.0]
    rates = Rates(tmp_path / "rates", 2, lambda: now[0])
    assert [rates.take("a") for _ in range(3)] == [0, 0, 30]
    now[0] = 5.0  # the machine was started anew
    assert rates.take("a") == 0


def test_what_is_dear_costs_more(tmp_path: Path) -> None:
    rates = Rates(tmp_path / "rates", 10, lambda: 0.0)
    assert [rates.take("a", cost_of("GET", "/S/PV.1/en.docx")) for _ in range(3)][:2] == [0, 0]
    assert rates.take("a", 5) > 0
    assert rates.take("b", 1000) == 0  # never more than all there is
