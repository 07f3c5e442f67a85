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

from mahdar.sources.page import Box, Page, Run

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_BREAK = re.compile(r"[\r\n]+")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|slanted", re.IGNORECASE)
# PDFium stands these for a hyphen at the end of a line.
_HYPHENS = {0xFFFE: "-", 0x02: "-"}
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

    def __init__(self, document: Any, most_signs: int = 1 << 30) -> None:
        """Prepare.

        Args:
            document: a handle from ``FPDF_LoadDocument``.
            most_signs: no more characters are taken from one page.
        """
        self._document = document
        self._most = most_signs
        self._styles: dict[int, _Style] = {}
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        self._size = ctypes.c_float()
        self._matrix = pdfium.FS_MATRIX()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._rect = pdfium.FS_RECTF()
        self._exact = tuple(ctypes.c_double() for _ in range(4))

    def read(self, number: int) -> Page | None:
        """Return what lies on a page, or None where the page cannot be opened.

        Args:
            number: of the page, from 1.
        """
        page = pdfium.FPDF_LoadPage(self._document, number - 1)
        if not page:
            return None
        text = pdfium.FPDFText_LoadPage(page)
        try:
            frame = self._frame(page)
            rules: list[Box] = []
            pictures: list[Box] = []
            forms: dict[int, tuple[float, ...]] = {}
            self._shapes(page, rules, pictures, forms)
            printed = _characters(text, self._most) if text else ""
            rtl = _RTL.search(printed) is not None
            runs = self._by_sign(text, forms) if rtl else self._by_object(text, printed, forms)
            return Page(number, frame, tuple(runs), tuple(rules), tuple(pictures), rtl)
        finally:
            if text:
                pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)

    def _frame(self, page: Any) -> Box:
        left, bottom, right, top = self._edges
        args = [ctypes.byref(edge) for edge in (left, bottom, right, top)]
        if pdfium.FPDFPage_GetCropBox(page, *args) or pdfium.FPDFPage_GetMediaBox(page, *args):
            return (left.value, bottom.value, right.value, top.value)
        return (0.0, 0.0, pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page))

    def _shapes(
        self,
        page: Any,
        rules: list[Box],
        pictures: list[Box],
        forms: dict[int, tuple[float, ...]],
    ) -> None:
        """Collect rules and pictures; remember the frame of text that lies in a form."""

        def visit(thing: Any, within: tuple[float, ...] | None, depth: int) -> None:
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                if within is not None:
                    forms[ctypes.addressof(thing.contents)] = within
                return
            if kind == pdfium.FPDF_PAGEOBJ_FORM:
                if depth >= _DEEPEST:
                    return
                matrix = self._matrix_of(thing)
                matrix = matrix if within is None else _times(matrix, within)
                for k in range(pdfium.FPDFFormObj_CountObjects(thing)):
                    visit(pdfium.FPDFFormObj_GetObject(thing, k), matrix, depth + 1)
                return
            if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                pictures.append(self._bounds(thing, within))
            elif kind == pdfium.FPDF_PAGEOBJ_PATH and len(rules) < _MOST_RULES:
                box = self._bounds(thing, within)
                wide, high = box[2] - box[0], box[3] - box[1]
                if (wide < _THIN) != (high < _THIN) and max(wide, high) > 10 * _THIN:
                    rules.append(box)

        for k in range(pdfium.FPDFPage_CountObjects(page)):
            visit(pdfium.FPDFPage_GetObject(page, k), None, 0)

    def _by_object(
        self, text: Any, printed: str, forms: dict[int, tuple[float, ...]]
    ) -> Iterator[Run]:
        """Yield the runs of a page that is written from left to right."""
        owner = pdfium.FPDFText_GetTextObject
        start = 0
        for found in [*_BREAK.finditer(printed), None]:
            end = found.start() if found else len(printed)
            while start < end:
                thing = owner(text, start)
                if not thing:  # a blank that PDFium put between two objects
                    start += 1
                    continue
                address = ctypes.addressof(thing.contents)
                low, high = start + 1, end
                last = owner(text, end - 1)
                if last and ctypes.addressof(last.contents) == address:
                    low = end
                while low < high:  # the first character of another object
                    middle = (low + high) // 2
                    other = owner(text, middle)
                    if other and ctypes.addressof(other.contents) == address:
                        low = middle + 1
                    else:
                        high = middle
                run = self._run(text, thing, address, printed[start:low], start, forms)
                if run:
                    yield run
                start = low
            start = found.end() if found else end

    def _run(
        self,
        text: Any,
        thing: Any,
        address: int,
        words: str,
        start: int,
        forms: dict[int, tuple[float, ...]],
    ) -> Run | None:
        bare = words.strip()
        if not bare:
            return None
        place = self._place(thing, forms.get(address))
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
            pdfium.FPDFTextObj_GetTextRenderMode(thing) == _INVISIBLE,
        )

    def _by_sign(self, text: Any, forms: dict[int, tuple[float, ...]]) -> Iterator[Run]:
        """Yield the runs of a page with writing from right to left, each sign with its edges."""
        signs: list[str] = []
        lefts: list[float] = []
        rights: list[float] = []
        current: tuple[int, Any] | None = None
        count = 0
        rect = self._rect

        def close() -> Iterator[Run]:
            if current is None or not "".join(signs).strip():
                return
            place = self._place(current[1], forms.get(current[0]))
            style = self._style(current[1])
            yield Run(
                "".join(signs),
                round(min(lefts), 2),
                round(place.box[1], 2),
                round(max(rights), 2),
                round(place.box[3], 2),
                round(place.baseline, 2),
                round(place.size, 2),
                style.font,
                style.bold,
                style.italic,
                self._fill(current[1]),
                place.turned,
                pdfium.FPDFTextObj_GetTextRenderMode(current[1]) == _INVISIBLE,
                False,
                tuple(lefts),
                tuple(rights),
                count,
            )

        for k in range(min(pdfium.FPDFText_CountChars(text), self._most)):
            if pdfium.FPDFText_IsGenerated(text, k) == 1:
                continue
            thing = pdfium.FPDFText_GetTextObject(text, k)
            if not thing:
                continue
            address = ctypes.addressof(thing.contents)
            if current is None or current[0] != address:
                yield from close()
                count += 1
                current, signs, lefts, rights = (address, thing), [], [], []
            code = pdfium.FPDFText_GetUnicode(text, k)
            sign = _HYPHENS.get(code) or chr(code)
            if unicodedata.combining(sign):  # a sign without a width of its own: where its ink is
                left, right = self._ink(text, k)
            else:
                pdfium.FPDFText_GetLooseCharBox(text, k, rect)
                left, right = rect.left, rect.right
            signs.append(sign)
            lefts.append(round(left, 2))
            rights.append(round(right, 2))
        yield from close()

    def _place(self, thing: Any, within: tuple[float, ...] | None) -> _Place:
        box = self._bounds(thing, within)
        matrix = self._matrix_of(thing)
        if within is not None:
            matrix = _times(matrix, within)
        pdfium.FPDFTextObj_GetFontSize(thing, ctypes.byref(self._size))
        a, b, c, d, _, f = matrix
        size = abs(self._size.value) * ((c * c + d * d) ** 0.5)
        return _Place(box, f, size, abs(b) > abs(a))

    def _bounds(self, thing: Any, within: tuple[float, ...] | None) -> Box:
        left, bottom, right, top = self._edges
        pdfium.FPDFPageObj_GetBounds(
            thing, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
        )
        box = (left.value, bottom.value, right.value, top.value)
        if within is None:
            return box
        corners = [_apply(within, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return (min(xs), min(ys), max(xs), max(ys))

    def _matrix_of(self, thing: Any) -> tuple[float, ...]:
        pdfium.FPDFPageObj_GetMatrix(thing, ctypes.byref(self._matrix))
        m = self._matrix
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _ink(self, text: Any, at: int) -> tuple[float, float]:
        """Return the left and right edge of the ink of one character."""
        left, right, bottom, top = self._exact
        pdfium.FPDFText_GetCharBox(
            text, at, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom),
            ctypes.byref(top),
        )  # fmt: skip
        return left.value, right.value

    def _fill(self, thing: Any) -> int:
        red, green, blue, alpha = self._colour
        pdfium.FPDFPageObj_GetFillColor(
            thing, ctypes.byref(red), ctypes.byref(green), ctypes.byref(blue), ctypes.byref(alpha)
        )
        return (red.value & 255) << 16 | (green.value & 255) << 8 | blue.value & 255

    def _style(self, thing: Any) -> _Style:
        font = pdfium.FPDFTextObj_GetFont(thing)
        if not font:
            return _Style("", False, False)
        address = ctypes.addressof(font.contents)
        style = self._styles.get(address)
        if style is None:
            name = ctypes.create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, 128)
            words = name.value.decode("utf-8", "replace").rpartition("+")[2]
            flags = max(0, pdfium.FPDFFont_GetFlags(font))
            style = _Style(
                words,
                bool(_BOLD.search(words) or flags & _SERIF_BOLD),
                bool(_ITALIC.search(words) or flags & _FLAG_ITALIC),
            )
            self._styles[address] = style
        return style


def _characters(text: Any, most: int = 1 << 30) -> str:
    """Return the characters of a page, one for each index of PDFium's list."""
    count = min(pdfium.FPDFText_CountChars(text), most)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    taken = pdfium.FPDFText_GetText(text, 0, count, buffer) - 1
    if taken == count:
        printed = bytes(buffer)[: 2 * taken].decode("utf-16-le", "surrogatepass")
        if len(printed) == count:
            return printed.translate(_HYPHENS)
    # Signs outside the basic plane take two places in the string, others none.
    codes = (pdfium.FPDFText_GetUnicode(text, k) for k in range(count))
    return "".join(_HYPHENS.get(code) or chr(code) if code < 0x110000 else "\ufffd" for code in codes)


def _times(one: tuple[float, ...], other: tuple[float, ...]) -> tuple[float, ...]:
    """Return the matrix that applies ``one`` and then ``other``."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u
    )  # fmt: skip


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e, b * x + d * y + f)
