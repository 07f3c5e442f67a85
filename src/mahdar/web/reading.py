"""The process that reads a file that somebody gave: bounded, with nothing of the site in it."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from mahdar.errors import InputError, MahdarError
from mahdar.publishing.summary import summarise
from mahdar.reading.read import ReadFile, read_file
from mahdar.sources.limits import Limits
from mahdar.sources.options import Options
from mahdar.web.children import hold_to
from mahdar.web.incoming_limits import DRAWN, MEBIBYTES, SECONDS, Outcome

_LIMITS = Limits(pages=1000, seconds=120.0, mebibytes=MEBIBYTES)


def main(arguments: list[str]) -> int:
    """Read a file; write ``outcome.json`` and a picture of each page into a folder.

    Args:
        arguments: the file, the folder.
    """
    file, folder = Path(arguments[0]), Path(arguments[1])
    hold_to(2 * MEBIBYTES, SECONDS)
    try:
        outcome = _read(file, folder)
    except InputError as error:
        outcome = Outcome(problem=error.problem)
    except MahdarError as error:
        outcome = Outcome(problem=str(error))
    except MemoryError:
        outcome = Outcome(problem="reading it takes more memory than there is")
    (folder / "outcome.json").write_bytes(msgspec.json.encode(outcome))
    return 0


def _read(file: Path, folder: Path) -> Outcome:
    read = read_file(file, Options(limits=_LIMITS, isolated=False))
    record = read.record
    return Outcome(
        summary=summarise(record), symbol=record.symbol or "", language=record.language,
        pages=len(read.composed.source.pages) if read.composed else 0,
        turns=len(record.turns()), findings=len(record.findings),
        drawn=_draw(read, file, folder),
    )  # fmt: skip


def _draw(read: ReadFile, file: Path, folder: Path) -> int:
    """Draw the pages of a PDF with what was made of them; return how many were drawn."""
    if read.composed is None:
        return 0
    from mahdar.reading.page_picture import draw_pages

    count = 0
    for path, picture in draw_pages(read, file, folder / "page.png"):
        path.write_bytes(picture)
        count += 1
        if count >= DRAWN:
            break
    return count


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
