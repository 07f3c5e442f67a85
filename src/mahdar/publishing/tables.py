"""A record as tables: turns, paragraphs, votes, members, documents; as CSV and as Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any, Literal

from mahdar.errors import CannotBeSet, NothingToPublish, ToolMissing
from mahdar.model import FORMAT, Record, State, Vote
from mahdar.model.address import Locus
from mahdar.publishing.elements import called

TableName = Literal["turns", "paragraphs", "votes", "members", "documents"]
Row = dict[str, Any]
METADATA = {"mahdar_format": str(FORMAT)}
"""What Parquet files say of themselves: the form in which turns and paragraphs are counted."""
# The columns of each table with their kind; the kinds are those of Arrow.
COLUMNS: dict[TableName, dict[str, str]] = {
    "turns": {
        "symbol": "string", "date": "string", "record_language": "string", "turn_number": "int32",
        "locus": "string", "label": "string", "honorific": "string", "name": "string",
        "capacity": "string",
        "affiliation": "string", "affiliation_kind": "string", "affiliation_code": "string",
        "language": "string", "interpreted": "bool", "role": "string", "purpose": "string",
        "on_behalf_of": "string", "paragraphs": "int32", "words": "int32",
    },
    "paragraphs": {
        "symbol": "string", "turn_number": "int32", "paragraph_number": "int32", "locus": "string",
        "capacity": "string",
        "affiliation_code": "string", "language": "string", "words": "int32", "text": "string",
        "page": "int32", "start": "int64", "end": "int64",
    },
    "votes": {
        "symbol": "string", "date": "string", "vote_number": "int32", "method": "string",
        "draft": "string", "resolution": "string", "outcome": "string", "state": "string",
        "code": "string", "cast": "string",
    },
    "members": {
        "symbol": "string", "date": "string", "state": "string", "code": "string",
        "label": "string", "honorific": "string", "name": "string", "presides": "bool",
    },
    "documents": {"symbol": "string", "document": "string", "label": "string"},
}  # fmt: skip


def tables(record: Record) -> dict[TableName, list[Row]]:
    """Return a record as rows of five tables.

    Turns and paragraphs are counted from 1; ``start`` and ``end`` are offsets in the source
    of the first stretch of a paragraph, ``page`` its page where there are pages.

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> made = tables(specimen("en"))
    >>> len(made["turns"]), [row["cast"] for row in made["votes"]].count("against")
    (18, 7)
    """
    if not record.body:
        raise NothingToPublish(f"{called(record)} has no body: no tables to make")
    return {
        "turns": list(_turns(record)),
        "paragraphs": list(_paragraphs(record)),
        "votes": list(_votes(record)),
        "members": list(_members(record)),
        "documents": [
            {"symbol": record.symbol, "document": d.symbol, "label": d.label}
            for d in record.documents
        ],
    }


def publish_csv(record: Record) -> dict[str, bytes]:
    """Return a record as CSV files (RFC 4180, UTF-8), by their names; see :func:`tables`."""
    out: dict[str, bytes] = {}
    for name, rows in tables(record).items():
        text = io.StringIO()
        writer = csv.DictWriter(text, list(COLUMNS[name]))
        writer.writeheader()
        writer.writerows(rows)
        out[f"{name}.csv"] = text.getvalue().encode()
    return out


def publish_parquet(record: Record) -> dict[str, bytes]:
    """Return a record as Parquet files, by their names; see :func:`tables`.

    Raises:
        CannotBeSet: a page or a place in the source has a number that no column holds.
        ToolMissing: the package pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ToolMissing(
            "Parquet is written with the package pyarrow: install it with"
            " pip install 'mahdar[publish]'"
        ) from None
    out: dict[str, bytes] = {}
    for name, rows in tables(record).items():
        fields = [(column, getattr(pyarrow, kind + ("_" if kind == "bool" else ""))())
                  for column, kind in COLUMNS[name].items()]  # fmt: skip
        try:
            table = pyarrow.Table.from_pylist(rows, schema=pyarrow.schema(fields, METADATA))
        except (pyarrow.ArrowException, OverflowError) as error:
            raise CannotBeSet(
                f"{called(record)} does not fit into its tables ({error}); publish it as CSV"
                " or JSON"
            ) from None
        held = pyarrow.BufferOutputStream()
        pyarrow.parquet.write_table(table, held)
        out[f"{name}.parquet"] = held.getvalue().to_pybytes()
    return out


def _turns(record: Record) -> Iterator[Row]:
    for number, turn in enumerate(record.turns(), 1):
        body = turn.affiliation
        yield {
            "symbol": record.symbol, "date": record.date, "record_language": record.language,
            "turn_number": number, "locus": str(Locus("t", number)), "label": turn.label,
            "honorific": turn.speaker.honorific,
            "name": turn.speaker.name, "capacity": turn.capacity,
            "affiliation": body.label if body else None,
            "affiliation_kind": body.kind if body else None,
            "affiliation_code": body.code if body else None, "language": turn.language,
            "interpreted": turn.interpreted, "role": turn.role, "purpose": turn.purpose,
            "on_behalf_of": turn.on_behalf_of, "paragraphs": len(turn.all_paragraphs()),
            "words": turn.words(),
        }  # fmt: skip


def _paragraphs(record: Record) -> Iterator[Row]:
    for number, turn in enumerate(record.turns(), 1):
        count = 0
        for part in turn.all_parts():
            for paragraph in part.paragraphs:
                count += 1
                span = paragraph.spans[0] if paragraph.spans else None
                yield {
                    "symbol": record.symbol, "turn_number": number, "paragraph_number": count,
                    "locus": str(Locus("t", number, count)),
                    "capacity": part.capacity,
                    "affiliation_code": part.affiliation.code if part.affiliation else None,
                    "language": part.language or turn.language,
                    "words": len(paragraph.text.split()), "text": paragraph.text,
                    "page": span.page if span else None, "start": span.start if span else None,
                    "end": span.end if span else None,
                }  # fmt: skip


def _votes(record: Record) -> Iterator[Row]:
    decided = {d.vote_index: d for d in record.decisions if d.vote_index is not None}
    votes = [(n, item) for n, item in enumerate(record.body) if isinstance(item, Vote)]
    for count, (number, vote) in enumerate(votes, 1):
        decision = decided.get(number)
        lists: tuple[tuple[str, tuple[State, ...]], ...] = (
            ("in_favour", vote.in_favour), ("against", vote.against),
            ("abstaining", vote.abstaining), ("not_participating", vote.not_participating),
        )  # fmt: skip
        for cast, states in lists:
            for state in states:
                yield {
                    "symbol": record.symbol, "date": record.date, "vote_number": count,
                    "method": vote.method,
                    "draft": (decision.symbol or decision.draft) if decision else None,
                    "resolution": decision.number if decision else None,
                    "outcome": decision.outcome if decision else None,
                    "state": state.label, "code": state.code, "cast": cast,
                }  # fmt: skip


def _members(record: Record) -> Iterator[Row]:
    for member in record.members:
        who = member.representative
        yield {
            "symbol": record.symbol, "date": record.date, "state": member.state.label,
            "code": member.state.code, "label": who.label, "honorific": who.honorific,
            "name": who.name, "presides": member.presides,
        }  # fmt: skip
