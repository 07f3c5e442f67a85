"""Which version of a record is current, and why: the one place that decides it.

What a person chose goes first; then what people corrected or composed, before what a program
read; then final before provisional; then the newer.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

import msgspec

from mahdar.archive.origins import Base, base_at
from mahdar.archive.store import Entry
from mahdar.archive.tables import models
from mahdar.model.address import Address

Why = Literal["choice", "people", "status", "age", "alone"]
_REASONS: tuple[Why, ...] = ("choice", "people", "status", "age")
"""What versions are told apart by, the weightiest first, as :func:`_rank` has them."""
_BY_PEOPLE = ("corrected", "composed")
_RANKED = ("pk", "version", "status", "origin", "digest")
_Rank = tuple[int, int, int, int]


class Version(Entry, frozen=True, kw_only=True):
    """A version of a record with where it comes from, and why it is current or not.

    ``origin`` is ``read``, ``corrected`` or ``composed``, ``by`` the program or the person (empty:
    not said); ``base`` the address of the version that it is based on (empty: of none, or of one
    that was never here), ``base_seal`` the seal of that, ``base_here`` whether it is here.
    ``depth`` tells how far down it stands from what was read. ``why`` is what the current version
    goes before the next one by, and what the others stand behind it by: a person's ``choice``
    (``chosen_by``, ``reason``), what ``people`` decided, ``status``, ``age``; ``alone`` where there
    is but one.
    """

    origin: str
    by: str
    added: datetime.datetime
    base: str = ""
    base_seal: str = ""
    base_here: bool = False
    depth: int = 0
    why: Why = "alone"
    chosen_by: str = ""
    reason: str = ""


class Choice(msgspec.Struct, frozen=True):
    """A ruling that holds: that a version is the current one; the latest has the highest order."""

    order: int
    who: str
    reason: str


Choices = Mapping[str, Choice]
"""By the digests of versions."""


def _rank(row: Any, choices: Choices) -> _Rank:
    """Return what a version is compared with others by; the highest is current."""
    choice = choices.get(row["digest"])
    return (
        choice.order if choice else 0, int(row["origin"] in _BY_PEOPLE),
        int(row["status"] == "final"), row["version"],
    )  # fmt: skip


def _why(mine: _Rank, other: _Rank) -> Why:
    return next(why for why, a, b in zip(_REASONS, mine, other, strict=True) if a != b)


def choices_of(alias: str, **wanted: Any) -> dict[tuple[str, str], dict[str, Choice]]:
    """Return the choices of people that hold, by key and language.

    Args:
        alias: of the database.
        wanted: narrows the rulings.
    """
    table = models.Ruling.objects.using(alias).filter(
        kind="current", taken_back_when=None, **wanted
    )
    found: dict[tuple[str, str], dict[str, Choice]] = defaultdict(dict)
    for order, ruling in enumerate(table.order_by("when", "identity"), 1):
        digest = msgspec.json.decode(ruling.what)["seal"]
        found[ruling.key, ruling.language][digest] = Choice(order, ruling.who, ruling.reason)
    return found


COLUMNS = (
    *Entry.__struct_fields__, "origin", "by", "based_on", "base_digest", "added", "digest",
)  # fmt: skip
"""What the table of records says of a version."""


def settle(alias: str, key: str, language: str) -> dict[int, Why]:
    """Make the version current that goes first; call it whenever one comes, goes, or is chosen.

    Args:
        alias: of the database, within :func:`mahdar.archive.keep.writing`.
        key: of the record.
        language: of the record.

    Returns:
        The numbers in the database of the versions, the current one first, and for each other
        what it stands behind that by.
    """
    table = models.Record.objects.using(alias).filter(key=key, language=language)
    choices = choices_of(alias, key=key, language=language).get((key, language), {})
    ranked = [(_rank(row, choices), row["pk"]) for row in table.values(*_RANKED)]
    if not ranked:
        return {}
    ranked.sort(reverse=True)
    first, best = ranked[0]
    table.filter(current=True).exclude(pk=best).update(current=False)
    table.filter(pk=best, current=False).update(current=True)
    return {pk: "alone" if pk == best else _why(rank, first) for rank, pk in ranked}


def descents(alias: str, found: Any) -> list[Version]:
    """Return versions of records, each after the one that it is based on.

    Args:
        alias: of the database.
        found: a query of whole records in one order: all versions of each, or the reasons why
            they are current are wrong.
    """
    return arrange(alias, found.values(*COLUMNS))


def arrange(alias: str, rows: Iterable[dict[str, Any]]) -> list[Version]:
    """Return versions of records as :func:`descents` does, from rows with :data:`COLUMNS`."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["key"], row["language"]].append(row)
    several = [where for where, rows in groups.items() if len(rows) > 1]
    narrowed = {"key": several[0][0]} if len({key for key, _ in several}) == 1 else {}
    choices = choices_of(alias, **narrowed) if several else {}  # nobody chooses among one
    return [
        version
        for where, rows in groups.items()
        for version in _descent(alias, rows, choices.get(where, {}))
    ]


def _descent(alias: str, rows: list[dict[str, Any]], choices: Choices) -> list[Version]:
    """Return the versions of one record as a tree, written down line by line."""
    ranks = sorted((_rank(row, choices) for row in rows), reverse=True)
    by_digest = {row["digest"]: row for row in rows}
    out = []
    for row, depth in _tree(rows, by_digest):
        rank = _rank(row, choices)
        other = ranks[1] if rank == ranks[0] and len(ranks) > 1 else ranks[0]
        choice = choices.get(row["digest"])
        out.append(
            Version(
                **{name: row[name] for name in Entry.__struct_fields__},
                origin=row["origin"], by=row["by"], added=row["added"],
                **_base(alias, row, by_digest), depth=depth,
                why="alone" if rank == other else _why(rank, other),
                chosen_by=choice.who if choice else "", reason=choice.reason if choice else "",
            )
        )  # fmt: skip
    return out


def _tree(
    rows: list[dict[str, Any]], by_digest: Mapping[str, dict[str, Any]]
) -> Iterator[tuple[dict[str, Any], int]]:
    """Yield each version once, after what it is based on, with its depth, in order of number."""
    below: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    latest_first = sorted(rows, key=lambda row: -row["version"])
    for row in latest_first:
        parent = by_digest.get(row["base_digest"])
        below[parent["pk"] if parent else None].append(row)
    seen: set[int] = set()
    # Those of a circle, which files of several archives may make, come last.
    stack = [(row, 0) for row in latest_first] + [(row, 0) for row in below[None]]
    while stack:
        row, depth = stack.pop()
        if row["pk"] not in seen:
            seen.add(row["pk"])
            yield row, depth
            stack += [(child, depth + 1) for child in below[row["pk"]]]


def _base(
    alias: str, row: dict[str, Any], by_digest: Mapping[str, dict[str, Any]]
) -> dict[str, Any]:
    seal = row["base_digest"]
    parent = by_digest.get(seal)
    if parent is not None:
        address = str(Address(parent["key"], parent["language"], parent["version"]))
        return {"base": address, "base_seal": seal, "base_here": True}
    here = bool(seal) and base_at(alias, row["based_on"]) == Base(row["based_on"], seal)
    return {"base": row["based_on"], "base_seal": seal, "base_here": here}
