"""Report resolutions whose number and year do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mahdar.checking.places import locate
from mahdar.checking.registry import reports
from mahdar.citations.resolutions import fits_year
from mahdar.findings import report
from mahdar.model import Finding, Reading, Record
from mahdar.sources.block import Printed

_COUNCIL = re.compile(r"S/RES/(?P<number>\d+)\((?P<year>\d{4})\)")


@reports("resolution_year_differs", order=70)
def check_resolutions(record: Record, source: Printed) -> Iterator[Finding]:
    """Report resolutions of the Council whose number is not one of the year printed.

    Args:
        record: whose mentions to look through.
        source: the file it comes from, to find the places.
    """
    for paragraph in (p for turn in record.turns() for p in turn.all_paragraphs()):
        for mention in paragraph.mentions:
            cited = _COUNCIL.fullmatch(mention.id or "") if mention.kind == "resolution" else None
            if cited is None or fits_year(int(cited["number"]), int(cited["year"])):
                continue
            yield report(
                "resolution_year_differs",
                0.8,
                (Reading(mention.printed, locate(paragraph, mention.printed, source)),),
                printed=mention.printed, number=int(cited["number"]), year=int(cited["year"]),
            )  # fmt: skip
