"""What the archive has of one State, body, person, topic or document: by year, by whom, on what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import msgspec
from django.db.models import Count, Q, Sum

from mahdar.archive.once import left_out
from mahdar.archive.tables import models
from mahdar.resolving.citing import NOT_CITED

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed
    from mahdar.search.searching import Searcher

What = Literal["state", "organisation", "person", "topic", "document"]

_EVERY_YEAR = 200
_SOME = 24
_MOST = 12
_PRINTED = {"kind": "turn"}


class Cited(msgspec.Struct, frozen=True):
    """Something that is cited or named: its kind, what it is, how often."""

    kind: str
    target: str
    times: int


class Profile(msgspec.Struct, frozen=True):
    """What the archive has of somebody or something.

    ``query`` finds the speeches; ``years``, ``topics``, ``states``, ``speakers`` (numbers of
    people) count them, the most frequent first but years in order; ``cites`` is what is cited
    most in them; ``named_by`` counts by State the speeches that name or cite it.
    """

    what: What
    code: str
    query: str
    speeches: int
    years: tuple[tuple[str, int], ...]
    organs: tuple[tuple[str, int], ...]
    topics: tuple[tuple[str, int], ...]
    states: tuple[tuple[str, int], ...]
    speakers: tuple[tuple[str, int], ...]
    cites: tuple[Cited, ...]
    named_query: str
    named: int
    named_by: tuple[tuple[str, int], ...]
    named_years: tuple[tuple[str, int], ...]


def _quoted(value: str) -> str:
    return '"' + value.replace('"', "") + '"'


def query_for(what: What, code: str, also: Sequence[str] = (), *, once: str = "") -> str:
    """Return the question that finds what somebody said, or what was said on something.

    Args:
        what: kind of thing.
        code: of it; see :func:`profile`.
        also: other codes of the same, as of one person in other scripts.
        once: take each speech once: in this language, where its meeting is there in several.

    >>> query_for("state", "TCD"), query_for("person", "RUS:churkin", once="fr")
    ('state:TCD kind:turn', 'speaker:"RUS:churkin" kind:turn once:fr')
    >>> query_for("person", "RUS:churkin", ["RUS:tshwrkyn"])
    '(speaker:"RUS:churkin" OR speaker:"RUS:tshwrkyn") kind:turn'
    """
    field = {"state": "state", "organisation": "for", "person": "speaker", "topic": "topic",
             "document": "cites"}[what]  # fmt: skip
    values = [c if c.replace("_", "").isalnum() else _quoted(c) for c in (code, *also)]
    return _any_of(field, values, once)


def _any_of(field: str, values: Sequence[str], once: str) -> str:
    any_of = " OR ".join(f"{field}:{value}" for value in values)
    whole = f"({any_of})" if len(values) > 1 else any_of
    return f"{whole} kind:turn once:{once}" if once else f"{whole} kind:turn"


def named_query(what: What, code: str, also: Sequence[str] = (), *, once: str = "") -> str:
    """Return the question that finds who names somebody; empty for what is cited, not named.

    >>> named_query("state", "TCD"), named_query("topic", "sanctions")
    ('mentions:"TCD" kind:turn', '')
    """
    if what in ("state", "organisation", "person"):
        return _any_of("mentions", [_quoted(each) for each in (code, *also)], once)
    return ""


def profile(
    archive: Indexed,
    searcher: Searcher,
    what: What,
    code: str,
    also: Sequence[str] = (),
    *,
    once: str = "",
) -> Profile:
    """Return what the archive has of somebody or something.

    Args:
        archive: to count in.
        searcher: of it.
        what: kind of thing.
        code: of it: ISO 3166-1 alpha-3, the acronym of a body, ``Person.code``, the code of a
            topic, the canonical symbol of a document.
        also: other codes of the same, as of one person in other scripts.
        once: count each speech once: in this language, where its meeting is there in several;
            each language of it is counted where this is empty.
    """
    query = query_for(what, code, also, once=once)
    facets = {"year": _EVERY_YEAR, "organ": 8, "topic": _SOME, "state": _SOME, "speaker": _SOME}
    counted = searcher.tally(query, facets)
    named = named_query(what, code, also, once=once)
    named_by = searcher.tally(named, {"state": _SOME, "year": _EVERY_YEAR}) if named else {}
    cites = cited_most(archive, what, (code, *also), once=once)
    return Profile(
        what, code, query, counted[""][0][1], tuple(sorted(counted["year"])),
        tuple(counted["organ"]), tuple(counted["topic"]), tuple(counted["state"]),
        tuple(counted["speaker"]), tuple(cites), named,
        named_by[""][0][1] if named_by else 0, tuple(named_by.get("state", ())),
        tuple(sorted(named_by.get("year", ()))),
    )  # fmt: skip


def cited_most(
    archive: Indexed, what: What, codes: Sequence[str], size: int = _MOST, *, once: str = ""
) -> list[Cited]:
    """Return what somebody cites most: documents, resolutions, articles.

    Args:
        archive: to count in.
        what: ``state``, ``organisation`` or ``person``; nothing for the others.
        codes: of it.
        size: how many rows.
        once: see :func:`profile`.
    """
    chosen = {
        "state": Q(element__affiliation__in=codes),
        "organisation": Q(element__affiliation__in=codes),
        "person": Q(element__person__code__in=codes),
    }.get(what)  # fmt: skip
    if chosen is None:
        return []
    table = models.Mention.objects.using(archive.alias).filter(
        chosen, element__record__current=True, element__kind="turn"
    ).exclude(kind__in=NOT_CITED)  # fmt: skip
    if once:
        table = table.exclude(element__record__in=left_out(archive.alias, once))
    rows = table.values_list("kind", "target").annotate(times_=Sum("times"))
    return [Cited(*row) for row in rows.order_by("-times_", "target")[:size]]


def most_cited(
    archive: Indexed,
    *,
    kind: str | None = None,
    begins: str = "",
    start: int = 0,
    size: int = 50,
    once: str = "",
) -> list[tuple[Cited, int]]:
    """Return what is cited most in the archive, and in how many speeches.

    Args:
        archive: to count in.
        kind: only this kind of thing; all that can be cited without it.
        begins: how its symbol begins.
        start: how many rows to pass over.
        size: how many rows.
        once: see :func:`profile`.
    """
    table = models.Mention.objects.using(archive.alias).filter(element__record__current=True)
    table = table.filter(kind=kind) if kind else table.exclude(kind__in=NOT_CITED)
    if begins:
        table = table.filter(target__startswith=begins)
    if once:
        table = table.exclude(element__record__in=left_out(archive.alias, once))
    rows = table.values_list("kind", "target").annotate(
        total=Sum("times"), within=Count("element_id", distinct=True)
    )
    return [
        (Cited(kind_, target, total), within)
        for kind_, target, total, within in rows.order_by("-total", "target")[start : start + size]
    ]
