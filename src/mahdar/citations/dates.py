"""Dates and years as a text prints them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from mahdar.citations.numerals import CHINESE_DIGITS, chinese_number
from mahdar.citations.words import any_of, begins_word, citing_words, trie
from mahdar.languages.fold import plain_digits
from mahdar.model.mention import Mention
from mahdar.tsv import table_rows

_YEAR = r"(?:19|20|١٩|٢٠|۱۹|۲۰)\d\d"


@functools.cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    words = citing_words(language)
    months = trie([name for names in words.months for name in names])
    of = rf"(?:{any_of(words.of)}\s)?" if words.of else ""
    day = rf"\d{{1,2}}{words.day_ending}"
    joins = rf"(?:\s?,\s?|\s?،\s?|\s?{any_of([*words.joins, *words.ranges])}\s?)"
    return (
        re.compile(months),
        re.compile(rf"(?<![\d/.,])(?P<days>{day}(?:{joins}{day}){{0,4}})\s?{of}$"),
        re.compile(rf",?\s{of}(?P<year>{_YEAR})(?!\d|/\d)"),
        re.compile(r"\s(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d/:.]\d|\d)(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?"),
        re.compile(any_of([rf"{words.day_ending}\s?{word}\s?" for word in words.ranges])),
        re.compile(rf"\s?{any_of([re.escape(word) for word in words.not_years])}"),
    )  # fmt: skip


@functools.cache
def _month_numbers(language: str) -> dict[str, int]:
    names = citing_words(language).months
    return {" ".join(name.split()): n for n, row in enumerate(names, 1) for name in row}


# What may not stand before a year is looked for behind its first digit: a pattern that begins
# with a set of characters is searched for ten times as fast as one that begins with a look behind.
_YEAR_ALONE = r"[12١٢۱۲](?<![\d/.,\-–$£€].)(?:(?<=[1١۱])[9٩۹]|(?<=[2٢۲])[0٠۰])\d\d"
_RANGE_OF_YEARS = re.compile(rf"({_YEAR_ALONE})\s?[-–]\s?({_YEAR})(?![\d/])")
_BARE_YEAR = re.compile(rf"({_YEAR_ALONE})(?!\d|[/\-–]\d|[.,]\d)")
_CHINESE = re.compile(
    r"(?P<year>\d{4}|[〇○零一二三四五六七八九]{4})年(?:(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月"
    r"(?:(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})日)?)?"
    r"|(?P<month2>\d{1,2})月(?P<day2>\d{1,2})日(?:(?:至|-|–)(?P<last>\d{1,2})日)?"
)


def find_dates(text: str, language: str) -> Iterator[Mention]:
    """Find the dates that a text prints: at least a day of a month, or a year.

    Args:
        text: as printed.
        language: ISO 639-1.

    >>> [m.id for m in find_dates("on 12 and 13 November 2009, since 1967, in May", "en")]
    ['2009-11-12', '2009-11-13', '1967']
    >>> [m.id for m in find_dates("من ١ إلى ٣ أيار/مايو ٢٠١٢", "ar")]
    ['2012-05-01/2012-05-03']
    """
    if citing_words(language).after:
        yield from _chinese(text)
        return
    month_pattern, before, behind, day_behind, ranges, not_years = _patterns(language)
    numbers = _month_numbers(language)
    taken: list[tuple[int, int]] = []
    for match in month_pattern.finditer(text):
        start, end = match.span()
        if text[end : end + 1].isalpha() or text[end : end + 1] == "/":
            continue
        month = numbers[" ".join(match.group().split())]
        lead = max(0, start - 40)
        days = before.search(text[lead:start])
        year = behind.match(text, end)
        value = plain_digits(year["year"]) if year else None
        stop = year.end() if year else end
        if days:
            taken.append((lead + days.start(), stop))
            yield from _days(text, lead, days, month, value, stop, ranges)
        elif citing_words(language).after_month and (day := day_behind.match(text, end)):
            if 1 <= int(day["day"]) <= 31:
                taken.append((start, day.end()))
                yield _date(text, start, day.end(), _iso(day["year"], month, int(day["day"])))
        elif value:
            taken.append((start, stop))
            yield _date(text, start, stop, f"{value}-{month:02d}")
    yield from _in_words(text, language)
    for match in _RANGE_OF_YEARS.finditer(text):
        first, last = (plain_digits(year) for year in match.groups())
        if int(first) < int(last):
            taken.append(match.span())
            yield _date(text, *match.span(), f"{first}/{last}")
    taken.sort()
    at = 0
    for match in _BARE_YEAR.finditer(text):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at < len(taken) and taken[at][0] < match.end():
            continue
        if (
            text[match.start() - 1 : match.start()] == "("
            and text[match.end() : match.end() + 1] == ")"
        ):
            continue
        if not_years.match(text, match.end()) or text[match.end() : match.end() + 1].isalpha():
            continue
        yield _date(text, *match.span(), plain_digits(match.group()), 0.9)


@functools.cache
def _years(language: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return with what years in words begin, and what each form means."""
    rows = table_rows("mahdar.citations", "years.tsv")
    forms = [(form, row["year"]) for row in rows for form in row[language].split("|")]
    forms += [(form[0].upper() + form[1:], year) for form, year in forms]
    begins = tuple(form for form, year in forms if year == "begins")
    return begins, {form: year for form, year in forms if year != "begins"}


@functools.cache
def _years_pattern(language: str) -> re.Pattern[str]:
    return re.compile(trie(list(_years(language)[1])))


def _in_words(text: str, language: str) -> Iterator[Mention]:
    """Find years in words; a whole thousand alone may be a number of anything, and is left."""
    begins, years = _years(language)
    if not any(begin in text for begin in begins):
        return
    for match in _years_pattern(language).finditer(text):
        start, end = match.span()
        year = years[" ".join(match.group().split())]
        runs_on = text[end : end + 1].isalpha()
        if year == "2000" or runs_on or not begins_word(text, start, language):
            continue
        yield Mention(
            start, end, match.group(), "date", year, why="a year in words", score=0.8
        )  # fmt: skip


def _days(
    text: str,
    lead: int,
    days: re.Match[str],
    month: int,
    year: str | None,
    stop: int,
    ranges: re.Pattern[str],
) -> Iterator[Mention]:
    """One date a day, one for a range."""
    places = list(re.finditer(r"\d+", days["days"]))
    values = [int(place.group()) for place in places]
    if not all(1 <= value <= 31 for value in values):
        places, values = places[-1:], values[-1:]
    if not 1 <= values[-1] <= 31:
        return
    starts = [lead + days.start("days") + place.start() for place in places]
    ends = [lead + days.start("days") + place.end() for place in places]
    position = 0
    while position < len(values):
        until = position
        while until + 1 < len(values) and ranges.fullmatch(text, ends[until], starts[until + 1]):
            until += 1
        end = stop if until == len(values) - 1 else ends[until]
        iso = _iso(year, month, values[position])
        if until > position:
            iso += "/" + _iso(year, month, values[until])
        yield _date(text, starts[position], end, iso)
        position = until + 1


def _iso(year: str | None, month: int, day: int) -> str:
    return f"{plain_digits(year) if year else '-'}-{month:02d}-{day:02d}"


def _date(text: str, start: int, end: int, iso: str, score: float = 1.0) -> Mention:
    why = "a date" if "-" in iso or "/" in iso else "four digits that are a year"
    return Mention(start, end, text[start:end], "date", iso, why=why, score=score)


def _chinese(text: str) -> Iterator[Mention]:
    for match in _CHINESE.finditer(text):
        if match["year"]:
            iso = "".join(
                CHINESE_DIGITS.get(character, character)
                for character in plain_digits(match["year"])
            )
            if not 1800 <= int(iso) <= 2100:
                continue
            for part in ("month", "day"):
                if match[part]:
                    iso += f"-{chinese_number(match[part]):02d}"
        else:
            iso = _iso(None, int(match["month2"]), int(match["day2"]))
            if match["last"]:
                iso += "/" + _iso(None, int(match["month2"]), int(match["last"]))
        yield _date(text, *match.span(), iso)
