"""Draw the pictures of the site for the docs, with the invented meetings in it.

python tools/make_screenshots.py
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import browser  # noqa: E402
from tests.site import KEY, serving  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
# Name, address, language, width, height, light or dark.
SHOTS = (
    ("site-home-ar", "/", "ar", 1280, 900, "light"),
    ("site-home-en", "/", "en", 1280, 900, "light"),
    ("site-record-ar", f"/{KEY}/ar#t8", "ar", 1440, 1000, "light"),
    ("site-record-en", f"/{KEY}/en#t8", "en", 1440, 1000, "light"),
    ("site-source-en", f"/{KEY}/en@1?pages=1#t2", "en", 1800, 1100, "light"),
    ("site-findings-ar", "/S/PV.99901#t6", "ar", 1280, 900, "light"),
    ("site-beside", f"/{KEY}/ar?beside=zh", "ar", 1280, 800, "light"),
    ("site-search-ar", "/search?q=مصباح", "ar", 1280, 1000, "light"),
    ("site-search-zh", "/search?q=灯塔", "zh", 1280, 1000, "light"),
    ("site-search-en", "/search?q=lamp", "en", 1280, 1000, "light"),
    ("site-state-fr", "/states/RUS", "fr", 1280, 1000, "light"),
    ("site-dark-ru", f"/{KEY}/ru#t8", "ru", 1440, 900, "dark"),
    ("site-phone-ar", f"/{KEY}/ar", "ar", 390, 800, "light"),
    ("site-phone-zh", f"/{KEY}/zh#t6", "zh", 390, 800, "light"),
)


def main() -> None:
    """Draw them all."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "archive") as address,
        browser() as chromium,
    ):
        for name, where, language, wide, high, scheme in SHOTS:
            context = chromium.new_context(
                base_url=address, locale=language, viewport={"width": wide, "height": high},
                color_scheme="dark" if scheme == "dark" else "light",
            )  # fmt: skip
            page = context.new_page()
            page.goto(where)
            page.wait_for_load_state("networkidle")
            drawn = Image.open(io.BytesIO(page.screenshot()))
            # A page of text and two or three colours: a palette halves the file.
            drawn.convert("RGB").quantize(128).save(PICTURES / f"{name}.png", optimize=True)
            context.close()
            print(name)


if __name__ == "__main__":
    main()
