"""Undo the bidirectional algorithm: from the order of the eye to the order of reading.

A PDF stores where each sign was drawn. What was written follows by undoing, line
by line, the rules by which it was drawn (Unicode Standard Annex 9): the line is
turned round, and what runs from left to right within it, numbers and Latin words,
is turned back. The rule numbers in the comments (W2, N1, L2) are those of the annex.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence

import msgspec

from mahdar.sources.page import Run

# Gaps wider than this part of the size are blanks, where a line prints no blanks of its own.
_BLANK, _GAP, _LATIN_GAP = 0.2, 0.14, 0.1
# Beside a stroke no blank stands: a gap there only fills the line.
_STROKE_GAP = 0.6
# A blank that leaves no gap was printed at the end of a line, over the last letter.
_NO_GAP = 0.05
_WIDE_MARK = 0.6
# Arabic letters that end a word; letters that touch the one after them within a word; the gap
# from which two letters that would touch do not.
_FINAL = frozenset("ةى")
_JOINING = frozenset("بتثجحخسشصضطظعغفقكلمنهيئ")
# Letters whose stroke reaches back over the blank before them: some fonts draw that blank as a
# glyph of its own, which means nothing.
_SWEEPING = frozenset("كگ")
_MARKS = frozenset("ـ")
# Letters after which a kashida may stand, and how near it must lie, in points.
_STRETCHED = _JOINING | frozenset("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652")
_NEAR = 0.8
_ALEFS = frozenset("اأإآٱى")
_APART = 0.047
# Letters that share more than this part of their width stand one above the other.
_STACKED, _TWIN, _ONE_GLYPH, _BESIDE = 0.5, 0.4, 0.9, 0.25
# Orders count the signs within a run, and runs by this many.
_NEXT, _LINE = 1000, -2
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
    order: int = 0


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
            count = 0
            for text, left, right in places:
                if group is not None and left == group.left and right == group.right and left < right:
                    # Several letters of one glyph: a ligature, kept in its own order.
                    group.text += plain(text)
                    continue
                group = Sign(plain(text), left, right, run, order=1000 * run.order + count)
                count += 1
                signs.append(group)
        else:
            width = (run.right - run.left) / max(1, len(run.text))
            signs += [
                Sign(text, run.left + k * width, run.left + (k + 1) * width, run)
                for k, text in enumerate(run.text)
            ]
    _order_ligatures(signs)
    for sign in signs:
        sign.kind = _kind(sign.text)
    marks = [sign for sign in signs if sign.kind == "NSM"]
    base = sorted(
        (sign for sign in signs if sign.kind != "NSM"), key=lambda sign: sign.left + sign.right
    )
    ways = _ways(base)
    _unstack(base, ways)
    for mark in marks:  # a vowel sign belongs to the letter that it stands over
        letters = [sign for sign in base if sign.kind == "R"]
        if letters:
            owner = _owner(mark, letters, ways, size)
            if mark.text in owner.text:
                continue  # a maker that gives letter and mark the meaning of both
            owner.text += mark.text
            if mark.right - mark.left < _WIDE_MARK * size:
                owner.left, owner.right = min(owner.left, mark.left), max(owner.right, mark.right)
    base = _without_twins(base)
    printed = any(sign.kind == "WS" for sign in base)
    out: list[Sign] = []
    blank: Sign | None = None
    weak = False  # a blank without a width may be nothing but a break between two runs
    for sign in base:
        if sign.kind == "WS":
            wide = sign.right - sign.left > _NO_GAP * size
            if wide and (blank is None or weak):
                blank, weak = sign, False
            elif blank is None:
                blank, weak = sign, True
            continue
        if out:
            gap = sign.left - out[-1].right
            if cell is not None and gap > cell:
                out.append(Sign("\t", out[-1].right, sign.left, None, "S"))
            elif blank is not None and (
                gap > (_GAP if weak else _NO_GAP) * size
                or (not weak and _between(blank, out[-1], sign))
            ):
                out.append(blank)
            elif gap > _least_blank(out[-1], sign, printed=printed) * size or _word_ends(sign, out[-1], gap / size):
                out.append(Sign(" ", out[-1].right, sign.left, None, "WS"))
        out.append(sign)
        blank = None
    return out


def _least_blank(one: Sign, other: Sign, *, printed: bool) -> float:
    """Return the gap, in parts of the size, from which it is a blank between two signs."""
    if one.kind == other.kind == "L":
        return _LATIN_GAP
    if printed and "/" in (one.text, other.text):
        return _STROKE_GAP
    return _GAP if printed else _BLANK


def _word_ends(before: Sign, after: Sign, gap: float) -> bool:
    """Tell by how Arabic letters join whether a word ends between two of them.

    Some letters stand only at the end of a word; most others touch the letter that
    follows them within one. ``gap`` is in parts of the size.
    """
    if before.kind != "R" or after.kind != "R" or after.text[0] in _MARKS:
        return False
    letter = before.text[0]
    return letter in _FINAL or (
        letter in _JOINING and after.text[0] in _SWEEPING and gap > _APART
    )


def _without_twins(signs: Sequence[Sign]) -> list[Sign]:
    """Leave out a letter that is drawn once but stored twice, with its mark and with its letter."""
    out: list[Sign] = []
    for sign in signs:
        for k in range(len(out) - 1, max(-1, len(out) - 3), -1):
            one = out[k]
            shared, narrow = _overlap(one, sign)
            if (
                sign.kind == one.kind == "R"
                and one.text[0] == sign.text[0]
                and len(one.text) + len(sign.text) > 2
                and shared > _TWIN * narrow
            ):
                if sign.right - sign.left > one.right - one.left:
                    sign.text = max(one.text, sign.text, key=len)
                    del out[k]
                    out.append(sign)
                else:
                    one.text = max(one.text, sign.text, key=len)
                break
        else:
            out.append(sign)
    return out


def _between(blank: Sign, one: Sign, other: Sign) -> bool:
    """Tell whether the file has a blank between two signs, not at the end of the line."""
    return min(one.order, other.order) < blank.order < max(one.order, other.order)


def _owner(mark: Sign, letters: Sequence[Sign], ways: Counter[int], size: float) -> Sign:
    """Return the letter that a vowel sign was written after, or else the one it stands over.

    "An" at the end of a word may be written before its alef or after it: it is drawn in one
    place, so only a file that goes the way of reading tells.
    """
    middle = (mark.left + mark.right) / 2

    def distance(sign: Sign) -> float:
        return abs((sign.left + sign.right) / 2 - middle)

    if (ways[mark.order // _NEXT] or ways[_LINE]) > 0 and mark.order % _NEXT:
        for sign in letters:
            if sign.order == mark.order - 1 and distance(sign) < size:
                return sign
    return min(letters, key=distance)


def _order_ligatures(signs: Sequence[Sign]) -> None:
    """Put the letters of ligatures in the order in which they are read.

    Where a file was turned line by line, the letters within a ligature were turned
    too. An alef before a lam in one glyph tells: no writing has that ligature.
    """
    groups = [sign for sign in signs if len(sign.text) > 1 and _kind(sign.text) == "R"]
    pairs = [sign.text for sign in groups if len(sign.text) == 2 and "ل" in sign.text]
    turned = sum(text[0] in _ALEFS and text[1] == "ل" for text in pairs)
    straight = sum(text[0] == "ل" and text[1] in _ALEFS for text in pairs)
    for sign in groups:
        alone = sign.text[0] in _ALEFS and sign.text[1] == "ل"
        if alone or turned > straight:
            sign.text = sign.text[::-1]


def _ways(signs: Sequence[Sign]) -> Counter[int]:
    """Return, for each run and for the line, whether the file goes the way of reading.

    More than 0: it does; less: it goes the way of the eye. Letters that stand apart tell.
    """
    ways: Counter[int] = Counter()
    for one, other in itertools.pairwise(signs):
        shared, narrow = _overlap(one, other)
        if one.kind == other.kind == "R" and shared <= _BESIDE * narrow:
            way = 1 if one.order > other.order else -1
            ways[_run_of(one, other)] += way
            ways[_LINE] += way
    return ways


def _unstack(signs: list[Sign], ways: Counter[int]) -> None:
    """Order letters that stand one above the other as the file has them: the eye cannot tell."""
    for k in range(len(signs) - 1):
        one, other = signs[k], signs[k + 1]
        if one.kind != "R" or other.kind != "R":
            continue
        shared, narrow = _overlap(one, other)
        if narrow <= 0 or shared <= _STACKED * narrow:
            continue
        way = ways[_run_of(one, other)] or ways[_LINE] or 1
        if shared > _ONE_GLYPH * narrow and "ل" in (one.text, other.text) and (
            {one.text, other.text} & _ALEFS
        ):
            turn = one.text == "ل"  # lam-alef, whatever the file says
        else:
            turn = (one.order < other.order) == (way > 0)
        if turn:
            signs[k], signs[k + 1] = other, one


def _run_of(one: Sign, other: Sign) -> int:
    """Return the number of the run that two signs share, -1 where they are of two runs."""
    return one.order // _NEXT if one.order // _NEXT == other.order // _NEXT else -1


def _overlap(one: Sign, other: Sign) -> tuple[float, float]:
    """Return how much two signs share and how wide the narrower is, in points."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared, min(one.right - one.left, other.right - other.left)


def _kind(text: str) -> str:
    kind = unicodedata.bidirectional(text[0])
    return {"AL": "R", "BN": "ON", "B": "WS", "": "ON"}.get(kind, kind)


def _turned(seen: list[Sign]) -> list[Sign]:
    """Turn a line that is read from right to left."""
    out: list[Sign] = []
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


def _broken_off(seen: Sequence[Sign], end: int) -> int | None:
    """Return 0 where the line ends, on the left, in a symbol that goes on in the next: "S/"."""
    last = seen[end - 1]
    if last.text not in "/-" or end < 2 or seen[end - 2].kind not in ("L", "EN"):
        return None
    if end < len(seen) and seen[end].kind not in ("WS", "R", "ON"):
        return None
    return 0 if _island(seen, end - 1) == 0 else None


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
    signs = _without_fillers(signs)
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


def _without_fillers(signs: list[Sign]) -> list[Sign]:
    """Leave out what only stretches a justified line: kashida between two letters.

    One maker of PDFs gives its kashida the meaning of any other sign, so whatever
    touches an Arabic letter on both sides within a word is one too.
    """
    out: list[Sign] = []
    k = 0
    while k < len(signs):
        end = k
        while end < len(signs) and signs[end].text == signs[k].text and _may_fill(signs[end]):
            end += 1
        if end > k and 0 < k and end < len(signs):
            before, after = signs[k - 1], signs[end]
            filler = signs[k:end]
            touching = before.left - max(sign.right for sign in filler) < _NEAR
            touching = touching and min(sign.left for sign in filler) - after.right < _NEAR
            if before.kind == after.kind == "R" and before.text[-1] in _STRETCHED and touching:
                k = end
                continue
        out.append(signs[k])
        k += 1
    return out


def _may_fill(sign: Sign) -> bool:
    return sign.text == _KASHIDA or (len(sign.text) == 1 and sign.kind in ("L", "ON", "ET"))
