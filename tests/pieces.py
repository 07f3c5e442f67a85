"""Cut a text into its blank-line-separated pieces, without the help of the program."""

from __future__ import annotations

import re


def pieces(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each piece, offsets in characters."""
    found = []
    for piece in re.finditer(r"[^\n][\s\S]*?(?=\n[ \t]*\n|\Z)", text):
        words = piece.group().rstrip("\n")
        if words.strip():
            start = piece.start() + len(words) - len(words.lstrip("\n"))
            found.append((start, piece.start() + len(words)))
    return found
