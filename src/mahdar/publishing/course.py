"""Tell the course of a meeting in lines that a person reads."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.model import Act, Ballot, Heading, Party, Record, Totals, Turn, Vote
from mahdar.procedure import Course, Irregularity, MeetingState, Step

IRREGULAR = {
    "another_speaks": "the floor was given to {0}, and {1} speaks",
    "not_invited": "{0} speaks, and was not invited",
    "silent": "the floor was given to {0}, who does not speak",
    "no_outcome": "a vote, and nothing is told of what came of it",
    "no_vote": "an outcome by vote, and no vote is told of",
    "against_count": "the outcome is not what was counted",
    "vetoed": "not adopted, for permanent members voted against it: {all}",
    "not_resumed": "whoever presides spoke for the own country and did not resume the functions",
    "other_chair": "the label '{0}' does not agree with who took the Chair",
    "draft_unknown": "a decision of which the draft is not known",
    "not_suspended": "resumed, and it was not suspended",
    "not_opened": "suspended, and it was not open",
    "after_close": "something is said after the meeting rose",
    "suspended_at_end": "the record does not tell that the meeting rose",
}
"""What each kind of irregularity says, of the names that it holds."""


def tell_course(course: Course, record: Record) -> str:
    r"""Return the course of a meeting and its irregularities, lines ended by ``\n``.

    Args:
        course: of the record.
        record: the record.
    """
    return "\n".join(_lines(course, record)) + "\n"


def _lines(course: Course, record: Record) -> Iterator[str]:
    yield f"{record.symbol or 'No symbol'}: {len(course.steps)} steps"
    turn = 0
    for step in course.steps:
        item = record.body[step.place]
        turn += isinstance(item, Turn)
        yield from _step(step, record, turn)
    yield ""
    yield f"Irregularities: {len(course.irregularities)}"
    for one in course.irregularities:
        yield f"  step {one.place + 1}: {tell_irregularity(one)}"


def tell_irregularity(one: Irregularity) -> str:
    """Return what an irregularity says.

    >>> tell_irregularity(Irregularity("silent", 4, ("TCD",)))
    'the floor was given to TCD, who does not speak'
    """
    return IRREGULAR[one.kind].format(*one.names, all=", ".join(one.names))


def _step(step: Step, record: Record, turn: int) -> Iterator[str]:
    item = record.body[step.place]
    number = f"{step.place + 1:5}  "
    if isinstance(item, Heading):
        yield f"{number}{'#' * item.level} {item.text}"
    elif isinstance(item, Turn):
        who = f" [{_party(item.chair)}]" if item.chair else ""
        tail = f" — {item.purpose.replace('_', ' ')}" if item.purpose else ""
        yield f"{number}t{turn} {item.label}{who}: {item.capacity}{tail}"
    elif isinstance(item, Vote):
        counts = Totals(len(item.in_favour), len(item.against), len(item.abstaining))
        yield f"{number}vote, {item.method.replace('_', ' ')}: {_totals(counts)}"
    elif isinstance(item, Ballot):
        yield f"{number}ballot {item.group or ''}".rstrip()
    else:
        yield f"{number}{'  ' if item.within else ''}{_act(item)}"
    for change in _changes(step.before, step.after):
        yield f"         → {change}"


def _act(act: Act) -> str:
    words = [act.act.replace("_", " ")]
    words += [act.time or "", f"to {act.until}" if act.until else ""]
    if act.rule or act.practice:
        words.append(f"by rule {act.rule}" if act.rule else "by previous practice")
    words.append(", ".join(filter(None, map(_party, act.all_parties()))))
    words.append(", ".join(act.symbols) or act.symbol or act.draft or "")
    words += [act.number or "", _totals(act.totals) if act.totals else ""]
    words.append(act.purpose.replace("_", " ") if act.purpose else "")
    return " ".join(word for word in words if word)


def _party(party: Party | None) -> str:
    if party is None:
        return ""
    person = party.person.label if party.person else ""
    body = (party.affiliation.code or party.affiliation.label) if party.affiliation else ""
    return f"{person} ({body})" if person and body else person or body


def _totals(totals: Totals) -> str:
    return f"{totals.in_favour}-{totals.against}-{totals.abstaining}"


def _changes(before: MeetingState, after: MeetingState) -> Iterator[str]:
    if before.phase != after.phase:
        yield after.phase.replace("_", " ")
    if before.chair != after.chair:
        yield f"in the Chair: {_party(after.chair) or 'not known'}"
    if before.national != after.national:
        yield "the Chair speaks for the own country" if after.national else "the Chair again"
    if before.question != after.question and after.question:
        yield f"before the vote: {after.question.symbol or after.question.name}"
