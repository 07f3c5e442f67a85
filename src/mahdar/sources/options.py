"""How a file is to be read: what a person may ask for beside its name."""

from __future__ import annotations

import msgspec

from mahdar.sources.pdf.limits import Limits


class Options(msgspec.Struct, frozen=True):
    """What to read a file with.

    ``language`` (ISO 639-1) is found out where it is None. ``ocr`` reads pages that
    are pictures without text by recognition. ``limits`` bound what one file may
    take; ``isolated`` reads PDFs in a process of their own.
    """

    language: str | None = None
    ocr: bool = False
    limits: Limits = Limits()
    isolated: bool = True


DEFAULT = Options()
"""Find out the language, no recognition, the usual limits, a process of its own."""
