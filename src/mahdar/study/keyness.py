"""Which words set one group of speeches apart from another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mahdar.errors import QueryError
from mahdar.study.corpus import Corpus
from mahdar.study.measures import log_likelihood, log_ratio

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed


def keyness(
    archive: Indexed,
    where: str,
    *,
    against: str = "",
    language: str | None = None,
    least: int = 5,
    size: int = 100,
) -> pa.Table:
    """Return the words that are more, or less, frequent in some speeches than in others.

    Args:
        archive: to count in.
        where: the question that the speeches meet.
        against: the question that the others meet; all the rest of the archive without it.
        language: of the records; needed where the speeches are of several.
        least: how often a word must stand in both together.
        size: how many rows at most.

    Returns:
        For each ``form`` its ``hits`` and the hits ``against``, the rates per 10,000 words of
        both, ``log_likelihood`` (Rayson and Garside 2000) and ``log_ratio`` (Hardie 2014, in
        doublings, positive where it is more frequent); the most telling first. Metadata:
        ``words`` and ``words_against``, ``language``.

    Raises:
        QueryError: the speeches are of several languages and none is chosen, or there are none.
    """
    one = Corpus(archive, where, language).one_part()
    every = Corpus(archive, against, one.code)
    if not every.parts:
        raise QueryError(
            "no element meets this question in the language of the others", query=against, at=0
        )
    other = every.parts[one.code]
    a = one.counts().astype(np.float64)
    b = other.counts().astype(np.float64)
    total_a, total_b = float(one.words), float(other.words)
    if not against.strip():  # all the rest: what is in both counts once
        b, total_b = b - a, total_b - total_a
    if total_a <= 0 or total_b <= 0:
        raise QueryError("there is nothing to compare with", query=against or where, at=0)
    kept = np.flatnonzero(a + b >= max(1, least))
    strength = log_likelihood(a[kept], b[kept], total_a, total_b)
    ratio = log_ratio(a[kept], b[kept], total_a, total_b)
    order = np.argsort(-strength, kind="stable")[:size]
    numbers = kept[order]
    table = pa.table(
        {
            "form": pa.array([one.columns.forms[int(n)] for n in numbers], pa.string()),
            "hits": pa.array(a[numbers].astype(np.int64)),
            "against": pa.array(b[numbers].astype(np.int64)),
            "rate": pa.array(10_000 * a[numbers] / total_a),
            "rate_against": pa.array(10_000 * b[numbers] / total_b),
            "log_likelihood": pa.array(strength[order]),
            "log_ratio": pa.array(ratio[order]),
        }
    )
    return table.replace_schema_metadata(
        {"words": str(int(total_a)), "words_against": str(int(total_b)), "language": one.code}
    )
