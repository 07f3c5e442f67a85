"""Where the schemas of other formats are found: beside the project, in a package, or where told."""

from __future__ import annotations

import os
from pathlib import Path

_BESIDE = Path(__file__).parent.parent.parent / "shared" / "schemas"


def find_schema(name: str) -> Path | None:
    """Return a schema by its file name, or None where it is not at hand.

    It is looked for in the folders of MAHDAR_SCHEMAS, parted by colons, and beside the project.
    That of Akoma Ntoso comes inside the package cobalt, which need not be installed for it.
    """
    folders = [Path(part) for part in os.environ.get("MAHDAR_SCHEMAS", "").split(":") if part]
    folders.append(_BESIDE)
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
