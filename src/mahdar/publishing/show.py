"""Show a record as a person would read it."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.languages import load_language
from mahdar.model import Act, Heading, Record, Turn, Vote

# Unicode isolates: a terminal that knows them keeps right-to-left lines whole.
_RLI, _PDI = "\u2067", "\u2069"


def show_record(record: Record, *, width: int = 78, isolate: bool = True) -> str:
    """Return the whole record as plain text: cover, then the meeting in reading order.

    Args:
        record: any record.
        width: columns to fold long lines at, 0 to leave them whole.
        isolate: put marks of direction around right-to-left lines, for terminals.
    """
    right = load_language(record.language).data.direction == "rtl"
    lines: list[str] = []
    for line in _lines(record):
        folded = _fold(line, width) if width else [line]
        lines += [f"{_RLI}{part}{_PDI}" if right and isolate and part else part for part in folded]
    return "\n".join(lines) + "\n"


def _lines(record: Record) -> Iterator[str]:
    for field in record.cover:
        if field.field not in ("agenda", "members"):
            yield field.label
    yield ""
    # The Chair as the turns print it: "the President", in the right gender.
    called = (
        t.label.partition("(")[0].strip() for t in record.turns() if t.capacity == "president"
    )
    title = next(called, "*")
    for member in record.members:
        chair = f" ({title})" if member.presides else ""
        yield f"{member.state.label}: {member.representative.label}{chair}"
    yield ""
    for item in record.agenda:
        yield item.title
        if item.subtitle:
            yield item.subtitle
    yield from (document.label for document in record.documents)
    yield ""
    if record.notice:
        yield record.notice.text
        yield ""
    for entry in record.body:
        if isinstance(entry, Heading):
            yield f"{'#' * entry.level} {entry.text}"
            yield ""
        elif isinstance(entry, Act):
            if entry.within is None:
                yield f"[{entry.text}]"
                yield ""
        elif isinstance(entry, Vote):
            yield f"[{entry.text}]"
            yield ""
        elif isinstance(entry, Turn):
            yield from _turn(entry)


def _turn(turn: Turn) -> Iterator[str]:
    first = True
    for part in turn.parts or (None,):
        if part is not None and part.mark:
            yield part.mark
            yield ""
        for paragraph in part.paragraphs if part is not None else turn.paragraphs:
            yield f"{turn.label}: {paragraph.text}" if first else paragraph.text
            yield ""
            for note in paragraph.notes:
                yield f"  {note.mark} {note.text.removeprefix(note.mark).strip()}"
                yield ""
            first = False
    if first:
        yield f"{turn.label}:"
        yield ""


def _fold(line: str, width: int) -> list[str]:
    """Fold a line at blanks; a line without blanks is folded at the width."""
    out: list[str] = []
    current = ""
    for word in line.split(" "):
        while len(word) > width:
            out.append((current + " " + word[:width]).strip())
            word, current = word[width:], ""
        if current and len(current) + 1 + len(word) > width:
            out.append(current)
            current = word
        else:
            current = f"{current} {word}" if current else word
    out.append(current)
    return out
