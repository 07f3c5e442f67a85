"""Measures of association between words and sets of words."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]


def log_likelihood(a: Reals, b: Reals, c: float | Reals, d: float | Reals) -> Reals:
    """Return Dunning's log-likelihood G² of two counts in two sets of words.

    Both cells of each word are compared with what is expected, as Rayson and Garside (2000) do.

    Args:
        a: how often each word stands in the first set.
        b: how often in the second.
        c: how many words the first set has.
        d: how many the second has.

    >>> round(float(log_likelihood(np.array([20.0]), np.array([5.0]), 1000, 1000)[0]), 2)
    9.64
    """
    first = c * (a + b) / (c + d)
    second = d * (a + b) / (c + d)
    with np.errstate(divide="ignore", invalid="ignore"):
        one = np.where(a > 0, a * np.log(a / first), 0.0)
        other = np.where(b > 0, b * np.log(b / second), 0.0)
    return np.asarray(2 * (one + other))


def contingency_log_likelihood(o11: Reals, r1: float, c1: Reals, n: float) -> Reals:
    """Return G² of two words over all four cells of their table (Dunning 1993).

    Args:
        o11: how often each word stands near the other.
        r1: how many words stand near the other in all.
        c1: how often each word stands anywhere.
        n: how many words there are.

    >>> found = contingency_log_likelihood(np.array([10.0]), 100, np.array([20.0]), 10000)
    >>> round(float(found[0]), 2)
    65.58
    """
    total = np.zeros_like(o11)
    for seen, row, column in (
        (o11, r1, c1), (r1 - o11, r1, n - c1), (c1 - o11, n - r1, c1),
        (n - r1 - c1 + o11, n - r1, n - c1),
    ):  # fmt: skip
        expected = row * column / n
        with np.errstate(divide="ignore", invalid="ignore"):
            total += np.where(seen > 0, seen * np.log(seen / expected), 0.0)
    return 2 * total


def log_dice(o11: Reals, f1: float, f2: Reals) -> Reals:
    """Return logDice (Rychlý 2008): 14 at most, whatever the size of the corpus.

    >>> float(log_dice(np.array([10.0]), 10, np.array([10.0]))[0])
    14.0
    """
    with np.errstate(divide="ignore"):
        return 14 + np.log2(2 * o11 / (f1 + f2))


def pmi(o11: Reals, r1: float, c1: Reals, n: float) -> Reals:
    """Return pointwise mutual information in bits (Church and Hanks 1990).

    >>> float(pmi(np.array([8.0]), 100, np.array([20.0]), 1000)[0])
    2.0
    """
    with np.errstate(divide="ignore"):
        return np.log2(o11 * n / (r1 * c1))


def log_ratio(a: Reals, b: Reals, c: float, d: float) -> Reals:
    """Return by how many doublings a word is more frequent in the first set (Hardie 2014).

    A count of nothing is taken for a half, so that the ratio stays finite.

    >>> float(log_ratio(np.array([40.0]), np.array([10.0]), 1000, 1000)[0])
    2.0
    """
    return np.asarray(np.log2((np.maximum(a, 0.5) / c) / (np.maximum(b, 0.5) / d)))
