"""Open any file that Mahdar reads: tell its kind by its first bytes and hand it to its reader."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from mahdar.errors import EmptyFile, NoText
from mahdar.sources.akoma_ntoso import DebateSource, is_akoma_ntoso
from mahdar.sources.opening import bytes_of
from mahdar.sources.options import DEFAULT, Options
from mahdar.sources.page import PageSource
from mahdar.sources.text import TextSource, decode, text_source

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
_PRINTABLE = 3


Source = TextSource | PageSource | DebateSource
"""What a file may come into."""


def open_file(path: str | Path, options: Options = DEFAULT) -> Source:
    """Read a file into blocks, pages or speeches.

    Args:
        path: a PDF, a DOCX, an old DOC, a debate in Akoma Ntoso, or UTF-8 text.
        options: how to read it, and what it may take.

    Raises:
        InputError: see :mod:`mahdar.errors`.
        ToolMissing: a program that this file needs is not installed.
    """
    return open_bytes(bytes_of(path, options.limits.size), path, options)


def open_bytes(data: bytes, name: str | Path, options: Options = DEFAULT) -> Source:
    """Read the bytes of a file, such as standard input; see :func:`open_file`.

    Args:
        data: all of the file.
        name: what to call it.
        options: how to read it, and what it may take.
    """
    head, limits = data[:_HEAD], options.limits
    if b"%PDF-" in head:
        return _pages(data, name, options)
    if head.startswith(_ZIP) and _is_docx(data):
        from mahdar.sources.docx import read_docx

        return read_docx(data, name, limits)
    if is_akoma_ntoso(head):
        from mahdar.sources.akoma_ntoso import read_akoma_ntoso

        return read_akoma_ntoso(data, name, limits)
    if head.startswith(_OLE):
        from mahdar.sources.docx import read_doc

        return read_doc(data, name, limits)
    return text_source(decode(data, name), name, limits)


def is_json(data: bytes) -> bool:
    """Tell whether the bytes of a file are JSON, the form in which Mahdar writes records.

    >>> is_json(b' {"symbol": "S/PV.1"}'), is_json(b"{curly} words")
    (True, False)
    """
    return _JSON.match(data) is not None


def _is_docx(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False


def _pages(data: bytes, path: str | Path, options: Options) -> PageSource:
    from mahdar.sources.pdf.document import read_pages

    pages = tuple(read_pages(data, path, options.limits))
    if options.ocr:
        from mahdar.sources.ocr import recognise_pages

        pages = recognise_pages(data, path, pages, options)
    characters = sum(sum(map(str.isalnum, run.text)) for page in pages for run in page.runs)
    if characters < _PRINTABLE:
        if any(page.pictures for page in pages):
            raise NoText(
                f"its {len(pages)} pages are pictures without text;"
                " where Tesseract is installed, --ocr reads them",
                source=path,
            )
        raise EmptyFile(
            f"its {len(pages)} pages hold no words (a form, or drawings); expected a record",
            source=path,
        )
    return PageSource(str(path), pages)
