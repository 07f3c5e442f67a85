"""Measure names and citations: how right, how fast. Prints tables; asserts nothing.

    python benchmarks/bench_names.py [--rounds N]

The real records are looked for beside the project, or where MAHDAR_RECORDS points; what
needs them is left out, and said so, where they are missing.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.conftest import records_folder  # noqa: E402
from tests.mentions import RECORDS, misses  # noqa: E402
from tests.test_mentions import CITED  # noqa: E402
from tests.test_state_names import LANGUAGES, SENTENCES, forms, found, given  # noqa: E402

from benchmarks.tables import table  # noqa: E402
from mahdar.citations import find_citations  # noqa: E402
from mahdar.model import Record  # noqa: E402
from mahdar.reading.read import read_file  # noqa: E402
from mahdar.resolving import resolve_record  # noqa: E402
from mahdar.specimens.build import specimen  # noqa: E402

_BYTES = 5_000_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    _truth(rounds)
    _states()
    _speed(rounds)


def _truth(rounds: int) -> None:
    folder = records_folder()
    if folder is None:
        print("The real records are not here; set MAHDAR_RECORDS to their folder.")
        return
    rows, times, lines = [], [], []
    for name in RECORDS:
        read = read_file(folder / name)
        for what, states in (("citations", False), ("States", True)):
            right, extra, missed = misses(read.record, name, states=states)
            precision, recall = right / (right + len(extra)), right / (right + len(missed))
            rows.append([name, what, right + len(missed), right, len(extra), len(missed),
                         f"{precision:.4f}", f"{recall:.4f}"])  # fmt: skip
            lines += [f"- {name}: too much, {each}" for each in extra]
            lines += [f"- {name}: missed, {each}" for each in missed]
        spent = []
        for _ in range(rounds):
            start = time.perf_counter()
            resolved = resolve_record(read.record, read.language)
            spent.append(1000 * (time.perf_counter() - start))
        words = sum(turn.words() for turn in resolved.turns())
        mentions = sum(len(p.mentions) for t in resolved.turns() for p in t.all_paragraphs())
        times.append([name, words, mentions, f"{statistics.median(spent):.0f}"])
    head = ["record", "what", "in truth", "right", "too much", "missed", "precision", "recall"]
    table("Citations and States against the truth", head, rows)
    print("\n" + ("\n".join(lines) if lines else "No miss, nothing too much."))
    table("A record resolved", ["record", "words", "mentions", "milliseconds"], times)


def _states() -> None:
    rows = []
    for language in LANGUAGES:
        cells: list[object] = [language]
        for file in ("states.tsv", "states_formal.tsv"):
            names = given(file, language)
            right = sum(found(SENTENCES[language].format(n), language) == [c] for c, n in names)
            cells.append(f"{right}/{len(names)}")
        declined = [row for row in forms() if language in row]
        right = sum(
            found(SENTENCES[language].format(row[language]), language) == [row["code"]]
            for row in declined
        )
        cells.append(f"{right}/{len(declined)}" if declined else "")
        rows.append(cells)
    table(
        "States after 'the representative of'",
        ["language", "short names", "formal names", "with de, genitive"],
        rows,
    )


def _words(record: Record) -> str:
    return "\n".join(p.text for turn in record.turns() for p in turn.all_paragraphs())


def _speed(rounds: int) -> None:
    rows = []
    texts = [
        ("specimen and test sentences", language,
         _words(specimen(language)) + "\n" + "\n".join(each for each, _ in CITED[language]))
        for language in LANGUAGES
    ]  # fmt: skip
    if folder := records_folder():
        read = [(name, read_file(folder / name).record) for name in RECORDS]
        texts += [(name, record.language, _words(record)) for name, record in read]
    for name, language, text in texts:
        text *= _BYTES // len(text.encode()) + 1
        size = len(text.encode())
        find_citations(text[:2000], language)
        spent = []
        for _ in range(rounds):
            start = time.perf_counter()
            count = len(find_citations(text, language))
            spent.append(time.perf_counter() - start)
        speed = [size / 1e6 / seconds for seconds in spent]
        rows.append([name, language, f"{size / 1e6:.1f}", count, f"{statistics.median(speed):.1f}",
                     f"{min(speed):.1f}", f"{max(speed):.1f}"])  # fmt: skip
    head = ["text, repeated", "language", "MB", "citations", "MB a second", "least", "greatest"]
    table("Citations found, one core", head, rows)


if __name__ == "__main__":
    main()
