"""The characters of a line as they stand, from left to right: blanks, vowel marks, stacked letters.

A file stores where each character was drawn, and little else that can be trusted: the
same glyph may stand for two letters, a letter and its vowel mark may each be stored
as both, and a blank may be drawn, or only left.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

import msgspec

from mahdar.sources.page import Run

# Gaps wider than this part of the size are blanks: where a line prints no blanks of its own,
# where it does, and between Latin letters.
_BLANK, _GAP, _LATIN_GAP = 0.2, 0.14, 0.1
# Beside a stroke no blank stands: a gap there only fills the line.
_STROKE_GAP = 0.6
# A blank that leaves no gap was printed at the end of a line, over the last letter.
_NO_GAP = 0.05
_WIDE_MARK = 0.6
# Arabic letters that end a word; letters that touch the one after them within a word; the gap
# from which two letters that would touch do not.
_FINAL = frozenset("ةى")
JOINING = frozenset("بتثجحخسشصضطظعغفقكلمنهيئ")
"""Arabic letters that touch the letter after them within a word."""
_APART = 0.047
# Some makers store each character as a run; a run of more is words.
_SINGLE = 2
# Letters whose stroke reaches back over the blank before them: some fonts draw that blank as a
# glyph of its own, which means nothing.
_SWEEPING = frozenset("كگ")
_ALEFS = frozenset("اأإآٱى")
# Letters that share more than this part of their width stand one above the other.
_STACKED, _TWIN, _ONE_GLYPH, _BESIDE = 0.5, 0.4, 0.9, 0.25
# Orders count the characters within a run, and runs by this many.
_NEXT, _LINE = 1000, -2


KASHIDA = "\u0640"
"""The character that stretches a word to fill its line."""
# Vowel marks and the like: what holds them is looked at letter by letter.
_MARKED = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")


class Character(msgspec.Struct):
    """One character with its edges; ``run`` is None for a blank that only a gap shows.

    Letters of a word that plainly stand one beside the other are kept as one, in the
    order of reading, with ``word`` true: nothing about them needs a closer look.
    """

    text: str
    left: float
    right: float
    run: Run | None
    kind: str = ""
    order: int = 0
    word: bool = False


def plain(character: str) -> str:
    r"""Return a presentation form as the letters it stands for.

    >>> plain("\ufefb") == "\u0644\u0627", plain("\ufee3") == "\u0645", plain("a")
    (True, True, 'a')
    """
    if "\ufb1d" <= character <= "\ufefc" and not "\ufe00" <= character <= "\ufe4f":
        letters = unicodedata.normalize("NFKC", character)
        return letters.strip() or letters
    return character


def characters_of(row: Sequence[Run], size: float, cell: float | None) -> list[Character]:
    """Return the characters of a row from left to right, with blanks where gaps show them."""
    characters: list[Character] = []
    for run in row:
        if run.lefts:
            characters += _characters_of_run(run)
        else:
            width = (run.right - run.left) / max(1, len(run.text))
            characters += [
                Character(text, run.left + k * width, run.left + (k + 1) * width, run)
                for k, text in enumerate(run.text)
            ]
    _order_ligatures(characters)
    for character in characters:
        if not character.word:
            character.kind = kind_of(character.text)
    marks = [character for character in characters if character.kind == "NSM"]
    base = sorted(
        (character for character in characters if character.kind != "NSM"),
        key=lambda character: character.left + character.right,
    )
    ways = _ways(base)
    _unstack(base, ways)
    for mark in marks:  # a vowel mark belongs to the letter that it stands over
        letters = [character for character in base if character.kind == "R"]
        if letters:
            owner = _owner(mark, letters, ways, size)
            if mark.text in owner.text:
                continue  # a maker that gives letter and mark the meaning of both
            owner.text += mark.text
            if mark.right - mark.left < _WIDE_MARK * size:
                owner.left, owner.right = min(owner.left, mark.left), max(owner.right, mark.right)
    base = _without_twins(base)
    printed = any(character.kind == "WS" for character in base)
    out: list[Character] = []
    blank: Character | None = None
    weak = False  # a blank without a width may be nothing but a break between two runs
    for character in base:
        if character.kind == "WS":
            wide = character.right - character.left > _NO_GAP * size
            if wide and (blank is None or weak):
                blank, weak = character, False
            elif blank is None:
                blank, weak = character, True
            continue
        if out:
            gap = character.left - out[-1].right
            if cell is not None and gap > cell:
                out.append(Character("\t", out[-1].right, character.left, None, "S"))
            elif blank is not None and (
                gap > (_GAP if weak else _NO_GAP) * size
                or (not weak and _between(blank, out[-1], character))
            ):
                out.append(blank)
            elif gap > _least_blank(out[-1], character, printed=printed) * size or _word_ends(
                character, out[-1], gap / size
            ):
                out.append(Character(" ", out[-1].right, character.left, None, "WS"))
        out.append(character)
        blank = None
    return out


def _least_blank(one: Character, other: Character, *, printed: bool) -> float:
    """Return the gap, in parts of the size, from which it is a blank between two characters."""
    if one.kind == other.kind == "L":
        return _LATIN_GAP
    if printed and "/" in (one.text, other.text):
        return _STROKE_GAP
    return _GAP if printed else _BLANK


def _word_ends(before: Character, after: Character, gap: float) -> bool:
    """Tell by how Arabic letters join whether a word ends between two of them.

    Some letters stand only at the end of a word; most others touch the letter that
    follows them within one. ``gap`` is in parts of the size.
    """
    if before.kind != "R" or after.kind != "R" or after.text[0] == KASHIDA:
        return False
    letter = before.text[-1 if before.word else 0]
    if letter in _FINAL:
        return True
    parted = before.run is not after.run and _long(before) and _long(after)
    return letter in JOINING and (parted or after.text[0] in _SWEEPING) and gap > _APART


def _long(character: Character) -> bool:
    """Tell whether a character stands in a run of words, and not in one of its own."""
    return character.run is not None and len(character.run.text) > _SINGLE


def _characters_of_run(run: Run) -> list[Character]:
    """Return the characters of a run that knows their places, letters in a row together.

    Letters go together as long as each stands wholly on one side of the one before it;
    in a run with vowel marks none do.
    """
    characters: list[Character] = []
    together = not _MARKED.search(run.text)
    word: Character | None = None  # one that the next letter may go on
    way = 0
    before_left = before_right = 0.0
    for text, left, right in zip(run.text, run.lefts, run.rights, strict=True):
        letters = plain(text)
        last = characters[-1] if characters else None
        same = last is not None and left == last.left and right == last.right and left < right
        if last is not None and same and not last.word:
            last.text += letters  # several letters of one glyph: a ligature, kept in its order
            word = None
            continue
        letter = together and right > left and _is_letter(letters)
        if word is not None and letter:
            middle = (left + right) / 2
            step = -1 if middle < before_left else 1 if middle > before_right else 0
            if step and way in (0, step):
                way = step
                if step < 0:
                    word.text += letters
                    word.left = left
                else:
                    word.text = letters + word.text
                    word.right = right
                word.kind, word.word = "R", True
                before_left, before_right = left, right
                continue
        characters.append(
            Character(letters, left, right, run, order=_NEXT * run.order + len(characters))
        )
        word = characters[-1] if letter else None
        before_left, before_right, way = left, right, 0
    return characters


def _is_letter(letters: str) -> bool:
    """Tell whether a character is a single Arabic letter, and none that only fills a line."""
    return len(letters) == 1 and letters != KASHIDA and _kind(letters) == "R"


def _without_twins(characters: Sequence[Character]) -> list[Character]:
    """Leave out a letter that is drawn once but stored twice, with its mark and with its letter."""
    out: list[Character] = []
    for character in characters:
        for k in range(len(out) - 1, max(-1, len(out) - 3), -1):
            one = out[k]
            if (
                one.text[0] == character.text[0]
                and not (one.word or character.word)
                and character.kind == one.kind == "R"
                and len(one.text) + len(character.text) > 2
                and _shares(one, character, _TWIN)
            ):
                if character.right - character.left > one.right - one.left:
                    character.text = max(one.text, character.text, key=len)
                    del out[k]
                    out.append(character)
                else:
                    one.text = max(one.text, character.text, key=len)
                break
        else:
            out.append(character)
    return out


def _between(blank: Character, one: Character, other: Character) -> bool:
    """Tell whether the file has a blank between two characters, not at the end of the line."""
    return min(one.order, other.order) < blank.order < max(one.order, other.order)


def _owner(
    mark: Character, letters: Sequence[Character], ways: Counter[int], size: float
) -> Character:
    """Return the letter that a vowel mark was written after, or else the one it stands over.

    "An" at the end of a word may be written before its alef or after it: it is drawn in one
    place, so only a file that goes the way of reading tells.
    """
    middle = (mark.left + mark.right) / 2

    def distance(character: Character) -> float:
        return abs((character.left + character.right) / 2 - middle)

    if (ways[mark.order // _NEXT] or ways[_LINE]) > 0 and mark.order % _NEXT:
        for character in letters:
            if character.order == mark.order - 1 and distance(character) < size:
                return character
    return min(letters, key=distance)


def _order_ligatures(characters: Sequence[Character]) -> None:
    """Put the letters of ligatures in the order in which they are read.

    Where a file was turned line by line, the letters within a ligature were turned
    too. An alef before a lam in one glyph tells: no writing has that ligature.
    """
    groups = [
        character
        for character in characters
        if len(character.text) > 1 and not character.word and kind_of(character.text) == "R"
    ]
    pairs = [
        character.text for character in groups if len(character.text) == 2 and "ل" in character.text
    ]
    turned = sum(text[0] in _ALEFS and text[1] == "ل" for text in pairs)
    straight = sum(text[0] == "ل" and text[1] in _ALEFS for text in pairs)
    for character in groups:
        alone = character.text[0] in _ALEFS and character.text[1] == "ل"
        if alone or turned > straight:
            character.text = character.text[::-1]


def _ways(characters: Sequence[Character]) -> Counter[int]:
    """Return, for each run and for the line, whether the file goes the way of reading.

    More than 0: it does; less: it goes the way of the eye. Letters that stand apart tell.
    """
    ways: Counter[int] = Counter()
    for one, other in itertools.pairwise(characters):
        if one.kind == other.kind == "R" and not _shares(one, other, _BESIDE):
            if one.word or other.word:
                continue
            way = 1 if one.order > other.order else -1
            ways[_run_of(one, other)] += way
            ways[_LINE] += way
    return ways


def _unstack(characters: list[Character], ways: Counter[int]) -> None:
    """Order letters that stand one above the other as the file has them: the eye cannot tell."""
    for k in range(len(characters) - 1):
        one, other = characters[k], characters[k + 1]
        if one.kind != "R" or other.kind != "R" or one.word or other.word:
            continue
        shared, narrow = _overlap(one, other)
        if narrow <= 0 or shared <= _STACKED * narrow:
            continue
        way = ways[_run_of(one, other)] or ways[_LINE] or 1
        if (
            shared > _ONE_GLYPH * narrow
            and "ل" in (one.text, other.text)
            and ({one.text, other.text} & _ALEFS)
        ):
            turn = one.text == "ل"  # lam-alef, whatever the file says
        else:
            turn = (one.order < other.order) == (way > 0)
        if turn:
            characters[k], characters[k + 1] = other, one


def _run_of(one: Character, other: Character) -> int:
    """Return the number of the run that two characters share, -1 where they are of two runs."""
    return one.order // _NEXT if one.order // _NEXT == other.order // _NEXT else -1


def _overlap(one: Character, other: Character) -> tuple[float, float]:
    """Return how much two characters share and how wide the narrower is, in points."""
    left = one.left if one.left > other.left else other.left
    right = one.right if one.right < other.right else other.right
    wide, narrow = one.right - one.left, other.right - other.left
    return right - left, wide if wide < narrow else narrow


def _shares(one: Character, other: Character, part: float) -> bool:
    """Tell whether two characters share more than a part of the narrower one's width."""
    shared, narrow = _overlap(one, other)
    return shared > part * narrow


def kind_of(text: str) -> str:
    """Return the bidirectional class of a character, classes that are treated alike made one."""
    return _kind(text[0])


@functools.cache
def _kind(character: str) -> str:
    kind = unicodedata.bidirectional(character)
    return {"AL": "R", "BN": "ON", "B": "WS", "": "ON"}.get(kind, kind)
