"""The fonts that come with Mahdar, and whether they hold the letters of a record."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Protocol

from mahdar.errors import MissingLetter
from mahdar.languages import Language

_LATIN, _ARABIC, _CHINESE = "Liberation Serif", "Amiri", "Noto Serif CJK SC"
FAMILIES: dict[str, list[str]] = {
    "ar": [_ARABIC, _LATIN, _CHINESE],
    "zh": [_LATIN, _CHINESE, _ARABIC],
    "en": [_LATIN, _CHINESE, _ARABIC],
}
"""The families in which a language is set, the first that holds a letter taken; "en" for others."""
_FILES = ("LiberationSerif-Regular.ttf", "Amiri-Regular.ttf", "NotoSerifSC-Regular.otf")
_BLANK = frozenset(" \t\n\r\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u202f\u2009\u3000")


class _Printed(Protocol):
    @property
    def text(self) -> str: ...


def fonts_folder() -> Path:
    """Return the folder with the fonts."""
    return Path(str(resources.files("mahdar.publishing") / "fonts"))


@functools.cache
def _letters() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    found: set[int] = set()
    for name in _FILES:
        with TTFont(str(fonts_folder() / name), lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def check_letters(things: Iterable[_Printed], language: Language) -> None:
    """Make sure that each letter can be printed.

    Args:
        things: what is to be printed.
        language: of the record, for the message.

    Raises:
        MissingLetter: the fonts lack a letter; names it and where it first stands.
    """
    known = _letters()
    for thing in things:
        for at, character in enumerate(thing.text):
            if ord(character) not in known and character not in _BLANK:
                around = thing.text[max(0, at - 20) : at + 20]
                raise MissingLetter(
                    f"no font that comes with Mahdar has the letter '{character}'"
                    f" (U+{ord(character):04X}), which stands in '…{around}…'"
                    f" ({language.data.code}); publish as DOCX or HTML, whose reader brings"
                    " the fonts"
                )
