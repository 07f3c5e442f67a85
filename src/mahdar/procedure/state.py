"""How a meeting stands between two of its steps."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model import Affiliation, Capacity, Party, Purpose, Record, Totals

Phase = Literal["not_begun", "in_session", "suspended", "over"]


class Draft(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something before the meeting to be decided: its symbol, or the words that name it."""

    name: str
    symbol: str | None = None


class Invited(msgspec.Struct, frozen=True):
    """Somebody who was invited to take part, and in what capacity he or she then speaks."""

    party: Party
    capacity: Capacity


class MeetingState(msgspec.Struct, frozen=True, omit_defaults=True):
    """How a meeting stands.

    ``chair`` is who sits in the Chair, None where the record does not tell; ``president`` who
    was elected or whose turn it is. ``national`` is true while whoever presides speaks for the
    own country. ``floor`` holds to whom the floor was given and who has not yet spoken,
    ``members_floor`` that it was given to all who wish. ``invited`` are codes and names of those
    invited, ``spoke`` of those who spoke. ``drafts`` are before the meeting, ``question`` is the
    one that is put to the vote, ``voting`` true from a vote until its outcome, ``totals`` what was
    counted. ``standing`` is for what the floor is given until further notice, ``once`` for the
    next turn only. ``asked`` is true from "May I take it" until it is decided,
    ``floor_for`` the group for which the floor was given, ``after_heading`` true right after one.
    """

    phase: Phase = "not_begun"
    chair: Party | None = None
    president: Party | None = None
    national: bool = False
    floor: tuple[Party, ...] = ()
    members_floor: bool = False
    invited: tuple[Invited, ...] = ()
    spoke: frozenset[str] = frozenset()
    drafts: tuple[Draft, ...] = ()
    question: Draft | None = None
    voting: int | None = None
    totals: Totals | None = None
    standing: Purpose | None = None
    once: Purpose | None = None
    asked: bool = False
    floor_for: str | None = None
    after_heading: bool = False


def state_before(record: Record) -> MeetingState:
    """Return how a meeting stands before it begins: the President of the cover presides."""
    from_cover = record.president
    if from_cover is None:
        return MeetingState()
    state = from_cover.state
    name = from_cover.representative
    president = Party(
        name if name.label else None,
        Affiliation(state.label, "state", state.code) if state.label else None,
    )
    return MeetingState(chair=president, president=president)
