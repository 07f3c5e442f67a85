"""What in a course cannot have been, or is remarkable."""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

IrregularityKind = Literal[
    "another_speaks",
    "not_invited",
    "silent",
    "no_outcome",
    "no_vote",
    "against_count",
    "vetoed",
    "not_resumed",
    "other_chair",
    "draft_unknown",
    "not_suspended",
    "not_opened",
    "after_close",
    "suspended_at_end",
]
KINDS: tuple[str, ...] = get_args(IrregularityKind)


class Irregularity(msgspec.Struct, frozen=True):
    """Something that does not follow.

    ``kind`` is

    - ``another_speaks``: the floor was given to one, another speaks;
    - ``not_invited``: somebody speaks who is no member and was not invited;
    - ``silent``: somebody was given the floor and did not speak;
    - ``no_outcome``: a vote of which nothing is told to have come; ``no_vote``: an outcome by vote
      without one; ``against_count``: an outcome that the votes counted do not give;
    - ``vetoed``: a draft that was not adopted for a permanent member voted against it (this is in
      order, and worth knowing);
    - ``not_resumed``: whoever presided spoke for the own country and never resumed the functions;
    - ``other_chair``: the label of the Chair does not agree with who took it;
    - ``draft_unknown``: a decision of which the draft is not known;
    - ``not_suspended``, ``not_opened``, ``after_close``, ``suspended_at_end``: a meeting that is
      resumed, or goes on, when it was not suspended or not open, that goes on after it rose, or
      that was suspended and is neither resumed nor told to rise.

    ``place`` is the index in the body; ``names`` are those concerned, as printed or by code.
    """

    kind: IrregularityKind
    place: int
    names: tuple[str, ...] = ()
