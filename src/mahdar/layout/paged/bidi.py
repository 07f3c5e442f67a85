"""Undo the bidirectional algorithm: from the order of the eye to the order of reading.

A PDF stores where each character was drawn. What was written follows by undoing, line
by line, the rules by which it was drawn (Unicode Standard Annex 9): the line is
turned round, and what runs from left to right within it, numbers and Latin words,
is turned back. The rule numbers in the comments (W2, N1) are those of the annex.
"""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.layout.paged.characters import JOINING, KASHIDA, Character, characters_of
from mahdar.sources.page import Run

# Letters after which a kashida may stand, and how near it must lie, in points.
_STRETCHED = JOINING | frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
_NEAR = 0.8
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "<": ">", "（": "）"}
_OPENERS = {**{a: a for a in _PAIRS}, **{b: a for a, b in _PAIRS.items()}}
_CLOSERS = {**_PAIRS, **{b: b for b in _PAIRS.values()}}
# The PDF library turns these in text from right to left, which Unicode does not.
_QUOTES = {"“": "”", "”": "“", "‘": "’", "’": "‘"}


def logical_line(
    row: Sequence[Run], size: float, *, rtl: bool, cell: float | None
) -> tuple[list[Character], str]:
    """Return the characters of a line in the order in which they are read, and what only filled it.

    Args:
        row: runs that stand on one line; those without places for each character are
            taken to run from left to right.
        size: of the font, in points.
        rtl: the line as a whole is read from right to left.
        cell: a gap of this many points sets a tabulator; None sets none.
    """
    seen = characters_of(row, size, cell)
    if rtl:
        characters, fillers = _without_fillers(_turned(seen))
        return _mended(characters), fillers
    return _turned_within(seen), ""


def _turned(seen: list[Character]) -> list[Character]:
    """Turn a line that is read from right to left."""
    out: list[Character] = []
    position = len(seen)
    while position > 0:
        # The stretch that ends at ``position`` and runs from left to right.
        broken = _broken_off(seen, position)
        start = _island(seen, position) if broken is None else broken
        if start < position:
            out += seen[start:position]
            position = start
        else:
            position -= 1
            character = seen[position]
            if character.text in _QUOTES and character.run is not None and not character.run.read:
                character.text = _QUOTES[character.text]
            out.append(character)
    return out


def _island(seen: Sequence[Character], end: int) -> int:
    """Return where a left-to-right stretch begins that ends before ``end``; ``end`` if none does.

    Letters take with them what stands between them (N1), numbers after them (W7)
    and brackets that open after a letter (N0). Digits take one separator between
    two numbers (W4); a hyphen only between European digits that follow a Latin
    letter or nothing (W2 makes them Arabic after an Arabic letter).
    """
    if seen[end - 1].kind not in ("L", "EN", "AN") and not _closes_latin(seen, end - 1):
        return end
    start = end - 1
    while start > 0:
        kind = seen[start - 1].kind
        if kind in ("L", "EN", "AN"):
            start -= 1
            continue
        # Characters between: look to the next letter or digit on their far side.
        far = start - 1
        while far > 0 and seen[far - 1].kind not in ("L", "EN", "AN", "R", "S"):
            far -= 1
        if far == 0 or seen[far - 1].kind in ("R", "S"):
            break
        between = seen[far:start]
        if not _holds_together(seen, far, start, between):
            break
        start = far
    return start


def _broken_off(seen: Sequence[Character], end: int) -> int | None:
    """Return 0 where the line ends, on the left, in a symbol that goes on in the next: "S/"."""
    last = seen[end - 1]
    if last.text not in "/-" or end < 2 or seen[end - 2].kind not in ("L", "EN"):
        return None
    if end < len(seen) and seen[end].kind not in ("WS", "R", "ON"):
        return None
    return 0 if _island(seen, end - 1) == 0 else None


def _closes_latin(seen: Sequence[Character], at: int) -> bool:
    """Tell whether a bracket closes one that opened within Latin text: 2448(2018)."""
    if seen[at].text not in _CLOSERS or seen[at].text in _PAIRS:
        return False
    opener = _OPENERS[seen[at].text]
    for k in range(at - 1, max(-1, at - 24), -1):
        if seen[k].text == opener:
            return (
                k > 0 and seen[k - 1].kind in ("L", "EN") and _latin_before(seen, k) and k + 1 < at
            )
        if seen[k].kind == "R":
            return False
    return False


def _latin_before(seen: Sequence[Character], at: int) -> bool:
    """Tell whether a Latin letter leads, without a letter of the other direction, up to ``at``."""
    for k in range(at - 1, -1, -1):
        if seen[k].kind == "L":
            return True
        if seen[k].kind in ("R", "S", "AN"):
            return False
    return False


def _holds_together(
    seen: Sequence[Character], far: int, start: int, between: Sequence[Character]
) -> bool:
    """Tell whether the neutrals ``seen[far:start]`` run from left to right with their sides."""
    before, after = seen[far - 1].kind, seen[start].kind
    if after == "L":
        # N1 needs a Latin side on the left: a letter, or a number that W7 made one.
        return before == "L" or (before == "EN" and _latin_before(seen, far))
    if before == "L" or (before == "EN" and _latin_before(seen, far)):
        return after == "EN"  # W7: the number after a letter goes with it
    if len(between) == 1 and between[0].kind == "CS":
        return before == after  # W4
    if len(between) == 1 and between[0].kind == "ES":
        return before == after == "EN" and not _arabic_after(seen, start)
    return False


def _arabic_after(seen: Sequence[Character], start: int) -> bool:
    """Tell whether an Arabic letter is read before the number at ``start``: to its right."""
    for k in range(start, len(seen)):
        if seen[k].kind == "R":
            return True
        if seen[k].kind == "L":
            return False
    return False


def _turned_within(seen: list[Character]) -> list[Character]:
    """Turn the right-to-left stretches of a line that is read from left to right."""
    out: list[Character] = []
    position = 0
    while position < len(seen):
        if seen[position].kind != "R":
            out.append(seen[position])
            position += 1
            continue
        end = position
        for k in range(position, len(seen)):
            if seen[k].kind in ("L", "S"):
                break
            if seen[k].kind in ("R", "AN"):
                end = k + 1
        out += _turned(seen[position:end])
        position = end
    return out


def _mended(characters: list[Character]) -> list[Character]:
    """Put brackets the right way round.

    Whether a file stores a turned bracket as drawn or as written depends on who
    made it. The blanks around it tell: a bracket that opens has one before it, one
    that closes has one after it.
    """
    open_: list[str] = []
    for k, character in enumerate(characters):
        if character.text not in _OPENERS:
            continue
        before = characters[k - 1].text if k else " "
        after = characters[k + 1].text if k + 1 < len(characters) else " "
        free_before = before.isspace() or before in _PAIRS
        free_after = after.isspace() or not (after[0].isalnum() or after in _PAIRS)
        if free_before and not free_after:
            opens = True
        elif free_after and not free_before:
            opens = False
        else:
            opens = _OPENERS[character.text] not in open_
        if opens:
            character.text = _OPENERS[character.text]
            open_.append(character.text)
        else:
            opener = _OPENERS[character.text]
            character.text = _CLOSERS[character.text]
            if opener in open_:
                open_.remove(opener)
    return characters


def _without_fillers(characters: list[Character]) -> tuple[list[Character], str]:
    """Part what only stretches a justified line from the rest: kashida between two letters.

    One maker of PDFs gives its kashida the meaning of any other character, so whatever
    touches an Arabic letter on both sides within a word is one too.
    """
    out: list[Character] = []
    fillers = ""
    k = 0
    while k < len(characters):
        end = k
        while (
            end < len(characters)
            and characters[end].text == characters[k].text
            and _may_fill(characters[end])
        ):
            end += 1
        if end > k > 0 and end < len(characters):
            before, after = characters[k - 1], characters[end]
            filler = characters[k:end]
            touching = before.left - max(character.right for character in filler) < _NEAR
            touching = (
                touching and min(character.left for character in filler) - after.right < _NEAR
            )
            if before.kind == after.kind == "R" and before.text[-1] in _STRETCHED and touching:
                fillers += "".join(character.text for character in filler)
                k = end
                continue
        out.append(characters[k])
        k += 1
    return out, fillers


def _may_fill(character: Character) -> bool:
    return character.text == KASHIDA or (
        len(character.text) == 1 and character.kind in ("L", "ON", "ET")
    )
