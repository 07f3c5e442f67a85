"""Make the record of a meeting from what happened and the words of one language.

Nothing here reads: a record that is built so is the truth that readers and
publishers are held against.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

import msgspec

from mahdar.authority import organisation_name, printed_name
from mahdar.citations import find_symbols
from mahdar.languages import Language, load_language
from mahdar.languages.writing import (
    Gender,
    own_digits,
    write_act,
    write_formula,
    write_mark,
    write_time,
    write_when,
)
from mahdar.model import (
    Act,
    Affiliation,
    AgendaItem,
    BodyItem,
    Capacity,
    CoverField,
    Decision,
    Document,
    Heading,
    Member,
    Name,
    Notice,
    Paragraph,
    Part,
    Party,
    Record,
    State,
    Totals,
    Turn,
    Vote,
    Within,
)
from mahdar.organs import read_organ
from mahdar.sources.packed import one_line

Facts = Mapping[str, Any]
_HEADS = ("in_favour", "against", "abstaining")


def meeting_facts() -> dict[str, Any]:
    """Return what happened in the invented meeting, in no language."""
    return _toml("facts.toml")


def meeting_words(code: str) -> dict[str, Any]:
    """Return the words of the invented meeting in a language (ISO 639-1)."""
    return _toml(f"{code}.toml")


def specimen(code: str) -> Record:
    """Return the record of the invented meeting in a language.

    Args:
        code: ISO 639-1, one of the six official languages.

    >>> record = specimen("zh")
    >>> record.symbol, record.turns()[0].label
    ('S/PV.99902', '主席（以西班牙语发言）')
    """
    return build_record(meeting_facts(), meeting_words(code), load_language(code))


def build_record(facts: Facts, words: Facts, language: Language) -> Record:
    """Make a record.

    Args:
        facts: what happened, as in ``specimens/meeting/facts.toml``.
        words: names and texts, as in ``specimens/meeting/en.toml``.
        language: whose phrase book writes the formulae.

    Raises:
        LanguageDataError: the language file cannot write something that happened.
        KeyError: a word is missing.
    """
    return _Builder(facts, words, language).record()


def _toml(name: str) -> dict[str, Any]:
    file = resources.files("mahdar.specimens") / "meeting" / name
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _colon(language: Language) -> str:
    """Return the colon as it stands in a record, where every blank is a plain one."""
    return language.data.writing.colon.replace("\u00a0", " ")


class _Builder:
    def __init__(self, facts: Facts, words: Facts, language: Language) -> None:
        self._facts, self._words, self._language = facts, words, language
        self._texts: Facts = words["words"]
        self._items: list[BodyItem] = []
        self._decisions: list[Decision] = []
        self._turns = 0
        self._vote: int | None = None
        self._draft: str | None = None
        self._result: Totals | None = None

    def record(self) -> Record:
        facts, language = self._facts, self._language
        president = self._member(facts["president"])
        for item in facts["body"]:
            self._item(item)
        members = [msgspec.structs.replace(president, presides=True)]
        members += [self._member(key) for key in facts["members"]]
        letter = self._texts["letter"]
        return Record(
            symbol=facts["symbol"], organ=facts["organ"], meeting_number=facts["number"],
            language=language.data.code, status=facts["status"], date=facts["date"],
            scheduled_time=facts["time"], opened_at=self._time("opened"),
            closed_at=self._time("closed"), place=self._words["place"],
            year_of_organ=facts["year_of_organ"], president=president, members=tuple(members),
            agenda=(AgendaItem(self._texts["title"], None, (facts["document"],), ()),),
            documents=(Document(facts["document"], letter),), notice=self._notice(),
            cover=self._cover(), body=tuple(self._items), furniture=(), findings=(),
            decisions=tuple(self._decisions),
        )  # fmt: skip

    def _time(self, act: str) -> str | None:
        return next((item["time"] for item in self._facts["body"] if item.get("act") == act), None)

    def _notice(self) -> Notice:
        written = self._language.data.cover.written
        return Notice(written.notice if written else "", ())

    def _cover(self) -> tuple[CoverField, ...]:
        facts, data = self._facts, self._language.data.cover
        known = read_organ(facts["organ"])
        organ = known.name(self._language.data.code) if known else facts["organ"]
        status = next(s.forms[0] for s in data.status if s.value == facts["status"])
        number = own_digits(self._language, str(facts["number"]))
        meeting = write_formula(data.written.meeting, {"number": number}) if data.written else ""
        when = write_when(self._language, facts["date"], facts["time"])
        place, date = self._words["place"], f"{facts['date']}T{facts['time']}"
        fields: Sequence[tuple[str, str, str | int | None]] = (
            ("publisher", data.publisher[0], None),
            ("symbol", facts["symbol"], facts["symbol"]),
            ("status", status, facts["status"]),
            ("organ", organ, facts["organ"]),
            ("year_of_organ", self._words["year"], facts["year_of_organ"]),
            ("meeting_number", meeting, facts["number"]),
            ("date", when, date),
            ("place", place, place),
            ("agenda", data.agenda[0], None),
        )
        return tuple(CoverField(field, label, value, ()) for field, label, value in fields)

    def _gender(self, key: str) -> Gender:
        gender: Gender = self._facts["people"][key]["gender"]
        return gender

    def _name(self, person: Facts, honorific: str | None = None) -> Name:
        honorific = honorific or person["honorific"]
        if self._language.data.labels.honorific_after:
            return Name(f"{person['name']}{honorific}", honorific, person["name"])
        return Name(f"{honorific} {person['name']}", honorific, person["name"])

    def _state(self, code: str) -> State:
        label = printed_name(code, self._language)
        assert label is not None
        return State(label, code)

    def _member(self, key: str) -> Member:
        state = self._state(self._facts["people"][key]["state"])
        return Member(state, self._name(self._words["people"][key]))

    def _item(self, item: Facts) -> None:
        if "turn" in item:
            self._turn(item)
        elif "heading" in item:
            key = item["heading"]
            titles = self._language.data.titles
            text = titles.agenda_adoption[0] if key == "agenda_adoption" else self._texts[key]
            symbols = tuple(found.printed for found in find_symbols(text))
            self._items.append(Heading(text, item.get("level", 1), (), symbols=symbols))
        elif "vote" in item:
            self._take_vote(item)
        else:
            self._printed(item)

    def _printed(self, item: Facts) -> None:
        name, time = item["act"], item.get("time")
        if name in self._texts:
            text = self._texts[name]
        else:
            values = {"time": write_time(self._language, time)} if time else {}
            text = write_act(self._language, name, values)
        state = self._state(item["state"]) if "state" in item else None
        body = Affiliation(state.label, "state", state.code) if state else None
        self._items.append(Act(name, text, (), time=time, affiliation=body))

    def _take_vote(self, item: Facts) -> None:
        facts, language = self._language.data.votes, self._language
        lists: dict[str, tuple[State, ...]] = {}
        lines = [self._texts[item.get("words", "vote_taken")]]
        comma = language.data.writing.list_comma + language.gap
        for head in _HEADS:
            states = [self._state(code) for code in item.get(head, ())]
            lists[head] = tuple(states)
            names = comma.join(state.label for state in states) or facts.none[0]
            lines.append(f"{getattr(facts, head)[0]}{_colon(language)}{language.gap}{names}")
        self._vote, self._draft = len(self._items), item.get("draft")
        self._items.append(
            Vote(item["vote"], lists["in_favour"], lists["against"], lists["abstaining"],
                 one_line("\n".join(lines)), ())
        )  # fmt: skip

    def _turn(self, item: Facts) -> None:
        key = item["turn"]
        person, words = self._facts["people"][key], self._words["people"].get(key, {})
        self._turns = number = self._turns + 1
        acts: list[Act] = []
        parts: list[Part] = []
        paragraphs: list[Paragraph] = []
        capacity: Capacity = self._capacity(key)
        part_capacity: Capacity = capacity
        part_affiliation: Affiliation | None = None
        for counted, entry in enumerate(item["say"], 1):
            text, found = self._paragraph(entry, number, counted)
            shift = next((act for act in found if act.act == "capacity_changed"), None)
            if shift and shift.capacity == "president":
                parts.append(Part(part_capacity, part_affiliation, tuple(paragraphs)))
                paragraphs, part_capacity, part_affiliation = [], "president", None
            paragraphs.append(Paragraph(text, ()))
            acts += found
            if shift and shift.capacity == "national":
                parts.append(Part(part_capacity, part_affiliation, tuple(paragraphs)))
                paragraphs, part_capacity, part_affiliation = [], "national", shift.affiliation
        if parts:
            parts.append(Part(part_capacity, part_affiliation, tuple(paragraphs)))
            paragraphs = []
        spoken = person["speaks"]
        interpreted = spoken != self._language.data.code
        affiliation = self._affiliation(key, capacity)
        label = self._label(key, affiliation, spoken if interpreted else None)
        name = Name(label, words.get("honorific"), words.get("name"))
        if capacity == "president":
            name = Name(label)
        turn = Turn(
            label, name, capacity, affiliation, spoken, interpreted, tuple(paragraphs), (),
            parts=tuple(parts), purpose=item.get("purpose"),
            chair=self._chair() if capacity == "president" else None,
        )  # fmt: skip
        self._items.append(turn)
        for act in acts:
            self._items.append(act)
            if act.act == "vote_announced":
                self._result = act.totals
            if act.act in ("adopted", "rejected"):
                self._decide(act)

    def _chair(self) -> Party:
        """Who presides: whoever the cover names."""
        member = self._member(self._facts["president"])
        return Party(
            member.representative, Affiliation(member.state.label, "state", member.state.code)
        )

    def _capacity(self, key: str) -> Capacity:
        person = self._facts["people"][key]
        if key == self._facts["president"]:
            return "president"
        if person.get("office") == "secretariat":
            return "secretariat"
        return "member" if key in self._facts["members"] else "invited"

    def _affiliation(self, key: str, capacity: Capacity) -> Affiliation | None:
        person = self._facts["people"][key]
        if capacity == "president":
            return None
        if capacity == "secretariat":
            return Affiliation(self._words["people"][key]["office"], "secretariat", None)
        if "organisation" in person:
            label = organisation_name(person["organisation"], self._language)
            return Affiliation(label or "", "organisation", person["organisation"])
        state = self._state(person["state"])
        return Affiliation(state.label, "state", state.code)

    def _label(self, key: str, affiliation: Affiliation | None, spoken: str | None) -> str:
        words = self._words["people"][key]
        if key == self._facts["president"]:
            label = str(self._words["president"])
            affiliation = None
        elif "office" in words:
            label, affiliation = words["office"], None
        else:
            label = self._name(words).label
        open_, close = tuple(self._language.data.writing.brackets)
        gap = self._language.gap
        if affiliation:
            label += f"{gap}{open_}{affiliation.label}{close}"
        if spoken:
            label += f"{gap}{open_}{write_mark(self._language, spoken, self._gender(key))}{close}"
        return label

    def _paragraph(self, entry: Any, turn: int, number: int) -> tuple[str, list[Act]]:
        """Return the text of a paragraph and the acts that are done in it."""
        entries = entry if isinstance(entry, list) else [entry]
        text = ""
        acts: list[Act] = []
        totals: Totals | None = None
        for one in entries:
            if text:
                text += self._language.gap
            start = len(text)
            if isinstance(one, str):
                text += self._texts[one]
                continue
            if one.get("result"):
                totals = self._totals()
                told = write_formula(self._language.data.votes.written, {
                    "for": own_digits(self._language, str(totals.in_favour)),
                    "against": own_digits(self._language, str(totals.against)),
                    "abstaining": own_digits(self._language, str(totals.abstaining)),
                })  # fmt: skip
                text += told
                where = Within(turn, number, start, len(text))
                acts.append(Act("vote_announced", told, (), where, totals=totals))
                continue
            sentence, act = self._spoken(one)
            text += sentence
            within = Within(turn, number, start, len(text))
            acts.append(msgspec.structs.replace(act, within=within))
        return text, acts

    def _totals(self) -> Totals:
        assert self._vote is not None
        vote = self._items[self._vote]
        assert isinstance(vote, Vote)
        return Totals(len(vote.in_favour), len(vote.against), len(vote.abstaining))

    def _spoken(self, one: Facts) -> tuple[str, Act]:
        """Write the sentence of an act, and return the act without its place."""
        name, language = one["act"], self._language
        if "words" in one:
            text = self._texts[one["words"]]
            told = {key: one[key] for key in ("symbol", "purpose", "phase") if key in one}
            return text, Act(name, text, (), **told)
        values: dict[str, str] = {}
        act = Act(name, "", ())
        gender = self._gender(self._facts["president"])
        if "rule" in one:
            values["rule"] = own_digits(language, str(one["rule"]))
            act = msgspec.structs.replace(act, rule=one["rule"])
        if "symbol" in one:
            values["symbol"] = one["symbol"]
            act = msgspec.structs.replace(act, symbol=one["symbol"])
        if "resolution" in one:
            number = one["resolution"]
            if language.data.writing.brackets != "()":
                number = number.replace(" (", "（").replace(")", "）")
            values["resolution"] = number = own_digits(language, number)
            act = msgspec.structs.replace(act, number=number)
        if "people" in one:
            invited = self._words["invited"][one["people"]]
            values["people"] = invited["people"]
            person = self._name(invited["person"]) if "person" in invited else None
            body = self._invited(one, invited)
            act = msgspec.structs.replace(act, person=person, affiliation=body)
        if "person" in one:
            words = self._words["people"][one["person"]]
            named = self._name(words, words.get("said"))
            values["person"] = named.label
            gender = self._gender(one["person"])
            act = msgspec.structs.replace(act, person=named)
        if name in ("capacity_changed", "capacity_resumed"):
            values["capacity"] = self._texts["capacity"]
            state = self._state(self._facts["people"][self._facts["president"]]["state"])
            national = name == "capacity_changed"
            act = msgspec.structs.replace(
                act, act="capacity_changed", capacity="national" if national else "president",
                affiliation=Affiliation(state.label, "state", state.code) if national else None,
            )  # fmt: skip
        text = write_act(language, name, values, gender)
        return text, msgspec.structs.replace(act, text=text)

    def _invited(self, one: Facts, invited: Facts) -> Affiliation | None:
        label = invited.get("label")
        if label is None:
            return None
        person = self._facts["people"].get(one["people"], {})
        if "organisation" in person:
            return Affiliation(label, "organisation", person["organisation"])
        code = person.get("state") or self._facts["people"][one["people_of"]]["state"]
        return Affiliation(label, "state", code)

    def _decide(self, act: Act) -> None:
        totals, self._result = self._result, None
        if self._vote is not None and totals is not None:
            vote = self._items[self._vote]
            self._items[self._vote] = msgspec.structs.replace(vote, totals=totals)
        number = self._items.index(act)
        outcome: Any = act.act
        how: Any = "vote" if self._vote is not None else "unknown"
        self._decisions.append(
            Decision(outcome, how, number, symbol=self._draft, number=act.number,
                     totals=totals, vote_index=self._vote)
        )  # fmt: skip
        self._vote = None
