"""An alignment as TMX, the format of translation memories, and as two columns of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from importlib import resources

from lxml import etree

from mahdar._version import __version__
from mahdar.alignment.align import Alignment, PairedTurns
from mahdar.languages import load_language
from mahdar.model import Record
from mahdar.model.address import Locus
from mahdar.model.formats import cleaned
from mahdar.publishing.xml import XML
from mahdar.sources.packed import one_line


def publish_tmx(alignment: Alignment, first: Record, second: Record) -> bytes:
    """Return the pairs of an alignment as TMX 1.4b, a unit for each pair of paragraphs.

    Args:
        alignment: of the two records.
        first: the record in the first language.
        second: the record in the second.
    """
    alignment, first, second = cleaned(alignment), cleaned(first), cleaned(second)
    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root, "header", {
            "creationtool": "Mahdar", "creationtoolversion": __version__,
            "segtype": "paragraph", "o-tmf": "Mahdar", "adminlang": "en",
            "srclang": alignment.first, "datatype": "plaintext",
        },
    )  # fmt: skip
    body = etree.SubElement(root, "body")
    for name, score, one, other in _pairs(alignment, first, second):
        if not one or not other:
            continue
        unit = etree.SubElement(body, "tu", tuid=name)
        if alignment.symbol:
            etree.SubElement(unit, "prop", type="symbol").text = alignment.symbol
        etree.SubElement(unit, "prop", type="score").text = f"{score:.3f}"
        for code, words in ((alignment.first, one), (alignment.second, other)):
            variant = etree.SubElement(unit, "tuv", {f"{XML}lang": code})
            etree.SubElement(variant, "seg").text = words
    etree.indent(root)
    data: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8",
        doctype='<!DOCTYPE tmx SYSTEM "tmx14.dtd">',
    )  # fmt: skip
    return data


def publish_side_by_side(alignment: Alignment, first: Record, second: Record) -> str:
    """Return an HTML page with both records side by side, each in its direction.

    Args:
        alignment: of the two records.
        first: the record in the first language.
        second: the record in the second.
    """
    alignment, first, second = cleaned(alignment), cleaned(first), cleaned(second)
    style = resources.files("mahdar.publishing") / "templates" / "pairs.css"
    rows: list[str] = []
    sides = (first, second)
    for turn in alignment.turns:
        labels = (
            first.turn(turn.first_turn_number).label if turn.first_turn_number is not None else "",
            second.turn(turn.second_turn_number).label
            if turn.second_turn_number is not None
            else "",
        )
        rows.append(_row("th", labels, sides, f"{turn.score:.2f}" if turn.score else ""))
        for one, other, score in _paragraphs(turn, first, second):
            rows.append(_row("td", (one, other), sides, f"{score:.2f}" if score else ""))
    title = escape(f"{alignment.symbol or ''} {alignment.first} – {alignment.second}".strip())
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}'
        f"</title>\n<style>\n{style.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<table>\n" + "\n".join(rows) + "\n</table>\n</body>\n</html>\n"
    )


def _row(tag: str, words: tuple[str, str], sides: tuple[Record, Record], score: str) -> str:
    cells = "".join(
        f'<{tag} lang="{record.language}"'
        f' dir="{load_language(record.language).data.direction}">{escape(text)}</{tag}>'
        for text, record in zip(words, sides, strict=True)
    )
    return f'<tr>{cells}<td class="score">{score}</td></tr>'


def _paragraphs(
    turn: PairedTurns, first: Record, second: Record
) -> Iterator[tuple[str, str, float]]:
    left = (
        first.turn(turn.first_turn_number).all_paragraphs()
        if turn.first_turn_number is not None
        else ()
    )
    right = (
        second.turn(turn.second_turn_number).all_paragraphs()
        if turn.second_turn_number is not None
        else ()
    )
    for pair in turn.paragraphs:
        yield (
            one_line("\n".join(left[n - 1].text for n in pair.first_paragraph_numbers)),
            one_line("\n".join(right[n - 1].text for n in pair.second_paragraph_numbers)),
            pair.score,
        )


def _pairs(
    alignment: Alignment, first: Record, second: Record
) -> Iterator[tuple[str, float, str, str]]:
    for number, turn in enumerate(alignment.turns, 1):
        for count, (one, other, score) in enumerate(_paragraphs(turn, first, second), 1):
            yield str(Locus("t", number, count)), score, one, other
