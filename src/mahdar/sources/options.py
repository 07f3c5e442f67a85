"""How a file is to be read: what a person may ask for beside its name."""

from __future__ import annotations

import msgspec

from mahdar.sources.limits import Limits


class Options(msgspec.Struct, frozen=True):
    """What to read a file with.

    ``language`` (ISO 639-1) is found out where it is None. ``ocr`` reads pages that
    are pictures without text by recognition. ``limits`` bound what one file may
    take; ``isolated`` reads in a process of its own, which alone can hold it to time and memory.
    """

    language: str | None = None
    ocr: bool = False
    limits: Limits = Limits()
    isolated: bool = True


DEFAULT = Options()
"""Find out the language, no recognition, the usual limits, a process of its own."""
