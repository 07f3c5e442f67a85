"""The process that draws a page of a PDF: it may crash, and takes no more than it is given."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from mahdar.web.children import hold_to
from mahdar.web.making import write_whole

_SCALE = 1.6
_MOST_POINTS = 2400.0
_MEBIBYTES, _SECONDS = 1024, 40


def main(arguments: list[str]) -> int:
    """Write the frames of a PDF, or the picture of one of its pages.

    Args:
        arguments: ``frames FILE TARGET`` or ``page FILE TARGET NUMBER``.

    Returns:
        The exit status: 0, or 1 where the file has no such page.
    """
    hold_to(_MEBIBYTES, _SECONDS)
    import pypdfium2

    what, file, target = arguments[:3]
    document = pypdfium2.PdfDocument(file)
    if what == "frames":
        frames = [[round(edge, 2) for edge in _frame(page)] for page in document]
        write_whole(Path(target), json.dumps(frames).encode())
        return 0
    number = int(arguments[3])
    if not 1 <= number <= len(document):
        return 1
    page = document[number - 1]
    scale = min(_SCALE, _MOST_POINTS / max(page.get_size()))
    picture = page.render(scale=scale).to_pil().convert("L")
    import io

    out = io.BytesIO()
    picture.quantize(32).save(out, format="PNG", optimize=True)
    write_whole(Path(target), out.getvalue())
    return 0


def _frame(page: Any) -> tuple[float, float, float, float]:
    left, bottom, right, top = page.get_bbox()
    return left, bottom, right, top


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
