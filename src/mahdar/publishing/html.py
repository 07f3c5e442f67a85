"""A record as one HTML page that stands alone: no script, no file beside it."""

from __future__ import annotations

from html import escape
from importlib import resources

from mahdar.languages import Language
from mahdar.model import Note, Record, Turn
from mahdar.model.address import Locus
from mahdar.publishing.elements import (
    Element,
    Run,
    elements,
    is_within,
    language_of,
    pieces,
)

_CLASSES = {"vote": "act", "mark": "act"}


def publish_html(record: Record) -> str:
    """Return a record as an HTML page, in its language and direction, ready to print.

    Turns are articles with the language spoken, headings make an outline, each
    paragraph has an address (``#t3p2``: turn and paragraph, from 1).

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> '<html lang="ar" dir="rtl">' in publish_html(specimen("ar"))
    True
    """
    language = language_of(record)
    things = elements(record)
    style = resources.files("mahdar.publishing") / "templates" / "record.css"
    page = _Page(record, language)
    cover = [thing for thing in things if thing.item is None]
    body = page.body([thing for thing in things if thing.item is not None])
    title = escape(record.symbol or "")
    return (
        f'<!DOCTYPE html>\n<html lang="{record.language}" dir="{language.data.direction}">\n'
        f'<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{style.read_text(encoding='utf-8')}</style>\n</head>\n"
        f"<body>\n{page.cover(cover)}<main>\n{body}</main>\n{page.notes()}</body>\n</html>\n"
    )


class _Page:
    def __init__(self, record: Record, language: Language) -> None:
        self._record, self._language = record, language
        self._notes: list[Note] = []

    def cover(self, things: list[Element]) -> str:
        out = ["<header>"]
        rows: list[str] = []
        for thing in things:
            if thing.cells:
                cells = "".join(f"<td>{escape(cell)}</td>" for cell in thing.cells)
                rows.append(f"<tr>{cells}</tr>")
                continue
            if rows:
                out.append(f'<table class="roster">{"".join(rows)}</table>')
                rows = []
            words = escape(thing.text)
            tag = {"organ": "h1", "agenda_head": "h2"}.get(thing.kind, "p")
            if thing.kind == "symbol":
                words = f'<bdi dir="ltr">{words}</bdi>'
            out.append(f'<{tag} class="{thing.kind}">{words}</{tag}>')
        if rows:
            out.append(f'<table class="roster">{"".join(rows)}</table>')
        return "\n".join([*out, "</header>\n"])

    def body(self, things: list[Element]) -> str:
        out: list[str] = []
        numbers = {
            number: count
            for count, number in enumerate(
                (n for n, item in enumerate(self._record.body) if isinstance(item, Turn)), 1
            )
        }
        open_: int | None = None
        for thing in things:
            turn = thing.item if thing.item in numbers else None
            if open_ is not None and turn != open_ and not is_within(self._record, thing, open_):
                out.append("</article>")
                open_ = None
            if turn is not None and open_ is None:
                item = self._record.body[turn]
                assert isinstance(item, Turn)
                spoken = escape(item.language)
                out.append(f'<article id="{Locus("t", numbers[turn])}" data-spoken="{spoken}">')
                open_ = turn
            address = ""
            if turn is not None and thing.paragraph is not None:
                address = f' id="{Locus("t", numbers[turn], thing.paragraph + 1)}"'
            out.append(self._element(thing, address))
        if open_ is not None:
            out.append("</article>")
        return "\n".join(out) + "\n"

    def _element(self, thing: Element, address: str) -> str:
        words = "".join(map(self._run, pieces(thing)))
        if thing.kind == "heading":
            level = min(max(thing.level, 1) + 1, 6)
            return f"<h{level}>{words}</h{level}>"
        kind = _CLASSES.get(thing.kind, thing.kind)
        return f'<p class="{kind}"{address}>{words}</p>'

    def _run(self, run: Run | Note) -> str:
        if isinstance(run, Note):
            self._notes.append(run)
            number = len(self._notes)
            mark = escape(run.mark)
            return f'<sup><a id="m{number}" href="#n{number}">{mark}</a></sup>'
        words = escape(run.text)
        if run.bold:
            words = f"<b>{words}</b>"
        return f"<i>{words}</i>" if run.italic else words

    def notes(self) -> str:
        """Return the footnotes met so far, each with the way back to its mark."""
        if not self._notes:
            return ""
        rows = "\n".join(
            f'<p id="n{number}"><a href="#m{number}">{escape(note.mark)}</a>'
            f" {escape(note.text)}</p>"
            for number, note in enumerate(self._notes, 1)
        )
        return f"<footer>\n{rows}\n</footer>\n"
