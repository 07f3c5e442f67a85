"""A question as a tree."""

from __future__ import annotations

import msgspec


class Word(msgspec.Struct, frozen=True, tag=True):
    """A word. ``exact``: as it is written; ``prefix``: all that begins so. ``at``: its place."""

    text: str
    at: int
    exact: bool = False
    prefix: bool = False


class Phrase(msgspec.Struct, frozen=True, tag=True):
    """Words one after another, with up to ``slop`` others between them."""

    text: str
    at: int
    exact: bool = False
    slop: int = 0


class Near(msgspec.Struct, frozen=True, tag=True):
    """Two words at most ``distance`` words apart, in either order."""

    one: Word
    other: Word
    distance: int
    at: int


class Field(msgspec.Struct, frozen=True, tag=True):
    """Something about an element that is not its words: ``name`` is a field of ``fields.toml``."""

    name: str
    value: str
    at: int


class And(msgspec.Struct, frozen=True, tag=True):
    """All of them."""

    parts: tuple[Node, ...]


class Or(msgspec.Struct, frozen=True, tag=True):
    """Any of them."""

    parts: tuple[Node, ...]


class Not(msgspec.Struct, frozen=True, tag=True):
    """All but that."""

    part: Node


class Most(msgspec.Struct, frozen=True, tag=True):
    """Most of the terms, where the filter is met; made by the search by meaning, not typed."""

    terms: tuple[Word | Phrase | Near, ...]
    only: Node | None = None


Node = Word | Phrase | Near | Field | And | Or | Not | Most


def terms_of(node: Node) -> list[Word | Phrase | Near]:
    """Return the words, phrases and pairs of a question that are wanted, in order."""
    if isinstance(node, Word | Phrase | Near):
        return [node]
    if isinstance(node, And | Or):
        return [term for part in node.parts for term in terms_of(part)]
    return []


def fields_of(node: Node, name: str) -> list[Field]:
    """Return the fields of one name that every answer must meet."""
    if isinstance(node, Field):
        return [node] if node.name == name else []
    if isinstance(node, And):
        return [field for part in node.parts for field in fields_of(part, name)]
    return []
