"""The order of the rooms (tools/rooms.toml): no module imports one of a later room."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from tools.rooms import Import, circles_of, faults_of, imports_of, read_rooms, room_of

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "mahdar"

# An invented house: the kitchen stands on the cellar, the attic on the kitchen.
ROOMS = ("cellar", "kitchen", "attic", "__init__")
HOUSE = {
    "__init__.py": "from house.attic import chest\n",
    "cellar/__init__.py": "",
    "cellar/barrel.py": '"""Wine.\n\n>>> import house.attic\n"""\n\nimport math\n',
    "kitchen/__init__.py": "",
    "kitchen/stove.py": "from house.cellar import barrel\nfrom . import pots\n",
    "kitchen/pots.py": "def lid():\n    from house.kitchen.stove import fire\n",
    "attic/__init__.py": "",
    "attic/chest.py": "import house.kitchen.stove\nfrom ..cellar.barrel import wine\n",
}


def build(folder: Path, **changed: str) -> Path:
    """Write the invented house, with some modules put in place of its own."""
    package = folder / "src" / "house"
    for name, code in (HOUSE | changed).items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(code, encoding="utf-8")
    return package


def test_no_room_imports_a_later_one() -> None:
    faults = faults_of(PACKAGE, read_rooms())
    assert faults == [], "\n".join(faults)


def test_every_room_of_the_table_is_there() -> None:
    """The table has a sentence on each, and names none that is gone."""
    for room, sentence in read_rooms().items():
        assert (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").is_file(), room
        assert len(sentence.split()) > 3, room


def test_no_circle_goes_through_several_rooms() -> None:
    """Circles within a room are told, in the summary of warnings, and are no failure."""
    circles = circles_of(imports_of(PACKAGE))
    for circle in circles:
        if len({room_of(module) for module in circle}) == 1:
            warnings.warn(f"modules import each other: {', '.join(circle)}", stacklevel=1)
    assert [c for c in circles if len({room_of(module) for module in c}) > 1] == []


def test_a_sound_house_has_no_faults(tmp_path: Path) -> None:
    """A doctest may use whatever it likes."""
    assert faults_of(build(tmp_path), ROOMS) == []


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("def pour():\n    import house.attic.chest\n", 2),
        ("def pour():\n    return import_module('house.attic.chest')\n", 2),
        (
            "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
            "    from house.attic.chest import Key\n",
            4,
        ),
        ("from ..attic import chest\n", 1),
    ],
)
def test_an_import_upwards_is_named(code: str, line: int, tmp_path: Path) -> None:
    package = build(tmp_path, **{"cellar/barrel.py": code})
    assert faults_of(package, ROOMS) == [
        f"src/house/cellar/barrel.py, line {line}: cellar imports house.attic.chest,"
        " but the room attic comes after it"
    ]


def test_the_face_of_the_house_is_a_room(tmp_path: Path) -> None:
    package = build(tmp_path, **{"attic/chest.py": "from house import Key\n"})
    assert faults_of(package, ROOMS) == [
        "src/house/attic/chest.py, line 1: attic imports house, but the room __init__ comes after it"
    ]


def test_a_room_that_is_not_in_the_table(tmp_path: Path) -> None:
    package = build(tmp_path, **{"shed.py": "", "attic/chest.py": "import house.porch.bench\n"})
    assert faults_of(package, ROOMS) == [
        "src/house/attic/chest.py, line 1: attic imports house.porch.bench,"
        " and there is no room porch",
        "src/house/shed.py: the room shed is not in the table of rooms",
    ]


def test_circles_are_found(tmp_path: Path) -> None:
    """The stove and the pots of the invented house; then three modules, and one that only looks on."""
    assert circles_of(imports_of(build(tmp_path))) == [
        ("house.kitchen.pots", "house.kitchen.stove")
    ]
    ways = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")]
    assert circles_of(Import(Path(), 1, *way) for way in ways) == [("a", "b", "c")]


def test_the_house_is_light_to_open() -> None:
    """Whoever reads one record need not wait for what an archive is kept with."""
    heavy = {"django", "pyarrow", "numpy", "tantivy"}
    done = subprocess.run(
        [sys.executable, "-c", "import mahdar, sys; print(*sys.modules)"],
        capture_output=True, text=True, check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert "mahdar.model" in done.stdout.split()
    assert sorted({name.split(".")[0] for name in done.stdout.split()} & heavy) == []
