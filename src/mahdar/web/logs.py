"""What is told of strangers stands on one line of the log, and moves no terminal's cursor."""

from __future__ import annotations

import logging
import re

_LONGEST = 2000
# Control characters of both sets, marks of direction and of the ends of lines.
_FOREIGN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def on_one_line(text: str) -> str:
    r"""Return a text with what would leave its line written out, and no longer than a line may be.

    >>> on_one_line("a\nb\x1b[2J")
    'a\\nb\\x1b[2J'
    """
    shown = _FOREIGN.sub(lambda found: ascii(found.group())[1:-1], text)
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


class OneLine(logging.Formatter):
    """Writes a message on one line, and what led to an error on lines that begin with a bar."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (the library's name)
        """Return the line of a message."""
        record.message = on_one_line(record.message)
        return super().formatMessage(record)

    def formatException(self, ei: object) -> str:  # noqa: N802  (the library's name)
        """Return the lines of an error."""
        lines = super().formatException(ei).split("\n")  # type: ignore[arg-type]
        return "\n".join(f"  | {on_one_line(line)}" for line in lines)
