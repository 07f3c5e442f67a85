"""Files are looked at for viruses where a scanner is named: its protocol, spoken by a stand-in."""

from __future__ import annotations

import contextlib
import logging
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from django.contrib.auth.models import User

from mahdar.errors import ArchiveError
from mahdar.web import housekeeping, incoming
from mahdar.web.incoming import file_of
from mahdar.web.models import Upload
from mahdar.web.options import options_of, site_options
from mahdar.web.users import add_user
from mahdar.web.virus import ScannerAway, find_virus
from tests.site import PASSWORD, free_port

# The file that scanners take for a virus to be tried with (EICAR, 2003), in two pieces so that no
# scanner takes this one for it.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_LARGEST = 1 << 20


class Scanner(socketserver.StreamRequestHandler):
    """Answers as clamd(8) says: INSTREAM, pieces with their length before them, one line back."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
            if len(data) > _LARGEST:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        found = b"Eicar-Signature FOUND" if EICAR in data else b"OK"
        self.wfile.write(b"stream: " + found + b"\0")


@contextlib.contextmanager
def scanning(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def scanner() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Scanner) as server, scanning(server):
        yield f"tcp://127.0.0.1:{server.server_address[1]}"


def test_a_virus_is_found_and_nothing_else_is_one(scanner: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    for data, found in (
        (b"%PDF-1.7 ", None), (b"", None), (EICAR, "Eicar-Signature"),
        (b"x" * 200_000 + EICAR, "Eicar-Signature"),  # in the fourth piece
    ):  # fmt: skip
        file.write_bytes(data)
        assert find_virus(file, scanner) == found


def test_a_socket_of_the_machine_will_do(tmp_path: Path) -> None:
    place = tmp_path / "clamd.ctl"
    (tmp_path / "file").write_bytes(EICAR)
    with socketserver.ThreadingUnixStreamServer(str(place), Scanner) as server, scanning(server):
        assert find_virus(tmp_path / "file", f"unix:{place}") == "Eicar-Signature"


def test_a_scanner_that_is_away_or_refuses_is_told(scanner: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x")
    for away in (f"tcp://127.0.0.1:{free_port()}", f"unix:{tmp_path}/nobody"):
        with pytest.raises(ScannerAway, match="does not answer"):
            find_virus(file, away)
    # It answers as soon as it has had enough, and hangs up.
    for much in (_LARGEST + 100, 9 * _LARGEST):
        file.write_bytes(b"x" * much)
        with pytest.raises(ArchiveError, match="does not take the file") as told:
            find_virus(file, scanner)
        assert not isinstance(told.value, ScannerAway)


def test_where_it_listens_must_be_understood() -> None:
    assert options_of({}).scanner is None
    assert options_of({"MAHDAR_SCANNER": "tcp://scan:3310"}).scanner == "tcp://scan:3310"
    with pytest.raises(ArchiveError, match="MAHDAR_SCANNER is clamd"):
        options_of({"MAHDAR_SCANNER": "clamd"})


def waiting(data: bytes, count: int = 1) -> list[Upload]:
    """Let a file wait to be read, as if it had been given so many times."""
    User.objects.filter(username="scanned").delete()
    add_user("scanned", PASSWORD, editor=True)
    owner = User.objects.get(username="scanned")
    held = [
        Upload.objects.create(owner=owner, name="a", digest="5c" * 32, ending="txt", size=len(data))
        for _ in range(count)
    ]
    file_of(held[0]).parent.mkdir(parents=True, exist_ok=True)
    file_of(held[0]).write_bytes(data)
    return held


def scan_with(monkeypatch: pytest.MonkeyPatch, scanner: str) -> None:
    options = msgspec.structs.replace(site_options(), scanner=scanner)
    monkeypatch.setattr(incoming, "site_options", lambda: options)


@pytest.mark.usefixtures("site")
def test_a_file_with_a_virus_is_never_read(scanner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scan_with(monkeypatch, scanner)
    first, second = waiting(EICAR, 2)
    monkeypatch.setattr(incoming, "run_module", lambda *_, **__: pytest.fail("it was read"))
    incoming.read_upload(first)
    for held in (first, second):
        held.refresh_from_db()
        assert held.state == "failed"
        assert held.problem == "it holds a virus (Eicar-Signature) and was thrown away"
    assert not file_of(first).exists()


@pytest.mark.usefixtures("site")
def test_a_file_that_is_not_taken_holds_nobody_up(
    scanner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan_with(monkeypatch, scanner)
    (held,) = waiting(b"x" * (_LARGEST + 100))
    assert housekeeping._tried(housekeeping._take_next) is True
    held.refresh_from_db()
    assert held.state == "failed"
    assert held.problem.startswith("the scanner for viruses does not take the file")


@pytest.mark.usefixtures("site")
def test_a_file_waits_while_the_scanner_is_away(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    scan_with(monkeypatch, f"tcp://127.0.0.1:{free_port()}")
    (held,) = waiting(b"a record")
    with caplog.at_level(logging.ERROR, "mahdar.housekeeping"):
        assert housekeeping._tried(housekeeping._take_next) is False
    assert "the scanner for viruses does not answer" in caplog.text
    held.refresh_from_db()
    assert held.state == "waiting"
    assert file_of(held).read_bytes() == b"a record"
    held.delete()
