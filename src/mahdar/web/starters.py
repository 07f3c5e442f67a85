"""The invented meetings, with which a new archive has something to read."""

from __future__ import annotations

from pathlib import Path

from mahdar.api.archive import Archive
from mahdar.api.records import publish, specimen_path
from mahdar.languages import language_codes
from mahdar.specimens.build import specimen


def add_specimens(archive: Archive, folder: Path) -> int:
    """Print the invented meeting in six languages, read it back, and keep it; and the other one.

    Args:
        archive: to put them in.
        folder: where their files stay, for the pictures of their pages.

    Returns:
        How many records there are then more.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for code in language_codes():
        path = folder / f"specimen.{code}.pdf"
        path.write_bytes(publish(specimen(code), "pdf")[".pdf"])
        paths.append(path)
    paths.append(specimen_path())
    return archive.add(paths).new
