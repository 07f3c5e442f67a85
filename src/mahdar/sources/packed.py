"""Scripts that print no blanks between words: where a line ends there, nothing stands."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")


def packed(character: str) -> bool:
    """Tell whether a script prints no blanks around a character.

    >>> packed("安"), packed("，"), packed("a"), packed("")
    (True, True, False, False)
    """
    return len(character) == 1 and unicodedata.east_asian_width(character) in "WF"


def breaks_word(before: str, after: str) -> bool:
    """Tell whether a word goes on after the hyphen that ends a line.

    >>> breaks_word("Royaume-", "U"), breaks_word("1990 -", "a")
    (True, False)
    """
    return len(before) > 1 and before[-1] in "-\u2010" and before[-2].isalpha() and after.isalpha()


def one_line(text: str) -> str:
    r"""Put text on one line, its blanks single.

    A line end beside a packed script, or within a word, is dropped.

    >>> one_line("安全\n理事会"), one_line("Security\nCouncil"), one_line("États-\nUnis")
    ('安全理事会', 'Security Council', 'États-Unis')
    """

    def blank(found: re.Match[str]) -> str:
        start, end = found.span()
        if start == 0 or end == len(text):
            return ""
        if "\n" not in found.group():
            return " "
        beside = packed(text[start - 1]) or packed(text[end])
        return "" if beside or breaks_word(text[max(0, start - 2) : start], text[end]) else " "

    return _BLANKS.sub(blank, text)
