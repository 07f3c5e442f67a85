"""References within a meeting: "my Moroccan colleague", "the previous speaker"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from importlib import resources

import msgspec

from mahdar.authority.council import council_president
from mahdar.authority.finder import STATE_FILES
from mahdar.authority.tables import names
from mahdar.languages import Language
from mahdar.model import Mention, Record, Turn
from mahdar.model.address import Locus

_SHARED = 4
_LONGEST_ENDING = 6


class _Words(msgspec.Struct, frozen=True):
    colleague: list[str]
    secretary_general: list[str]
    previous: list[str]
    predecessor: list[str]
    demonyms: dict[str, str]


@functools.cache
def _words() -> dict[str, _Words]:
    file = resources.files("mahdar.resolving") / "references.toml"
    return msgspec.toml.decode(file.read_bytes(), type=dict[str, _Words])


@functools.cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    words = _words()[language]
    lists = (words.colleague, words.secretary_general, words.previous, words.predecessor)
    # Groups of one name may not stand twice in one pattern.
    return (
        *(re.compile(p) for p in lists[0]),
        *(re.compile("|".join(patterns)) for patterns in lists[1:]),
    )


def find_references(
    text: str, at: int, turns: Sequence[Turn], record: Record, language: Language
) -> Iterator[Mention]:
    """Find what refers to an earlier turn or to the last President, where the record is certain.

    Args:
        text: a paragraph of the turn.
        at: number of the turn that is speaking, from 1.
        turns: of the record.
        record: whose date and organ tell who presided.
        language: of the record.
    """
    code = language.data.code
    *colleagues, general, previous, predecessor = _patterns(code)
    for pattern in colleagues:
        for match in pattern.finditer(text):
            turn = _turn_of(match["who"], at, turns, language)
            if turn is not None:
                yield _mention(match, turn, "the only earlier speaker of that nationality")
    for match in general.finditer(text):
        spoke = [
            n
            for n, turn in enumerate(turns[: at - 1], 1)
            if turn.capacity == "secretariat" and not turn.speaker.name
        ]
        if spoke:
            yield _mention(match, spoke[-1], "the Secretary-General's turn before")
    for match in previous.finditer(text):
        others = [n for n, turn in enumerate(turns[: at - 1], 1) if turn.capacity != "president"]
        if others:
            yield _mention(match, others[-1], "the last to speak before, the Chair aside")
    if record.organ == "SC" and record.date:
        for match in predecessor.finditer(text):
            state = council_president(_month_before(record.date))
            if state:
                yield Mention(
                    match.start(), match.end(), match.group(), "state", state,
                    why="presided over the Council the month before", score=0.8,
                )  # fmt: skip


def _mention(match: re.Match[str], turn: int, why: str) -> Mention:
    return Mention(
        match.start(),
        match.end(),
        match.group(),
        "turn",
        str(Locus("t", turn)),
        turn_number=turn,
        why=why,
        score=0.9,
    )


def _month_before(date: str) -> str:
    year, month = int(date[:4]), int(date[5:7])
    return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02d}"


def _turn_of(who: str, at: int, turns: Sequence[Turn], language: Language) -> int | None:
    """Return the last turn before of the one State that a word of nationality can mean."""
    words = _words()[language.data.code]
    states = {
        turn.affiliation.code: number
        for number, turn in enumerate(turns[: at - 1], 1)
        if turn.affiliation and turn.affiliation.kind == "state" and turn.affiliation.code
    }
    irregular = words.demonyms.get(who)
    if irregular:
        return states.get(irregular)
    stem = _bare(who, language)
    found = {code for code in states if _shares(stem, code, language)}
    return states[found.pop()] if len(found) == 1 else None


@functools.lru_cache(maxsize=4096)
def _shares(stem: str, code: str, language: Language) -> bool:
    """Return whether a word begins as a word of the State's name does."""
    forms = [name for file in STATE_FILES for name in names(file, language.data.code).get(code, [])]
    shortest = 3 if language.data.writing.spaced else 2
    for form in forms:
        for word in [_bare(form, language), *(_bare(w, language) for w in form.split())]:
            shared = len(word)
            if language.data.writing.spaced:
                shared = min(_SHARED, len(stem), len(word))
            alike = shared >= shortest and stem[:shared] == word[:shared]
            if alike and abs(len(stem) - len(word)) <= _LONGEST_ENDING:
                return True
    return False


def _bare(word: str, language: Language) -> str:
    key = language.key(word)
    article = language.key(language.data.writing.article)
    return key.removeprefix(article) if article else key
