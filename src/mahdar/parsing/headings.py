"""Headings that name items of the agenda."""

from __future__ import annotations

import re

from mahdar.languages import Language
from mahdar.languages.fold import plain_digits

_RANGE = re.compile(r"(\d+)\s*(?:to|-|–|—|à|al?|по|至|إلى)\s*(\d+)")
_NUMBER = re.compile(r"\d+")
_LONGEST_RANGE = 60


def read_items(text: str, language: Language) -> tuple[tuple[str, ...], bool]:
    """Return the numbers of the items that a heading names, and whether it says "continued".

    Args:
        text: of the heading.
        language: its facts.

    >>> from mahdar.languages import load_language
    >>> read_items("Agenda items 21 to 24 and 30 (continued)", load_language("en"))
    (('21', '22', '23', '24', '30'), True)
    >>> read_items("Question of Cyprus", load_language("en"))
    ((), False)
    """
    match = language.match(language.data.titles.item, text, whole=True)
    if match is None:
        return (), False
    printed = plain_digits(match.values.get("items", ""))
    numbers: list[str] = []
    position = 0
    for found in _RANGE.finditer(printed):
        numbers += _NUMBER.findall(printed[position : found.start()])
        first, last = int(found.group(1)), int(found.group(2))
        if first < last <= first + _LONGEST_RANGE:
            numbers += [str(number) for number in range(first, last + 1)]
        else:
            numbers += [found.group(1), found.group(2)]
        position = found.end()
    numbers += _NUMBER.findall(re.sub(r"\([^)]*\)", "", printed[position:]))
    words = [language.key(word) for word in language.data.titles.continued]
    continued = any(word in language.key(text) for word in words)
    return tuple(dict.fromkeys(numbers)), continued
