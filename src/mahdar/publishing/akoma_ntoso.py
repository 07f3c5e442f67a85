"""A record as an Akoma Ntoso 3.0 debate (OASIS LegalDocML), with the United Nations' naming."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from mahdar.model import Act, Affiliation, Name, Record, Turn, Vote
from mahdar.publishing.elements import Element, elements

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# ISO 639-2/T, which Akoma Ntoso asks for.
LANGUAGES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
_TIMED = ("opened", "resumed", "suspended", "closed")
_ORGANS = {"SC": "sc", "GA": "ga"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def publish_akoma_ntoso(record: Record) -> bytes:
    """Return a record as an Akoma Ntoso debate.

    The work is the meeting, the expression its record in one language, the manifestation
    this file. A section stands for each heading; a turn is a ``speech`` with ``by``
    (the person), ``as`` (the capacity) and ``from`` (the printed name); what was done is a
    ``scene``; each vote is also among the ``voting`` of the analysis.

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> b'<speech eId="sp_1" by="#montero-rivas-cri"' in publish_akoma_ntoso(specimen("en"))
    True
    """
    return _Writer(record).write()


def slug(text: str) -> str:
    """Return a text as part of an identifier: letters and digits, hyphens between them.

    >>> slug("Mr. O'Brien"), slug("S/PV.99902")
    ('mr-o-brien', 's-pv-99902')
    """
    return "-".join("".join(s if s.isalnum() else " " for s in text.casefold()).split()) or "x"


def person_of(turn: Turn, record: Record) -> tuple[str, Name, Affiliation | None]:
    """Return an identifier, the name and the affiliation of whoever speaks in a turn.

    The President is who the cover names; others are known by name and State, or by office.
    """
    name, body = turn.speaker, turn.affiliation
    president = record.president
    if turn.capacity == "president" and president and not turn.speaker.name:
        name = president.representative
        state = president.state
        body = Affiliation(state.label, "state", state.code)
    parts = [slug(name.name or turn.label)]
    if body and body.code:
        parts.append(body.code.casefold())
    return "-".join(parts), name, body


class _Writer:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._things = elements(record)
        self._lang = LANGUAGES.get(record.language, record.language)
        self._root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
        self._counts: dict[str, int] = {}

    def write(self) -> bytes:
        debate = self._add(self._root, "debate", name="verbatimRecord")
        meta = self._add(debate, "meta")
        self._identification(meta)
        self._analysis(meta)
        self._references(meta)
        self._cover(debate)
        self._body(self._add(debate, "debateBody"))
        etree.indent(self._root)
        for tag in ("recordedTime", "remark"):
            for inner in self._root.iter(f"{{{NAMESPACE}}}{tag}"):
                inner.getparent().text = inner.tail = None  # blanks there would be words
        data: bytes = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")
        return data

    def _add(self, parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
        made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
        for key, value in attributes.items():
            made.set(key.rstrip("_"), value)
        if text is not None:
            made.text = text
        return made

    def _id(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}_{self._counts[kind]}"

    def _identification(self, meta: Any) -> None:
        record = self._record
        organ = _ORGANS.get(record.organ or "", "un")
        date = record.date or "1945-10-24"
        work = f"/akn/un/debate/{organ}/{date}/{slug(record.symbol or 'x')}"
        expression = f"{work}/{self._lang}@{date}"
        made = self._add(meta, "identification", source="#mahdar")
        levels = (
            ("FRBRWork", work),
            ("FRBRExpression", expression),
            ("FRBRManifestation", expression),
        )
        for level, uri in levels:
            box = self._add(made, level)
            ending = ".akn" if level == "FRBRManifestation" else ""
            self._add(box, "FRBRthis", value=f"{uri}/!main{ending}")
            self._add(box, "FRBRuri", value=uri + ending)
            if level == "FRBRWork" and record.symbol:
                self._add(box, "FRBRalias", name="symbol", value=record.symbol)
            what = {"FRBRWork": "meeting", "FRBRExpression": "record"}.get(level, "markup")
            self._add(box, "FRBRdate", date=date, name=what)
            author = "#mahdar" if level == "FRBRManifestation" else f"#{organ}"
            self._add(box, "FRBRauthor", href=author)
            if level == "FRBRWork":
                self._add(box, "FRBRcountry", value="un")
                if record.meeting_number:
                    self._add(box, "FRBRnumber", value=str(record.meeting_number))
            elif level == "FRBRExpression":
                self._add(box, "FRBRlanguage", language=self._lang)
            else:
                self._add(box, "FRBRformat", value="application/akn+xml")

    def _analysis(self, meta: Any) -> None:
        """Tell each vote: how many voted how, and what came of it."""
        record = self._record
        votes = [(n, item) for n, item in enumerate(record.body) if isinstance(item, Vote)]
        if not votes:
            return
        analysis = self._add(meta, "analysis", source="#mahdar")
        parliamentary = self._add(analysis, "parliamentary")
        outcomes = {d.vote: d.outcome for d in record.decisions if d.vote is not None}
        for number, (place, vote) in enumerate(votes, 1):
            voting = self._add(
                parliamentary, "voting", eId=f"voting_{number}",
                outcome=f"#{outcomes.get(place, 'unknown')}", href=f"#vote_{number}",
            )  # fmt: skip
            for head in ("in_favour", "against", "abstaining"):
                self._add(
                    voting, "count", eId=f"voting_{number}__{slug(head)}", href=f"#vote_{number}",
                    value=str(len(getattr(vote, head))), refersTo=f"#{slug(head)}",
                )  # fmt: skip

    def _references(self, meta: Any) -> None:
        record = self._record
        made = self._add(meta, "references", source="#mahdar")
        organ = _ORGANS.get(record.organ or "", "un")
        label = next((f.label for f in record.cover if f.field == "organ"), "United Nations")
        self._reference(made, "TLCOrganization", "mahdar", "organization", "Mahdar")
        self._reference(made, "TLCOrganization", organ, "organization/un", label)
        seen: set[str] = {"mahdar", organ}
        for turn in record.turns():
            key, name, body = person_of(turn, record)
            if key not in seen:
                seen.add(key)
                self._reference(made, "TLCPerson", key, "person", name.label)
            if body and body.code and (code := body.code.casefold()) not in seen:
                seen.add(code)
                self._reference(made, "TLCOrganization", code, "organization", body.label)
        for role in sorted({turn.capacity for turn in record.turns()}):
            self._reference(made, "TLCRole", f"as-{role}", "role", role)
        concepts = {f"spoken-{turn.language}": turn.language for turn in record.turns()}
        if record.votes():
            concepts |= {slug(head): head for head in ("in_favour", "against", "abstaining")}
            concepts |= {d.outcome: d.outcome for d in record.decisions if d.vote is not None}
            if any(n not in {d.vote for d in record.decisions} for n in self._votes()):
                concepts["unknown"] = "unknown"
        concepts |= {f"act-{act.act}": act.act for act in record.acts() if act.place is None}
        for key, shown in sorted(concepts.items()):
            self._reference(made, "TLCConcept", key, "concept", shown)

    def _votes(self) -> Iterator[int]:
        return (n for n, item in enumerate(self._record.body) if isinstance(item, Vote))

    def _reference(self, parent: Any, kind: str, key: str, path: str, shown: str) -> None:
        self._add(parent, kind, eId=key, href=f"/akn/ontology/{path}/{key}", showAs=shown)

    def _cover(self, debate: Any) -> None:
        page = self._add(debate, "coverPage")
        page.set(_XML_LANG, self._record.language)
        for thing in self._things:
            if thing.item is None:
                self._add(page, "p", thing.text, class_=thing.kind)

    def _body(self, body: Any) -> None:
        record = self._record
        body.set(_XML_LANG, record.language)
        outer: Any = None
        section: Any = None
        speech: Any = None
        turn: int | None = None
        for thing in self._things:
            if thing.item is None:
                continue
            item = record.body[thing.item]
            if thing.kind == "heading":
                inner = thing.level > 1 and outer is not None
                section = self._section(outer if inner else body, "item", thing.text)
                outer = outer if inner else section
                speech = None
                continue
            if section is None:
                section = outer = self._section(body, "opening")
            if isinstance(item, Turn):
                if speech is None or turn != thing.item:
                    speech, turn = self._speech(section, item), thing.item
                self._said(speech, thing)
                continue
            if isinstance(item, Act) and item.place is not None and speech is not None:
                self._scene(speech, item, inside=True)  # the same turn goes on after it
                continue
            speech = None
            if isinstance(item, Vote):
                count = sum(1 for n in self._votes() if n <= thing.item)
                first = thing.kind == "vote" or thing is self._first_of(thing.item)
                attributes = {"eId": f"vote_{count}"} if first else {"eId": self._id("list")}
                self._add(section, "summary", thing.text, class_=thing.kind, **attributes)
            elif isinstance(item, Act):
                self._scene(section, item)

    def _first_of(self, item: int) -> Element:
        return next(thing for thing in self._things if thing.item == item)

    def _section(self, parent: Any, name: str, heading: str | None = None) -> Any:
        made = self._add(parent, "debateSection", eId=self._id("dbsect"), name=name)
        if heading is not None:
            self._add(made, "heading", heading)
        return made

    def _speech(self, section: Any, turn: Turn) -> Any:
        key, _, _ = person_of(turn, self._record)
        attributes = {"eId": self._id("sp"), "by": f"#{key}", "as": f"#as-{turn.capacity}"}
        made = self._add(section, "speech", **attributes)
        made.set("refersTo", f"#spoken-{turn.language}")
        return made

    def _said(self, speech: Any, thing: Element) -> None:
        if thing.kind == "mark":
            self._add(speech, "p", thing.text, class_="mark")
            return
        runs = thing.runs
        if thing.kind == "speech":
            said = "" if thing.paragraph is None else runs[-1].text
            label = "".join(run.text for run in (runs if not said else runs[:-1]))
            self._add(speech, "from", label)
            if not said:
                self._add(speech, "p")
                return
            runs = runs[-1:]
        paragraph = self._add(speech, "p")
        text = "".join(run.text for run in runs)
        position = 0
        last: Any = None
        for note in sorted(thing.notes, key=lambda note: note.at):
            self._put(paragraph, last, text[position : note.at])
            last = self._add(
                paragraph, "authorialNote", marker=note.mark, placement="bottom",
                eId=self._id("note"),
            )  # fmt: skip
            self._add(last, "p", note.text)
            position = note.at + len(note.mark)
        self._put(paragraph, last, text[position:])

    @staticmethod
    def _put(parent: Any, after: Any, text: str) -> None:
        if after is None:
            parent.text = text
        else:
            after.tail = text

    def _scene(self, parent: Any, act: Act, *, inside: bool = False) -> None:
        if inside:
            self._add(self._add(parent, "p", class_="act"), "remark", act.text)
            return
        made = self._add(parent, "scene", eId=self._id("scene"), refersTo=f"#act-{act.act}")
        if (
            act.time
            and self._record.date
            and act.act in ("opened", "resumed", "suspended", "closed")
        ):
            kind = "startEvent" if act.act in ("opened", "resumed") else "endEvent"
            self._add(
                made, "recordedTime", act.text, time=f"{self._record.date}T{act.time}:00",
                type_=kind,
            )  # fmt: skip
        else:
            made.text = act.text
