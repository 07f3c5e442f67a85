"""Symbols of verbatim records, read and written by the series of their organs."""

from __future__ import annotations

import functools
import re

import msgspec

from mahdar.model.record import SessionKind
from mahdar.organs.loader import organs, read_organ
from mahdar.organs.organ import Organ, Series

# A resumption or part in brackets, what changed the document, the star of one that was reissued.
_AFTER = r"(?:\s*\(.*\)|Resumption\d+)?(?:/\w+\.\s?\d+)*\*?"


class SymbolRead(msgspec.Struct, frozen=True):
    """What the symbol of a verbatim record says."""

    organ: Organ
    number: int
    session: int | None = None
    session_kind: SessionKind = "regular"


def read_symbol(printed: str) -> SymbolRead | None:
    """Return what the symbol of a verbatim record says; None where it is of no known series.

    Args:
        printed: the symbol and nothing else; digits in ASCII.

    >>> [(s.organ.code, s.session, s.number) for s in map(read_symbol, (
    ...     "S/PV.7050", "A/64/PV.121", "A/C.1/65/PV.12", "A/S-27/PV.3"))]
    [('SC', None, 7050), ('GA', 64, 121), ('C1', 65, 12), ('GA', 27, 3)]
    >>> read_symbol("A/ES-10/PV.39").session_kind
    'emergency_special'
    """
    for organ in organs():
        for series in organ.series:
            match = _pattern(series.symbol).fullmatch(printed)
            if match:
                values = match.groupdict()
                session = int(values["session"]) if values.get("session") else None
                kind = series.sessions or "regular"
                return SymbolRead(organ, int(values["number"]), session, kind)
    return None


def write_symbol(
    code: str | None,
    number: int | None,
    session: int | None = None,
    session_kind: SessionKind = "regular",
) -> str | None:
    """Return the symbol of a meeting; None where it cannot be known.

    Args:
        code: of the organ.
        number: of the meeting.
        session: where the organ counts by sessions.
        session_kind: the kind of session.

    >>> write_symbol("GA", 3, 27, "special"), write_symbol("GA", 1796, 23), write_symbol("GA", 3)
    ('A/S-27/PV.3', 'A/PV.1796', None)
    """
    organ = read_organ(code)
    if organ is None or number is None:
        return None
    for series in organ.series:
        if _fits(series, session, session_kind):
            return series.symbol.format(number=number, session=session)
    return None


def _fits(series: Series, session: int | None, kind: SessionKind) -> bool:
    if series.sessions is None:
        return True
    known = session is not None and series.from_session <= session <= series.until_session
    return known and series.sessions == kind


@functools.cache
def _pattern(symbol: str) -> re.Pattern[str]:
    bare = re.escape(symbol).replace(r"PV\.", r"PV\.\s?")
    bare = bare.replace(r"\{number\}", r"(?P<number>\d{1,6})")
    return re.compile(bare.replace(r"\{session\}", r"(?P<session>\d{1,3})") + _AFTER)
