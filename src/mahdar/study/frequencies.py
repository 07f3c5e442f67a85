"""How often a word is said, by year, State, speaker, topic: counts, denominators, rates."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mahdar.study.corpus import Corpus
from mahdar.study.groups import By, group_names, groups_of

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

_RATE = 10_000


def frequencies(
    archive: Indexed,
    word: str,
    *,
    by: By = "year",
    where: str = "",
    language: str | None = None,
) -> pa.Table:
    """Return how often a word is said in each group of speeches.

    Args:
        archive: to count in.
        word: as for :func:`mahdar.study.concordance`.
        by: what makes a group: ``year``, ``state``, ``speaker``, ``topic``, ``organ``, …
        where: only speeches that meet this question.
        language: only records of this language (ISO 639-1).

    Returns:
        For each group ``value``, its ``name``, ``hits``, the ``speeches`` with the word,
        ``words`` and ``of_speeches`` (all words and speeches of the group, in the languages
        that the word may be of), and ``rate``, hits per 10,000 words. Years by year, others
        by rate of those with hits first. An element with several topics counts in each.
    """
    corpus = Corpus(archive, where, language)
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for part in corpus.parts_for(word):
        places = part.places(word)
        here = np.bincount(part.columns.element_of(places), minlength=len(part.columns.elements))
        for value, rows in groups_of(archive, part, by).items():
            held = counted[value]
            held[0] += int(here[rows].sum())
            held[1] += int((here[rows] > 0).sum())
            held[2] += int(part.columns.lengths[rows].sum())
            held[3] += len(rows)
    names = group_names(archive, by, list(counted))
    rows_out = [
        {
            "value": value, "name": names.get(value, value), "hits": hits, "speeches": speeches,
            "words": words, "of_speeches": of, "rate": _RATE * hits / words if words else 0.0,
        }
        for value, (hits, speeches, words, of) in counted.items()
    ]  # fmt: skip
    if by == "year":
        rows_out.sort(key=lambda row: str(row["value"]))
    else:
        rows_out.sort(key=lambda row: (-row["rate"], str(row["value"])))  # type: ignore[operator]
    return pa.Table.from_pylist(rows_out, schema=_SCHEMA)


_SCHEMA = pa.schema(
    [
        ("value", pa.string()), ("name", pa.string()), ("hits", pa.int64()),
        ("speeches", pa.int64()), ("words", pa.int64()), ("of_speeches", pa.int64()),
        ("rate", pa.float64()),
    ]
)  # fmt: skip
