"""What is doubtful about the pages of a file: hyphens, pages without text, notes without marks."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.findings import report
from mahdar.layout.paged.flow import PagedFlow
from mahdar.layout.paged.hyphens import BOTH_ARE_WORDS
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
            yield report(
                "hyphen_doubtful",
                round(1 - made.confidence, 2),
                (Reading(made.word, printed.place(made.start, made.end)),),
                case="both_are_words" if made.reason == BOTH_ARE_WORDS else "",
                word=made.word,
            )
    for page in paged.composed.source.pages:
        bare = not any(run.text.strip() for run in page.runs)
        if bare and page.pictures:
            yield report(
                "page_without_text",
                1.0,
                (Reading("", (Span(page=page.number, box=page.frame),)),),
                page=page.number,
            )
        elif any(run.read for run in page.runs):
            yield report(
                "text_in_doubt",
                0.5,
                (Reading("", (Span(page=page.number, box=page.frame),)),),
                case="recognised",
                page=page.number,
            )
    for block in paged.loose:
        yield report(
            "note_without_mark",
            0.6,
            (Reading(block.text, printed.place(block.start, block.end)),),
        )
    if paged.other_language:
        yield report("other_language", 0.0, language=paged.other_language)
