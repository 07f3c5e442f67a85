"""Find what in a course cannot have been: one function a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from mahdar.model import Act, BodyItem, Party, Record, Turn, Vote
from mahdar.organs import read_organ
from mahdar.procedure.irregularity import Irregularity
from mahdar.procedure.parties import may_differ, same_party
from mahdar.procedure.state import MeetingState

_Step = tuple[int, BodyItem, MeetingState, MeetingState]
_Rule = Callable[[Record, Sequence[_Step]], Iterator[Irregularity]]


def find_irregular(record: Record, steps: Sequence[_Step]) -> list[Irregularity]:
    """Return all irregularities of a course, in its order.

    Args:
        record: whose decisions are judged too.
        steps: index, item, state before and after, of each step.
    """
    found = [one for rule in RULES for one in rule(record, steps)]
    return sorted(found, key=lambda one: one.place)


def _another_speaks(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    """The floor was given to one who is named, and another speaks, who was not asked for either."""
    del record
    for place, item, before, _ in steps:
        if not isinstance(item, Turn) or item.capacity == "president" or len(before.floor) != 1:
            continue
        given = before.floor[0]
        speaks = Party(item.speaker, item.affiliation)
        if may_differ(given, speaks):
            yield Irregularity("another_speaks", place, (_name(given), _name(speaks)))


def _known(party: Party) -> bool:
    """Tell whether a party can be told from others: by a code, or a person's name."""
    person = party.person is not None and bool(party.person.name)
    return person or (party.affiliation is not None and party.affiliation.code is not None)


def _name(party: Party) -> str:
    if party.affiliation is not None:
        return party.affiliation.code or party.affiliation.label
    return party.person.label if party.person is not None else ""


def _not_invited(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    organ = read_organ(record.organ)
    if organ is None or organ.universal or len(record.members) < 2:
        return
    if not any(before.invited for _, _, before, _ in steps):
        return  # a resumption, in which those invited before are not named again
    told: set[str] = set()
    for place, item, before, _ in steps:
        if not isinstance(item, Turn) or item.capacity != "invited":
            continue
        speaks = Party(item.speaker, item.affiliation)
        name = _name(speaks)
        if name in told or any(same_party(one.party, speaks) for one in before.invited):
            continue
        told.add(name)
        yield Irregularity("not_invited", place, (name,))


def _silent(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    """The floor was given to somebody, and the next to speak is the Chair again."""
    del record
    for number, (place, item, _, _) in enumerate(steps):
        if not isinstance(item, Act) or item.act != "floor_given" or item.purpose:
            continue
        parties = item.all_parties()
        if len(parties) != 1 or not _known(parties[0]):
            continue
        turn = next((i for _, i, _, _ in steps[number + 1 :] if isinstance(i, Turn)), None)
        if turn is None or turn.capacity == "president":
            yield Irregularity("silent", place, (_name(parties[0]),))


def _votes(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    decided = {d.vote_index: d for d in record.decisions if d.vote_index is not None}
    for place, item, _, _ in steps:
        if isinstance(item, Vote) and place not in decided:
            yield Irregularity("no_outcome", place)
    needed_of = read_organ(record.organ)
    year = int(record.date[:4]) if record.date else 0
    needed = needed_of.votes_needed(year) if needed_of is not None else None
    for decision in record.decisions:
        totals, adopted = decision.totals, decision.outcome in ("adopted", "retained")
        if decision.how == "vote" and decision.vote_index is None:
            yield Irregularity("no_vote", decision.act_index)
        if decision.vetoed_by:
            yield Irregularity("vetoed", decision.act_index, decision.vetoed_by)
        elif totals is not None and decision.outcome != "withdrawn":
            least = needed if needed is not None else totals.against + 1
            carried = totals.in_favour >= least
            if carried != adopted and not (needed is None and not adopted):
                yield Irregularity("against_count", decision.act_index)
        if decision.symbol is None and not decision.draft and decision.outcome != "withdrawn":
            yield Irregularity("draft_unknown", decision.act_index)


def _not_resumed(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    """The Chair's next turn finds it still speaking for its own country."""
    del record
    told = False
    for place, item, before, _ in steps:
        if isinstance(item, Act) and item.act == "capacity_changed":
            told = False
        if isinstance(item, Turn) and item.capacity != "president" and before.national and not told:
            told = True
            yield Irregularity("not_resumed", place)


def _other_chair(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    del record
    last: bool | None = None
    for place, item, before, _ in steps:
        if not isinstance(item, Turn) or item.capacity != "president":
            continue
        deputy = before.chair != before.president
        wrong = item.acting != deputy and before.president is not None
        if wrong and last is not item.acting:
            yield Irregularity("other_chair", place, (item.label,))
        last = item.acting if wrong else None


def _phases(record: Record, steps: Sequence[_Step]) -> Iterator[Irregularity]:
    for place, item, before, _ in steps:
        if isinstance(item, Act) and item.act == "resumed" and before.phase == "in_session":
            yield Irregularity("not_suspended", place)
        elif isinstance(item, Act) and item.act == "suspended" and before.phase == "not_begun":
            yield Irregularity("not_opened", place)
        elif isinstance(item, Turn | Vote) and before.phase == "over":
            yield Irregularity("after_close", place)
            return
    if steps and steps[-1][3].phase == "in_session" and _opened(steps) and not record.closed_at:
        yield Irregularity("suspended_at_end", steps[-1][0])


def _opened(steps: Sequence[_Step]) -> bool:
    return any(isinstance(item, Act) and item.act == "opened" for _, item, _, _ in steps)


RULES: tuple[_Rule, ...] = (
    _another_speaks, _not_invited, _silent, _votes, _not_resumed, _other_chair, _phases,
)  # fmt: skip
