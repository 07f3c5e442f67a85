"""What is doubtful about the pages of a file: hyphens, pages without text, notes without marks."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.layout.paged.flow import PagedFlow
from mahdar.model import Finding, Reading, Span

SURE = 0.9
"""A hyphen undone with at least this confidence is not reported."""


def page_doubts(paged: PagedFlow) -> Iterator[Finding]:
    """Report what is doubtful about the pages themselves.

    Args:
        paged: from :func:`mahdar.layout.paged.flow.lay_out_pages`.
    """
    printed = paged.printed
    for made in paged.undone:
        if made.confidence < SURE:
            yield Finding(
                "hyphen_doubtful",
                f"read as '{made.word}', the hyphen at the end of the line undone: {made.reason}",
                round(1 - made.confidence, 2),
                (Reading(made.word, printed.place(made.start, made.end)),),
            )
    for page in paged.composed.source.pages:
        bare = not any(run.text.strip() for run in page.runs)
        if bare and page.pictures:
            yield Finding(
                "page_without_text",
                f"page {page.number} is a picture without text; --ocr reads it",
                1.0,
                (Reading("", (Span(page=page.number, box=page.frame),)),),
            )
        elif any(run.read for run in page.runs):
            yield Finding(
                "text_in_doubt",
                f"the text of page {page.number} was read off its picture by recognition",
                0.5,
                (Reading("", (Span(page=page.number, box=page.frame),)),),
            )
    for block in paged.loose:
        yield Finding(
            "note_without_mark",
            "the mark of this footnote was not found on its page",
            0.6,
            (Reading(block.text, printed.place(block.start, block.end)),),
        )
    if paged.other_language:
        yield Finding(
            "other_language",
            f"the file holds the same text in a second language ({paged.other_language}), which"
            " is kept as furniture; --language reads it where its language file is at hand",
            0.0,
        )
