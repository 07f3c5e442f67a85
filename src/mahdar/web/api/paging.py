"""Pages of lists by cursor: where a list goes on, whatever was added meanwhile."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import msgspec
from ninja.errors import HttpError


def cursor_of(values: Any) -> str:
    """Return a cursor that holds where a list goes on.

    >>> read_cursor(cursor_of(["2013-10-28", "S/PV.7050"]), list[str])
    ['2013-10-28', 'S/PV.7050']
    """
    return base64.urlsafe_b64encode(msgspec.json.encode(values)).rstrip(b"=").decode()


def read_cursor(cursor: str, kind: Any) -> Any:
    """Return what a cursor holds.

    Args:
        cursor: that a list ended with.
        kind: of what it must hold.

    Raises:
        HttpError: 400, it is not one of ours.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        data = base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True)
        held = msgspec.json.decode(data, type=kind)
    except (UnicodeEncodeError, binascii.Error, msgspec.MsgspecError, ValueError):
        raise HttpError(400, "this is no cursor; take the one that the list ended with") from None
    numbers = held if isinstance(held, list) else [held]
    if any(isinstance(each, int) and not 0 <= each < 1 << 62 for each in numbers):
        raise HttpError(400, "this is no cursor; take the one that the list ended with")
    return held
