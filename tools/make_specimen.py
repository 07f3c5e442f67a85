"""Write the specimen: the invented meeting, its columns laid down in the wrong order.

The true text is src/mahdar/specimens/specimen.ar.source.txt; this cuts it into
columns and swaps those of all pages but two, as the machine did that read the
real record. Run it again after a change to the source:

    python tools/make_specimen.py
"""

from __future__ import annotations

import random
from pathlib import Path

from mahdar.specimens.scramble import cut_columns, scramble

FOLDER = Path(__file__).parent.parent / "src" / "mahdar" / "specimens"
COVER_BLOCKS = 11
COLUMN_LINES, JITTER, SEED = 20.0, 0.7, 99908
SWAP = [False, True, True, False, True]


def main() -> None:
    """Write specimen.ar.txt."""
    source = (FOLDER / "specimen.ar.source.txt").read_text(encoding="utf-8").strip()
    blocks = source.split("\n\n")
    columns = cut_columns(blocks[COVER_BLOCKS:], COLUMN_LINES, random.Random(SEED), JITTER)
    made = scramble(blocks[:COVER_BLOCKS], columns, SWAP)
    (FOLDER / "specimen.ar.txt").write_text(made.text, encoding="utf-8")


if __name__ == "__main__":
    main()
