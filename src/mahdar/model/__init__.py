"""The record as frozen, typed data. No input or output; imports nothing of the project."""

from mahdar.model.body import (
    Act,
    ActName,
    BodyItem,
    Heading,
    Paragraph,
    Part,
    Place,
    Turn,
)
from mahdar.model.people import (
    Affiliation,
    AffiliationKind,
    Capacity,
    Member,
    Name,
    State,
)
from mahdar.model.place import Span, Spans
from mahdar.model.record import (
    AgendaItem,
    CoverField,
    Document,
    Finding,
    FindingCode,
    Furniture,
    Notice,
    Reading,
    Record,
    Status,
)

__all__ = [
    "Act",
    "ActName",
    "Affiliation",
    "AffiliationKind",
    "AgendaItem",
    "BodyItem",
    "Capacity",
    "CoverField",
    "Document",
    "Finding",
    "FindingCode",
    "Furniture",
    "Heading",
    "Member",
    "Name",
    "Notice",
    "Paragraph",
    "Part",
    "Place",
    "Reading",
    "Record",
    "Span",
    "Spans",
    "State",
    "Status",
    "Turn",
]
