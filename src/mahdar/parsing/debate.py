"""A debate that another program encoded, as a record: as far as the vocabulary is shared."""

from __future__ import annotations

import re

from mahdar.model import (
    BodyItem,
    Furniture,
    Heading,
    Name,
    Paragraph,
    Record,
    Span,
    Turn,
)
from mahdar.sources.akoma_ntoso import DebateSource, Stretch

# ISO 639-2 and 639-1 of the languages that debates come in most.
_CODES = {"eng": "en", "fra": "fr", "fre": "fr", "spa": "es", "ara": "ar", "rus": "ru", "zho": "zh",
          "chi": "zh", "ita": "it", "por": "pt", "deu": "de", "swa": "sw"}  # fmt: skip
_ENDS = re.compile(r"\s*[:.–—-]+\s*$")


def read_debate(source: DebateSource) -> Record:
    """Return the headings and turns of a debate.

    Who speaks for whom, what was done and what was voted is not told: other assemblies
    encode it in their own ways. Stage lines are kept as furniture.

    Args:
        source: from :func:`mahdar.sources.akoma_ntoso.read_akoma_ntoso`.
    """
    code = _CODES.get(source.language or "", source.language or "und")
    body: list[BodyItem] = []
    furniture: list[Furniture] = []
    speeches: dict[int, list[Stretch]] = {}
    for stretch in source.stretches:
        spans = (Span(start=stretch.start, end=stretch.end),)
        if stretch.speech >= 0:
            if stretch.speech not in speeches:
                speeches[stretch.speech] = []
                body.append(_turn(source, stretch.speech, code))
            speeches[stretch.speech].append(stretch)
        elif stretch.kind == "heading":
            body.append(Heading(stretch.text, stretch.level, spans))
        else:
            furniture.append(Furniture("scene", stretch.text, spans))
    number = 0
    order = list(speeches)
    for place, item in enumerate(body):
        if isinstance(item, Turn):
            body[place] = _said(item, speeches[order[number]])
            number += 1
    return Record(
        symbol=None, organ=None, meeting_number=None, language=code, status="unknown",
        date=source.date, scheduled_time=None, opened_at=None, closed_at=None, place=None,
        year_of_organ=None, president=None, members=(), agenda=(), documents=(), notice=None,
        cover=(), body=tuple(body), furniture=tuple(furniture), findings=(),
    )  # fmt: skip


def _turn(source: DebateSource, number: int, code: str) -> Turn:
    shown = source.people.get(source.by.get(number, ""), "")
    return Turn("", Name(shown, None, shown or None), "unknown", None, code, False, (), ())


def _said(turn: Turn, stretches: list[Stretch]) -> Turn:
    """Return a turn with its label and paragraphs."""
    label = next((s for s in stretches if s.kind == "label"), None)
    paragraphs = tuple(
        Paragraph(s.text, (Span(start=s.start, end=s.end),)) for s in stretches if s is not label
    )
    printed = _ENDS.sub("", label.text) if label else turn.speaker.label
    name = turn.speaker.name or printed or None
    return Turn(
        printed, Name(printed, None, name), "unknown", None, turn.language, False, paragraphs,
        (Span(start=label.start, end=label.end),) if label else (),
    )  # fmt: skip
