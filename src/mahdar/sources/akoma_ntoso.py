"""Akoma Ntoso debates: those that Mahdar wrote into blocks, others into their speeches."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import msgspec

from mahdar.errors import DamagedFile, NotARecord
from mahdar.model import Span, Spans
from mahdar.model.cleaning import clean
from mahdar.sources.block import Block, Note, Run
from mahdar.sources.limits import USUAL, Limits
from mahdar.sources.text import TextSource, check_pieces

_OURS = "#mahdar"
_BLOCKS = ("p", "from", "heading", "scene", "summary", "narrative", "subheading", "num")
_STAGE = ("scene", "narrative", "summary", "other")


class Stretch(msgspec.Struct, frozen=True):
    """A heading, a stage line, or a paragraph of a speech, with its place in the text."""

    kind: Literal["heading", "stage", "label", "paragraph"]
    text: str
    start: int
    end: int
    level: int = 0
    speech: int = -1


class DebateSource(msgspec.Struct, frozen=True):
    """A debate that another program encoded: its words in order, and who speaks.

    ``people`` maps an identifier to the name that the file shows for it, ``by`` the number of
    a speech to the identifier of its speaker.
    """

    name: str
    text: str
    stretches: tuple[Stretch, ...]
    language: str | None
    date: str | None
    title: str | None
    people: dict[str, str]
    by: dict[int, str]

    @property
    def misread(self) -> bool:
        """An encoded text is taken as it is."""
        return False

    def place(self, start: int, end: int) -> Spans:
        """Return where ``text[start:end]`` stands: the offsets themselves."""
        return (Span(start=start, end=end),)


def is_akoma_ntoso(head: bytes) -> bool:
    """Tell whether a file that begins so is Akoma Ntoso."""
    return b"<akomaNtoso" in head or (b"<?xml" in head[:64] and b"akomaNtoso" in head)


def read_akoma_ntoso(
    data: bytes, path: str | Path, limits: Limits = USUAL
) -> TextSource | DebateSource:
    """Read a debate in Akoma Ntoso.

    Args:
        data: all of the file.
        path: what to call it.
        limits: what is taken of it.

    Raises:
        DamagedFile: it is no well-formed XML, or its elements lie too deep in one another.
        NotARecord: it holds no debate.
        TooLarge: it has more pieces, or longer ones, than are read.
    """
    from lxml import etree

    # No entity is looked up and nothing fetched: the file may come from anywhere.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise DamagedFile(f"the XML is damaged ({error.msg})", source=path) from None
    debate = _first(root, "debate")
    if debate is None:
        raise NotARecord("the file is Akoma Ntoso but holds no <debate>", source=path)
    identification = _first(debate, "identification")
    ours = identification is not None and identification.get("source") == _OURS
    source = _blocks(debate, str(path)) if ours else _debate(debate, str(path))
    pieces = source.stretches if isinstance(source, DebateSource) else source.blocks
    check_pieces((piece.text for piece in pieces), path, limits)
    return source


def _tag(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _first(root: Any, name: str) -> Any:
    return next((element for element in root.iter() if _tag(element) == name), None)


class _Maker:
    """Lays blocks one after the other into one text; ``length`` is how long it is by now."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.length = 0

    def add(self, words: str, **style: Any) -> None:
        """Add a block; ``style`` is what :class:`Block` takes."""
        words = clean(words)
        start = self.length
        runs: tuple[Run, ...] = ((0, start, len(words)),)
        self.length += len(words) + 1
        self.blocks.append(Block(words, runs, start, start + len(words), gap=1, **style))


def _blocks(debate: Any, name: str) -> TextSource:
    made = _Maker()
    cover = _first(debate, "coverPage")
    for element in cover if cover is not None else ():
        made.add("".join(element.itertext()))
    label = ""

    def section(parent: Any, level: int) -> None:
        nonlocal label
        for element in parent:
            tag = _tag(element)
            if tag == "debateSection":
                section(element, level + 1)
            elif tag == "heading":
                made.add("".join(element.itertext()), level=level)
            elif tag in _STAGE:
                words = "".join(element.itertext())
                made.add(words, italic=len(words))
            elif tag == "speech":
                speech(element)

    def speech(parent: Any) -> None:
        nonlocal label
        for element in parent:
            tag = _tag(element)
            if tag == "from":
                label = "".join(element.itertext())
            elif tag == "p":
                words, notes = _with_notes(element, len(label), made.length)
                if label or words:
                    made.add(label + words, bold=len(label.rstrip()), notes=notes)
                label = ""

    body = _first(debate, "debateBody")
    if body is not None:
        section(body, 0)
    text = "".join(f"{block.text}\n" for block in made.blocks)
    return TextSource(name, text, tuple(made.blocks), ordered=True)


def _with_notes(element: Any, lead: int, start: int) -> tuple[str, tuple[Note, ...]]:
    """Return the words of a paragraph with the marks of its notes, and the notes."""
    text = element.text or ""
    notes: list[Note] = []
    for child in element:
        if _tag(child) == "authorialNote":
            mark, words = child.get("marker") or "", "".join(child.itertext())
            at = lead + len(text)
            notes.append(Note(at, mark, words, start + at, start + at + len(mark)))
            text += mark
        else:
            text += "".join(child.itertext())
        text += child.tail or ""
    return text, tuple(notes)


def _debate(debate: Any, name: str) -> DebateSource:
    people = {
        element.get("eId") or element.get("id") or "": element.get("showAs") or ""
        for element in debate.iter()
        if _tag(element) == "TLCPerson"
    }
    language, date, title = (
        _first(debate, tag) for tag in ("FRBRlanguage", "FRBRdate", "docTitle")
    )
    length = 0
    stretches: list[Stretch] = []
    by: dict[int, str] = {}
    speeches = 0

    def add(kind: Any, element: Any, level: int = 0, speech: int = -1) -> None:
        nonlocal length
        words = clean(" ".join("".join(element.itertext()).split()))
        if words:
            start = length
            length += len(words) + 1
            stretches.append(Stretch(kind, words, start, start + len(words), level, speech))

    def walk(parent: Any, level: int, speech: int) -> None:
        nonlocal speeches
        for element in parent:
            tag = _tag(element)
            if tag in ("speech", "question", "answer"):
                number = speeches
                speeches += 1
                by[number] = (element.get("by") or "").lstrip("#")
                walk(element, level, number)
            elif tag == "from":
                add("label", element, speech=speech)
            elif tag in ("heading", "subheading", "num"):
                add("heading", element, max(level, 1))
            elif tag in _BLOCKS or (tag in _STAGE and _is_leaf(element)):
                add("paragraph" if speech >= 0 and tag == "p" else "stage", element, speech=speech)
            else:
                inner = level + (tag == "debateSection")
                walk(element, inner, speech)

    body = _first(debate, "debateBody")
    if body is not None:
        walk(body, 0, -1)
    code = language.get("language") if language is not None else None
    text = "".join(f"{stretch.text}\n" for stretch in stretches)
    return DebateSource(
        name, text, tuple(stretches), code, date.get("date") if date is not None else None,
        " ".join("".join(title.itertext()).split()) if title is not None else None, people, by,
    )  # fmt: skip


def _is_leaf(element: Any) -> bool:
    return not any(_tag(child) in (*_BLOCKS, "speech", "question", "answer") for child in element)
