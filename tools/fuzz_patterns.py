"""Look for patterns that run away: time each finder on pieces repeated, twice as many each time.

A pattern in linear time doubles; one in quadratic time takes four times as long; an
exponential one never ends. Prints the pieces whose time grows fastest.
"""

from __future__ import annotations

import itertools
import random
import sys
import time

from mahdar.citations import find_citations
from mahdar.languages import language_codes, load_language
from mahdar.resolving.mentions import find_mentions

PIECES = [
    "S/", "A/", "1/", "(1", ")1(", "A/1.", "S/1l", "S /", "resolution ", "resolutions 1 (1999), ",
    "1 (2", "8 ", "1, ", "of the ", "Article 1, ", "المادة ١ ", "و ", "١ (١٩٩٩) و ",
    "第1条", "第1、", "1 to ", "May ", "1 and ", "12 ", "2000-", "nineteen ",
    "United ", "الأمم ", "Republic of ",
]  # fmt: skip
_TIMES = 2000


def main() -> int:
    """Print the growth; return 1 where doubling the text takes five times as long or more."""
    rng = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    pairs = [("".join(pair),) for pair in rng.sample(list(itertools.product(PIECES, PIECES)), 60)]
    rows = []
    for (piece,) in [*((p,) for p in PIECES), *pairs]:
        for code in language_codes():
            spent = [_seconds(piece * times, code) for times in (_TIMES, 2 * _TIMES)]
            rows.append((spent[1] / max(spent[0], 1e-4), spent[1], piece, code))
    rows.sort(reverse=True)
    for growth, seconds, piece, code in rows[:8]:
        print(f"{growth:5.1f} times for twice the text, {seconds:.3f} s: {piece!r} in {code}")
    print(f"{len(rows)} texts; the slowest took {max(row[1] for row in rows):.2f} s")
    return int(any(row[0] >= 5 and row[1] > 1 for row in rows))


def _seconds(text: str, code: str) -> float:
    start = time.perf_counter()
    find_citations(text, code)
    find_mentions(text[: len(text) // 4], load_language(code))
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
