"""Who is named in a record: States, bodies, persons, as printed and as known."""

from __future__ import annotations

from typing import Literal

import msgspec

from mahdar.model.place import Spans

Capacity = Literal[
    "president", "member", "invited", "observer", "secretariat", "officer", "national", "unknown"
]
"""In what capacity somebody speaks.

``president``: for the organ, from the Chair. ``member``: for a member of the
organ. ``invited``: under rule 37 or 39. ``observer``: a State or organisation that takes part
without being a member. ``secretariat``: the Secretary-General and the staff. ``officer``: a
Rapporteur, or whoever presides over another body, speaking as such. ``national``: the
President, for his or her own country.
``unknown``: the record does not say, and a finding says so.
"""

AffiliationKind = Literal["state", "organisation", "secretariat", "organ", "unknown"]


class State(msgspec.Struct, frozen=True):
    """A State: the printed name and its code.

    ``code`` is ISO 3166-1 alpha-3, or None where the printed name is not known.
    """

    label: str
    code: str | None = None


class Name(msgspec.Struct, frozen=True):
    """A person as printed: ``label`` whole, then its parts.

    >>> Name(label="السيد تشوركين", honorific="السيد", name="تشوركين").name
    'تشوركين'
    """

    label: str
    honorific: str | None = None
    name: str | None = None


class Affiliation(msgspec.Struct, frozen=True):
    """For whom somebody speaks.

    ``code`` is ISO 3166-1 alpha-3 for a State, the usual acronym for an
    organisation, the code of an office (``SG``) for the Secretariat, None where it is not known.
    """

    label: str
    kind: AffiliationKind = "unknown"
    code: str | None = None


class Party(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody who takes part in what is done: a person, a State or body, or a person of one."""

    person: Name | None = None
    affiliation: Affiliation | None = None


class Member(msgspec.Struct, frozen=True):
    """One line of the roster on the cover.

    The President is both ``Record.president`` and the first of
    ``Record.members`` (``presides`` true, no spans: the line is counted once).
    """

    state: State
    representative: Name
    presides: bool = False
    spans: Spans = ()


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody named in a record: one identity, with every form that is printed.

    ``id`` is made of the State, body or office and the name in Latin letters
    (``RUS:churkin``). ``forms`` are the labels as printed, the fullest first;
    ``turn_numbers`` the turns that he or she speaks in, from 1; ``why`` says, one
    reason each, how the forms came together, ``score`` how sure the least sure of them is.
    """

    id: str
    name: str
    forms: tuple[str, ...]
    affiliation: str | None = None
    office: str | None = None
    turn_numbers: tuple[int, ...] = ()
    why: tuple[str, ...] = ()
    score: float = 1.0
