"""The best way through two rows of things, pairing one or two of each at a time."""

from __future__ import annotations

from collections.abc import Callable

Step = tuple[int, int]
"""How many of the first row and of the second are taken together."""
STEPS: tuple[Step, ...] = ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1))
# Two against one are rare: translators keep paragraphs.
_UNEVEN = 0.12


def best_path(
    first: int,
    second: int,
    score: Callable[[int, int, int, int], float],
    steps: tuple[Step, ...] = STEPS,
    alone: float = -0.1,
) -> list[tuple[int, int, int, int, float]]:
    """Return pairs (start, end, start, end, score) that cover both rows in order.

    Args:
        first: how many things the first row has.
        second: how many the second has.
        score: of pairing ``first[a:b]`` with ``second[c:d]``; higher is better.
        steps: the ways to go on.
        alone: the score of a thing that is paired with nothing.

    >>> alike = lambda a, b, c, d: 1.0 if (a, c) in ((0, 0), (1, 2)) and b - a == d - c else -1.0
    >>> [pair[:4] for pair in best_path(2, 3, alike)]
    [(0, 1, 0, 1), (1, 1, 1, 2), (1, 2, 2, 3)]
    """
    nowhere = float("-inf")
    best = [[nowhere] * (second + 1) for _ in range(first + 1)]
    back: dict[tuple[int, int], tuple[Step, float]] = {}
    best[0][0] = 0.0
    for i in range(first + 1):
        for j in range(second + 1):
            for step in steps:
                a, c = i - step[0], j - step[1]
                if a < 0 or c < 0 or best[a][c] == nowhere:
                    continue
                gained = alone if 0 in step else score(a, i, c, j)
                # All of both rows is paired in the end: each thing counts half of its pair.
                total = (
                    best[a][c] + gained * sum(step) / 2 - (_UNEVEN if step[0] * step[1] > 1 else 0)
                )
                if total > best[i][j]:
                    best[i][j] = total
                    back[i, j] = (step, gained)
    found: list[tuple[int, int, int, int, float]] = []
    i, j = first, second
    while i or j:
        step, gained = back[i, j]
        found.append((i - step[0], i, j - step[1], j, gained))
        i, j = i - step[0], j - step[1]
    return found[::-1]
