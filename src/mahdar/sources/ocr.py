"""Recognise the text of pages that are pictures, with Tesseract, through pytesseract."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import msgspec

from mahdar.errors import DamagedFile, TooLarge, ToolMissing
from mahdar.languages.words import TESSERACT
from mahdar.sources.options import Options
from mahdar.sources.page import Page, Run

# Pages are drawn at 300 dots an inch, but with at most so many dots on a side.
_SCALE = 300 / 72
_MOST_DOTS = 8000
_LEAST_CONFIDENCE = 0.0
# The ink of lines in one size differs by less than this part; that of a letter is at least
# so high.
_SAME_SIZE, _LETTER = 0.35, 0.5
# Words of a line further apart than so many characters are cells of a table.
_WIDE_GAP = 3.0
_ARABIC = re.compile("[\u0590-\u08ff]")
_THREADS = "OMP_THREAD_LIMIT"


def recognise_pages(
    file: bytes, path: str | Path, pages: Sequence[Page], options: Options
) -> tuple[Page, ...]:
    """Return the pages with the text of those that had none, marked as recognised.

    Args:
        file: the bytes of the PDF.
        path: what to call it.
        pages: as read from it.
        options: ``language`` says what to look for; without it, every official
            language whose data is installed.

    Raises:
        ToolMissing: Tesseract, its wrapper or the language's data is not installed.
        TooLarge: it takes longer over a page than the limits allow.
        DamagedFile: it cannot read a page.
    """
    bare = [page for page in pages if _bare(page)]
    if not bare:
        return tuple(pages)
    codes = _languages(options.language)
    import pypdfium2

    out = list(pages)
    together = os.cpu_count() or 1

    def recognised(drawn: _Drawn) -> Page:
        data = _words(path, drawn, codes, options.limits.seconds)
        return _with_words(drawn, data)

    document = pypdfium2.PdfDocument(file)
    try:
        with _one_thread_each(), ThreadPoolExecutor(together) as pool:
            for first in range(0, len(bare), together):
                drawn = [_draw(document, page) for page in bare[first : first + together]]
                for page in pool.map(recognised, drawn):
                    out[page.number - 1] = page
    finally:
        document.close()
    return tuple(out)


class _Drawn(NamedTuple):
    page: Page
    picture: Any
    scale: float


def _draw(document: Any, page: Page) -> _Drawn:
    left, bottom, right, top = page.frame
    scale = min(_SCALE, _MOST_DOTS / max(1.0, right - left, top - bottom))
    picture = document[page.number - 1].render(scale=scale, grayscale=True).to_pil()
    return _Drawn(page, picture, scale)


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    """Keep Tesseract to one thread a page: its own threads make it five times slower."""
    was = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        yield
    finally:
        if was is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = was


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


def _words(path: str | Path, drawn: _Drawn, codes: str, seconds: float) -> dict[str, list[Any]]:
    """Return Tesseract's table of the words of a page."""
    import pytesseract

    number = drawn.page.number
    try:
        found: dict[str, list[Any]] = pytesseract.image_to_data(
            drawn.picture, lang=codes, output_type=pytesseract.Output.DICT, timeout=seconds
        )
    except pytesseract.TesseractError as error:
        raise DamagedFile(
            f"tesseract cannot read page {number} ({' '.join(str(error.message).split())[:200]})",
            source=path,
        ) from None
    except RuntimeError:  # how the wrapper says that time ran out
        raise TooLarge(
            f"tesseract takes more than {seconds:g} seconds over page {number}"
            " (change it with --seconds)",
            source=path,
        ) from None
    return found


def _with_words(drawn: _Drawn, data: dict[str, list[Any]]) -> Page:
    page, _, scale = drawn
    left, _, _, top = page.frame
    lines: dict[tuple[int, int, int], list[_Word]] = {}
    for k, word in enumerate(data["text"]):
        if word.strip() and float(data["conf"][k]) >= _LEAST_CONFIDENCE:
            key = (data["block_num"][k], data["par_num"][k], data["line_num"][k])
            x, upper = left + data["left"][k] / scale, top - data["top"][k] / scale
            lines.setdefault(key, []).append(
                _Word(
                    word.strip(), x, upper - data["height"][k] / scale,
                    x + data["width"][k] / scale, upper,
                )
            )  # fmt: skip
    runs: list[Run] = []
    heights = [max(word.height for word in words) for words in lines.values()]
    usual = median(heights) if heights else 0.0
    for words, height in zip(lines.values(), heights, strict=True):
        # A line without letters that reach below it is no smaller print.
        size = usual if abs(height - usual) < _SAME_SIZE * usual else height
        # The words of a line stand on one baseline; some reach below it, some float above it.
        base = max(word.bottom for word in words if word.height >= _LETTER * height)
        for text, x, lower, right, upper in _joined(words):
            lefts, rights = _edges(text, x, right)
            runs.append(
                Run(
                    text, x, lower, right, upper, base, size, read=True, hidden=True,
                    lefts=lefts, rights=rights, order=len(runs),
                )
            )  # fmt: skip
    rtl = any(run.lefts for run in runs)
    return msgspec.structs.replace(page, runs=tuple(runs), rtl=rtl)


class _Word(NamedTuple):
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def _joined(words: list[_Word]) -> list[_Word]:
    """Join the words of a line written from left to right, but not across the gap of a table."""
    if any(_ARABIC.search(word.text) for word in words):
        return words
    width = sum(w.right - w.left for w in words) / sum(len(w.text) for w in words)
    out: list[_Word] = []
    for word in sorted(words, key=lambda word: word.left):
        if out and word.left - out[-1].right < _WIDE_GAP * width:
            last = out.pop()
            word = _Word(  # the word grows to the left
                f"{last.text} {word.text}", last.left, min(last.bottom, word.bottom), word.right,
                max(last.top, word.top),
            )  # fmt: skip
        out.append(word)
    return out


def _edges(word: str, left: float, right: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return edges for the characters of an Arabic word, from the right; none for others."""
    if not _ARABIC.search(word):
        return (), ()
    step = (right - left) / len(word)
    rights = tuple(right - k * step for k in range(len(word)))
    return tuple(edge - step for edge in rights), rights
