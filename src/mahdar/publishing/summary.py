"""Say in a page what a record holds: who spoke, for whom, what was decided, what is doubtful."""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.citations import find_symbols
from mahdar.model import Act, Decision, Party, Record, Turn

_DECISIONS = {
    "agenda_adopted": "The agenda was adopted.",
    "statement_adopted": "A statement by the President was adopted",
}
_WIDEST = 46


def summarise(record: Record) -> str:
    r"""Return a readable summary of a record, lines ended by ``\n``.

    Args:
        record: any record.
    """
    return "\n".join(_lines(record)) + "\n"


def _lines(record: Record) -> Iterator[str]:
    yield f"{record.symbol or 'No symbol'} ({record.status}), language {record.language}"
    when = f"{record.date or 'date unknown'}, {record.place or 'place unknown'}"
    yield f"{when}; opened {record.opened_at or '?'}, closed {record.closed_at or '?'}"
    if record.president:
        chair = record.president
        yield f"President: {chair.representative.label} ({chair.state.label})"
    if record.members:
        yield f"Members: {len(record.members)}"
    for item in record.agenda:
        yield f"Agenda: {item.title}"
        if item.subtitle:
            yield f"        {item.subtitle}"
    yield ""
    yield from _speakers(record)
    yield ""
    yield "Documents cited"
    cited: dict[str, int] = {}
    for turn in record.turns():
        for paragraph in turn.all_paragraphs():
            for symbol in find_symbols(paragraph.text):
                cited[symbol.printed] = cited.get(symbol.printed, 0) + 1
    for symbol_text, count in cited.items():
        yield f"  {symbol_text}" + (f"  {count} times" if count > 1 else "")
    if not cited:
        yield "  none"
    yield ""
    yield from _votes(record)
    if record.decisions:
        yield "What became of drafts"
        for decision in record.decisions:
            yield f"  {_decision(decision)}"
        yield ""
    yield "What was done"
    for act in record.acts():
        line = _act(act)
        if line:
            yield f"  {line}"
    yield ""
    unknown = sum(finding.code == "act_not_understood" for finding in record.findings)
    yield f"Procedure not understood: {unknown} places"
    yield f"Doubtful places: {len(record.findings)}"
    for finding in sorted(record.findings, key=lambda finding: -finding.score):
        place = next((s for reading in finding.readings for s in reading.spans), None)
        at = f" [at {place.start}]" if place and place.start is not None else ""
        if place and place.page is not None:
            at = f" [page {place.page}]"
        yield f"  {finding.score:.2f} {finding.code}: {finding.message}{at}"


def _votes(record: Record) -> Iterator[str]:
    votes = record.votes()
    if not votes:
        return
    yield "Votes"
    for vote in votes:
        counts = f"{len(vote.in_favour)}-{len(vote.against)}-{len(vote.abstaining)}"
        yield f"  {vote.method.replace('_', ' ')}: {counts}"
    yield ""


def _speakers(record: Record) -> Iterator[str]:
    turns = record.turns()
    words = sum(turn.words() for turn in turns)
    yield f"Turns: {len(turns)}, words: {words}"
    yield "     words  spoken  in the capacity of      speaker"
    for number, turn in enumerate(turns, 1):
        yield f"{number:4} {turn.words():6}  {turn.language:6}  {_capacity(turn):22}  {turn.label}"
        for part in turn.parts:
            count = sum(len(p.text.split()) for p in part.paragraphs)
            state = f" for {part.affiliation.label}" if part.affiliation else ""
            spoken = part.language or turn.language
            yield f"     {count:6}  {spoken:6}  part: {part.capacity}{state}"


def _decision(decision: Decision) -> str:
    what = decision.draft or decision.symbol or "the draft"
    if decision.symbol and decision.symbol not in what:
        what += f" ({decision.symbol})"
    line = f"{what}: {decision.outcome}"
    if decision.totals:
        totals = decision.totals
        line += f" {totals.in_favour}-{totals.against}-{totals.abstaining}"
    elif decision.how == "without_vote":
        line += " without a vote"
    if decision.vetoed_by:
        line += f", vetoed by {', '.join(decision.vetoed_by)}"
    return line + (f", {decision.number}" if decision.number else "")


def _capacity(turn: Turn) -> str:
    code = turn.affiliation.code if turn.affiliation else None
    return turn.capacity + (f" {code}" if code else "")


def _party(party: Party) -> str:
    person = party.person.label if party.person else ""
    body = party.affiliation.label if party.affiliation else ""
    return f"{person} ({body})" if person and body else person or body


def _act(act: Act) -> str | None:
    if act.act == "opened":
        return f"opened at {act.time}"
    if act.act == "closed":
        return f"closed at {act.time}"
    if act.act in ("resumed", "suspended"):
        return f"{act.act} at {act.time or '?'}"
    if act.act == "invited":
        person = act.person.label if act.person else ""
        body = act.affiliation.label if act.affiliation else ""
        who = f"{person} ({body})" if person and body else person or body or act.text
        who = ", ".join(filter(None, map(_party, act.parties))) or who
        return f"invited {f'under rule {act.rule}' if act.rule else 'by practice'}: {who}"
    if act.act == "chair_taken":
        return f"in the Chair: {_party(Party(act.person, act.affiliation)) or 'the President'}"
    if act.act == "document_noted":
        symbols = ", ".join(act.symbols) or act.symbol
        return f"documents: {symbols}" if symbols else None
    if act.act in _DECISIONS:
        return _DECISIONS[act.act].rstrip(".") + (f" as {act.symbol}" if act.symbol else "")
    if act.act == "speakers_exhausted":
        return "the list of speakers was exhausted"
    return None
