"""Report symbols that are not well formed, and ones that differ for one thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mahdar.checking.places import locate
from mahdar.citations import find_symbols
from mahdar.citations.resolutions import fits_year
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Finding, Mention, Reading, Record
from mahdar.sources.block import Printed


def check_symbols(record: Record, source: Printed) -> Iterator[Finding]:
    """Report each malformed symbol once for each place.

    Args:
        record: whose paragraphs to look through.
        source: the file it comes from, to find the place.
    """
    paragraphs = [p for turn in record.turns() for p in turn.all_paragraphs()]
    symbols = [(p, found) for p in paragraphs for found in find_symbols(p.text)]
    well = Counter(found.printed for _, found in symbols if not found.proposed)
    for paragraph, found in symbols:
        if found.proposed is None:
            continue
        readings = [Reading(found.printed, locate(paragraph, found.printed, source))]
        elsewhere = well.get(found.proposed, 0)
        times = {"times": elsewhere} if elsewhere else {}
        yield report(
            "symbol_malformed",
            0.95,
            (*readings, Reading(found.proposed, ())),
            case="cited" if elsewhere else "",
            printed=found.printed, proposed=found.proposed, likely=found.proposed, **times,
        )  # fmt: skip


_COUNCIL = re.compile(r"S/RES/(?P<number>\d+)\((?P<year>\d{4})\)")
_NEAR = 60
_WORDS = 6


def check_one_symbol(record: Record, source: Printed, language: Language) -> Iterator[Finding]:
    """Report what is described in the same words and cited by different symbols.

    Args:
        record: whose mentions to look through.
        source: the file it comes from, to find the places.
        language: how words are compared.
    """
    cited: dict[str, dict[str, Reading]] = {}
    named: dict[str, str] = {}
    for paragraph in (p for turn in record.turns() for p in turn.all_paragraphs()):
        last: Mention | None = None
        for mention in paragraph.mentions:
            if mention.kind == "text":
                last = mention
            if mention.kind != "document" or not mention.id:
                continue
            before = paragraph.text[: mention.start]
            if last is not None and mention.start - last.end <= _NEAR and last.id:
                key, name = last.id, last.printed
            elif before.endswith(("(", "（")) and len(before.split()) > _WORDS:
                name = " ".join(before.rstrip("(（ ").split()[-_WORDS:])
                key = language.key(name)
            else:
                continue
            spans = locate(paragraph, mention.printed, source)
            cited.setdefault(key, {}).setdefault(mention.id, Reading(mention.printed, spans))
            named.setdefault(key, name)
    for key, symbols in cited.items():
        if len(symbols) > 1:
            yield report(
                "symbol_differs",
                0.7,
                tuple(symbols.values()),
                named=named[key],
                symbols=tuple(symbols),
            )


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
