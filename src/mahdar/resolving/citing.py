"""Who cites what in a record: one row a citation."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from mahdar.model import Record
from mahdar.model.address import Locus

NOT_CITED = ("state", "organisation", "group", "office", "person", "turn")


class Cited(msgspec.Struct, frozen=True):
    """One citation: what is cited, by whom, where in the record.

    ``turn_number`` and ``paragraph_number`` count from 1, ``locus`` prints them as addresses do;
    ``start`` and ``end`` are offsets in characters into the text of the paragraph, from 0.
    """

    kind: str
    id: str | None
    printed: str
    speaker: str
    person: str | None
    affiliation: str | None
    record: str | None
    turn_number: int
    paragraph_number: int
    locus: str
    start: int
    end: int
    organ: str | None
    address: str | None
    pin: str | None
    proposed: str | None
    score: float


def citations_of(record: Record, kinds: Collection[str] = ()) -> tuple[Cited, ...]:
    """Return what a record cites, in its order.

    Args:
        record: that was read.
        kinds: of mentions, all kinds of citation where none is given.
    """
    rows = []
    for number, turn in enumerate(record.turns(), 1):
        code = turn.affiliation.code or turn.affiliation.label if turn.affiliation else None
        for place, paragraph in enumerate(turn.all_paragraphs(), 1):
            for mention in paragraph.mentions:
                if mention.kind in kinds or (not kinds and mention.kind not in NOT_CITED):
                    locus = Locus("t", number, place, mention.start, mention.end)
                    rows.append(
                        Cited(
                            mention.kind, mention.id, mention.printed,
                            turn.speaker.label, turn.person, code, record.symbol,
                            number, place, str(locus), mention.start, mention.end, mention.organ,
                            mention.address, mention.pin, mention.proposed, mention.score,
                        )
                    )  # fmt: skip
    return tuple(rows)
