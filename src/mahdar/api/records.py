"""The public functions about records, one for each command."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Unpack

import msgspec

from mahdar.api.forms import FORMS, known
from mahdar.api.opening import File, Given, Reading, open_record, read_one
from mahdar.model import FORMAT, Record
from mahdar.sources.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mahdar.alignment import Alignment
    from mahdar.authority.persons import Identity
    from mahdar.authority.who import Answer
    from mahdar.publishing.forms import Form, Paper
    from mahdar.resolving.citing import Cited


def read(
    file: File,
    *,
    language: str | None = None,
    ocr: bool = False,
    limits: Limits | None = None,
    isolated: bool = True,
    name: str | None = None,
) -> Record:
    """Read a file to a record.

    Args:
        file: the path of a PDF, a Word file, a debate in Akoma Ntoso, UTF-8 text with or without
            light Markdown, or the JSON of a record; or a stream of its bytes, such as
            ``sys.stdin.buffer``.
        language: ISO 639-1; found out where it is not given.
        ocr: recognise pages that are pictures without text, with Tesseract.
        limits: what reading it may take.
        isolated: read it in a process of its own, so that a file made to do harm can neither end
            this one nor take more time and memory than the limits say.
        name: what messages call a stream.

    Returns:
        The record; what is doubtful is in its ``findings``.

    Raises:
        InputError: the file cannot be read, or is no record; the message says what
            was expected and what to do.
        ToolMissing: a program that this file needs is not installed.
        LanguageDataError: the language that was asked for is not at hand.

    >>> read(specimen_path()).symbol
    'S/PV.99901'
    """
    return read_one(file, language=language, ocr=ocr, limits=limits, isolated=isolated, name=name)


def show(given: Given, *, width: int = 78, isolate: bool = True, **reading: Unpack[Reading]) -> str:
    """Return a record as a person would read it, in reading order.

    Args:
        given: as for :func:`open_record`.
        width: columns to fold lines at, 0 to leave them whole.
        isolate: put marks of direction around lines that are written from right to left, for
            terminals.
        reading: as for :func:`read`.

    Raises:
        InputError: as for :func:`open_record`.

    >>> "S/PRST/2031/4" in show(specimen_path())
    True
    """
    from mahdar.publishing.show import show_record

    return show_record(open_record(given, **reading), width=width, isolate=isolate)


def summary(given: Given, **reading: Unpack[Reading]) -> str:
    """Return a page that says what a record holds.

    Args:
        given: as for :func:`open_record`.
        reading: as for :func:`read`.

    Raises:
        InputError: as for :func:`open_record`.

    >>> "Turns:" in summary(specimen_path())
    True
    """
    from mahdar.publishing.summary import summarise

    return summarise(open_record(given, **reading))


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the JSON that ``mahdar read`` prints.

    >>> schema()["title"]
    'Record'
    """
    (root,), components = msgspec.json.schema_components([Record], ref_template="#/$defs/{name}")
    name = root["$ref"].rsplit("/", 1)[1]
    body = dict(components[name])
    body["properties"]["format"] |= {"const": FORMAT}
    body["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    body["$defs"] = {key: value for key, value in components.items() if key != name}
    return body


def specimen_path() -> Path:
    """Return the path of the specimen: an invented meeting, in Arabic, with the usual troubles.

    >>> specimen_path().name
    'specimen.ar.txt'
    """
    return Path(str(resources.files("mahdar.specimens") / "specimen.ar.txt"))


def publish(
    given: Given, to: Form, *, paper: Paper = "a4", **reading: Unpack[Reading]
) -> dict[str, bytes]:
    """Return a record in another form, as files by their names.

    Args:
        given: as for :func:`open_record`.
        to: ``text``, ``html``, ``pdf``, ``docx``, ``akn``, ``tei``, ``json``, ``csv`` or
            ``parquet``; the last two are five files, every other is one.
        paper: of a PDF, ``a4`` or ``letter``.
        reading: as for :func:`read`.

    Raises:
        InputError: as for :func:`open_record`.
        NothingToPublish: the record has no body.
        MissingLetter: a PDF is asked for, and the fonts lack a letter of the record.
        ToolMissing: a package that this form needs is not installed.
        ValueError: there is no such form.

    >>> sorted(publish(specimen_path(), "html"))
    ['.html']
    """
    from mahdar.publishing.publish import publish as make

    return make(open_record(given, **reading), known(to, FORMS), paper=paper)


def align(first: Given, second: Given, **reading: Unpack[Reading]) -> Alignment:
    """Pair the turns and paragraphs of one meeting in two languages.

    Args:
        first: as for :func:`open_record`.
        second: the same meeting in another language.
        reading: as for :func:`read`.

    Raises:
        InputError: as for :func:`open_record`.
        NothingToPublish: one of them has no turns.
        ToolMissing: the package with the sentence vectors is not installed.

    >>> from mahdar.specimens.build import specimen
    >>> made = align(specimen("en"), specimen("fr"))
    >>> made.first, made.second, len(made.turns)
    ('en', 'fr', 18)
    """
    from mahdar.alignment import align_records

    return align_records(open_record(first, **reading), open_record(second, **reading))


def who(name: str, language: str | None = None) -> tuple[Answer, ...]:
    """Say which State, body, group or office a printed name means, and how that was found.

    Args:
        name: as printed.
        language: ISO 639-1; all six where it is not given.

    >>> who("Чада", "ru")[0].code
    'TCD'
    """
    from mahdar.authority.who import who as find

    return find(name, language)


def cite(
    given: Given, *, kinds: Collection[str] = (), **reading: Unpack[Reading]
) -> tuple[Cited, ...]:
    """Return what a record cites, and who cites it.

    Args:
        given: as for :func:`open_record`.
        kinds: only these kinds (``document``, ``resolution``, …); all where none is given.
        reading: as for :func:`read`.

    Raises:
        InputError: as for :func:`open_record`.

    >>> {row.kind for row in cite(specimen_path(), kinds=["document"])}
    {'document'}
    """
    from mahdar.resolving.citing import citations_of

    return citations_of(open_record(given, **reading), kinds)


def people(
    records: Iterable[Given], *, overrides: str | Path | None = None, **reading: Unpack[Reading]
) -> tuple[Identity, ...]:
    """Return the people of one or more records, each once, with why names were brought together.

    Args:
        records: each as for :func:`open_record`; in any of the languages.
        overrides: a TOML file with ``same`` and ``different``, lists of pairs ``RECORD#id``.
        reading: as for :func:`read`.

    Raises:
        InputError: a file cannot be read, or the overrides are not of that form.

    >>> len(people([specimen_path()])) > 5
    True
    """
    from mahdar.authority.persons import identify, read_overrides

    opened = [open_record(given, **reading) for given in records]
    return identify(opened, read_overrides(overrides) if overrides else None)
