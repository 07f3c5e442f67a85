"""`make quick` checks what the core is, with the packages that everything is checked with."""

from __future__ import annotations

import configparser
import re
import tomllib
from pathlib import Path

from tools.rooms import CORE, read_rooms

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> set[str]:
    """Return the packages of a lock, each with its version."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([\w.-]+==\S+)", text))


def test_the_core_is_of_the_table() -> None:
    """Its rooms stand in the table's order."""
    assert [room for room in read_rooms() if room in CORE] == list(CORE)


def test_types_are_those_of_the_core() -> None:
    settings = configparser.ConfigParser()
    settings.read(ROOT / "tools" / "quick-mypy.ini", encoding="utf-8")
    files = [Path(name.strip()) for name in settings["mypy"]["files"].split(",")]
    assert [file.stem for file in files] == list(CORE)
    assert all((ROOT / file).exists() for file in files)
    assert settings["mypy"].getboolean("strict") == PROJECT["tool"]["mypy"]["strict"] is True


def test_packages_are_those_of_the_whole() -> None:
    """Nothing in the small environment is of another version than in the large one."""
    small, large = locked("requirements-quick.lock"), locked("requirements.lock")
    assert {"pytest", "ruff", "mypy", "msgspec"} <= {one.partition("==")[0] for one in small}
    assert "django" not in {one.partition("==")[0] for one in small}
    assert small <= large
    extras = PROJECT["project"]["optional-dependencies"]
    assert set(extras["quick"]) <= set(extras["dev"])
