"""Find the reading order: learn the habits of the record and read it by them, until both agree."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mahdar.layout.text.columns import Columns, find_columns
from mahdar.layout.text.floors import Floors
from mahdar.layout.text.junctions import Junctions
from mahdar.layout.text.margins import margins
from mahdar.layout.text.order import BeyondBudget, Habits, Page, Path, Search, learn
from mahdar.sources.block import Block

_MOST_ROUNDS = 4
# No record comes near so many pieces of text: the longest at hand has 1,100. Fewer may be too many
# as well, where they are short (`order.BeyondBudget`).
_MOST_PIECES = 4000
# A text of more pieces than any record is read by the best height of its columns alone: of the
# texts at hand in which several heights are likely the longest has 307.
_LONG = 600


def find_order(blocks: Sequence[Block], junctions: Junctions, floors: Floors) -> Path:
    """Find the best way to read the blocks, learning the record's habits on the way.

    Args:
        blocks: the blocks of the flow, as they lie in the source.
        junctions: scores for all pairs of them.
        floors: who has the floor.

    Returns:
        The best path; the blocks as they lie where the text shows no columns, and where it has so
        many pieces that their order is not sought (``sought`` is false then).
    """
    if len(blocks) > _MOST_PIECES:
        return _as_it_lies(blocks, sought=False)
    heights = find_columns(junctions.edges, [block.breaks for block in blocks])
    if not heights:
        return _as_it_lies(blocks, sought=True)
    try:
        return _seek(blocks, junctions, floors, heights)
    except BeyondBudget:
        return _as_it_lies(blocks, sought=False)


def _as_it_lies(blocks: Sequence[Block], *, sought: bool) -> Path:
    pages = tuple(Page(k, k + 1, k + 1, False) for k in range(len(blocks)))
    return Path(pages, 0.0, Habits(Columns(), 0.0), sought=sought)


def _seek(
    blocks: Sequence[Block], junctions: Junctions, floors: Floors, heights: Sequence[Columns]
) -> Path:
    search = Search(blocks, junctions, floors)
    found: list[Path] = []
    for columns in heights[: 1 if len(blocks) > _LONG else None]:
        if not (found and search.is_spent):
            found.append(_settle(search, columns))
    found.sort(key=lambda path: -path.score)
    path = found[0]
    if len(found) > 1:  # once more, for the search keeps what it did last
        path = search.best(path.habits)
    sure = list(margins(search, path))
    for other in found[1:]:
        orders = {tuple(page.order()) for page in other.pages}
        for number, page in enumerate(path.pages):
            if page.swapped and tuple(page.order()) not in orders:
                sure[number] = min(sure[number], path.score - other.score)
    return msgspec.structs.replace(path, margins=tuple(sure))


def _settle(search: Search, columns: Columns) -> Path:
    """Read by habits and learn them anew, until the pages stay the same."""
    path = search.best(Habits(columns))
    for _ in range(_MOST_ROUNDS):
        if search.is_spent:
            break
        following = search.best(learn(path, search))
        same = following.pages == path.pages
        path = following
        if same:
            break
    return path
