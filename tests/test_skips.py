"""On CI, a skipped test whose reason is not on the list fails the run (tests/skipping.py)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.skipping import Allowed, is_allowed, read_list

ROOT = Path(__file__).parent.parent
LISTED = "the real records are not here; set MAHDAR_RECORDS to their folder"
UNLISTED = "it is raining"
_FILE = """
import pytest

def test_that_passes():
    pass

@pytest.mark.skipif(True, reason={reason!r})
def test_that_is_skipped():
    raise AssertionError
"""
_WHOLE_FILE = "import pytest\npytest.skip({reason!r}, allow_module_level=True)\n"


def run(folder: Path, *options: str, ci: str | None = "true") -> subprocess.CompletedProcess[str]:
    """Run pytest on the tests of a folder, with nothing of this project but its list of skips."""
    kept = {
        name: value for name, value in os.environ.items() if name not in {"CI", "PYTEST_ADDOPTS"}
    }
    paths = f"{ROOT}{os.pathsep}{ROOT / 'src'}"
    own = {"PYTHONPATH": paths, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}  # that it starts at once
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", os.devnull, "--rootdir", str(folder),
         "-p", "no:cacheprovider", "-p", "tests.skipping", *options, str(folder)],
        capture_output=True, text=True, check=False,
        env=kept | own | ({"CI": ci} if ci else {}),
    )  # fmt: skip


@pytest.mark.parametrize("options", [(), ("-p", "xdist.plugin", "-n", "2")])
def test_a_reason_that_is_not_listed_fails_on_ci(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "test_sky.py").write_text(_FILE.format(reason=UNLISTED), encoding="utf-8")
    (tmp_path / "test_sea.py").write_text(_WHOLE_FILE.format(reason="no wind"), encoding="utf-8")
    (tmp_path / "test_old.py").write_text(_FILE.format(reason=LISTED), encoding="utf-8")
    done = run(tmp_path, *options)
    assert done.returncode == 1, done.stdout + done.stderr
    said = [line for line in done.stdout.splitlines() if "CI does not allow" in line]
    assert [line.rpartition(": ")[2] for line in said] == [UNLISTED, "no wind"]


@pytest.mark.parametrize(("reason", "ci"), [(LISTED, "true"), (UNLISTED, None)])
def test_other_skips_pass(reason: str, ci: str | None, tmp_path: Path) -> None:
    """A reason on the list passes on CI; elsewhere, any."""
    (tmp_path / "test_sky.py").write_text(_FILE.format(reason=reason), encoding="utf-8")
    done = run(tmp_path, ci=ci)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 passed, 1 skipped" in done.stdout


def test_a_program_that_is_there_is_no_reason(tmp_path: Path) -> None:
    """What is skipped for want of a program, where the program is there, is a failure."""
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "organ").touch()
    found, missing = f"{tmp_path}/*/organ", f"{tmp_path}/*/flute"

    def of(*without: str) -> list[Allowed]:
        return [Allowed(re.compile("no music is made here"), "", without)]

    assert is_allowed("no music is made here", of())
    assert is_allowed("no music is made here", of(missing))
    assert not is_allowed("no music is made here", of(found))
    assert not is_allowed("no music is made here", of(missing, found))
    assert not is_allowed("no music is made here today", of())
    assert not is_allowed("no music is made here", of("python3", "sh"))


def test_the_list_says_why() -> None:
    for one in read_list():
        assert len(one.why.split()) > 3, one.reason.pattern
