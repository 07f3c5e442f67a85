"""What the values of fields in a question stand for, within one archive."""

from __future__ import annotations

import functools

import msgspec
from rapidfuzz import fuzz

from mahdar.archive.once import left_out
from mahdar.archive.tables import models
from mahdar.authority.sound import latin, skeleton
from mahdar.citations import find_citations, find_symbols
from mahdar.languages import language_codes, load_language
from mahdar.search.compiling import Resolver
from mahdar.topics import find_topic

_ALIKE = 75.0
_NEARLY = 90.0
_SHORT = 2
_UNSAID = "ST"
_CODE = 3


def resolver(alias: str) -> Resolver:
    """Return what resolves the values of fields for an archive as it is now.

    Args:
        alias: of its database.
    """

    @functools.cache
    def others(language: str) -> tuple[int, ...]:
        return tuple(left_out(alias, language).values_list("serial", flat=True))

    return Resolver(
        names=functools.partial(speakers, alias),
        states=states,
        symbols=symbols,
        topics=lambda value: [found] if (found := find_topic(value)) else [],
        left_out=others,
    )  # fmt: skip


def speakers(alias: str, name: str) -> list[str]:
    """Return the numbers of the people whose name is a name, or sounds like it in another script.

    Args:
        alias: of the database.
        name: in any script; all its words must be in the name of a person, in any order. Or the
            code of a person (``RUS:churkin``), who then is the only one.
    """
    if ":" in name:
        held = models.Person.objects.using(alias).filter(code=name.strip())
        return [str(pk) for pk in held.values_list("pk", flat=True)]
    words = latin(name).split()
    if not words:
        return []
    people = _people(alias)
    found = [
        person.pk for person in people if set(words) <= person.words
    ]  # fmt: skip
    sound, script = skeleton(name), _script(name)
    parts = [part for part in map(skeleton, name.split()) if len(part) >= _SHORT] or [sound]
    heard: dict[int, list[tuple[float, int]]] = {}
    for person in people:
        if person.script != script:
            likeness = min(_sounds(part, person.sounds) for part in parts)
            if likeness:
                heard.setdefault(person.script, []).append((likeness, person.pk))
    for alike in heard.values():  # of each script those that sound most like it
        best = max(likeness for likeness, _ in alike)
        found += [pk for likeness, pk in alike if likeness == best]
    return [str(pk) for pk in dict.fromkeys(found)]


def _sounds(part: str, sounds: tuple[str, ...]) -> float:
    """Return how much a name sounds like one of several, 0 where it does not.

    A consonant may be heard otherwise, as Chinese does; that one is missing makes another name.
    """
    best = 0.0
    for sound in sounds:
        much = fuzz.ratio(part, sound, score_cutoff=_ALIKE)
        if len(sound) == len(part) or much >= _NEARLY or _silent(part, sound):
            best = max(best, much)
    return best


def _silent(one: str, other: str) -> bool:
    """Tell whether one has only a last consonant more, which French writes and does not say."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and longer[:-1] == shorter and longer[-1] in _UNSAID


class _Speaker(msgspec.Struct, frozen=True):
    pk: int
    words: frozenset[str]
    sounds: tuple[str, ...]
    script: int


_held: dict[str, tuple[int, list[_Speaker]]] = {}


def _people(alias: str) -> list[_Speaker]:
    """Return the people of an archive; read anew when there are new ones."""
    table = models.Person.objects.using(alias)
    last = table.order_by("-pk").values_list("pk", flat=True).first() or 0
    held = _held.get(alias)
    if held is None or held[0] != last:
        rows = table.values_list("pk", "latin", "name", "sound")
        held = (
            last,
            [
                _Speaker(pk, frozenset(words.split()), tuple(sound.split()), _script(name))
                for pk, words, name, sound in rows
            ],
        )
        _held[alias] = held
    return held[1]


def _script(name: str) -> int:
    """Tell scripts apart by the block of the first letter, Latin letters with marks as Latin."""
    first = next((ord(character) for character in name if character.isalpha()), 0)
    return 0 if first < 0x250 else first // 0x300


def states(value: str) -> list[str]:
    """Return the codes that a State or body is known by.

    >>> states("rus"), states("Russian Federation"), states("منظمة التعاون الإسلامي")
    (['RUS'], ['RUS'], ['OIC'])
    """
    from mahdar.authority.who import who

    plain = value.strip()
    if plain.isascii() and plain.isalpha() and (len(plain) == _CODE or plain.isupper()):
        known = _codes()
        if plain.upper() in known:
            return [plain.upper()]
    answers = [a for a in who(plain) if a.score == 1.0 and a.kind != "office"]
    return list(dict.fromkeys(a.code for a in answers))


@functools.cache
def _codes() -> frozenset[str]:
    from mahdar.authority.tables import names

    return frozenset(
        code
        for file in ("states.tsv", "states_other.tsv", "organisations.tsv")
        for language in language_codes()
        for code in names(file, language)
    )


def symbols(value: str) -> list[str]:
    """Return the identity of what is cited: of a symbol, or of a citation as people write it.

    >>> symbols("S/RES/1325(2000)"), symbols("resolution 1325 (2000)"), symbols("CHARTER/51")
    (['S/RES/1325(2000)'], ['S/RES/1325(2000)'], ['CHARTER/51'])
    """
    for found in find_symbols(value):
        return [found.canonical]
    for code in language_codes():
        for mention in find_citations(value, code):
            if mention.id and mention.kind != "date":
                return [mention.id]
    return [value.upper()] if "/" in value else []


def state_name(code: str, language: str = "en") -> str:
    """Return the name of a State, body or office; the code where none is known."""
    from mahdar.authority import organisation_name, printed_name
    from mahdar.authority.tables import names

    held = load_language(language if language in language_codes() else "en")
    office = names("offices.tsv", held.data.code).get(code, [""])[0]
    return printed_name(code, held) or organisation_name(code, held) or office or code
