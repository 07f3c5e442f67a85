"""Which words stand near a word more often than chance would have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mahdar.languages.words import common_words
from mahdar.study.corpus import Corpus
from mahdar.study.measures import contingency_log_likelihood, log_dice, pmi

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed


def collocations(
    archive: Indexed,
    word: str,
    *,
    window: int = 5,
    least: int = 3,
    common: bool = False,
    where: str = "",
    language: str | None = None,
    size: int = 100,
) -> pa.Table:
    """Return the words that stand near a word.

    Args:
        archive: to count in.
        word: as for :func:`mahdar.study.concordance`.
        window: how many words before and after it are near.
        least: how often a word must stand near to count.
        common: keep the words that every text has (the, of, and).
        where: only in speeches that meet this question.
        language: of the records; where a word is of several, the one that has it most.
        size: how many rows at most.

    Returns:
        For each word ``form``, ``near`` (how often it stands near), ``expected`` by chance,
        ``all`` (how often it stands anywhere), ``log_likelihood`` (Dunning 1993), ``log_dice``
        (Rychlý 2008) and ``pmi`` (bits); the strongest by log-likelihood first, only those
        nearer than chance. Metadata: ``hits`` of the word, ``window_words``, ``words``,
        ``language``.
    """
    part = Corpus(archive, where, language).one_part([word])
    columns = part.columns
    places = part.places(word)
    length = len(part.numbers(word))
    speeches = columns.element_of(places)
    around = []
    for step in (*range(-window, 0), *range(length, length + window)):
        at = places + step
        inside = (at >= columns.starts[speeches]) & (at < columns.starts[speeches + 1])
        around.append(at[inside])
    # A word between two hits is near once, and a hit near another is no collocate of itself.
    inner = [places + step for step in range(length)]
    at = np.setdiff1d(np.concatenate(around), np.concatenate([places, *inner]))
    near = np.bincount(columns.tokens[at], minlength=len(columns.forms))
    words_near = len(at)
    every = part.counts()
    kept = np.flatnonzero(near >= max(1, least))
    if not common:
        small = common_words().get(part.code, frozenset())
        forms = columns.forms
        kept = kept[[forms[int(n)] not in small for n in kept]] if len(kept) else kept
    o11, c1 = near[kept].astype(np.float64), every[kept].astype(np.float64)
    n = float(max(1, part.words))
    expected = words_near * c1 / n
    strength = contingency_log_likelihood(o11, float(words_near), c1, n)
    order = [int(k) for k in np.argsort(-strength, kind="stable") if o11[k] > expected[k]][:size]
    dice, bits = log_dice(o11, float(len(places)), c1), pmi(o11, float(words_near), c1, n)
    table = pa.table(
        {
            "form": pa.array([columns.forms[int(kept[k])] for k in order], pa.string()),
            "near": pa.array([int(o11[k]) for k in order], pa.int64()),
            "expected": pa.array([float(expected[k]) for k in order], pa.float64()),
            "all": pa.array([int(c1[k]) for k in order], pa.int64()),
            "log_likelihood": pa.array([float(strength[k]) for k in order], pa.float64()),
            "log_dice": pa.array([float(dice[k]) for k in order], pa.float64()),
            "pmi": pa.array([float(bits[k]) for k in order], pa.float64()),
        }
    )
    return table.replace_schema_metadata(
        {
            "hits": str(len(places)), "window_words": str(words_near), "words": str(part.words),
            "language": part.code,
        }
    )  # fmt: skip
