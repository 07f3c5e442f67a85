"""A record as the row of printed things that every kind of document is made from."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

import msgspec

from mahdar.errors import NothingToPublish
from mahdar.languages import Language, load_language
from mahdar.languages.openings import language_of_mark
from mahdar.model import Act, Heading, Member, Name, Note, Paragraph, Record, Turn, Vote
from mahdar.parsing.votes import HEADS

Kind = Literal[
    "publisher", "symbol", "status", "organ", "cover", "president", "member", "agenda_head",
    "agenda_title", "agenda_document", "notice", "heading", "act", "speech", "paragraph", "mark",
    "vote", "vote_list",
]  # fmt: skip
_COVER: dict[str, Kind] = {
    "publisher": "publisher",
    "symbol": "symbol",
    "status": "status",
    "organ": "organ",
}
_SHOWN = 100  # characters of a symbol in a message
_CLOSERS = {")": "(", "）": "（"}


class Run(msgspec.Struct, frozen=True):
    """Words in one style."""

    text: str
    bold: bool = False
    italic: bool = False


class Element(msgspec.Struct, frozen=True):
    """One thing that is printed: a line of the cover, a heading, a paragraph.

    ``cells`` are the parts of a line of the roster: what leads it, the name, the State.
    ``level`` is that of a heading. ``item`` and ``paragraph`` say what of the record it
    prints: the number of the item in the body, and of the paragraph in its turn, from 0.
    """

    kind: Kind
    runs: tuple[Run, ...]
    level: int = 0
    cells: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    item: int | None = None
    paragraph: int | None = None

    @property
    def text(self) -> str:
        """Its words without their styles."""
        return "".join(run.text for run in self.runs)


def language_of(record: Record) -> Language:
    """Return the language of a record.

    Raises:
        LanguageDataError: there is no file for it.
    """
    return load_language(record.language)


def elements(record: Record) -> list[Element]:
    """Return all that a record prints, in order.

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> [e.kind for e in elements(specimen("en"))][:5]
    ['publisher', 'symbol', 'status', 'organ', 'cover']
    """
    if not record.body:
        raise NothingToPublish(
            f"{called(record)} has no body: there is nothing to publish; read a whole record first"
        )
    language = language_of(record)
    return [*_cover(record, language), *_body(record, language)]


def called(record: Record) -> str:
    """Return what a record is called in a message, on one line, whatever its symbol.

    >>> from mahdar.specimens.build import specimen
    >>> called(specimen("en"))
    'the record S/PV.99902'
    """
    return f"the record {' '.join((record.symbol or '').split())[:_SHOWN]}".rstrip()


def is_within(record: Record, thing: Element, turn: int) -> bool:
    """Tell whether an act is printed within a turn that goes on after it.

    Args:
        record: that the thing is of.
        thing: one of :func:`elements`.
        turn: the number of the turn in the body, from 0.
    """
    if thing.kind != "act" or thing.item is None:
        return False
    item = record.body[thing.item]
    return getattr(item, "within", None) is not None and thing.item > turn


def _plain(kind: Kind, text: str, *, level: int = 0, item: int | None = None) -> Element:
    return Element(kind, (Run(text),), level=level, item=item)


def _cover(record: Record, language: Language) -> Iterator[Element]:
    for field in record.cover:
        if field.field not in ("agenda", "members", "rule", "contents", "job_number", "other"):
            yield _plain(_COVER.get(field.field, "cover"), field.label)
    colon = language.data.writing.colon
    data = language.data.cover
    president = record.president
    if president and data.president:
        lead = president_word(president.representative, language)
        open_, close = tuple(language.data.writing.brackets)
        cells: tuple[str, ...] = (f"{lead}{colon}", president.representative.label)
        if president.state.label:
            cells += (f"{open_}{president.state.label}{close}",)
        yield Element("president", (Run("\t".join(cells)),), cells=cells)
    members = [member for member in record.members if not member.presides]
    for number, member in enumerate(members):
        lead = f"{data.members[0]}{colon}" if number == 0 else ""
        yield _member(lead, member)
    if record.agenda:
        yield _plain("agenda_head", record.cover_label("agenda") or data.agenda[0])
    labels = {document.symbol: document.label for document in record.documents}
    for item in record.agenda:
        yield _plain("agenda_title", item.title)
        if item.subtitle:
            yield _plain("agenda_document", item.subtitle)
        for label in dict.fromkeys(labels.get(symbol, symbol) for symbol in item.documents):
            if label not in (item.title, item.subtitle):
                yield _plain("agenda_document", label)
    if record.notice:
        yield _plain("notice", record.notice.text)


def president_word(name: Name, language: Language) -> str:
    """Return the word that leads the President's line on the cover, in the right gender."""
    data = language.data.cover
    genders = {
        language.key(honorific.form): honorific.gender
        for honorific in language.data.labels.honorifics
    }
    gender = genders.get(language.key(name.honorific or ""))
    if data.written is None:
        return data.president[0]
    return data.written.president_f if gender == "f" else data.written.president_m


def _member(lead: str, member: Member) -> Element:
    cells = (lead, member.state.label, member.representative.label)
    return Element("member", (Run("\t".join(cells)),), cells=cells)


def _body(record: Record, language: Language) -> Iterator[Element]:
    within: dict[int, dict[int, list[tuple[int, Act]]]] = {}
    for number, item in enumerate(record.body):
        if isinstance(item, Act) and item.within and item.within.start == item.within.end:
            before = within.setdefault(item.within.turn_number, {})
            before.setdefault(item.within.paragraph_number - 1, []).append((number, item))
    turns = 0
    for number, item in enumerate(record.body):
        if isinstance(item, Heading):
            yield _plain("heading", item.text, level=item.level, item=number)
        elif isinstance(item, Act) and item.within is None:
            yield Element("act", (Run(item.text, italic=True),), item=number)
        elif isinstance(item, Turn):
            turns += 1
            yield from _turn(item, number, within.get(turns, {}), language)
        elif isinstance(item, Vote):
            yield from _vote(item, number, language)


def _turn(
    turn: Turn, number: int, acts: dict[int, list[tuple[int, Act]]], language: Language
) -> Iterator[Element]:
    label = (*label_runs(turn.label, language), Run(language.data.writing.colon + language.gap))
    counted = 0
    for part in turn.all_parts():
        if part.mark:
            yield Element("mark", (Run(part.mark, italic=True),), item=number)
        for paragraph in part.paragraphs:
            for at, act in acts.get(counted, ()):
                yield Element("act", (Run(act.text, italic=True),), item=at)
            if counted == 0:
                runs = (*label, Run(paragraph.text))
                yield _said("speech", runs, paragraph, number, counted)
            else:
                yield _said("paragraph", (Run(paragraph.text),), paragraph, number, counted)
            counted += 1
    if counted == 0:
        yield Element("speech", label, item=number)
    for at, act in acts.get(counted, ()):
        yield Element("act", (Run(act.text, italic=True),), item=at)


def said(element: Element) -> list[Run | Note]:
    """Return the last run of an element, which holds what was said, cut at the marks of its notes.

    A note stands for its mark, whose place is counted within that run.
    """
    last = element.runs[-1]
    out: list[Run | Note] = []
    position = 0
    for note in sorted(element.notes, key=lambda note: note.at):
        out += [msgspec.structs.replace(last, text=last.text[position : note.at]), note]
        position = note.at + len(note.mark)
    out.append(msgspec.structs.replace(last, text=last.text[position:]))
    return [piece for piece in out if piece.text]


def pieces(element: Element) -> list[Run | Note]:
    """Return all runs of an element, cut at the marks of its notes; see :func:`said`."""
    return [*element.runs[:-1], *said(element)]


def _said(
    kind: Kind, runs: tuple[Run, ...], paragraph: Paragraph, item: int, number: int
) -> Element:
    return Element(kind, runs, notes=paragraph.notes, item=item, paragraph=number)


def label_runs(label: str, language: Language) -> tuple[Run, ...]:
    """Return the label of a turn in its styles: the name bold, a mark of language italic.

    >>> from mahdar.languages import load_language
    >>> [(r.text, r.bold, r.italic) for r in label_runs("Mr. Orlov (Chile) (spoke in French)",
    ...                                                 load_language("en"))]
    [('Mr. Orlov', True, False), (' (Chile) (', False, False), ('spoke in French', False, True), \
(')', False, False)]
    """
    first = min((at for at in map(label.find, "(（") if at >= 0), default=len(label))
    name = label[:first].rstrip()
    rest = label[len(name) :]
    if rest[-1:] in _CLOSERS:
        start = rest.rfind(_CLOSERS[rest[-1]]) + 1
        if start and language_of_mark(rest[start:-1], language):
            return (
                Run(name, bold=True),
                Run(rest[:start]),
                Run(rest[start:-1], italic=True),
                Run(rest[-1]),
            )
    return (Run(name, bold=True), Run(rest)) if rest else (Run(name, bold=True),)


def _vote(vote: Vote, number: int, language: Language) -> Iterator[Element]:
    """Yield the line that says how the vote was taken, then its lists, as they were printed."""
    facts = language.data.votes
    colon = language.data.writing.colon
    text = vote.text
    starts: list[int] = []
    for head in HEADS:
        forms = [form + mark for form in getattr(facts, head) for mark in (colon, ":", " :", "：")]
        found = [at for form in forms if (at := _found(text, form, language)) >= 0]
        if found:
            starts.append(min(found))
    starts = sorted(set(starts))
    lead = text[: starts[0]].strip() if starts else text
    if lead:
        yield Element("vote", (Run(lead, italic=True),), item=number)
    for start, end in itertools.pairwise((*starts, len(text))):
        words = text[start:end].strip()
        at = next(k for k, character in enumerate(words) if character in ":：") + 1
        yield Element("vote_list", (Run(words[:at], italic=True), Run(words[at:])), item=number)


def _found(text: str, head: str, language: Language) -> int:
    """Return where the head of a list stands in the words of a vote, -1 where it does not."""
    at = text.find(head)
    while at > 0 and language.data.writing.spaced and not text[at - 1].isspace():
        at = text.find(head, at + 1)
    return at


__all__ = [
    "Element",
    "Kind",
    "Run",
    "called",
    "elements",
    "label_runs",
    "language_of",
    "pieces",
    "said",
]
