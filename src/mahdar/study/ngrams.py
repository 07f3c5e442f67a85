"""Runs of words that come again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from mahdar.languages import load_language
from mahdar.languages.words import common_words
from mahdar.study.corpus import Corpus, Part, Places

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed


def ngrams(
    archive: Indexed,
    length: int = 3,
    *,
    least: int = 5,
    word: str = "",
    common: bool = True,
    where: str = "",
    language: str | None = None,
    size: int = 100,
) -> pa.Table:
    """Return the most frequent runs of words.

    Args:
        archive: to count in.
        length: how many words, 1 to 8.
        least: how often a run must come.
        word: only runs that hold this word.
        common: keep runs that consist of words that every text has.
        where: only speeches that meet this question.
        language: of the records; needed where there are several.
        size: how many rows at most.

    Returns:
        For each ``run``: ``hits``, ``speeches`` it stands in, ``rate`` per 10,000 runs; the most
        frequent first. No run goes across two paragraphs. Metadata: ``runs`` (all of that
        length), ``words``, ``language``.
    """
    part = Corpus(archive, where, language).one_part([word] if word else ())
    starts, total = _starts(part, length)
    held = starts
    columns = part.columns
    tokens = columns.tokens
    labels = tokens[held].astype(np.int64)
    for step in range(1, length):  # runs that are too rare already cannot grow frequent
        labels, held = _frequent(labels, held, least)
        _, labels = np.unique(labels, return_inverse=True)
        labels = labels * len(columns.forms) + tokens[held + step]
    labels, held = _frequent(labels, held, least)
    _, first, counts = np.unique(labels, return_index=True, return_counts=True)
    wanted = {int(n) for numbers in part.numbers(word)[:1] for n in numbers} if word else set()
    small = common_words().get(part.code, frozenset())
    gap = load_language(part.code).gap if part.code in _spaced() else " "
    rows = []
    speeches = columns.element_of(held)
    order = np.argsort(-counts, kind="stable")
    for at in order:
        place = int(held[first[at]])
        numbers = tokens[place : place + length].tolist()
        forms = [columns.forms[n] for n in numbers]
        if (word and not wanted & set(numbers)) or (not common and set(forms) <= small):
            continue
        here = len(np.unique(speeches[labels == labels[first[at]]]))
        rows.append(
            {
                "run": gap.join(forms), "hits": int(counts[at]), "speeches": here,
                "rate": 10_000 * float(counts[at]) / max(1, total),
            }
        )  # fmt: skip
        if len(rows) >= size:
            break
    schema = pa.schema(
        [("run", pa.string()), ("hits", pa.int64()), ("speeches", pa.int64()),
         ("rate", pa.float64())]
    )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=schema).replace_schema_metadata(
        {"runs": str(total), "words": str(part.words), "language": part.code}
    )


def _spaced() -> tuple[str, ...]:
    from mahdar.languages import language_codes

    return language_codes()


def _starts(part: Part, length: int) -> tuple[Places, int]:
    """Return where a run can begin: with enough words left in the paragraph, in chosen speeches."""
    columns = part.columns
    begins = columns.paragraphs["start"].astype(np.int64)
    ends = np.append(begins[1:], len(columns.tokens))
    room = np.maximum(0, ends - begins - length + 1)
    if not part.all:
        room = np.where(part.chosen[columns.paragraphs["element"]], room, 0)
    total = int(room.sum())
    offsets = np.arange(total) - np.repeat(np.cumsum(room) - room, room)
    return np.repeat(begins, room) + offsets, total


def _frequent(labels: Places, held: Places, least: int) -> tuple[Places, Places]:
    """Keep what comes often enough."""
    _, inverse, counts = np.unique(labels, return_inverse=True, return_counts=True)
    keep = counts[inverse] >= least
    return labels[keep], held[keep]
