"""Hold what was read of the course of a meeting against the truth: tests/truth/course/README.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec

from mahdar.authority.finder import name_table
from mahdar.languages import Language, load_language
from mahdar.model import Act, Heading, Party, Record, Turn, Vote

COURSE = Path(__file__).parent / "truth" / "course"
KINDS = (
    "printed acts", "spoken acts", "floor with whom", "invited with all names", "chair", "capacity",
    "purpose", "group", "alignment", "decisions", "non-speech within turns",
)  # fmt: skip
# Acts as the truth names them, for those that the model names otherwise.
_SAID = {
    "document_noted": "documents", "consultations_held": "consultations", "silence_asked": "silence",
    "time_limited": "time_limit",
}  # fmt: skip
# What happens aside, and is no one's words.
_ASIDE = {"narrative", "applause", "silence", "escorted", "seated"}
_CHAIR_ONLY = {"series_opened", "welcomed"}
_MARKS = re.compile(r"[\W_]+")


class Line(msgspec.Struct, frozen=True):
    """A line of a truth file."""

    kind: str
    what: str
    fixed: tuple[str, ...] = ()
    values: dict[str, str] = {}
    number: int = 0


class Counted(msgspec.Struct):
    """What was compared of one kind: things that are right, missed, and too many."""

    hits: int = 0
    missed: list[str] = []
    false: list[str] = []


def read_truth(path: Path) -> list[Line]:
    """Return the lines of a truth file; remarks are left out."""
    lines: list[Line] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = raw.strip()
        if not text or text.startswith("#"):
            continue
        kind, _, rest = text.partition(" ")
        fields = [field.strip() for field in re.split(r"\s\|(?:\s|$)", rest)]
        fixed = [f for f in fields[1:] if not re.match(r"[a-z_]+=", f)]
        keys = [f.partition("=") for f in fields[1:] if re.match(r"[a-z_]+=", f)]
        values: dict[str, str] = {}
        for key, _, value in keys:
            values[key] = f"{values[key]} ; {value}" if key in values else value.strip()
        lines.append(Line(kind, fields[0], tuple(fixed), values, number))
    return lines


def compare(record: Record, truth: list[Line]) -> dict[str, Counted]:
    """Return, for each kind, what of a record agrees with the truth."""
    language = load_language(record.language)
    made: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for kind, fact in facts_of(record, language):
        made[kind][fact] += 1
    true: dict[str, Counter[str]] = {kind: Counter() for kind in KINDS}
    for kind, fact in facts_of_truth(truth, language):
        true[kind][fact] += 1
    found: dict[str, Counted] = {}
    for kind in KINDS:
        hits = sum((made[kind] & true[kind]).values())
        missed = sorted((true[kind] - made[kind]).elements())
        false = sorted((made[kind] - true[kind]).elements())
        found[kind] = Counted(hits, missed, false)
    return found


def facts_of(record: Record, language: Language) -> Iterator[tuple[str, str]]:
    """Yield what was read, each fact as a word of its kind and where it is."""
    turn = 0
    decided = {d.act_index: d for d in record.decisions}
    for place, item in enumerate(record.body):
        if isinstance(item, Turn):
            turn += 1
            yield from _turn_facts(item, turn, language)
        elif isinstance(item, Vote):
            totals = f"{len(item.in_favour)} {len(item.against)} {len(item.abstaining)}"
            yield "printed acts", f"t{turn} vote {item.method} {totals}"
        elif isinstance(item, Heading) and item.items:
            yield "printed acts", f"t{turn} heading {' '.join(item.items)}"
        elif isinstance(item, Act):
            yield from _act_facts(item, turn, language)
        if place in decided:
            decision = decided[place]
            made = decision.totals
            shown = f"{made.in_favour} {made.against} {made.abstaining}" if made else ""
            yield "decisions", " ".join(
                (decision.outcome, _key(_draft(decision.symbol or decision.draft or ""), language),
                 _key(decision.number or "", language), shown)
            )  # fmt: skip


def _turn_facts(turn: Turn, number: int, language: Language) -> Iterator[tuple[str, str]]:
    at = f"t{number}"
    yield "capacity", f"{at} {turn.capacity}"
    for part in turn.parts[1:]:
        if part.mark is None or part.capacity != turn.capacity:
            words = " ".join(part.paragraphs[0].text.split()[:4]) if part.paragraphs else ""
            yield "capacity", f"{at} part {part.capacity} {_key(words, language)[:12]}"
    if turn.capacity == "president":
        yield "chair", f"{at} {_party(turn.chair, language) if turn.chair else '?'}"
    if turn.purpose:
        yield "purpose", f"{at} {turn.purpose}"
    groups = turn.spoken_for or ((turn.on_behalf_of,) if turn.on_behalf_of else ())
    for group in groups:
        yield "group", f"{at} {_group(group, language)}"
    for state in turn.aligned:
        yield "alignment", f"{at} {state}"
    for group in turn.aligns_with:
        yield "alignment", f"{at} with {_group(group, language)}"


def _act_facts(act: Act, turn: int, language: Language) -> Iterator[tuple[str, str]]:
    at, name = f"t{turn}", _SAID.get(act.act, act.act)
    printed = bool(act.spans)
    if act.act in _CHAIR_ONLY:
        return
    if act.act == "capacity_changed":
        name = "capacity_resumed" if act.capacity == "president" else "capacity_changed"
    if not printed:
        yield "spoken acts", f"{at} {name}"
        who = sorted(_party(party, language) for party in act.all_parties())
        if act.act == "floor_given":
            yield "floor with whom", f"{at} {' '.join(who)}"
        if act.act == "invited":
            rule = "practice" if act.practice else str(act.rule or "")
            for party in who:
                yield "invited with all names", f"{at} {rule} {party}"
        return
    extra = {"opened": act.time, "closed": act.time, "resumed": act.time}.get(act.act) or ""
    if act.act == "suspended":
        extra = " ".join(filter(None, (act.time, act.until)))
    if act.act == "decided":
        extra = act.number or ""
    if act.act in ("adopted", "rejected", "retained", "withdrawn"):
        extra = _key(_draft(act.symbol or act.draft or ""), language)
    if act.act == "advised":
        who = sorted(_party(party, language) for party in act.all_parties())
        extra = f"{' '.join(who)} {act.meant}"
    if act.act == "narrated":
        name = "narrative"
    kind = "non-speech within turns" if name in _ASIDE else "printed acts"
    yield kind, f"{at} {name} {extra}".strip()


def _party(party: Party, language: Language) -> str:
    code = party.affiliation.code or party.affiliation.label if party.affiliation else ""
    name = ""
    if party.person is not None:
        name = _key(party.person.name or party.person.label, language)
    return name or f"/{_key(code, language)}"


def facts_of_truth(truth: list[Line], language: Language) -> Iterator[tuple[str, str]]:
    """Yield what a truth file says, as :func:`facts_of` does."""
    turn = 0
    capacity = counted = ""
    for line in truth:
        if line.what == "vote_announced":
            counted = line.values.get("totals", "")
        elif line.what in ("adopted", "rejected") and line.kind == "said":
            line = msgspec.structs.replace(line, values={"totals": counted, **line.values})
            counted = ""
        if line.kind == "turn":
            turn += 1
            capacity = line.fixed[1] if len(line.fixed) > 1 else line.fixed[0]
            yield from _turn_lines(line, turn, capacity, language)
        elif line.kind == "print":
            yield from _print_lines(line, turn, language)
        elif line.kind == "said":
            yield from _said_lines(line, turn, language)


def _turn_lines(
    line: Line, turn: int, capacity: str, language: Language
) -> Iterator[tuple[str, str]]:
    at, values = f"t{turn}", line.values
    yield "capacity", f"{at} {capacity}"
    for part in _several(values.get("part")):
        role, _, words = part.partition(":")
        words = " ".join(words.split()[:4])
        yield "capacity", f"{at} part {role.strip()} {_key(words, language)[:12]}"
    if capacity == "president":
        yield "chair", f"{at} {_person(values.get('chair', '?'), language)}"
    if "purpose" in values:
        yield "purpose", f"{at} {values['purpose']}"
    for group in _several(values.get("for")):
        yield "group", f"{at} {_group(group, language)}"
    for state in _several(values.get("aligned")):
        yield "alignment", f"{at} {_code(state, language)}"
    for group in _several(values.get("aligns_with")):
        yield "alignment", f"{at} with {_group(group, language)}"


def _print_lines(line: Line, turn: int, language: Language) -> Iterator[tuple[str, str]]:
    at, what, values = f"t{turn}", line.what, line.values
    if what == "language":
        return
    extra = ""
    if what in ("opened", "closed", "resumed"):
        extra = values.get("time", "")
    elif what == "suspended":
        extra = " ".join(filter(None, (values.get("time"), values.get("until"))))
    elif what == "decided":
        extra = values.get("number", "")
    elif what in ("adopted", "rejected", "retained", "withdrawn"):
        extra = _key(_draft(values.get("draft", "")), language)
        yield "decisions", _decision(what, values, language)
    elif what == "vote":
        extra = f"{values.get('method', 'unknown')} {values.get('totals', '')}".strip()
    elif what == "heading":
        extra = values.get("items", "")
    elif what == "advised":
        who = sorted(_person(one, language) for one in _several(values.get("who")))
        extra = f"{' '.join(who)} {values.get('meant')}"
    kind = "non-speech within turns" if what in _ASIDE else "printed acts"
    yield kind, f"{at} {what} {extra}".strip()


def _said_lines(line: Line, turn: int, language: Language) -> Iterator[tuple[str, str]]:
    at, what, values = f"t{turn}", line.what, line.values
    if what == "speakers_exhausted" and "concluded" in values:
        what = "concluded"  # of a sentence that says both, the model tells both
    yield "spoken acts", f"{at} {what}"
    who = sorted(_person(one, language) for one in _several(values.get("who") or values.get("to")))
    if what == "floor_given":
        yield "floor with whom", f"{at} {' '.join(w for w in who if 'member' not in w)}"
    if what == "invited":
        for one in who:
            yield "invited with all names", f"{at} {values.get('rule', '')} {one}"
    if what in ("adopted", "rejected", "withdrawn"):
        yield "decisions", _decision(what, values, language)


def _decision(outcome: str, values: dict[str, str], language: Language) -> str:
    return " ".join(
        (outcome, _key(_draft(values.get("draft", "")), language),
         _key(values.get("number", ""), language), values.get("totals", ""))
    )  # fmt: skip


def _draft(printed: str) -> str:
    """Return the symbol in a draft's name, or the name."""
    symbol = re.search(r"[A-Z]/[\w./-]*\d", printed)
    return symbol.group() if symbol else re.sub(r"^[Tt]he ", "", printed)


def _several(value: str | None) -> list[str]:
    return [part.strip() for part in value.split(" ; ") if part.strip()] if value else []


def _person(printed: str, language: Language) -> str:
    """Return a person or body of the truth as :func:`_party` writes one."""
    from mahdar.parsing.names import read_name

    bare = re.sub(r"\s*[(（].*[)）]\s*$", "", printed)
    name = read_name(bare.split(",")[0].strip(), language)
    if name.honorific:
        return _key(name.name or name.label, language)
    return f"/{_key(_code(bare.split(',')[0].strip(), language), language)}"


def _code(printed: str, language: Language) -> str:
    from mahdar.authority import find_affiliation

    return find_affiliation(printed, language).code or printed


def _group(printed: str, language: Language) -> str:
    """Return the code of a group or body, else of a State, that is named; else the words."""
    found = [f.name for f in name_table(language.data.code).find(printed)]
    named = [name.code for name in found if name.kind in ("group", "organisation")]
    named += [name.code for name in found if name.kind == "state"]
    return named[0] if named else _key(printed, language)


def _key(text: str, language: Language) -> str:
    return _MARKS.sub(" ", language.key(text)).strip().replace(" ", "_")
