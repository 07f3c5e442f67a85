"""The course of a meeting, step by step, and what in it cannot have been."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model import Act, Heading, Record, Turn, Vote
from mahdar.model.body import BodyItem
from mahdar.procedure.irregular import find_irregular
from mahdar.procedure.irregularity import Irregularity, IrregularityKind
from mahdar.procedure.moves import after
from mahdar.procedure.state import MeetingState, state_before

__all__ = ["Course", "Irregularity", "IrregularityKind", "Step", "course_of"]

StepKind = Literal["act", "turn", "vote", "heading", "ballot"]


class Step(msgspec.Struct, frozen=True):
    """A step of a meeting.

    ``place`` is the index of the act, turn, vote, ballot or heading in ``Record.body``, from 0,
    ``kind`` which of these it is, ``what`` the act's name, or what is printed over the others.
    ``before`` and ``after`` say how the meeting stood.
    """

    place: int
    kind: StepKind
    what: str
    before: MeetingState
    after: MeetingState


class Course(msgspec.Struct, frozen=True):
    """All steps of a meeting, and each irregularity."""

    steps: tuple[Step, ...]
    irregularities: tuple[Irregularity, ...]


def course_of(record: Record) -> Course:
    """Return the course of a meeting.

    Args:
        record: a record, completed (:func:`mahdar.procedure.complete`).

    >>> from mahdar.specimens.build import specimen
    >>> course = course_of(specimen("en"))
    >>> course.steps[-1].after.phase
    'over'
    """
    state = state_before(record)
    steps: list[Step] = []
    for place, item in enumerate(record.body):
        following = after(state, item, place)
        steps.append(Step(place, *_named(item), state, following))
        state = following
    found = find_irregular(
        record, [(s.place, record.body[s.place], s.before, s.after) for s in steps]
    )
    return Course(tuple(steps), tuple(found))


def _named(item: BodyItem) -> tuple[StepKind, str]:
    if isinstance(item, Act):
        return "act", item.act
    if isinstance(item, Turn):
        return "turn", item.label
    if isinstance(item, Vote):
        return "vote", item.method
    if isinstance(item, Heading):
        return "heading", item.text
    return "ballot", item.group or ""
