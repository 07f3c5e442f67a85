"""Where in a record a stretch of its source is: which paragraph, act or line of the cover."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from mahdar.archive.rows import positions
from mahdar.model import Act, Heading, Record, Span, Turn, Vote


class Places:
    """Finds the element of the page that a span lies in.

    Args:
        record: whose spans.

    >>> from mahdar import read, specimen_path
    >>> record = read(specimen_path())
    >>> places = Places(record)
    >>> places.of(record.turns()[2].all_paragraphs()[1].spans)
    't3p2'
    """

    def __init__(self, record: Record) -> None:
        rows = sorted(
            (span.start, span.end or span.start, name)
            for name, spans in named_spans(record)
            for span in spans
            if span.start is not None
        )
        self._starts = [row[0] for row in rows]
        self._rows = rows

    def of(self, spans: tuple[Span, ...]) -> str | None:
        """Return the name of the element that the first of some spans lies in, None where none."""
        for span in spans:
            if span.start is None:
                continue
            at = bisect_right(self._starts, span.start) - 1
            if at >= 0 and span.start < self._rows[at][1]:
                return self._rows[at][2]
        return None


def names_of(record: Record) -> dict[int, str]:
    """Return what each item of a body is called on the page: ``t1`` for turns, ``s2`` for others.

    Others are counted among the speeches, as in permanent addresses.
    """
    turns = (at for at, item in enumerate(record.body) if isinstance(item, Turn))
    return {at: f"t{number}" for number, at in enumerate(turns, 1)} | {
        at: f"s{position + 1}" for at, position in positions(record).items()
    }


def named_spans(record: Record) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield each thing that is printed in the body, by its name on the page, with its places.

    Turns are ``t1``, paragraphs ``t1p1``, other things ``s1``; see :func:`names_of`.
    """
    called = names_of(record)
    for at, item in enumerate(record.body):
        if isinstance(item, Turn):
            yield called[at], item.spans
            for count, paragraph in enumerate(item.all_paragraphs(), 1):
                yield f"{called[at]}p{count}", paragraph.spans
        elif at in called and isinstance(item, Heading | Vote | Act):
            yield called[at], item.spans
