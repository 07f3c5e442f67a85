"""Identities told in words, for people."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.authority.persons import Identity
from mahdar.authority.who import Answer


def tell(name: str, answers: Sequence[Answer]) -> str:
    """Return what a name may mean, in lines.

    Args:
        name: that was asked for.
        answers: from :func:`mahdar.authority.who.who`.
    """
    if not answers:
        return (
            f"'{name}' is no State, body, group or office that is known, nor like one.\n"
            "Persons are known from records only: see `mahdar people FILE`.\n"
        )
    lines = []
    for answer in answers:
        likely = "" if answer.score == 1.0 else f"  (likeness {answer.score:.2f})"
        lines.append(f"{answer.code}  {answer.kind}{likely}")
        lines += [f"  how      {reason}" for reason in answer.how]
        lines += [f"  {code}       {printed}" for code, printed in sorted(answer.names.items())]
        lines += [f"  {key:<8} {value}" for key, value in answer.facts.items()]
        lines.append("")
    return "\n".join(lines)


def tell_people(people: Sequence[Identity]) -> str:
    """Return the people of some records, in lines: names, where they were seen, why merged."""
    lines = []
    for person in people:
        turns = sum(len(sighting.person.turn_numbers) for sighting in person.sightings)
        records = len({sighting.record for sighting in person.sightings})
        where = f"in {records} records, " if records > 1 else ""
        lines.append(f"{person.id}  {' | '.join(person.names)}  ({where}{turns} turns)")
        for sighting in person.sightings:
            lines += [f"  {sighting.record}: {reason}" for reason in sighting.person.why]
        lines += [f"  {m.one} = {m.other}: {m.why} ({m.score:.2f})" for m in person.merges]
    return "\n".join(lines) + "\n"
