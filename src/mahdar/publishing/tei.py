"""A record as TEI, as ParlaMint encodes parliamentary debates; valid against Parla-CLARIN."""

from __future__ import annotations

from typing import Any

from lxml import etree

from mahdar.model import Record, Turn, Vote
from mahdar.publishing.akoma_ntoso import person_of, slug
from mahdar.publishing.elements import Element, elements, said
from mahdar.publishing.xml import XML, Identifiers, add, fill

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_SYMBOL = 100  # how much of a symbol goes into each identifier
# How ParlaMint sorts speakers.
_ROLES = {"president": "chair", "national": "regular", "member": "regular"}


def publish_tei(record: Record) -> bytes:
    """Return a record as TEI.

    Each turn is a ``u`` with ``who``, its paragraphs are ``seg``; the printed name and
    what was done are ``note``; the language of the text is ``xml:lang``, and where it is an
    interpretation of what was said, ``ana`` says so with the language spoken.

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> b'<u who="#montero-rivas-cri" ana="#chair #interpreted #spoken-es"' in publish_tei(
    ...     specimen("en"))
    True
    """
    return _Writer(record).write()


class _Writer:
    def __init__(self, record: Record) -> None:
        self._record = record
        self._things = elements(record)
        self._ids = Identifiers()
        symbol = slug(record.symbol or "record")[:_SYMBOL]
        self._id = self._ids.of("record", f"UN-{symbol}-{record.language}")

    def write(self) -> bytes:
        root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
        root.set(f"{XML}id", self._id)
        root.set(f"{XML}lang", self._record.language)
        self._header(root)
        text = add(root, "text")
        self._front(add(text, "front"))
        self._body(add(text, "body"))
        etree.indent(root)
        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return data

    def _header(self, root: Any) -> None:
        record = self._record
        header = add(root, "teiHeader")
        file = add(header, "fileDesc")
        titles = add(file, "titleStmt")
        title = " ".join(filter(None, (self._record.cover_label("organ"), record.symbol)))
        add(titles, "title", title, type="main")
        if record.meeting_number:
            add(
                titles,
                "meeting",
                self._record.cover_label("meeting_number"),
                n=str(record.meeting_number),
            )
        words = sum(turn.words() for turn in record.turns())
        add(add(file, "extent"), "measure", unit="words", quantity=str(words))
        publication = add(file, "publicationStmt")
        add(publication, "publisher", self._record.cover_label("publisher") or "United Nations")
        if record.symbol:
            add(publication, "idno", record.symbol, type="symbol")
        if record.date:
            add(publication, "date", record.date, when=record.date)
        source = add(add(file, "sourceDesc"), "bibl")
        add(source, "title", title)
        if record.date:
            add(source, "date", self._record.cover_label("date") or record.date, when=record.date)
        encoding = add(header, "encodingDesc")
        add(add(encoding, "projectDesc"), "p", "Encoded by Mahdar.")
        self._classes(encoding)
        profile = add(header, "profileDesc")
        self._setting(profile)
        self._participants(profile)
        usage = add(profile, "langUsage")
        for code in sorted({record.language, *(turn.language for turn in record.turns())}):
            add(usage, "language", code, ident=code)

    def _classes(self, encoding: Any) -> None:
        """Declare what ``ana`` points at."""
        declared = add(encoding, "classDecl")
        taxonomy = add(declared, "taxonomy", xml_id=self._ids.of("class", "speech"))
        classes = {
            "chair": "the President of the meeting",
            "regular": "a member of the organ",
            "guest": "anybody else who was given the floor",
            "interpreted": "the text is an interpretation or a translation of what was said",
        }
        for turn in self._record.turns():
            classes[f"spoken-{turn.language}"] = f"spoken in {turn.language}"
        for key, words in classes.items():
            category = add(taxonomy, "category", xml_id=self._ids.of("class", key))
            add(category, "catDesc", words)

    def _setting(self, profile: Any) -> None:
        setting = add(add(profile, "settingDesc"), "setting")
        if self._record.place:
            add(setting, "name", self._record.place, type="place")
        if self._record.date:
            add(setting, "date", self._record.date, when=self._record.date)

    def _participants(self, profile: Any) -> None:
        described = add(profile, "particDesc")
        orgs: dict[str, str] = {}
        people: dict[str, tuple[str, str | None, str | None]] = {}
        for turn in self._record.turns():
            key, name, body = person_of(turn)
            people[key] = (name.name or name.label, name.honorific, body.code if body else None)
            if body and body.code:
                orgs[body.code] = body.label
        if orgs:
            listed = add(described, "listOrg")
            for code, label in sorted(orgs.items()):
                org = add(listed, "org", xml_id=self._ids.of("org", code))
                add(org, "orgName", label)
        listed = add(described, "listPerson")
        for key, (called, honorific, affiliated) in people.items():
            person = add(listed, "person", xml_id=self._ids.of("person", key))
            name = add(person, "persName")
            if honorific:
                add(name, "roleName", honorific)
            add(name, "name", called)
            if affiliated:
                add(person, "affiliation", ref=f"#{self._ids.of('org', affiliated)}")

    def _front(self, front: Any) -> None:
        made = add(front, "div", type="cover")
        for thing in self._things:
            if thing.item is None:
                add(made, "p", " ".join(thing.text.split("\t")).strip(), n=thing.kind)

    def _body(self, body: Any) -> None:
        record = self._record
        division: Any = None
        utterance: Any = None
        turn: int | None = None
        count = 0
        for thing in self._things:
            if thing.item is None:
                continue
            item = record.body[thing.item]
            if thing.kind == "heading":
                division, utterance = self._heading(body, division, thing), None
                continue
            if division is None:
                division = add(body, "div", type="debateSection")
            if isinstance(item, Turn):
                if turn != thing.item:
                    count += 1
                    turn = thing.item
                    label = "".join(run.text for run in thing.runs[:-1]) or item.label
                    add(division, "note", label.strip(), type="speaker")
                    utterance = None
                if utterance is None:
                    utterance = self._utterance(division, item)
                self._segment(utterance, thing, count)
                continue
            kind = "vote" if isinstance(item, Vote) else "act"
            add(division, "note", thing.text, type=kind)
            utterance = None  # what follows an act within a turn is a new utterance of the same

    def _heading(self, body: Any, division: Any, thing: Element) -> Any:
        """Begin a division, or go on with the heads of one that holds nothing else yet."""
        heads = division is not None and all(
            child.tag == f"{{{NAMESPACE}}}head" for child in division
        )
        if not (heads and thing.level > 1):
            division = add(body, "div", type="debateSection")
        add(division, "head", thing.text)
        return division

    def _utterance(self, division: Any, turn: Turn) -> Any:
        key, _, _ = person_of(turn)
        marks = [f"#{_ROLES.get(turn.capacity, 'guest')}"]
        if turn.interpreted:
            marks.append("#interpreted")
        marks.append(f"#{self._ids.of('class', f'spoken-{turn.language}')}")
        return add(division, "u", who=f"#{self._ids.of('person', key)}", ana=" ".join(marks))

    def _segment(self, said_in: Any, thing: Element, turn: int) -> None:
        if thing.kind == "mark":
            add(said_in, "note", thing.text, type="language")
            return
        if thing.paragraph is None:
            add(said_in, "seg")
            return
        place = f"{self._id}.t{turn}p{thing.paragraph + 1}"
        made = add(said_in, "seg", xml_id=self._ids.of("paragraph", place))
        fill(
            made,
            said(thing),
            lambda note: add(made, "note", note.text, n=note.mark, place="bottom"),
        )
