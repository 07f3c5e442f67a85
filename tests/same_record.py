"""Hold two records against each other, field by field, where they stand in their files aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from mahdar.model import Record

# Places, and what is made of the words after reading: mentions, identities.
_FOUND_LATER = {"symbol_differs", "resolution_year_differs"}
_MADE = {"spans", "mentions", "people", "person", "group", "aligned"}


def without_places(record: Record) -> dict[str, Any]:
    """Return a record as plain data without its spans, and without what pages add to it."""

    def bare(value: Any) -> Any:
        if isinstance(value, dict):
            made = _MADE | ({"code"} if value.get("kind") == "secretariat" else set())
            return {key: bare(held) for key, held in value.items() if key not in made}
        if isinstance(value, list | tuple):
            return [bare(held) for held in value]
        return value

    data: dict[str, Any] = bare(msgspec.to_builtins(record))
    # How sure the layout is differs from file to file.
    data["findings"] = [
        f
        for f in data["findings"]
        if not f["code"].endswith("_doubtful") and f["code"] not in _FOUND_LATER
    ]
    data.pop("origin", None)  # a record that is built was not read
    del data["furniture"]  # running heads and page numbers belong to the copy, not to the record
    # In which order the lines of a cover are read depends on where they stand on the page.
    data["cover"] = sorted(data["cover"], key=str)
    return data


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """Yield each place at which two records differ."""
    if isinstance(one, Record) and isinstance(other, Record):
        yield from differences(without_places(one), without_places(other))
    elif isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(set(one) | set(other)):
            yield from differences(one.get(key), other.get(key), f"{path}.{key}")
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield f"{path}: {len(one)} against {len(other)}"
        for number, (a, b) in enumerate(zip(one, other, strict=False)):
            yield from differences(a, b, f"{path}[{number}]")
    elif one != other:
        yield f"{path}: {one!r} against {other!r}"
