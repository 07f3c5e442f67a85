"""Articles and chapters of the Charter and other texts, rules of procedure, meetings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from mahdar.citations.numerals import chinese_number, roman, roman_value
from mahdar.citations.texts import names_pattern, text_code
from mahdar.citations.words import any_of, begins_word, citing_words
from mahdar.model.mention import Mention
from mahdar.model.record import SessionKind
from mahdar.organs import read_organ, write_symbol

_CHINESE_DIGITS = "一二三四五六七八九十百"
_ORDINAL = r"(?:st|nd|rd|th|ème|er|re|e|ª|a|º|-(?:е|го|м|му|я|ое|х))"
_ARTICLES = 111  # of the Charter
_CHAPTERS = 19
_RULES = 200
_FEWEST_OF_COUNCIL = 1000
"""No other organ numbers its meetings so high."""
_BARE_CHAPTERS = (6, 7, 8, 11, 12, 13)
"""Chapters of the Charter that are named without saying of what: VI, VII, VIII, XI to XIII."""


@functools.cache
def _list_after(language: str) -> tuple[re.Pattern[str], ...]:
    """Return patterns: word with numbers; what makes them the Charter's, the rules'; a join."""
    words = citing_words(language)
    number = r"\d{1,3}(?!\d|[.,/]\d)(?:\s?\([a-z\d]\))?"
    chapter = any_of(list(words.chapters)) if words.chapters else r"[IVX]+\b"
    join = rf"\s*{any_of(words.joins)}\s*"
    return (
        re.compile(
            rf"(?P<word>{any_of([*words.article, *words.rule])})\s+"
            rf"(?P<list>{number}(?:{join}{number}){{0,30}})"
        ),
        re.compile(
            rf"{any_of(words.chapter)}\s+(?P<list>{chapter}(?:{join}(?:و)?{chapter}){{0,18}})(?!\w)"
        ),
        re.compile(rf"\s*{any_of(words.of_charter)}"),
        re.compile(rf"\s*{any_of(words.of_rules)}"),
        re.compile(rf"\s*{any_of(words.of_general_rules)}"),
        re.compile(chapter),
        re.compile(f"{words.of_text}(?P<name>{names_pattern(language).pattern})"),
    )


def find_provisions(text: str, language: str, organ: str | None) -> Iterator[Mention]:
    """Find articles, chapters and rules.

    Args:
        text: as printed.
        language: ISO 639-1.
        organ: whose rules are meant where the text does not say.

    >>> [m.id for m in find_provisions("under Article 51 of the Charter and rule 37", "en", "SC")]
    ['CHARTER/51', 'SC-RULES/37']
    >>> [m.id for m in find_provisions("《联合国宪章》第七章和第五十一条", "zh", None)]
    ['CHARTER/VII', 'CHARTER/51']
    """
    if citing_words(language).after:
        yield from _before(text, language)
        return
    words = citing_words(language)
    articles, chapters, of_charter, of_rules, of_general, chapter_numeral, named = _list_after(
        language
    )
    known = read_organ(organ)
    for match in articles.finditer(text):
        if not begins_word(text, match.start(), language):
            continue
        end = match.end()
        numbers = [int(n) for n in _NOT_IN_BRACKETS.findall(match["list"])]
        of = of_charter.match(text, end)
        if of is None and (rules := of_rules.match(text, end)):
            prefix, why, score, end = "SC-RULES", "of the provisional rules", 1.0, rules.end()
        elif of is None and (rules := of_general.match(text, end)):
            prefix = known.rules if known else "GA-RULES"
            why, score, end = "of the rules of procedure", 1.0, rules.end()
        elif match["word"] in words.rule:
            if organ is None:
                continue
            prefix = known.rules if known else f"{organ}-RULES"
            why, score = "a rule of the organ that met", 0.7
            if max(numbers) > _RULES or not words.bare_rules:
                continue
        elif of:
            prefix, why, score, end = "CHARTER", "of the Charter", 1.0, of.end()
            if max(numbers) > _ARTICLES:
                score, why = 0.4, "the Charter has 111 articles"
        elif other := named.match(text, end):
            code = text_code(other["name"], language)
            prefix, why, score, end = code, "of a text known by name", 1.0, other.end()
        elif words.bare_articles and match["word"][0].isupper() and max(numbers) <= _ARTICLES:
            if re.match(r"\s+of\b", text[end:]):
                continue
            prefix, why, score = "CHARTER", "an Article with a capital is the Charter's", 0.8
        else:
            continue
        places = list(_NOT_IN_BRACKETS.finditer(match["list"]))
        for number, (start, stop) in zip(numbers, _spans(match, places, end), strict=True):
            yield Mention(
                start, stop, text[start:stop], "rule" if prefix.endswith("-RULES") else "article",
                f"{prefix}/{number}", _organ(prefix), why=why, score=score,
            )  # fmt: skip
    for match in chapters.finditer(text):
        if not begins_word(text, match.start(), language):
            continue
        numerals = list(chapter_numeral.finditer(match["list"]))
        values = [
            words.chapters.get(numeral.group()) or roman_value(numeral.group())
            for numeral in numerals
        ]
        of, end, score, why = (
            of_charter.match(text, match.end()),
            match.end(),
            1.0,
            "of the Charter",
        )
        if of:
            end = of.end()
        elif re.match(r"\s+(?:of|du|de|del|d['’]|من|доклада)\b", text[end:]) or not all(
            value in _BARE_CHAPTERS for value in values
        ):
            continue
        else:
            score, why = 0.8, "a chapter that is named alone for the Charter's"
        if any(value > _CHAPTERS for value in values):
            continue
        for value, (start, stop) in zip(values, _spans(match, numerals, end), strict=True):
            yield Mention(
                start, stop, text[start:stop], "chapter", f"CHARTER/{roman(value)}", "UN",
                why=why, score=score,
            )  # fmt: skip


_NOT_IN_BRACKETS = re.compile(r"(?<!\()\d+")


def _spans(
    match: re.Match[str], places: Sequence[re.Match[str]], end: int
) -> Iterator[tuple[int, int]]:
    """Yield where each number of a list stands: the first from its word, the last to ``end``.

    Args:
        match: of the whole citation, with the group ``list``.
        places: of the numbers in that group.
        end: of the citation, with what it says it is of.
    """
    lead = match.start("list")
    for position, place in enumerate(places):
        start = match.start() if position == 0 else lead + place.start()
        yield start, end if position == len(places) - 1 else lead + place.end()


def _organ(prefix: str) -> str:
    """Return whose the Charter, or the rules, are."""
    return prefix.removesuffix("-RULES") if prefix.endswith("-RULES") else "UN"


def _before(text: str, language: str) -> Iterator[Mention]:
    """The same where the text is named before the number, as in Chinese."""
    words = citing_words(language)
    number = rf"(?:\d{{1,3}}|[{_CHINESE_DIGITS}]{{1,6}})"
    head = (
        f"(?:(?P<charter>{any_of(words.before_charter)})"
        f"|(?P<sc>{any_of(words.before_rules)})|(?P<ga>{any_of(words.before_general_rules)}))"
    )
    one = f"第{number}[条章]"
    for match in re.finditer(f"{head}(?P<list>(?:{one}|[、和及与，]){{1,60}})", text):
        items = list(re.finditer(f"第({number})([条章])", match["list"]))
        for position, item in enumerate(items):
            value = chinese_number(item[1])
            prefix = "CHARTER" if match["charter"] else "SC-RULES" if match["sc"] else "GA-RULES"
            start = match.start() if position == 0 else match.start("list") + item.start()
            stop = match.start("list") + item.end()
            chapter = item[2] == "章"
            name = roman(value) if chapter else str(value)
            yield Mention(
                start, stop, text[start:stop],
                "chapter" if chapter else "article" if prefix == "CHARTER" else "rule",
                f"{prefix}/{name}", _organ(prefix), why="named after its text",
            )  # fmt: skip


@functools.cache
def _meetings(language: str) -> re.Pattern[str]:
    words = citing_words(language)
    join = rf"\s*{any_of(words.joins)}\s*"
    number = rf"\d(?<!\d\d)\d{{0,4}}{_ORDINAL}"  # from its first digit only
    if words.meeting_before:
        return re.compile(
            rf"{any_of(words.meeting_before)}\s+(?P<list>\d{{1,5}}(?!/\d)(?:{join}\d{{1,5}}){{0,30}})"
        )
    lead = "第" if words.after else ""
    return re.compile(
        rf"{lead}(?P<list>{number}(?:{join}{number}){{0,30}})\s?{any_of(words.meeting)}(?![^\W_])"
        if not words.after
        else rf"{lead}(?P<list>\d{{1,5}}(?:{join}第?\d{{1,5}}){{0,30}}){any_of(words.meeting)}"
    )


def find_meetings(
    text: str,
    language: str,
    organ: str | None,
    session: int | None,
    session_kind: SessionKind = "regular",
) -> Iterator[Mention]:
    """Find meetings named by their number.

    Args:
        text: as printed.
        language: ISO 639-1.
        organ: of the record; the Council where there is none and the number is over 1000.
        session: of the organ, which its meetings are counted in.
        session_kind: the kind of that session.

    >>> [m.id for m in find_meetings("at its 43rd to 46th plenary meetings", "en", "GA", 64)]
    ['A/64/PV.43', 'A/64/PV.46']
    """
    for match in _meetings(language).finditer(text):
        if match.start() and text[match.start() - 1] in "/.0123456789":
            continue
        places = list(re.finditer(r"\d+", match["list"]))
        for place, (start, stop) in zip(places, _spans(match, places, match.end()), strict=True):
            number = int(place.group())
            body = organ or ("SC" if number >= _FEWEST_OF_COUNCIL else None)
            identity = write_symbol(body, number, session, session_kind)
            if identity is None:
                continue
            yield Mention(
                start, stop, text[start:stop], "meeting", identity, body,
                why="a meeting of the organ, by its number", score=1.0,
            )  # fmt: skip
