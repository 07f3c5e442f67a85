"""Footnotes: tell them from the text of a column, and find their marks."""

from __future__ import annotations

import re

import msgspec

from mahdar.layout.paged.line import Line
from mahdar.layout.paged.paragraphs import Column, Habits, Paragraph

_SUPERIOR = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_MARK = re.compile(r"\s*([*†‡]{1,3}|\d{1,2}|[⁰¹²³⁴-⁹]{1,2})(?=[\s.)]|[^\W\d_])")
_RAISED = re.compile(r"[*†‡]{1,3}|\d{1,2}")
_PLAIN = re.compile(r"(?<=[^\s\d*])([*†‡]{1,3}|[⁰¹²³⁴-⁹]{1,2})(?=\s|[,;.]|$)")
_SMALLER = 0.93


class Footnote(msgspec.Struct):
    """A footnote: its mark and its paragraphs, with the page and column it stands in."""

    mark: str
    paragraphs: list[Paragraph]
    page: int
    column: int | None


def part_notes(
    column: Column, paragraphs: list[Paragraph], habits: Habits, marks: set[str]
) -> tuple[list[Paragraph], list[Footnote]]:
    """Part the footnotes at the foot of a column from its text.

    Args:
        column: that holds the paragraphs.
        paragraphs: from the top down.
        habits: of the file.
        marks: raised characters in the text of the page.
    """
    if not paragraphs:
        return paragraphs, []
    first = len(paragraphs)
    while first > 0:
        number = first - 1
        if not _is_note(paragraphs[number], habits) or number == 0:
            break
        first = number
    found: list[Footnote] = []
    for paragraph in paragraphs[first:]:
        mark = _mark(paragraph.lines[0])
        if mark:
            found.append(Footnote(mark, [paragraph], column.page, column.number))
        elif found:
            found[-1].paragraphs.append(paragraph)
        else:  # small print without a mark: part of the text
            return paragraphs, []
    if found and not any(note.mark in marks for note in found):
        return paragraphs, []
    return paragraphs[:first], found


def _is_note(paragraph: Paragraph, habits: Habits) -> bool:
    size = sum(line.size for line in paragraph.lines) / len(paragraph.lines)
    return size < _SMALLER * habits.size


def _mark(line: Line) -> str | None:
    if line.raised and line.raised[0][0] == 0:
        return line.text[: line.raised[0][1]].strip()
    match = _MARK.match(line.text)
    return match.group(1).translate(_SUPERIOR) if match else None


def find_mark(text: str, mark: str) -> int | None:
    """Return where a mark stands that is no plain number: a star, or a superior figure."""
    for found in _PLAIN.finditer(text):
        if found.group(1).translate(_SUPERIOR) == mark:
            return found.start(1)
    return None


def without_mark(text: str, mark: str) -> str:
    """Return the words of a footnote without the mark before them.

    >>> without_mark("1 Official Records", "1"), without_mark("*See S/2031/9.", "*")
    ('Official Records', 'See S/2031/9.')
    """
    bare = text.lstrip()
    figures = bare[: len(mark)].translate(_SUPERIOR)
    return bare[len(mark) :].lstrip(" .)\t") if figures == mark else bare


def raised_marks(lines: list[Line]) -> set[str]:
    """Return the raised characters of some lines that may be marks of footnotes."""
    return {
        mark
        for line in lines
        for start, end in line.raised
        if start > 0 and (mark := line.text[start:end].strip()) and _RAISED.fullmatch(mark)
    } | {
        mark
        for line in lines
        for mark in (found.translate(_SUPERIOR) for found in _PLAIN.findall(line.text))
    }
