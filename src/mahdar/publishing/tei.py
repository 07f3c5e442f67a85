"""A record as TEI, as ParlaMint encodes parliamentary debates; valid against Parla-CLARIN."""

from __future__ import annotations

from typing import Any

from lxml import etree

from mahdar.model import Record, Turn, Vote
from mahdar.publishing.akoma_ntoso import person_of, slug
from mahdar.publishing.elements import Element, elements, language_of

NAMESPACE = "http://www.tei-c.org/ns/1.0"
_XML = "{http://www.w3.org/XML/1998/namespace}"
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
        self._language = language_of(record)
        self._things = elements(record)
        self._id = f"UN-{slug(record.symbol or 'record')}-{record.language}"

    def write(self) -> bytes:
        root = etree.Element(f"{{{NAMESPACE}}}TEI", nsmap={None: NAMESPACE})
        root.set(f"{_XML}id", self._id)
        root.set(f"{_XML}lang", self._record.language)
        self._header(root)
        text = self._add(root, "text")
        self._front(self._add(text, "front"))
        self._body(self._add(text, "body"))
        etree.indent(root)
        data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        return data

    def _add(self, parent: Any, tag: str, text: str | None = None, **attributes: str) -> Any:
        made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
        for key, value in attributes.items():
            made.set(f"{_XML}{key[4:]}" if key.startswith("xml_") else key, value)
        if text is not None:
            made.text = text
        return made

    def _label(self, field: str) -> str:
        return next((f.label for f in self._record.cover if f.field == field), "")

    def _header(self, root: Any) -> None:
        record = self._record
        header = self._add(root, "teiHeader")
        file = self._add(header, "fileDesc")
        titles = self._add(file, "titleStmt")
        title = " ".join(filter(None, (self._label("organ"), record.symbol)))
        self._add(titles, "title", title, type="main")
        if record.meeting_number:
            self._add(
                titles, "meeting", self._label("meeting_number"), n=str(record.meeting_number)
            )
        words = sum(turn.words() for turn in record.turns())
        self._add(self._add(file, "extent"), "measure", unit="words", quantity=str(words))
        publication = self._add(file, "publicationStmt")
        self._add(publication, "publisher", self._label("publisher") or "United Nations")
        if record.symbol:
            self._add(publication, "idno", record.symbol, type="symbol")
        if record.date:
            self._add(publication, "date", record.date, when=record.date)
        source = self._add(self._add(file, "sourceDesc"), "bibl")
        self._add(source, "title", title)
        if record.date:
            self._add(source, "date", self._label("date") or record.date, when=record.date)
        encoding = self._add(header, "encodingDesc")
        self._add(self._add(encoding, "projectDesc"), "p", "Encoded by Mahdar.")
        self._classes(encoding)
        profile = self._add(header, "profileDesc")
        self._setting(profile)
        self._participants(profile)
        usage = self._add(profile, "langUsage")
        for code in sorted({record.language, *(turn.language for turn in record.turns())}):
            self._add(usage, "language", code, ident=code)

    def _classes(self, encoding: Any) -> None:
        """Declare what ``ana`` points at."""
        declared = self._add(encoding, "classDecl")
        taxonomy = self._add(declared, "taxonomy", xml_id="speech")
        classes = {
            "chair": "the President of the meeting",
            "regular": "a member of the organ",
            "guest": "anybody else who was given the floor",
            "interpreted": "the text is an interpretation or a translation of what was said",
        }
        for turn in self._record.turns():
            classes[f"spoken-{turn.language}"] = f"spoken in {turn.language}"
        for key, words in classes.items():
            category = self._add(taxonomy, "category", xml_id=key)
            self._add(category, "catDesc", words)

    def _setting(self, profile: Any) -> None:
        setting = self._add(self._add(profile, "settingDesc"), "setting")
        if self._record.place:
            self._add(setting, "name", self._record.place, type="place")
        if self._record.date:
            self._add(setting, "date", self._record.date, when=self._record.date)

    def _participants(self, profile: Any) -> None:
        described = self._add(profile, "particDesc")
        orgs: dict[str, str] = {}
        people: dict[str, tuple[str, str | None, str | None]] = {}
        for turn in self._record.turns():
            key, name, body = person_of(turn, self._record)
            people[key] = (name.name or name.label, name.honorific, body.code if body else None)
            if body and body.code:
                orgs[body.code] = body.label
        if orgs:
            listed = self._add(described, "listOrg")
            for code, label in sorted(orgs.items()):
                org = self._add(listed, "org", xml_id=code)
                self._add(org, "orgName", label)
        listed = self._add(described, "listPerson")
        for key, (called, honorific, affiliated) in people.items():
            person = self._add(listed, "person", xml_id=key)
            name = self._add(person, "persName")
            if honorific:
                self._add(name, "roleName", honorific)
            self._add(name, "name", called)
            if affiliated:
                self._add(person, "affiliation", ref=f"#{affiliated}")

    def _front(self, front: Any) -> None:
        made = self._add(front, "div", type="cover")
        for thing in self._things:
            if thing.item is None:
                self._add(made, "p", " ".join(thing.text.split("\t")).strip(), n=thing.kind)

    def _body(self, body: Any) -> None:
        record = self._record
        division: Any = None
        said: Any = None
        turn: int | None = None
        count = 0
        for thing in self._things:
            if thing.item is None:
                continue
            item = record.body[thing.item]
            if thing.kind == "heading":
                division, said = self._heading(body, division, thing), None
                continue
            if division is None:
                division = self._add(body, "div", type="debateSection")
            if isinstance(item, Turn):
                if turn != thing.item:
                    count += 1
                    turn = thing.item
                    label = "".join(run.text for run in thing.runs[:-1]) or item.label
                    self._add(division, "note", label.strip(), type="speaker")
                    said = None
                if said is None:
                    said = self._utterance(division, item)
                self._segment(said, thing, count)
                continue
            kind = "vote" if isinstance(item, Vote) else "act"
            self._add(division, "note", thing.text, type=kind)
            said = None  # what follows an act within a turn is a new utterance of the same

    def _heading(self, body: Any, division: Any, thing: Element) -> Any:
        """Begin a division, or go on with the heads of one that holds nothing else yet."""
        heads = division is not None and all(
            child.tag == f"{{{NAMESPACE}}}head" for child in division
        )
        if not (heads and thing.level > 1):
            division = self._add(body, "div", type="debateSection")
        self._add(division, "head", thing.text)
        return division

    def _utterance(self, division: Any, turn: Turn) -> Any:
        key, _, _ = person_of(turn, self._record)
        marks = [f"#{_ROLES.get(turn.capacity, 'guest')}"]
        if turn.interpreted:
            marks.append("#interpreted")
        marks.append(f"#spoken-{turn.language}")
        return self._add(division, "u", who=f"#{key}", ana=" ".join(marks))

    def _segment(self, said: Any, thing: Element, turn: int) -> None:
        if thing.kind == "mark":
            self._add(said, "note", thing.text, type="language")
            return
        if thing.paragraph is None:
            self._add(said, "seg")
            return
        text = thing.runs[-1].text
        made = self._add(said, "seg", xml_id=f"{self._id}.t{turn}p{thing.paragraph + 1}")
        position = 0
        last: Any = None
        for note in sorted(thing.notes, key=lambda note: note.at):
            _put(made, last, text[position : note.at])
            last = self._add(made, "note", note.text, n=note.mark, place="bottom")
            position = note.at + len(note.mark)
        _put(made, last, text[position:])


def _put(parent: Any, after: Any, text: str) -> None:
    if after is None:
        parent.text = text
    else:
        after.tail = text
