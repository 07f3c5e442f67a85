"""Report what is cited by symbols that differ, for one thing."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.checking.places import locate
from mahdar.checking.registry import reports
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Finding, Mention, Reading, Record
from mahdar.sources.block import Printed

_NEAR = 60
_WORDS = 6


@reports("symbol_differs", order=60)
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
