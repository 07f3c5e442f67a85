"""Scripts that print no blanks between words: where a line ends there, nothing stands."""

from __future__ import annotations

import re
import unicodedata

_BLANKS = re.compile(r"\s+")


def packed(sign: str) -> bool:
    """Tell whether a script prints no blanks around a sign.

    >>> packed("安"), packed("，"), packed("a"), packed("")
    (True, True, False, False)
    """
    return len(sign) == 1 and unicodedata.east_asian_width(sign) in "WF"


def one_line(text: str) -> str:
    r"""Put text on one line, its blanks single; a line end beside a packed script is dropped.

    >>> one_line("安全\n理事会"), one_line("Security\nCouncil")
    ('安全理事会', 'Security Council')
    """

    def blank(found: re.Match[str]) -> str:
        start, end = found.span()
        if start == 0 or end == len(text):
            return ""
        beside = packed(text[start - 1]) or packed(text[end])
        return "" if beside and "\n" in found.group() else " "

    return _BLANKS.sub(blank, text)
