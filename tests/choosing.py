"""Which files of tests belong to the core, and which need Django: told by what they import.

A test asks for an archive or the site by importing a room that works on them (or what tests share
about them, or Django itself) anywhere in its file, or by one of the fixtures of ``conftest.py``.
Django is then started before the file is loaded. With ``--core``, such files are left out, and
so are those that need a package which ``make quick`` does not install.
"""

from __future__ import annotations

import ast
import functools
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from tools.rooms import CORE, FACE, names_imported, room_of

from mahdar.errors import ToolMissing
from tests import django_site

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "mahdar"
# Rooms beyond the core that need no Django. Of the public functions, some read one file.
_LIGHT = frozenset(("analysis", "alignment", "topics"))
_CORE_FUNCTIONS = ("mahdar.api.records", "mahdar.api.explaining")
# The packages of `make quick`, by the names under which they are imported.
_PACKAGES = frozenset(
    ("PIL", "anyascii", "click", "docx", "hypothesis", "lxml", "mahdar", "msgspec", "pypdfium2",
     "pytest", "rapidfuzz", "tests", "tools")
)  # fmt: skip


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--core``."""
    parser.addoption(
        "--core", action="store_true", help="only the core and its tests, as `make quick` does"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """With ``--core``, pass by what is not of the core."""
    told = collection_path.suffix == ".py" or _room(collection_path) is not None
    return True if config.getoption("core") and told and not is_core(collection_path) else None


def pytest_collect_file(file_path: Path) -> None:
    """Start Django before a file is loaded that needs it."""
    if file_path.suffix == ".py" and needs_django(file_path):
        django_site.start()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """With ``--core``, skip what needs a package that the core does without."""
    try:
        return (yield)
    except ToolMissing as error:
        missing = error.__context__
        if not item.config.getoption("core") or not isinstance(missing, ImportError):
            raise
        if missing.name is None or missing.name.split(".")[0] in _PACKAGES:
            raise
        pytest.skip(f"not of the core: {missing.name}")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    django_site.clear()


def needs_django(file: Path) -> bool:
    """Tell whether a file of the house or of its tests needs Django to run."""
    room = _room(file)
    names = frozenset() if room else imported_by(file)
    rooms = {room} if room else _rooms(names)
    return bool(rooms - {*CORE, *_LIGHT}) or "django" in _packages(names)


def is_core(file: Path) -> bool:
    """Tell whether a file of the house or of its tests is of the core, and its packages at hand."""
    room = _room(file)
    if room:
        return room in CORE
    names = imported_by(file)
    return _rooms(names) <= {*CORE} and _packages(names) <= _PACKAGES


@functools.cache
def imported_by(file: Path) -> frozenset[str]:
    """Return the dotted names that a file of tests imports, itself or by what tests share.

    Of what is shared, only imports that are made when it is loaded: the rest is for those who use it.
    Of the face, ``import mahdar``, the names that are used.
    """
    found: set[str] = set()
    waiting, seen = [file], {file}
    while waiting:
        now = waiting.pop()
        names = {n for _, n in names_imported(now, "tests", at_once=not now.match("test_*.py"))}
        if "mahdar" in names:
            names = names - {"mahdar"} | _used_of_face(now)
        shared = {path for path in map(_shared, names) if path is not None} - seen
        found |= names
        seen |= shared
        waiting += shared
    return frozenset(found)


def _used_of_face(file: Path) -> set[str]:
    """Return what a file uses of ``mahdar``, as dotted names."""
    return {
        f"mahdar.{node.attr}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "mahdar"
        and not node.attr.startswith("__")
    }


def _shared(name: str) -> Path | None:
    """Return the file of a module that tests share, which a dotted name means."""
    parts = name.split(".")
    if parts[0] not in {"tests", "tools"}:
        return None
    for module in (parts, parts[:-1]):
        file = ROOT.joinpath(*module).with_suffix(".py")
        if file.is_file():
            return file
    return None


def _room(path: Path) -> str | None:
    """Return the room that a file of the house lies in, or None for other files."""
    if not path.is_relative_to(HOUSE) or path == HOUSE:
        return None
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def _packages(names: frozenset[str]) -> set[str]:
    """Return the packages that imports are of, those of Python itself left out."""
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names


def _rooms(names: frozenset[str]) -> set[str]:
    """Return the rooms that imports are of; of the face, those whose names it hands on."""
    handed = _handed_on()
    own = {handed.get(name, name) for name in names if name.split(".")[0] == "mahdar"}
    own = {name for name in own if not name.startswith(_CORE_FUNCTIONS)}
    return {_room_of(name) for name in own}


def _room_of(name: str) -> str:
    room = room_of(name)
    return room if (HOUSE / room).is_dir() or (HOUSE / f"{room}.py").is_file() else FACE


@functools.cache
def _handed_on() -> dict[str, str]:
    """Return the public names of the face, ``mahdar.read``, and where each comes from."""
    names = (name for _, name in names_imported(HOUSE / "__init__.py"))
    return {f"mahdar.{name.rpartition('.')[2]}": name for name in names}
