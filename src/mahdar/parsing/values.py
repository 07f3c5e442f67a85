"""What printed dates, times and ordinals mean."""

from __future__ import annotations

import datetime
import re

import msgspec

from mahdar.languages import Language
from mahdar.languages.fold import digits_value

_TIME = re.compile(
    r"(\d{1,2})\s*[/:.٫h时時]\s*(\d{2})(?:\s*([ap])\.?\s?m\b\.?)?"
    r"|(\d{1,2})\s*([ap])\.?\s?m\b|\b(noon)\b"
)


class DateRead(msgspec.Struct, frozen=True):
    """A date and where it was printed; ``weekday_differs`` if the printed weekday is another."""

    value: str
    start: int
    end: int
    weekday_differs: bool


def read_date(text: str, language: Language) -> DateRead | None:
    """Find the first date in ``text``.

    Args:
        text: as printed.
        language: its months and the forms of its dates.

    >>> from mahdar.languages import load_language
    >>> read_date("الاثنين، ٢٨ تشرين الأول/أكتوبر ٢٠١٣", load_language("ar")).value
    '2013-10-28'
    """
    for template in language.data.calendar.date:
        match = language.match([template], text)
        if match is None:
            continue
        values = match.values
        day, year = digits_value(values["day"]), digits_value(values["year"])
        month = language.month_of.get(language.key(values["month"]))
        if day is None or year is None or month is None:
            continue
        try:
            date = datetime.date(year, month, day)
        except ValueError:
            continue
        printed = values.get("weekday")
        weekday = language.weekday_of.get(language.key(printed)) if printed else None
        differs = weekday is not None and weekday != date.weekday()
        return DateRead(date.isoformat(), match.start, match.end, differs)
    return None


def read_time(text: str, language: Language) -> str | None:
    """Return the time of day that ``text`` prints, as ``hh:mm``, or None.

    >>> from mahdar.languages import load_language
    >>> read_time("١٠/٠٠", load_language("ar")), read_time("1.05 p.m.", load_language("ar"))
    ('10:00', '13:05')
    >>> read_time("3 p.m.", load_language("en"))
    '15:00'
    >>> [read_time(word, load_language("fr")) for word in ("midi", "minuit")]
    ['12:00', '24:00']
    """
    key, calendar = language.key(text), language.data.calendar
    if not any(character.isdigit() for character in key):
        for words, time in ((calendar.noon, "12:00"), (calendar.midnight, "24:00")):
            if any(language.key(word) in key for word in words):
                return time
    own = _own_time(text, language)
    if own is not None:
        return own
    found = _TIME.search(language.key(text))
    if found is None:
        return None
    if found.group(6):
        return "12:00"
    hour, minute = int(found.group(1) or found.group(4)), int(found.group(2) or 0)
    half = found.group(3) or found.group(5)
    if half and not 1 <= hour <= 12:
        return None
    if half == "p" and hour < 12:
        hour += 12
    if half == "a" and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _own_time(text: str, language: Language) -> str | None:
    """Return a time in one of the language's own forms, or None."""
    calendar = language.data.calendar
    match = language.match(calendar.times, text)
    if match is None:
        return None
    hour = digits_value(match.values.get("hour", "12"))
    minute = digits_value(match.values.get("minute", "0"))
    if hour is None or minute is None:
        return None
    key = language.key(text[match.start : match.end])

    def says(words: list[str]) -> bool:
        return any(language.key(word) in key for word in words)

    if says(calendar.midnight):
        hour = 0
    elif says(calendar.afternoon) and hour < 12:
        hour += 12
    elif says(calendar.morning) and hour == 12:
        hour = 0
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def _in_characters(text: str, characters: dict[str, int]) -> int | None:
    """Return a number written in characters for digits and powers of ten, such as 八十六.

    >>> _in_characters("八十六", {"八": 8, "十": 10, "六": 6})
    86
    """
    total = digit = 0
    for character in text.strip():
        value = characters.get(character)
        if value is None:
            return None
        if value >= 10:
            total += max(1, digit) * value
            digit = 0
        else:
            digit = value
    return total + digit or None


def read_ordinal(text: str, language: Language) -> int | None:
    """Return the number that an ordinal in words or digits means, 1 to 199, or None.

    >>> from mahdar.languages import load_language
    >>> arabic = load_language("ar")
    >>> read_ordinal("الثامنة والستون", arabic), read_ordinal("الحادية عشرة", arabic)
    (68, 11)
    >>> read_ordinal("Sixty-fourth", load_language("en"))
    64
    """
    number = digits_value(text)
    if number is not None:
        return number
    facts, key = language.data.ordinals, language.key
    if facts.characters:
        return _in_characters(text, facts.characters)
    units = {key(word): n for n, words in enumerate(facts.units, 1) for word in words}
    tens = {key(word): 10 * n for n, word in enumerate(facts.tens, 1)}
    hundreds = {key(word) for word in facts.hundred}
    leads = {key(word): value for word, value in facts.leads.items()}
    whole = {key(word): value for word, value in facts.whole.items()}
    thousands = {key(word) for word in facts.thousand}
    total = cardinal = 0
    joiner = key(facts.joiner)
    spelt = key(text).replace("-", " ")
    for lead in leads:  # "quatre-vingt" is no four and twenty
        if " " in lead:
            spelt = re.sub(rf"\b{lead}\b", lead.replace(" ", "_"), spelt)
    leads.update({lead.replace(" ", "_"): value for lead, value in leads.items()})
    for word in spelt.split():
        if word in leads:
            total += leads[word]
            cardinal += leads[word]
            continue
        if word in thousands:
            total = max(1, total) * 1000
            cardinal = 0
            continue
        if word in whole:
            total += whole[word]
            continue
        bare = word[len(joiner) :] if word.startswith(joiner) and word not in units else word
        if bare in hundreds:
            # "Five hundred" multiplies, "the second after the hundredth" adds.
            total += 100 * cardinal - cardinal if cardinal else 100
            cardinal = 0
        elif bare in tens:
            total += tens[bare]
        elif bare in units:
            total += units[bare]
        elif word == key(facts.teen):
            total += 10
        elif word in (key("بعد"), joiner):  # "the second after the hundredth"
            continue
        else:
            return None
    return total or None
