"""What tests share: where the real records are, and readings that cost time made once."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mahdar import open_archive, specimen_path
from mahdar.api.archive import Archive
from mahdar.archive.database import start_django
from mahdar.reading.read import ReadFile, read_file
from tests.archives import close, new_database, postgresql_server, write_specimens
from tests.site import prepare_site

# Django is started once a process, as the site starts it, so that the tables of both the archive
# and the site are there. Programs that tests start know nothing of that.
os.environ["DJANGO_SETTINGS_MODULE"] = "mahdar.web.settings"
_FOLDER = Path(tempfile.mkdtemp(prefix="mahdar-tests-"))
(_FOLDER / "web" / "static").mkdir(parents=True)
os.environ["MAHDAR_ARCHIVE"] = str(_FOLDER)
os.environ["MAHDAR_RATE"] = "1000000"
start_django()
for _name in ("DJANGO_SETTINGS_MODULE", "MAHDAR_ARCHIVE", "MAHDAR_RATE"):
    del os.environ[_name]


def pytest_unconfigure() -> None:
    """Leave nothing of the archive of this process behind."""
    shutil.rmtree(_FOLDER, ignore_errors=True)


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
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a PostgreSQL server of our own and yield its address without a database's name."""
    with postgresql_server(tmp_path_factory.mktemp("postgresql")) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
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
    tmp_path_factory: pytest.TempPathFactory, specimens: Path
) -> Iterator[Archive]:
    """Return an archive of the specimens, with vectors; only to be read."""
    archive = open_archive(tmp_path_factory.mktemp("archive"))
    archive.add([specimens])
    archive.indexes.make_vectors()
    yield archive
    close(archive)


@pytest.fixture(scope="session")
def site() -> None:
    """Have the site of this process ready: the invented meetings in it, read from their PDFs."""
    prepare_site()
