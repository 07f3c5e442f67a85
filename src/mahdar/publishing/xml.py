"""Build XML trees: elements in the namespace of their parent, words between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree

from mahdar.model import Note
from mahdar.publishing.elements import Run

XML = "{http://www.w3.org/XML/1998/namespace}"


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
