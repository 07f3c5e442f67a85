"""Read a file to a record: the one way through the house."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path

import msgspec

from mahdar._version import __version__
from mahdar.authority import known_names
from mahdar.checking import check
from mahdar.errors import NotARecord
from mahdar.languages import Language, language_codes, load_language
from mahdar.layout.paged.compose import Composed, compose
from mahdar.layout.paged.doubts import page_doubts
from mahdar.layout.paged.flow import lay_out_pages
from mahdar.layout.text.doubts import doubts
from mahdar.layout.text.flow import Flow, lay_out
from mahdar.model import Record
from mahdar.model.formats import sealed
from mahdar.model.identify import identify_findings
from mahdar.model.record import Origin
from mahdar.organs import organs
from mahdar.parsing.debate import read_debate
from mahdar.parsing.record import read_record
from mahdar.procedure import complete
from mahdar.resolving import resolve_record
from mahdar.sources.akoma_ntoso import DebateSource
from mahdar.sources.block import Printed
from mahdar.sources.files import Source, open_file
from mahdar.sources.options import DEFAULT, Options
from mahdar.sources.page import PageSource
from mahdar.sources.text import TextSource


class ReadFile(msgspec.Struct, frozen=True):
    """A file on its way: what lay in it, what was made of it, and the record."""

    source: Printed
    language: Language
    flow: Flow
    record: Record
    composed: Composed | None = None


def recognise_language(source: TextSource) -> Language:
    """Return the language of a text, by how many of its facts the text holds.

    Raises:
        NotARecord: the text holds nothing of any language that is known.
    """
    return language_of_text(" ".join(block.text for block in source.blocks[:80]), source.name)


def language_of_text(sample: str, name: str) -> Language:
    """Return the language of a sample of text; see :func:`recognise_language`.

    Args:
        sample: the first pages of a file.
        name: of the file, for the message.
    """
    best: Language | None = None
    most = 0
    for code in language_codes():
        language = load_language(code)
        data, text = language.data, language.key(sample)
        words = [name for organ in organs() for name in organ.names.get(code, ())]
        words += [*data.cover.notice, *data.cover.agenda, *data.titles.agenda_adoption]
        words += [h.form for h in data.labels.honorifics] + data.cover.president
        found = sum(language.key(word) in text for word in words)
        if found > most:
            best, most = language, found
    if best is None:
        known = ", ".join(language_codes())
        raise NotARecord(
            "the text holds nothing that a verbatim record prints,"
            f" in any language at hand ({known})",
            source=name,
        )
    return best


def read_file(path: str | Path, options: Options = DEFAULT) -> ReadFile:
    """Read a file and keep every stage of the reading.

    Args:
        path: a PDF, a DOCX, an old DOC, or UTF-8 text.
        options: how to read it.

    Raises:
        InputError: the file cannot be read, or is no record.
        ToolMissing: a program that this file needs is not installed.
        LanguageDataError: the language that was asked for is not at hand.
    """
    with _collection_paused():
        return read_opened(open_file(path, options), options)


def read_opened(source: Source, options: Options = DEFAULT) -> ReadFile:
    """Read a source that is opened already; see :func:`read_file`.

    The record says which program read it, sealed: whoever changes it afterwards breaks the seal.
    """
    read = _read(source, options)
    record = sealed(read.record, Origin("read", f"mahdar {__version__}"))
    return msgspec.structs.replace(read, record=record)


def _read(source: Source, options: Options) -> ReadFile:
    if isinstance(source, DebateSource):
        return _read_debate(source)
    language = load_language(options.language) if options.language else None
    if isinstance(source, PageSource):
        return read_pages_source(source, language)
    return read_source(source, language)


def _read_debate(source: DebateSource) -> ReadFile:
    """Read a debate that another program encoded; it has no layout to explain."""
    record = read_debate(source)
    if not record.turns():
        raise NotARecord("the debate holds no speech", source=source.name)
    code = record.language if record.language in language_codes() else "en"
    flow = Flow((), (), (), (), (), 0.0)
    language = load_language(code)
    return ReadFile(source, language, flow, resolve_record(record, language))


def read_pages_source(source: PageSource, language: Language | None = None) -> ReadFile:
    """Read a file of pages.

    Args:
        source: what lies on each page.
        language: of the text; found out where it is not given.
    """
    with _collection_paused():
        composed = compose(source)
        language = language or language_of_text(composed.sample(), source.name)
        paged = lay_out_pages(composed, language)
        flow, printed = paged.flow, paged.printed
        record = resolve_record(complete(read_record(flow, printed, language)), language)
        findings = (
            *record.findings,
            *page_doubts(paged),
            *doubts(flow, printed),
            *check(record, language, printed),
        )
        record = identify_findings(msgspec.structs.replace(record, findings=findings))
        return ReadFile(printed, language, flow, record, composed)


def read_source(source: TextSource, language: Language | None = None) -> ReadFile:
    """Read a source that is decoded already.

    Args:
        source: blocks of text.
        language: of the text; found out where it is not given.
    """
    with _collection_paused():
        language = language or recognise_language(source)
        flow = lay_out(source, language, known_names(language))
        record = resolve_record(complete(read_record(flow, source, language)), language)
        findings = (*record.findings, *doubts(flow, source), *check(record, language, source))
        record = identify_findings(msgspec.structs.replace(record, findings=findings))
        return ReadFile(source, language, flow, record)


@contextlib.contextmanager
def _collection_paused() -> Iterator[None]:
    """Pause the search for cyclic garbage: reading makes a great many tuples and no cycles.

    Looking through them again and again would take a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
