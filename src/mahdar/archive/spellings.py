"""One person under several names: what the languages of a meeting print for who speaks.

In an archive somebody has a number for each way in which the name is spelt, in each script. Two are
one person where they have the same turn, for the same State or body, in two languages of one
meeting, and the names sound somewhat alike (docs/decisions/0016): the place among the turns is what
tells them to be one; the sound rules out that turns were counted otherwise.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from typing import Any

import msgspec
from django.db.models import Count, QuerySet

from mahdar.archive.tables import models
from mahdar.authority.sound import sounds_alike

_ALIKE = 0.45
_MEETINGS = 60
"""How many meetings are looked at, the newest first: more tell nothing new."""
_ROWS = 10_000
"""How many elements are looked at for several people, likewise."""


class Spelling(msgspec.Struct, frozen=True):
    """A name of a person, by its code in the archive; ``languages`` are those that print it."""

    code: str
    name: str
    languages: tuple[str, ...]


def spellings(alias: str, code: str) -> tuple[Spelling, ...]:
    """Return the names of a person, the given one first, the others by language.

    Args:
        alias: of the database.
        code: of a person (``RUS:churkin``); nothing is returned where there is none.
    """
    person = models.Person.objects.using(alias).filter(code=code).first()
    if person is None:
        return ()
    elements = models.Element.objects.using(alias).filter(
        record__current=True, kind="turn", turn_number__isnull=False
    )
    columns = ("record__key", "turn_number", "affiliation", "record__language")
    own = elements.filter(person=person).order_by("-record__date", "record__key")
    rows = list(own.values_list("record_id", *columns).distinct())
    languages: dict[tuple[str, str], set[str]] = {
        (person.code, person.name): {row[4] for row in rows}
    }
    keys = list(dict.fromkeys(row[1] for row in rows))[:_MEETINGS]
    rows = [row for row in rows if row[1] in keys]
    places = {row[1:4] for row in rows}
    beside = models.Record.objects.using(alias).filter(current=True, key__in=keys)
    others = list(beside.exclude(pk__in={row[0] for row in rows}).values_list("pk", flat=True))
    if others:
        held = elements.filter(record_id__in=others, turn_number__in={row[2] for row in rows})
        held = held.exclude(person=None).exclude(person=person)
        for code_, name, *place, language in held.values_list(
            "person__code", "person__name", *columns
        ):
            if tuple(place) in places and sounds_alike(person.name, name) >= _ALIKE:
                languages.setdefault((code_, name), set()).add(language)
    first, *more = (
        Spelling(code_, name, tuple(sorted(found))) for (code_, name), found in languages.items()
    )
    return first, *sorted(more, key=lambda each: (each.languages, each.code))


def any_in_several_languages(alias: str) -> bool:
    """Tell whether any meeting of an archive is there in more than one language."""
    return _in_several_languages(alias).exists()


def _in_several_languages(alias: str) -> QuerySet[Any, Any]:
    """Return the keys of the meetings that are there in more than one language."""
    records = models.Record.objects.using(alias).filter(current=True)
    counted = records.values("key").annotate(languages=Count("pk")).filter(languages__gt=1)
    return counted.values("key")


def same_people(alias: str, numbers: Collection[int], prefer: str) -> dict[int, int]:
    """Return who of some people are one person, by the rule of :func:`spellings`.

    Args:
        alias: of the database.
        numbers: of the people.
        prefer: the language whose name a person goes by where it prints one (ISO 639-1).

    Returns:
        For each number the one that the person goes by: that of the name in the preferred
        language, else the English one, else the first given.
    """
    rows = (
        models.Element.objects.using(alias)
        .filter(
            person_id__in=numbers, kind="turn", turn_number__isnull=False, record__current=True,
            record__key__in=_in_several_languages(alias),
        )
        .order_by("-record__date", "record__key", "turn_number")
        .values_list("record__key", "turn_number", "affiliation", "person_id", "person__name",
                     "record__language")[:_ROWS]
    )  # fmt: skip
    places: dict[tuple[str, int | None, str | None], dict[int, str]] = {}
    languages: dict[int, set[str]] = {}
    for key, turn, affiliation, number, name, language in rows:
        if number is not None:
            places.setdefault((key, turn, affiliation), {})[number] = name
            languages.setdefault(number, set()).add(language)
    parent = {number: number for number in numbers}

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    for held in places.values():
        for (one, called), (other, also) in itertools.combinations(held.items(), 2):
            if root(one) != root(other) and sounds_alike(called, also) >= _ALIKE:
                parent[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(root(number), []).append(number)
    out = {}
    for group in groups.values():
        spoken = [languages.get(number, set()) for number in group]
        best = min(
            range(len(group)),
            key=lambda at: (prefer not in spoken[at], "en" not in spoken[at], at),
        )
        out.update(dict.fromkeys(group, group[best]))
    return out
