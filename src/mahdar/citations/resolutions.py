"""Resolutions and decisions cited in words: "resolution 2448 (2018)", "القرار ٢٦٤/٦٧"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from mahdar.citations.numerals import roman
from mahdar.citations.words import CitingWords, any_of, citing_words
from mahdar.languages.fold import plain_digits
from mahdar.model.mention import Mention, MentionKind
from mahdar.tsv import table_rows

_YEARS = range(1946, 2100)
# The session of the thirty-first Assembly (1976) was the first whose resolutions bear a stroke.
_FIRST_STROKE = 31
_LAST_SESSION = 99
_MARGIN = 12
_RIGHT_BEHIND = 20
_NUMBER = (
    r"(?:(?P<number>\d{1,4})\s?[(（]\s?(?:(?P<year>\d{4})|(?P<session>[IVXLC]+|(?:ES|S)-[IVXLC]+)"
    r"|(?P<arabic>د\s?[إا]?\s?ط?\s?[-–]\s?\d{1,2}))\s?[)）]"
    r"|(?P<first>\d{1,4}|(?:ES|S)-\d{1,2})/(?P<second>\d{1,4}|(?:ES|S)-\d{1,2})(?!/?\d)"
    r"(?:\s?(?P<letter>[A-Z])(?![\w.'’]))?)"
)

_ALONE = re.compile(r"(?P<number>\d(?<![\d/.(\-].)\d{0,3})\s?[(（]\s?(?P<year>\d{4})\s?[)）]")


class _Patterns(msgspec.Struct, frozen=True):
    words: CitingWords
    trigger: re.Pattern[str]
    number: re.Pattern[str]
    join: re.Pattern[str]
    after: re.Pattern[str]
    before: re.Pattern[str] | None
    bodies: list[tuple[str, re.Pattern[str]]]


@functools.cache
def _patterns(language: str) -> _Patterns:
    words = citing_words(language)
    between = rf"(?:\s*{any_of(words.between)}\s*)*" if words.between else ""
    kinds = any_of([*words.resolution, *words.decision])  # flat: searched for by first letters
    return _Patterns(
        words,
        re.compile(rf"(?P<word>{kinds})\s*{between}[:«\"“]?\s*(?={_plain(_NUMBER)})"),
        re.compile(_NUMBER),
        re.compile(rf"(?:{words.dated})?\s*{any_of(words.joins)}\s*第?"),
        re.compile(rf"\s*(?P<word>{kinds})"),
        re.compile(rf"{any_of(words.pins_before)}\s*$") if words.pins_before else None,
        [(code, re.compile(any_of(names))) for code, names in words.bodies.items()],
    )


def _plain(pattern: str) -> str:
    """Take the names out of a pattern's groups, so that it may stand twice."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


@functools.cache
def last_resolutions() -> dict[int, int]:
    """Return, for each year, the number of the last resolution that the Council adopted in it."""
    rows = table_rows("mahdar.citations", "council_resolutions.tsv")
    return {int(row["year"]): int(row["last"]) for row in rows}


def fits_year(number: int, year: int) -> bool:
    """Return whether the Council can have adopted a resolution of this number in this year.

    >>> fits_year(2448, 2018), fits_year(2448, 2013)
    (True, False)
    """
    last = last_resolutions()
    if year not in last:  # no table of the future
        return True
    low, high = last.get(year - 1, 0) - _MARGIN, last[year] + _MARGIN
    return low < number <= high


def find_resolutions(text: str, language: str) -> Iterator[Mention]:
    """Find the resolutions and decisions that a text cites in words.

    Args:
        text: as printed.
        language: ISO 639-1.

    >>> [m.id for m in find_resolutions("resolutions 48/218 B and 54/244", "en")]
    ['A/RES/48/218B', 'A/RES/54/244']
    >>> [m.id for m in find_resolutions("قرار مجلس حقوق الإنسان ١٨/١٦", "ar")]
    ['A/HRC/RES/16/18']
    >>> [m.id for m in find_resolutions("安理会第2118(2013)号决议", "zh")]
    ['S/RES/2118(2013)']
    """
    patterns = _patterns(language)
    chains = _chains_after(text, patterns) if patterns.words.after else _chains(text, patterns)
    pairs = list(chains)
    straight = _reads_straight(pairs, patterns.words.turned)
    taken: set[int] = set()
    for start, matches, kind in pairs:
        for position, match in enumerate(matches):
            begin = start if position == 0 else match.start()
            taken.add(match.start())
            mention = _mention(text, begin, match, kind, patterns, straight)
            if mention:
                yield mention
    for match in _ALONE.finditer(text):
        number, year = int(match["number"]), int(match["year"])
        if match.start() in taken or year not in _YEARS:
            continue
        if number >= 10 and fits_year(number, year):
            yield Mention(
                match.start(), match.end(), match.group(), "resolution",
                f"S/RES/{number}({year})", "SC",
                why="a number and a year that a resolution of the Council has", score=0.8,
            )  # fmt: skip


_Chain = tuple[int, list[re.Match[str]], MentionKind]


def _chains(text: str, patterns: _Patterns) -> Iterator[_Chain]:
    """Yield where each citation begins, its numbers, and whether of resolutions or decisions."""
    for trigger in patterns.trigger.finditer(text):
        kind: MentionKind = _kind(trigger["word"], patterns)
        numbers: list[re.Match[str]] = []
        at: int | None = trigger.end()
        while at is not None and (number := patterns.number.match(text, at)):
            numbers.append(number)
            join = patterns.join.match(text, number.end())
            at = join.end() if join else None
        if numbers:
            yield trigger.start(), numbers, kind


def _chains_after(text: str, patterns: _Patterns) -> Iterator[_Chain]:
    """The same where the word follows the numbers, as in Chinese."""
    numbers: list[re.Match[str]] = []
    for number in patterns.number.finditer(text):
        if numbers and not patterns.join.fullmatch(text, numbers[-1].end(), number.start()):
            numbers = []
        numbers.append(number)
        word = patterns.after.match(text, number.end())
        if word:
            yield numbers[0].start(), numbers, _kind(word["word"], patterns)
            numbers = []


def _kind(word: str, patterns: _Patterns) -> MentionKind:
    return "resolution" if word in patterns.words.resolution else "decision"


def _reads_straight(chains: list[_Chain], turned: bool) -> bool:
    """Return whether the text's pairs stand session first, by those that can be read one way only.

    Arabic is printed number first; a text that was typed from left to right is not.
    """
    votes = 0
    for _, matches, _ in chains:
        for match in matches:
            first, second = match["first"], match["second"]
            if not first or not first.isdigit() or not second.isdigit():
                continue
            one, other = _is_session(int(first)), _is_session(int(second))
            votes += (one and not other) - (other and not one)
    return not turned or votes > 0


def _is_session(number: int) -> bool:
    return _FIRST_STROKE <= number <= _LAST_SESSION


def _mention(
    text: str,
    begin: int,
    match: re.Match[str],
    kind: MentionKind,
    patterns: _Patterns,
    straight: bool,
) -> Mention | None:
    printed = text[begin : match.end()]
    what = "RES" if kind == "resolution" else "DEC"
    score, why = 1.0, f"a {kind} named by its number"
    identity: str | None
    organ: str | None
    if match["year"]:
        number, year = int(match["number"]), int(match["year"])
        if year not in _YEARS:
            return None
        identity, organ = f"S/{what}/{number}({year})", "SC"
        if kind == "resolution" and not fits_year(number, year):
            score, why = 0.5, f"the Council adopted no resolution {number} in {year}"
    elif match["number"]:
        roman = match["session"] or _session_of_arabic(match["arabic"])
        identity, organ = f"A/{what}/{int(match['number'])}({roman})", "GA"
    else:
        identity, organ, score, why = _of_pair(text, begin, match, what, patterns, straight)
    pin = None
    if patterns.before:
        before = patterns.before.search(text[max(0, begin - 60) : match.start()])
        pin = before.group().strip() if before else None
    return Mention(
        begin, match.end(), printed, kind, identity, organ, pin=pin, why=why, score=score
    )


def _of_pair(
    text: str, begin: int, match: re.Match[str], what: str, patterns: _Patterns, straight: bool
) -> tuple[str, str, float, str]:
    """Return symbol, organ, score and reason of a number with a stroke."""
    first, second = plain_digits(match["first"]), plain_digits(match["second"])
    letter = match["letter"] or ""
    body = _body(text, begin, match.end(), patterns)
    if len(first) == 4 or len(second) == 4:
        year, number = (first, second) if len(first) == 4 else (second, first)
        return f"E/{what}/{year}/{number}", "ECOSOC", 1.0, "numbered by the year, as the Council's"
    if not first.isdigit() or not second.isdigit():
        session, number = (second, first) if first.isdigit() else (first, second)
        organ = "HRC" if body == "HRC" else "GA"
        series = f"A/HRC/{what}" if organ == "HRC" else f"A/{what}"
        return f"{series}/{session}/{number}{letter}", organ, 1.0, "of a special session"
    one, other = _is_session(int(first)), _is_session(int(second))
    turn, score = not straight, 1.0
    if body == "HRC":
        session, number = (second, first) if turn else (first, second)
        return (
            f"A/HRC/{what}/{session}/{number}", "HRC", 1.0, "named as of the Human Rights Council"
        )  # fmt: skip
    if one != other:
        turn = other
    elif not one:
        session, number = (second, first) if turn else (first, second)
        return (
            f"A/HRC/{what}/{session}/{number}", "HRC", 0.7,
            "the Assembly has numbered so since its thirty-first session only",
        )  # fmt: skip
    else:
        score = 0.8
    session, number = (second, first) if turn else (first, second)
    why = "session and number, as the General Assembly counts"
    if turn:
        why += "; printed from the right, number first"
    return f"A/{what}/{session}/{number}{letter}", "GA", score, why


def _body(text: str, begin: int, end: int, patterns: _Patterns) -> str | None:
    """Return the body named nearest before a citation, or right behind it."""
    before, behind = text[max(0, begin - 60) : end], text[end : end + 40]
    nearest, place = None, -1
    for code, pattern in patterns.bodies:
        for found in pattern.finditer(before):
            if found.start() > place:
                nearest, place = code, found.start()
        found_behind = pattern.search(behind) if code == "HRC" else None
        if found_behind and found_behind.start() < _RIGHT_BEHIND:
            return code
    return nearest


def _session_of_arabic(printed: str) -> str:
    """Return the session in Roman digits that ``د-٣٠`` names; ``دإ-٦`` is a special one."""
    number = int(re.sub(r"\D", "", printed))
    special = "ES-" if "ط" in printed else "S-" if re.search("[إا]", printed) else ""
    return special + roman(number)
