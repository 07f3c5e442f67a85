"""Draw the pictures of pages in docs/pictures/ anew, from invented meetings printed here."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import typst
from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests import producers  # noqa: E402

from mahdar.cli.main import main as mahdar  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
SPECIMEN = ROOT / "src" / "mahdar" / "specimens" / "specimen.ar.source.txt"
_COLOURS = 64


def main() -> None:
    """Print both meetings and draw a page of each."""
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / "printed.pdf"
        producers.print_pdf(
            "typst", SPECIMEN.read_text(encoding="utf-8"), printed, cover_blocks=12, font="Amiri"
        )
        draw(printed, 2, "page-ar.png")
        typst.compile(str(ROOT / "tests" / "layouts" / "assembly_2016.typ"), output=str(printed))
        draw(printed, 1, "page-en.png")


def draw(path: Path, page: int, name: str) -> None:
    """Draw one page and store it in few colours, as drawings need no more."""
    target = PICTURES / name
    mahdar(
        ["explain", str(path), "--page", str(page), "--png", str(target), "-o", "/dev/null"],
        standalone_mode=False,
    )
    with Image.open(target) as picture:
        picture.convert("RGB").quantize(_COLOURS).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size >> 10} KiB")


if __name__ == "__main__":
    main()
