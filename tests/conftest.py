"""What tests share: where the real records are, and readings that cost time made once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mahdar import specimen_path
from mahdar.reading.read import ReadFile, read_file
from tests import django_site
from tests.archives import close, new_database, postgresql_server, write_specimens

if TYPE_CHECKING:
    from mahdar.api.archive import Archive

ROOT = Path(__file__).parent.parent
SPECIMENS = ROOT / "src" / "mahdar" / "specimens"


def records_folder() -> Path | None:
    """Return the folder of real records, which is not part of the project."""
    named = os.environ.get("MAHDAR_RECORDS")
    folder = Path(named) if named else ROOT.parent / "shared" / "records"
    return folder if folder.is_dir() else None


def record_path(name: str) -> Path:
    """Return the path of a real record, or skip the test and say why."""
    folder = records_folder()
    if folder is None:
        pytest.skip("the real records are not here; set MAHDAR_RECORDS to their folder")
    path = folder / name
    if not path.is_file():
        pytest.skip(f"the real record {name} is not in {folder.name}/")
    return path


@pytest.fixture(scope="session")
def arabic_record() -> ReadFile:
    """Return the reading of the Arabic record of the 7050th meeting."""
    return read_file(record_path("S-PV.7050.ar.txt"))


@pytest.fixture(scope="session")
def specimen() -> ReadFile:
    """Return the reading of the specimen."""
    return read_file(specimen_path())


@pytest.fixture(scope="session")
def django_started() -> None:
    """Have Django started, with the tables of the archive and the site."""
    django_site.start()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a PostgreSQL server of our own and yield its address without a database's name."""
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(django_started: None, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return where an archive can be: a folder, then a database of its own in PostgreSQL."""
    if request.param == "sqlite":
        yield str(tmp_path / "archive")
        return
    address = request.getfixturevalue("postgresql")
    with new_database(address, tmp_path / "indexes") as url:
        yield url


@pytest.fixture(scope="session")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the specimen in six languages, as JSON, with its mentions."""
    return write_specimens(tmp_path_factory.mktemp("specimens"))


@pytest.fixture(scope="session")
def specimen_archive(
    django_started: None, tmp_path_factory: pytest.TempPathFactory, specimens: Path
) -> Iterator[Archive]:
    """Return an archive of the specimens, with vectors; only to be read."""
    from mahdar import open_archive

    archive = open_archive(tmp_path_factory.mktemp("archive"))
    archive.add([specimens])
    archive.indexes.make_vectors()
    yield archive
    close(archive)


@pytest.fixture(scope="session")
def site(django_started: None) -> None:
    """Have the site of this process ready: the invented meetings in it, read from their PDFs."""
    from tests.site import prepare_site

    prepare_site()
