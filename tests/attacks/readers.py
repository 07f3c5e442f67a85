"""Eight readers, each from an address of his own, who read as people do."""

from __future__ import annotations

import itertools
import random
import threading
import time

from tests.attacks.asking import Answer, Site

PAGES = (
    "/", "/records", "/S/PV.99902/en", "/S/PV.99902/ar", "/S/PV.99902/zh", "/search?q=lamp",
    "/search?q=harbour", "/states/RUS", "/states", "/S/PV.99902/en?beside=fr", "/about",
)  # fmt: skip
_PAUSE = (0.2, 0.6)


class Readers:
    """Read until they are told to stop.

    Args:
        site: to read.
        count: how many.
    """

    def __init__(self, site: Site, count: int = 8) -> None:
        self.answers: list[Answer] = []
        self._site, self._stop = site, threading.Event()
        self._threads = [
            threading.Thread(target=self._read, args=(f"127.0.1.{k + 1}", k)) for k in range(count)
        ]

    def __enter__(self) -> Readers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, sender: str, number: int) -> None:
        chance = random.Random(number)
        for page in itertools.cycle(chance.sample(PAGES, len(PAGES))):
            if self._stop.wait(chance.uniform(*_PAUSE)):
                return
            self.answers.append(self._site.get(page, sender))


def read_for(site: Site, seconds: float) -> list[Answer]:
    """Let eight readers read for so long, and return what they got."""
    with Readers(site) as readers:
        time.sleep(seconds)
    return readers.answers
