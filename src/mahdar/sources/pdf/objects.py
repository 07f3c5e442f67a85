"""What lies on one page of a PDF, read from its page objects.

PDFium keeps the text of a page twice: as objects, each a string in one font, and
as one list of characters. Asking the objects for their text costs a pass through
the whole list for each of them; asking the list which object a character belongs
to costs nothing. So the list is read once and cut where the object changes.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import msgspec
import pypdfium2.raw as pdfium

from mahdar.model.cleaning import clean
from mahdar.sources.page import Box, Page, Run
from mahdar.sources.pdf import calls

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BREAK = re.compile(r"[\r\n]+")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
# PDFium stands these for a hyphen at the end of a line.
# What a code means for a reader: hyphens at the ends of lines, and blanks of any width.
_MEANS = {0xFFFE: "-", 0x02: "-", 0xA0: " ", 0x2007: " ", 0x2009: " ", 0x202F: " "}
_SERIF_BOLD = 1 << 18
_FLAG_ITALIC = 1 << 6
_INVISIBLE = 3
_THIN = 3.0
_DEEPEST = 8
_MOST_RULES = 2000


class _Style(msgspec.Struct, frozen=True, gc=False):
    font: str
    bold: bool
    italic: bool


class _Place(msgspec.Struct, frozen=True, gc=False):
    box: Box
    baseline: float
    size: float
    turned: bool


class PageReader:
    """Reads the pages of one open document, one after the other."""

    def __init__(self, document: Any, most_characters: int = 1 << 30) -> None:
        """Prepare.

        Args:
            document: a handle from ``FPDF_LoadDocument``.
            most_characters: no more characters are taken from one page.
        """
        self._document = document
        self._most = most_characters
        self._styles: dict[int, _Style] = {}
        # What the calls write to, and where it lies: made once, used for every object.
        self._edges = (ctypes.c_float * 4)()
        self._edge_places = _places(self._edges)
        self._size = ctypes.c_float()
        self._size_place = ctypes.addressof(self._size)
        self._matrix = (ctypes.c_float * 6)()
        self._matrix_place = ctypes.addressof(self._matrix)
        self._colour = (ctypes.c_uint * 4)()
        self._colour_places = _places(self._colour)
        self._rect = pdfium.FS_RECTF()
        self._exact = (ctypes.c_double * 4)()
        self._exact_places = _places(self._exact)

    def read(self, number: int) -> Page | None:
        """Return what lies on a page, or None where the page cannot be opened.

        Args:
            number: of the page, from 1.
        """
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        text = pdfium.FPDFText_LoadPage(page)
        handle = _number(page)
        words = _number(text) if text else 0
        try:
            frame = self._frame(page)
            rules: list[Box] = []
            pictures: list[Box] = []
            forms: dict[int, tuple[float, ...]] = {}
            self._shapes(handle, rules, pictures, forms)
            printed = _characters(words, self._most) if words else ""
            rtl = _RTL.search(printed) is not None
            runs = (
                self._by_character(words, forms) if rtl else self._by_object(words, printed, forms)
            )
            return Page(number, frame, tuple(runs), tuple(rules), tuple(pictures), rtl)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    def _frame(self, page: Any) -> Box:
        edges = [ctypes.c_float() for _ in range(4)]
        args = [ctypes.byref(edge) for edge in edges]
        if pdfium.FPDFPage_GetCropBox(page, *args) or pdfium.FPDFPage_GetMediaBox(page, *args):
            return (edges[0].value, edges[1].value, edges[2].value, edges[3].value)
        return (0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))

    def _shapes(
        self,
        page: int,
        rules: list[Box],
        pictures: list[Box],
        forms: dict[int, tuple[float, ...]],
    ) -> None:
        """Collect rules and pictures; remember the frame of text that lies in a form."""

        def visit(thing: int, within: tuple[float, ...] | None, depth: int) -> None:
            kind = calls.get_type(thing)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                if within is not None:
                    forms[thing] = within
                return
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth >= _DEEPEST:
                    return
                matrix = self._matrix_of(thing)
                matrix = matrix if within is None else _times(matrix, within)
                for k in range(calls.count_form_objects(thing)):
                    inner = calls.get_form_object(thing, k)
                    if inner:
                        visit(inner, matrix, depth + 1)
                return
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                pictures.append(self._bounds(thing, within))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < _MOST_RULES:
                box = self._bounds(thing, within)
                wide, high = box[2] - box[0], box[3] - box[1]
                if (wide < _THIN) != (high < _THIN) and max(wide, high) > 10 * _THIN:
                    rules.append(box)

        get = calls.get_object
        for k in range(calls.count_objects(page)):
            thing = get(page, k)
            if thing:
                visit(thing, None, 0)

    def _by_object(
        self, text: int, printed: str, forms: dict[int, tuple[float, ...]]
    ) -> Iterator[Run]:
        """Yield the runs of a page that is written from left to right."""
        owner = calls.text_object
        start = 0
        for found in [*_BREAK.finditer(printed), None]:
            end = found.start() if found else len(printed)
            while start < end:
                thing = owner(text, start)
                if not thing:  # a blank that PDFium put between two objects
                    start += 1
                    continue
                low, high = start + 1, end
                if owner(text, end - 1) == thing:
                    low = end
                while low < high:  # the first character of another object
                    middle = (low + high) // 2
                    if owner(text, middle) == thing:
                        low = middle + 1
                    else:
                        high = middle
                run = self._run(text, thing, printed[start:low], start, forms)
                if run:
                    yield run
                start = low
            start = found.end() if found else end

    def _run(
        self,
        text: int,
        thing: int,
        words: str,
        start: int,
        forms: dict[int, tuple[float, ...]],
    ) -> Run | None:
        bare = words.strip()
        if not bare:
            return None
        if "  " in bare:  # PDFium adds a blank of its own to one that is stretched
            bare = " ".join(bare.split())
        place = self._place(thing, forms.get(thing))
        left = place.box[0]
        lead = len(words) - len(words.lstrip())
        if lead:  # the box begins where the blanks do
            left = max(left, self._ink(text, start + lead)[0])
        style = self._style(thing)
        before = " " if lead else ""
        after = " " if words[-1].isspace() else ""
        return Run(
            before + bare + after,
            round(left, 2),
            round(place.box[1], 2),
            round(place.box[2], 2),
            round(place.box[3], 2),
            round(place.baseline, 2),
            round(place.size, 2),
            style.font,
            style.bold,
            style.italic,
            self._fill(thing),
            place.turned,
            calls.get_mode(thing) == _INVISIBLE,
        )

    def _by_character(self, text: int, forms: dict[int, tuple[float, ...]]) -> Iterator[Run]:
        """Yield the runs of a page written from right to left, each character with its edges."""
        characters: list[str] = []
        lefts: list[float] = []
        rights: list[float] = []
        current = 0
        count = 0
        rect = self._rect

        def close() -> Iterator[Run]:
            if not current or not "".join(characters).strip():
                return
            place = self._place(current, forms.get(current))
            style = self._style(current)
            yield Run(
                "".join(characters),
                round(min(lefts), 2),
                round(place.box[1], 2),
                round(max(rights), 2),
                round(place.box[3], 2),
                round(place.baseline, 2),
                round(place.size, 2),
                style.font,
                style.bold,
                style.italic,
                self._fill(current),
                place.turned,
                calls.get_mode(current) == _INVISIBLE,
                False,
                tuple(lefts),
                tuple(rights),
                count,
            )

        rect_place = ctypes.addressof(rect)
        for k in range(min(calls.count_characters(text), self._most)):
            if calls.is_generated(text, k) == 1:
                continue
            thing = calls.text_object(text, k)
            if not thing:
                continue
            if current != thing:
                yield from close()
                count += 1
                current, characters, lefts, rights = thing, [], [], []
            code = calls.get_character(text, k)
            character = _MEANS.get(code) or clean(chr(code))
            if unicodedata.combining(character):  # it has no width of its own: where its ink is
                left, right = self._ink(text, k)
            else:
                calls.get_cell(text, k, rect_place)
                left, right = rect.left, rect.right
            characters.append(character)
            lefts.append(left)
            rights.append(right)
        yield from close()

    def _place(self, thing: int, within: tuple[float, ...] | None) -> _Place:
        box = self._bounds(thing, within)
        matrix = self._matrix_of(thing)
        if within is not None:
            matrix = _times(matrix, within)
        calls.get_font_size(thing, self._size_place)
        a, b, c, d, _, f = matrix
        size = abs(self._size.value) * (abs(d) if c == 0 else (c * c + d * d) ** 0.5)
        return _Place(box, f, size, abs(b) > abs(a))

    def _bounds(self, thing: int, within: tuple[float, ...] | None) -> Box:
        calls.get_bounds(thing, *self._edge_places)
        left, bottom, right, top = self._edges
        if within is None:
            return (left, bottom, right, top)
        corners = [_apply(within, x, y) for x in (left, right) for y in (bottom, top)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return (min(xs), min(ys), max(xs), max(ys))

    def _matrix_of(self, thing: int) -> tuple[float, ...]:
        calls.get_matrix(thing, self._matrix_place)
        return tuple(self._matrix)

    def _ink(self, text: int, at: int) -> tuple[float, float]:
        """Return the left and right edge of the ink of one character."""
        calls.get_ink(text, at, *self._exact_places)
        return self._exact[0], self._exact[1]

    def _fill(self, thing: int) -> int:
        calls.get_fill(thing, *self._colour_places)
        red, green, blue, _ = self._colour
        return (red & 255) << 16 | (green & 255) << 8 | blue & 255

    def _style(self, thing: int) -> _Style:
        font = calls.get_font(thing)
        if not font:
            return _Style("", False, False)
        style = self._styles.get(font)
        if style is None:
            name = ctypes.create_string_buffer(128)
            calls.font_name(font, name, 128)
            words = name.value.decode("utf-8", "replace").rpartition("+")[2]
            flags = max(0, calls.font_flags(font))
            style = _Style(
                words,
                bool(_BOLD.search(words) or flags & _SERIF_BOLD),
                bool(_ITALIC.search(words) or flags & _FLAG_ITALIC),
            )
            self._styles[font] = style
        return style


def _number(handle: Any) -> int:
    """Return a handle of the wrapper as the number that it is."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _places(values: Any) -> tuple[int, ...]:
    """Return the addresses of the members of an array."""
    start, size = ctypes.addressof(values), ctypes.sizeof(values) // len(values)
    return tuple(start + size * k for k in range(len(values)))


def _characters(text: int, most: int = 1 << 30) -> str:
    """Return the characters of a page, one for each index of PDFium's list."""
    count = min(calls.count_characters(text), most)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    taken = calls.get_text(text, 0, count, ctypes.addressof(buffer)) - 1
    if taken == count:
        printed = bytes(buffer)[: 2 * taken].decode("utf-16-le", "surrogatepass")
        if len(printed) == count:
            return printed.translate(_MEANS)
    # Characters outside the basic plane take two places in the string, others none.
    codes = (calls.get_character(text, k) for k in range(count))
    return clean(
        "".join(_MEANS.get(code) or chr(code) if code < 0x110000 else "\ufffd" for code in codes)
    )


def _times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Return the matrix that applies ``one`` and then ``other``."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u
    )  # fmt: skip


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)
