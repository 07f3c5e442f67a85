"""Write what the phrase book can read: a formula with its values, a time, a date, a mark."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Literal

from mahdar.errors import LanguageDataError
from mahdar.languages.formula import choices_of, closing
from mahdar.languages.loader import Language

Gender = Literal["m", "f"]


def write_formula(template: str, values: Mapping[str, str], gender: Gender = "m") -> str:
    """Write a formula.

    Of ``(this|that)`` the first is taken, the second where there are two and ``gender``
    is ``f``; what may be missing is written only where it holds a value that is given.

    Args:
        template: in the notation of :mod:`mahdar.languages.formula`.
        values: what stands in each slot, as it is to be printed.
        gender: of the person that the formula speaks of.

    Raises:
        KeyError: a slot that must be filled has no value.

    >>> write_formula("The meeting [was ](rose|rises) at {time}[ on {day}].", {"time": "6 p.m."})
    'The meeting rose at 6 p.m.'
    >>> write_formula("(Le|La) {who} parle", {"who": "Présidente"}, "f")
    'La Présidente parle'
    """
    out = ""
    position = 1 if template.startswith("^") else 0
    while position < len(template):
        character = template[position]
        if character == "\\":
            out += template[position + 1]
            position += 2
        elif character == "{":
            end = template.index("}", position)
            out += values[template[position + 1 : end]]
            position = end + 1
        elif character in "[(":
            end = closing(template, position)
            choices = choices_of(template[position + 1 : end])
            if character == "(":
                take = 1 if gender == "f" and len(choices) == 2 else 0  # m and f
                out += write_formula(choices[take], values, gender)
            elif "{" in choices[0] and _filled(choices[0], values):
                out += write_formula(choices[0], values, gender)
            position = end + 1
        else:
            # A value that ends in a full stop ends the sentence too: "at 6 p.m."
            out += "" if character == "." == out[-1:] else character
            position += 1
    return out


def write_act(language: Language, act: str, values: Mapping[str, str], gender: Gender = "m") -> str:
    """Write the sentence in which an act is done.

    Args:
        language: whose phrase book to write from.
        act: one of :data:`mahdar.languages.loader.ACTS`.
        values: of its slots.
        gender: of the person that the sentence speaks of.

    Raises:
        LanguageDataError: the language file says nothing of this act, or the slots differ.

    >>> from mahdar.languages import load_language
    >>> write_act(load_language("fr"), "closed", {"time": "17 h 40"})
    'La séance est levée à 17 h 40.'
    """
    forms = language.act_forms(act)
    written = [form for form in (forms.written, forms.written_otherwise) if form]
    templates = written or list(forms.printed)
    if not templates:
        raise LanguageDataError(
            f"{language.data.code}.toml: acts.{act}: there is no formula to write; add 'written'"
        )
    given = dict(values)
    article = language.data.writing.article
    if article and given.get("person", "").startswith(article):
        given["definite"] = given["person"].removeprefix(article)
    missing = ""
    for template in templates:
        try:
            return write_formula(template, given, gender)
        except KeyError as error:
            missing = missing or str(error)
    raise LanguageDataError(
        f"{language.data.code}.toml: acts.{act}: '{templates[0]}' has the slot {missing},"
        " which nothing fills here"
    )


def write_time(language: Language, time: str) -> str:
    """Write a time of day.

    Args:
        language: whose form to use.
        time: ``hh:mm``.

    >>> from mahdar.languages import load_language
    >>> [write_time(load_language(code), "15:05") for code in ("ar", "en", "fr", "zh")]
    ['١٥/٠٥', '3.05 p.m.', '15 h 05', '下午3时05分']
    """
    calendar = language.data.calendar
    if calendar.written is None:
        return time
    hour, minute = int(time[:2]), time[3:]
    halves = calendar.afternoon if hour >= 12 else calendar.morning
    values = {
        "hour": str(hour),
        "hour12": str((hour - 1) % 12 + 1),
        "minute": minute,
        "half": halves[0] if halves else "",
    }
    form = calendar.written.whole if minute == "00" else calendar.written.other
    return own_digits(language, write_formula(form, values))


def write_date(language: Language, date: str) -> str:
    """Write a date.

    Args:
        language: whose form to use.
        date: ISO 8601; returned as it is where it is no whole date.

    >>> from mahdar.languages import load_language
    >>> [write_date(load_language(code), "2031-06-01") for code in ("ar", "en", "es")]
    ['١ حزيران/يونيه ٢٠٣١', '1 June 2031', '1 de junio de 2031']
    >>> [write_date(load_language(code), "2031-06-01") for code in ("fr", "ru", "zh")]
    ['1er juin 2031', '1 июня 2031 года', '2031年6月1日']
    """
    calendar = language.data.calendar
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    if calendar.written is None:
        return date
    values = {
        "day": calendar.written.first if day.day == 1 else str(day.day),
        "month": calendar.months[day.month - 1][0],
        "year": str(day.year),
    }
    return own_digits(language, write_formula(calendar.written.date, values))


def write_when(language: Language, date: str, time: str) -> str:
    """Write the line of the cover that tells day and time.

    Args:
        language: whose form to use.
        date: ISO 8601.
        time: ``hh:mm``.

    Raises:
        LanguageDataError: the language file says nothing of how covers are written.

    >>> from mahdar.languages import load_language
    >>> write_when(load_language("es"), "2031-06-04", "15:00")
    'Miércoles 4 de junio de 2031, 15.00 horas'
    """
    cover = language.data.cover.written
    if cover is None:
        raise LanguageDataError(
            f"{language.data.code}.toml: cover.written is missing: it says how covers are written"
        )
    day = datetime.date.fromisoformat(date)
    calendar = language.data.calendar
    values = {
        "weekday": calendar.weekdays[day.weekday()],
        "day": own_digits(language, str(day.day)),
        "month": calendar.months[day.month - 1][0],
        "year": own_digits(language, str(day.year)),
        "time": write_time(language, time),
    }
    line = write_formula(cover.when, values)
    return line[:1].upper() + line[1:]


def write_mark(language: Language, spoken: str, gender: Gender = "m") -> str:
    """Write the mark that tells in which language somebody spoke, without its brackets.

    Args:
        language: of the record.
        spoken: ISO 639-1.
        gender: of the speaker.

    >>> from mahdar.languages import load_language
    >>> write_mark(load_language("ar"), "es", "f")
    'تكلمت بالإسبانية'
    """
    marks = language.data.language_marks
    form = marks.written.get(gender) or marks.written.get("m", "{language}")
    return write_formula(form, {"language": marks.names[spoken][0]})


def own_digits(language: Language, text: str) -> str:
    """Return ``text`` with its digits in the family that the language's records print."""
    families = language.data.writing.digits
    if not families or not language.data.writing.own_digits:
        return text
    return text.translate(
        {ord(str(value)): character for value, character in enumerate(families[0])}
    )


def _filled(template: str, values: Mapping[str, str]) -> bool:
    """Tell whether each slot of a part of a formula has a value."""
    names = [part.partition("}")[0] for part in template.split("{")[1:]]
    return all(name in values for name in names)
