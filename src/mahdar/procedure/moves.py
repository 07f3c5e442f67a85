"""What each step changes: from the state before it to the state after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from mahdar.model import Act, BodyItem, Capacity, Heading, Party, Turn, Vote
from mahdar.procedure.parties import key_of
from mahdar.procedure.state import Draft, Invited, MeetingState

_Move = Callable[[MeetingState, Act], MeetingState]
_MOST_DRAFTS = 60


def after(state: MeetingState, item: BodyItem, place: int) -> MeetingState:
    """Return the state after a step.

    Args:
        state: before it.
        item: the act, turn, vote or heading.
        place: its index in the body of the record.
    """
    if state.after_heading and not isinstance(item, Heading):
        state = _with(state, after_heading=False)
    if isinstance(item, Act):
        move = MOVES.get(item.act)
        return move(state, item) if move else state
    if isinstance(item, Turn):
        return _after_turn(state, item)
    if isinstance(item, Vote):
        return _with(state, voting=place, totals=item.totals, asked=False)
    if isinstance(item, Heading):
        return _after_heading(state, item)
    return state


def _with(state: MeetingState, **changes: object) -> MeetingState:
    return msgspec.structs.replace(state, **changes)


def _after_heading(state: MeetingState, heading: Heading) -> MeetingState:
    """A new item begins; the lines of one heading may be told one by one."""
    drafts = tuple(Draft(symbol, symbol) for symbol in heading.symbols if _is_draft(symbol))
    if state.after_heading:
        return _with(state, drafts=state.drafts + drafts)
    return _with(state, standing=None, once=None, question=None, voting=None, totals=None,
                 drafts=drafts, asked=False, after_heading=True)  # fmt: skip


def _is_draft(symbol: str) -> bool:
    """Tell whether a symbol is of the series for what is not yet decided: ``A/61/L.68``."""
    return "/L." in symbol


def _after_turn(state: MeetingState, turn: Turn) -> MeetingState:
    if turn.capacity == "president":
        return state
    party = Party(turn.speaker, turn.affiliation)
    key = key_of(party)
    floor = tuple(given for given in state.floor if key_of(given) != key)
    if len(floor) == len(state.floor):
        floor = ()  # whoever it was given to: the floor has been taken
    return _with(state, floor=floor, spoke=state.spoke | {key}, once=None, floor_for=None)


def _opened(state: MeetingState, act: Act) -> MeetingState:
    del act
    return _with(state, phase="in_session")


def _suspended(state: MeetingState, act: Act) -> MeetingState:
    return _with(state, phase="in_session" if act.until else "suspended", floor=())


def _closed(state: MeetingState, act: Act) -> MeetingState:
    del act
    return _with(state, phase="over", floor=())


def _chair_taken(state: MeetingState, act: Act) -> MeetingState:
    if act.person is None and act.affiliation is None:
        return _with(state, chair=state.president, national=False)
    return _with(state, chair=Party(act.person, act.affiliation), national=False)


def _capacity_changed(state: MeetingState, act: Act) -> MeetingState:
    """Whoever presides speaks last in a series: it is over when he or she presides again."""
    if act.capacity == "national":
        return _with(state, national=True)
    return _with(state, national=False, standing=None, once=None)


def _invited(state: MeetingState, act: Act) -> MeetingState:
    """Those who are invited speak as the rule says by which they are; a secretariat's as such."""
    otherwise: Capacity = "observer" if act.practice else "invited"
    new = tuple(Invited(party, _capacity_of(party, otherwise)) for party in act.all_parties())
    return _with(state, invited=state.invited + new)


def _capacity_of(party: Party, otherwise: Capacity) -> Capacity:
    body = party.affiliation
    return "secretariat" if body is not None and body.kind == "secretariat" else otherwise


def _floor_given(state: MeetingState, act: Act) -> MeetingState:
    parties = act.all_parties()
    changes: dict[str, object] = {
        "floor": parties, "members_floor": not parties, "floor_for": act.on_behalf_of,
    }  # fmt: skip
    return _with(state, **changes | _purpose(act))


def _purpose(act: Act) -> dict[str, object]:
    """A point of order is one turn; other purposes stand until the series is over."""
    if act.purpose is None:
        return {}
    return {"once" if act.purpose == "point_of_order" else "standing": act.purpose}


def _floor_asked(state: MeetingState, act: Act) -> MeetingState:
    """Somebody asks for it: whoever is then given it ("I give him the floor") is that one."""
    parties = act.all_parties()
    changes: dict[str, object] = {"floor": parties} if parties else {}
    return _with(state, **changes | _purpose(act))


def _series_opened(state: MeetingState, act: Act) -> MeetingState:
    return _with(state, standing=act.purpose) if act.purpose else state


def _series_over(state: MeetingState, act: Act) -> MeetingState:
    del act
    return _with(state, standing=None, once=None, members_floor=False)


def _documents(state: MeetingState, act: Act) -> MeetingState:
    symbols = act.symbols or ((act.symbol,) if act.symbol else ())
    known = {draft.name for draft in state.drafts}
    if not act.of_draft:
        symbols = tuple(symbol for symbol in symbols if _is_draft(symbol))
    new = tuple(Draft(symbol, symbol) for symbol in symbols if symbol not in known)
    return _with(state, drafts=(state.drafts + new)[-_MOST_DRAFTS:])


def _put_to_vote(state: MeetingState, act: Act) -> MeetingState:
    symbols = act.symbols or ((act.symbol,) if act.symbol else ())
    if len(symbols) == 1 or (symbols and not act.draft):
        question: Draft | None = Draft(act.draft or symbols[0], symbols[0])
    elif not symbols and act.draft is None and len(state.drafts) == 1:
        question = state.drafts[0]  # "the draft resolution before it"
    else:
        question = Draft(act.draft) if act.draft else state.question
    standing = None if state.standing == "before_vote" else state.standing
    return _with(state, question=question or state.question, standing=standing)


def _asked(state: MeetingState, act: Act) -> MeetingState:
    standing = None if state.standing == "before_vote" else state.standing
    symbols = act.symbols or ((act.symbol,) if act.symbol else ())
    question = Draft(symbols[0], symbols[0]) if len(symbols) == 1 else state.question
    return _with(state, asked=True, standing=standing, question=question)


def _outcome(state: MeetingState, act: Act) -> MeetingState:
    del act
    standing = None if state.standing == "before_vote" else state.standing
    return _with(state, voting=None, totals=None, asked=False, standing=standing, once=None)


def _totals(state: MeetingState, act: Act) -> MeetingState:
    return _with(state, totals=act.totals)


MOVES: Mapping[str, _Move] = {
    "opened": _opened,
    "resumed": _opened,
    "suspended": _suspended,
    "closed": _closed,
    "chair_taken": _chair_taken,
    "capacity_changed": _capacity_changed,
    "invited": _invited,
    "floor_given": _floor_given,
    "floor_asked": _floor_asked,
    "welcomed": _floor_asked,
    "series_opened": _series_opened,
    "speakers_exhausted": _series_over,
    "concluded": _series_over,
    "document_noted": _documents,
    "put_to_vote": _put_to_vote,
    "asked": _asked,
    "decided": _outcome,
    "adopted": _outcome,
    "rejected": _outcome,
    "retained": _outcome,
    "withdrawn": _outcome,
    "vote_announced": _totals,
}
"""What each act changes; an act that is not here changes nothing."""
