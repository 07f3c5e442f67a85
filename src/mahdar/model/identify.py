"""Give each finding of a record its anchor and its identity."""

from __future__ import annotations

import hashlib
from collections import Counter

import msgspec

from mahdar.model.address import Locus
from mahdar.model.anchor import Texts
from mahdar.model.loci import Located, LocusFinder, agenda_of
from mahdar.model.record import Anchor, Finding, Record


def identify_findings(record: Record) -> Record:
    """Return a record whose findings each have an anchor and an identity.

    The identity is made of the kind and of the words that the finding is about, so that it does
    not change where others come and go; of several about the same words the later are numbered.

    Args:
        record: whose findings tell by their readings where they are.

    >>> from mahdar import read, specimen_path
    >>> first = read(specimen_path()).findings[0]
    >>> first.anchor.locus, len(first.id)
    ('t7:0-12', 12)
    """
    if not record.findings:
        return record
    finder, texts = LocusFinder(record), Texts(record)
    agenda = Locus("s", 1) if agenda_of(record) else None
    seen: Counter[str] = Counter()
    out = []
    for finding in record.findings:
        anchor = _anchor(finding, finder, texts, agenda)
        name = _identity(finding, anchor)
        seen[name] += 1
        shown = name if seen[name] == 1 else f"{name}-{seen[name]}"
        out.append(msgspec.structs.replace(finding, anchor=anchor, id=shown))
    return msgspec.structs.replace(record, findings=tuple(out))


def _anchor(finding: Finding, finder: LocusFinder, texts: Texts, agenda: Locus | None) -> Anchor:
    """Return what a finding is about: of its readings the first in the body, else the first."""
    found = [
        (located, reading.text)
        for reading in finding.readings
        if (located := finder.find(reading.spans)) is not None
    ]
    in_body = [
        pair for pair in found
        if pair[0].locus.series in ("t", "s") and pair[0].locus.element != agenda
    ]  # fmt: skip
    for located, words in in_body or found:
        return texts.anchor(_stretch(located, words))
    return Anchor()


def _stretch(located: Located, words: str) -> Locus:
    """Return the words within what they were located in; all of it where they are not in it."""
    start = located.text.find(words) if words else -1
    return located.locus if start < 0 else located.locus.at(start, start + len(words))


def _identity(finding: Finding, anchor: Anchor) -> str:
    about = [anchor.exact, anchor.prefix, anchor.suffix]
    if not anchor.exact:  # about the record as a whole: told apart by what it tells
        about = [f"{name}={value}" for name, value in sorted(finding.facts.items())]
    told = "\x1f".join([finding.code, finding.case, *about])
    return hashlib.sha256(told.encode()).hexdigest()[:12]
