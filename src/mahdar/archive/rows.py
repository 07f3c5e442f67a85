"""What the tables of an archive hold of a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from mahdar.authority.sound import latin, skeleton
from mahdar.model import Act, Heading, Paragraph, Part, Person, Record, State, Turn, Vote

_NAMED = 250  # as wide as the columns for names and symbols


class ParagraphRow(msgspec.Struct, frozen=True):
    """A paragraph: its number within the turn, its page where there are pages, its text."""

    number: int
    page: int | None
    text: str


class MentionRow(msgspec.Struct, frozen=True):
    """What a paragraph names or cites."""

    paragraph: int
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


class SpeechRow(msgspec.Struct, frozen=True):
    """A speech; see ``mahdar.archive.models.Speech``."""

    kind: str
    position: int
    language: str
    turn: int | None = None
    part: int = 0
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

    number: int
    method: str
    draft: str
    resolution: str
    outcome: str
    counts: tuple[int, int, int]
    casts: tuple[tuple[str, str, str], ...]


def count_words(text: str, language: str) -> int:
    """Return how many words a text has: runs between blanks, in Chinese the signs.

    >>> count_words("the Security Council", "en"), count_words("安全理事会", "zh")
    (3, 5)
    """
    if language == "zh":
        return sum(sign.isalnum() for sign in text)
    return len(text.split())


def speech_rows(record: Record) -> Iterator[SpeechRow]:
    """Yield the speeches of a record in order: its agenda, then what its body holds.

    A turn with parts is one speech for each, for they differ in capacity or language.
    """
    speakers = {turn: person for person in record.people for turn in person.turns}
    position = 0
    agenda = tuple(_agenda(record))
    if agenda:
        yield SpeechRow("agenda", position, record.language, paragraphs=agenda)
        position += 1
    turns = 0
    for item in record.body:
        if isinstance(item, Turn):
            person = speakers.get(turns)
            row = person_row(person) if person else None
            for row_of_part in _turn(item, turns, position, row, record.language):
                yield row_of_part
                position += 1
            turns += 1
        elif isinstance(item, Act | Heading | Vote) and item.text and _is_printed(item):
            page = item.spans[0].page if item.spans else None
            text = (ParagraphRow(0, page, item.text),)
            words = count_words(item.text, record.language)
            kind = "heading" if isinstance(item, Heading) else "act"
            yield SpeechRow(kind, position, record.language, words=words, paragraphs=text)
            position += 1


def positions(record: Record) -> dict[int, int]:
    """Return where what is no turn stands among the speeches of a record, by its place in the body.

    >>> from mahdar import read, specimen_path
    >>> record = read(specimen_path())
    >>> positions(record) == {
    ...     number: row.position
    ...     for number, row in zip(positions(record), (
    ...         row for row in speech_rows(record) if row.kind in ("act", "heading")))
    ... }
    True
    """
    found = {}
    position = 1 if any(_agenda(record)) else 0
    for number, item in enumerate(record.body):
        if isinstance(item, Turn):
            position += len(item.all_parts())
        elif isinstance(item, Act | Heading | Vote) and item.text and _is_printed(item):
            found[number] = position
            position += 1
    return found


def _is_printed(item: Act | Heading | Vote) -> bool:
    """Tell what stands in the record on a line of its own from what a turn's words do."""
    return not isinstance(item, Act) or bool(item.spans) or item.place is None


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
    decided = {d.vote: d for d in record.decisions if d.vote is not None}
    votes = [(n, item) for n, item in enumerate(record.body) if isinstance(item, Vote)]
    for count, (number, vote) in enumerate(votes):
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


def _agenda(record: Record) -> Iterator[ParagraphRow]:
    number = 0
    labels = {document.symbol: document.label for document in record.documents}
    for item in record.agenda:
        documents = [f"{labels.get(symbol, '')} ({symbol})".strip() for symbol in item.documents]
        page = item.spans[0].page if item.spans else None
        text = " ".join([item.title, item.subtitle or "", *documents]).strip()
        if text:
            yield ParagraphRow(number, page, " ".join(text.split()))
            number += 1


def _turn(
    turn: Turn, number: int, position: int, person: PersonRow | None, language: str
) -> Iterator[SpeechRow]:
    first = 0
    for count, part in enumerate(turn.all_parts()):
        body = part.affiliation
        yield SpeechRow(
            "turn", position + count, part.language or turn.language, number, count,
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
