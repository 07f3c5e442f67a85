"""Where in the source something was printed."""

from __future__ import annotations

import msgspec


class Span(msgspec.Struct, frozen=True, omit_defaults=True, repr_omit_defaults=True):
    """A stretch of the source.

    In a text source, ``start`` and ``end`` are offsets in characters (Unicode
    code points) into the decoded file, line ends as they stand in it and a
    byte-order mark not counted; ``end`` is exclusive. In a paged source,
    ``page`` counts from 1 and ``box`` is (left, bottom, right, top) in points, from
    the lower left corner; ``start`` and ``end`` are then offsets into the text of
    all pages in the order in which it is read (``ReadFile.source.text``).

    >>> span = Span(start=2, end=6)
    >>> span.slice("0123456789")
    '2345'
    """

    start: int | None = None
    end: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def slice(self, source: str) -> str:
        """Return the characters of ``source`` that the span covers.

        Args:
            source: the whole decoded file.

        Raises:
            ValueError: the span is a box on a page and has no offsets.
        """
        if self.start is None or self.end is None:
            raise ValueError("this span is a box on a page, not a stretch of text")
        return source[self.start : self.end]


Spans = tuple[Span, ...]
