"""What is known of an organ; a wrong file is refused in the words of whoever wrote it."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model.people import Capacity
from mahdar.model.record import SessionKind


class Series(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A series of symbols of verbatim records.

    ``symbol`` is the symbol with ``{number}`` of the meeting and, where the series counts by
    sessions, ``{session}``; ``sessions`` the kind of these; ``from_session`` and ``until_session``
    between which sessions it was written (it is read whenever it is printed).
    """

    symbol: str
    sessions: SessionKind | None = None
    from_session: int = 1
    until_session: int = 9999


class Seats(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many members the organ has, ``from`` a year on."""

    number: int
    since: int = msgspec.field(name="from")


class Majority(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many affirmative votes a decision needs, ``from`` a year on."""

    votes: int
    since: int = msgspec.field(name="from")


class Sitting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A State with a standing of its own, and the days (ISO 8601) between which it had it."""

    code: str
    since: str = msgspec.field(name="from", default="0000")
    until: str = "9999"

    def holds(self, date: str) -> bool:
        """Tell whether it had that standing on a day."""
        return self.since <= date < self.until


class Chair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who presides.

    ``office`` is how the presiding officer is called, ``code`` the office by which authority
    tables know it, ``elected`` whether for a session (a
    member otherwise presides by turns), ``national`` whether he or she may speak for the own
    country from the Chair.
    """

    office: Literal["president", "chair"]
    code: str | None = None
    elected: bool = False
    national: bool = False


class Invitation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """By which rule of procedure (``practice``: by none) who may be invited, to speak as what."""

    rule: str
    who: Literal["states", "persons"]
    capacity: Capacity


class Organ(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One organ.

    ``names`` are by language, the first of each the one that is written. ``within`` is the organ
    under whose name its records are printed too. ``universal`` where every Member State sits on
    it, and its covers name no members.
    """

    code: str
    title: str
    akoma_ntoso: str
    rules: str
    names: dict[str, list[str]]
    series: list[Series]
    chair: Chair
    within: str | None = None
    universal: bool = False
    seats: list[Seats] = []
    permanent: list[Sitting] = []
    observer: list[Sitting] = []
    majority: list[Majority] = []
    invitation: list[Invitation] = []

    def name(self, language: str) -> str:
        """Return its name in a language, in English where that is not known."""
        return self.names.get(language, self.names["en"])[0]

    def seats_in(self, year: int) -> int | None:
        """Return how many members it had in a year; None where every State is one."""
        return next((s.number for s in reversed(self.seats) if s.since <= year), None)

    def votes_needed(self, year: int) -> int | None:
        """Return how many affirmative votes a decision needed; None where no number is fixed."""
        return next((m.votes for m in reversed(self.majority) if m.since <= year), None)

    def permanent_on(self, date: str) -> tuple[str, ...]:
        """Return the codes of the members whose negative vote is a veto, on a day (ISO 8601)."""
        return tuple(state.code for state in self.permanent if state.holds(date))

    def is_observer(self, code: str, date: str) -> bool:
        """Tell whether a State takes part without a vote, on a day (ISO 8601)."""
        return any(state.code == code and state.holds(date) for state in self.observer)
