"""Two languages of one meeting beside each other, turn by turn, paragraph by paragraph."""

from __future__ import annotations

from pathlib import Path

import msgspec

from mahdar.alignment import Alignment, align_records
from mahdar.archive.store import Entry
from mahdar.model import Record, Turn
from mahdar.model.address import Locus
from mahdar.web.making import write_whole
from mahdar.web.options import site_options
from mahdar.web.reader.page import record_of


class Side(msgspec.Struct, frozen=True):
    """What stands on one side of a line: the name of the paragraph on its page, and its words."""

    place: str
    text: str


class Pair(msgspec.Struct, frozen=True):
    """A line: what says the same in both languages; a side may be empty."""

    left: tuple[Side, ...]
    right: tuple[Side, ...]
    score: float


class Turns(msgspec.Struct, frozen=True):
    """Two turns that are one, with their labels as printed."""

    number: int
    left: str
    right: str
    left_place: str
    right_place: str
    score: float
    pairs: tuple[Pair, ...]


class Sides(msgspec.Struct, frozen=True):
    """A meeting in two languages."""

    turns: tuple[Turns, ...]


def beside(first: Entry, second: Entry) -> Sides:
    """Return two languages of a meeting, aligned.

    Args:
        first: the record to read.
        second: the one beside it.

    Raises:
        NothingToPublish: one of them has no turns.
        ToolMissing: the package with the sentence vectors is not installed.
    """
    one, other = record_of(first), record_of(second)
    alignment = _aligned(first, second, one, other)
    turns = []
    for number, pair in enumerate(alignment.turns, 1):
        a = one.turn(pair.first_turn_number) if pair.first_turn_number is not None else None
        b = other.turn(pair.second_turn_number) if pair.second_turn_number is not None else None
        turns.append(
            Turns(
                number, a.label if a else "", b.label if b else "",
                _place(pair.first_turn_number),
                _place(pair.second_turn_number), pair.score,
                tuple(
                    Pair(
                        _side(a, pair.first_turn_number, p.first_paragraph_numbers),
                        _side(b, pair.second_turn_number, p.second_paragraph_numbers), p.score,
                    )
                    for p in pair.paragraphs
                ),
            )
        )  # fmt: skip
    return Sides(tuple(turns))


def _place(number: int | None) -> str:
    return "" if number is None else str(Locus("t", number))


def _side(turn: Turn | None, number: int | None, paragraphs: tuple[int, ...]) -> tuple[Side, ...]:
    if turn is None or number is None:
        return ()
    texts = turn.all_paragraphs()
    return tuple(Side(str(Locus("t", number, n)), texts[n - 1].text) for n in paragraphs)


def _aligned(first: Entry, second: Entry, one: Record, other: Record) -> Alignment:
    """Return the alignment of two versions, which never changes: made once, then kept."""
    kept = _path(first, second)
    try:
        return msgspec.json.decode(kept.read_bytes(), type=Alignment)
    except (FileNotFoundError, msgspec.DecodeError):
        pass
    made = align_records(one, other)
    kept.parent.mkdir(parents=True, exist_ok=True)
    write_whole(kept, msgspec.json.encode(made))
    return made


def _path(first: Entry, second: Entry) -> Path:
    from mahdar.web.addresses import digest

    name = f"{digest(first)[:24]}-{digest(second)[:24]}.json"
    return site_options().folder / "alignments" / name
