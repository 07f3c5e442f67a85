"""The process that makes a form of a record: it may take its time, and no more than it is given."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mahdar.archive.packing import unpack
from mahdar.publishing.publish import publish
from mahdar.web.children import hold_to

_MEBIBYTES, _SECONDS = 2048, 55


def main(arguments: list[str]) -> int:
    """Write a form of one file.

    Args:
        arguments: the record as the archive packs it, the form, the file to write.

    Returns:
        The exit status.
    """
    hold_to(_MEBIBYTES, _SECONDS)
    contents, form, target = Path(arguments[0]), arguments[1], Path(arguments[2])
    record = unpack(contents.read_bytes())
    contents.unlink()
    (made,) = publish(record, form).values()  # type: ignore[arg-type]
    new = target.with_name(f".{target.name}-{os.getpid()}")
    new.write_bytes(made)
    new.replace(target)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
