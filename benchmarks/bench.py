"""Measure Mahdar: how right, how fast, how small. Prints tables; asserts nothing.

    python benchmarks/bench.py [--trials N] [--only accuracy|scrambles|speed]

The real record is looked for beside the project, or where MAHDAR_RECORDS points;
what needs it is left out, and said so, where it is missing. Times are medians
with their least and greatest; whole commands are new processes, start-up included.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.coverage_of import characters_placed  # noqa: E402
from tests.pieces import pieces  # noqa: E402
from tests.truth import s_pv_7050_ar as truth  # noqa: E402

from benchmarks.tables import table  # noqa: E402
from mahdar import specimen_path  # noqa: E402
from mahdar.reading.read import ReadFile, read_file, read_source  # noqa: E402
from mahdar.sources.text import text_source  # noqa: E402
from mahdar.specimens.scramble import (  # noqa: E402
    Scrambled,
    cut_columns,
    scramble,
)

COVER = 11
RATES = (0.0, 0.1, 0.5, 0.9, 1.0)
SURE = 0.9


def records_folder() -> Path | None:
    named = os.environ.get("MAHDAR_RECORDS")
    folder = Path(named) if named else ROOT.parent / "shared" / "records"
    return folder if (folder / "S-PV.7050.ar.txt").is_file() else None


def accuracy(path: Path) -> None:
    """Compare the reading of the real record with the truth that was written by hand."""
    read = read_file(path)
    text, places = read.source.text, pieces(read.source.text)
    numbers = {start: n for n, (start, _) in enumerate(places)}
    order = truth.order()
    got = [numbers[b.start] for b in read.flow.front]
    got += [numbers[b.start] for p in read.flow.passages for b in p.blocks]
    rank = {n: k for k, n in enumerate(order)}
    right = sum(rank[b] == rank[a] + 1 for a, b in itertools.pairwise(got))
    lying = sum(rank[b] == rank[a] + 1 for a, b in itertools.pairwise(sorted(got)))
    joins = {
        numbers[b.start]: numbers[a.start]
        for p in read.flow.passages
        for a, b in itertools.pairwise(p.blocks)
    }
    made = sum(joins.get(after) == before for after, before in truth.GOES_ON.items())
    heads = [numbers[t.spans[0].start or 0] for t in read.record.turns()]
    true_heads = [row[0] for row in truth.TURNS]
    words = said = 0
    for turn, (first, last, *_) in zip(read.record.turns(), truth.TURNS, strict=False):
        run = order[order.index(first) : order.index(last) + 1]
        spoken = re.sub(r"\*\*|#+ ", "", " ".join(text[slice(*places[n])] for n in run))
        true_words = spoken[spoken.index(":") + 1 :].split()
        found = [w for p in turn.all_paragraphs() for w in p.text.split()]
        words += len(true_words)
        said += sum(a == b for a, b in zip(found, true_words, strict=False))
    members = [(m.state.code, m.representative.name) for m in read.record.members]
    true_members = [(row[1], row[3]) for row in truth.MEMBERS]
    placed = sum(not character.isspace() for character in text)
    unplaced = len(characters_placed(read))
    table(
        "The Arabic record of the 7050th meeting against the truth",
        ("what", "right", "of", "false"),
        [
            ("neighbours in reading order, as the file lies", lying, len(order) - 1, "-"),
            ("neighbours in reading order, as read", right, len(order) - 1, "-"),
            ("joins", made, len(truth.GOES_ON), len(joins) - made),
            (
                "turn headings",
                len(set(heads) & set(true_heads)),
                len(true_heads),
                len(set(heads) - set(true_heads)),
            ),
            ("words of statements with the right speaker", said, words, "-"),
            ("members", sum(m in members for m in true_members), 15, len(members) - 15),
            ("characters in exactly one place", placed - unplaced, placed, "-"),
        ],
    )


def _tally(made: Scrambled, read: ReadFile) -> tuple[int, int, int, int]:
    """Return pages in the wrong order, those not reported, joins missed, false joins."""
    rank = {start: n for n, (start, _) in enumerate(made.order)}
    wrong = silent = 0
    blocks = [b for p in read.flow.passages for b in p.blocks]
    ranks = [rank[b.start] for b in blocks]
    for page in read.flow.pages[1:]:
        inside = [rank[read.flow.blocks[n].start] for n in page.after]
        if inside != list(range(inside[0], inside[0] + len(inside))):
            wrong += 1
            silent += page.confidence >= SURE
    missed = false = 0
    joined = [k > 0 for p in read.flow.passages for k in range(len(p.blocks))]
    for at in range(1, len(blocks)):
        if ranks[at] != ranks[at - 1] + 1:
            continue
        goes_on = made.goes_on[ranks[at]]
        before = blocks[at - 1].text.rstrip("*")
        if goes_on and not joined[at] and before[-1:] not in ".؟!":
            missed += 1
        false += joined[at] and not goes_on
    return wrong, silent, missed, false


def _trials(
    name: str, trials: int, make: Callable[[random.Random], Scrambled]
) -> tuple[object, ...]:
    whole = pages = wrong = silent = missed = false = lost = 0
    for seed in range(trials):
        made = make(random.Random(seed))
        read = read_source(text_source(made.text, "scrambled"))
        tally = _tally(made, read)
        wrong, silent = wrong + tally[0], silent + tally[1]
        missed, false = missed + tally[2], false + tally[3]
        whole += not any(tally)
        pages += made.pages
        lost += bool(characters_placed(read))
    return (
        name, trials, f"{whole / trials:.1%}", f"{1 - wrong / pages:.2%}", wrong, silent, missed,
        false, lost,
    )  # fmt: skip


def scrambles(path: Path | None, trials: int) -> None:
    """Scramble and restore the specimen and, where it is at hand, the real record."""
    from tools import make_specimen as tool

    source = (tool.FOLDER / "specimen.ar.source.txt").read_text(encoding="utf-8").strip()
    invented = source.split("\n\n")
    cut = cut_columns(invented[COVER:], tool.COLUMN_LINES, random.Random(tool.SEED), tool.JITTER)

    def swaps(chance: random.Random, rate: float) -> list[bool]:
        return [chance.random() < rate for _ in range(40)]

    def specimen_pages(chance: random.Random) -> Scrambled:
        rate, emphasis = chance.choice(RATES), chance.random() < 0.5
        return scramble(invented[:COVER], cut, swaps(chance, rate), emphasis=emphasis)

    def specimen_cuts(chance: random.Random) -> Scrambled:
        rate, emphasis = chance.choice(RATES), chance.random() < 0.5
        columns = cut_columns(invented[COVER:], chance.uniform(16, 30), chance)
        return scramble(invented[:COVER], columns, swaps(chance, rate), emphasis=emphasis)

    rows = [
        _trials("specimen, other pages swapped", trials // 2, specimen_pages),
        _trials("specimen, cut at other places too", trials // 2, specimen_cuts),
    ]
    if path is not None:
        text = path.read_text(encoding="utf-8")
        front, columns = truth.front(text), truth.columns(text)
        paragraphs: list[str] = []
        for column in columns:
            for fragment in column:
                words = " ".join(fragment.text.split())
                if fragment.goes_on:
                    paragraphs[-1] += " " + words
                else:
                    paragraphs.append(words)

        def real_pages(chance: random.Random) -> Scrambled:
            rate, emphasis = chance.choice(RATES), chance.random() < 0.5
            return scramble(front, columns, swaps(chance, rate), emphasis=emphasis)

        def real_cuts(chance: random.Random) -> Scrambled:
            rate, emphasis = chance.choice(RATES), chance.random() < 0.5
            other = cut_columns(paragraphs, chance.uniform(20, 45), chance)
            return scramble(front, other, swaps(chance, rate), emphasis=emphasis)

        def real_in_order(chance: random.Random) -> Scrambled:
            other = cut_columns(paragraphs, chance.uniform(20, 45), chance)
            return scramble(front, other, [False], emphasis=chance.random() < 0.5)

        rows += [
            _trials("real record, other pages swapped", trials, real_pages),
            _trials("real record, cut at other places too", trials, real_cuts),
            _trials("real record, cut, but left in order", trials // 2, real_in_order),
        ]
    table(
        "Scramble and restore",
        (
            "what", "trials", "whole", "pages right", "pages wrong", "of them not reported",
            "joins missed", "false joins", "characters lost",
        ),
        rows,
    )  # fmt: skip


def _spread(values: Sequence[float]) -> str:
    return f"{statistics.median(values):.3f} ({min(values):.3f} to {max(values):.3f})"


# A small process of its own starts the command, so that the memory told is the command's.
_WEIGH = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def _whole(arguments: Sequence[str], runs: int) -> tuple[list[float], int]:
    """Return the seconds of each run of a command, and the most memory of one, in KiB."""
    weighed = subprocess.run(
        [sys.executable, "-c", _WEIGH, *arguments], check=True, capture_output=True, text=True
    )
    seconds: list[float] = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    return seconds, int(weighed.stdout)


def speed(path: Path | None, runs: int) -> None:
    """Time whole commands, and the reading alone inside a process."""
    python = sys.executable
    rows = []
    bare, _ = _whole([python, "-c", "pass"], runs)
    rows.append(("python, doing nothing", _spread(bare), "-", "1.0"))
    usual = statistics.median(bare)
    files = [("specimen", specimen_path())] + ([("real record", path)] if path else [])
    for name, file in files:
        command = [python, "-m", "mahdar", "read", str(file), "--format", "json"]
        seconds, memory = _whole(command, runs)
        ratio = statistics.median(seconds) / usual
        rows.append(
            (f"mahdar read, {name}", _spread(seconds), f"{memory / 1024:.0f}", f"{ratio:.1f}")
        )
    table(
        "Whole commands, start-up included",
        ("command", "seconds, median (least to most)", "MiB at most", "ratio"),
        rows,
    )
    inside = []
    for name, file in files:
        read_file(file)
        seconds = []
        for _ in range(runs * 2):
            start = time.perf_counter()
            read = read_file(file)
            seconds.append(time.perf_counter() - start)
        characters = len(read.source.text)
        rate = characters / statistics.median(seconds)
        inside.append((name, characters, _spread(seconds), f"{rate / 1000:.0f}"))
    table(
        "Reading alone",
        ("file", "characters", "seconds, median (least to most)", "thousand characters a second"),
        inside,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", choices=["accuracy", "scrambles", "speed"])
    given = parser.parse_args()
    folder = records_folder()
    path = folder / "S-PV.7050.ar.txt" if folder else None
    print(f"## {datetime.date.today().isoformat()}\n")
    print(
        f"{platform.machine()}, {os.cpu_count()} cores,"
        f" Python {platform.python_version()}, {platform.system()}"
    )
    if path is None:
        print("\nThe real record is not here (set MAHDAR_RECORDS): its rows are left out.")
    if path and given.only in (None, "accuracy"):
        accuracy(path)
    if given.only in (None, "speed"):
        speed(path, given.runs)
    if given.only in (None, "scrambles"):
        scrambles(path, given.trials)


if __name__ == "__main__":
    main()
