"""A record as an Akoma Ntoso 3.0 debate (OASIS LegalDocML), with the United Nations' naming."""

from __future__ import annotations

from typing import Any

from lxml import etree

from mahdar.model import Act, Affiliation, Name, Note, Record, Turn, Vote
from mahdar.organs import read_organ
from mahdar.publishing.elements import Element, elements, said
from mahdar.publishing.xml import XML, Identifiers, add, fill

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# ISO 639-2/T, which Akoma Ntoso asks for.
LANGUAGES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
_TIMED = ("opened", "resumed", "suspended", "closed")
_SYMBOL = 100
"""How much of a symbol goes into addresses and identifiers."""


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


def person_of(turn: Turn) -> tuple[str, Name, Affiliation | None]:
    """Return an identifier, the name and the affiliation of whoever speaks in a turn.

    Whoever presides is who sits in the Chair; others are known by name and State, or by office.
    """
    name, body = turn.speaker, turn.affiliation
    if turn.capacity == "president" and turn.chair is not None and not turn.speaker.name:
        name, body = turn.chair.person or name, turn.chair.affiliation
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
        self._ids = Identifiers()
        organ = read_organ(record.organ)
        self._organ = self._ids.of("org", organ.akoma_ntoso if organ else "un")
        self._mahdar = self._ids.of("org", "mahdar")

    def write(self) -> bytes:
        debate = add(self._root, "debate", name="verbatimRecord")
        meta = add(debate, "meta")
        self._identification(meta)
        self._analysis(meta)
        self._references(meta)
        self._cover(debate)
        self._body(add(debate, "debateBody"))
        etree.indent(self._root)
        for tag in ("recordedTime", "remark"):
            for inner in self._root.iter(f"{{{NAMESPACE}}}{tag}"):
                inner.getparent().text = inner.tail = None  # blanks there would be words
        data: bytes = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8")
        return data

    def _id(self, kind: str) -> str:
        self._counts[kind] = self._counts.get(kind, 0) + 1
        return f"{kind}_{self._counts[kind]}"

    def _identification(self, meta: Any) -> None:
        record = self._record
        date = record.date or "1945-10-24"
        work = f"/akn/un/debate/{self._organ}/{date}/{slug(record.symbol or 'x')[:_SYMBOL]}"
        expression = f"{work}/{self._lang}@{date}"
        made = add(meta, "identification", source="#mahdar")
        levels = (
            ("FRBRWork", work),
            ("FRBRExpression", expression),
            ("FRBRManifestation", expression),
        )
        for level, uri in levels:
            box = add(made, level)
            ending = ".akn" if level == "FRBRManifestation" else ""
            add(box, "FRBRthis", value=f"{uri}/!main{ending}")
            add(box, "FRBRuri", value=uri + ending)
            if level == "FRBRWork" and record.symbol:
                add(box, "FRBRalias", name="symbol", value=record.symbol)
            what = {"FRBRWork": "meeting", "FRBRExpression": "record"}.get(level, "markup")
            add(box, "FRBRdate", date=date, name=what)
            author = "#mahdar" if level == "FRBRManifestation" else f"#{self._organ}"
            add(box, "FRBRauthor", href=author)
            if level == "FRBRWork":
                add(box, "FRBRcountry", value="un")
                if record.meeting_number:
                    add(box, "FRBRnumber", value=str(record.meeting_number))
            elif level == "FRBRExpression":
                add(box, "FRBRlanguage", language=self._lang)
            else:
                add(box, "FRBRformat", value="application/akn+xml")

    def _analysis(self, meta: Any) -> None:
        """Tell each vote: how many voted how, and what came of it."""
        record = self._record
        votes = [(n, item) for n, item in enumerate(record.body) if isinstance(item, Vote)]
        if not votes:
            return
        analysis = add(meta, "analysis", source="#mahdar")
        parliamentary = add(analysis, "parliamentary")
        outcomes = {d.vote_index: d.outcome for d in record.decisions if d.vote_index is not None}
        for number, (place, vote) in enumerate(votes, 1):
            voting = add(
                parliamentary, "voting", eId=f"voting_{number}",
                outcome=self._to("concept", outcomes.get(place, "unknown")), href=f"#vote_{number}",
            )  # fmt: skip
            for head in ("in_favour", "against", "abstaining"):
                add(
                    voting, "count", eId=f"voting_{number}__{slug(head)}", href=f"#vote_{number}",
                    value=str(len(getattr(vote, head))), refersTo=self._to("concept", slug(head)),
                )  # fmt: skip

    def _references(self, meta: Any) -> None:
        record = self._record
        made = add(meta, "references", source="#mahdar")
        label = record.cover_label("organ") or "United Nations"
        self._reference(made, "TLCOrganization", self._mahdar, "organization", "Mahdar")
        self._reference(made, "TLCOrganization", self._organ, "organization/un", label)
        seen: set[str] = {self._mahdar, self._organ}
        for turn in record.turns():
            key, name, body = person_of(turn)
            if (who := self._ids.of("person", key)) not in seen:
                seen.add(who)
                self._reference(made, "TLCPerson", who, "person", name.label)
            if (
                body
                and body.code
                and (code := self._ids.of("org", body.code.casefold())) not in seen
            ):
                seen.add(code)
                self._reference(made, "TLCOrganization", code, "organization", body.label)
        for role in sorted({turn.capacity for turn in record.turns()}):
            key = self._ids.of("role", f"as-{role}")
            self._reference(made, "TLCRole", key, "role", role)
        concepts = {f"spoken-{turn.language}": turn.language for turn in record.turns()}
        if record.votes():
            concepts |= {slug(head): head for head in ("in_favour", "against", "abstaining")}
            decided = [d.outcome for d in record.decisions if d.vote_index is not None]
            outcomes = decided if len(decided) == len(record.votes()) else [*decided, "unknown"]
            concepts |= {outcome: outcome for outcome in outcomes}
        concepts |= {f"act-{act.act}": act.act for act in record.acts() if act.within is None}
        for key, shown in sorted(concepts.items()):
            self._reference(made, "TLCConcept", self._ids.of("concept", key), "concept", shown)

    def _reference(self, parent: Any, kind: str, key: str, path: str, shown: str) -> None:
        add(parent, kind, eId=key, href=f"/akn/ontology/{path}/{key}", showAs=shown)

    def _to(self, kind: str, key: str) -> str:
        """Return what leads to a reference."""
        return f"#{self._ids.of(kind, key)}"

    def _cover(self, debate: Any) -> None:
        page = add(debate, "coverPage")
        page.set(f"{XML}lang", self._record.language)
        for thing in self._things:
            if thing.item is None:
                add(page, "p", thing.text, class_=thing.kind)

    def _body(self, body: Any) -> None:
        record = self._record
        body.set(f"{XML}lang", record.language)
        outer: Any = None
        section: Any = None
        speech: Any = None
        turn: int | None = None
        vote: int | None = None
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
            if isinstance(item, Act) and item.within is not None and speech is not None:
                self._scene(speech, item, inside=True)  # the same turn goes on after it
                continue
            speech = None
            if isinstance(item, Vote):
                made = self._id("list" if vote == thing.item else "vote")
                vote = thing.item
                add(section, "summary", thing.text, class_=thing.kind, eId=made)
            elif isinstance(item, Act):
                self._scene(section, item)

    def _section(self, parent: Any, name: str, heading: str | None = None) -> Any:
        made = add(parent, "debateSection", eId=self._id("dbsect"), name=name)
        if heading is not None:
            add(made, "heading", heading)
        return made

    def _speech(self, section: Any, turn: Turn) -> Any:
        key, _, _ = person_of(turn)
        attributes = {
            "eId": self._id("sp"), "by": self._to("person", key),
            "as": self._to("role", f"as-{turn.capacity}"),
            "refersTo": self._to("concept", f"spoken-{turn.language}"),
        }  # fmt: skip
        return add(section, "speech", **attributes)

    def _said(self, speech: Any, thing: Element) -> None:
        if thing.kind == "mark":
            add(speech, "p", thing.text, class_="mark")
            return
        if thing.kind == "speech":
            nothing = thing.paragraph is None
            label = "".join(run.text for run in (thing.runs if nothing else thing.runs[:-1]))
            add(speech, "from", label)
            if nothing:
                add(speech, "p")
                return
        paragraph = add(speech, "p")

        def note(found: Note) -> Any:
            made = add(
                paragraph, "authorialNote", marker=found.mark, placement="bottom",
                eId=self._id("note"),
            )  # fmt: skip
            add(made, "p", found.text)
            return made

        fill(paragraph, said(thing), note)

    def _scene(self, parent: Any, act: Act, *, inside: bool = False) -> None:
        if inside:
            add(add(parent, "p", class_="act"), "remark", act.text)
            return
        made = add(
            parent, "scene", eId=self._id("scene"), refersTo=self._to("concept", f"act-{act.act}")
        )
        if (
            act.time
            and self._record.date
            and act.act in ("opened", "resumed", "suspended", "closed")
        ):
            kind = "startEvent" if act.act in ("opened", "resumed") else "endEvent"
            add(
                made, "recordedTime", act.text, time=f"{self._record.date}T{act.time}:00",
                type=kind,
            )  # fmt: skip
        else:
            made.text = act.text
