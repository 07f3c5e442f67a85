"""An archive with its indexes: whatever changes the records brings these into step."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mahdar.archive.database import said
from mahdar.archive.store import Store
from mahdar.errors import ArchiveError
from mahdar.sources.options import DEFAULT, Options

if TYPE_CHECKING:
    from mahdar.archive.adding import Added, Progress
    from mahdar.archive.rebuilding import Rebuilt
    from mahdar.index.indexes import Indexes
    from mahdar.index.verifying import Verified

_TOGETHER = 100
"""So many records that were made again go into the indexes at once."""


class Indexed(Store):
    """Many records, kept, and what finds them; see :class:`Store` for the arguments."""

    @property
    def indexes(self) -> Indexes:
        """The indexes that are made from the records."""
        from mahdar.index.indexes import Indexes

        return Indexes(self.place, self.alias)

    def add(
        self,
        paths: Iterable[str | Path],
        *,
        options: Options = DEFAULT,
        workers: int = 1,
        scheduler: str | None = None,
        again: bool = False,
        by: str = "",
        based_on: str | None = None,
        progress: Progress | None = None,
    ) -> Added:
        """Read files and folders, keep their records, and index them; see :meth:`Store.add`."""
        added = super().add(
            paths, options=options, workers=workers, scheduler=scheduler, again=again, by=by,
            based_on=based_on, progress=progress,
        )  # fmt: skip
        self.indexes.catch_up()
        return added

    def remove(self, address: str, language: str | None = None) -> int:
        """Remove a record, from the indexes too; see :meth:`Store.remove`."""
        count = super().remove(address, language)
        self.indexes.catch_up()
        return count

    def rebuild(
        self, *, everything: bool = False, progress: Progress | None = None, rest: float = 0.0
    ) -> Rebuilt:
        """Make again what is derived from records by an earlier Mahdar; see ``mahdar rebuild``.

        Others may read and write meanwhile. Interrupted, it goes on where it was.

        Args:
            everything: look at all records, not only at those with tables of an earlier format.
            progress: is told how many versions of records of how many are done.
            rest: how long to leave the machine to others after each record, for each second that
                it took.

        Raises:
            ArchiveError: the database cannot be written. What was done before stays.
        """
        from django.db import Error

        from mahdar.archive.rebuilding import Tally, every_record, old_records, rebuild_each

        pks = every_record(self.alias) if everything else old_records(self.alias)
        tally, behind, begun = Tally(), 0, time.monotonic()
        try:
            remade = rebuild_each(self.alias, pks, old_only=not everything)
            for done, one in enumerate(remade, 1):
                tally.count(one)
                behind += one.indexed
                if behind >= _TOGETHER:
                    self.indexes.catch_up()
                    behind = 0
                if progress:
                    progress(done, len(pks))
                time.sleep(rest * (time.monotonic() - begun))
                begun = time.monotonic()
        except Error as error:
            raise ArchiveError(
                f"{self.place.shown}: its tables cannot be made again ({said(error)}); what was"
                " done is kept: see to the database, and give the same command again"
            ) from None
        self.indexes.catch_up()
        return tally.done(self.alias)

    def verify(self, *, mend: bool = False, progress: Progress | None = None) -> Verified:
        """Look through everything for damage; see ``mahdar verify``."""
        from mahdar.index.verifying import verify

        return verify(self, mend=mend, progress=progress)
