"""What real records cite and which States they name: the truth, and how far a reading is from it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from mahdar.model import Record
from mahdar.resolving.citing import NOT_CITED

TRUTH = Path(__file__).parent / "truth" / "mentions"
RECORDS = {
    "S-PV.7050.ar.txt": "S-PV.7050.ar.txt",
    "S-PV.3756.en.pdf": "S-PV.3756.en.txt",
    "A-64-PV.121.en.pdf": "A-64-PV.121.en.txt",
}


def truth(name: str) -> dict[str, list[str]]:
    """Return, for each ``turn.paragraph``, what stands there: States with @ before their code."""
    lines = (TRUTH / RECORDS[name]).read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {place: named for place, *named in rows}


def read_off(record: Record) -> dict[str, list[str]]:
    """Return the same of a record that was read."""
    places: dict[str, list[str]] = {}
    for number, turn in enumerate(record.turns()):
        for count, paragraph in enumerate(turn.all_paragraphs()):
            named = [
                f"@{m.id}" if m.kind == "state" else str(m.id)
                for m in paragraph.mentions
                if m.kind == "state" or m.kind not in NOT_CITED
            ]
            if named:
                places[f"{number}.{count}"] = named
    return places


def misses(record: Record, name: str, *, states: bool) -> tuple[int, list[str], list[str]]:
    """Return how many were found rightly, what was found too much, and what was missed."""
    want, got = truth(name), read_off(record)
    right, extra, missed = 0, [], []
    for place in sorted(set(want) | set(got), key=lambda p: [int(n) for n in p.split(".")]):
        one = Counter(m for m in want.get(place, []) if m.startswith("@") == states)
        other = Counter(m for m in got.get(place, []) if m.startswith("@") == states)
        right += sum((one & other).values())
        extra += [f"{place} {m}" for m in (other - one).elements()]
        missed += [f"{place} {m}" for m in (one - other).elements()]
    return right, extra, missed
