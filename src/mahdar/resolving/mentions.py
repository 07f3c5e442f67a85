"""The mentions of a paragraph: what it cites, and whom and what it names."""

from __future__ import annotations

from mahdar.authority.finder import NameFound, NameTable, name_table
from mahdar.citations import find_citations
from mahdar.languages import Language
from mahdar.model import Mention, Mentions, Person
from mahdar.model.record import SessionKind


def find_mentions(
    text: str,
    language: Language,
    *,
    organ: str | None = None,
    session: int | None = None,
    session_kind: SessionKind = "regular",
    people: NameTable | None = None,
) -> Mentions:
    """Find all that a text cites and names, in order, none within another.

    Args:
        text: as printed.
        language: its facts.
        organ: of the record.
        session: of that organ, where it counts by sessions.
        session_kind: the kind of that session.
        people: the names of the people of the record, from :func:`table_of_people`.

    >>> from mahdar.languages import load_language
    >>> text = "Israel and the Mauritius Strategy (resolution 51/223)"
    >>> [(m.kind, m.id) for m in find_mentions(text, load_language("en"))]
    [('state', 'ISR'), ('text', 'MAURITIUS-STRATEGY'), ('resolution', 'A/RES/51/223')]
    """
    cited = find_citations(
        text, language.data.code, organ=organ, session=session, session_kind=session_kind
    )
    named = [_mention(found, text) for found in name_table(language.data.code).find(text)]
    if people is not None:
        named += [_mention(found, text) for found in people.find(text)]
        named.sort(key=lambda mention: (mention.start, -mention.end))
    free: list[Mention] = []
    taken = iter(cited)
    block = next(taken, None)
    for mention in named:
        while block is not None and block.end <= mention.start:
            block = next(taken, None)
        inside = block is not None and block.start < mention.end
        if not inside and (not free or free[-1].end <= mention.start):
            free.append(mention)
    return tuple(sorted((*cited, *free), key=lambda mention: mention.start))


def _mention(found: NameFound, text: str) -> Mention:
    name = found.name
    why = f"the name '{name.printed}'" if name.form is None else f"'{name.printed}', {name.form}"
    if found.lead:
        why += f", with '{found.lead}' written together"
    kind = name.kind
    return Mention(
        found.start,
        found.end,
        text[found.start : found.end],
        kind,  # type: ignore[arg-type]
        name.code,
        why=why,
    )


def table_of_people(people: tuple[Person, ...], language: Language) -> NameTable:
    """Return a table that finds the people of a record by the names printed for them.

    Args:
        people: with their forms; a form of one word alone names nobody.
        language: of the record.
    """
    table = NameTable(language)
    for person in people:
        for form in (person.name, *person.forms):
            if len(form.split()) > 1 or (not language.data.writing.spaced and len(form) > 2):
                table.add(form, "person", person.id)
    return table
