"""Plain text, with or without light Markdown, into blocks."""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from mahdar.errors import EmptyFile, NotText, TooLarge, WrongEncoding
from mahdar.model import Span, Spans
from mahdar.model.cleaning import clean
from mahdar.sources.block import Block
from mahdar.sources.limits import USUAL, Limits
from mahdar.sources.marks import make_block

_LINE = re.compile(
    r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]*(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|$)"
)
_BOMS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (a DOCX file is one)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"{\\rtf", "an RTF file"),
)
IN_ORDER = "<!-- mahdar: in order -->"
"""The first line of a text whose paragraphs stand in the order of reading, each whole."""
# Control characters that no text file holds.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x7f]")


class TextSource(msgspec.Struct, frozen=True):
    """A decoded file and its blocks, in the order in which they lie in it.

    ``ordered`` is true where that order is sure to be the order of reading.
    """

    name: str
    text: str
    blocks: tuple[Block, ...]
    ordered: bool = False

    @property
    def misread(self) -> bool:
        """A text file is taken as it is."""
        return False

    def place(self, start: int, end: int) -> Spans:
        """Return where ``text[start:end]`` stands: the offsets themselves."""
        return (Span(start=start, end=end),)


def decode(data: bytes, name: str | Path) -> str:
    r"""Decode the bytes of a text file; a UTF-8 byte-order mark is not part of the text.

    Raises:
        EmptyFile, WrongEncoding, NotText: with the place of the first wrong byte.

    >>> decode(b"\xef\xbb\xbfabc", "a.txt")
    'abc'
    """
    if not data.strip():
        raise EmptyFile("the file is empty; expected the text of a record", source=name)
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            raise WrongEncoding(
                f"the file is {encoding}; expected UTF-8; save it as UTF-8 and try again",
                source=name,
            )
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"the file is {what}; expected UTF-8 text", source=name)
    if b"\x00" in data:
        raise NotText(
            f"byte {data.index(0) + 1} is zero, so the file is binary or UTF-16;"
            " expected UTF-8 text",
            source=name,
        )
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise WrongEncoding(
            f"line {line}, byte {error.start + 1} (0x{data[error.start]:02x}) is not UTF-8"
            f"{_guess(data)}; save the file as UTF-8 and try again",
            source=name,
        ) from None
    found = _CONTROL.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise NotText(
            f"line {line} holds the control character 0x{ord(found.group()):02x}, so the file"
            " is binary or damaged; expected UTF-8 text",
            source=name,
        )
    if not text.strip() or not any(character.isalnum() for character in text):
        raise EmptyFile("the file holds no words; expected the text of a record", source=name)
    return text


def check_pieces(texts: Iterable[str], name: str | Path, limits: Limits) -> None:
    """Refuse a source with more pieces, or longer ones, than are read.

    Args:
        texts: of its pieces.
        name: of the file.
        limits: what is taken of it.

    Raises:
        TooLarge: it has.

    >>> check_pieces(["a", "b"], "a.txt", Limits(pieces=1))
    Traceback (most recent call last):
    ...
    mahdar.errors.TooLarge: a.txt: it has more than 1 paragraphs, more than any record
    """
    for number, text in enumerate(texts, 1):
        if number > limits.pieces:
            raise TooLarge(
                f"it has more than {limits.pieces} paragraphs, more than any record", source=name
            )
        if len(text) > limits.line:
            raise TooLarge(
                f"paragraph {number} has more than {limits.line} characters, more than any record",
                source=name,
            )


def _guess(data: bytes) -> str:
    """Name the old encoding that the bytes look like, where one stands out."""
    best, most = "", 0.6
    for encoding, low, high, name in (
        ("cp1256", "\u0600", "\u06ff", "Windows-1256 (Arabic)"),
        ("cp1251", "\u0400", "\u04ff", "Windows-1251 (Cyrillic)"),
        ("gb18030", "\u4e00", "\u9fff", "GB 18030 (Chinese)"),
    ):
        text = data.decode(encoding, "ignore")
        foreign = [character for character in text if character > "\x7f"]
        share = sum(low <= character <= high for character in foreign) / max(1, len(foreign))
        if share > most:
            best, most = name, share
    return f"; it looks like {best}" if best else ""


def text_source(text: str, name: str | Path, limits: Limits = USUAL) -> TextSource:
    r"""Cut decoded text into blocks at its blank lines.

    A form feed is a page break. Where a text of any length has no blank lines to
    speak of, each of its lines is a block.

    Args:
        text: of the file; what may stand in no record is replaced.
        name: of the file.
        limits: what is taken of it.

    Raises:
        TooLarge: it has more lines, or longer pieces, than that.

    >>> [block.text for block in text_source("one\ntwo\n\nthree", "a").blocks]
    ['one\ntwo', 'three']
    """
    text = clean(text, breaks=True)
    lines = [found.span() for found in _LINE.finditer(text) if found.start() < len(text)]
    if len(lines) > limits.pieces:
        raise TooLarge(f"it has more than {limits.pieces} lines", source=name)
    full = [bool(text[start:end].strip()) for start, end in lines]
    ordered = bool(lines) and text[slice(*lines[0])].strip() == IN_ORDER
    if ordered:
        full[0] = False
    blank_after = sum(1 for here, following in itertools.pairwise(full) if here and not following)
    by_line = sum(full) >= 20 and blank_after * 20 < sum(full)
    blocks: list[Block] = []
    first: int | None = None
    last = gap = 0
    breaks = False

    def close() -> None:
        nonlocal first, gap, breaks
        if first is None:
            return
        raw = text[first:last].rstrip()
        start = first + len(raw) - len(raw.lstrip(" \t\ufeff") if not raw[:1].strip() else raw)
        blocks.append(make_block(text[start : first + len(raw)], start, gap=gap, breaks=breaks))
        first, gap, breaks = None, 0, False

    for (start, end), words in zip(lines, full, strict=True):
        if words:
            if first is None:
                first = start
            last = end
            if by_line or text[end - 1] == "\f":
                close()
            if text[end - 1] == "\f":
                breaks = True
        else:
            close()
            gap += 1
            breaks = breaks or "\f" in text[start:end]
    close()
    check_pieces((block.text for block in blocks), name, limits)
    return TextSource(str(name), text, tuple(blocks), ordered=ordered)
