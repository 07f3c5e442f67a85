"""Measure the site over the archive of the scale benchmark. Prints tables; asserts nothing.

    python benchmarks/bench_web.py [--folder F] [--minutes 10] [--readers 50]

Needs the archive that ``bench_archive.py --stage load`` makes in the same folder. ``mahdar serve``
runs on it as anybody starts it; Locust plays readers who each open a page every five seconds, and
wrk, where it is installed, finds the highest steady rate. All of it asks this machine alone, on
the same cores as the site, and ends by itself.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.site import serving  # noqa: E402

from benchmarks.archive_questions import by_words  # noqa: E402
from benchmarks.tables import table  # noqa: E402
from mahdar.api.archives import open_archive  # noqa: E402
from mahdar.topics import topics  # noqa: E402

STATES = ("RUS", "FRA", "MAR", "CHN", "USA", "BRA", "EGY", "ZAF", "IND", "GBR", "SEN", "JOR")
_SECONDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "mahdar-bench")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    archive = given.folder / "archive"
    if not archive.is_dir():
        sys.exit(f"{archive}: no archive; make it with: bench_archive.py --stage load")
    pages = pages_of(archive)
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    kinds = ", ".join(f"{kind} {len(held)}" for kind, held in pages.items())
    print(f"{given.workers} processes; pages to open: {kinds}")
    with tempfile.TemporaryDirectory() as made, serving(
        archive, "--no-vectors", "--workers", str(given.workers)
    ) as address:  # fmt: skip
        listed = Path(made) / "pages.json"
        listed.write_text(json.dumps(pages))
        # First the rates, so that all that is remembered is remembered when the readers come, and
        # their ten minutes show whether memory still grows.
        with watched() as before:
            highest(address, pages, Path(made))
        tell_memory("while the rates were found", before)
        with watched() as memory:
            readers(address, listed, given.readers, given.minutes)
        tell_memory("while readers read", memory)


def pages_of(place: Path) -> dict[str, list[str]]:
    """Return the pages that readers open, by kind."""
    archive = open_archive(place, make=False)
    keys = sorted({entry.key for entry in archive.entries()})
    questions = by_words(archive)
    rng = random.Random(2026)
    return {
        "record": [f"/{key}" for key in keys],
        "search": ["/search?" + urlencode({"q": question}) for question in questions],
        "State": [f"/states/{code}" for code in STATES],
        "topic": [f"/topics/{code}" for code in sorted(topics())],
        "concordance": [
            "/concordance?" + urlencode({"word": rng.choice(questions[::10])}) for _ in range(20)
        ],
        "records": [f"/records?year={year}" for year in range(1992, 2024)],
        "first page": ["/"],
        "API": [f"/api/v2/turns?record={key}" for key in rng.sample(keys, 50)],
    }


def readers(address: str, listed: Path, count: int, minutes: float) -> None:
    """Let readers read, and print how long they waited."""
    written = listed.parent / "readers"
    done = subprocess.run(
        [sys.executable, "-m", "locust", "-f", str(ROOT / "benchmarks" / "readers.py"),
         "--headless", "--host", address, "-u", str(count), "-r", "10",
         "-t", f"{round(minutes * 60)}s", "--csv", str(written), "--only-summary"],
        env={**os.environ, "MAHDAR_BENCH_PAGES": str(listed)}, check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    if not written.with_name("readers_stats.csv").exists():
        sys.exit(done.stderr)
    rows = []
    with written.with_name("readers_stats.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            kind = row["Name"] if row["Name"] != "Aggregated" else "all"
            rows.append(
                (kind, row["Request Count"], row["Failure Count"], row["50%"], row["95%"],
                 row["99%"], round(float(row["Max Response Time"])),
                 f"{float(row['Average Content Size']) / 1000:.0f}")
            )  # fmt: skip
    table(
        f"{count} readers, a page every five seconds each, {minutes:g} minutes",
        ["page", "opened", "failed", "p50 ms", "p95 ms", "p99 ms", "longest", "kB"], rows,
    )  # fmt: skip


class watched:  # noqa: N801  (used like a function)
    """Write down the memory of the site's processes every five seconds, while something runs."""

    def __enter__(self) -> list[tuple[float, float]]:
        """Begin, and return what is written to."""
        self._rows: list[tuple[float, float]] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self._rows

    def __exit__(self, *_: object) -> None:
        """End."""
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(5):
            held = [_held(process) for process in _family()]
            own, share = sum(row[0] for row in held), sum(row[1] for row in held)
            self._rows.append((own / (1 << 20), share / (1 << 20)))


def _family() -> Iterator[psutil.Process]:
    for process in psutil.Process().children(recursive=True):
        try:
            line = " ".join(process.cmdline())
        except psutil.Error:
            continue
        if "locust" not in line and "wrk" not in line:
            yield process


def _held(process: psutil.Process) -> tuple[int, int]:
    """Return the bytes that a process alone holds, and its share of all, mapped files included."""
    try:
        text = Path(f"/proc/{process.pid}/smaps_rollup").read_text()
    except OSError:
        return (0, 0)
    found = dict(re.findall(r"^(\w+):\s+(\d+) kB", text, re.MULTILINE))
    return int(found.get("Anonymous", 0)) << 10, int(found.get("Pss", 0)) << 10


def tell_memory(when: str, rows: list[tuple[float, float]]) -> None:
    """Print whether the memory stayed as it was."""
    if len(rows) < 6:
        return
    part = max(1, len(rows) // 5)
    told: list[tuple[object, ...]] = []
    for number in range(5):
        some = rows[number * part : (number + 1) * part]
        told.append(
            (f"fifth {number + 1}", *(round(statistics.median(c)) for c in zip(*some, strict=True)))
        )
    told.append(("most", *(round(max(column)) for column in zip(*rows, strict=True))))
    table(
        f"Memory of all processes of the site {when}, MiB",
        ["time", "their own", "with mapped files (proportional)"], told,
    )  # fmt: skip


def highest(address: str, pages: dict[str, list[str]], folder: Path) -> None:
    """Print the highest steady rate of pages, by how many connections ask at once."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("\nwrk is not installed (Debian: wrk): the highest rate was not measured")
        return
    rng = random.Random(7)
    kinds = {"record": pages["record"], "search": pages["search"], "as readers": []}
    others = [page for kind, held in pages.items() if kind not in ("record", "search")
              for page in held]  # fmt: skip
    for _ in range(4000):
        kind = rng.choices(["record", "search", ""], [5, 3, 2])[0]
        kinds["as readers"].append(rng.choice(pages[kind] if kind else others))
    rows = []
    for name, held in kinds.items():
        script = folder / "mix.lua"
        shuffled = rng.sample(held, len(held))
        listed = ",\n".join(json.dumps(page) for page in shuffled)
        script.write_text(
            f"local pages = {{{listed}}}\nlocal at = 0\n"
            "request = function() at = at % #pages + 1; return wrk.format('GET', pages[at]) end\n"
        )
        for connections in (2, 8):
            done = subprocess.run(
                [wrk, "-t1", f"-c{connections}", f"-d{_SECONDS}s", "--latency", "-s", str(script),
                 address],
                capture_output=True, text=True, check=True,
            ).stdout  # fmt: skip
            rate = re.search(r"Requests/sec:\s+([\d.]+)", done)
            p99 = re.search(r"99%\s+([\d.]+\w+)", done)
            p50 = re.search(r"50%\s+([\d.]+\w+)", done)
            wrong = re.search(r"Non-2xx or 3xx responses: (\d+)", done)
            rows.append((name, connections, rate and rate[1], p50 and p50[1], p99 and p99[1],
                         wrong[1] if wrong else 0))  # fmt: skip
    table(
        f"Highest steady rate, {_SECONDS} s each",
        ["pages", "asked at once", "pages a second", "p50", "p99", "failed"], rows,
    )  # fmt: skip


if __name__ == "__main__":
    main()
