"""The contents at the side of a record: its turns with how long each is, headings and votes."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from mahdar.languages import load_language
from mahdar.model import Heading, Record, Turn, Vote
from mahdar.model.loci import body_loci
from mahdar.search.resolving import state_name


class Line(msgspec.Struct, frozen=True):
    """A line of the contents.

    ``kind`` is ``turn``, ``heading`` or ``vote``; ``place`` the name on the page; ``length`` of
    its bar, 0 to 100; ``body`` for whom somebody speaks, in the language of the interface.
    """

    kind: str
    place: str
    text: str
    body: str = ""
    spoken: str = ""
    words: int = 0
    length: float = 0.0


def contents_of(record: Record, interface: str) -> Iterator[Line]:
    """Yield the lines of the contents of a record.

    Args:
        record: to tell of.
        interface: the language of the interface (ISO 639-1).

    >>> from mahdar.specimens.build import specimen
    >>> [line.place for line in contents_of(specimen("en"), "ar") if line.kind == "turn"][:2]
    ['t1', 't2']
    """
    lengths = [sum(len(p.text) for p in turn.all_paragraphs()) for turn in record.turns()]
    longest = max(lengths, default=1) or 1
    number = 0
    called = {at: str(locus) for at, locus in body_loci(record).items()}
    opening = load_language(record.language).data.writing.brackets[0]
    for at, item in enumerate(record.body):
        if isinstance(item, Heading):
            yield Line("heading", called.get(at, ""), item.text)
        elif isinstance(item, Vote):
            counts = "–".join(str(len(s)) for s in (item.in_favour, item.against, item.abstaining))
            yield Line("vote", called.get(at, ""), counts)
        elif isinstance(item, Turn):
            length = 100 * lengths[number] / longest
            number += 1
            body = item.affiliation
            name = ""
            if body:
                name = state_name(body.code, interface) if body.code else body.label
            spoken = item.language if item.language != record.language else ""
            # The State and the language, which are in brackets, are shown in the reader's language.
            text = (item.speaker.label or item.label).split(opening)[0].strip()
            yield Line("turn", called[at], text, name, spoken, item.words(), round(length, 1))
