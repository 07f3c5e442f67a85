"""Baits: files of any size made so that a reader may take far more time or memory than they weigh.

Each is a name and a function from a number of bytes to a file of about so many (before packing,
where it is packed). What a bait repeats is what some part of the reading could look at again
and again: pieces without order, labels, open sentences, brackets, lists of States, notes.
"""

from __future__ import annotations

import io
import itertools
import json
import random
import zipfile
from collections.abc import Callable

from tests.hostile_pdfs import pdf_of, small_docx, stream

Bait = Callable[[int], bytes]


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n\n" for line in lines)


COVERS = {
    "en": _lines(
        "S/PV.7050",
        "Security Council",
        "7050th meeting",
        "Thursday, 24 October 2013, 10 a.m.",
        "New York",
        "The meeting was called to order at 10.05 a.m.",
        "The President: I thank you.",
    ),
    "ar": _lines(
        "S/PV.7050",
        "مجلس الأمن",
        "الجلسة ٧٠٥٠",
        "الخميس، ٢٤ تشرين الأول/أكتوبر ٢٠١٣، الساعة ١٠/٠٠",
        "نيويورك",
        "افتتحت الجلسة الساعة ١٠/٠٥.",
        "الرئيس: أشكركم.",
    ),
    "zh": _lines(
        "S/PV.7050",
        "安全理事会",
        "第七〇五〇次会议",
        "2013年10月24日星期四上午10时",
        "纽约",
        "上午10时05分开会。",
        "主席：谢谢各位。",
    ),
    "ru": _lines(
        "S/PV.7050",
        "Совет Безопасности",
        "7050-е заседание",
        "Четверг, 24 октября 2013 года, 10 ч. 00 м.",
        "Нью-Йорк",
        "Заседание открывается в 10 ч. 05 м.",
        "Председатель: Благодарю вас.",
    ),
    "fr": _lines(
        "S/PV.7050",
        "Conseil de sécurité",
        "7050e séance",
        "Jeudi 24 octobre 2013, à 10 heures",
        "New York",
        "La séance est ouverte à 10 h 5.",
        "Le Président : Je vous remercie.",
    ),
    "es": _lines(
        "S/PV.7050",
        "Consejo de Seguridad",
        "7050a sesión",
        "Jueves 24 de octubre de 2013, 10.00 horas",
        "Nueva York",
        "Se abre la sesión a las 10.05 horas.",
        "El Presidente: Gracias.",
    ),
}


def _text(piece: str, code: str = "en", *, once: str = "") -> Bait:
    """Return a bait of a cover and a piece repeated."""

    def made(size: int) -> bytes:
        head = (COVERS[code] + once).encode()
        one = piece.encode()
        return head + one * max(1, (size - len(head)) // len(one))

    return made


def _counted(piece: str, code: str = "en") -> Bait:
    """Return a bait of a cover and a piece with another number each time, in place of ``#``."""

    def made(size: int) -> bytes:
        out = COVERS[code]
        length = len(out.encode())
        for number in itertools.count(1):
            words = piece.replace("#", str(number))
            length += len(words.encode())
            if length > size:
                return out.encode()
            out += words
        raise AssertionError

    return made


def _random(pieces: str, code: str = "en") -> Bait:
    """Return a bait of a cover and pieces, set apart by bars, in any order, the same each time."""

    def made(size: int) -> bytes:
        chance = random.Random(7)
        out, length = [COVERS[code]], len(COVERS[code].encode())
        choice = pieces.split("|")
        while length < size:
            out.append(chance.choice(choice))
            length += len(out[-1].encode())
        return "".join(out).encode()

    return made


TEXTS: dict[str, Bait] = {
    "one letter a paragraph": _text("x\n\n"),
    "one letter a line": _text("x\n"),
    "one letter a paragraph, Arabic": _text("ب\n\n", "ar"),
    "one letter a paragraph, Chinese": _text("安\n\n", "zh"),
    "one letter a paragraph, Russian": _text("б\n\n", "ru"),
    "one label, then short lines": _text("x y\n\n", once="Mr. Smith (France): z\n\n"),
    "turns of one line": _text("Mr. Smith (France): x y\n\n"),
    "turns of one line, Arabic": _text("السيد سميث (فرنسا): نعم\n\n", "ar"),
    "turns of one line, Chinese": _text("史密斯先生（法国）：是\n\n", "zh"),
    "turns of one line, French": _text("M. Smith (France) : oui\n\n", "fr"),
    "turns of many speakers": _counted("Mr. Smith# (France): x y\n\n"),
    "labels in one line": _text("Mr. Smith (France): "),
    "labels with many languages": _text("Mr. Smith (France) (spoke in French): oui\n\n"),
    "sentences left open": _text("and the delegation of the country of\n\n"),
    "sentences left open, long and short": _random(
        "and the delegation of\n\n|the work of the Council. It was the\n\n|x\n\n|so that\n\n"
    ),
    "sentences left open, Arabic": _text("وعلى الرغم من أن الوفد الذي\n\n", "ar"),
    "sentences left open, Spanish": _text("y la delegación del país de\n\n", "es"),
    "one word": _text("x"),
    "one line of words": _text("word "),
    "one line of words, Chinese": _text("安全理事会"),
    "one line of Arabic": _text("مجلس الأمن "),
    "blanks": _text(" "),
    "blank lines": _text("\n"),
    "tabulators": _text("x\t"),
    "brackets that open": _text("("),
    "brackets that open and close": _text("(x) "),
    "labels with nested brackets": _text("Mr. S (a (b (c: "),
    "quotation marks": _text("“x ”"),
    "colons": _text("x: "),
    "full stops": _text("x. "),
    "asterisks": _text("**x** *"),
    "asterisks that open": _text("**"),
    "headings": _text("# The heading\n\n"),
    "underscores and tables": _text("| x | _y_ |\n"),
    "symbols": _counted("S/2013/# and A/68/#, "),
    "symbols broken": _text("S/ PV. A/"),
    "resolutions": _counted("resolution # (2013) and resolutions 1, 2, 3 and # (1999), "),
    "articles": _text("Article 1, paragraph 2 (b), of the Charter, Articles 3, 4 and 5, "),
    "articles, Arabic": _text("المادة ١ والفقرة ٢ من المادة ٣ ", "ar"),
    "dates": _text("on 24 October 2013 and from 1 to 3 May 2012 "),
    "States": _text("France, the United Kingdom of Great Britain and Northern Ireland and Chad, "),
    "votes": _text("In favour:\n  France, Chad, Togo\nAgainst:\n  None\nAbstaining:\n  None\n\n"),
    "announced votes": _text(
        "The draft resolution was adopted by 10 votes to none, with 5 abstentions.\n\n"
    ),
    "acts": _text("The agenda was adopted.\n\nThe meeting was suspended at 1 p.m.\n\n"),
    "thanks and calls": _text("The President: I thank Mr. Smith. I give the floor to France.\n\n"),
    "agenda and headings": _text("Agenda item 1\n\nThe situation in Chad\n\n"),
    "rosters": _text("President: Mr. Smith (France)\nMembers: Chad Mr. Abba\n\n"),
    "page furniture": _text("13-52683\n\n2/20 S/PV.7050\n\n24/10/2013\n\nx\n\n"),
    "page breaks": _text("x y z\f"),
    "hyphens at ends of lines": _text("dele-\n"),
    "notes": _text("x* y** z1\n\n* note\n\n"),
    "ordinals": _text("firstly, thirdly, secondly\n\n"),
    "groups": _text("on behalf of the Group of 77 and China, on behalf of the European Union, "),
    "harakat": _text("بَُِّ", "ar"),
    "marks of direction": _text("\u202bب\u202c\u200f", "ar"),
    "marks without width": _text("x\u200b\u200d"),
    "letters outside the basic plane": _text("𝔸😀 "),
    "combining marks": _text("e\u0301\u0302"),
    "cover again": _text(COVERS["en"]),
    "six languages": _text("".join(cover.split("\n\n")[1] + "\n\n" for cover in COVERS.values())),
    "addresses on the web": _text("http://a.b/c?d=e#f "),
}


def _word(piece: str, *, before: str = "", after: str = "") -> Bait:
    def made(size: int) -> bytes:
        body = before + piece * max(1, size // len(piece)) + after
        name = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        document = f"<w:document {name}><w:body>{body}</w:body></w:document>".encode()
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(small_docx())) as old, zipfile.ZipFile(out, "w", 8) as new:
            for member in old.infolist():
                own = member.filename == "word/document.xml"
                new.writestr(member, document if own else old.read(member))
        return out.getvalue()

    return made


def _paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


_COVER_WORD = "".join(_paragraph(line) for line in COVERS["en"].split("\n\n") if line)
_CELL = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>"
WORD_FILES: dict[str, Bait] = {
    "Word: empty paragraphs": _word("<w:p/>", before=_COVER_WORD),
    "Word: short paragraphs": _word(_paragraph("x"), before=_COVER_WORD),
    "Word: turns": _word(_paragraph("Mr. Smith (France): x"), before=_COVER_WORD),
    "Word: runs of one letter": _word(
        "<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r>", before=_COVER_WORD + "<w:p>", after="</w:p>"
    ),
    "Word: cells in one row": _word(
        _CELL, before=_COVER_WORD + "<w:tbl><w:tr>", after="</w:tr></w:tbl>"
    ),
    "Word: rows": _word(f"<w:tr>{_CELL}</w:tr>", before=_COVER_WORD + "<w:tbl>", after="</w:tbl>"),
    "Word: merged cells": _word(
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="900"/></w:tcPr><w:p/></w:tc></w:tr>',
        before=_COVER_WORD + "<w:tbl>", after="</w:tbl>",
    ),
    "Word: cells merged downwards": _word(
        '<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc></w:tr>',
        before=_COVER_WORD + "<w:tbl>", after="</w:tbl>",
    ),
    "Word: one paragraph": _word(
        "word ", before=_COVER_WORD + "<w:p><w:r><w:t>", after="</w:t></w:r></w:p>"
    ),
}  # fmt: skip


def _pdf(draw: Callable[[int, random.Random], bytes], *, pages: int = 1) -> Bait:
    """Return a bait of pages that show what is drawn for so many bytes."""

    def made(size: int) -> bytes:
        chance = random.Random(7)
        number = pages if pages > 0 else max(1, size // -pages)
        kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(number))
        objects = [
            b"<</Type /Catalog /Pages 2 0 R>>",
            b"<</Type /Pages /Kids [%s] /Count %d /MediaBox [0 0 612 792]>>" % (kids, number),
            b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        ]
        for n in range(number):
            objects.append(
                b"<</Type /Page /Parent 2 0 R /Contents %d 0 R"
                b" /Resources <</Font <</F1 3 0 R>>>>>>" % (5 + 2 * n)
            )
            body = _shown(_HEAD_LINES) if n == 0 else b""
            objects.append(stream(body + draw(max(1, size // number), chance)))
        return pdf_of(objects)

    return made


_HEAD_LINES = [line for line in COVERS["en"].split("\n\n") if line]


def _shown(lines: list[str]) -> bytes:
    return b"".join(
        b"BT /F1 11 Tf 1 0 0 1 72 %d Tm (%s) Tj ET\n" % (760 - 14 * n, line.encode())
        for n, line in enumerate(lines)
    )


def _times(piece: bytes) -> Callable[[int, random.Random], bytes]:
    return lambda size, _: piece * max(1, size // len(piece))


def _scattered(
    words: str, *, sizes: tuple[int, ...] = (11,), step: int = 1
) -> Callable[..., bytes]:
    def draw(size: int, chance: random.Random) -> bytes:
        out = bytearray()
        while len(out) < size:
            out += b"BT /F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n" % (
                chance.choice(sizes), chance.randrange(60, 540) // step * step,
                chance.randrange(40, 600) // step * step, words.encode(),
            )  # fmt: skip
        return bytes(out)

    return draw


PDFS: dict[str, Bait] = {
    "PDF: letters anywhere": _pdf(_scattered("x")),
    "PDF: words anywhere": _pdf(_scattered("word of the")),
    "PDF: letters of many sizes": _pdf(_scattered("x", sizes=(1, 4, 7, 11, 30))),
    "PDF: letters on a grid": _pdf(_scattered("x", step=12)),
    "PDF: letters in one place": _pdf(_times(b"BT /F1 11 Tf 1 0 0 1 72 500 Tm (x) Tj ET\n")),
    "PDF: one line of letters": _pdf(
        lambda size, _: b"BT /F1 11 Tf 1 0 0 1 72 500 Tm (" + b"x" * size + b") Tj ET\n"
    ),
    "PDF: lines of one letter": _pdf(_times(b"BT /F1 2 Tf 0.1 -0.1 Td (x) Tj ET\n")),
    "PDF: turned letters": _pdf(_times(b"BT /F1 9 Tf 0 1 -1 0 300 300 Tm (x y) Tj ET\n")),
    "PDF: many pages": _pdf(_times(b"BT /F1 11 Tf 1 0 0 1 72 500 Tm (x) Tj ET\n"), pages=-300),
    "PDF: many empty pages": _pdf(lambda *_: b"", pages=-200),
    "PDF: rules": _pdf(_times(b"72 500 400 1 re f\n")),
    "PDF: labels": _pdf(_scattered("Mr. Smith \\(France\\): x", step=14)),
}

_AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate name="x"><meta>'
    '<identification source="#{source}"><FRBRWork><FRBRdate date="2013-10-24"/></FRBRWork>'
    '<FRBRExpression><FRBRlanguage language="en"/></FRBRExpression></identification>'
    "</meta>{cover}<debateBody><debateSection>"
)
_COVER_AKN = "<coverPage>" + "".join(f"<p>{line}</p>" for line in _HEAD_LINES) + "</coverPage>"


def _akn(piece: str, *, source: str = "mahdar", before: str = "", after: str = "") -> Bait:
    def made(size: int) -> bytes:
        head = _AKN.format(source=source, cover=_COVER_AKN if source == "mahdar" else "")
        body = before + piece * max(1, size // len(piece)) + after
        return f"{head}{body}</debateSection></debateBody></debate></akomaNtoso>".encode()

    return made


_SPEECH = '<speech by="#a"><from>Mr. Smith (France):</from><p>x</p></speech>'
DEBATES: dict[str, Bait] = {
    "Akoma Ntoso: speeches": _akn(_SPEECH),
    "Akoma Ntoso: speeches of others": _akn(_SPEECH, source="other"),
    "Akoma Ntoso: paragraphs": _akn("<p>x</p>", before="<speech><from>The President:</from>",
                                    after="</speech>"),
    "Akoma Ntoso: notes": _akn('x<authorialNote marker="1"><p>y</p></authorialNote>',
                               before="<speech><from>The President:</from><p>",
                               after="</p></speech>"),
    "Akoma Ntoso: sections": _akn("<debateSection><heading>x</heading></debateSection>"),
    "Akoma Ntoso: scenes": _akn("<scene>The agenda was adopted.</scene>"),
    "Akoma Ntoso: tags that open": _akn("<p>"),
}  # fmt: skip


def _json(make: Callable[[int], object]) -> Bait:
    return lambda size: json.dumps(make(size)).encode()


_EMPTY_TURN = {"kind": "turn", "label": "x", "paragraphs": []}
JSONS: dict[str, Bait] = {
    "JSON: something else": _json(lambda size: {"a": "x\n" * (size // 3)}),
    "JSON: short lines": lambda size: b'{\n "a": [\n' + b' "x",\n' * (size // 6) + b' "x"]}',
    "JSON: deep lists": lambda size: b'{"a": ' + b"[" * (size // 2) + b"]" * (size // 2) + b"}",
    "JSON: deep objects": lambda size: b'{"a":' * (size // 6) + b"1" + b"}" * (size // 6),
    "JSON: things of a body": _json(lambda size: {"body": [_EMPTY_TURN] * (size // 50)}),
    "JSON: long names": _json(lambda size: {"symbol": "x" * size}),
}

ALL: dict[str, Bait] = {**TEXTS, **WORD_FILES, **PDFS, **DEBATES, **JSONS}
