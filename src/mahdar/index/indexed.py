"""An archive with its indexes: whatever changes the records brings these into step."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from mahdar.archive.store import Store
from mahdar.sources.options import DEFAULT, Options

if TYPE_CHECKING:
    from mahdar.archive.adding import Added, Progress
    from mahdar.index.indexes import Indexes
    from mahdar.index.verifying import Verified


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
        progress: Progress | None = None,
    ) -> Added:
        """Read files and folders, keep their records, and index them; see :meth:`Store.add`."""
        added = super().add(
            paths, options=options, workers=workers, scheduler=scheduler, again=again,
            progress=progress,
        )  # fmt: skip
        self.indexes.catch_up()
        return added

    def remove(self, address: str, language: str | None = None) -> int:
        """Remove a record, from the indexes too; see :meth:`Store.remove`."""
        count = super().remove(address, language)
        self.indexes.catch_up()
        return count

    def verify(self, *, mend: bool = False, progress: Progress | None = None) -> Verified:
        """Look through everything for damage; see ``mahdar verify``."""
        from mahdar.index.verifying import verify

        return verify(self, mend=mend, progress=progress)
