"""Who cites what, and who speaks with whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
from django.db.models import Count, Sum

from mahdar.archive.tables import models
from mahdar.resolving.citing import NOT_CITED
from mahdar.search.searching import open_searcher
from mahdar.study.groups import group_names

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

Who = Literal["state", "speaker"]
_SOME = 900


def citations(
    archive: Indexed,
    *,
    by: Who = "state",
    kind: str | None = None,
    where: str = "",
    size: int = 0,
) -> pa.Table:
    """Return who cites what, and how often.

    Args:
        archive: to count in.
        by: ``state`` or ``speaker``.
        kind: of what is cited (``resolution``, ``document``, ``state``, …); all that can be
            cited without it, States and bodies that are only named left out.
        where: only speeches that meet this question.
        size: how many rows at most, 0 for all.

    Returns:
        ``who``, its ``name``, ``kind``, ``cited``, ``times``, ``speeches`` that cite it, and
        ``of_speeches``, all that the same speaker or State made; the most frequent first.
    """
    field = "element__state" if by == "state" else "element__person_id"
    table = models.Mention.objects.using(archive.alias).filter(element__record__current=True)
    table = table.filter(kind=kind) if kind else table.exclude(kind__in=NOT_CITED)
    table = table.exclude(**{field: None})
    spoken = models.Element.objects.using(archive.alias).filter(record__current=True, kind="turn")
    times: Counter[tuple[str, str, str]] = Counter()
    speeches: Counter[tuple[str, str, str]] = Counter()
    of: Counter[str] = Counter()
    plain = field.removeprefix("element__")
    for chosen in _chosen(archive, where):
        rows, said = table, spoken.exclude(**{plain: None})
        if chosen is not None:
            rows, said = rows.filter(element_id__in=chosen), said.filter(pk__in=chosen)
        for who, what, target, count, in_speeches in rows.values_list(
            field, "kind", "target"
        ).annotate(total=Sum("times"), within=Count("element_id", distinct=True)):
            times[str(who), what, target] += count
            speeches[str(who), what, target] += in_speeches
        for who, count in said.values_list(plain).annotate(count=Count("pk")):
            of[str(who)] += count
    names = group_names(archive, by, sorted(of))
    out = [
        {
            "who": who, "name": names.get(who, who), "kind": what, "cited": target,
            "times": count, "speeches": speeches[who, what, target], "of_speeches": of[who],
        }
        for (who, what, target), count in sorted(times.items(), key=lambda i: (-i[1], i[0]))
    ]  # fmt: skip
    schema = pa.schema(
        [(name, pa.string()) for name in ("who", "name", "kind", "cited")]
        + [(name, pa.int64()) for name in ("times", "speeches", "of_speeches")]
    )
    return pa.Table.from_pylist(out[:size] if size else out, schema=schema)


def together(
    archive: Indexed, *, by: Who = "state", where: str = "", least: int = 2, size: int = 0
) -> pa.Table:
    """Return who speaks with whom: in how many meetings both take the floor.

    Args:
        archive: to count in.
        by: ``state`` or ``speaker``.
        where: only speeches that meet this question.
        least: in how many meetings both must speak.
        size: how many rows at most, 0 for all.

    Returns:
        Pairs ``one`` and ``other`` with their names, ``meetings`` in which both speak,
        ``of_one`` and ``of_other`` (in which each speaks), ``of_all`` meetings, and ``likeness``,
        the share of meetings of either that are of both (Jaccard); by meetings.
    """
    plain = "state" if by == "state" else "person_id"
    table = models.Element.objects.using(archive.alias).filter(record__current=True, kind="turn")
    table = table.exclude(**{plain: None})
    present: dict[str, set[str]] = defaultdict(set)
    for chosen in _chosen(archive, where):
        rows = table if chosen is None else table.filter(pk__in=chosen)
        # The languages of one meeting are one meeting.
        for key, who in rows.values_list("record__key", plain).distinct():
            present[key].add(str(who))
    each: Counter[str] = Counter(who for held in present.values() for who in held)
    pairs: Counter[tuple[str, str]] = Counter(
        pair for held in present.values() for pair in combinations(sorted(held), 2)
    )
    names = group_names(archive, by, sorted(each))
    out = [
        {
            "one": one, "other": other, "name": names.get(one, one),
            "other_name": names.get(other, other), "meetings": count, "of_one": each[one],
            "of_other": each[other], "of_all": len(present),
            "likeness": count / (each[one] + each[other] - count),
        }
        for (one, other), count in sorted(pairs.items(), key=lambda i: (-i[1], i[0]))
        if count >= least
    ]  # fmt: skip
    schema = pa.schema(
        [(name, pa.string()) for name in ("one", "name", "other", "other_name")]
        + [(name, pa.int64()) for name in ("meetings", "of_one", "of_other", "of_all")]
        + [("likeness", pa.float64())]
    )
    return pa.Table.from_pylist(out[:size] if size else out, schema=schema)


def _chosen(archive: Indexed, where: str) -> list[list[int] | None]:
    """Return the numbers of the speeches that meet a question, in lots that a database takes."""
    if not where.strip():
        return [None]
    found = sorted(open_searcher(archive).elements(where))
    return [found[n : n + _SOME] for n in range(0, len(found), _SOME)]
