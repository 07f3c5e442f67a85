"""Where a paragraph is within Mahdar, for good, and how one cites it in short."""

from __future__ import annotations


def address_in(
    key: str,
    language: str,
    version: int,
    turn: int | None = None,
    paragraph: int | None = None,
    position: int | None = None,
) -> str:
    """Return the permanent address of a record, or of a turn or paragraph of it.

    It names the version, so that it keeps its meaning when a corrected record comes; turns and
    paragraphs are counted from 1, as on the pages that Mahdar publishes.

    Args:
        key: the symbol, or the key of a record without one.
        language: of the record.
        version: of the record.
        turn: number of the turn, from 0.
        paragraph: number within the turn, from 0.
        position: of what is no turn (an act, a heading, the agenda) among the speeches, from 0.

    >>> address_in("S/PV.7050", "ar", 1, 11, 2)
    'S/PV.7050/ar@1#t12p3'
    >>> address_in("S/PV.7050", "ar", 1, position=0)
    'S/PV.7050/ar@1#s1'
    """
    where = f"{key}/{language}@{version}"
    if turn is None:
        return where if position is None else f"{where}#s{position + 1}"
    return f"{where}#t{turn + 1}" + ("" if paragraph is None else f"p{paragraph + 1}")


def short_form(symbol: str, page: int | None, speaker: str | None) -> str:
    """Return how diplomats cite a passage: symbol, page, and for whom somebody spoke.

    >>> short_form("S/PV.7050", 12, "Morocco"), short_form("S/PV.7050", None, None)
    ('S/PV.7050, p. 12 (Morocco)', 'S/PV.7050')
    """
    where = symbol if page is None else f"{symbol}, p. {page}"
    return f"{where} ({speaker})" if speaker else where
