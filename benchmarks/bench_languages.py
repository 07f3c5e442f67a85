"""Measure the six languages: the round trip, how fast pages are set and read. Prints tables.

python benchmarks/bench_languages.py [--seeds N] [--rounds N]
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pypdfium2

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.same_record import differences  # noqa: E402
from tests.test_round_trip import FORMS, LANGUAGES, again, invented  # noqa: E402

from benchmarks.tables import table  # noqa: E402
from mahdar.alignment import align_records  # noqa: E402
from mahdar.languages import load_language  # noqa: E402
from mahdar.publishing.pdf import publish_pdf  # noqa: E402
from mahdar.reading.read import read_file  # noqa: E402
from mahdar.sources.options import Options  # noqa: E402
from mahdar.specimens.build import build_record, meeting_words, specimen  # noqa: E402
from mahdar.specimens.invent import invent_facts, invent_words  # noqa: E402

_TURNS = 150


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    round_trips(arguments.seeds)
    speed(arguments.rounds)
    alignment()


def round_trips(seeds: int) -> None:
    rows: list[list[object]] = []
    for code in LANGUAGES:
        row: list[object] = [code]
        for form in FORMS:
            same = not list(differences(specimen(code), again(specimen(code), form)))
            right = sum(
                not list(differences(record, again(record, form)))
                for record in (invented(seed, code) for seed in range(seeds))
            )
            row.append(f"{'same' if same else 'DIFFERS'}, {right}/{seeds}")
        rows.append(row)
    table("Published and read back: the specimen, invented meetings", ["language", *FORMS], rows)


def long_meeting(code: str) -> Any:
    """Return a meeting of thirty pages or so."""
    rng = random.Random(7)
    facts = invent_facts(rng)
    members = [key for key in facts["members"] if key != facts["president"]]
    middle: list[dict[str, Any]] = []
    facts["speeches"] = 3 * _TURNS
    for number in range(_TURNS):
        said = [f"speech_{3 * number + k}" for k in range(3)]
        middle.append({"turn": members[number % len(members)], "say": said})
    facts["body"] = [*facts["body"][:6], *middle, facts["body"][-1]]
    language = load_language(code)
    return build_record(facts, invent_words(facts, meeting_words(code), language, rng), language)


def speed(rounds: int) -> None:
    rows: list[list[object]] = []
    here = Options(isolated=False)
    with tempfile.TemporaryDirectory() as folder:
        files: dict[str, tuple[Path, int, int, float]] = {}
        for code in LANGUAGES:
            record = long_meeting(code)
            times = []
            start = time.perf_counter()
            data = publish_pdf(record)
            times.append(time.perf_counter() - start)
            path = Path(folder) / f"{code}.pdf"
            path.write_bytes(data)
            characters = sum(len(p.text) for t in record.turns() for p in t.all_paragraphs())
            files[code] = (path, len(pypdfium2.PdfDocument(data)), characters, times[0])
        kept: dict[str, list[float]] = {code: [] for code in LANGUAGES}
        for _ in range(rounds):  # in turn, so that the machine's swings meet all alike
            for code in LANGUAGES:
                start = time.perf_counter()
                read_file(files[code][0], here)
                kept[code].append(time.perf_counter() - start)
        for code in LANGUAGES:
            _, pages, characters, made = files[code]
            read = statistics.median(kept[code])
            rows.append([
                code, pages, characters, f"{made:.2f}", f"{1000 * read / pages:.1f}",
                f"{characters / read / 1000:.0f}",
            ])  # fmt: skip
    table(
        "A long meeting set as PDF and read",
        ["language", "pages", "characters", "set, seconds", "read, ms a page",
         "thousand characters a second"],
        rows,
    )  # fmt: skip


def alignment() -> None:
    records = {code: specimen(code) for code in LANGUAGES}
    turns = paragraphs = all_turns = all_paragraphs = 0
    for one, other in itertools.combinations(LANGUAGES, 2):
        made = align_records(records[one], records[other])
        for turn in made.turns:
            turns += turn.first_turn_number == turn.second_turn_number
            paragraphs += sum(
                p.first_paragraph_numbers == p.second_paragraph_numbers
                and len(p.first_paragraph_numbers) == 1
                for p in turn.paragraphs
            )
        all_turns += len(records[one].turns())
        all_paragraphs += sum(len(t.all_paragraphs()) for t in records[one].turns())
    table(
        "The specimen aligned, fifteen pairs of languages",
        ["what", "right", "of"],
        [["turns", turns, all_turns], ["paragraphs", paragraphs, all_paragraphs]],
    )


if __name__ == "__main__":
    main()
