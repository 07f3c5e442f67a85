"""Undo the bidirectional algorithm: from the order of the eye to the order of reading.

A PDF stores where each sign was drawn. What was written follows by undoing, line
by line, the rules by which it was drawn (Unicode Standard Annex 9): the line is
turned round, and what runs from left to right within it, numbers and Latin words,
is turned back. The rule numbers in the comments (W2, N1, L2) are those of the annex.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import msgspec

from mahdar.sources.page import Run

# Gaps wider than this part of the size are blanks, where a line prints no blanks of its own.
_BLANK = 0.2
_PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "‹": "›", "<": ">", "（": "）"}
_OPENERS = {**{a: a for a in _PAIRS}, **{b: a for a, b in _PAIRS.items()}}
_CLOSERS = {**{a: b for a, b in _PAIRS.items()}, **{b: b for b in _PAIRS.values()}}
_KASHIDA = "\u0640"


class Sign(msgspec.Struct):
    """One sign with its edges; ``run`` is None for a blank that only a gap shows."""

    text: str
    left: float
    right: float
    run: Run | None
    kind: str = ""


def logical_line(row: Sequence[Run], size: float, *, rtl: bool, cell: float | None) -> list[Sign]:
    """Return the signs of a line in the order in which they are read.

    Args:
        row: runs that stand on one line; those without places for each sign are
            taken to run from left to right.
        size: of the font, in points.
        rtl: the line as a whole is read from right to left.
        cell: a gap of this many points sets a tabulator; None sets none.
    """
    seen = _seen(row, size, cell)
    if rtl:
        return _mended(_turned(seen))
    return _mended_ltr(_turned_within(seen))


def is_rtl(text: str) -> bool:
    """Tell whether most letters of ``text`` are written from right to left.

    >>> is_rtl("مجلس الأمن S/PV"), is_rtl("S/PV.7050")
    (True, False)
    """
    kinds = [unicodedata.bidirectional(sign) for sign in text]
    right = sum(kind in ("R", "AL") for kind in kinds)
    return right > sum(kind == "L" for kind in kinds)


def plain(sign: str) -> str:
    """Return a presentation form as the letters it stands for.

    >>> plain("\\ufefb") == "\\u0644\\u0627", plain("\\ufee3") == "\\u0645", plain("a")
    (True, True, 'a')
    """
    if "\ufb1d" <= sign <= "\ufefc" and not "\ufe00" <= sign <= "\ufe4f":
        letters = unicodedata.normalize("NFKC", sign)
        return letters.strip() or letters
    return sign


def _seen(row: Sequence[Run], size: float, cell: float | None) -> list[Sign]:
    """Return the signs of a row from left to right, with blanks where gaps show them."""
    signs: list[Sign] = []
    for run in row:
        if run.lefts:
            places = zip(run.text, run.lefts, run.rights, strict=True)
            group: Sign | None = None
            for text, left, right in places:
                if group is not None and left == group.left and right == group.right and left < right:
                    # Several letters of one glyph: a ligature, kept in its own order.
                    group.text += plain(text)
                    continue
                group = Sign(plain(text), left, right, run)
                signs.append(group)
        else:
            width = (run.right - run.left) / max(1, len(run.text))
            signs += [
                Sign(text, run.left + k * width, run.left + (k + 1) * width, run)
                for k, text in enumerate(run.text)
            ]
    for sign in signs:
        sign.kind = _kind(sign.text)
    marks = [sign for sign in signs if sign.kind == "NSM"]
    base = sorted(
        (sign for sign in signs if sign.kind != "NSM"), key=lambda sign: sign.left + sign.right
    )
    for mark in marks:  # a vowel sign belongs to the letter that it stands over
        middle = (mark.left + mark.right) / 2
        letters = [sign for sign in base if sign.kind not in ("WS", "B", "S")]
        if letters:
            owner = min(letters, key=lambda sign: abs((sign.left + sign.right) / 2 - middle))
            owner.text += mark.text
    printed = any(sign.kind == "WS" for sign in base)
    out: list[Sign] = []
    for sign in base:
        if sign.kind == "WS" and (not out or out[-1].kind == "WS"):
            continue
        if out and sign.kind != "WS":
            gap = sign.left - out[-1].right
            if cell is not None and gap > cell:
                if out[-1].kind == "WS":
                    out.pop()
                out.append(Sign("\t", out[-1].right if out else 0.0, sign.left, None, "S"))
            elif gap > (0.6 if printed else _BLANK) * size and out[-1].kind != "WS":
                out.append(Sign(" ", out[-1].right, sign.left, None, "WS"))
        out.append(sign)
    while out and out[-1].kind == "WS":
        out.pop()
    return out


def _kind(text: str) -> str:
    kind = unicodedata.bidirectional(text[0])
    return {"AL": "R", "BN": "ON", "B": "WS", "": "ON"}.get(kind, kind)


def _turned(seen: list[Sign]) -> list[Sign]:
    """Turn a line that is read from right to left."""
    out: list[Sign] = []
    position = len(seen)
    while position > 0:
        # The stretch that ends at ``position`` and runs from left to right.
        start = _island(seen, position)
        if start < position:
            out += seen[start:position]
            position = start
        else:
            position -= 1
            out.append(seen[position])
    return out


def _island(seen: Sequence[Sign], end: int) -> int:
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
        # Signs between: look to the next letter or digit on their far side.
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


def _closes_latin(seen: Sequence[Sign], at: int) -> bool:
    """Tell whether a bracket closes one that opened within Latin text: 2448(2018)."""
    if seen[at].text not in _CLOSERS or seen[at].text in _PAIRS:
        return False
    opener = _OPENERS[seen[at].text]
    for k in range(at - 1, max(-1, at - 24), -1):
        if seen[k].text == opener:
            return (
                k > 0
                and seen[k - 1].kind in ("L", "EN")
                and _latin_before(seen, k)
                and k + 1 < at
            )
        if seen[k].kind == "R":
            return False
    return False


def _latin_before(seen: Sequence[Sign], at: int) -> bool:
    """Tell whether a Latin letter leads, without a letter of the other direction, up to ``at``."""
    for k in range(at - 1, -1, -1):
        if seen[k].kind == "L":
            return True
        if seen[k].kind in ("R", "S", "AN"):
            return False
    return False


def _holds_together(seen: Sequence[Sign], far: int, start: int, between: Sequence[Sign]) -> bool:
    """Tell whether the neutrals ``seen[far:start]`` run from left to right with both their sides."""
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


def _arabic_after(seen: Sequence[Sign], start: int) -> bool:
    """Tell whether an Arabic letter is read before the number at ``start`` (it stands to its right)."""
    for k in range(start, len(seen)):
        if seen[k].kind == "R":
            return True
        if seen[k].kind == "L":
            return False
    return False


def _turned_within(seen: list[Sign]) -> list[Sign]:
    """Turn the right-to-left stretches of a line that is read from left to right."""
    out: list[Sign] = []
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


def _mended(signs: list[Sign]) -> list[Sign]:
    """Put brackets the right way round, and leave out what only fills a justified line.

    Whether a file stores a turned bracket as drawn or as written depends on who
    made it. The blanks around it tell: a bracket that opens has one before it, one
    that closes has one after it.
    """
    signs = [s for k, s in enumerate(signs) if s.text != _KASHIDA or not _between_letters(signs, k)]
    open_: list[str] = []
    for k, sign in enumerate(signs):
        if sign.text not in _OPENERS:
            continue
        before = signs[k - 1].text if k else " "
        after = signs[k + 1].text if k + 1 < len(signs) else " "
        free_before = before.isspace() or before in _PAIRS
        free_after = after.isspace() or not (after[0].isalnum() or after in _PAIRS)
        if free_before and not free_after:
            opens = True
        elif free_after and not free_before:
            opens = False
        else:
            opens = _OPENERS[sign.text] not in open_
        if opens:
            sign.text = _OPENERS[sign.text]
            open_.append(sign.text)
        else:
            opener = _OPENERS[sign.text]
            sign.text = _CLOSERS[sign.text]
            if opener in open_:
                open_.remove(opener)
    return signs


def _mended_ltr(signs: list[Sign]) -> list[Sign]:
    return signs


def _between_letters(signs: Sequence[Sign], at: int) -> bool:
    return (
        0 < at < len(signs) - 1
        and (signs[at - 1].kind == "R" or signs[at - 1].text == _KASHIDA)
        and (signs[at + 1].kind == "R" or signs[at + 1].text == _KASHIDA)
    )
