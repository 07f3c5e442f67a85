"""Text as it may stand in a record: without what no printed page holds and no form can carry."""

from __future__ import annotations

import re

# Control characters (C0 but tabulator and line ends, DEL, C1), noncharacters, and halves of pairs:
# XML forbids most of them, terminals obey some, and none of them is ever printed.
_FOREIGN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}"
              for plane in range(1, 17))
    + "]"
)  # fmt: skip
# What ends a line in some text files: kept where lines are still to be told apart.
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85"
_FOREIGN_BUT_BREAKS = re.compile(f"(?![{_BREAKS}])(?:{_FOREIGN.pattern})")
REPLACEMENT = "\ufffd"
"""What stands for a character that cannot: its place in the text stays the same."""


def clean(text: str, *, breaks: bool = False) -> str:
    r"""Replace each character that may not stand in a record, one for one.

    Args:
        text: as it came in.
        breaks: leave what some text files end lines and pages with (``\v``, ``\f``, NEL).

    >>> clean("a\x1b[2Jb\ud800c\n")
    'a\ufffd[2Jb\ufffdc\n'
    >>> clean("one\ftwo"), clean("one\ftwo", breaks=True)
    ('one\ufffdtwo', 'one\x0ctwo')
    """
    return (_FOREIGN_BUT_BREAKS if breaks else _FOREIGN).sub(REPLACEMENT, text)
