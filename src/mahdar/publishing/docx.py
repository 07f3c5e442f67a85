"""A record as a Word file in the layout of the official records, through python-docx."""

from __future__ import annotations

import datetime
import io
import zipfile
from typing import Any

from mahdar.languages import Language
from mahdar.model import Record
from mahdar.publishing.elements import Element, Run, elements, language_of
from mahdar.publishing.fonts import FAMILIES

_SIZE, _INDENT, _LEAD = 10.5, 8, 26
_WIDTH = 168  # of the text, in millimetres, on A4 with margins of 21
_BIG = {"organ": 20, "symbol": 15, "agenda_head": 14}
_TITLE = 255  # characters, of what a file says of itself (ECMA-376 part 2)
_WHEN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def publish_docx(record: Record) -> bytes:
    """Return a record as a Word file: cover, then two columns, from the right where it reads so.

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> publish_docx(specimen("ru"))[:2]
    b'PK'
    """
    language = language_of(record)
    return _Writer(record, language).write(elements(record))


class _Writer:
    def __init__(self, record: Record, language: Language) -> None:
        import docx

        self._document = docx.Document()
        self._record, self._language = record, language
        self._rtl = language.data.direction == "rtl"
        self._styles()

    def write(self, things: list[Element]) -> bytes:
        from docx.enum.section import WD_SECTION
        from docx.oxml.ns import qn

        cover = [thing for thing in things if thing.item is None]
        for thing in cover:
            self._cover(thing)
        section = self._document.add_section(WD_SECTION.NEW_PAGE)
        columns = section._sectPr.find(qn("w:cols"))
        columns = self._element("w:cols") if columns is None else columns
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "510")
        if columns.getparent() is None:
            section._sectPr.append(columns)
        for thing in things:
            if thing.item is not None:
                self._body(thing)
        self._pages()
        return self._bytes()

    def _styles(self) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        family = FAMILIES.get(self._language.data.code, FAMILIES["en"])
        latin = next(name for name in family if name.startswith("Liberation"))
        for name in ("Normal", "Heading 1", "Heading 2"):
            style = self._document.styles[name]
            style.font.name, style.font.size = latin, Pt(_SIZE)
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.italic = False
            properties = style.element.get_or_add_rPr()
            fonts = properties.get_or_add_rFonts()
            for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
                fonts.attrib.pop(qn(theme), None)
            for kind in ("w:ascii", "w:hAnsi"):
                fonts.set(qn(kind), latin)
            fonts.set(qn("w:eastAsia"), "Noto Serif CJK SC")
            fonts.set(qn("w:cs"), "Amiri")
            properties.append(self._element("w:szCs", val=str(int(2 * _SIZE + 2 * self._rtl))))
            tongue = self._element("w:lang", val=self._language.data.code)
            tongue.set(qn("w:bidi"), self._language.data.code)
            tongue.set(qn("w:eastAsia"), self._language.data.code)
            properties.append(tongue)
        self._document.styles["Normal"].paragraph_format.space_after = Pt(4)
        properties = self._document.core_properties
        properties.title = (self._record.symbol or "")[:_TITLE]
        properties.author, properties.language = "", self._language.data.code
        properties.created = properties.modified = _WHEN

    @staticmethod
    def _element(name: str, **attributes: str) -> Any:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        element = OxmlElement(name)
        for key, value in attributes.items():
            element.set(qn(f"w:{key}"), value)
        return element

    def _paragraph(self, runs: tuple[Run, ...], style: str = "Normal", size: float = 0) -> Any:
        from docx.shared import Pt

        paragraph = self._document.add_paragraph(style=style)
        if self._rtl:
            paragraph._p.get_or_add_pPr().append(self._element("w:bidi"))
        for run in runs:
            made = paragraph.add_run(run.text)
            properties = made._r.get_or_add_rPr()
            if run.bold:
                made.bold = True
                properties.append(self._element("w:bCs"))
            if run.italic:
                made.italic = True
                properties.append(self._element("w:iCs"))
            if size:
                made.font.size = Pt(size)
                properties.append(self._element("w:szCs", val=str(int(2 * size))))
            if self._rtl:
                properties.append(self._element("w:rtl"))
        return paragraph

    def _cover(self, thing: Element) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
        from docx.shared import Mm, Pt

        runs = thing.runs
        if thing.kind in ("organ", "agenda_head", "agenda_title", "agenda_document"):
            runs = tuple(Run(run.text, bold=True) for run in runs)
        size = 8.5 if thing.kind == "notice" else _BIG.get(thing.kind, 0)
        paragraph = self._paragraph(runs, size=size)
        if thing.cells:
            stops = paragraph.paragraph_format.tab_stops
            stops.add_tab_stop(Mm(_LEAD))
            stops.add_tab_stop(Mm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
            paragraph.paragraph_format.space_after = Pt(0)
        elif thing.kind == "agenda_document":
            paragraph.paragraph_format.left_indent = Mm(_INDENT)

    def _body(self, thing: Element) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Mm, Pt

        if thing.kind == "heading":
            runs = tuple(Run(run.text, bold=True) for run in thing.runs)
            paragraph = self._paragraph(runs, f"Heading {min(max(thing.level, 1), 2)}")
            paragraph.paragraph_format.space_before = Pt(8)
            paragraph.paragraph_format.space_after = Pt(6)
            if thing.level > 1:
                paragraph.paragraph_format.left_indent = Mm(_INDENT)
            return
        paragraph = self._paragraph(thing.runs)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if thing.kind == "vote_list":
            paragraph.paragraph_format.left_indent = Mm(_INDENT)
        else:
            paragraph.paragraph_format.first_line_indent = Mm(_INDENT)

    def _pages(self) -> None:
        """Set the size of the pages, and what runs along their heads and feet."""
        from docx.shared import Mm

        date = self._record.date or ""
        for number, section in enumerate(self._document.sections):
            section.page_width, section.page_height = Mm(210), Mm(297)
            section.left_margin = section.right_margin = Mm(21)
            if self._rtl:
                section._sectPr.append(self._element("w:bidi"))
            if number:
                section.header.is_linked_to_previous = False
                head = section.header.paragraphs[0]
                head.text = f"{date}\t\t{self._record.symbol or ''}"
                section.footer.is_linked_to_previous = False
                self._page_number(section.footer.paragraphs[0])

    def _page_number(self, paragraph: Any) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run()
        for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
            if kind:
                run._r.append(self._element("w:fldChar", fldCharType=kind))
            else:
                instruction = self._element("w:instrText")
                instruction.text = words
                run._r.append(instruction)

    def _bytes(self) -> bytes:
        """Return the file; its parts bear one fixed time, so that it comes out the same again."""
        out, again = io.BytesIO(), io.BytesIO()
        self._document.save(out)
        with (
            zipfile.ZipFile(out) as made,
            zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as kept,
        ):
            for member in made.infolist():
                fixed = zipfile.ZipInfo(member.filename, (2000, 1, 1, 0, 0, 0))
                kept.writestr(fixed, made.read(member), zipfile.ZIP_DEFLATED)
        return again.getvalue()
