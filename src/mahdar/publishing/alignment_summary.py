"""An alignment summed up in words."""

from __future__ import annotations

from mahdar.alignment.align import Alignment
from mahdar.model import Record

_DOUBTFUL = 0.45


def summarise_alignment(alignment: Alignment, first: Record, second: Record) -> str:
    """Return how many pairs were found, which things stand alone, which pairs are doubtful.

    Args:
        alignment: of the two records.
        first: the record in the first language.
        second: the record in the second.
    """
    pairs = [
        turn
        for turn in alignment.turns
        if turn.first_turn_number is not None and turn.second_turn_number is not None
    ]
    paragraphs = [
        (turn, p)
        for turn in pairs
        for p in turn.paragraphs
        if p.first_paragraph_numbers and p.second_paragraph_numbers
    ]
    lines = [
        f"{alignment.symbol or ''} {alignment.first} and {alignment.second}".strip(),
        f"Turns: {len(first.turns())} and {len(second.turns())}, {len(pairs)} pairs",
        f"Paragraphs: {len(paragraphs)} pairs",
    ]
    for turn in alignment.turns:
        if turn.first_turn_number is None and turn.second_turn_number is not None:
            lines.append(
                f"only in {alignment.second}: {second.turn(turn.second_turn_number).label}"
            )
        if turn.second_turn_number is None and turn.first_turn_number is not None:
            lines.append(f"only in {alignment.first}: {first.turn(turn.first_turn_number).label}")
    for turn in pairs:
        assert turn.first_turn_number is not None
        label = first.turn(turn.first_turn_number).label
        for pair in turn.paragraphs:
            if not pair.first_paragraph_numbers or not pair.second_paragraph_numbers:
                where = alignment.first if pair.first_paragraph_numbers else alignment.second
                number = (pair.first_paragraph_numbers or pair.second_paragraph_numbers)[0]
                lines.append(
                    f"only in {where}: paragraph {number} of turn {turn.first_turn_number}, {label}"
                )
            elif pair.score < _DOUBTFUL:
                number = pair.first_paragraph_numbers[0]
                lines.append(
                    f"doubtful ({pair.score:.2f}): paragraph {number} of turn"
                    f" {turn.first_turn_number}, {label}"
                )
    return "\n".join(lines) + "\n"
