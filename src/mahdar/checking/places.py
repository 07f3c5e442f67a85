"""Find the place in the source of words in a paragraph."""

from __future__ import annotations

from mahdar.model import Paragraph, Spans
from mahdar.sources.block import Printed


def locate(paragraph: Paragraph, words: str, source: Printed) -> Spans:
    """Return the first place of ``words`` within the spans of a paragraph.

    Where the words run over a join, or are printed with other blanks, the spans of
    the whole paragraph are returned.

    >>> from mahdar.model import Paragraph, Span
    >>> from mahdar.sources.text import text_source
    >>> source = text_source("  see S/1", "a")
    >>> locate(Paragraph("see S/1", (Span(start=2, end=9),)), "S/1", source)
    (Span(start=6, end=9),)
    """
    for span in paragraph.spans:
        if span.start is None:
            continue
        at = source.text.find(words, span.start, span.end)
        if at >= 0:
            return source.place(at, at + len(words))
    return paragraph.spans
