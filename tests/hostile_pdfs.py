"""PDFs and Word files made to be refused, or read, without harm; written here, byte by byte."""

from __future__ import annotations

import io
import zlib

_LINES = (
    "The meeting was called to order at 10.10 a.m.",
    "Adoption of the agenda",
    "The agenda was adopted.",
    "The President: I thank the members of the Council.",
    "Mr. Smith (France) (spoke in French): We support the draft resolution.",
    "The meeting rose at 1 p.m.",
)


def pdf_of(objects: list[bytes], *, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """Return a PDF with these objects, numbered from 1, and a table of where they are."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, trailer, start
    )  # fmt: skip
    return bytes(out)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    """Return a stream object, packed."""
    packed = zlib.compress(content)
    return b"<</Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream" % (
        len(packed), extra, packed
    )  # fmt: skip


def _page_text(lines: tuple[str, ...]) -> bytes:
    shown = b"".join(
        b"1 0 0 1 72 %d Tm (%s) Tj\n"
        % (600 - 18 * n, line.replace("(", "\\(").replace(")", "\\)").encode("latin-1"))
        for n, line in enumerate(lines)
    )
    return b"BT /F1 11 Tf\n%sET" % shown


def small_pdf(pages: int = 1) -> bytes:
    """Return a meeting of six lines, on as many pages as asked, the same on each."""
    kids = b" ".join(b"%d 0 R" % (5 + n) for n in range(pages))
    objects = [
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 612 792]>>" % (kids, pages),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        stream(_page_text(_LINES)),
    ]
    page = b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources <</Font <</F1 3 0 R>>>>>>"
    return pdf_of(objects + [page] * pages)


def hostile_pdfs() -> dict[str, bytes]:
    """Return PDFs by what is wrong with them."""
    whole = small_pdf()
    font = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"
    catalog = b"<</Type /Catalog /Pages 2 0 R>>"

    def one_page(
        contents: bytes, resources: bytes = b"<</Font <</F1 3 0 R>>>>", *more: bytes
    ) -> bytes:
        return pdf_of([
            catalog, b"<</Type /Pages /Kids [5 0 R] /Count 1 /MediaBox [0 0 612 792]>>", font,
            contents, b"<</Type /Page /Parent 2 0 R /Contents 4 0 R /Resources %s>>" % resources, *more,
        ])  # fmt: skip

    return {
        "truncated": whole[: len(whole) // 2],
        "head-only": b"%PDF-1.7\n",
        "no-pages": pdf_of([catalog, b"<</Type /Pages /Kids [] /Count 0>>"]),
        "loop-in-page-tree": pdf_of(
            [catalog, b"<</Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R>>"]
        ),
        "loop-of-forms": one_page(
            stream(b"/X Do"), b"<</XObject <</X 6 0 R>>>>",
            stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
                   b" /Resources <</XObject <</X 6 0 R>>>>"),
        ),
        "deep-nesting": one_page(stream(b"q " * 200_000 + b"[" * 100_000 + b"BT /F1 9 Tf (x) Tj ET")),
        "packed-bomb": one_page(stream(b" " * 120_000_000)),
        "huge-picture": one_page(
            stream(b"q 600 0 0 700 0 0 cm /X Do Q"), b"<</XObject <</X 6 0 R>>>>",
            stream(b"\0" * 1000, b"/Type /XObject /Subtype /Image /Width 2000000000"
                   b" /Height 2000000000 /ColorSpace /DeviceGray /BitsPerComponent 8"),
        ),
        "wrong-count": pdf_of(
            [catalog, b"<</Type /Pages /Kids [3 0 R] /Count 99999999>>", b"<</Type /Page /Parent 2 0 R>>"]
        ),
        "form-only": pdf_of([
            b"<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [4 0 R]>>>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792]>>",
            b"<</Type /Page /Parent 2 0 R /Annots [4 0 R]>>",
            b"<</Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Mr. Smith) /Rect [9 9 99 99]>>",
        ]),
        "huge-numbers": one_page(
            stream(b"BT /F1 99999999999 Tf 1e38 0 0 1e38 1e38 1e38 Tm (The President: I thank) Tj ET")
        ),
        "many-objects": one_page(
            stream(b"".join(b"BT /F1 9 Tf 1 0 0 1 %d %d Tm (x) Tj ET\n" % (n % 600, n // 60)
                            for n in range(40_000)))
        ),
        "nul-font": one_page(stream(_page_text(_LINES)), b"<</Font <</F1 99 0 R>>>>"),
    }  # fmt: skip


def locked_pdf() -> bytes:
    """Return a PDF that cannot be opened without a password (standard handler, 40 bits)."""
    key = b"\x01" * 32
    trailer = (
        b"/Root 1 0 R /ID [<00><00>] /Encrypt <</Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4>>"
        % (key.hex().encode(), key.hex().encode())
    )
    return pdf_of(
        [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 612 792]>>",
            b"<</Type /Page /Parent 2 0 R>>",
        ],
        trailer=trailer,
    )


def small_docx() -> bytes:
    """Return the same meeting as a Word file."""
    import docx

    document = docx.Document()
    for line in _LINES:
        paragraph = document.add_paragraph()
        name, colon, rest = line.partition(":")
        if colon:
            paragraph.add_run(name + colon).bold = True
            paragraph.add_run(rest)
        else:
            paragraph.add_run(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
