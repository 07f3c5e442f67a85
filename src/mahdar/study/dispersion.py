"""How evenly words are spread over records, years, speakers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mahdar.study.corpus import Corpus
from mahdar.study.groups import By, groups_of

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed


def dispersion(
    archive: Indexed,
    words: Sequence[str],
    *,
    by: By = "record",
    where: str = "",
    language: str | None = None,
) -> pa.Table:
    """Return how evenly each word is spread over parts of the archive.

    Args:
        archive: to count in.
        words: as for :func:`mahdar.study.concordance`.
        by: what makes a part: ``record``, ``year``, ``state``, …
        where: only speeches that meet this question.
        language: of the records; where a word is of several, the one that has it most.

    Returns:
        For each ``word``: ``hits``, ``words`` (all), ``parts`` and in how many it stands
        (``range``), ``dp`` (Gries 2008: 0 even, near 1 all in one part), ``dp_norm`` (Lijffijt
        and Gries 2012) and ``juilland_d`` (1 even, 0 all in one part).
    """
    rows = []
    corpus = Corpus(archive, where, language)
    for word in words:
        part = corpus.one_part([word])
        places = part.places(word)
        here = np.bincount(part.columns.element_of(places), minlength=len(part.columns.elements))
        groups = groups_of(archive, part, by).values()
        hits = np.array([here[group].sum() for group in groups], dtype=np.float64)
        sizes = np.array([part.columns.lengths[group].sum() for group in groups], dtype=np.float64)
        dp, norm, juilland = spread(hits, sizes)
        rows.append(
            {
                "word": word, "language": part.code, "hits": int(hits.sum()),
                "words": int(sizes.sum()), "parts": len(sizes), "range": int((hits > 0).sum()),
                "dp": dp, "dp_norm": norm, "juilland_d": juilland,
            }
        )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=_SCHEMA)


def spread(
    hits: np.ndarray[tuple[int], np.dtype[np.float64]],
    sizes: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> tuple[float | None, float | None, float | None]:
    """Return Gries' DP, its norm, and Juilland's D; None where there is nothing to measure.

    Args:
        hits: of the word in each part.
        sizes: of the parts, in words.

    >>> spread(np.array([5.0, 5.0]), np.array([100.0, 100.0]))
    (0.0, 0.0, 1.0)
    >>> spread(np.array([10.0, 0.0]), np.array([100.0, 100.0]))
    (0.5, 1.0, 0.0)
    """
    kept = sizes > 0
    hits, sizes = hits[kept], sizes[kept]
    if not hits.sum() or len(sizes) < 2:
        return None, None, None
    expected = sizes / sizes.sum()
    dp = float(np.abs(hits / hits.sum() - expected).sum() / 2)
    norm = dp / (1 - float(expected.min()))
    rates = hits / sizes
    variation = float(rates.std() / rates.mean())
    juilland = 1 - variation / np.sqrt(len(sizes) - 1)
    return dp, min(1.0, norm), max(0.0, float(juilland))


_SCHEMA = pa.schema(
    [
        ("word", pa.string()), ("language", pa.string()), ("hits", pa.int64()),
        ("words", pa.int64()), ("parts", pa.int64()), ("range", pa.int64()),
        ("dp", pa.float64()), ("dp_norm", pa.float64()), ("juilland_d", pa.float64()),
    ]
)  # fmt: skip
