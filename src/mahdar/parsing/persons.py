"""Read one person as a sentence names him or her: courtesies, name, office, State or body."""

from __future__ import annotations

import re

from mahdar.authority import find_affiliation, find_state
from mahdar.languages import Language
from mahdar.model import Affiliation, Name
from mahdar.parsing.names import read_name

# A title may stand after so many words: "a la Sra. Díaz".
_LEADING = 3
_STATE = re.compile(r"\s*[(（]([^()（）]{2,80})[)）]")


def read_person(printed: str, language: Language) -> tuple[Name | None, Affiliation | None]:
    """Read whom the President names: "His Excellency Mr. X, Secretary-General of Y".

    >>> from mahdar.languages import load_language
    >>> printed = "سعادة السيد علي، ممثل منظمة التعاون الإسلامي"
    >>> person, body = read_person(printed, load_language("ar"))
    >>> person.label, body.code
    ('السيد علي', 'OIC')
    """
    bracket = _STATE.search(printed)
    parts = [
        part.strip() for part in _STATE.sub("", printed).split(language.data.writing.list_comma)
    ]
    person: Name | None = None
    affiliation: Affiliation | None = None
    courtesies = sorted(language.data.labels.courtesies, key=len, reverse=True)
    for part in parts:
        for courtesy in courtesies:
            if language.key(part).startswith(language.key(courtesy) + " "):
                part = part[len(courtesy) :].strip()
        name = _named_person(part, language)
        if person is None and name.honorific and name.name:
            person, state = _without_state(name, language)
            affiliation = state or affiliation
            if not language.data.writing.spaced:
                affiliation = affiliation or _named_body(part, language)
        elif affiliation is None or not (affiliation.code or affiliation.kind == "secretariat"):
            affiliation = _office(part, language) or _named_body(part, language) or affiliation
    if bracket:
        affiliation = find_affiliation(bracket.group(1), language)
    return person, affiliation


def _without_state(name: Name, language: Language) -> tuple[Name, Affiliation | None]:
    """Take the State off a name: "Mr. Moe of Chad"; it follows a word in small letters.

    >>> from mahdar.languages import load_language
    >>> english = load_language("en")
    >>> name, state = _without_state(read_name("Mr. Moe of Chad", english), english)
    >>> name.name, state.code
    ('Moe', 'TCD')
    """
    words = (name.name or "").split()
    small = [n for n, word in enumerate(words) if n and word.islower()]
    for at in small:
        label = " ".join(words[at + 1 :])
        state = find_state(label, language) if label else None
        if state is not None:
            kept = " ".join(words[:at])
            label_end = name.label.rfind(kept) + len(kept)
            bare = Name(name.label[:label_end], name.honorific, kept)
            return bare, Affiliation(state.label, "state", state.code)
    return name, None


def _office(text: str, language: Language) -> Affiliation | None:
    """Return the Secretariat where a phrase names an office of it, None otherwise."""
    article = language.data.writing.name_article
    bare = text.removeprefix(f"{article} ") if article else text
    known = find_affiliation(bare, language)
    return known if known.kind == "secretariat" else None


def _named_person(text: str, language: Language) -> Name:
    """Return the person whom a phrase names, an article or preposition before the title left out.

    >>> from mahdar.languages import load_language
    >>> _named_person("a la Sra. Díaz", load_language("es")).label
    'Sra. Díaz'
    """
    name = read_name(text, language)
    words = text.split()
    for first in range(1, min(_LEADING, len(words) - 1)):
        if name.honorific:
            break
        name = read_name(" ".join(words[first:]), language)
    if not name.honorific or language.data.writing.spaced:
        return name
    # Where the title comes last, the office stands before the name without a blank.
    for role in sorted(language.data.labels.roles, key=len, reverse=True):
        _, found, rest = name.label.rpartition(role)
        if found and read_name(rest, language).name:
            return read_name(rest, language)
    return name


def _named_body(text: str, language: Language) -> Affiliation | None:
    """Return the State or organisation whose name ends ``text``, or begins it; None if none."""
    if not language.data.writing.spaced:
        for end in range(len(text), 1, -1):
            known = find_affiliation(text[:end], language)
            if known.code:
                return known
        return None
    words = text.split()
    article = language.key(language.data.writing.name_article)
    proclitics = language.data.writing.proclitics
    for first in range(len(words)):
        tail = " ".join(words[first:])
        if article and language.key(words[first]) == article:
            continue
        labels = [tail]
        labels += [left + tail[len(p) :] for p, left in proclitics if tail.startswith(p)]
        for label in labels:
            known = find_affiliation(label, language)
            if known.code:
                return known
    return None
