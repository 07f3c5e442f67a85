"""How sure the order of each page is: how much worse the best other way to read it would be."""

from __future__ import annotations

from bisect import bisect_right

from mahdar.layout.text.order import Page, Path, Search

_SURE = 50.0


def margins(search: Search, path: Path) -> tuple[float, ...]:
    """Return, for each page of the best path, the margin over the best other path, in nats.

    The best path through every page that could have been is found from the
    forward scores that the search kept and backward scores made here; those that
    read the blocks of a page in another order than the best path does compete
    with it.

    Args:
        search: just after it found ``path``.
        path: the best path.
    """
    n = path.pages[-1].end
    # For each place and floor: the best way on, by the block that is read first.
    onward: list[dict[int, dict[int, float]]] = [{} for _ in range(n + 1)]
    starts = [page.start for page in path.pages]
    best_other = [path.score - _SURE] * len(path.pages)
    completions: dict[tuple[int, int, int], float] = {}

    def completion(end: int, last: int, floor: int) -> float:
        if end == n:
            return search.finish(last)
        known = completions.get((end, last, floor))
        if known is None:
            ways = onward[end].get(floor, {})
            known = max(
                (search.step(last, first) + value for first, value in ways.items()),
                default=float("-inf"),
            )
            completions[end, last, floor] = known
        return known

    arrivals: dict[tuple[int, int, int], float] = {}
    for arc in sorted(search.arcs, key=lambda arc: -arc.page.start):
        page, floor, first, gain, (last, after) = arc
        rest = gain + completion(page.end, last, after)
        ways = onward[page.start].setdefault(floor, {})
        if rest > ways.get(first, float("-inf")):
            ways[first] = rest
        arrival = arrivals.get((page.start, floor, first))
        if arrival is None:
            arrival = max(
                state[0] + search.step(before, first)
                for (before, speaking), state in search.states[page.start].items()
                if speaking == floor
            )
            arrivals[page.start, floor, first] = arrival
        through = arrival + rest
        number = bisect_right(starts, page.start) - 1
        while number < len(path.pages) and path.pages[number].start < page.end:
            if through > best_other[number] and _differs(page, path.pages[number]):
                best_other[number] = through
            number += 1
    return tuple(max(0.0, path.score - other) for other in best_other)


def _differs(one: Page, other: Page) -> bool:
    """Tell whether two pages that share blocks read them in different orders."""
    if one.swapped and other.swapped:
        return (one.start, one.middle, one.end) != (other.start, other.middle, other.end)
    return one.swapped or other.swapped
