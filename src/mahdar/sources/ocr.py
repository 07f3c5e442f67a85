"""Recognise the text of pages that are pictures, with Tesseract, through pytesseract."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from mahdar.errors import ToolMissing
from mahdar.languages.words import TESSERACT
from mahdar.sources.options import Options
from mahdar.sources.page import Page, Run

_SCALE = 300 / 72
_LEAST_CONFIDENCE = 0.0
_RTL = "ara"


def recognise_pages(path: str | Path, pages: Sequence[Page], options: Options) -> tuple[Page, ...]:
    """Return the pages with the text of those that had none, marked as recognised.

    Args:
        path: the PDF.
        pages: as read from it.
        options: ``language`` says what to look for; without it, every official
            language whose data is installed.

    Raises:
        ToolMissing: Tesseract, its wrapper or the language's data is not installed.
    """
    if not any(_bare(page) for page in pages):
        return tuple(pages)
    codes = _languages(options.language)
    import pypdfium2

    out: list[Page] = []
    document = pypdfium2.PdfDocument(str(path))
    try:
        for page in pages:
            if _bare(page):
                picture = document[page.number - 1].render(scale=_SCALE, grayscale=True).to_pil()
                out.append(_recognised(page, picture, codes))
            else:
                out.append(page)
    finally:
        document.close()
    return tuple(out)


def _bare(page: Page) -> bool:
    """Tell whether a page is a picture with no text of its own."""
    return bool(page.pictures) and not any(run.text.strip() for run in page.runs)


def _languages(language: str | None) -> str:
    try:
        import pytesseract
    except ImportError:
        raise ToolMissing(
            "--ocr needs the package pytesseract: install it with pip install 'mahdar[ocr]'"
        ) from None
    if not shutil.which("tesseract"):
        raise ToolMissing("--ocr needs the program tesseract, which is not installed")
    there = set(pytesseract.get_languages())
    wanted = [TESSERACT[language]] if language in TESSERACT else list(TESSERACT.values())
    found = [code for code in wanted if code in there]
    if not found:
        raise ToolMissing(
            f"tesseract has no data for {' or '.join(wanted)}; install it, or name another"
            " language with --language"
        )
    return "+".join(found)


def _recognised(page: Page, picture: Any, codes: str) -> Page:
    import pytesseract

    data = pytesseract.image_to_data(picture, lang=codes, output_type=pytesseract.Output.DICT)
    left, _, _, top = page.frame
    runs: list[Run] = []
    rtl = False
    lines: dict[tuple[int, int, int], list[int]] = {}
    for k, word in enumerate(data["text"]):
        if word.strip() and float(data["conf"][k]) >= _LEAST_CONFIDENCE:
            key = (data["block_num"][k], data["par_num"][k], data["line_num"][k])
            lines.setdefault(key, []).append(k)
    for members in lines.values():
        # The words of a line stand on one baseline, whatever the ink of each.
        foot = max(data["top"][k] + 0.8 * data["height"][k] for k in members)
        size = max(data["height"][k] for k in members) / _SCALE
        for k in members:
            word = data["text"][k].strip()
            x = left + data["left"][k] / _SCALE
            right = x + data["width"][k] / _SCALE
            upper = top - data["top"][k] / _SCALE
            lower = upper - data["height"][k] / _SCALE
            lefts, rights = _edges(word, x, right)
            rtl = rtl or bool(lefts)
            runs.append(
                Run(
                    word, x, lower, right, upper, top - foot / _SCALE, size, read=True,
                    hidden=True, lefts=lefts, rights=rights, order=len(runs),
                )
            )  # fmt: skip
    return msgspec.structs.replace(page, runs=tuple(runs), rtl=rtl)


def _edges(word: str, left: float, right: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return edges for the signs of an Arabic word, from the right; none for others."""
    if not any("\u0590" <= sign <= "\u08ff" for sign in word):
        return (), ()
    step = (right - left) / len(word)
    rights = tuple(right - k * step for k in range(len(word)))
    return tuple(edge - step for edge in rights), rights
