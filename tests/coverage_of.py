"""Count in how many places of a result each character of the source stands."""

from __future__ import annotations

from typing import Any

import msgspec

from mahdar.reading.read import ReadFile


def characters_placed(read: ReadFile) -> dict[int, int]:
    """Return each non-blank character that is not in exactly one place, with its count.

    Everything that the JSON calls ``spans`` counts, but for findings, which point
    at words that have their place elsewhere.
    """
    counts = [0] * len(read.source.text)

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            for key, inner in value.items():
                if key == "findings":
                    continue
                if key == "spans":
                    for span in inner:
                        for at in range(span["start"], span["end"]):
                            counts[at] += 1
                else:
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(msgspec.json.decode(msgspec.json.encode(read.record)))
    return {
        at: count
        for at, count in enumerate(counts)
        if count != 1 and not read.source.text[at].isspace()
    }
