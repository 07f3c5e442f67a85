"""Meetings for lists: each once, with the languages its record is there in."""

from __future__ import annotations

import msgspec
from django.db.models import QuerySet

from mahdar.archive.models import Record
from mahdar.web.opened import archive

_FIELDS = ("pk", "key", "date", "organ", "title", "language", "status", "turns", "words", "version")


class Meeting(msgspec.Struct, frozen=True):
    """A meeting: the record of it that suits the reader, and the languages there are."""

    pk: int
    key: str
    date: str | None
    organ: str | None
    title: str
    language: str
    status: str
    turns: int
    words: int
    languages: tuple[str, ...]


def meetings(
    prefer: str,
    *,
    size: int = 50,
    before: tuple[str, str] | None = None,
    organ: str | None = None,
    year: int | None = None,
    begins: str = "",
) -> tuple[list[Meeting], tuple[str, str] | None]:
    """Return meetings, the latest first, and from where to go on.

    Args:
        prefer: the language in which to show them, where it is there.
        size: how many.
        before: the date and symbol that another call ended with.
        organ: only this organ.
        year: only this year.
        begins: how their symbols begin.
    """
    table = Record.objects.using(archive().alias).filter(current=True)
    if organ:
        table = table.filter(organ=organ)
    if year:
        table = table.filter(year=year)
    if begins:
        table = table.filter(key__startswith=begins)
    keys = _keys(table, size + 1, before)
    more = len(keys) > size
    keys = keys[:size]
    rows: dict[str, list[Meeting]] = {}
    held = table.filter(key__in=[key for _, key in keys])
    for row in held.order_by("language").values(*_FIELDS):
        row.pop("version")
        rows.setdefault(row["key"], []).append(Meeting(**row, languages=()))
    out = []
    rank = {prefer: 0, "en": 1}
    for _, key in keys:
        of_key = rows[key]
        chosen = min(of_key, key=lambda m: rank.get(m.language, 2))
        languages = tuple(m.language for m in of_key)
        out.append(msgspec.structs.replace(chosen, languages=languages))
    return out, keys[-1] if more else None


def _keys(
    table: QuerySet[Record], size: int, before: tuple[str, str] | None
) -> list[tuple[str, str]]:
    """Return the dates and symbols of meetings, the latest first; those without a date last."""
    from django.db.models import Max, Value
    from django.db.models.functions import Coalesce

    grouped = table.values("key").annotate(day=Coalesce(Max("date"), Value("")))
    if before:
        from django.db.models import Q

        day, key = before
        grouped = grouped.filter(Q(day__lt=day) | Q(day=day, key__lt=key))
    rows = grouped.order_by("-day", "-key").values_list("day", "key")[:size]
    return [(day, key) for day, key in rows]
