"""From the blocks of a source to passages in reading order, with a report of what was done."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import msgspec

from mahdar.languages import Language
from mahdar.layout.text.edges import EdgeReader
from mahdar.layout.text.find import find_order
from mahdar.layout.text.floors import Floors
from mahdar.layout.text.front import agenda_lines, front_length
from mahdar.layout.text.furniture import furniture_kind
from mahdar.layout.text.junctions import Junctions
from mahdar.layout.text.order import Page
from mahdar.layout.text.passage import Passage, join_blocks
from mahdar.layout.text.phrases import Phrases
from mahdar.sources.block import Block
from mahdar.sources.text import TextSource


class JoinReport(msgspec.Struct, frozen=True):
    """Two blocks read as one paragraph: their numbers, their edges, how sure (0 to 1)."""

    before: int
    after: int
    foot: str
    head: str
    confidence: float


class PageReport(msgspec.Struct, frozen=True):
    """What was done with one page.

    ``before`` and ``after`` are the numbers of its blocks as they lie in the file
    and as they are read; ``columns`` are the numbers of the blocks of each column;
    ``moved`` tells whether anything changed; ``confidence`` (0 to 1) how sure the
    order is; ``joins`` the paragraphs that go on from a block of this page.
    """

    number: int
    columns: tuple[tuple[int, ...], ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    moved: bool
    confidence: float
    joins: tuple[JoinReport, ...]


class Flow(msgspec.Struct, frozen=True):
    """The whole text in reading order.

    ``front`` are the blocks of the cover, ``passages`` the text after it, in
    order; ``furniture`` what belongs to no one's words, with its kind.
    ``column_lines`` is what a column was found to hold, in lines, 0 where the text
    shows no columns. ``sought`` is false where the text has too many pieces for their order
    to be sought.
    """

    front: tuple[Block, ...]
    passages: tuple[Passage, ...]
    furniture: tuple[tuple[str, Block], ...]
    pages: tuple[PageReport, ...]
    blocks: tuple[Block, ...]
    column_lines: float
    sought: bool = True


_QUOTE = 40
_JOIN_SCALE = 0.7
_ORDER_SCALE = 0.65


def lay_out(source: TextSource, language: Language, names: Iterable[str] = ()) -> Flow:
    """Put a source into reading order and join what was cut.

    Args:
        source: blocks as they lie in the file.
        language: its facts.
        names: names of several words that a column may have cut in two.
    """
    if source.ordered:
        return _as_it_lies(source, language)
    kinds = furniture_kind(source.blocks)
    furniture = tuple((kind, b) for kind, b in zip(kinds, source.blocks, strict=True) if kind)
    blocks: list[Block] = []
    broken = False
    for kind, block in zip(kinds, source.blocks, strict=True):
        if kind:
            broken = broken or kind in ("page_number", "running_head") or block.breaks
            continue
        blocks.append(msgspec.structs.replace(block, breaks=True) if broken else block)
        broken = False
    front = front_length(blocks, language)
    body = blocks[front:]
    if not body:
        return Flow(tuple(blocks), (), furniture, (), tuple(blocks), 0.0)
    edges = EdgeReader(language, agenda_lines(blocks[:front], language))
    junctions = Junctions(body, language, edges, Phrases(language, names))
    path = find_order(body, junctions, Floors(body, language))
    order = path.order()
    passages, joins = _join(body, order, junctions)
    reports = [PageReport(0, (), tuple(range(front)), tuple(range(front)), False, 1.0, ())]
    margins = path.margins or (math.inf,) * len(path.pages)
    for page, margin in zip(path.pages, margins, strict=True):
        reports.append(_report(page, margin, front, len(reports), joins))
    return Flow(
        tuple(blocks[:front]),
        tuple(passages),
        furniture,
        tuple(_merged(reports)),
        tuple(blocks),
        path.habits.columns.lines,
        path.sought,
    )


def _as_it_lies(source: TextSource, language: Language) -> Flow:
    """Take the blocks of a source whose order is sure, each as a paragraph of its own."""
    blocks = list(source.blocks)
    front = front_length(blocks, language)
    passages = tuple(join_blocks([block], []) for block in blocks[front:])
    numbers = tuple(range(len(blocks)))
    report = PageReport(0, (), numbers, numbers, False, 1.0, ())
    return Flow(tuple(blocks[:front]), passages, (), (report,), tuple(blocks), 0.0)


def _join(
    body: Sequence[Block], order: Sequence[int], junctions: Junctions
) -> tuple[list[Passage], dict[int, tuple[int, float, str, str]]]:
    """Put the blocks of each paragraph together; return the joins by their first block too."""
    passages: list[Passage] = []
    joins: dict[int, tuple[int, float, str, str]] = {}
    group, sure = [body[order[0]]], list[float]()
    for before, after in itertools.pairwise(order):
        junction = junctions.between(before, after)
        if junction.joins:
            confidence = _sigmoid(_JOIN_SCALE * (junction.join - junction.part))
            foot, head = body[before].text[-_QUOTE:], body[after].text[:_QUOTE]
            joins[before] = (after, confidence, foot, head)
            group.append(body[after])
            sure.append(confidence)
        else:
            passages.append(join_blocks(group, sure))
            group, sure = [body[after]], []
    passages.append(join_blocks(group, sure))
    return passages, joins


def _report(
    page: Page,
    margin: float,
    front: int,
    number: int,
    joins: dict[int, tuple[int, float, str, str]],
) -> PageReport:
    order = page.order()
    stretches = [range(page.start, page.middle), range(page.middle, page.end)]
    return PageReport(
        number=number,
        columns=tuple(tuple(front + k for k in stretch) for stretch in stretches if stretch),
        before=tuple(front + k for k in range(page.start, page.end)),
        after=tuple(front + k for k in order),
        moved=page.swapped,
        confidence=_sigmoid(_ORDER_SCALE * margin),
        joins=tuple(
            JoinReport(front + k, front + joins[k][0], joins[k][2], joins[k][3], joins[k][1])
            for k in order
            if k in joins
        ),
    )


def _merged(reports: Sequence[PageReport]) -> list[PageReport]:
    """Put neighbouring single blocks that were left as they lie into one report."""
    runs: list[list[PageReport]] = []
    for place, report in enumerate(reports):
        first = runs[-1][0] if runs else None
        single = len(report.before) == 1 and not report.moved
        # The cover, the first report, stands alone.
        if place > 1 and first and single and len(first.columns) == 1 and not first.moved:
            runs[-1].append(report)
        else:
            runs.append([report])
    return [_one_report(number, run) for number, run in enumerate(runs)]


def _one_report(number: int, run: Sequence[PageReport]) -> PageReport:
    if len(run) == 1:
        return msgspec.structs.replace(run[0], number=number)
    before = tuple(block for report in run for block in report.before)
    joins = tuple(join for report in run for join in report.joins)
    least = min(report.confidence for report in run)
    return PageReport(number, (before,), before, before, False, least, joins)


def _sigmoid(nats: float) -> float:
    return round(1 / (1 + math.exp(-min(nats, 40.0))), 3)
