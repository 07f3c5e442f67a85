"""Compare text as a reader does: passing over vowel marks, seats of hamza, case, digits' family."""

from __future__ import annotations

import unicodedata

import msgspec


class Fold(msgspec.Struct, frozen=True):
    r"""What a language passes over and what it takes for the same character.

    ``table`` is for :meth:`str.translate`; characters passed over map to None.

    >>> fold = make_fold([["أ", "ا"]], "\u064b", ["٠١٢٣٤٥٦٧٨٩"])
    >>> fold.key("أولاً ٢٥")
    'اولا 25'
    """

    table: dict[int, str | None]
    light: dict[int, str | None]

    def spelling(self, text: str) -> str:
        """Return ``text`` with characters passed over left out and every letter as it is spelt.

        Where :meth:`key` takes two letters for one, two words may fall together that
        grammar tells apart: "that" and "indeed" in Arabic.
        """
        return text.translate(self.light).lower()

    def key(self, text: str) -> str:
        """Return ``text`` as it is compared: folded, blanks made single."""
        return " ".join(text.translate(self.table).casefold().split())

    def view(self, text: str) -> FoldedText:
        """Return ``text`` folded by characters, with the way back to the printed offsets."""
        return FoldedText(text, text.translate(self.table).lower(), self.table)


class FoldedText:
    """Folded text that knows the printed offset of each of its characters."""

    def __init__(self, printed: str, text: str, table: dict[int, str | None]) -> None:
        self.text = text
        self._printed, self._table = printed, table
        self._offsets: list[int] | None = None

    def printed(self, at: int) -> int:
        """Return the printed offset for an offset into the folded text."""
        if len(self.text) == len(self._printed):
            return at
        if self._offsets is None:  # made only when asked for: few texts hold a formula
            self._offsets = [
                offset
                for offset, character in enumerate(self._printed)
                for _ in character.translate(self._table).lower()
            ]
            self._offsets.append(len(self._printed))
        return self._offsets[at]


def make_fold(pairs: list[list[str]], skip: str, digits: list[str]) -> Fold:
    """Make a fold from a language's data.

    Args:
        pairs: each the letters as printed and the one letter they are compared as.
        skip: characters to pass over.
        digits: families of digits, each ten characters from zero to nine.
    """
    light: dict[int, str | None] = {ord(character): None for character in skip}
    for family in digits:
        light.update({ord(character): str(value) for value, character in enumerate(family)})
    light.update({0xA0: " ", 0x202F: " ", 0x2009: " "})
    table = dict(light)
    for printed, compared in pairs:
        table.update({ord(character): compared for character in printed})
    return Fold(table, light)


def plain_digits(text: str) -> str:
    """Return a text with digits of any family turned to 0 to 9.

    >>> plain_digits("البند ٦٨ و70")
    'البند 68 و70'
    """
    return "".join(
        character if (value := unicodedata.decimal(character, None)) is None else str(value)
        for character in text
    )


def digits_value(text: str) -> int | None:
    """Return the number that digits of any family spell, or None.

    >>> digits_value("٧٠٥٠"), digits_value("7050"), digits_value("x")
    (7050, 7050, None)
    """
    text = text.strip()
    if not text:
        return None
    value = 0
    for character in text:
        digit = unicodedata.decimal(character, None)
        if digit is None:
            return None
        value = value * 10 + digit
    return value
