"""The one count of what stands in a record: turns, paragraphs, and what else is printed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import msgspec

from mahdar.model.address import Locus
from mahdar.model.body import Act, Ballot, BodyItem, Turn
from mahdar.model.place import Span, Spans
from mahdar.model.record import AgendaItem, Record


class Located(msgspec.Struct, frozen=True, gc=False):
    """Something of a record: where it is, its words, its places in the source.

    ``kind`` is ``cover``, ``member``, ``agenda``, ``heading``, ``act``, ``vote``, ``turn``,
    ``paragraph``, ``notice`` or ``furniture``. The words of a turn itself are its label: its
    paragraphs follow it; the agenda has none, its items follow it.
    """

    locus: Locus
    kind: str
    text: str
    spans: Spans


def is_printed(item: BodyItem) -> bool:
    """Tell what stands in the body on a line of its own from what a turn's words do."""
    if isinstance(item, Turn | Ballot) or not item.text:
        return False
    return not isinstance(item, Act) or bool(item.spans) or item.within is None


def agenda_text(item: AgendaItem, record: Record) -> str:
    """Return an item of the agenda as it is printed: title, subtitle, documents."""
    labels = {document.symbol: document.label for document in record.documents}
    documents = [f"{labels.get(symbol, '')} ({symbol})".strip() for symbol in item.documents]
    return " ".join(" ".join([item.title, item.subtitle or "", *documents]).split())


def agenda_of(record: Record) -> list[tuple[AgendaItem, str]]:
    """Return the items of the agenda that have words, with their words."""
    told = ((item, agenda_text(item, record)) for item in record.agenda)
    return [(item, text) for item, text in told if text]


def body_loci(record: Record) -> dict[int, Locus]:
    """Return where each item of the body is, by its index in ``record.body``.

    Turns are ``t1``, ``t2`` and so on. The others that are printed are ``s`` with a number that
    counts everything before it: the agenda, each part of a turn, each other thing; so that what
    was cited once keeps its name.

    >>> from mahdar import read, specimen_path
    >>> [str(locus) for locus in body_loci(read(specimen_path())).values()][:4]
    ['s2', 's3', 's4', 's5']
    """
    found: dict[int, Locus] = {}
    turns = 0
    others = 1 if agenda_of(record) else 0
    for at, item in enumerate(record.body):
        if isinstance(item, Turn):
            turns += 1
            found[at] = Locus("t", turns)
            others += len(item.all_parts())
        elif is_printed(item):
            others += 1
            found[at] = Locus("s", others)
    return found


def loci(record: Record) -> Iterator[Located]:
    """Yield everything that a record holds, in the order of the print, with where it is.

    >>> from mahdar import read, specimen_path
    >>> found = [f"{one.locus} {one.kind}" for one in loci(read(specimen_path()))]
    >>> found[0], found[-1], "t3p2 paragraph" in found
    ('c1 cover', 'k1 notice', True)
    """
    for n, field in enumerate(record.cover, 1):
        yield Located(Locus("c", n), "cover", field.label, field.spans)
    for n, member in enumerate(record.members, 1):
        text = f"{member.state.label} {member.representative.label}"
        yield Located(Locus("r", n), "member", text, member.spans)
    if agenda := agenda_of(record):
        spans = tuple(span for item, _ in agenda for span in item.spans)
        yield Located(Locus("s", 1), "agenda", "", spans)
        for n, (item, text) in enumerate(agenda, 1):
            yield Located(Locus("s", 1, n), "paragraph", text, item.spans)
    yield from _of_body(record)
    if record.notice is not None:
        yield Located(Locus("k", 1), "notice", record.notice.text, record.notice.spans)
    for n, piece in enumerate(record.furniture, 1):
        yield Located(Locus("x", n), "furniture", piece.text, piece.spans)


def _of_body(record: Record) -> Iterator[Located]:
    for at, locus in body_loci(record).items():
        item = record.body[at]
        if isinstance(item, Turn):
            yield Located(locus, "turn", item.label, item.spans)
            for n, paragraph in enumerate(item.all_paragraphs(), 1):
                where = Locus("t", locus.number, n)
                yield Located(where, "paragraph", paragraph.text, paragraph.spans)
        elif not isinstance(item, Ballot):
            kind = type(item).__struct_config__.tag
            yield Located(locus, str(kind), item.text, item.spans)


class LocusFinder:
    """Finds where in a record a stretch of its source is.

    Args:
        record: whose spans.

    >>> from mahdar import read, specimen_path
    >>> record = read(specimen_path())
    >>> found = LocusFinder(record).find(record.turns()[2].all_paragraphs()[1].spans)
    >>> str(found.locus)
    't3p2'
    """

    def __init__(self, record: Record) -> None:
        rows = [
            (span.start, span.end or span.start, located)
            for located in loci(record)
            for span in located.spans
            if span.start is not None
        ]
        # Where two begin together the narrower comes last, and is found.
        self._rows = sorted(rows, key=lambda row: (row[0], -row[1]))
        self._starts = [row[0] for row in self._rows]

    def find(self, spans: tuple[Span, ...]) -> Located | None:
        """Return what the first of some spans lies in, the narrowest; None where nothing."""
        for span in spans:
            if span.start is None:
                continue
            at = bisect_right(self._starts, span.start) - 1
            while at >= 0:
                if span.start < self._rows[at][1]:
                    return self._rows[at][2]
                at -= 1
        return None
