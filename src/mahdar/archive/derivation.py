"""How a table is derived from a record: what each must be able to do."""

from __future__ import annotations

import functools
from abc import ABC, abstractmethod
from typing import Generic, TypeVar

from mahdar.archive.rows import ElementRow, element_rows
from mahdar.model import Record

Rows = TypeVar("Rows")
BATCH = 2000
"""How many rows go into one statement."""


class Given:
    """A record on its way into the tables; what several of them need is made once.

    Args:
        record: from which everything is derived.
    """

    def __init__(self, record: Record) -> None:
        self.record = record

    @functools.cached_property
    def elements(self) -> tuple[ElementRow, ...]:
        """What the record consists of."""
        return tuple(element_rows(self.record))


class Derived(ABC, Generic[Rows]):
    """A table, or some columns of one, that is derived from a record.

    ``format`` is raised when ``derive`` changes; ``indexed`` says that indexes hold something of
    it; ``within`` that its rows belong to elements, and go when these are made again.
    """

    name: str
    format = 2  # 1 is what Mahdar 0.1.0 wrote
    indexed = False
    within = False

    @abstractmethod
    def derive(self, given: Given) -> Rows:
        """Return what the table holds of a record; nothing but the record is asked."""

    @abstractmethod
    def kept(self, alias: str, pk: int) -> Rows:
        """Return what the table holds of a record now, in the same form."""

    @abstractmethod
    def store(self, alias: str, pk: int, rows: Rows) -> None:
        """Put rows in place of those that are there; called within ``keep.writing``."""

    def same(self, alias: str, pk: int, rows: Rows) -> bool:
        """Tell whether the table holds just these rows of a record."""
        return self.kept(alias, pk) == rows
