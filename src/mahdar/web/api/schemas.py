"""What the API answers with, for its OpenAPI document: names and types of every field."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema


class Version(Schema):
    """A version of a record, as lists show it; ``url`` is its JSON."""

    symbol: str
    language: str
    version: int
    current: bool
    date: str | None
    organ: str | None
    status: str
    title: str
    turns: int
    words: int
    findings: int
    url: str


class Versions(Schema):
    """A page of versions; ``next`` is the cursor of the page after it."""

    format: int
    items: list[Version]
    next: str | None


class DescendedVersion(Schema):
    """A version with where it comes from.

    `origin` is `read`, `corrected` or `composed`, `by` the program or the person (empty: not
    said). `base` is the address of the version that it is based on, `base_seal` the SHA-256 of
    that as data, `base_here` whether the archive has it; `depth` counts the versions between it
    and one that is based on none. `why` is what the current version goes before the others by,
    and what the others stand behind it by: a person's `choice` (`chosen_by`, `reason`), what
    `people` corrected or composed, `status` (final, provisional), `age`; `alone` where there is
    one version only.
    """

    symbol: str
    language: str
    version: int
    current: bool
    status: str
    added: datetime
    origin: str
    by: str
    base: str
    base_seal: str
    base_here: bool
    depth: int
    why: str
    chosen_by: str
    reason: str
    url: str


class Descent(Schema):
    """All versions of a record in a language, each after the one that it is based on."""

    items: list[DescendedVersion]
    next: str | None


class TurnRow(Schema):
    """What one speaker says in one capacity; turns and parts count from 1."""

    turn_number: int
    part_number: int
    label: str
    speaker: str | None
    person: str | None
    affiliation: str | None
    state: str | None
    group: str | None
    capacity: str | None
    language: str
    interpreted: bool
    purpose: str | None
    words: int
    topics: list[str]
    cited: str
    address: str


class TurnRows(Schema):
    """A page of turns."""

    format: int
    items: list[TurnRow]
    next: str | None


class ParagraphRow(Schema):
    """A paragraph of a turn; both count from 1."""

    turn_number: int
    paragraph_number: int
    page: int | None
    text: str
    address: str


class ParagraphRows(Schema):
    """A page of paragraphs."""

    format: int
    items: list[ParagraphRow]
    next: str | None


class MentionRow(Schema):
    """What a paragraph names or cites, and how often."""

    kind: str
    target: str
    times: int
    speaker: str
    state: str | None
    symbol: str
    language: str
    date: str | None
    address: str


class MentionRows(Schema):
    """A page of mentions."""

    format: int
    items: list[MentionRow]
    next: str | None


class VoteRow(Schema):
    """A vote; ``casts`` gives for each State, by its code, how it voted."""

    symbol: str
    language: str
    date: str | None
    vote_number: int
    method: str
    draft: str
    resolution: str
    outcome: str
    in_favour: int
    against: int
    abstaining: int
    casts: dict[str, str]


class VoteRows(Schema):
    """A page of votes."""

    format: int
    items: list[VoteRow]
    next: str | None


class FindingRow(Schema):
    """A doubtful place of a record.

    ``locus`` is the place in it (``t3p2:5-17``), ``id`` an identity that stays while other
    findings come and go.
    ``message`` tells it in English; ``case`` and ``facts`` are what it is told with.
    """

    code: str
    case: str
    facts: dict[str, str | int | list[str]]
    message: str
    score: float
    proposed: str | None
    readings: list[str]
    locus: str | None
    id: str


class FindingRows(Schema):
    """The findings of a record."""

    format: int
    items: list[FindingRow]
    next: str | None


class PassageRow(Schema):
    """A stretch of a hit; ``marks`` are offsets in characters into ``text``."""

    paragraph_number: int
    page: int | None
    text: str
    marks: list[list[int]]
    cited: str
    address: str


class HitRow(Schema):
    """A speech that answers a question."""

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
    passages: list[PassageRow]


class BucketRow(Schema):
    """A value of a facet and how many of the hits have it."""

    value: str
    name: str
    count: int


class SearchAnswer(Schema):
    """A page of what answers a question."""

    query: str
    mode: str
    total: int
    milliseconds: float
    items: list[HitRow]
    facets: dict[str, list[BucketRow]]
    next: str | None


class Line(Schema):
    """A place where a word stands, with what is around it."""

    left: str
    word: str
    right: str
    language: str
    symbol: str
    date: str | None
    speaker: str
    state: str | None
    cited: str
    address: str


class Lines(Schema):
    """A page of a concordance, and in how many words was looked."""

    word: str
    hits: int
    words: int
    items: list[Line]
    next: str | None


class NameAnswer(Schema):
    """One thing that a printed name may mean, and how that was found."""

    code: str
    kind: str
    name: str
    language: str
    how: list[str]
    names: dict[str, str]
    facts: dict[str, str]
    score: float


class NameAnswers(Schema):
    """What a printed name may mean, the surest first."""

    format: int
    items: list[NameAnswer]
    next: str | None


class Named(Schema):
    """A State or organisation: its code, its names in the six languages."""

    code: str
    names: dict[str, str]


class NamedRows(Schema):
    """States, organisations or topics."""

    format: int
    items: list[Named]
    next: str | None


class PersonRow(Schema):
    """Somebody who speaks; ``code`` is the identity."""

    code: str
    name: str
    affiliation: str | None
    latin: str


class PersonRows(Schema):
    """A page of people."""

    format: int
    items: list[PersonRow]
    next: str | None


class CitedRow(Schema):
    """Something that is cited, and how often."""

    kind: str
    target: str
    times: int


class ProfileAnswer(Schema):
    """What the archive has of a State, organisation, person, topic or document.

    Counts are pairs of a value and a number of speeches.
    """

    what: str
    code: str
    query: str
    speeches: int
    years: list[tuple[str, int]]
    organs: list[tuple[str, int]]
    topics: list[tuple[str, int]]
    states: list[tuple[str, int]]
    speakers: list[tuple[str, int]]
    cites: list[CitedRow]
    named_query: str
    named: int
    named_by: list[tuple[str, int]]
    named_years: list[tuple[str, int]]


class RecordDocument(Schema):
    """A record whole; its schema is put in by :func:`mahdar.web.api.document.open_api`."""


class ProceedingsDocument(Schema):
    """The Index to Proceedings of a year."""

    year: int
    organ: str | None
    language: str
    title: str
    meetings: list[dict[str, Any]]
    speeches: list[dict[str, Any]]
    subjects: dict[str, dict[str, list[str]]]
    documents: list[dict[str, Any]]
    votes: list[dict[str, Any]]
    states: dict[str, str]
