"""Readers of the site, for Locust: each opens a page every five seconds.

``MAHDAR_BENCH_PAGES`` names a JSON file with the pages by their kind; half of the pages that are
opened are records, three in ten are searches, the rest are of all other kinds.
"""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path

from locust import HttpUser, constant_pacing, task

PAGES: dict[str, list[str]] = json.loads(Path(os.environ["MAHDAR_BENCH_PAGES"]).read_text())
_OTHERS = sorted(set(PAGES) - {"record", "search"})


class Reader(HttpUser):
    """Somebody who reads."""

    wait_time = constant_pacing(5)

    def on_start(self) -> None:
        """Come at a time and with a language of one's own."""
        time.sleep(random.uniform(0, 5))
        self.client.headers["Accept-Language"] = random.choice(["ar", "zh", "en", "fr", "ru", "es"])

    @task(5)
    def record(self) -> None:
        """Open a record."""
        self.open("record")

    @task(3)
    def search(self) -> None:
        """Ask for something."""
        self.open("search")

    @task(2)
    def other(self) -> None:
        """Look at something else."""
        self.open(random.choice(_OTHERS))

    def open(self, kind: str) -> None:
        """Open a page of a kind."""
        self.client.get(random.choice(PAGES[kind]), name=kind)
