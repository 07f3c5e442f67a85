"""Open any file that Mahdar reads: tell its kind by its first bytes and hand it to its reader."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path

import msgspec

from mahdar.errors import EmptyFile, NoText, UnreadableFile
from mahdar.sources.akoma_ntoso import DebateSource, is_akoma_ntoso
from mahdar.sources.options import DEFAULT, Options
from mahdar.sources.page import PageSource
from mahdar.sources.text import TextSource, decode, read_text, text_source

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0"
_PRINTABLE = 3


Source = TextSource | PageSource | DebateSource
"""What a file may come into."""


def open_file(path: str | Path, options: Options = DEFAULT) -> Source:
    """Read a file into blocks, pages or speeches.

    Args:
        path: a PDF, a DOCX, an old DOC, a debate in Akoma Ntoso, or UTF-8 text.
        options: how to read it.

    Raises:
        InputError: see :mod:`mahdar.errors`.
        ToolMissing: a program that this file needs is not installed.
    """
    head = _head(path)
    if b"%PDF-" in head:
        return _pages(path, options)
    if head.startswith(b"PK\x03\x04") and _is_docx(path):
        from mahdar.sources.docx import read_docx

        return read_docx(path)
    if is_akoma_ntoso(head):
        from mahdar.sources.akoma_ntoso import read_akoma_ntoso

        return read_akoma_ntoso(path)
    if head.startswith(_OLE):
        from mahdar.sources.docx import read_doc

        return read_doc(path, options.limits.seconds)
    return read_text(path)


def open_bytes(data: bytes, name: str, options: Options = DEFAULT) -> Source:
    """Read the bytes of a file, such as standard input; see :func:`open_file`.

    Args:
        data: all of the file.
        name: what to call it.
        options: how to read it.
    """
    head = data[:_HEAD]
    binary = b"%PDF-" in head or data.startswith((b"PK\x03\x04", _OLE))
    if not binary and not is_akoma_ntoso(head):
        return text_source(decode(data, name), name)
    with tempfile.TemporaryDirectory(prefix="mahdar-") as folder:
        copy = Path(folder) / "input"
        copy.write_bytes(data)
        source = open_file(copy, options)
    if isinstance(source, PageSource | DebateSource):
        return msgspec.structs.replace(source, name=name)
    return TextSource(name, source.text, source.blocks, ordered=source.ordered)


def _head(path: str | Path) -> bytes:
    """Return the first bytes of a file; whatever is wrong with it, its reader says."""
    try:
        if not Path(path).is_file():
            return b""
        with Path(path).open("rb") as file:
            return file.read(_HEAD)
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror})", source=path) from None


def _is_docx(path: str | Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return False


def _pages(path: str | Path, options: Options) -> PageSource:
    if options.isolated:
        from mahdar.sources.pdf.process import read_isolated

        pages = tuple(read_isolated(path, options.limits))
    else:
        from mahdar.sources.pdf.document import read_pages

        pages = tuple(read_pages(path, options.limits))
    if options.ocr:
        from mahdar.sources.ocr import recognise_pages

        pages = recognise_pages(path, pages, options)
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
