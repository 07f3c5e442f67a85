"""Print a text as a PDF with real programs, to read it back: three makers, three ways of storing Arabic.

The layout is that of the records: a cover, then two justified columns, right to left, bold names, a running
head with a rule, page numbers. The text is light Markdown as the specimens are written.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

_BOLD = re.compile(r"\*\*(.+?)\*\*")


def makers() -> dict[str, str | None]:
    """Return each maker with the reason why it cannot be used here, None where it can."""
    return {
        "typst": _without_typst(),
        "chromium": None if _browser() else "no Chromium is installed",
        "libreoffice": None if shutil.which("soffice") else "no LibreOffice is installed",
    }


def has_font(font: str) -> bool:
    """Tell whether a font is installed."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(
        ["fc-list", f":family={font}"], capture_output=True, text=True, check=False
    )
    return bool(listed.stdout.strip())


def print_pdf(maker: str, text: str, target: Path, *, cover_blocks: int, font: str) -> None:
    """Print ``text`` to the PDF ``target``; its first blocks are the cover, the rest stand in columns."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    cover, body = blocks[:cover_blocks], blocks[cover_blocks:]
    {"typst": _typst, "chromium": _chromium, "libreoffice": _libreoffice}[maker](
        cover, body, target, font
    )


def plain(text: str) -> str:
    """Return what is printed of a text: no marks, blanks single."""
    text = re.sub(r"^#+ ", "", text, flags=re.MULTILINE).replace("**", "")
    return " ".join(text.split())


def _browser() -> str | None:
    return next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


def _without_typst() -> str | None:
    try:
        import typst  # noqa: F401
    except ImportError:
        return "the package typst is not installed"
    return None


def _page(cover: list[str], body: list[str], font: str) -> str:
    def block(words: str, first: str) -> str:
        heading = words.startswith("## ")
        words = html.escape(words.removeprefix("## "), quote=False)
        words = _BOLD.sub(r"<b>\1</b>", words)
        if heading:
            return f"<p class='head'><b>{words}</b></p>"
        rows = words.split("\n")
        if any("\t" in row for row in rows):
            cells = "".join(
                "<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("\t")) + "</tr>"
                for row in rows
            )
            return f"<table>{cells}</table>"
        return f"<p class='{first}'>{' '.join(rows)}</p>"

    front = "".join(block(words, "cover") for words in cover)
    text = "".join(block(words, "text") for words in body)
    style = f"""
      @page {{ size: A4; margin: 22mm 18mm; }}
      body {{ font-family: '{font}'; font-size: 11pt; direction: rtl; }}
      p.text {{ text-align: justify; text-indent: 8mm; margin: 0 0 2.5mm 0; }}
      p.head {{ margin: 3mm 0 2mm 0; text-align: right; }} p.cover {{ margin: 1mm 0; }}
      td {{ padding-left: 8mm; }}
      .columns {{ columns: 2; column-gap: 8mm; break-before: page; page-break-before: always; }}
    """
    return (
        f"<!doctype html><html lang='ar' dir='rtl'><meta charset='utf-8'><style>{style}</style>"
        f"<body>{front}<div class='columns'>{text}</div></body></html>"
    )


def _chromium(cover: list[str], body: list[str], target: Path, font: str) -> None:
    browser = _browser()
    assert browser
    page = target.with_suffix(".html")
    page.write_text(_page(cover, body, font), encoding="utf-8")
    flags = [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
        "--disable-quic", "--disable-background-networking", "--disable-component-update",
        f"--user-data-dir={target.parent / 'browser'}", "--no-pdf-header-footer",
        f"--print-to-pdf={target}", page.as_uri(),
    ]  # fmt: skip
    subprocess.run([browser, *flags], check=True, capture_output=True, timeout=120)


def _libreoffice(cover: list[str], body: list[str], target: Path, font: str) -> None:
    """Print a DOCX with two sections through LibreOffice: its own columns, its own bidi."""
    source = target.with_suffix(".docx")
    _docx(cover, body, source, font)
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(target.parent / 'office').as_uri()}", "--headless",
         "--convert-to", "pdf", "--outdir", str(target.parent), str(source)],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip


def write_docx(text: str, target: Path) -> None:
    """Write a text as a Word file."""
    blocks = [block for block in text.split("\n\n") if block.strip()]
    _docx(blocks[:12], blocks[12:], target, "Amiri")


def _docx(cover: list[str], body: list[str], target: Path, font: str) -> None:
    import docx
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(11)
    fonts = style.element.rPr.rFonts
    fonts.set(qn("w:cs"), font)

    def add(words: str, *, justified: bool) -> None:
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(5)
        properties = paragraph._p.get_or_add_pPr()
        properties.append(OxmlElement("w:bidi"))
        if justified:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(8)
        heading = words.startswith("## ")
        for number, piece in enumerate(_BOLD.split(words.removeprefix("## "))):
            if not piece:
                continue
            run = paragraph.add_run(piece.replace("\n", " "))
            properties = run._r.get_or_add_rPr()
            properties.append(OxmlElement("w:rtl"))
            if heading or number % 2:
                run.bold = True
                properties.append(OxmlElement("w:bCs"))

    for words in cover:
        for row in words.split("\n"):
            add(row, justified=False)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    columns = section._sectPr.find(qn("w:cols"))
    if columns is None:
        columns = OxmlElement("w:cols")
        section._sectPr.append(columns)
    columns.set(qn("w:num"), "2")
    columns.set(qn("w:space"), "480")
    for words in body:
        add(words, justified=not words.startswith("## "))
    for part in document.sections:
        part._sectPr.append(OxmlElement("w:bidi"))
    document.save(str(target))


def _typst(cover: list[str], body: list[str], target: Path, font: str) -> None:
    import typst

    def escaped(words: str) -> str:
        return re.sub(r"([\\#$*_`<>@\[\]~/-])", r"\\\1", words)

    def block(words: str, *, indent: bool) -> str:
        heading = words.startswith("## ")
        pieces = _BOLD.split(words.removeprefix("## "))
        out = "".join(
            f"#strong[{escaped(piece)}];" if n % 2 else escaped(piece)
            for n, piece in enumerate(pieces)
        )
        if heading:
            return f"#block[#strong[{out}]]"
        rows = out.split("\n")
        if any("\t" in row for row in rows):
            return "\n\n".join(row.replace("\t", "#h(8mm);") for row in rows)
        return ("#h(8mm);" if indent else "") + " ".join(rows)

    head = f"""
#set page(paper: "a4", margin: (x: 18mm, y: 22mm), numbering: "1")
#set text(font: "{font}", size: 11pt, lang: "ar", dir: rtl)
#set smartquote(enabled: false)
#set par(justify: true, spacing: 3.2mm)
"""
    text = head + "\n\n".join(block(words, indent=False) for words in cover)
    text += "\n\n#pagebreak()\n#set page(columns: 2)\n\n"
    text += "\n\n".join(block(words, indent=True) for words in body)
    source = target.with_suffix(".typ")
    source.write_text(text, encoding="utf-8")
    typst.compile(str(source), output=str(target))
