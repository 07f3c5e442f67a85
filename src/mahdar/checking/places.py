"""Find the place in the source of words in a paragraph."""

from __future__ import annotations

from mahdar.model import Paragraph, Span


def locate(paragraph: Paragraph, words: str, source: str) -> tuple[Span, ...]:
    """Return the first place of ``words`` within the spans of a paragraph.

    Where the words run over a join, or are printed with other blanks, the spans of
    the whole paragraph are returned.

    >>> from mahdar.model import Paragraph, Span
    >>> locate(Paragraph("see S/1", (Span(start=2, end=9),)), "S/1", "  see S/1")
    (Span(start=6, end=9),)
    """
    for span in paragraph.spans:
        if span.start is None:
            continue
        at = source.find(words, span.start, span.end)
        if at >= 0:
            return (Span(start=at, end=at + len(words)),)
    return paragraph.spans
