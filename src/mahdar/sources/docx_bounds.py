"""Look through a Word file before it is built up in memory: how much of what lies in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from mahdar.errors import DamagedFile, TooLarge
from mahdar.sources.limits import Limits

_CHUNK = 1 << 18
# What the zip library raises over archives that are damaged, encrypted or of another version.
_BROKEN_ZIP = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
    ValueError,
)  # fmt: skip
_MOST_BYTES = 256 << 20
_PIECES = ("p", "tr", "tc", "r")
_PARTS_A_PIECE = 10
"""Elements in all that are read for each paragraph that may be."""
_SPANS = ("gridSpan", "gridBefore", "gridAfter")


def check_word_file(data: bytes, name: str | Path, limits: Limits) -> None:
    """Refuse a Word file that would take more than is allowed, before it takes it.

    A few hundred bytes can ask for a table of two thousand million cells, or unpack to millions
    of paragraphs.

    Args:
        data: all of the file.
        name: what to call it.
        limits: what is taken of it.

    Raises:
        DamagedFile: it is no archive, or its parts are no XML.
        TooLarge: it holds more than the limits allow.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            size = sum(member.file_size for member in archive.infolist())
            if size > _MOST_BYTES:
                raise TooLarge(
                    f"the Word file unpacks to {size >> 20} MiB; at most {_MOST_BYTES >> 20}"
                    " are read",
                    source=name,
                )
            for member in archive.infolist():
                if member.filename.lower().endswith((".xml", ".rels")):
                    _look_through(archive, member, name, limits)
    except _BROKEN_ZIP as error:
        raise DamagedFile(f"the Word file is damaged ({error})", source=name) from None


def _look_through(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str | Path, limits: Limits
) -> None:
    counter = _Counter(name, limits)
    parser = etree.XMLParser(target=counter, resolve_entities=False, no_network=True)
    try:
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                parser.feed(chunk)
            parser.close()
    except etree.XMLSyntaxError:
        raise DamagedFile(
            "the Word file is damaged (XMLSyntaxError); save it again and try once more",
            source=name,
        ) from None


class _Counter:
    """Is told of each element by the parser, and keeps none."""

    def __init__(self, name: str | Path, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._depth = self._pieces = self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        bare = tag.rpartition("}")[2]
        if bare in _PIECES:
            self._pieces += 1
        elif bare in _SPANS:
            for value in attributes.values():
                self._check_span(value)
        limits = self._limits
        if self._depth > limits.depth:
            self._refuse(f"has elements {self._depth} deep in one another", limits.depth)
        if self._pieces > limits.pieces or self._elements > _PARTS_A_PIECE * limits.pieces:
            self._refuse("has too many paragraphs and cells", limits.pieces)

    def end(self, tag: str) -> None:
        del tag
        self._depth -= 1

    def data(self, data: str) -> None:
        """Take the words between two elements; they are read later."""

    def close(self) -> None:
        """End."""

    def _check_span(self, value: str) -> None:
        digits = value.strip().lstrip("+-0")
        most = self._limits.spans
        if digits.isdecimal() and (len(digits) > len(str(most)) or int(digits) > most):
            self._refuse(f"has a cell that spans {digits[:12]} columns", most)

    def _refuse(self, what: str, most: int) -> None:
        raise TooLarge(f"the Word file {what}; at most {most} are read", source=self._name)
