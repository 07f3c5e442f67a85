"""Set what follows from the course of a meeting: who presides, in what capacity, to what end."""

from __future__ import annotations

import msgspec

from mahdar.model import Act, BodyItem, Capacity, Decision, Party, Record, Turn, Vote
from mahdar.organs import Organ, read_organ
from mahdar.procedure.decisions import OUTCOMES, decisions_of, with_vetoes
from mahdar.procedure.moves import after
from mahdar.procedure.parties import same_party
from mahdar.procedure.state import MeetingState, state_before


def complete(record: Record) -> Record:
    """Return a record with what follows from the course of its meeting.

    Sets who sits in the Chair, the capacity in which others speak, the purpose for which they
    take the floor, the group for which the Chair says that they will speak, and what was decided.
    A Chair that the record does not tell stays None.

    Args:
        record: as printed, from the parser.
    """
    organ = read_organ(record.organ)
    state = state_before(record)
    body: list[BodyItem] = []
    decisions: list[Decision] = []
    for place, item in enumerate(record.body):
        found = item
        if isinstance(item, Turn):
            found = _turn(item, state, record, organ)
        elif isinstance(item, Act):
            if item.act == "floor_given":
                found = _floor(item, state)
            elif item.act in OUTCOMES:
                found_here = decisions_of(item, place, state)
                _give_totals(body, found_here[0])
                decisions += found_here
        body.append(found)
        state = after(state, found, place)
    made = msgspec.structs.replace(record, body=tuple(body))
    judged = tuple(with_vetoes(decision, made, organ) for decision in decisions)
    return msgspec.structs.replace(made, decisions=judged)


def _give_totals(body: list[BodyItem], decision: Decision) -> None:
    """Give a vote the totals that are announced for it."""
    if decision.vote_index is None or decision.totals is None:
        return
    vote = body[decision.vote_index]
    if isinstance(vote, Vote):
        body[decision.vote_index] = msgspec.structs.replace(vote, totals=decision.totals)


def _floor(act: Act, state: MeetingState) -> Act:
    """Return an act that gives the floor to "him" or "her": to whom the sentence before named."""
    if act.all_parties() or not act.pronoun or not state.floor:
        return act
    party = state.floor[-1]
    return msgspec.structs.replace(act, person=party.person, affiliation=party.affiliation)


def _turn(turn: Turn, state: MeetingState, record: Record, organ: Organ | None) -> Turn:
    if turn.capacity == "president":
        national = any(part.capacity == "national" for part in turn.parts)
        purpose = state.standing if national else turn.purpose
        return msgspec.structs.replace(turn, chair=_chair(turn, state), purpose=purpose)
    changes: dict[str, object] = {}
    capacity = _capacity(turn, state, record, organ)
    if capacity != turn.capacity:
        changes["capacity"] = capacity
        if turn.parts:
            changes["parts"] = tuple(
                msgspec.structs.replace(part, capacity=capacity)
                if part.capacity == turn.capacity
                else part
                for part in turn.parts
            )
    purpose = turn.purpose or state.once or state.standing
    if purpose != turn.purpose:
        changes["purpose"] = purpose
    if not turn.on_behalf_of and state.floor_for and len(state.floor) == 1:
        changes["on_behalf_of"] = state.floor_for
    return msgspec.structs.replace(turn, **changes) if changes else turn


def _chair(turn: Turn, state: MeetingState) -> Party | None:
    """Return who sits in the Chair; None where the label and the course do not agree."""
    by_office = state.chair == state.president
    if turn.acting and by_office and state.president is not None:
        return None  # nobody is said to have taken the President's place
    return state.chair


def _capacity(turn: Turn, state: MeetingState, record: Record, organ: Organ | None) -> Capacity:
    """Return in what capacity somebody speaks who does not preside."""
    body = turn.affiliation
    party = Party(turn.speaker, body)
    if turn.capacity in ("secretariat", "officer", "national"):
        return turn.capacity
    if body is not None and body.kind == "state" and body.code:
        seated = {member.state.code for member in record.members}
        if organ is not None and organ.is_observer(body.code, record.date or "0000"):
            return "observer"
        if (organ is None or organ.universal) and len(seated) < _ROSTER:
            return "member"
        return "member" if body.code in seated else _invited_as(party, state, "invited")
    if organ is not None and organ.universal and body is not None and body.kind == "organisation":
        return "observer"
    if turn.capacity == "unknown" or body is None:
        return _invited_as(party, state, "unknown")
    return _invited_as(party, state, turn.capacity)


_ROSTER = 2
"""A cover that names fewer members names only who presides."""


def _invited_as(party: Party, state: MeetingState, otherwise: Capacity) -> Capacity:
    """Return the capacity of somebody who was invited."""
    for invited in state.invited:
        if same_party(invited.party, party):
            return invited.capacity
    return otherwise
