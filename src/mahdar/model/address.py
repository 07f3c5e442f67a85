"""Where something stands: one grammar of addresses, parsed and printed in one place.

An address is ``KEY[/LANGUAGE][@VERSION][#LOCUS]``, as in ``S/PV.7050/ar@1#t12p3:5-17``: the symbol
of the record, the language (ISO 639-1), the version as the archive counts them from 1, and the
locus within the record. Every number counts from 1 but the two of a stretch of characters, which
are offsets into the text of the paragraph, from 0, the second exclusive.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from mahdar.errors import NotAnAddress

Series = Literal["t", "s", "r", "c", "k", "x"]
"""What is counted: ``t`` turns, ``s`` what else is printed in the body (headings, acts, votes; the
agenda is the first of them where there is one), ``r`` lines of the roster, ``c`` lines of the
cover, ``k`` the notice on corrections, ``x`` furniture of the pages."""

_LOCUS = re.compile(
    r"(?P<series>[tsrckx])(?P<number>[1-9]\d{0,8})"
    r"(?:p(?P<paragraph>[1-9]\d{0,8}))?(?::(?P<start>0|[1-9]\d{0,8})-(?P<end>0|[1-9]\d{0,8}))?"
)
_ADDRESS = re.compile(
    r"(?P<key>[^@#]+?)(?:/(?P<language>[a-z]{2}))?(?:@(?P<version>[1-9]\d{0,8}))?(?:#(?P<locus>.*))?",
    re.DOTALL,
)
_EXPECTED = (
    "an address is a symbol, with a language, a version and a place where wanted, as in"
    " S/PV.7050/ar@1#t12p3"
)
_LANGUAGE = re.compile(r"/(?=[a-z]{2}$)")
_ESCAPED = re.compile(r"[@#%\x00-\x1f\x7f]|^ | $")
_BLANKS = " \t\r\n"
_CODED = re.compile(r"%([0-9A-F]{2})")


class Locus(msgspec.Struct, frozen=True, order=True):
    """Where something stands within a record: ``t12p3:5-17``.

    ``series`` says what ``number`` counts, from 1; ``paragraph`` counts those of a turn (through
    all its parts) or the items of the agenda, from 1; ``start`` and ``end`` are offsets in
    characters into the text there.

    >>> Locus("t", 12, 3, 5, 17).whole
    Locus(series='t', number=12, paragraph=3, start=None, end=None)
    """

    series: Series
    number: int
    paragraph: int | None = None
    start: int | None = None
    end: int | None = None

    def __str__(self) -> str:
        """Print it.

        >>> str(Locus("t", 12, 3)), str(Locus("s", 4)), str(Locus("t", 1, 1, 0, 8))
        ('t12p3', 's4', 't1p1:0-8')
        """
        paragraph = "" if self.paragraph is None else f"p{self.paragraph}"
        stretch = "" if self.start is None else f":{self.start}-{self.end}"
        return f"{self.series}{self.number}{paragraph}{stretch}"

    @classmethod
    def parse(cls, text: str) -> Locus:
        """Return the locus that is printed so.

        Raises:
            NotAnAddress: it is none.

        >>> Locus.parse("t12p3").paragraph
        3
        """
        found = _LOCUS.fullmatch(text)
        if found is None:
            raise NotAnAddress(
                f"'{text[:80]}' is no place in a record: expected one such as t12 (a turn), t12p3"
                " (a paragraph), s4 (a heading, an act, a vote)"
            )
        numbers = [int(n) if n else None for n in found.group("paragraph", "start", "end")]
        if numbers[1] is not None and numbers[2] is not None and numbers[1] > numbers[2]:
            raise NotAnAddress(f"'{text[:80]}': the stretch of characters ends before it begins")
        return cls(found["series"], int(found["number"]), *numbers)  # type: ignore[arg-type]

    @property
    def whole(self) -> Locus:
        """The paragraph or thing without the stretch of characters."""
        return Locus(self.series, self.number, self.paragraph)

    @property
    def element(self) -> Locus:
        """The turn or thing that it lies in."""
        return Locus(self.series, self.number)

    def at(self, start: int, end: int) -> Locus:
        """Return a stretch of characters of it."""
        return Locus(self.series, self.number, self.paragraph, start, end)


class Address(msgspec.Struct, frozen=True):
    """Where a record is, or something in it, for good where the version is named.

    ``key`` is the symbol, or the name that the archive gave a record without one.

    >>> Address.parse("S/PV.3980 (Resumption 1)/ar@2#t12p3").locus.number
    12
    """

    key: str
    language: str | None = None
    version: int | None = None
    locus: Locus | None = None

    def __str__(self) -> str:
        """Print it; what the grammar needs for itself is written ``%40`` within a key.

        >>> str(Address("S/PV.7050", "ar", 1, Locus("t", 12, 3)))
        'S/PV.7050/ar@1#t12p3'
        >>> str(Address("S/PV.7050", version=1)), str(Address("odd@key/ar"))
        ('S/PV.7050@1', 'odd%40key%2Far')
        """
        key = _ESCAPED.sub(lambda found: f"%{ord(found[0]):02X}", self.key)
        key = _LANGUAGE.sub("%2F", key)
        language = "" if self.language is None else f"/{self.language}"
        version = "" if self.version is None else f"@{self.version}"
        locus = "" if self.locus is None else f"#{self.locus}"
        return f"{key}{language}{version}{locus}"

    @classmethod
    def parse(cls, text: str) -> Address:
        """Return the address that is printed so; blanks around it do not matter.

        Raises:
            NotAnAddress: it is none.

        >>> Address.parse("S/PV.7050@1")
        Address(key='S/PV.7050', language=None, version=1, locus=None)
        """
        found = _ADDRESS.fullmatch(text.strip(_BLANKS))
        if found is None:
            raise NotAnAddress(f"'{text[:80]}' is no address of a record: {_EXPECTED}")
        key = _CODED.sub(lambda code: chr(int(code[1], 16)), found["key"])
        locus = None if found["locus"] is None else Locus.parse(found["locus"])
        version = int(found["version"]) if found["version"] else None
        return cls(key, found["language"], version, locus)

    @property
    def record(self) -> Address:
        """The record without the place in it."""
        return Address(self.key, self.language, self.version)

    def to(self, locus: Locus | None) -> Address:
        """Return the address of something in the record."""
        return Address(self.key, self.language, self.version, locus)


def short_form(symbol: str, page: int | None, speaker: str | None) -> str:
    """Return how diplomats cite a passage: symbol, page, and for whom somebody spoke.

    >>> short_form("S/PV.7050", 12, "Morocco"), short_form("S/PV.7050", None, None)
    ('S/PV.7050, p. 12 (Morocco)', 'S/PV.7050')
    """
    where = symbol if page is None else f"{symbol}, p. {page}"
    return f"{where} ({speaker})" if speaker else where
