"""Find document symbols in printed text: well-formed ones, and ones that are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

# A symbol is a series (S, A, A/C.3, A/HRC, ...) and what is counted in it.
_SERIES = r"(?:S|A|E|ST|T|DP|ICCD|HRI|CCPR|CERD|CEDAW|CAT|CRC|TD|UNEP|PBC|SPLOS|ISBA)"
_PART = r"/[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*(?:\s?\([^()\s]{1,12}\))?"
_WELL = re.compile(rf"(?<![A-Za-z0-9/.]){_SERIES}(?:{_PART})+")
# A symbol with a stop or another sign where its first stroke should be.
_MALFORMED = re.compile(rf"(?<![A-Za-z0-9/.]){_SERIES}([.,;:\\|-])((?:19|20)\d\d/\d+)(?![\d/])")


class SymbolFound(msgspec.Struct, frozen=True):
    """A symbol at ``start`` to ``end``; ``proposed`` is the likely form of a malformed one."""

    printed: str
    start: int
    end: int
    proposed: str | None = None


def find_symbols(text: str) -> Iterator[SymbolFound]:
    """Find the document symbols in ``text``, in order.

    >>> [s.printed for s in find_symbols("(S/PRST/2013/16). And S/RES/2448(2018), S/2013/588.")]
    ['S/PRST/2013/16', 'S/RES/2448(2018)', 'S/2013/588']
    >>> [s.proposed for s in find_symbols("(S.2012/522, annex)")]
    ['S/2012/522']
    """
    found = [SymbolFound(m.group(), m.start(), m.end()) for m in _WELL.finditer(text)]
    for match in _MALFORMED.finditer(text):
        proposed = match.group()[: match.start(1) - match.start()] + "/" + match.group(2)
        found.append(SymbolFound(match.group(), match.start(), match.end(), proposed))
    yield from sorted(found, key=lambda symbol: symbol.start)
