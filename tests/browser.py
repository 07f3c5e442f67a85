"""A real browser for tests: Chromium as it is installed, driven by Playwright."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
_QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def chromium_path() -> str:
    """Return where Chromium is; skip, and say why, where there is none."""
    named = os.environ.get("MAHDAR_CHROMIUM")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        pytest.skip("Chromium is not installed (Debian: chromium); or set MAHDAR_CHROMIUM")
    return found


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """Start Chromium and yield it."""
    path = chromium_path()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=_QUIET)
        try:
            yield started
        finally:
            started.close()
