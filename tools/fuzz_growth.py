"""Measure how reading grows with the size of baits: instructions counted, and seconds.

Each bait (tools/baits.py) is read at 1, 4, 16 and 64 kB as a user would read it; seconds are of
the whole reading. For the exponent between 16 and 64 kB instructions are counted with Valgrind
(Debian: valgrind), which do not vary with the load of the machine; what the start takes of them is
not counted. Ends with 1 where an exponent is over 1.2, a reading takes over 5 s, or one ends in
anything but a record or one sentence.

    python tools/fuzz_growth.py [--only WORDS] [--jobs N] [--seconds-only]
"""

from __future__ import annotations

import argparse
import gc
import io
import math
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import msgspec

import mahdar
from mahdar.errors import MahdarError
from tools.baits import ALL
from tools.count_instructions import MARK, Done, total

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1, 4, 16, 64)
COUNTED = (16, 64)
MOST_GROWTH, MOST_SECONDS = 1.2, 5.0
_LEAST = 20_000_000
"""Instructions below which a reading is so short that its growth is that of its fixed parts."""
_TOGETHER = 8


class Measured(msgspec.Struct):
    """One bait: seconds by kilobytes, instructions by kilobytes, and how it ended."""

    name: str
    seconds: dict[int, float] = {}
    instructions: dict[int, int] = {}
    outcome: str = ""

    @property
    def growth(self) -> float:
        """The exponent between the two sizes that are counted."""
        low, high = (self.instructions.get(size, 0) for size in COUNTED)
        if min(low, high) < 1 or high < _LEAST:
            return 0.0
        return math.log(high / low) / math.log(COUNTED[1] / COUNTED[0])

    @property
    def is_bad(self) -> bool:
        """Whether it breaks what is promised."""
        slow = max(self.seconds.values(), default=0.0) > MOST_SECONDS
        return self.growth > MOST_GROWTH or slow or self.outcome.startswith("NOT")


def main() -> int:
    """Measure, print a table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="baits whose names hold these words")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds-only", action="store_true")
    parser.add_argument("--do", nargs=2, metavar=("DUMPS", "NAMES"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.do:
        count_here(Path(arguments.do[0]), arguments.do[1].split("|"))
        return 0
    rows = [Measured(name) for name in ALL if arguments.only in name]
    for row in rows:
        time_one(row)
    if not arguments.seconds_only:
        groups = [rows[k : k + _TOGETHER] for k in range(0, len(rows), _TOGETHER)]
        with ThreadPoolExecutor(arguments.jobs) as pool:
            list(pool.map(count_group, groups))
    for line in table(rows):
        print(line)
    bad = [row.name for row in rows if row.is_bad]
    print(f"\n{len(rows)} baits, {len(bad)} over the bounds{': ' if bad else ''}{', '.join(bad)}")
    return 1 if bad else 0


def time_one(row: Measured) -> None:
    """Read a bait of each size, as `mahdar read` does, and put down the seconds."""
    for size in SIZES:
        data = ALL[row.name](size << 10)
        begun = time.perf_counter()
        row.outcome = _read(data, isolated=True)
        row.seconds[size] = time.perf_counter() - begun


def _read(data: bytes, *, isolated: bool) -> str:
    try:
        record = mahdar.read(io.BytesIO(data), name="bait", isolated=isolated)
    except MahdarError as error:
        return f"{type(error).__name__}: {error}"
    except Exception as error:  # just what is looked for
        return f"NOT ANSWERED: {type(error).__name__}"
    return f"a record of {len(record.body)} things"


def count_group(rows: list[Measured]) -> None:
    """Count the instructions that baits take, in one process under Valgrind."""
    with tempfile.TemporaryDirectory() as folder:
        ran = subprocess.run(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--toggle-collect={MARK}",
             f"--dump-after={MARK}", f"--callgrind-out-file={folder}/out",
             sys.executable, __file__, "--do", folder, "|".join(row.name for row in rows)],
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT / "src")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ran.returncode:
            raise SystemExit(f"{rows[0].name} …: {ran.stderr[-2000:]}")
        by_name = {row.name: row for row in rows}
        for found in re.finditer(r"^counted\t(.*)\t(\d+)\t(.*)$", ran.stdout, re.MULTILINE):
            dumps = [Path(folder) / name for name in found[3].split()]
            by_name[found[1]].instructions[int(found[2])] = sum(map(total, dumps))
        for row in rows:
            print(f"  {row.growth:.2f} {row.name}", file=sys.stderr, flush=True)


def count_here(dumps: Path, names: list[str]) -> None:
    """Read baits in this process, which is counted, each once its kind has been read small."""
    for name in names:
        _read(ALL[name](2 << 10), isolated=False)
        for size in COUNTED:
            data = ALL[name](size << 10)
            gc.collect()
            before = {path.name for path in dumps.iterdir()}
            dir(Done(lambda data=data: _read(data, isolated=False)))  # type: ignore[misc]
            new = sorted({path.name for path in dumps.iterdir()} - before)
            print("counted", name, size, " ".join(new), sep="\t", flush=True)


def table(rows: list[Measured]) -> Iterator[str]:
    """Yield the lines of the table, those that grow fastest first."""
    yield f"{'bait':36} {'16 kB, M':>9} {'64 kB, M':>9} {'exponent':>8} {'longest, s':>10}  outcome"
    for row in sorted(rows, key=lambda row: -row.growth):
        low, high = (row.instructions.get(size, 0) / 1e6 for size in COUNTED)
        yield (
            f"{row.name[:36]:36} {low:9,.0f} {high:9,.0f} {row.growth:8.2f}"
            f" {max(row.seconds.values(), default=0):10.2f}  {row.outcome[:60]}"
        )


if __name__ == "__main__":
    sys.exit(main())
