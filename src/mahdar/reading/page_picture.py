"""Draw the pages of a PDF with what was made of them: the picture that says why."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.errors import InputError, UnreadableFile
from mahdar.layout.paged.paragraphs import Column
from mahdar.model import Act, Heading, Record, Span, Turn, Vote
from mahdar.reading.read import ReadFile

_SCALE = 2.0
_COLOURS = {
    "paragraph": (60, 110, 180),
    "turn": (190, 60, 40),
    "act": (40, 140, 80),
    "vote": (120, 80, 170),
    "heading": (200, 140, 20),
    "cover": (90, 90, 160),
}
_GREY = (150, 150, 150)
_JOIN = (200, 30, 120)


def draw_pages(
    read: ReadFile, path: Path, target: Path, page: int | None = None
) -> Iterator[tuple[Path, bytes]]:
    """Yield (file, PNG) for one page of a PDF, or for all of them.

    Columns are framed, blocks boxed by what they became and numbered in the order
    of reading, furniture is greyed, names are filled, and a line joins the two
    halves of a paragraph that goes on elsewhere.

    Args:
        read: the reading of the PDF.
        path: the PDF itself, for its picture.
        target: the file to write; for all pages, its name with the number of each page.
        page: from 1; all pages where None.

    Raises:
        UnreadableFile: the file that was read is no PDF.
        InputError: the PDF has no such page.
    """
    if read.composed is None:
        raise UnreadableFile("only the pages of a PDF can be drawn; try --svg", source=path)
    count = len(read.composed.source.pages)
    if page is not None and page > count:
        raise InputError(f"it has {count} pages; there is no page {page}", source=path)
    numbers = [page] if page is not None else list(range(1, count + 1))
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    try:
        for number in numbers:
            name = target if page is not None else target.with_stem(f"{target.stem}-{number:03d}")
            picture = document[number - 1].render(scale=_SCALE).to_pil().convert("RGB")
            yield name, _drawn(read, number, picture)
    finally:
        document.close()


def _drawn(read: ReadFile, number: int, picture: Any) -> bytes:
    from PIL import ImageDraw, ImageFont

    composed = read.composed
    assert composed is not None
    frame = composed.source.pages[number - 1].frame
    draw = ImageDraw.Draw(picture, "RGBA")
    font = ImageFont.load_default(size=15)

    def place(box: tuple[float, float, float, float], grow: float = 1.5) -> tuple[float, ...]:
        left, bottom, right, top = box
        return (
            (left - frame[0] - grow) * _SCALE,
            (frame[3] - top - grow) * _SCALE,
            (right - frame[0] + grow) * _SCALE,
            (frame[3] - bottom + grow) * _SCALE,
        )

    for column in composed.columns:
        if column.page == number and column.lines:
            draw.rectangle(place(_column_box(column), 5), outline=(0, 0, 0, 60), width=1)
    for piece in read.record.furniture:
        for span in piece.spans:
            if span.page == number and span.box:
                draw.rectangle(place(span.box), fill=(*_GREY, 70), outline=(*_GREY, 160))
    last: tuple[float, ...] | None = None
    for count, (kind, spans) in enumerate(_marked(read.record), 1):
        colour = _COLOURS[kind]
        here = [span for span in spans if span.page == number and span.box]
        for n, span in enumerate(here):
            assert span.box is not None
            box = place(span.box)
            fill = (*colour, 60) if kind == "turn" else None
            draw.rectangle(box, outline=(*colour, 220), width=2, fill=fill)
            if n == 0:
                wide = draw.textlength(str(count), font=font) + 6
                edge = box[2] + 2 if composed.rtl else box[0] - wide - 2
                draw.rectangle((edge, box[1], edge + wide, box[1] + 18), fill=(*colour, 230))
                draw.text((edge + 3, box[1]), str(count), fill="white", font=font)
            elif last is not None and kind == "paragraph":
                draw.line((last[0], last[3], box[2], box[1]), fill=(*_JOIN, 200), width=3)
            last = box
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _column_box(column: Column) -> tuple[float, float, float, float]:
    boxes = [line.box for line in column.lines]
    return (
        min(box[0] for box in boxes), min(box[1] for box in boxes),
        max(box[2] for box in boxes), max(box[3] for box in boxes),
    )  # fmt: skip


def _marked(record: Record) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Yield (kind, spans) of all that was read, in the order of reading."""
    for field in record.cover:
        yield "cover", field.spans
    if record.president:
        yield "cover", record.president.spans
    for member in record.members:
        if member.spans:
            yield "cover", member.spans
    for entry in record.agenda:
        yield "cover", entry.spans
    if record.notice:
        yield "cover", record.notice.spans
    for item in record.body:
        if isinstance(item, Turn):
            yield "turn", item.spans
            for paragraph in item.all_paragraphs():
                yield "paragraph", paragraph.spans
        elif isinstance(item, Heading):
            yield "heading", item.spans
        elif isinstance(item, Vote):
            yield "vote", item.spans
        elif isinstance(item, Act) and item.spans:
            yield "act", item.spans
