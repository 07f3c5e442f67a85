"""How people are called: in lists by their name and for whom they last spoke.

There the name, which may be in another script, is set apart by the marks of direction of UAX 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mahdar.archive.spellings import Spelling, any_in_several_languages, same_people, spellings
from mahdar.archive.tables import models
from mahdar.web import names
from mahdar.web.opened import archive, stamp
from mahdar.web.remembered import Remembered

APART, END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_kept = Remembered(256)


def people_called(alias: str, numbers: Iterable[int]) -> Iterator[tuple[int, str, str]]:
    """Yield people: the number in the archive, the code, the name with the State or body.

    Args:
        alias: of the database.
        numbers: of the people in the archive.
    """
    table = models.Person.objects.using(alias).filter(pk__in=list(numbers))
    for pk, code, name, body in table.values_list("pk", "code", "name", "affiliation"):
        yield pk, code, f"{APART}{name}{END} ({names.body_name(body)})" if body else name


def printed_as(code: str) -> tuple[Spelling, ...]:
    """Return the names that the languages print for a person, the one with this code first."""
    return _kept.get((stamp(), code), lambda: spellings(archive().alias, code))


def other_codes(code: str) -> tuple[str, ...]:
    """Return the other codes of a person, as in other scripts."""
    return tuple(each.code for each in printed_as(code)[1:])


def merged(counts: Sequence[tuple[int, int]]) -> list[tuple[int, int, tuple[int, ...]]]:
    """Bring the counts of people together who are one in several scripts.

    Args:
        counts: numbers of people in the archive, with how often each.

    Returns:
        The number of each person by the name that this reader can read, how often, and all the
        numbers that are this person's; the most frequent first.
    """
    alias = archive().alias
    if not _kept.get((stamp(), "several"), lambda: any_in_several_languages(alias)):
        return [(number, count, (number,)) for number, count in counts]
    numbers = tuple(number for number, _ in counts)
    same = _kept.get(
        (stamp(), "same", numbers, names.interface()),
        lambda: same_people(alias, numbers, names.interface()),
    )
    sums: dict[int, int] = {}
    of: dict[int, list[int]] = {}
    for number, count in counts:
        sums[same[number]] = sums.get(same[number], 0) + count
        of.setdefault(same[number], []).append(number)
    order = sorted(sums, key=lambda number: -sums[number])
    return [(number, sums[number], tuple(of[number])) for number in order]


def without_marks(called: str) -> str:
    """Return how somebody is called as data have it: without the marks that set the name apart.

    >>> without_marks(f"{APART}Orlov{END} (Russia)")
    'Orlov (Russia)'
    """
    return called.replace(APART, "").replace(END, "")
