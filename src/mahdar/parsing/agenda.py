"""Read the agenda on the cover: its items, and the documents under each."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.citations import find_symbols
from mahdar.languages import Language
from mahdar.model import AgendaItem, Document, Span
from mahdar.parsing.cover_fields import Cover
from mahdar.sources.block import Block, Printed
from mahdar.sources.packed import one_line


def read_agenda(cover: Cover, blocks: Sequence[Block], language: Language, source: Printed) -> None:
    """Read the items of the agenda with the documents that stand under each."""
    letters = [language.key(words) for words in language.data.cover.letter]
    title: list[str] = []
    subtitle: list[str] = []
    documents: list[str] = []
    spans: list[Span] = []

    def close() -> None:
        if title:
            cover.agenda.append(
                AgendaItem(
                    " ".join(title), " ".join(subtitle) or None, tuple(documents), tuple(spans)
                )
            )
        for lines in (title, subtitle, documents, spans):
            lines.clear()

    for block in blocks:
        text = one_line(block.text)
        place = block.spans(0, len(block.text), source)
        symbols = [found.printed for found in find_symbols(text)]
        if title and (symbols or any(language.key(text).startswith(form) for form in letters)):
            documents += symbols
            spans += place
            cover.documents += [Document(symbol, text) for symbol in symbols]
            continue
        if documents:
            close()
        first, *others = block.text.split("\n")
        if not title:
            title.append(" ".join(first.split()))
            subtitle += [" ".join(line.split()) for line in others]
        else:
            subtitle.append(text)
        spans += place
        if symbols:
            documents += symbols
            cover.documents += [Document(symbol, text) for symbol in symbols]
    close()
