"""From a flow to the whole record."""

from __future__ import annotations

from mahdar.errors import NotARecord
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.layout.text.edges import EdgeReader
from mahdar.layout.text.flow import Flow
from mahdar.layout.text.front import agenda_lines
from mahdar.model import (
    Act,
    BodyItem,
    CoverField,
    Finding,
    Furniture,
    Reading,
    Record,
    Turn,
)
from mahdar.organs import write_symbol
from mahdar.parsing.body import BodyReader
from mahdar.parsing.cover import read_cover
from mahdar.parsing.cover_fields import Cover
from mahdar.parsing.repairs import repair_names
from mahdar.sources.block import Printed


def read_record(flow: Flow, source: Printed, language: Language) -> Record:
    """Make a record of a text in reading order.

    Args:
        flow: passages in reading order, from :func:`mahdar.layout.text.flow.lay_out`.
        source: the file they come from.
        language: its facts.

    Raises:
        NotARecord: the text has neither turns nor anything of a cover.
    """
    cover = read_cover(flow.front, language, source)
    edges = EdgeReader(language, agenda_lines(flow.front, language))
    body = BodyReader(cover, language, source, edges).read(flow.passages)
    repaired: list[Finding] = []
    if source.misread:
        body.items, repaired = repair_names(body.items, language)
    turns = [item for item in body.items if isinstance(item, Turn)]
    signs: list[object | None] = [cover.organ, cover.meeting_number, cover.date, *cover.members]
    signs += [_time(body.items, name) for name in ("opened", "closed")]
    if not turns or sum(sign is not None for sign in signs) + len(turns) < 3:
        raise NotARecord(
            f"found {len(turns)} turns and {sum(s is not None for s in signs)} fields of a cover;"
            " expected the text of a verbatim record, with a cover and speakers' names",
            source=source.name,
        )
    furniture = [
        Furniture(kind, block.text, block.spans(0, len(block.text), source))
        for kind, block in flow.furniture
    ]
    furniture += body.furniture
    furniture += [Furniture("unplaced", line, spans) for line, spans in cover.unplaced]
    findings = [*cover.findings, *body.findings, *repaired]
    findings += [
        report("cover_text_unplaced", 0.5, (Reading(line, spans),), line=line)
        for line, spans in cover.unplaced
    ]
    return Record(
        symbol=_symbol(cover),
        organ=cover.organ,
        meeting_number=cover.meeting_number,
        language=language.data.code,
        status=cover.status,
        date=cover.date,
        scheduled_time=cover.time,
        opened_at=_time(body.items, "opened") or _time(body.items, "resumed"),
        closed_at=_time(body.items, "closed"),
        place=cover.place,
        year_of_organ=cover.year,
        president=cover.president,
        members=tuple(cover.members),
        agenda=tuple(cover.agenda),
        documents=tuple(cover.documents),
        notice=cover.notice,
        cover=tuple(cover.fields),
        body=tuple(body.items),
        furniture=tuple(furniture),
        findings=tuple(findings),
        session=cover.session,
        session_kind=cover.session_kind,
    )


def _symbol(cover: Cover) -> str | None:
    """Return the symbol: as printed, or made from organ and number by the rule of its series."""
    printed = next((f for f in cover.fields if f.field == "symbol"), None)
    if isinstance(printed, CoverField) and printed.value:
        return str(printed.value)
    return write_symbol(cover.organ, cover.meeting_number, cover.session, cover.session_kind)


def _time(items: list[BodyItem], name: str) -> str | None:
    return next((i.time for i in items if isinstance(i, Act) and i.act == name), None)
