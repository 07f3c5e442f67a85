"""Count what is said in a meeting once, in however many languages its record is there.

Of the current records of a meeting one is chosen: the one in the language that is preferred, else
the English one, else the first by the code of its language. The others are left out.
"""

from __future__ import annotations

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.expressions import Combinable

from mahdar.archive.tables import models

_SECOND = "en"


def _rank(language: str) -> Combinable:
    """Return what records are ordered by within a meeting, the chosen one first."""
    return Case(
        When(language=language, then=Value("0")),
        When(language=_SECOND, then=Value("1")),
        default=F("language"),
        output_field=CharField(),
    )


def left_out(alias: str, language: str) -> QuerySet[models.Record]:
    """Return the current records that are not counted.

    Args:
        alias: of the database.
        language: that is preferred (ISO 639-1).
    """
    table = models.Record.objects.using(alias).filter(current=True).annotate(rank=_rank(language))
    before = table.filter(key=OuterRef("key"), rank__lt=OuterRef("rank"))
    return table.filter(Exists(before))
