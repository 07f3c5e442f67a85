"""On CI a test may be skipped only for a reason that is on the list ``skips.toml``.

A run in which another test is skipped fails there, and says which. Elsewhere nothing changes.
"""

from __future__ import annotations

import os
import re
import shutil
import tomllib
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

LIST = Path(__file__).parent / "skips.toml"
_NOT_ALLOWED = pytest.StashKey[Counter[str]]()


class Allowed(NamedTuple):
    """A reason for which a test may be skipped, where none of some programs or files is found."""

    reason: re.Pattern[str]
    why: str
    without: tuple[str, ...]


def read_list(path: Path = LIST) -> list[Allowed]:
    """Return the reasons for which tests may be skipped."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["skip"]
    return [
        Allowed(re.compile(row["reason"]), row["why"], tuple(row.get("without", ())))
        for row in rows
    ]


def is_allowed(reason: str, allowed: list[Allowed]) -> bool:
    """Tell whether a test may be skipped for a reason."""
    return any(
        one.reason.fullmatch(reason) and not any(map(_is_found, one.without)) for one in allowed
    )


def _is_found(wanted: str) -> bool:
    """Tell whether a program is installed, or a path (with ``*`` and ``$NAME``) is there."""
    wanted = os.path.expandvars(wanted)
    if "/" in wanted:
        return any(Path("/").glob(wanted.removeprefix("/")))
    return shutil.which(wanted) is not None


def pytest_configure(config: pytest.Config) -> None:
    """Have a place for the skips that are not allowed."""
    config.stash[_NOT_ALLOWED] = Counter()


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail the run of CI in which a test is skipped that may not be."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or hasattr(session.config, "workerinput") or not reporter:
        return
    allowed = read_list()
    reasons = Counter(_reason(report) for report in reporter.stats.get("skipped", ()))
    wrong = Counter({r: n for r, n in reasons.items() if not is_allowed(r, allowed)})
    session.config.stash[_NOT_ALLOWED] = wrong
    if wrong and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Return what a skipped test, or file of tests, says."""
    said = report.longrepr
    return (said[2] if isinstance(said, tuple | list) else str(said)).removeprefix("Skipped: ")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say which skips failed the run."""
    for reason, times in sorted(config.stash[_NOT_ALLOWED].items()):
        terminalreporter.write_line(
            f"skipped {times} times, which CI does not allow (tests/skips.toml): {reason}", red=True
        )
