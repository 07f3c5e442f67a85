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
    pairs = [turn for turn in alignment.turns if turn.first is not None and turn.second is not None]
    paragraphs = [(turn, p) for turn in pairs for p in turn.paragraphs if p.first and p.second]
    lines = [
        f"{alignment.symbol or ''} {alignment.first} and {alignment.second}".strip(),
        f"Turns: {len(first.turns())} and {len(second.turns())}, {len(pairs)} pairs",
        f"Paragraphs: {len(paragraphs)} pairs",
    ]
    for turn in alignment.turns:
        if turn.first is None and turn.second is not None:
            lines.append(f"only in {alignment.second}: {second.turns()[turn.second].label}")
        if turn.second is None and turn.first is not None:
            lines.append(f"only in {alignment.first}: {first.turns()[turn.first].label}")
    for turn in pairs:
        assert turn.first is not None
        label = first.turns()[turn.first].label
        for pair in turn.paragraphs:
            if not pair.first or not pair.second:
                where = alignment.first if pair.first else alignment.second
                number = (pair.first or pair.second)[0] + 1
                lines.append(
                    f"only in {where}: paragraph {number} of turn {turn.first + 1}, {label}"
                )
            elif pair.score < _DOUBTFUL:
                number = pair.first[0] + 1
                lines.append(
                    f"doubtful ({pair.score:.2f}): paragraph {number} of turn {turn.first + 1},"
                    f" {label}"
                )
    return "\n".join(lines) + "\n"
