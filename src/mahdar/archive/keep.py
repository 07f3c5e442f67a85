"""Put a record into an archive and take one out: each in one transaction, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import msgspec
from django.db import transaction

from mahdar._version import __version__
from mahdar.archive.rows import ElementRow, PersonRow, element_rows, vote_rows
from mahdar.archive.tables import models
from mahdar.model import Heading, Record
from mahdar.topics import topics_of_elements

_BATCH = 2000
_HEADINGS = 4
_STATUS = {"final": 1}
"""A final record goes before a provisional one, whichever came first."""


class Kept(msgspec.Struct, frozen=True):
    """What came of putting a record in: its number in the database, and whether it is new.

    ``outcome`` is ``new``, ``newer`` (another version was there, and is superseded),
    ``older`` (it is kept beside a version that goes before it) or ``same``.
    """

    pk: int
    outcome: str


def key_of(record: Record, digest: str) -> str:
    """Return under which key a record is kept.

    >>> from mahdar.specimens.build import specimen
    >>> key_of(specimen("ar"), "")
    'S/PV.99902'
    """
    return record.symbol or f"unnamed/{digest[:12]}"


@contextmanager
def writing(alias: str) -> Iterator[None]:
    """Open a transaction that changes the archive, after any other that does so."""
    with transaction.atomic(using=alias):
        clock = models.Clock.objects.using(alias).select_for_update().first()
        if clock is None:
            clock, _ = models.Clock.objects.using(alias).get_or_create(pk=1)
        clock.serial += 1
        clock.save(using=alias)
        yield


def put(alias: str, record: Record, contents: bytes, digest: str) -> Kept:
    """Put one version of a record in; call it within :func:`writing`.

    Args:
        alias: of the database.
        record: that was read.
        contents: the same, packed.
        digest: of its JSON.
    """
    key = key_of(record, digest)
    versions = models.Record.objects.using(alias).filter(key=key, language=record.language)
    same = versions.filter(digest=digest).first()
    if same is not None:
        return Kept(same.pk, "same")
    held = list(versions.order_by("version").values_list("pk", "version", "status", "current"))
    current = next((row for row in held if row[3]), None)
    goes_first = current is None or _STATUS.get(record.status, 0) >= _STATUS.get(current[2], 0)
    if current is not None and goes_first:
        versions.filter(pk=current[0]).update(current=False)
    year = int(record.date[:4]) if record.date else None
    row = models.Record(
        key=key, language=record.language, version=held[-1][1] + 1 if held else 1,
        current=goes_first, symbol=record.symbol, status=record.status, organ=record.organ,
        session=record.session, meeting_number=record.meeting_number, date=record.date,
        year=year, title=_title(record),
        words=0, turns=len(record.turns()), findings=len(record.findings), digest=digest,
        contents=contents, reader=__version__,
    )  # fmt: skip
    elements = list(element_rows(record))
    row.words = sum(element.words for element in elements)
    row.save(using=alias, force_insert=True)
    _put_speeches(alias, row, record, elements)
    _put_votes(alias, row, record)
    models.AgendaDocument.objects.using(alias).bulk_create(
        models.AgendaDocument(record=row, symbol=d.symbol[:250], label=d.label)
        for d in record.documents
    )
    outcome = "new" if not held else "newer" if goes_first else "older"
    return Kept(row.pk, outcome)


def _put_speeches(
    alias: str, row: models.Record, record: Record, elements: list[ElementRow]
) -> None:
    people = _people(alias, {s.person.code: s.person for s in elements if s.person})
    made = models.Element.objects.using(alias).bulk_create(
        [
            models.Element(
                record=row, kind=s.kind, number=s.number, turn_number=s.turn_number,
                part_number=s.part_number,
                label=s.label, person_id=people[s.person.code] if s.person else None,
                affiliation=s.affiliation, state=s.state, group=s.group, capacity=s.capacity,
                language=s.language, interpreted=s.interpreted, purpose=s.purpose, words=s.words,
            )
            for s in elements
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    models.Paragraph.objects.using(alias).bulk_create(
        [
            models.Paragraph(
                element_id=element.pk, paragraph_number=p.paragraph_number, page=p.page, text=p.text
            )
            for element, s in zip(made, elements, strict=True)
            for p in s.paragraphs
        ],
        batch_size=_BATCH,
    )
    models.Mention.objects.using(alias).bulk_create(
        [
            models.Mention(
                element_id=element.pk, paragraph_number=m.paragraph_number, kind=m.kind,
                target=m.target, times=m.times,
            )
            for element, s in zip(made, elements, strict=True)
            for m in s.mentions
        ],
        batch_size=_BATCH,
    )  # fmt: skip
    found = topics_of_elements(record, elements)
    models.Subject.objects.using(alias).bulk_create(
        [
            models.Subject(element_id=element.pk, topic=t.topic, why=t.why, score=t.score)
            for element, topics in zip(made, found, strict=True)
            for t in topics
        ],
        batch_size=_BATCH,
    )


def _people(alias: str, people: dict[str, PersonRow]) -> dict[str, int]:
    """Return the numbers of people by their codes; those that are new are put in."""
    table = models.Person.objects.using(alias)
    held = dict(table.filter(code__in=people).values_list("code", "pk"))
    new = [
        models.Person(
            code=p.code, name=p.name, affiliation=p.affiliation, latin=p.latin, sound=p.sound
        )
        for code, p in people.items()
        if code not in held
    ]
    held.update((person.code, person.pk) for person in table.bulk_create(new))
    return held


def _put_votes(alias: str, row: models.Record, record: Record) -> None:
    for v in vote_rows(record):
        vote = models.Vote(
            record=row, vote_number=v.vote_number, method=v.method, draft=v.draft,
            resolution=v.resolution, outcome=v.outcome, in_favour=v.counts[0],
            against=v.counts[1], abstaining=v.counts[2],
        )  # fmt: skip
        vote.save(using=alias, force_insert=True)
        models.Cast.objects.using(alias).bulk_create(
            models.Cast(vote=vote, state=state[:200], label=label, choice=choice)
            for state, label, choice in v.casts
        )


def _title(record: Record) -> str:
    """Return what a meeting was about: its agenda, or its first headings where it prints none."""
    if record.agenda:
        return record.agenda[0].title
    headings = [item.text for item in record.body if isinstance(item, Heading)]
    return " · ".join(headings[:_HEADINGS])


def take_out(alias: str, pks: Iterable[int]) -> int:
    """Remove versions of records; call it within :func:`writing`.

    Where the current version goes, the one before it that is left becomes current.

    Args:
        alias: of the database.
        pks: the numbers of the versions.

    Returns:
        How many there were.
    """
    table = models.Record.objects.using(alias)
    gone = list(table.filter(pk__in=list(pks)).values_list("pk", "key", "language"))
    table.filter(pk__in=[pk for pk, _, _ in gone]).delete()
    for _, key, language in gone:
        versions = list(table.filter(key=key, language=language))
        if versions and not any(version.current for version in versions):
            best = max(versions, key=lambda v: (_STATUS.get(v.status, 0), v.version))
            table.filter(pk=best.pk).update(current=True)
    return len(gone)
