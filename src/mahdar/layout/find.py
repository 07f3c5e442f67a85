"""Find the reading order: learn the habits of the record and read it by them, until both agree."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from mahdar.layout.columns import find_columns
from mahdar.layout.floors import Floors
from mahdar.layout.junctions import Junctions
from mahdar.layout.margins import margins
from mahdar.layout.order import Habits, Page, Path, Search, learn
from mahdar.sources.block import Block


def find_order(blocks: Sequence[Block], junctions: Junctions, floors: Floors) -> Path:
    """Find the best way to read the blocks, learning the record's habits on the way.

    Args:
        blocks: the blocks of the flow, as they lie in the source.
        junctions: scores for all pairs of them.
        floors: who has the floor.
    """
    as_it_lies = tuple(Page(k, k + 1, k + 1, False) for k in range(len(blocks)))
    columns = find_columns(junctions.edges, [block.breaks for block in blocks])
    still = Path(as_it_lies, 0.0, Habits(columns, 0.0))
    if not columns.lines:
        return still
    search = Search(blocks, junctions, floors)
    path = search.best(Habits(columns))
    for _ in range(4):
        following = search.best(learn(path, search))
        same = following.pages == path.pages
        path = following
        if same:
            break
    return msgspec.structs.replace(path, margins=margins(search, path))
