"""One identity for one person, across records and languages; never by the name alone."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec

from mahdar.authority.sound import latin, sounds_alike, spelt_alike
from mahdar.errors import InputError
from mahdar.model import Affiliation, Person, Record

_YEARS = 12
"""People are seldom of one delegation for longer."""
_SPELT, _SOUNDS, _SOUNDS_IN_ONE_MEETING = 0.85, 0.75, 0.45


class Sighting(msgspec.Struct, frozen=True):
    """A person as one record has him or her."""

    record: str
    language: str
    date: str | None
    person: Person


class Merge(msgspec.Struct, frozen=True):
    """Why two sightings are of one person; ``score`` how sure that is."""

    one: str
    other: str
    why: str
    score: float


class Identity(msgspec.Struct, frozen=True):
    """One person across records: every sighting, and every merge that brought them together."""

    id: str
    names: tuple[str, ...]
    affiliation: str | None
    sightings: tuple[Sighting, ...]
    merges: tuple[Merge, ...] = ()


class Overrides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an editor decided: pairs of ``RECORD#id`` that are one person, or are not."""

    same: list[tuple[str, str]] = []
    different: list[tuple[str, str]] = []


def read_overrides(path: str | Path) -> Overrides:
    """Read a file of overrides: TOML with ``same`` and ``different``, lists of pairs.

    Args:
        path: of the file.

    Raises:
        InputError: the file is missing, is not UTF-8, or not of that form.
    """
    try:
        return msgspec.toml.decode(Path(path).read_bytes(), type=Overrides)
    except (OSError, UnicodeDecodeError, msgspec.MsgspecError) as error:
        why = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else error
        raise InputError(
            f"cannot use it as overrides: {why}; expected TOML with"
            ' same = [["S/PV.7050/ar#RUS:churkin", "..."]] and different = [...]',
            source=str(path),
        ) from error


def affiliation_of(affiliation: Affiliation) -> str:
    """Return the code of an affiliation, or what is printed where it has none."""
    return affiliation.code or affiliation.label


def person_id(name: str, affiliation: str | None) -> str:
    """Return the identity of a person in one record: for whom, and the name in Latin letters.

    >>> person_id("Чуркин", "RUS")
    'RUS:churkin'
    """
    where = latin(affiliation).upper().replace(" ", "-") if affiliation else "?"
    return f"{where}:{latin(name).replace(' ', '-')}"


def identify(records: Iterable[Record], overrides: Overrides | None = None) -> tuple[Identity, ...]:
    """Bring the people of several records together.

    Two are one where the State, body or office is the same, the dates are not too far apart
    and the names are spelt alike, or sound alike across scripts; in two languages of one
    meeting the place among the turns counts too. Names alone never suffice.

    Args:
        records: that were read.
        overrides: decisions that go before the rule.

    Returns:
        One identity a person, in the order of the first sighting.
    """
    overrides = overrides or Overrides()
    seen = [
        Sighting(f"{record.symbol or '?'}/{record.language}", record.language, record.date, person)
        for record in records
        for person in record.people
    ]
    keys = [f"{sighting.record}#{sighting.person.id}" for sighting in seen]
    parent = list(range(len(seen)))
    merges: list[tuple[int, Merge]] = []
    apart = {frozenset(pair) for pair in overrides.different}
    together = {frozenset(pair) for pair in overrides.same}

    def root(at: int) -> int:
        while parent[at] != at:
            at = parent[at]
        return at

    candidates: list[tuple[float, int, int, str]] = []
    groups: dict[str, list[int]] = {}
    for at, sighting in enumerate(seen):
        for where in {sighting.person.affiliation, sighting.person.office} - {None}:
            groups.setdefault(str(where), []).append(at)
    for at in range(len(seen)):
        for other in range(at):
            if frozenset((keys[at], keys[other])) in together:
                candidates.append((2.0, other, at, "an editor's override"))
    for where, members in groups.items():
        for position, at in enumerate(members):
            for other in members[:position]:
                score, why = _alike(seen[other], seen[at])
                if score:
                    candidates.append((score, other, at, f"both for {where}; {why}"))
    for score, one, other, why in sorted(candidates, key=lambda found: -found[0]):
        first, second = root(one), root(other)
        if first == second or _kept_apart(first, second, keys, root, apart):
            continue
        parent[max(first, second)] = min(first, second)
        merges.append((one, Merge(keys[one], keys[other], why, min(1.0, score))))
    return _identities(seen, [root(at) for at in range(len(seen))], merges, root)


def _kept_apart(
    first: int,
    second: int,
    keys: Sequence[str],
    find: Callable[[int], int],
    apart: set[frozenset[str]],
) -> bool:
    """Return whether an override forbids that two groups become one."""
    if not apart:
        return False
    ones = [keys[at] for at in range(len(keys)) if find(at) == first]
    others = [keys[at] for at in range(len(keys)) if find(at) == second]
    return any(frozenset((a, b)) in apart for a in ones for b in others)


def _alike(one: Sighting, other: Sighting) -> tuple[float, str]:
    """Return how sure it is that two sightings with one affiliation are of one person, and why."""
    if one.record == other.record:
        return 0.0, ""
    if one.date and other.date:
        days = abs((_day(one.date) - _day(other.date)).days)
        if days > _YEARS * 366:
            return 0.0, ""
    a, b = one.person.name, other.person.name
    if one.language == other.language:
        score = spelt_alike(a, b)
        return (score, f"spelt alike {score:.2f}") if score >= _SPELT else (0.0, "")
    score = sounds_alike(a, b)
    same_meeting = one.record.rsplit("/", 1)[0] == other.record.rsplit("/", 1)[0]
    same_turn = same_meeting and set(one.person.turn_numbers) & set(other.person.turn_numbers)
    if same_turn and score >= _SOUNDS_IN_ONE_MEETING:
        return min(1.0, score + 0.2), f"the same turn of one meeting; sounds alike {score:.2f}"
    return (score, f"sounds alike {score:.2f}") if score >= _SOUNDS else (0.0, "")


def _day(date: str) -> datetime.date:
    return datetime.date.fromisoformat(date)


def _identities(
    seen: list[Sighting],
    roots: list[int],
    merges: list[tuple[int, Merge]],
    find: Callable[[int], int],
) -> tuple[Identity, ...]:
    out = []
    for first in dict.fromkeys(roots):
        sightings = [sighting for sighting, at in zip(seen, roots, strict=True) if at == first]
        names = dict.fromkeys(s.person.name for s in sightings)
        in_latin = next((s.person.id for s in sightings if s.person.name.isascii()), None)
        own = tuple(merge for at, merge in merges if find(at) == first)
        out.append(
            Identity(
                in_latin or sightings[0].person.id,
                tuple(names),
                sightings[0].person.affiliation,
                tuple(sightings),
                own,
            )
        )
    return tuple(out)
