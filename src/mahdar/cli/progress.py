"""Show how far a long command is: how many, how fast, how much longer."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click

_EVERY = 0.2


class Progress:
    """A line on standard error that is written over, where somebody watches.

    Args:
        what: is counted, in the plural: ``files``.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._begun = time.monotonic()
        self._last = 0.0
        self._shown = False
        self._watched = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Take note that ``done`` of ``total`` are done."""
        now = time.monotonic()
        if not self._watched or (now - self._last < _EVERY and done < total):
            return
        self._last = now
        self._shown = True
        click.echo(f"\r\x1b[K{self.line(done, total, now - self._begun)}", err=True, nl=False)

    def line(self, done: int, total: int, seconds: float) -> str:
        """Return the line.

        >>> Progress("files").line(120, 600, 10.0)
        '120 of 600 files · 12.0 a second · 40 s left'
        """
        parts = [f"{done:,} of {total:,} {self._what}"]
        if done and seconds > 0:
            rate = done / seconds
            parts.append(f"{rate:,.1f} a second")
            if done < total:
                parts.append(f"{span((total - done) / rate)} left")
        return " · ".join(parts)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._shown:
            click.echo(err=True)


def span(seconds: float) -> str:
    """Return a length of time for people.

    >>> span(42), span(400), span(8000)
    ('42 s', '7 min', '2 h 13 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
