"""Render the invented meeting in six languages, in every form, and the pictures of its pages.

    python tools/render_specimens.py [FOLDER]

Files go to out/specimens/ or the folder that is named; with --pictures the covers and first
pages of speeches are drawn to docs/pictures/ too.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pypdfium2
from PIL import Image

from mahdar.publishing.forms import FORMS, TABLES
from mahdar.publishing.publish import publish
from mahdar.specimens.build import specimen

ROOT = Path(__file__).parent.parent
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_SCALE, _SHADES = 1.15, 12


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", default=str(ROOT / "out" / "specimens"))
    parser.add_argument("--pictures", action="store_true")
    arguments = parser.parse_args()
    folder = Path(arguments.folder)
    folder.mkdir(parents=True, exist_ok=True)
    for code in LANGUAGES:
        record = specimen(code)
        for form in FORMS:
            where = folder / f"{code}.{form}" if form in TABLES else folder
            where.mkdir(exist_ok=True)
            for name, data in publish(record, form).items():
                (where / (name if form in TABLES else f"S-PV.99902.{code}{name}")).write_bytes(data)
        if arguments.pictures:
            draw((folder / f"S-PV.99902.{code}.pdf").read_bytes(), code)
    print(f"{len(LANGUAGES)} languages, {len(FORMS)} forms each: {folder}")


def draw(pdf: bytes, code: str) -> None:
    """Draw the cover and the first page of speeches side by side, in few shades of grey."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[n].render(scale=_SCALE, grayscale=True).to_pil() for n in (0, 1)]
    sheet = Image.new("L", (sum(p.width for p in pages) + 8, pages[0].height), 128)
    sheet.paste(pages[0], (0, 0))
    sheet.paste(pages[1], (pages[0].width + 8, 0))
    target = ROOT / "docs" / "pictures" / f"record-{code}.png"
    sheet.quantize(_SHADES).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size >> 10} KiB")


if __name__ == "__main__":
    main()
