"""From composed pages to passages in reading order: the way of a file that has geometry."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence

import msgspec

from mahdar.languages import Language
from mahdar.layout.paged.blocks import BlockMaker, Undone
from mahdar.layout.paged.compose import Composed, likely_language
from mahdar.layout.paged.joins import join_of
from mahdar.layout.paged.line import Line
from mahdar.layout.paged.notes import Footnote, part_notes, raised_marks
from mahdar.layout.paged.paragraphs import Paragraph, paragraphs_of
from mahdar.layout.paged.printed import PrintedText
from mahdar.layout.text.edges import EdgeReader, Role
from mahdar.layout.text.flow import Flow, JoinReport, PageReport
from mahdar.layout.text.passage import Passage, join_blocks
from mahdar.sources.block import Block


class PagedFlow(msgspec.Struct, frozen=True):
    """A flow of a file of pages, with what only pages have.

    ``printed`` is its whole text with the place of each stretch, ``undone`` the
    hyphens that were undone, ``loose`` the footnotes whose marks were not found,
    ``other_language`` the language of a second column that was not read.
    """

    flow: Flow
    printed: PrintedText
    composed: Composed
    other_language: str | None
    undone: tuple[Undone, ...] = ()
    loose: tuple[Block, ...] = ()


# Fewer lines than this beside a blank are a gap between paragraphs.
_FEWEST_BLANK = 3
# A cover, and a table of contents, take no more pages than this.
_FRONT_PAGES = 3


class _Piece(msgspec.Struct):
    """A paragraph on its way: what it is, and where it goes."""

    paragraph: Paragraph
    block: Block | None = None
    kind: str = "body"


def lay_out_pages(composed: Composed, language: Language) -> PagedFlow:
    """Put the paragraphs of composed pages into one flow.

    Args:
        composed: from :func:`mahdar.layout.paged.compose.compose`.
        language: of the text to read; of two columns in two languages the one in
            this language is read, the other is kept as furniture.
    """
    pieces, notes, other = _pieces(composed, language)
    edges = EdgeReader(language)
    front_to = _front(pieces, language, edges)
    scanned = sum(page.scanned for page in composed.source.pages)
    printed = PrintedText(composed.source.name, misread=2 * scanned > len(composed.source.pages))
    lines = [line for column in composed.columns for line in column.lines]
    maker = BlockMaker(printed, lines, language.data.writing.hyphened)
    order = _front_order(pieces, front_to, language)
    front_blocks: list[Block] = []
    body: list[_Piece] = []
    furniture: list[tuple[str, Block]] = []
    for number, piece in order:
        if piece.kind == "body":
            piece.block = maker.block(piece.paragraph, cover=number < front_to)
            if number < front_to:
                front_blocks.append(piece.block)
            else:
                body.append(piece)
    placed = [(piece.paragraph, piece.block) for piece in body if piece.block]
    for number, block in maker.attach(notes, placed).items():
        body[number].block = block
    for piece in pieces:
        if piece.kind != "body":
            furniture.append((piece.kind, maker.block(piece.paragraph)))
    furniture += [(kind, maker.line_block(line)) for kind, line in composed.furniture]
    loose = tuple(maker.block(p) for note in maker.loose for p in note.paragraphs)
    furniture += [("note", block) for block in loose]
    furniture += [("hyphen", block) for block in maker.hyphens]
    furniture += [("kashida", maker.line_block(line)) for line in _fillers(composed)]
    passages, joins = _passages(body, composed, edges, _list_heads(language))
    blocks = [*front_blocks, *(piece.block for piece in body if piece.block)]
    reports = _reports(front_blocks, body, joins)
    flow = Flow(
        tuple(front_blocks), tuple(passages), tuple(furniture), tuple(reports), tuple(blocks), 0.0
    )
    return PagedFlow(flow, printed, composed, other, tuple(maker.undone), loose)


def _fillers(composed: Composed) -> Iterator[Line]:
    """Yield, for each line that was stretched with characters of its own, a line of those."""
    for column in composed.columns:
        for line in column.lines:
            if line.fillers:
                yield Line(line.fillers, line.page, line.box, line.baseline, line.size, ())


def _pieces(
    composed: Composed, language: Language
) -> tuple[list[_Piece], list[Footnote], str | None]:
    code = language.data.code
    other = next((c for c in composed.parallel.values() if c != code), None)
    pieces: list[_Piece] = []
    notes: list[Footnote] = []
    for column in composed.columns:
        paragraphs = paragraphs_of(column, composed.habits, rows=False)
        spoken = composed.parallel.get(column.number) if column.number is not None else None
        if composed.parallel and spoken is None:
            for paragraph in paragraphs:
                words = " ".join(line.text for line in paragraph.lines)
                kind = "other_language" if likely_language(words) == other else "body"
                pieces.append(_Piece(paragraph, kind=kind))
            continue
        if spoken is not None and spoken != code:
            for paragraph in paragraphs:
                blank = _stands_alone(paragraph, composed, code)
                pieces.append(_Piece(paragraph, kind="body" if blank else "other_language"))
            continue
        marks = raised_marks(column.lines)
        paragraphs, found = part_notes(column, paragraphs, composed.habits, marks)
        notes += found
        pieces += [_Piece(paragraph) for paragraph in paragraphs]
    return pieces, notes, other


def _stands_alone(paragraph: Paragraph, composed: Composed, code: str) -> bool:
    """Tell whether the column in the language that is read is blank beside a paragraph.

    A text layer may lack a whole paragraph of one language; the other then stands for it.
    """
    if not composed.source.pages[0].scanned or len(paragraph.lines) < _FEWEST_BLANK:
        return False
    column = paragraph.column
    top, bottom = paragraph.lines[0].baseline, paragraph.lines[-1].baseline
    for other in composed.columns:
        if other.page != column.page or other.band != column.band or other is column:
            continue
        if composed.parallel.get(other.number if other.number is not None else -1) != code:
            continue
        size = composed.habits.size
        return not any(bottom - size < line.baseline < top + size for line in other.lines) and any(
            line.baseline > top for line in other.lines
        )
    return False


def _front(pieces: Sequence[_Piece], language: Language, edges: EdgeReader) -> int:
    """Return how many pieces belong to the cover: up to the opening or the first name."""
    opens = set(map(language.key, language.data.titles.agenda_adoption))
    head = [
        (number, piece)
        for number, piece in enumerate(pieces)
        if piece.kind == "body" and piece.paragraph.column.page <= _FRONT_PAGES
    ]
    seen = [
        (number, edges.read(Block(_words(piece), (), 0, 0, bold=_lead(piece.paragraph))))
        for number, piece in head
    ]
    found = next((number for number, edge in seen if edge.role is Role.FIRST), None)
    if found is None:
        found = next((number for number, edge in seen if edge.called), None)
    if found is None:
        return 0
    while found > 0 and _heads(pieces[found - 1], opens, language, edges):
        found -= 1
    return found


def _heads(piece: _Piece, opens: set[str], language: Language, edges: EdgeReader) -> bool:
    """Tell whether a piece is the heading of what the first speaker speaks about, or an act."""
    text = _words(piece)
    bare = language.key(text.lstrip("0123456789. "))
    return (
        bare in opens
        or language.match(language.data.titles.item, text, whole=True) is not None
        or edges.role(text) is not None
        or (piece.paragraph.bold and ":" not in text)
    )


def _words(piece: _Piece) -> str:
    return " ".join(line.text for line in piece.paragraph.lines)


def _lead(paragraph: Paragraph) -> int:
    return paragraph.lines[0].bold_lead


def _front_order(
    pieces: Sequence[_Piece], front_to: int, language: Language
) -> list[tuple[int, _Piece]]:
    """Return (number, piece) with the notice at the foot of the first page moved to the cover."""
    cover = language.data.cover
    words = [language.key(text) for text in [*cover.notice, *cover.address]]
    moved: list[int] = []
    started = False
    for number, piece in enumerate(pieces):
        if number < front_to or piece.kind != "body":
            continue
        if piece.paragraph.column.page != pieces[0].paragraph.column.page:
            break
        text = language.key(" ".join(line.text for line in piece.paragraph.lines))
        started = started or any(word in text for word in words)
        if started:
            moved.append(number)
    order = [(n, pieces[n]) for n in range(front_to)]
    order += [(-1, pieces[n]) for n in moved]
    return order + [(n, pieces[n]) for n in range(front_to, len(pieces)) if n not in set(moved)]


def _list_heads(language: Language) -> Callable[[str], bool]:
    """Return what tells whether a text begins with the head of a list of votes."""
    votes = language.data.votes
    forms = [*votes.in_favour, *votes.against, *votes.abstaining, *votes.not_participating]
    heads = tuple(language.key(f"{form}:") for form in forms if "{" not in form)
    return lambda text: language.key(text[:60]).replace(" :", ":").startswith(heads)


def _passages(
    body: Sequence[_Piece],
    composed: Composed,
    edges: EdgeReader,
    heads_list: Callable[[str], bool],
) -> tuple[list[Passage], dict[int, tuple[float, str, str]]]:
    passages: list[Passage] = []
    joins: dict[int, tuple[float, str, str]] = {}
    if not body:
        return passages, joins

    def heads(block: Block) -> bool:
        return bool(edges.read(block).called) or heads_list(block.text)

    group: list[Block] = []
    sure: list[float] = []
    for number, (before, piece) in enumerate(itertools.pairwise([None, *body])):
        assert piece is not None
        assert piece.block is not None
        confidence = None
        if before is not None and before.paragraph.column is not piece.paragraph.column:
            confidence = join_of(
                before.paragraph, piece.paragraph, piece.block, composed.habits, heads
            )
        if confidence is not None and before is not None and before.block is not None:
            joins[number - 1] = (confidence, before.block.text[-40:], piece.block.text[:40])
            group.append(piece.block)
            sure.append(confidence)
        else:
            if group:
                passages.append(join_blocks(group, sure))
            group, sure = [piece.block], []
    passages.append(join_blocks(group, sure))
    return passages, joins


def _reports(
    front: Sequence[Block],
    body: Sequence[_Piece],
    joins: dict[int, tuple[float, str, str]],
) -> list[PageReport]:
    start = len(front)
    reports = [PageReport(0, (), tuple(range(start)), tuple(range(start)), False, 1.0, ())]
    for page, group in itertools.groupby(
        enumerate(body), key=lambda item: item[1].paragraph.column.page
    ):
        items = list(group)
        numbers = tuple(start + n for n, _ in items)
        columns: dict[int, list[int]] = {}
        for n, piece in items:
            columns.setdefault(id(piece.paragraph.column), []).append(start + n)
        found = tuple(
            JoinReport(start + n, start + n + 1, joins[n][1], joins[n][2], joins[n][0])
            for n, _ in items
            if n in joins
        )
        reports.append(
            PageReport(
                page, tuple(map(tuple, columns.values())), numbers, numbers, False, 1.0, found
            )
        )
    return reports
