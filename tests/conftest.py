"""What tests share: where the real records are, and readings that cost time made once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mahdar import specimen_path
from mahdar.reading import ReadFile, read_file

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
