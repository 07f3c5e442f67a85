"""Numbers, shares and dates as the language of the interface writes them."""

from __future__ import annotations

import datetime
import functools

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from mahdar.languages import load_language
from mahdar.languages.writing import own_digits, write_date
from mahdar.web.names import interface

_ARABIC_MARKS = str.maketrans({",": "\N{NO-BREAK SPACE}", ".": "٫"})
"""As the United Nations print numbers in Arabic: a blank parts the thousands."""


@functools.cache
def _locale(code: str) -> Locale:
    # Arabic as the United Nations print it: with the digits that the records have.
    return Locale.parse(code)


def _own(text: str, code: str) -> str:
    """Return digits as the records of a language print them, with the marks that go with them."""
    own = own_digits(load_language(code), text)
    return own.translate(_ARABIC_MARKS) if own != text and code == "ar" else own


def write_number(value: float) -> str:
    r"""Return a number.

    >>> from django.utils.translation import override
    >>> out = []
    >>> for code in ("en", "ar", "fr"):
    ...     with override(code):
    ...         out.append(write_number(12345))
    >>> [text.replace("\u202f", " ").replace("\xa0", " ") for text in out]
    ['12,345', '١٢ ٣٤٥', '12 345']
    """
    code = interface()
    if code == "ar":
        return _own(format_decimal(value, locale="en"), code)
    text = str(format_decimal(value, locale=_locale(code)))
    # The Academy and the United Nations part thousands by a blank in Spanish.
    return text.replace(".", "\N{NO-BREAK SPACE}") if code == "es" else text


def write_plain(value: object) -> str:
    """Return digits without marks between them, as for a year."""
    return _own(str(value), interface())


def write_share(value: float) -> str:
    """Return a share between 0 and 1 as a percentage.

    >>> from django.utils.translation import override
    >>> with override("ar"):
    ...     write_share(0.75)
    '٪٧٥'
    """
    code = interface()
    if code == "ar":
        return "٪" + _own(str(round(100 * value)), code)
    return format_percent(round(value, 2), locale=_locale(code))


def write_day(date: str | None, form: str = "long") -> str:
    """Return a date.

    Args:
        date: ISO 8601; returned as it is where it is no whole date.
        form: ``long`` with the name of the month, ``short`` without its whole name.

    >>> from django.utils.translation import override
    >>> out = []
    >>> for code in ("en", "ar", "zh"):
    ...     with override(code):
    ...         out.append(write_day("2013-10-28"))
    >>> out
    ['28 October 2013', '٢٨ تشرين الأول/أكتوبر ٢٠١٣', '2013年10月28日']
    """
    if not date:
        return ""
    try:
        day = datetime.date.fromisoformat(date)
    except ValueError:
        return date
    code = interface()
    language = load_language(code)
    if code == "ar" or form == "long":
        return write_date(language, date)
    if code == "en":
        return f"{day.day} {language.data.calendar.months[day.month - 1][0][:3]} {day.year}"
    return str(format_date(day, "medium", locale=_locale(code)))


def write_moment(moment: datetime.datetime) -> str:
    """Return a day and the time of it, in Universal Time.

    >>> from django.utils.translation import override
    >>> at = datetime.datetime(2031, 6, 4, 15, 5, tzinfo=datetime.UTC)
    >>> out = []
    >>> for code in ("en", "ar"):
    ...     with override(code):
    ...         out.append(write_moment(at))
    >>> out
    ['4 June 2031, 15:05 UTC', '٤ حزيران/يونيه ٢٠٣١، ١٥:٠٥ UTC']
    """
    at = moment.astimezone(datetime.UTC)
    comma = {"ar": "، ", "zh": " "}.get(interface(), ", ")
    return f"{write_day(at.date().isoformat())}{comma}{write_plain(at.strftime('%H:%M'))} UTC"
