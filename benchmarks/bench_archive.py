"""Measure an archive of the size of the Council's published corpus. Prints tables; asserts nothing.

    python benchmarks/bench_archive.py [--folder F] [--share 1.0] [--stage all]

Stages: ``load`` (invent the corpus, add it in portions, ask the same questions after each),
``vectors`` (make them, ask by meaning), ``study`` (concordances and tables), ``others`` (the same
words in plain SQLite FTS5 and, where it is installed, in PostgreSQL). Each keeps what it
measured in ``F/results.json``, so that they may be run one by one. All of it takes about two
hours on two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.archive_questions import by_meaning, by_words  # noqa: E402
from benchmarks.corpus import make_corpus  # noqa: E402
from benchmarks.tables import table  # noqa: E402
from mahdar.api.archive import Archive  # noqa: E402
from mahdar.api.archives import open_archive  # noqa: E402

MEETINGS, WORDS = 6_500, 66_000_000
PORTIONS = (0.1, 0.25, 0.5, 1.0)
STAGES = ("load", "vectors", "study", "others")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "mahdar-bench")
    parser.add_argument("--share", type=float, default=1.0, help="of the whole size")
    parser.add_argument("--stage", choices=("all", *STAGES), default="all")
    parser.add_argument("--workers", type=int, default=2)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    stages: dict[str, Callable[[Path, float, int], None]] = {
        "load": load, "vectors": vectors, "study": study, "others": others
    }  # fmt: skip
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in STAGES if given.stage == "all" else (given.stage,):
        stages[name](given.folder, given.share, given.workers)


def keep(folder: Path, name: str, value: Any) -> None:
    """Keep what a stage measured."""
    path = folder / "results.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    results[name] = value
    path.write_text(json.dumps(results, indent=1))


def results_of(folder: Path) -> dict[str, Any]:
    """Return what stages measured before."""
    path = folder / "results.json"
    return json.loads(path.read_text()) if path.exists() else {}


def megabytes(path: Path) -> float:
    """Return the size of a file or folder."""
    if path.is_file():
        return path.stat().st_size / 1e6
    return sum(each.stat().st_size for each in path.rglob("*") if each.is_file()) / 1e6


def peak() -> float:
    """Return the most memory that this process, or one it started, has had, in megabytes."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return max(own, others) / 1024


def timed(ask: Callable[[str], Any], questions: Iterable[str]) -> list[float]:
    """Return how long each question took, in milliseconds."""
    spent = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        spent.append(1000 * (time.perf_counter() - begun))
    return spent


def spread(spent: list[float]) -> dict[str, float]:
    """Return the median and the percentiles of times."""
    cuts = statistics.quantiles(spent, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(spent)}


def text_bytes(archive: Archive) -> int:
    """Return how many bytes the texts of all paragraphs have."""
    from django.db import connections

    with connections[archive.alias].cursor() as cursor:
        cursor.execute("SELECT SUM(LENGTH(CAST(text AS BLOB))) FROM archive_paragraph")
        return int(cursor.fetchone()[0] or 0)


def load(folder: Path, share: float, workers: int) -> None:
    """Invent the corpus and add it in portions; after each, ask the same questions."""
    from mahdar.archive.adding import add_files

    corpus, place = folder / "corpus", folder / "archive"
    meetings = int(MEETINGS * share)
    if not corpus.exists():
        made = make_corpus(corpus, meetings, int(WORDS * share))
        print(f"{made['meetings']:,} meetings invented in {made['seconds']:.0f} s")
    shutil.rmtree(place, ignore_errors=True)
    archive = open_archive(place)
    files = sorted(corpus.glob("*.json"), key=lambda path: path.name.split(".")[1])
    rows, held = [], []
    spent = 0.0
    before = 0
    for portion in PORTIONS:
        upto = int(len(files) * portion)
        begun = time.perf_counter()
        add_files(archive.alias, files[before:upto], workers=workers)
        added = time.perf_counter() - begun
        archive.indexes.catch_up()
        spent += time.perf_counter() - begun
        indexed = time.perf_counter() - begun - added
        before = upto
        totals = archive.totals()
        text = text_bytes(archive) / 1e6
        indexes = archive.indexes
        sizes = [megabytes(indexes.words_folder), megabytes(indexes.columns_folder)]
        searcher = archive.searcher()
        times = spread(timed(searcher.search, by_words(archive)))
        held.append(
            {
                "portion": portion, "meetings": upto,
                "words": sum(row["words"] for row in totals.values()),
                "turns": sum(row["turns"] for row in totals.values()),
                "seconds": spent, "added": added, "indexed": indexed, "text": text,
                "word_index": sizes[0], "columns": sizes[1],
                "database": megabytes(archive.place.database), "peak": peak(), **times,
            }
        )  # fmt: skip
        keep(folder, "load", held)
        rows.append(
            [f"{portion:.0%}", upto, f"{held[-1]['turns']:,}", f"{held[-1]['words'] / 1e6:.1f}",
             f"{spent / 60:.1f}", f"{text:.0f}", f"{sizes[0]:.0f}", f"{sizes[1]:.0f}",
             f"{sum(sizes) / text:.2f}", f"{times['p50']:.0f}", f"{times['p95']:.0f}",
             f"{times['p99']:.0f}", f"{peak():.0f}"]
        )  # fmt: skip
        print(rows[-1], flush=True)
    head = ["share", "meetings", "speeches", "M words", "minutes", "text MB", "words MB",
            "columns MB", "index/text", "p50 ms", "p95 ms", "p99 ms", "peak MB"]  # fmt: skip
    table("Loaded with the index of words; questions by words after each portion", head, rows)


def vectors(folder: Path, share: float, workers: int) -> None:
    """Make the vectors, and ask by meaning."""
    del share
    archive = open_archive(folder / "archive")
    begun = time.perf_counter()
    said = [begun]

    def progress(done: int, total: int) -> None:
        if time.perf_counter() - said[0] > 60:
            said[0] = time.perf_counter()
            print(f"{done:,} of {total:,} records, {said[0] - begun:.0f} s", flush=True)

    made = archive.indexes.make_vectors(progress, workers=workers)
    seconds = time.perf_counter() - begun
    if made:
        keep(folder, "vectors", {
            "vectors": made, "seconds": seconds, "rate": made / seconds, "peak": peak(),
            "megabytes": megabytes(archive.indexes.vectors_folder),
        })  # fmt: skip
    searcher = archive.searcher()
    searcher.search("peace", mode="both")  # the encoder is loaded once
    times = spread(timed(lambda q: searcher.search(q, mode="both"), by_meaning()))
    keep(folder, "meaning", {**times, "peak": peak()})
    held = results_of(folder)
    row = held.get("vectors", {})
    table("Vectors", ["vectors", "minutes", "a second", "MB", "p50 ms", "p95 ms", "peak MB"], [[
        f"{row.get('vectors', 0):,}", f"{row.get('seconds', 0) / 60:.1f}",
        f"{row.get('rate', 0):.0f}", f"{row.get('megabytes', 0):.0f}", f"{times['p50']:.0f}",
        f"{times['p95']:.0f}", f"{peak():.0f}",
    ]])  # fmt: skip


def study(folder: Path, share: float, workers: int) -> None:
    """Make concordances and tables; ask hostile questions; draw how times grew."""
    del share, workers
    from mahdar import study as make
    from mahdar.index.columns import Columns, read_state

    archive = open_archive(folder / "archive")
    columns = Columns(
        archive.indexes.columns_folder, "en", read_state(archive.indexes.columns_folder)
    )
    counts = np.bincount(columns.tokens, minlength=len(columns.forms))
    word = "=" + columns.forms[int(np.argmin(np.abs(counts - 50_000)))]
    rows = []
    asked: tuple[tuple[str, Callable[[], Any]], ...] = (
        (f"concordance of {word}, by date", lambda: make.concordance(archive, word)),
        (f"concordance of {word}, by the words after",
         lambda: make.concordance(archive, word, order="right")),
        (f"frequencies of {word} by year", lambda: make.frequencies(archive, word)),
        (f"frequencies of {word} by State", lambda: make.frequencies(archive, word, by="state")),
        (f"collocations of {word}", lambda: make.collocations(archive, word)),
        ("keyness of one State", lambda: make.keyness(archive, "state:RUS", language="en")),
        ("dispersion over meetings", lambda: make.dispersion(archive, [word])),
        ("runs of three words", lambda: make.ngrams(archive, 3, language="en", least=20)),
        ("who cites what", lambda: make.citations(archive, size=100)),
        ("who speaks with whom", lambda: make.together(archive, size=100)),
    )  # fmt: skip
    for name, ask in asked:
        (first,) = timed(_without(ask), ["once"])
        later = statistics.median(timed(_without(ask), ["again"] * 5))
        rows.append([name, f"{first:.0f}", f"{later:.0f}"])
    keep(folder, "study", {"hits": int(counts.max()), "rows": rows, "peak": peak()})
    table("Tables over the whole archive, milliseconds", ["table", "first", "median"], rows)
    print(f"hits of {word}: {int(np.sort(np.abs(counts - 50_000))[0]) + 50_000:,} or fewer")
    _hostile(archive, folder)
    _growth(folder)


def _without(ask: Callable[[], Any]) -> Callable[[str], Any]:
    return lambda _: ask()


def _hostile(archive: Archive, folder: Path) -> None:
    """Ask ten thousand hostile questions; report the slowest."""
    import random

    from tests.test_query_language import hostile

    from mahdar.errors import QueryError

    searcher = archive.searcher()
    rng = random.Random(2025)
    spent, refused = [], 0
    for _ in range(10_000):
        query = hostile(rng)
        begun = time.perf_counter()
        try:
            searcher.search(query)
        except QueryError:
            refused += 1
        spent.append(1000 * (time.perf_counter() - begun))
    row = [len(spent) - refused, refused, f"{spread(spent)['p99']:.0f}", f"{max(spent):.0f}"]
    keep(folder, "hostile", row)
    table("Hostile questions", ["answered", "explained", "p99 ms", "slowest ms"], [row])


def _growth(folder: Path) -> None:
    """Draw how load and questions grew with the archive, to out/."""
    altair: Any = import_module("altair")
    rows = [
        {"words": held["words"] / 1e6, "value": held[name], "what": what}
        for held in results_of(folder).get("load", [])
        for name, what in (("p50", "p50 ms"), ("p95", "p95 ms"), ("p99", "p99 ms"),
                           ("seconds", "seconds to load"))
    ]  # fmt: skip
    if not rows:
        return
    chart = (
        altair.Chart(altair.Data(values=rows)).mark_line(point=True)
        .encode(
            x=altair.X("words:Q", title="million words"), y=altair.Y("value:Q", title=None),
            color=altair.Color("what:N", legend=None),
        ).properties(width=200, height=150)
        .facet(altair.Facet("what:N", title=None), columns=2)
        .resolve_scale(y="independent")
    )  # fmt: skip
    import vl_convert

    target = ROOT / "out" / "archive-growth.svg"
    target.parent.mkdir(exist_ok=True)
    target.write_text(vl_convert.vegalite_to_svg(chart.to_json()), encoding="utf-8")
    print(f"growth drawn to {target.relative_to(ROOT)}")


def others(folder: Path, share: float, workers: int) -> None:
    """Put the same words into other indexes and ask them the same, in one run."""
    del share, workers
    from benchmarks.other_indexes import Fts5, PostgreSQL

    archive = open_archive(folder / "archive")
    plain = [q for q in by_words(archive, 600) if not set(":*()") & set(q) and "NEAR" not in q]
    asked = plain[:120]
    searcher = archive.searcher()
    ours = spread(timed(searcher.search, asked))
    indexed = sum(held["indexed"] for held in results_of(folder).get("load", []))
    indexes = archive.indexes
    rows = [["Mahdar (Tantivy), with snippets", f"{indexed:.0f}",
             f"{megabytes(indexes.words_folder):.0f}", *_told(ours, ours)]]  # fmt: skip
    path = folder / "fts5.sqlite3"
    path.unlink(missing_ok=True)
    fts = Fts5(path)
    seconds = fts.load(archive)
    rows.append(["SQLite FTS5", f"{seconds:.0f}", f"{megabytes(path):.0f}",
                 *_told(spread(timed(fts.ask, asked)), ours)])  # fmt: skip
    try:
        from tests.archives import new_database, postgresql_server

        with postgresql_server(folder) as address, new_database(address, folder / "none") as url:
            base = PostgreSQL(url)
            seconds = base.load(archive)
            rows.append(["PostgreSQL", f"{seconds:.0f}", f"{base.size():.0f}",
                         *_told(spread(timed(base.ask, asked)), ours)])  # fmt: skip
    except BaseException as error:  # pytest's own way to skip is no ordinary error
        if type(error).__name__ != "Skipped":
            raise
        print(f"PostgreSQL is left out: {error}")
    keep(folder, "others", rows)
    head = ["index", "seconds to fill", "MB", "p50 ms", "p95 ms", "p99 ms", "p95 to ours"]
    table(f"The same words in others, {len(asked)} questions of words and phrases", head, rows)


def _told(times: dict[str, float], ours: dict[str, float]) -> list[str]:
    return [f"{times['p50']:.1f}", f"{times['p95']:.0f}", f"{times['p99']:.0f}",
            f"{times['p95'] / ours['p95']:.1f}"]  # fmt: skip


if __name__ == "__main__":
    main()
