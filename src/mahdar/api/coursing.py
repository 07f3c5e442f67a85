"""The public functions about the course of a meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

from mahdar.api.opening import Given, Reading, open_record
from mahdar.model import Record

if TYPE_CHECKING:
    from mahdar.procedure import Course


def course(given: Given, **reading: Unpack[Reading]) -> Course:
    """Return the course of a meeting: each step with how the meeting stood, and what is irregular.

    Args:
        given: a record, or a file as for :func:`mahdar.read`.
        reading: as for :func:`mahdar.read`, where it is a file.

    Raises:
        InputError: as for :func:`mahdar.read`.

    >>> from mahdar import specimen_path
    >>> course(specimen_path()).irregularities
    ()
    """
    from mahdar.procedure import course_of

    return course_of(given if isinstance(given, Record) else open_record(given, **reading))


def tell_course(told: Course, record: Record) -> str:
    r"""Return the course of a meeting in lines that a person reads, ended by ``\n``.

    Args:
        told: from :func:`course`.
        record: the record that it is of.

    >>> from mahdar import read, specimen_path
    >>> record = read(specimen_path())
    >>> "Irregularities: 0" in tell_course(course(record), record)
    True
    """
    from mahdar.publishing.course import tell_course as tell

    return tell(told, record)
