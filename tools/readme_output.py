"""Put what ``make run`` prints into README.md, or with ``--check`` tell whether it is there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from mahdar import specimen_path
from mahdar.publishing.summary import summarise
from mahdar.reading.read import read_file

README = Path(__file__).parent.parent / "README.md"
_PLACE = re.compile(r"(<!-- what `make run` prints -->\n```text\n).*?(```\n)", re.DOTALL)


def main() -> int:
    """Write the block, or compare it; return the exit status."""
    old = README.read_text(encoding="utf-8")
    printed = summarise(read_file(specimen_path()).record)
    new = _PLACE.sub(lambda m: m.group(1) + printed + m.group(2), old)
    if "--check" in sys.argv:
        if new != old:
            print("README.md does not show what make run prints; run: make docs")
        return int(new != old)
    README.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
