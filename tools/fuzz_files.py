"""Read mutated PDFs and Word files for as long as asked; keep what is not answered as it should be.

What should be: a record, or one error of Mahdar's own. Anything else, and any file
that takes longer than a bound, is kept under ``out/fuzz`` with what happened.

    python tools/fuzz_files.py --minutes 20 --seed 1
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
import traceback
import zlib
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.hostile_pdfs import hostile_pdfs, small_docx, small_pdf

from mahdar.errors import MahdarError
from mahdar.reading.read import read_file
from mahdar.sources.limits import Limits
from mahdar.sources.options import Options

ROOT = Path(__file__).resolve().parent.parent
_NUMBER = re.compile(rb"\d+")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


def main() -> int:
    """Run for the time asked and report; exit 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    seeds = _seeds()
    folder = ROOT / "out" / "fuzz"
    folder.mkdir(parents=True, exist_ok=True)
    options = Options(limits=Limits(pages=400, seconds=20.0, mebibytes=1024))
    until = time.monotonic() + 60 * arguments.minutes
    seen: Counter[str] = Counter()
    slowest, found = 0.0, 0
    target = folder / f"now-{os.getpid()}"
    while time.monotonic() < until:
        name, data = chance.choice(seeds)
        mutated = _mutated(data, chance)
        target.write_bytes(mutated)
        started = time.monotonic()
        try:
            read_file(target, options)
            outcome = "a record"
        except MahdarError as error:
            outcome = type(error).__name__
        except Exception:  # just what is looked for
            outcome = "NOT ANSWERED"
            found += 1
            kept = folder / f"{arguments.seed}-{found}-{name}"
            kept.write_bytes(mutated)
            kept.with_suffix(".txt").write_text(traceback.format_exc(), encoding="utf-8")
        slowest = max(slowest, time.monotonic() - started)
        seen[outcome] += 1
    target.unlink(missing_ok=True)
    print(f"{seen.total()} files in {arguments.minutes:g} minutes, slowest {slowest:.1f} s")
    for outcome, times in seen.most_common():
        print(f"  {times:7}  {outcome}")
    return 1 if found else 0


def _seeds() -> list[tuple[str, bytes]]:
    seeds = [(f"{name}.pdf", data) for name, data in hostile_pdfs().items()]
    seeds += [("small.pdf", small_pdf()), ("small.docx", small_docx())]
    records = Path(os.environ.get("MAHDAR_RECORDS", ROOT.parent / "shared" / "records"))
    if records.is_dir():
        seeds += [
            (path.name, path.read_bytes())
            for path in sorted(records.glob("*.pdf"))
            if path.stat().st_size < 300_000
        ]
    return seeds


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """Change a file as damage and malice do: bytes, lengths, numbers, parts, packed streams."""
    out = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16, 64))):
        kind = chance.randrange(7)
        at = chance.randrange(max(1, len(out)))
        if kind == 0 and out:
            out[at] = chance.randrange(256)
        elif kind == 1:
            del out[at : at + chance.choice((1, 8, 400, 20_000))]
        elif kind == 2:
            out[at:at] = out[at : at + chance.choice((8, 100, 4000))]
        elif kind == 3:
            numbers = list(_NUMBER.finditer(bytes(out[at : at + 4000])))
            if numbers:
                number = chance.choice(numbers)
                value = chance.choice((b"0", b"-1", b"1", b"99999999999", b"2147483648", b"7"))
                out[at + number.start() : at + number.end()] = value
        elif kind == 4:
            out[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 16))))
        elif kind == 5:
            del out[at:]
        else:
            out = bytearray(_repacked(bytes(out), chance))
    return bytes(out)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """Change what is inside a packed stream: from outside, only the packing would break."""
    streams = list(_STREAM.finditer(data))
    if not streams:
        return data
    stream = chance.choice(streams)
    try:
        inside = bytearray(zlib.decompress(stream.group(1)))
    except zlib.error:
        return data
    for _ in range(chance.choice((1, 4, 30))):
        if inside:
            inside[chance.randrange(len(inside))] = chance.randrange(256)
    return data[: stream.start(1)] + zlib.compress(bytes(inside)) + b"\n" + data[stream.end(1) :]


if __name__ == "__main__":
    sys.exit(main())
