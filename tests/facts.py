"""Hold a record against a truth file: tests/truth/README.md says how those are written."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from mahdar.authority import find_state
from mahdar.languages import load_language
from mahdar.model import Act, Decision, Heading, Record, Totals, Turn, Vote

TRUTH = Path(__file__).parent / "truth"


def truth_of(name: str) -> dict[str, Any]:
    """Return the truth about a record, such as ``S-PV.3756.en``."""
    return tomllib.loads((TRUTH / f"{name}.toml").read_text(encoding="utf-8"))


def names() -> list[str]:
    """Return the names of all records that there are truth files for."""
    return sorted(path.stem for path in TRUTH.glob("*.toml"))


def events_of(record: Record, *, codes: bool = False) -> list[str]:
    """Return what happens in a record, one line each, as a truth file writes it.

    With ``codes``, States stand by their codes: a misread name has the right one all the same.
    """
    lines: list[str] = []
    symbols = {decision.act_index: decision for decision in record.decisions}
    for number, item in enumerate(record.body):
        if isinstance(item, Turn):
            lines.append(_turn(item, codes=codes))
            lines += [f"language {p.language}" for p in item.parts if p.mark]
        elif isinstance(item, Vote):
            lines.append(f"vote {item.method} | {_totals(_counts(item))}")
        elif isinstance(item, Heading) and item.items:
            lines.append(f"item {_range(item.items)}{' continued' if item.continued else ''}")
        elif isinstance(item, Act):
            line = _act(item, symbols.get(number))
            if line:
                lines.append(line)
    return lines


def expected_events(truth: dict[str, Any], *, codes: bool = False) -> list[str]:
    """Return the events of a truth file, blanks made single."""
    lines = [" ".join(line.split()) for line in truth["events"].strip().splitlines()]
    lines = [_range_line(line) for line in lines]
    return [_coded(line) for line in lines] if codes else lines


def _coded(line: str) -> str:
    if not line.startswith("turn "):
        return line
    name, state, language = line.split("|")
    known = find_state(state.strip(), load_language("en"))
    return f"{name}| {known.code if known else ''} |{language}".replace("|  |", "| |")


def _range_line(line: str) -> str:
    """Write the numbers of items one by one: a truth file may say "21 to 26"."""
    if not line.startswith("item "):
        return line
    words = line.removeprefix("item ").replace(" continued", "")
    numbers: list[str] = []
    for part in words.replace(" and ", " ").replace(",", " ").split(" to "):
        found = re.findall(r"\d+", part)
        if numbers and found:
            numbers += [str(n) for n in range(int(numbers[-1]) + 1, int(found[0]))]
        numbers += found
    return f"item {_range(tuple(numbers))}{' continued' if 'continued' in line else ''}"


def _range(items: tuple[str, ...]) -> str:
    return " ".join(items)


def _turn(turn: Turn, *, codes: bool = False) -> str:
    speaker = turn.speaker
    name = " ".join(filter(None, (speaker.honorific, speaker.name)))
    if not name:
        name = turn.speaker.label.split("(")[0].strip()
    state = turn.affiliation.label if turn.affiliation else ""
    if codes and turn.affiliation:
        state = turn.affiliation.code or state
    return " ".join(f"turn {name} | {state} | {turn.language}".split())


def _act(act: Act, decision: Decision | None) -> str | None:
    place = "spoken" if act.within is not None and not act.spans else "act"
    if act.act in ("opened", "closed", "resumed"):
        return f"act {act.act} {act.time}"
    if act.act == "suspended":
        return " ".join(f"act suspended {act.time or ''} {act.until or ''}".split())
    if act.act == "decided" and place == "spoken":
        return None
    if act.act in ("agenda_adopted", "decided", "seated", "silence"):
        return f"act {act.act}"
    if act.act == "chair_taken":
        who = " ".join(filter(None, (act.person.honorific, act.person.name))) if act.person else ""
        return f"act chair_taken {who}".strip()
    if act.act in ("adopted", "retained", "rejected", "withdrawn"):
        symbol = decision.symbol if decision else None
        draft = act.symbol or symbol or act.draft or ""
        draft = re.sub(r",? as (orally )?(amended|corrected|a whole).*$", "", draft)
        made = act.totals or (decision.totals if decision and place == "spoken" else None)
        totals = _totals(made) if made else ""
        return " ".join(f"{place} {act.act} {draft} | {act.number or ''} | {totals}".split())
    if act.act == "advised":
        named = [p.affiliation.label for p in act.all_parties() if p.affiliation]
        label = " and ".join(name.removeprefix("the ") for name in named)
        return f"advised {label} | {act.meant}"
    return None


def _counts(vote: Vote) -> Totals:
    return Totals(len(vote.in_favour), len(vote.against), len(vote.abstaining))


def _totals(totals: Totals) -> str:
    return f"{totals.in_favour} {totals.against} {totals.abstaining}"
