"""The process that makes a form of a record: it may take its time, and no more than it is given."""

from __future__ import annotations

import sys
from pathlib import Path

from mahdar.errors import MahdarError
from mahdar.model.formats import decode_record
from mahdar.publishing.publish import publish
from mahdar.web.children import hold_to
from mahdar.web.making import tell_why_not, write_whole

_MEBIBYTES, _SECONDS = 2048, 55


def main(arguments: list[str]) -> int:
    """Write a form of one file; the record comes on standard input, as JSON.

    Args:
        arguments: the form, the file to write.

    Returns:
        The exit status: 1 where the record cannot be put into that form, which is written down.
    """
    hold_to(_MEBIBYTES, _SECONDS)
    form, target = arguments[0], Path(arguments[1])
    try:
        (made,) = publish(decode_record(sys.stdin.buffer.read()), form).values()  # type: ignore[arg-type]
    except MahdarError as error:
        tell_why_not(target, error)
        return 1
    write_whole(target, made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
