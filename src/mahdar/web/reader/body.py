"""The meeting as the page of a record shows it: in the look of the record, with its links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import msgspec
from django.utils.translation import gettext, ngettext

from mahdar.languages import load_language
from mahdar.model import Heading, Mention, Note, Paragraph, Record, Turn, Vote
from mahdar.model.address import Address, Locus, short_form
from mahdar.model.loci import body_loci
from mahdar.publishing.elements import Element, Run, elements, is_within
from mahdar.search.fetching import for_whom
from mahdar.web import links, names
from mahdar.web.numbers import write_number
from mahdar.web.reader.findings import Noted
from mahdar.web.reader.votes import vote_chart

_CLASSES = {"vote": "act", "mark": "act"}


class Rendered(msgspec.Struct, frozen=True):
    """The page of a record without the frame of the site, as HTML."""

    cover: str
    body: str
    notes: str
    pages: tuple[int, ...]


class Shown(msgspec.Struct, frozen=True):
    """Which record is shown: symbol, language, version, and whether its pages can be drawn."""

    key: str
    symbol: str
    language: str
    version: int
    pictures: bool = False

    @property
    def address(self) -> Address:
        """Where it is, for good."""
        return Address(self.key, self.language, self.version)


def render(record: Record, shown: Shown, findings: Iterable[Noted] = ()) -> Rendered:
    """Return a record as HTML.

    Args:
        record: to show.
        shown: which one it is in the archive.
        findings: that have a place in it.

    Raises:
        NothingToPublish: the record has no body.
    """
    page = _Page(record, shown, findings)
    things = elements(record)
    cover = page.cover([thing for thing in things if thing.item is None])
    body = page.body([thing for thing in things if thing.item is not None])
    return Rendered(cover, body, page.notes(), tuple(page.pages))


class _Page:
    def __init__(self, record: Record, shown: Shown, findings: Iterable[Noted]) -> None:
        self._record, self._shown = record, shown
        self._language = load_language(record.language)
        self._notes: list[Note] = []
        self._findings: dict[str, list[Noted]] = {}
        for found in findings:
            self._findings.setdefault(found.locus, []).append(found)
        self.pages: list[int] = []
        self._cite = escape(gettext("Cite this paragraph"))
        self._turns = {n: count for count, n in enumerate(
            (n for n, item in enumerate(record.body) if isinstance(item, Turn)), 1)}  # fmt: skip
        self._called = {at: str(locus) for at, locus in body_loci(record).items()}
        self._people = {person.id: person.name for person in record.people}

    # The cover

    def cover(self, things: list[Element]) -> str:
        out: list[str] = []
        rows: list[str] = []

        def end_rows() -> None:
            if rows:
                out.append(f'<table class="roster">{"".join(rows)}</table>')
                rows.clear()

        for thing in things:
            if thing.cells:
                lead, head, *rest = thing.cells
                cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
                rows.append(
                    f'<tr><td class="lead">{escape(lead)}</td>'
                    f'<th scope="row">{escape(head)}</th>{cells}</tr>'
                )
                continue
            end_rows()
            words = escape(thing.text)
            if thing.kind == "symbol":
                words = f'<bdi dir="ltr">{words}</bdi>'
            tag = {"organ": "h1", "agenda_head": "h2"}.get(thing.kind, "p")
            out.append(f'<{tag} class="{thing.kind}">{words}</{tag}>')
        end_rows()
        if not any(thing.kind == "organ" for thing in things):
            out.insert(0, f'<h1 class="organ">{escape(self._shown.symbol)}</h1>')
        return "\n".join(out)

    # The meeting

    def body(self, things: list[Element]) -> str:
        out: list[str] = []
        open_: int | None = None
        for thing in things:
            turn = thing.item if thing.item in self._turns else None
            if open_ is not None and turn != open_ and not is_within(self._record, thing, open_):
                out.append("</article>")
                open_ = None
            if turn is not None and open_ is None:
                out.append(self._open(turn))
                open_ = turn
            out += self._element(thing, turn)
        if open_ is not None:
            out.append("</article>")
        return "\n".join(out) + "\n"

    def _turn(self, item: int) -> Turn:
        turn = self._record.body[item]
        assert isinstance(turn, Turn)
        return turn

    def _open(self, item: int) -> str:
        turn, number = self._turn(item), self._turns[item]
        about = "".join(f"<li>{each}</li>" for each in self._about(turn))
        return (
            f'<article class="turn" id="t{number}" aria-labelledby="t{number}l">\n'
            f'<div class="margin"><ul class="about" lang="{names.interface()}"'
            f' dir="{names.direction(names.interface())}">{about}</ul></div>'
        )

    def _about(self, turn: Turn) -> Iterator[str]:
        """Yield what the margin tells of a turn, in the language of the interface."""
        if turn.language != self._record.language or turn.interpreted:
            spoken = gettext("spoken in: %(language)s") % {
                "language": names.language_name(turn.language)
            }
            yield f'<span class="spoken">{escape(spoken)}</span>'
        if turn.interpreted:
            interpretation = escape(gettext("interpretation"))
            yield f'<span class="interpreted">{interpretation}</span>'
        if turn.purpose:
            yield escape(str(names.PURPOSES[turn.purpose]))
        if turn.group:
            whom = gettext("for %(group)s") % {"group": names.body_name(turn.group)}
            yield f'<a href="{links.to_body(turn.group)}">{escape(whom)}</a>'
        words = turn.words()
        if self._record.language == "zh":
            words = sum(len(p.text) for p in turn.all_paragraphs())
            text = ngettext("%(count)s character", "%(count)s characters", words)
        else:
            text = ngettext("%(count)s word", "%(count)s words", words)
        yield escape(text % {"count": write_number(words)})

    def _element(self, thing: Element, turn: int | None) -> Iterator[str]:
        item = self._record.body[thing.item] if thing.item is not None else None
        if turn is not None and thing.paragraph is not None:
            yield from self._paragraph(thing, turn)
            return
        name = self._called.get(thing.item, "") if thing.item is not None else ""
        words = "".join(self._plain(run) for run in thing.runs)
        spans = getattr(item, "spans", ())
        if turn is None and spans:
            yield from self._turn_to(spans[0].page)
        if isinstance(item, Heading):
            level = min(thing.level + 1, 6)
            shown = f'<h{level} class="heading"{_own(name)}>{words}</h{level}>'
        elif thing.kind == "speech":  # a turn without a word
            number = self._turns[turn] if turn is not None else 0
            shown = f'<h3 class="label" id="t{number}l">{words}</h3>'
        elif isinstance(item, Vote) and thing.kind == "vote":
            shown = f'<p class="act"{_own(name)}>{words}</p>\n{vote_chart(item, name)}'
        else:
            kind = _CLASSES.get(thing.kind, thing.kind)
            own = name if turn is None and thing.kind == "act" else ""
            shown = f'<p class="{kind}"{_own(own)}>{words}</p>'
        yield self._noted(shown, name)

    def _paragraph(self, thing: Element, item: int) -> Iterator[str]:
        turn, number = self._turn(item), self._turns[item]
        assert thing.paragraph is not None
        paragraph = turn.all_paragraphs()[thing.paragraph]
        locus = Locus("t", number, thing.paragraph + 1)
        name = str(locus)
        page = paragraph.spans[0].page if paragraph.spans else None
        yield from self._turn_to(page)
        at = f' data-page="{page}"' if page is not None else ""
        place = links.to_address(f"{self._shown.address}/{name}")
        here = links.to_address(str(self._shown.address.to(locus)))
        whom = self._for_whom(turn, thing.paragraph)
        cited = escape(short_form(self._shown.key, page, whom))
        tool = (
            f'<a class="cite" href="/cite{place}" aria-label="{self._cite}" data-cite="{cited}"'
            f' title="{self._cite}" data-to="{here}" rel="nofollow">¶</a>'
        )
        words = self._text(paragraph)
        label = ""
        if thing.kind == "speech":
            head = "".join(self._label(run, turn) for run in thing.runs[:-1])
            # No blank stands after the colon in a script that prints none between words.
            blank = "" if head.rstrip()[-1:] == "：" else " "
            label = f'<h3 class="label" id="t{number}l">{head.rstrip()}</h3>{blank}'
            shown = f'<div class="speech">{label}<p id="{name}"{at}>{words}{tool}</p></div>'
            yield self._noted(shown, f"t{number}", name)
        else:
            shown = f'<p class="paragraph" id="{name}"{at}>{words}{tool}</p>'
            yield self._noted(shown, name)

    def _for_whom(self, turn: Turn, paragraph: int) -> str | None:
        """Return for whom somebody speaks in a paragraph: its part may be in another capacity."""
        parts = turn.all_parts()
        left = paragraph
        part = parts[-1]
        for part in parts:
            if left < len(part.paragraphs):
                break
            left -= len(part.paragraphs)
        body = part.affiliation
        return for_whom({
            "kind": "turn", "affiliation": (body.code or body.label) if body else None,
            "capacity": part.capacity, "person__name": self._people.get(turn.person or ""),
        })  # fmt: skip

    def _turn_to(self, page: int | None) -> Iterator[str]:
        """Yield the mark of a page of the source where its first words stand."""
        if page is not None and page not in self.pages:
            self.pages.append(page)
            yield self._page_mark(page)

    def _page_mark(self, page: int) -> str:
        text = escape(gettext("p. %(page)s") % {"page": write_number(page)})
        shown, way = names.interface(), names.direction(names.interface())
        said = f'<span lang="{shown}" dir="{way}">{text}</span>'
        if self._shown.pictures:
            here = links.to_record(self._shown.key, self._shown.language, self._shown.version)
            said = f'<a href="{here}?pages=1#page{page}">{said}</a>'
        return f'<span class="page" id="page{page}">{said}</span>'

    def _noted(self, shown: str, *places: str) -> str:
        """Return words with the findings of their places before them, to stand beside them."""
        found = [each for place in places for each in self._findings.pop(place, ())]
        if not found:
            return shown
        return f'<div class="noted">{"".join(each.html for each in found)}{shown}</div>'

    # Words

    def _label(self, run: Run, turn: Turn) -> str:
        words = escape(run.text)
        if run.bold:
            if turn.person in self._people and turn.person:
                words = f'<a href="{links.to_person(turn.person)}">{words}</a>'
            return f"<b>{words}</b>"
        body = turn.affiliation
        if body and body.code and body.label and escape(body.label) in words:
            here = f'<a href="{links.to_affiliation(body.code)}">{escape(body.label)}</a>'
            words = words.replace(escape(body.label), here, 1)
        return f"<i>{words}</i>" if run.italic else words

    def _plain(self, run: Run) -> str:
        words = escape(run.text)
        words = f"<b>{words}</b>" if run.bold else words
        return f"<i>{words}</i>" if run.italic else words

    def _text(self, paragraph: Paragraph) -> str:
        """Return the words of a paragraph with links and the marks of its notes."""
        text, out, at = paragraph.text, [], 0
        things: list[Note | Mention] = [*paragraph.notes, *paragraph.mentions]
        for thing in sorted(things, key=_start):
            start = _start(thing)
            if start < at:  # within another
                continue
            out.append(escape(text[at:start]))
            if isinstance(thing, Note):
                out.append(self._note(thing))
                at = start + len(thing.mark)
            else:
                out.append(_mention(thing, text[start : thing.end]))
                at = thing.end
        out.append(escape(text[at:]))
        return "".join(out)

    def _note(self, note: Note) -> str:
        self._notes.append(note)
        number = len(self._notes)
        return f'<sup><a id="m{number}" href="#n{number}">{escape(note.mark)}</a></sup>'

    def notes(self) -> str:
        """Return the footnotes met so far, each with the way back to its mark."""
        return "\n".join(
            f'<p id="n{number}"><a href="#m{number}">{escape(note.mark)}</a>'
            f" {escape(note.text)}</p>"
            for number, note in enumerate(self._notes, 1)
        )


def _own(name: str) -> str:
    """Return the attribute by which an element can be found, where it has a name."""
    return f' id="{name}"' if name else ""


def _start(thing: Note | Mention) -> int:
    return thing.at if isinstance(thing, Note) else thing.start


def _mention(mention: Mention, printed: str) -> str:
    words = escape(printed)
    if mention.kind == "date":
        known = mention.id or ""
        return f'<time datetime="{escape(known)}">{words}</time>' if known[:1].isdigit() else words
    if mention.kind == "turn" and mention.turn_number is not None:
        return f'<a class="turn" href="#{Locus("t", mention.turn_number)}">{words}</a>'
    where = links.to_mention(mention.kind, mention.id)
    if where is None:
        return words
    return f'<a class="{mention.kind}" href="{escape(where)}">{words}</a>'
