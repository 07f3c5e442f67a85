"""Open a PDF and read its pages, with a clear sentence for each way in which that can fail."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2.raw as pdfium

from mahdar.errors import DamagedFile, EmptyFile, LockedFile, TooLarge
from mahdar.sources.limits import Limits
from mahdar.sources.page import Page
from mahdar.sources.pdf.objects import PageReader


def read_pages(data: bytes, path: str | Path, limits: Limits | None = None) -> Iterator[Page]:
    """Yield the pages of a PDF in order, read in this process.

    Args:
        data: all of the file.
        path: what to call it.
        limits: what may be read.

    Raises:
        LockedFile: it needs a password.
        DamagedFile: it is no PDF, is cut short, or a page cannot be opened.
        EmptyFile: it has no pages.
        TooLarge: it holds more than the limits allow.
    """
    limits = limits or Limits()
    if not data.strip():
        raise EmptyFile("the file is empty; expected a PDF", source=path)
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _refusal(path, pdfium.FPDF_GetLastError())
    try:
        count = pdfium.FPDF_GetPageCount(document)
        if count <= 0:
            raise EmptyFile("the PDF has no pages; ask for the file again", source=path)
        if count > limits.pages:
            raise TooLarge(
                f"the PDF has {count} pages; at most {limits.pages} are read"
                " (change it with --most-pages)",
                source=path,
            )
        reader = PageReader(document, limits.characters)
        for number in range(1, count + 1):
            page = reader.read(number)
            if page is None:
                raise DamagedFile(
                    f"page {number} of {count} cannot be opened; the file is damaged or cut"
                    " short: ask for it again",
                    source=path,
                )
            yield page
    finally:
        pdfium.FPDF_CloseDocument(document)


def _refusal(path: str | Path, code: int) -> Exception:
    if code == pdfium.FPDF_ERR_PASSWORD:
        return LockedFile(
            "the PDF is protected by a password; save a copy without one and try again", source=path
        )
    if code == pdfium.FPDF_ERR_SECURITY:
        return LockedFile(
            "the PDF is encrypted in a way that cannot be opened; save a copy without encryption",
            source=path,
        )
    return DamagedFile(
        "the file begins as a PDF but cannot be opened as one; it is damaged or cut short:"
        " ask for it again",
        source=path,
    )
