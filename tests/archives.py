"""Archives to test with: a server of PostgreSQL of our own, records to put in."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from mahdar.languages import load_language
from mahdar.model import Record
from mahdar.resolving import resolve_record
from mahdar.specimens.build import specimen

if TYPE_CHECKING:
    from mahdar.api.archive import Archive

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_counter = iter(range(10_000))


def made_specimen(code: str) -> Record:
    """Return the specimen in a language, with its mentions and people."""
    return resolve_record(specimen(code), load_language(code))


def write_specimens(folder: Path) -> Path:
    """Write the specimen in six languages to a folder, as JSON."""
    for code in LANGUAGES:
        write_record(made_specimen(code), folder / f"{code}.json")
    return folder


def write_record(record: Record, path: Path) -> Path:
    """Write a record as JSON."""
    path.write_bytes(msgspec.json.encode(record))
    return path


def numbered(record: Record, number: int) -> Record:
    """Return a record under another symbol."""
    return msgspec.structs.replace(record, symbol=f"S/PV.{number}", meeting_number=number)


def printed_as(record: Record, number: int) -> Record:
    """Return the specimen with another number, on its cover too, in whatever digits."""
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    text = msgspec.json.encode(record).decode().replace("99902", str(number))
    text = text.replace("99902".translate(digits), str(number).translate(digits))
    return msgspec.json.decode(text, type=Record)


def close(archive: Archive) -> None:
    """Let the database of an archive go."""
    from django.db import connections

    connections[archive.alias].close()


@contextlib.contextmanager
def postgresql_server(folder: Path) -> Iterator[str]:
    """Start a server of PostgreSQL in a folder; skip, and say why, where it is not installed."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb") or (str(programs[-1]) if programs else None)
    if found is None:
        pytest.skip("PostgreSQL is not installed (Debian: postgresql)")
    own = Path(found).parent
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    home = Path("/tmp") / f"mahdar-pg-{os.getpid()}"  # sockets need a short path, open to the user
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    if os.geteuid() == 0:
        shutil.chown(home, user)
    as_user = ["runuser", "-u", user, "--"] if os.geteuid() == 0 else []
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run([*as_user, *command], check=True, cwd=home, capture_output=True, timeout=90)

    data = home / "data"
    try:
        run(str(own / "initdb"), "-D", str(data), "-U", "mahdar", "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8")  # fmt: skip
    except (subprocess.CalledProcessError, FileNotFoundError) as error:
        pytest.skip(f"PostgreSQL cannot be set up here: {error}")
    options = f"-p {port} -k {home} -c fsync=off -c listen_addresses=127.0.0.1"
    run(str(own / "pg_ctl"), "-D", str(data), "-w", "-l", str(home / "log"), "-o", options, "start")
    try:
        yield f"postgresql://mahdar@127.0.0.1:{port}"
    finally:
        run(str(own / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)
    del folder


@contextlib.contextmanager
def new_database(address: str, indexes: Path) -> Iterator[str]:
    """Make a database on a server, and yield its URL."""
    import psycopg

    name = f"records_{os.getpid()}_{next(_counter)}"
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    before = os.environ.get("MAHDAR_INDEXES")
    os.environ["MAHDAR_INDEXES"] = str(indexes)
    try:
        yield f"{address}/{name}"
    finally:
        if before is None:
            del os.environ["MAHDAR_INDEXES"]
        else:
            os.environ["MAHDAR_INDEXES"] = before
