"""All that a text cites, in one pass over each kind."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Iterator

import msgspec

from mahdar.citations.address import address_of
from mahdar.citations.dates import find_dates
from mahdar.citations.provisions import find_meetings, find_provisions
from mahdar.citations.resolutions import find_resolutions
from mahdar.citations.symbols import find_symbols, organ_of
from mahdar.citations.texts import find_texts, symbol_of_text
from mahdar.citations.words import any_of, citing_words
from mahdar.model.mention import Mention, MentionKind, Mentions
from mahdar.model.record import SessionKind

_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u0640\u064b-\u0652]")
_KINDS: dict[str, MentionKind] = {"RES": "resolution", "DEC": "decision", "PV": "meeting"}


def find_citations(
    text: str,
    language: str,
    *,
    organ: str | None = None,
    session: int | None = None,
    session_kind: SessionKind = "regular",
) -> Mentions:
    """Find what a text cites: documents, resolutions, articles, rules, meetings, texts, dates.

    Args:
        text: plain text, of any length.
        language: ISO 639-1, one of ar, zh, en, fr, ru, es.
        organ: where the text is of one: whose meetings and rules are meant.
        session: of that organ, in which its meetings are counted.
        session_kind: the kind of that session.

    Returns:
        The mentions in the order of the text; none lies within another.

    >>> [m.id for m in find_citations("resolution 2118 (2013); see S/PV.7049", "en")]
    ['S/RES/2118(2013)', 'S/PV.7049']
    >>> find_citations("القرار ٢٦٤/٦٧", "ar")[0].address
    'https://docs.un.org/ar/A/RES/67/264'
    """
    if _MARKS.search(text):
        return _without_marks(text, language, organ, session, session_kind)
    found = sorted(
        _all(text, language, organ, session, session_kind),
        key=lambda each: (each[1].start, each[0], -each[1].end),
    )
    kept: list[tuple[int, Mention]] = []
    for rank, mention in found:
        if kept and mention.start < kept[-1][1].end:
            if rank >= kept[-1][0]:
                continue
            kept.pop()
        kept.append((rank, mention))
    return tuple(_completed(mention, text, language) for _, mention in kept)


def _all(
    text: str, language: str, organ: str | None, session: int | None, kind_of: SessionKind
) -> Iterator[tuple[int, Mention]]:
    """Yield what each finder finds, with its rank where two claim one place."""
    for symbol in find_symbols(text):
        second = symbol.canonical.split("/")[1:]
        kind = next((_KINDS[p.split(".")[0]] for p in second if p.split(".")[0] in _KINDS), None)
        yield (
            0,
            Mention(
                symbol.start, symbol.end, symbol.printed, kind or "document", symbol.canonical,
                organ_of(symbol.canonical), proposed=symbol.proposed, why=symbol.why,
                score=symbol.score,
            ),
        )  # fmt: skip
    for mention in find_resolutions(text, language):
        yield 1 if mention.score != 0.8 or "named" in (mention.why or "") else 5, mention
    for mention in find_provisions(text, language, organ):
        yield 2, mention
    for mention in find_meetings(text, language, organ, session, kind_of):
        yield 2, mention
    for mention in find_texts(text, language):
        yield 3, mention
    for mention in find_dates(text, language):
        yield 4, mention


@functools.cache
def _pin(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s?[,،，(（]?\s?(?P<pin>{any_of(citing_words(language).pins)})")


_PINNED = ("document", "resolution", "decision", "text")
_HAS_ADDRESS = ("document", "resolution", "decision", "meeting")


def _completed(mention: Mention, text: str, language: str) -> Mention:
    """Add the printed annex or paragraph, and the address."""
    pin, address = mention.pin, None
    if mention.kind in _PINNED and pin is None:
        match = _pin(language).match(text, mention.end)
        pin = match["pin"] if match else None
    if mention.kind in _HAS_ADDRESS and mention.id:
        address = address_of(mention.id, language)
    elif mention.kind == "text" and mention.id and (symbol := symbol_of_text(mention.id)):
        address = address_of(symbol, language)
    if pin == mention.pin and address is None:
        return mention
    return msgspec.structs.replace(mention, pin=pin, address=address)


def _without_marks(
    text: str, language: str, organ: str | None, session: int | None, session_kind: SessionKind
) -> Mentions:
    """Find in a text without its marks of direction and vowels; places are those of the text."""
    # Where the nth mark left out would stand in the bare text: before it, n marks are missing.
    left_out = [m.start() - n for n, m in enumerate(_MARKS.finditer(text))]
    bare = _MARKS.sub("", text)
    found = find_citations(bare, language, organ=organ, session=session, session_kind=session_kind)
    placed = []
    for mention in found:
        start = mention.start + bisect.bisect_right(left_out, mention.start)
        end = mention.end + bisect.bisect_right(left_out, mention.end - 1)
        placed.append(
            msgspec.structs.replace(mention, start=start, end=end, printed=text[start:end])
        )
    return tuple(placed)
