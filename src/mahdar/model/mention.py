"""What a stretch of text names or cites, and why we think so."""

from __future__ import annotations

from typing import Literal

import msgspec

MentionKind = Literal[
    "state",
    "organisation",
    "group",
    "office",
    "person",
    "turn",
    "document",
    "resolution",
    "decision",
    "meeting",
    "article",
    "chapter",
    "rule",
    "text",
    "date",
]
"""What is named (a State, a body, a group of States, an office, a person, an earlier turn) or
cited (a document by its symbol; a resolution or decision, a meeting, an article or chapter of the
Charter or another text, a rule of procedure, a text known by name, a date)."""


class Mention(msgspec.Struct, frozen=True, omit_defaults=True):
    """A name or citation in a text, with the one identity it stands for.

    ``start`` and ``end`` are offsets in characters into the text of the paragraph,
    ``printed`` is what stands there. ``id`` is the identity: ISO 3166-1 alpha-3 for a
    State, the acronym of a body, the canonical symbol of a document
    (``S/RES/2448(2018)``), ``CHARTER/51`` for an article and ``CHARTER/VII`` for a
    chapter, ``SC-RULES/37`` for a rule, ISO 8601 for a date (``--09-27`` where no year
    is printed); None where the text does not tell. ``organ`` is the body that a
    document is of, ``address`` where the United Nations' document service has it.
    ``pin`` is the printed annex or paragraph, ``proposed`` the likely form of a
    malformed symbol, ``turn_number`` the turn referred to, from 1. ``why`` is
    the reason in words, ``score`` how sure the reading is, 0 to 1.
    """

    start: int
    end: int
    printed: str
    kind: MentionKind
    id: str | None = None
    organ: str | None = None
    address: str | None = None
    pin: str | None = None
    proposed: str | None = None
    turn_number: int | None = None
    why: str | None = None
    score: float = 1.0


Mentions = tuple[Mention, ...]
