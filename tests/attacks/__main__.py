"""Run the attacks against a site on this machine, and tell how readers fared meanwhile."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attacks.asking import Answer, Site, percentile
from tests.attacks.attacks import ATTACKS
from tests.attacks.editors import NAME, PASSWORD
from tests.attacks.readers import Readers, read_for
from tests.served import start
from tests.site import free_port

MOST = 0.3
"""Seconds within which nineteen of twenty answers to readers are to come."""


def main() -> int:
    """Attack; return 1 where readers waited too long, or were not answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site", help="its address; by default one is started")
    parser.add_argument("--seconds", type=float, default=20.0, help="that each attack goes on for")
    parser.add_argument("--only", choices=list(ATTACKS), help="one attack")
    arguments = parser.parse_args()
    with _site(arguments.site) as site:
        read_for(site, 5)  # what is made once is made
        rows = [("nobody attacks", read_for(site, arguments.seconds), "")]
        for name, attack in ATTACKS.items():
            if arguments.only in (None, name):
                with Readers(site) as readers:
                    begun = time.monotonic()
                    told = Counter(attack(site, arguments.seconds))
                    time.sleep(max(0.0, arguments.seconds - (time.monotonic() - begun)))
                rows.append((name, readers.answers, _told(told)))
                time.sleep(2)
    print(f"{'attack':16} {'readers':>8} {'median':>8} {'p95':>8} {'longest':>8} {'failed':>7}  "
          "answers to the attacker")  # fmt: skip
    bad = False
    for name, answers, shown in rows:
        seconds = [answer.seconds for answer in answers]
        failed = sum(answer.status != 200 for answer in answers)
        p95 = percentile(seconds, 0.95)
        bad = bad or p95 > MOST or failed > 0
        print(f"{name:16} {len(answers):8} {1000 * percentile(seconds, 0.5):5.0f} ms"
              f" {1000 * p95:5.0f} ms {1000 * max(seconds, default=0):5.0f} ms {failed:7}  {shown}")  # fmt: skip
    return int(bad)


def _told(statuses: Counter[int]) -> str:
    return ", ".join(f"{status or 'none'}: {times}" for status, times in sorted(statuses.items()))


@contextmanager
def _site(address: str | None) -> Iterator[Site]:
    if address:
        yield Site(address)
        return
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        _make_editor(Path(folder) / "archive")
        process = start(Path(folder) / "archive", port)
        try:
            yield Site(f"http://127.0.0.1:{port}")
        finally:
            process.terminate()
            process.wait(60)


def _make_editor(archive: Path) -> None:
    """Make the account whose owner gives baits to be read."""
    subprocess.run(
        [sys.executable, "-m", "mahdar", "user", "add", NAME, "--editor", "--archive", str(archive)],
        input=PASSWORD, text=True, check=True, capture_output=True,
    )  # fmt: skip


__all__ = ["Answer", "main"]

if __name__ == "__main__":
    sys.exit(main())
