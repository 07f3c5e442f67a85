"""Sentences from the Chair and printed lines, with what is done by them, written by hand."""

from __future__ import annotations

import functools
from pathlib import Path

import msgspec


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence from the Chair. ``who`` are codes of States and bodies, or names of persons."""

    text: str
    acts: list[str]
    who: list[str] = []
    rule: int | None = None
    practice: bool = False
    symbols: list[str] = []
    purpose: str | None = None


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A printed line."""

    text: str
    act: str
    time: str | None = None
    until: str | None = None
    date: str | None = None
    who: list[str] = []
    number: str | None = None
    draft: str | None = None
    totals: str | None = None
    meant: str | None = None


class _File(msgspec.Struct, forbid_unknown_fields=True):
    sentence: list[Sentence] = []
    line: list[Line] = []


@functools.cache
def _read(code: str) -> _File:
    path = Path(__file__).parent / f"{code}.toml"
    return msgspec.toml.decode(path.read_bytes(), type=_File) if path.is_file() else _File()


def sentences_of(code: str) -> list[Sentence]:
    """Return the sentences of a language."""
    return _read(code).sentence


def lines_of(code: str) -> list[Line]:
    """Return the printed lines of a language."""
    return _read(code).line
