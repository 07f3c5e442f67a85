"""What an answer of the archive is made of."""

from __future__ import annotations

import msgspec

from mahdar.model import FORMAT
from mahdar.publishing.bibliography import Reference
from mahdar.search.marking import Marks


class Passage(msgspec.Struct, frozen=True):
    """A stretch of a hit worth showing.

    ``paragraph_number`` counts from 1 within the turn, ``page`` from 1 where there are pages;
    ``marks`` are offsets into ``text``; ``cited`` is how one cites it in short, ``address``
    where it is within Mahdar, for good.
    """

    paragraph_number: int
    page: int | None
    text: str
    marks: Marks
    cited: str
    address: str


class Hit(msgspec.Struct, frozen=True):
    """An element that answers: of which record, by whom, with its best passages first."""

    element: int
    symbol: str
    language: str
    version: int
    date: str | None
    organ: str | None
    kind: str
    turn_number: int | None
    speaker: str
    person: str | None
    state: str | None
    affiliation: str | None
    capacity: str | None
    spoken: str
    score: float
    passages: tuple[Passage, ...]


class Bucket(msgspec.Struct, frozen=True):
    """A value of a facet, its name for people, and how many of the hits have it."""

    value: str
    name: str
    count: int


class Answer(msgspec.Struct, frozen=True):
    """What the archive answers.

    ``total`` counts the elements that meet the question (where meaning decides: those that
    were looked at); ``hits`` are those of this page; ``facets`` count them all; ``format``
    numbers the form of this data.
    """

    query: str
    mode: str
    total: int
    page: int
    pages: int
    milliseconds: float
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[Bucket, ...]]
    format: int = FORMAT


def references_of(answer: Answer) -> list[Reference]:
    """Return a reference to the first passage of each hit."""
    return [
        Reference(
            hit.symbol, hit.language, hit.organ, hit.date, hit.passages[0].page, hit.speaker,
            hit.passages[0].cited, hit.passages[0].address,
        )
        for hit in answer.hits
        if hit.passages
    ]  # fmt: skip
