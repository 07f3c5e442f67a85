"""A record as PDF in the layout of the official records, set with Typst."""

from __future__ import annotations

import datetime
import re
from importlib import resources
from typing import Any

import msgspec

from mahdar.errors import CannotBeSet, ToolMissing
from mahdar.languages import Language
from mahdar.model import Note, Record
from mahdar.publishing.elements import Element, Run, called, elements, language_of, pieces
from mahdar.publishing.fonts import FAMILIES, check_letters, fonts_folder
from mahdar.publishing.forms import Paper

_PAPERS = {"a4": "a4", "letter": "us-letter"}
_COVER = frozenset(
    ("publisher", "symbol", "status", "organ", "cover", "president", "member", "agenda_head",
     "agenda_title", "agenda_document", "notice")
)  # fmt: skip
# Blanks at which French must not break a line.
_TIGHT = re.compile(r" (?=[:;?!»%])|(?<=«) ")


def publish_pdf(record: Record, paper: Paper = "a4") -> bytes:
    """Return a record as a tagged PDF.

    The fonts come with Mahdar, so that the same record gives the same file everywhere.

    Args:
        record: one that was read, or built.
        paper: ``a4`` or ``letter``.

    Raises:
        NothingToPublish: the record has no body.
        MissingLetter: the fonts lack a letter of it.
        CannotBeSet: Typst refuses it.
        ToolMissing: the package typst is not installed.
    """
    try:
        import typst
    except ImportError:
        raise ToolMissing(
            "PDFs are set with the package typst: install it with pip install 'mahdar[publish]'"
        ) from None
    language = language_of(record)
    things = elements(record)
    check_letters(things, language)
    template = resources.files("mahdar.publishing") / "templates" / "record.typ"
    with resources.as_file(template) as path:
        try:
            compiled: Any = typst.compile(
                str(path),
                format="pdf",
                font_paths=[str(fonts_folder())],
                ignore_system_fonts=True,
                sys_inputs={"record": _data(record, things, language, paper)},
                pdf_standards=["ua-1"],
                timestamp=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
            )
        except typst.TypstError as error:
            raise CannotBeSet(
                f"{called(record)} cannot be set as PDF"
                f" ({' '.join(str(error).split())}); publish it as DOCX or HTML, and report this"
            ) from None
    pdf: bytes = compiled
    return pdf


def _data(record: Record, things: list[Element], language: Language, paper: Paper) -> str:
    date = record.cover_label("date") or ""
    chinese = language.data.code == "zh"
    data = {
        "title": f"{record.symbol or ''} {record.cover_label('organ') or ''}".strip(),
        "author": record.cover_label("publisher") or "",
        "language": record.language,
        "direction": language.data.direction,
        "fonts": FAMILIES.get(record.language, FAMILIES["en"]),
        "size": 11 if language.data.direction == "rtl" else 10,
        "leading": 0.75 if language.data.direction == "rtl" else 0.8 if chinese else 0.62,
        "italics": not chinese,
        "paper": _PAPERS[paper],
        "head_date": "/".join(reversed(record.date.split("-"))) if record.date else date,
        "symbol": record.symbol or "",
        "cover": [_element(e, language) for e in things if e.kind in _COVER],
        "body": _body([e for e in things if e.kind not in _COVER], language),
    }
    return msgspec.json.encode(data).decode()


def _body(things: list[Element], language: Language) -> list[dict[str, Any]]:
    """Return the elements of the body, headings with their place in the outline.

    An outline begins at level 1 and leaves out none on the way down (PDF/UA-1, 7.4.2).
    """
    top = min((thing.level for thing in things if thing.kind == "heading"), default=1)
    out: list[dict[str, Any]] = []
    before = 0
    for thing in things:
        made = _element(thing, language)
        if thing.kind == "heading":
            before = made["outline"] = max(1, min(thing.level - top + 1, before + 1))
            made["level"] = thing.level - top + 1
        out.append(made)
    return out


def _element(element: Element, language: Language) -> dict[str, Any]:
    runs = [_set(piece, language) for piece in pieces(element)]
    cells = [_tight(cell, language) for cell in element.cells]
    return {"kind": element.kind, "level": element.level, "cells": cells, "runs": runs}


def _set(piece: Run | Note, language: Language) -> dict[str, Any]:
    """Return a run or a note as the template takes it."""
    if isinstance(piece, Note):
        return {"text": piece.mark, "note": {"mark": piece.mark, "text": piece.text}}
    out: dict[str, Any] = {"text": _tight(piece.text, language)}
    if piece.bold:
        out["bold"] = True
    if piece.italic:
        out["italic"] = True
    return out


def _tight(text: str, language: Language) -> str:
    """Keep together what stands on both sides of a blank at which no line may break."""
    return _TIGHT.sub("\u00a0", text) if language.data.code == "fr" else text
