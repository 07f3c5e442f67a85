"""What came of each draft: the acts that say so, with the votes and questions before them."""

from __future__ import annotations

import itertools
import re
from typing import Literal, get_args

import msgspec

from mahdar.model import Act, Decision, Record, Vote
from mahdar.organs import Organ
from mahdar.procedure.state import MeetingState

_NUMBER = re.compile(r"\d+/\d+(?:\s?[A-Z]\b)?|\d+\s?[(（]\d{4}[)）]")
_SEVERAL = 2
_Outcome = Literal["adopted", "retained", "rejected", "withdrawn"]
OUTCOMES: tuple[str, ...] = get_args(_Outcome)


def decisions_of(act: Act, place: int, before: MeetingState) -> tuple[Decision, ...]:
    """Return what an act decides: several things where it adopts several drafts together.

    Args:
        act: one of :data:`OUTCOMES`.
        place: its index in the body.
        before: how the meeting stood before it.
    """
    outcome: _Outcome = act.act  # type: ignore[assignment]
    vote = before.voting
    totals = act.totals or (before.totals if vote is not None or act.within is not None else None)
    how: Literal["vote", "without_vote", "unknown"] = "without_vote"
    if act.without_vote:
        vote = totals = None
    elif vote is not None or totals is not None:
        how = "vote"
    elif act.within is not None or act.act == "rejected":
        how = "unknown"
    symbol = act.symbol
    if symbol is None and act.within is not None and act.act != "withdrawn":
        symbol = _question(before)
    one = Decision(
        outcome, how, place, draft=act.draft, symbol=symbol, number=act.number,
        totals=totals, vote_index=vote,
    )  # fmt: skip
    numbers = _NUMBER.findall(act.number or "")
    if max(len(numbers), len(act.symbols)) < _SEVERAL:
        return (one,)
    pairs = itertools.zip_longest(act.symbols, numbers)
    return tuple(
        msgspec.structs.replace(one, symbol=drafted, number=number) for drafted, number in pairs
    )


def _question(state: MeetingState) -> str | None:
    """Return the symbol of what was put to the vote, or of the only draft before the meeting."""
    if state.question is not None and state.question.symbol:
        return state.question.symbol
    symbols = [draft.symbol for draft in state.drafts if draft.symbol]
    return symbols[0] if len(symbols) == 1 and state.question is None else None


def with_vetoes(decision: Decision, record: Record, organ: Organ | None) -> Decision:
    """Return a decision with the permanent members whose votes against it were vetoes.

    A draft is vetoed that had the votes it needed and was not adopted, for a permanent member
    voted against it (Charter, Article 27); the act that rejects it may say so too.
    """
    vote = record.body[decision.vote_index] if decision.vote_index is not None else None
    if decision.outcome != "rejected" or not isinstance(vote, Vote) or organ is None:
        return decision
    date, act = record.date or "", record.body[decision.act_index]
    told = isinstance(act, Act) and act.veto
    needed = organ.votes_needed(int(date[:4])) if date[:4].isdigit() else None
    if not told and (needed is None or len(vote.in_favour) < needed):
        return decision
    permanent = organ.permanent_on(date)
    vetoes = tuple(state.code for state in vote.against if state.code and state.code in permanent)
    return msgspec.structs.replace(decision, vetoed_by=vetoes)
