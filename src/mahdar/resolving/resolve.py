"""From a parsed record to the same record with mentions, people and groups."""

from __future__ import annotations

import msgspec

from mahdar.authority.finder import name_table
from mahdar.languages import Language
from mahdar.model import Affiliation, BodyItem, Mention, Mentions, Paragraph, Record, Turn
from mahdar.parsing.acts import sentences
from mahdar.resolving.mentions import find_mentions, table_of_people
from mahdar.resolving.people import people_of
from mahdar.resolving.references import find_references


def resolve_record(record: Record, language: Language) -> Record:
    """Return a record with the mentions of each paragraph, its people, and who speaks for whom.

    Args:
        record: as parsed.
        language: of the record.

    Returns:
        The same record; nothing that was printed changes.
    """
    people = people_of(record, language)
    speaker = {number: person.id for person in people for number in person.turn_numbers}
    table = table_of_people(people, language)
    turns = record.turns()
    number = 0
    body: list[BodyItem] = []
    for item in record.body:
        if not isinstance(item, Turn):
            body.append(item)
            continue
        number += 1
        at = number

        def resolved(paragraph: Paragraph, at: int = at) -> Paragraph:
            mentions = find_mentions(
                paragraph.text,
                language,
                organ=record.organ,
                session=record.session,
                session_kind=record.session_kind,
                people=table,
            )
            references = tuple(find_references(paragraph.text, at, turns, record, language))
            if references:
                mentions = _with(mentions, references)
            return msgspec.structs.replace(paragraph, mentions=mentions) if mentions else paragraph

        changes: dict[str, object] = {"person": speaker.get(number)}
        if item.affiliation and item.affiliation.kind == "secretariat":
            changes["affiliation"] = _with_office(item.affiliation, language)
        if item.parts:
            changes["parts"] = tuple(
                msgspec.structs.replace(part, paragraphs=tuple(map(resolved, part.paragraphs)))
                for part in item.parts
            )
        else:
            changes["paragraphs"] = tuple(map(resolved, item.paragraphs))
        turn = msgspec.structs.replace(item, **changes)
        body.append(_with_group(turn, language))
    return msgspec.structs.replace(record, body=tuple(body), people=people)


def _with(mentions: Mentions, references: Mentions) -> Mentions:
    """Add references; a name within one gives way to it."""
    kept: list[Mention] = [
        mention
        for mention in mentions
        if not any(r.start < mention.end and mention.start < r.end for r in references)
    ]
    return tuple(sorted((*kept, *references), key=lambda mention: mention.start))


def _with_office(affiliation: Affiliation, language: Language) -> Affiliation:
    """Give a label of the Secretariat the code of the office or body that it names."""
    found = next(iter(name_table(language.data.code).find(affiliation.label)), None)
    if found is None or found.name.kind not in ("office", "organisation"):
        return affiliation
    return msgspec.structs.replace(affiliation, code=found.name.code)


def _with_group(turn: Turn, language: Language) -> Turn:
    """Give a turn on behalf of a group the group's code, and the States aligned with it."""
    if not turn.on_behalf_of:
        return turn
    found = [
        f.name.code
        for f in name_table(language.data.code).find(turn.on_behalf_of)
        if f.name.kind in ("group", "organisation")
    ]
    if not found:
        return turn
    return msgspec.structs.replace(turn, group=found[0], aligned=_aligned(turn, language))


_OPENING = 6
"""Paragraphs of a statement in which it says who aligns with it."""


def _aligned(turn: Turn, language: Language) -> tuple[str, ...]:
    """Return the States that the sentence names which says who aligns with the statement."""
    forms = list(language.data.procedure.aligned)
    for paragraph in turn.all_paragraphs()[:_OPENING]:
        if not language.holds(forms, paragraph.text):
            continue
        for start, end in sentences(paragraph.text, language):
            if language.holds(forms, paragraph.text[start:end]):
                states = [
                    mention.id
                    for mention in paragraph.mentions
                    if mention.kind == "state" and mention.id and start <= mention.start < end
                ]
                return tuple(dict.fromkeys(states))
    return ()
