"""Build XML trees: elements in the namespace of their parent, words between them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from mahdar.model import Note
from mahdar.publishing.elements import Run

XML = "{http://www.w3.org/XML/1998/namespace}"


# The letters of the six languages that names have by the strictest reading, the fourth edition of
# XML 1.0, which parsers still hold identifiers to.
_FIRST = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff\u0100-\u0131\u0134-\u013e\u0141-\u0148"
    "\u014a-\u017e\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481\u0621-\u063a"
    "\u0641-\u064a\u0671-\u06b7\u06ba-\u06be\u06c0-\u06ce\u06d0-\u06d3\u06d5\u1e00-\u1e9b"
    "\u1ea0-\u1ef9\u4e00-\u9fa5"
)
_NO_NAME = re.compile(f"[^{_FIRST}.0-9\u0660-\u0669\u06f0-\u06f9-]")
_LONGEST = 200  # characters of an identifier
_BEGINS = re.compile(f"[{_FIRST}]")


class Identifiers:
    """The identifiers of a document: each a name as XML wants it (NCName), none given twice."""

    def __init__(self) -> None:
        self._given: dict[tuple[str, str], str] = {}
        self._taken: set[str] = set()

    def of(self, kind: str, text: str) -> str:
        """Return the identifier of something; the same whenever it is asked for again.

        Args:
            kind: of the thing: one of another kind has another identifier.
            text: that names it, and is the identifier where it can be.

        >>> made = Identifiers()
        >>> made.of("role", "chair"), made.of("person", "chair"), made.of("person", "3 b")
        ('chair', 'chair-2', '_3-b')
        """
        if (kind, text) not in self._given:
            name = wanted = xml_name(text)
            number = 1
            while name in self._taken:
                number += 1
                name = f"{wanted}-{number}"
            self._given[kind, text] = name
            self._taken.add(name)
        return self._given[kind, text]


def xml_name(text: str) -> str:
    """Return a text as a name of XML without colons: what such a name cannot have is a hyphen.

    >>> xml_name("montero-rivas-cri"), xml_name("2 & x"), xml_name("")
    ('montero-rivas-cri', '_2---x', '_')
    """
    name = _NO_NAME.sub("-", text[:_LONGEST])
    return name if _BEGINS.match(name) else f"_{name}"


def add(parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
    """Add an element to a parent, in its namespace, and return it.

    Args:
        parent: the element to add to.
        tag: the bare name.
        text: its words.
        attributes: by name; an underscore at the end is dropped (``class_``), and
            ``xml_id`` stands for ``xml:id``.

    >>> root = etree.Element("{urn:x}a")
    >>> etree.tostring(add(root, "b", "words", class_="c")).decode()
    '<ns0:b xmlns:ns0="urn:x" class="c">words</ns0:b>'
    """
    made = etree.SubElement(parent, etree.QName(etree.QName(parent).namespace, tag))
    for key, value in attributes.items():
        made.set(f"{XML}{key[4:]}" if key.startswith("xml_") else key.rstrip("_"), value)
    made.text = text
    return made


def fill(parent: Any, pieces: Sequence[Run | Note], add_note: Callable[[Note], Any]) -> None:
    """Put words and notes into an element, in order.

    Args:
        parent: the element; it holds nothing yet.
        pieces: from :func:`mahdar.publishing.elements.said`.
        add_note: adds the element of a note to ``parent`` and returns it.
    """
    last: Any = None
    for piece in pieces:
        if isinstance(piece, Note):
            last = add_note(piece)
        elif last is None:
            parent.text = (parent.text or "") + piece.text
        else:
            last.tail = (last.tail or "") + piece.text
