"""What an archive derives from its records: each table in one form, made by one function.

All of it can be made again from ``Record.contents`` alone. :data:`TABLES` is the one registry. Each
has a ``format``, raised whenever ``derive`` returns something else for the same record; an archive
keeps with each record which formats its tables hold (``Record.formats``). What is of an earlier
format is old, not damaged, and is made again by :mod:`mahdar.archive.rebuilding`.
"""

from __future__ import annotations

from typing import Any

from mahdar.archive.derivation import Derived, Given
from mahdar.archive.derived_elements import Elements, Mentions, People, Subjects
from mahdar.archive.rows import VoteRow, vote_rows
from mahdar.archive.standing import Formats
from mahdar.archive.tables import models
from mahdar.model import Heading, Record

_HEADINGS = 4
_SYMBOL = 250


class _Columns(Derived[dict[str, Any]]):
    """Columns of the table of records."""

    columns: tuple[str, ...]

    def kept(self, alias: str, pk: int) -> dict[str, Any]:
        row: dict[str, Any] | None = _record(alias, pk).values(*self.columns).first()
        return row or {}

    def store(self, alias: str, pk: int, rows: dict[str, Any]) -> None:
        _record(alias, pk).update(**rows)


class Meeting(_Columns):
    """Which meeting it is."""

    name = "meeting"
    indexed = True
    columns = ("symbol", "status", "organ", "session", "meeting_number", "date", "year")

    def derive(self, given: Given) -> dict[str, Any]:
        """See :class:`Derived`."""
        record = given.record
        row = {name: getattr(record, name) for name in self.columns if name != "year"}
        return {**row, "year": int(record.date[:4]) if record.date else None}


class Summary(_Columns):
    """What a list shows of a record."""

    name = "summary"
    columns = ("title", "words", "turns", "findings")

    def derive(self, given: Given) -> dict[str, Any]:
        """See :class:`Derived`."""
        record = given.record
        return {
            "title": title_of(record), "words": sum(row.words for row in given.elements),
            "turns": len(record.turns()), "findings": len(record.findings),
        }  # fmt: skip


class Votes(Derived[tuple[VoteRow, ...]]):
    """The votes that name States, with how each voted."""

    name = "votes"

    def derive(self, given: Given) -> tuple[VoteRow, ...]:
        """See :class:`Derived`."""
        return tuple(vote_rows(given.record))

    def kept(self, alias: str, pk: int) -> tuple[VoteRow, ...]:
        """See :class:`Derived`."""
        casts: dict[int, list[tuple[str, str, str]]] = {}
        table = models.Cast.objects.using(alias).filter(vote__record_id=pk).order_by("pk")
        for vote, state, label, choice in table.values_list("vote_id", "state", "label", "choice"):
            casts.setdefault(vote, []).append((state, label, choice))
        return tuple(
            VoteRow(
                v.vote_number, v.method, v.draft, v.resolution, v.outcome,
                (v.in_favour, v.against, v.abstaining), tuple(casts.get(v.pk, ())),
            )
            for v in models.Vote.objects.using(alias).filter(record_id=pk).order_by("vote_number")
        )  # fmt: skip

    def store(self, alias: str, pk: int, rows: tuple[VoteRow, ...]) -> None:
        """See :class:`Derived`."""
        models.Vote.objects.using(alias).filter(record_id=pk).delete()
        for v in rows:
            vote = models.Vote(
                record_id=pk, vote_number=v.vote_number, method=v.method, draft=v.draft,
                resolution=v.resolution, outcome=v.outcome, in_favour=v.counts[0],
                against=v.counts[1], abstaining=v.counts[2],
            )  # fmt: skip
            vote.save(using=alias, force_insert=True)
            models.Cast.objects.using(alias).bulk_create(
                models.Cast(vote=vote, state=state, label=label, choice=choice)
                for state, label, choice in v.casts
            )


class Documents(Derived[list[tuple[str, str]]]):
    """The documents before a meeting: symbol and words."""

    name = "documents"

    def derive(self, given: Given) -> list[tuple[str, str]]:
        """See :class:`Derived`."""
        return [(d.symbol[:_SYMBOL], d.label) for d in given.record.documents]

    def kept(self, alias: str, pk: int) -> list[tuple[str, str]]:
        """See :class:`Derived`."""
        table = models.AgendaDocument.objects.using(alias).filter(record_id=pk).order_by("pk")
        return list(table.values_list("symbol", "label"))

    def store(self, alias: str, pk: int, rows: list[tuple[str, str]]) -> None:
        """See :class:`Derived`."""
        table = models.AgendaDocument.objects.using(alias)
        table.filter(record_id=pk).delete()
        table.bulk_create(
            models.AgendaDocument(record_id=pk, symbol=symbol, label=label)
            for symbol, label in rows
        )


MEETING, SUMMARY, ELEMENTS = Meeting(), Summary(), Elements()
TABLES: tuple[Derived[Any], ...] = (
    MEETING, SUMMARY, People(), ELEMENTS, Mentions(), Subjects(), Votes(), Documents(),
)  # fmt: skip
"""All that is derived from a record, in the order in which it is made."""


def table_formats() -> Formats:
    """Return the formats of all derived tables."""
    return {table.name: table.format for table in TABLES}


def columns_of(given: Given) -> dict[str, Any]:
    """Return the derived columns of the table of records itself."""
    return {**MEETING.derive(given), **SUMMARY.derive(given)}


def fill(alias: str, pk: int, given: Given) -> None:
    """Make all derived tables of a record that was just put in with :func:`columns_of`."""
    for table in TABLES:
        if not isinstance(table, _Columns):
            table.store(alias, pk, table.derive(given))


def title_of(record: Record) -> str:
    """Return what a meeting was about: its agenda, or its first headings where it prints none."""
    if record.agenda:
        return record.agenda[0].title
    headings = [item.text for item in record.body if isinstance(item, Heading)]
    return " · ".join(headings[:_HEADINGS])


def _record(alias: str, pk: int) -> Any:
    return models.Record.objects.using(alias).filter(pk=pk)
