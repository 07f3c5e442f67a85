"""Numbers in Roman digits and in Chinese characters."""

from __future__ import annotations

import functools

CHINESE_DIGITS = {character: str(n) for n, character in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
}


@functools.cache
def roman(number: int) -> str:
    """Return a number in Roman digits.

    >>> roman(30), roman(9)
    ('XXX', 'IX')
    """
    out = ""
    for value, digits in (
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            out, number = out + digits, number - value
    return out


@functools.cache
def roman_value(digits: str) -> int:
    """Return what Roman digits up to 39 mean; 99 for what are none.

    >>> roman_value("VII"), roman_value("IIV")
    (7, 99)
    """
    return next((number for number in range(1, 40) if roman(number) == digits), 99)


def chinese_number(printed: str) -> int:
    """Return the number up to 199 that digits or Chinese characters mean.

    >>> [chinese_number(printed) for printed in ("五十一", "十二", "一百零二", "7")]
    [51, 12, 102, 7]
    """
    if printed.isdigit():
        return int(printed)
    hundreds, _, rest = printed.rpartition("百")
    total = 100 * int(CHINESE_DIGITS.get(hundreds, "1")) if "百" in printed else 0
    tens, _, units = rest.strip("零").rpartition("十")
    if "十" in rest:
        total += 10 * int(CHINESE_DIGITS.get(tens, "1"))
    return total + int(CHINESE_DIGITS.get(units, "0"))
