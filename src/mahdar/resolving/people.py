"""The people of a record: every form of a name that is printed, brought together with reasons."""

from __future__ import annotations

import re

import msgspec

from mahdar.authority.finder import name_table
from mahdar.authority.persons import affiliation_of, person_id
from mahdar.authority.sound import spelt_alike
from mahdar.authority.tables import rows
from mahdar.languages import Language
from mahdar.model import Affiliation, Name, Person, Record
from mahdar.organs import read_organ

_PARTS = re.compile(r"[^\s·]+")  # of a name: Chinese prints a dot between them
_SAME = 0.72
_SURE = 0.9

# A name is compared with so many people of one State, and so many forms of a name, those that came
# last: no record has as many, and a file made to have them would take the square of its length.
_MOST = 100


class _Group(msgspec.Struct):
    affiliation: str | None
    office: str | None
    names: list[Name]
    turns: list[int]
    why: list[str]
    score: float = 1.0
    within: list[Name] = []


def people_of(record: Record, language: Language) -> tuple[Person, ...]:
    """Return the people who sit, speak or are invited, each once.

    Two printed names are one person where State, body or office is the same and the names
    are alike; a name alone never brings two together.

    Args:
        record: whose roster, turns and acts to look through.
        language: how names are compared.
    """
    groups: list[_Group] = []
    for member in record.members:
        _place(
            groups,
            member.representative,
            member.state.code or member.state.label,
            None,
            None,
            language,
        )
    organ = read_organ(record.organ)
    general = _secretary_general(record.date, language)
    for number, turn in enumerate(record.turns(), 1):
        if turn.speaker.name:
            _place(
                groups, turn.speaker, _of(turn.affiliation), None, number, language
            )  # fmt: skip
        elif general and turn.capacity == "secretariat" and _is_general(turn.label, language):
            _place(groups, general, "SECRETARIAT", "SG", number, language)
        elif turn.capacity == "president" and turn.chair and turn.chair.person:
            where = _of(turn.chair.affiliation)
            if turn.chair.person.name and where:
                office = None if turn.acting or organ is None else organ.chair.code
                _place(groups, turn.chair.person, where, office, number, language)
    for act in record.acts():
        if act.person is None or not act.person.name:
            continue
        # A surname alone, of nobody's, is whoever speaks next: no one new.
        if act.affiliation or len(_PARTS.findall(act.person.name)) > 1:
            group = _place(groups, act.person, _of(act.affiliation), None, None, language)
            group.within.append(act.person)
    return tuple(_person(group, language) for group in groups)


def _secretary_general(date: str | None, language: Language) -> Name | None:
    """Return who was Secretary-General on a day, as the language prints the name."""
    for row in rows("office_holders.tsv"):
        if date and row["code"] == "SG" and row["from"] <= date <= row["until"]:
            name = row[language.data.code]
            return Name(name, None, name)
    return None


def _is_general(label: str, language: Language) -> bool:
    found = next(iter(name_table(language.data.code).find(label)), None)
    return found is not None and found.name.code == "SG" and found.start == 0


def _of(affiliation: Affiliation | None) -> str | None:
    return affiliation_of(affiliation) if affiliation else None


def _place(
    groups: list[_Group],
    name: Name,
    affiliation: str | None,
    office: str | None,
    turn: int | None,
    language: Language,
) -> _Group:
    """Put a printed name with the person it names, or begin a new one; return that one."""
    best, most = None, 0.0
    anywhere = affiliation is None and len(_PARTS.findall(name.name or "")) > 1
    there = [group for group in groups if anywhere or group.affiliation == affiliation]
    same = [group for group in there[:-_MOST] if any(n.label == name.label for n in group.names)]
    for group in same + there[-_MOST:]:
        likeness = max(_alike(name, known, language) for known in group.names[-_MOST:])
        if likeness > most:
            best, most = group, likeness
    if best is None or most < _SAME:
        turns = [turn] if turn is not None else []
        groups.append(_Group(affiliation, office, [name], turns, []))
        return groups[-1]
    if all(known.label != name.label for known in best.names):
        if most < 1.0:
            kind = "a short form" if most >= _SURE else "misread or spelt otherwise"
            best.why.append(
                f"'{name.label}' and '{best.names[0].label}': both for"
                f" {affiliation or best.affiliation or best.office},"
                f" names alike {most:.2f} ({kind})"
            )
            best.score = min(best.score, most)
        best.names.append(name)
    if turn is not None and turn not in best.turns[-1:]:  # turns come in order
        best.turns.append(turn)
    best.office = best.office or office
    return best


def _alike(one: Name, other: Name, language: Language) -> float:
    first, second = language.key(one.name or one.label), language.key(other.name or other.label)
    if re.sub(r"\W", "", first) == re.sub(r"\W", "", second):
        return 1.0
    return round(spelt_alike(first.replace("-", " "), second.replace("-", " ")), 2)


def _person(group: _Group, language: Language) -> Person:
    names = group.names
    if language.data.writing.names_decline:
        # The roster and the labels print a name itself, a sentence prints a case of it.
        names = [name for name in names if name not in group.within] or names
    fullest = max(names, key=lambda name: len((name.name or name.label).split()))
    forms = sorted({name.label for name in group.names}, key=lambda form: (-len(form), form))
    printed = fullest.name or fullest.label
    return Person(
        person_id(printed, group.affiliation or group.office),
        printed,
        tuple(forms),
        group.affiliation,
        group.office,
        tuple(group.turns),
        tuple(group.why),
        group.score,
    )
