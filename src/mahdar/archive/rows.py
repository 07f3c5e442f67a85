"""What the tables of an archive hold of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from mahdar.authority.sound import latin, skeleton
from mahdar.model import Act, Heading, Paragraph, Part, Person, Record, State, Turn, Vote
from mahdar.model.address import Locus
from mahdar.model.loci import agenda_of, body_loci

_KINDS = {Act: "act", Heading: "heading", Vote: "vote"}
_NAMED = 250  # as wide as the columns for names and symbols


class ParagraphRow(msgspec.Struct, frozen=True):
    """A paragraph: its number within the turn, from 1, its page where there are pages, its text."""

    paragraph_number: int
    page: int | None
    text: str


class MentionRow(msgspec.Struct, frozen=True):
    """What a paragraph names or cites."""

    paragraph_number: int
    kind: str
    target: str
    times: int


class PersonRow(msgspec.Struct, frozen=True):
    """A speaker; see ``mahdar.archive.models.Person``."""

    code: str
    name: str
    affiliation: str | None
    latin: str
    sound: str


class ElementRow(msgspec.Struct, frozen=True):
    """An element; see ``mahdar.archive.models.Element``."""

    kind: str
    number: int
    language: str
    turn_number: int | None = None
    part_number: int = 1
    label: str = ""
    person: PersonRow | None = None
    affiliation: str | None = None
    state: str | None = None
    group: str | None = None
    capacity: str | None = None
    interpreted: bool = False
    purpose: str | None = None
    words: int = 0
    paragraphs: tuple[ParagraphRow, ...] = ()
    mentions: tuple[MentionRow, ...] = ()


class VoteRow(msgspec.Struct, frozen=True):
    """A vote and how each State cast it."""

    vote_number: int
    method: str
    draft: str
    resolution: str
    outcome: str
    counts: tuple[int, int, int]
    casts: tuple[tuple[str, str, str], ...]


def count_words(text: str, language: str) -> int:
    """Return how many words a text has: runs between blanks, in Chinese the characters.

    >>> count_words("the Security Council", "en"), count_words("安全理事会", "zh")
    (3, 5)
    """
    if language == "zh":
        return sum(character.isalnum() for character in text)
    return len(text.split())


def element_rows(record: Record) -> Iterator[ElementRow]:
    """Yield the elements of a record in order: its agenda, then what its body holds.

    A turn with parts is one element for each, for they differ in capacity or language.
    """
    speakers = {turn: person for person in record.people for turn in person.turn_numbers}
    agenda = tuple(
        ParagraphRow(number, item.spans[0].page if item.spans else None, text)
        for number, (item, text) in enumerate(agenda_of(record), 1)
    )
    number = 0
    if agenda:
        number = 1
        yield ElementRow("agenda", number, record.language, paragraphs=agenda)
    for at, locus in body_loci(record).items():
        item = record.body[at]
        if isinstance(item, Turn):
            person = speakers.get(locus.number)
            row = person_row(person) if person else None
            for row_of_part in _turn(item, locus.number, number + 1, row, record.language):
                yield row_of_part
                number += 1
        elif isinstance(item, Act | Heading | Vote):
            number = locus.number
            page = item.spans[0].page if item.spans else None
            text = (ParagraphRow(1, page, item.text),)
            words = count_words(item.text, record.language)
            yield ElementRow(_KINDS[type(item)], number, record.language, words=words,
                             paragraphs=text)  # fmt: skip


def locus_of(element: Mapping[str, Any], paragraph_number: int | None = None) -> Locus:
    """Return where an element of the tables is in its record.

    Args:
        element: its ``number`` and ``turn_number``, None for what is no turn.
        paragraph_number: within a turn; what is no turn is cited whole.

    >>> str(locus_of({"number": 7, "turn_number": 3}, 2))
    't3p2'
    >>> str(locus_of({"number": 1, "turn_number": None}))
    's1'
    """
    if element["turn_number"] is None:
        return Locus("s", element["number"])
    return Locus("t", element["turn_number"], paragraph_number)


def person_row(person: Person) -> PersonRow:
    """Return how the archive keeps a speaker."""
    return PersonRow(
        person.id[:_NAMED], person.name[:_NAMED], person.affiliation,
        latin(person.name)[:_NAMED], sound_of(person.name)[:_NAMED],
    )  # fmt: skip


def sound_of(name: str) -> str:
    """Return how a name sounds: of the whole and of each part, parted by blanks.

    >>> sound_of("Vitaly Churkin")
    'FTLSLKN FTL SLKN'
    """
    parts = [skeleton(part) for part in name.replace("·", " ").split()]
    return " ".join(dict.fromkeys(part for part in [skeleton(name), *parts] if part))


def vote_rows(record: Record) -> Iterator[VoteRow]:
    """Yield the votes of a record that name States, with what was voted on."""
    decided = {d.vote_index: d for d in record.decisions if d.vote_index is not None}
    votes = [(n, item) for n, item in enumerate(record.body) if isinstance(item, Vote)]
    for count, (number, vote) in enumerate(votes, 1):
        decision = decided.get(number)
        casts = [
            (state.code or state.label, state.label, choice)
            for choice, states in _lists(vote)
            for state in states
        ]
        yield VoteRow(
            count, vote.method, (decision.symbol or decision.draft or "") if decision else "",
            (decision.number or "")[:200] if decision else "",
            decision.outcome if decision else "",
            (len(vote.in_favour), len(vote.against), len(vote.abstaining)), tuple(casts),
        )  # fmt: skip


def _lists(vote: Vote) -> tuple[tuple[str, tuple[State, ...]], ...]:
    return (
        ("in_favour", vote.in_favour), ("against", vote.against),
        ("abstaining", vote.abstaining), ("not_participating", vote.not_participating),
    )  # fmt: skip


def _turn(
    turn: Turn, turn_number: int, number: int, person: PersonRow | None, language: str
) -> Iterator[ElementRow]:
    first = 1
    for count, part in enumerate(turn.all_parts()):
        body = part.affiliation
        yield ElementRow(
            "turn", number + count, part.language or turn.language, turn_number, count + 1,
            turn.label, person, (body.code or body.label)[:200] if body else None,
            body.code if body and body.kind == "state" else None, turn.group, part.capacity,
            turn.interpreted if part.interpreted is None else part.interpreted, turn.purpose,
            sum(count_words(p.text, language) for p in part.paragraphs),
            tuple(
                ParagraphRow(first + n, p.spans[0].page if p.spans else None, p.text)
                for n, p in enumerate(part.paragraphs)
            ),
            tuple(_mentions(part, first)),
        )  # fmt: skip
        first += len(part.paragraphs)


def _mentions(part: Part, first: int) -> Iterator[MentionRow]:
    for number, paragraph in enumerate(part.paragraphs, first):
        for (kind, target), times in _counted(paragraph).items():
            yield MentionRow(number, kind, target, times)


def _counted(paragraph: Paragraph) -> Counter[tuple[str, str]]:
    return Counter(
        (mention.kind, mention.id[:_NAMED])
        for mention in paragraph.mentions
        if mention.id and mention.kind != "date"
    )
