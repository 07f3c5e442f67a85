"""Tell which pages were put in order, and which paragraphs joined, without being sure."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.findings import report
from mahdar.layout.text.flow import Flow
from mahdar.model import Finding, Reading
from mahdar.sources.block import Printed

SURE = 0.9
"""A page or a join of at least this confidence is not reported."""
_SHOWN = 60


def doubts(flow: Flow, source: Printed) -> Iterator[Finding]:
    """Report every page and every join of which the layout is not sure.

    Args:
        flow: from :func:`mahdar.layout.text.flow.lay_out`.
        source: the file it was made of.
    """
    if not flow.sought:
        last = flow.blocks[-1]
        places = source.place(last.start, last.end)
        yield report(
            "order_not_sought",
            1.0,
            (Reading(last.text[:_SHOWN], places),),
            blocks=len(flow.blocks),
        )
    for page in flow.pages:
        if page.confidence < SURE:
            yield report(
                "order_doubtful",
                round(1 - page.confidence, 3),
                tuple(
                    Reading(
                        flow.blocks[column[0]].text[:_SHOWN],
                        source.place(flow.blocks[column[0]].start, flow.blocks[column[-1]].end),
                    )
                    for column in page.columns
                ),
                case="swapped" if page.moved else "kept",
                page=page.number,
                columns=tuple(
                    f"{flow.blocks[column[0]].text[:30]} … {flow.blocks[column[-1]].text[-30:]}"
                    for column in page.columns
                ),
            )
        for join in page.joins:
            if join.confidence < SURE:
                yield report(
                    "join_doubtful",
                    round(1 - join.confidence, 3),
                    tuple(
                        Reading(words, source.place(block.start, block.end))
                        for words, block in (
                            (join.foot, flow.blocks[join.before]),
                            (join.head, flow.blocks[join.after]),
                        )
                    ),
                    foot=join.foot,
                    head=join.head,
                )
