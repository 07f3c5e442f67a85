"""By what words are counted: years, States, speakers, topics; and how groups are called."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from mahdar.archive.tables import models
from mahdar.search.fetching import Fetcher
from mahdar.search.resolving import state_name
from mahdar.study.corpus import Part, Places
from mahdar.topics import topics

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

By = Literal[
    "year", "state", "speaker", "topic", "organ", "affiliation", "capacity", "language", "record"
]
BY: tuple[By, ...] = get_args(By)
_COLUMN = {"speaker": "person"}


def groups_of(archive: Indexed, part: Part, by: By) -> dict[str, Places]:
    """Return the rows of the chosen speeches of each group; in the case of topics, of several.

    Args:
        archive: that holds them.
        part: whose speeches.
        by: what makes a group.
    """
    rows = np.flatnonzero(part.chosen)
    if by == "language":
        return {part.code: rows}
    if by == "topic":
        return _by_topic(archive, part, rows)
    values = part.columns.elements[_COLUMN.get(by, by)][rows]
    out: dict[str, Places] = {}
    order = np.argsort(values, kind="stable")
    distinct, starts = np.unique(values[order], return_index=True)
    for value, held in zip(distinct, np.split(rows[order], starts[1:]), strict=True):
        name = value.decode() if isinstance(value, bytes) else str(value)
        if name not in {"", "0"}:
            out[name] = held
    return out


def _by_topic(archive: Indexed, part: Part, rows: Places) -> dict[str, Places]:
    row_of = {int(pk): int(row) for pk, row in zip(
        part.columns.elements["element"][rows], rows, strict=True)}  # fmt: skip
    held: dict[str, list[int]] = defaultdict(list)
    table = models.Subject.objects.using(archive.alias).filter(element__record__language=part.code)
    for element, topic in table.values_list("element_id", "topic").distinct():
        if element in row_of:
            held[topic].append(row_of[element])
    return {topic: np.array(sorted(found), dtype=np.int64) for topic, found in held.items()}


def group_names(archive: Indexed, by: By, values: list[str]) -> dict[str, str]:
    """Return how groups are called for people to read."""
    if by in {"state", "affiliation"}:
        return {value: state_name(value) for value in values}
    if by == "topic":
        return {v: topics()[v].names["en"] if v in topics() else v for v in values}
    if by == "speaker":
        people = Fetcher(archive.alias).people([int(value) for value in values])
        return {str(pk): name for pk, name in people.items()}
    if by == "record":
        rows = models.Record.objects.using(archive.alias).filter(
            serial__in=[int(v) for v in values]
        )
        columns = ("serial", "key", "language")
        return {str(serial): f"{key}/{code}" for serial, key, code in rows.values_list(*columns)}
    return {value: value for value in values}
