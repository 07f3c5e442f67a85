"""Make the fonts that come with Mahdar from those installed here.

They are Amiri, Liberation Serif and Noto Serif CJK.

The Chinese font is cut down to the characters of GB 2312, the Latin letters and the punctuation
that records print; the others are taken whole. All are under the SIL Open Font License, which is
kept beside them.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

FONTS = Path(__file__).parent.parent / "src" / "mahdar" / "publishing" / "fonts"
SYSTEM = Path("/usr/share/fonts")
WHOLE = (
    "opentype/fonts-hosny-amiri/Amiri-Regular.ttf",
    "opentype/fonts-hosny-amiri/Amiri-Bold.ttf",
    "opentype/fonts-hosny-amiri/Amiri-Slanted.ttf",
    "truetype/liberation2/LiberationSerif-Regular.ttf",
    "truetype/liberation2/LiberationSerif-Bold.ttf",
    "truetype/liberation2/LiberationSerif-Italic.ttf",
    "truetype/liberation2/LiberationSerif-BoldItalic.ttf",
)
CHINESE = "opentype/noto/NotoSerifCJK-{}.ttc"
FACE = "Noto Serif CJK SC"


def main() -> None:
    """Write all fonts anew."""
    FONTS.mkdir(exist_ok=True)
    for name in WHOLE:
        shutil.copyfile(SYSTEM / name, FONTS / Path(name).name)
    for weight in ("Regular", "Bold"):
        chinese(weight)


def characters() -> set[int]:
    """Return the code points that the Chinese font keeps."""
    found = set(range(0x20, 0x250)) | set(range(0x2000, 0x2070)) | set(range(0x3000, 0x3030))
    found |= set(range(0x2160, 0x2170)) | set(range(0x2460, 0x2474)) | set(range(0xFF00, 0xFFF0))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def chinese(weight: str) -> None:
    """Cut the Chinese font of one weight down."""
    collection = TTCollection(str(SYSTEM / CHINESE.format(weight)))
    font = next(f for f in collection.fonts if f["name"].getBestFamilyName() == FACE)
    loose = FONTS / "whole.otf"
    font.save(str(loose))
    options = subset.Options(layout_features=["kern", "locl"], name_IDs=["*"], hinting=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters())
    whole = TTFont(str(loose))
    cutter.subset(whole)
    whole.save(str(FONTS / f"NotoSerifSC-{weight}.otf"))
    loose.unlink()


if __name__ == "__main__":
    main()
