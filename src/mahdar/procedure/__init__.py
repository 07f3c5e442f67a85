"""The meeting as a state machine: what may follow what, who presides, what came of what.

Free of language: it knows acts, turns and votes, and the rules of the organ.
"""

from mahdar.procedure.complete import complete
from mahdar.procedure.course import Course, Irregularity, IrregularityKind, Step, course_of
from mahdar.procedure.state import MeetingState

__all__ = [
    "Course",
    "Irregularity",
    "IrregularityKind",
    "MeetingState",
    "Step",
    "complete",
    "course_of",
]
