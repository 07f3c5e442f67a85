"""Measure the reading of PDFs: how right, how fast, how small. Prints tables; asserts nothing.

    python benchmarks/bench_pages.py [--only accuracy|arabic|speed] [--rounds N]

The real records are looked for beside the project, or where MAHDAR_RECORDS points;
what needs them is left out, and said so, where they are missing. The bare text of
the same pages, taken with the library that both use, is measured in turn with the
full reading, in one process, so that ratios hold though the machine's speed swings.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests import producers  # noqa: E402
from tests.coverage_of import characters_placed  # noqa: E402
from tests.facts import events_of, expected_events, names, truth_of  # noqa: E402
from tests.test_arabic_pdfs import text_of, wrong_characters  # noqa: E402

from benchmarks.tables import table  # noqa: E402
from mahdar.checking import check  # noqa: E402
from mahdar.citations import find_symbols  # noqa: E402
from mahdar.languages import load_language  # noqa: E402
from mahdar.layout.paged.compose import compose  # noqa: E402
from mahdar.layout.paged.flow import lay_out_pages  # noqa: E402
from mahdar.parsing.record import read_record  # noqa: E402
from mahdar.reading.read import ReadFile, read_file  # noqa: E402
from mahdar.sources.options import Options  # noqa: E402
from mahdar.sources.page import PageSource  # noqa: E402
from mahdar.sources.pdf.document import read_pages  # noqa: E402

SCANS = ("S-PV.492.en",)
FIELDS = (
    "symbol", "organ", "meeting_number", "year_of_organ", "session", "date", "scheduled_time",
    "opened_at", "closed_at", "place", "status",
)  # fmt: skip
HERE = Options(isolated=False)


def records_folder() -> Path | None:
    named = os.environ.get("MAHDAR_RECORDS")
    folder = Path(named) if named else ROOT.parent / "shared" / "records"
    return folder if folder.is_dir() else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=["accuracy", "arabic", "speed"])
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    folder = records_folder()
    if folder is None:
        print("The real records are not here: set MAHDAR_RECORDS to their folder.")
    files = (
        {n: folder / f"{n}.pdf" for n in names() if (folder / f"{n}.pdf").is_file()}
        if folder
        else {}
    )
    if arguments.only in (None, "accuracy") and files:
        accuracy(files)
    if arguments.only in (None, "arabic"):
        arabic()
    if arguments.only in (None, "speed") and files:
        speed({n: f for n, f in files.items() if n not in SCANS}, arguments.rounds)


def accuracy(files: dict[str, Path]) -> None:
    rows = []
    for name, path in files.items():
        read, truth = read_file(path), truth_of(name)
        record, scan = read.record, name in SCANS
        cover = [getattr(record, f) == truth[f] for f in FIELDS if f in truth]
        wanted = expected_events(truth, codes=scan)
        found = events_of(record, codes=scan)
        turns = [e for e in wanted if e.startswith("turn")]
        got = [e for e in found if e.startswith("turn")]
        states = [
            (s.label, head) for v in record.votes() for head in HEADS for s in getattr(v, head)
        ]
        known = [
            (label, head)
            for v in truth.get("votes", [])
            for head in HEADS
            for label in v[head].split(", ")
            if label
        ]
        others = [e for e in wanted if not e.startswith("turn")]
        rows.append([
            name, f"{sum(cover)}/{len(cover)}", f"{_same(turns, got)}/{len(turns)}",
            f"{len(got) - _same(turns, got)}", f"{_same(others, found)}/{len(others)}",
            f"{_same(known, states)}/{len(known)}", _placed(read), len(record.findings),
        ])  # fmt: skip
    table(
        "The English records against the truth",
        ["record", "cover", "turns", "others read", "acts, votes, items", "States in votes",
         "characters in one place", "findings"],
        rows,
    )  # fmt: skip


HEADS = ("in_favour", "against", "abstaining")


def _same(wanted: Sequence[object], found: Sequence[object]) -> int:
    return sum((Counter(wanted) & Counter(found)).values())


def _placed(read: ReadFile) -> str:
    hyphens = {s.start for f in read.record.furniture if f.kind == "hyphen" for s in f.spans}
    bad = {at for at in characters_placed(read) if at not in hyphens}
    count = sum(not character.isspace() for character in read.source.text)
    return f"{count - len(bad)}/{count}"


def arabic() -> None:
    specimen = ROOT / "src" / "mahdar" / "specimens" / "specimen.ar.source.txt"
    text = specimen.read_text(encoding="utf-8")
    wanted = producers.plain(text)
    symbols = [s.printed for s in find_symbols(wanted)]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for maker, reason in producers.makers().items():
            for font in ("Amiri", "Noto Naskh Arabic"):
                if reason or not producers.has_font(font):
                    rows.append([maker, font, reason or "the font is not installed", "-", "-", "-"])
                    continue
                target = Path(folder) / f"{maker}.pdf"
                producers.print_pdf(maker, text, target, cover_blocks=12, font=font)
                read = read_file(target)
                found = text_of(read)
                wrong = wrong_characters(wanted, found)
                right = _same(symbols, [s.printed for s in find_symbols(found)])
                rows.append([
                    maker, font, f"{wrong}/{len(wanted)}", f"{100 * wrong / len(wanted):.3f} %",
                    f"{right}/{len(symbols)}", f"{len(read.record.turns())}/11",
                ])  # fmt: skip
    table(
        "Arabic printed by three makers and read back",
        ["maker", "font", "wrong characters", "rate", "symbols", "turns"],
        rows,
    )


def bare(path: Path) -> int:
    """Take the bare text of all pages."""
    document = pypdfium2.PdfDocument(str(path))
    for number in range(len(document)):
        document[number].get_textpage().get_text_range()
    return len(document)


def speed(files: dict[str, Path], rounds: int) -> None:
    rows = []
    sums = [0.0, 0.0, 0.0]
    pages = 0
    for name, path in files.items():
        count = bare(path)
        times: list[list[float]] = [[], [], []]
        ways: tuple[Callable[[], object], ...] = (
            partial(bare, path), partial(read_file, path), partial(read_file, path, HERE)
        )  # fmt: skip
        for _ in range(rounds):
            for kept, what in zip(times, ways, strict=True):
                kept.append(_seconds(what))
        medians = [statistics.median(kept) for kept in times]
        sums = [a + b for a, b in zip(sums, medians, strict=True)]
        pages += count
        rows.append(_speed_row(name, count, medians))
    rows.append(_speed_row("all", pages, sums))
    table(
        "Full reading against the bare text of the same pages",
        ["record", "pages", "bare, ms a page", "read, ms a page", "in this process, ms a page",
         "ratio", "ratio in this process"],
        rows,
    )  # fmt: skip
    stages(files, rounds)
    memory(files)


def _speed_row(name: str, pages: int, medians: list[float]) -> list[object]:
    a, b, c = (1000 * seconds / pages for seconds in medians)
    return [name, pages, f"{a:.2f}", f"{b:.2f}", f"{c:.2f}", f"{b / a:.1f}", f"{c / a:.1f}"]


def _seconds(what: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def stages(files: dict[str, Path], rounds: int) -> None:
    """Show where the time goes."""
    language = load_language("en")
    rows = []
    for name, path in files.items():
        kept: list[list[float]] = []
        gc.disable()
        for _ in range(rounds):
            marks = [time.perf_counter()]
            source = PageSource(str(path), tuple(read_pages(path.read_bytes(), path)))
            marks.append(time.perf_counter())
            composed = compose(source)
            marks.append(time.perf_counter())
            paged = lay_out_pages(composed, language)
            marks.append(time.perf_counter())
            record = read_record(paged.flow, paged.printed, language)
            marks.append(time.perf_counter())
            check(record, language, paged.printed)
            marks.append(time.perf_counter())
            kept.append([b - a for a, b in pairwise(marks)])
        gc.enable()
        medians = [statistics.median(column) for column in zip(*kept, strict=True)]
        rows.append([name, *(f"{1000 * m / len(source.pages):.2f}" for m in medians)])
    table(
        "Where the time goes, milliseconds a page",
        ["record", "runs from the PDF", "columns and lines", "paragraphs", "structure", "checks"],
        rows,
    )


PEAK = """
import sys
from mahdar.reading.read import read_file
from mahdar.sources.pdf import process
def peak(who):
    with open(f"/proc/{who}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
read_file(sys.argv[1])
print(peak("self"), peak(process._worker._process.pid))
"""


def memory(files: dict[str, Path]) -> None:
    """Show the most memory held, as the system's own counters have it (Linux only)."""
    if not Path("/proc/self/status").is_file():
        print("Memory is measured on Linux only.")
        return
    rows = []
    for name, path in files.items():
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
        )
        own, other = (int(kib) / 1024 for kib in done.stdout.split())
        rows.append([name, f"{own:.0f}", f"{other:.0f}", f"{own + other:.0f}"])
    table(
        "Memory, MiB at most",
        ["record", "this process", "the process that reads", "together"],
        rows,
    )


if __name__ == "__main__":
    main()
