"""One person under several names: what the languages of a meeting print for who speaks.

In an archive somebody has a number for each way in which the name is spelt, in each script. Two are
one person where they have the same turn, for the same State or body, in two languages of one
meeting, and the names sound somewhat alike (docs/decisions/0016): the place among the turns is what
tells them to be one; the sound rules out that turns were counted otherwise.
"""

from __future__ import annotations

import msgspec

from mahdar.archive.tables import models
from mahdar.authority.sound import sounds_alike

_ALIKE = 0.45
_MEETINGS = 60
"""How many meetings are looked at, the newest first: more tell nothing new."""


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
    speeches = models.Speech.objects.using(alias).filter(
        record__current=True, kind="turn", turn__isnull=False
    )
    columns = ("record__key", "turn", "affiliation", "record__language")
    own = speeches.filter(person=person).order_by("-record__date", "record__key")
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
        held = speeches.filter(record_id__in=others, turn__in={row[2] for row in rows})
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
