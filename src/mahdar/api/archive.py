"""An archive, opened: what the commands and other programs call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.index.indexed import Indexed

if TYPE_CHECKING:
    from mahdar.search.searching import Searcher


class Archive(Indexed):
    """An archive, opened: its records, its indexes, and what answers questions to it.

    Args:
        place: where it is.
        make: make the archive where there is none yet.

    Raises:
        ArchiveError: there is none, or it cannot be opened.
        ToolMissing: a package that it needs is not installed.
    """

    def searcher(self) -> Searcher:
        """Return what answers questions; brings the indexes into step first."""
        from mahdar.search.searching import open_searcher

        return open_searcher(self)
