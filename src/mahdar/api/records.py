"""The public functions, one for each command."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mahdar.model import FORMAT, Record
from mahdar.publishing.show import show_record
from mahdar.publishing.summary import summarise
from mahdar.reading.explain import Explanation, explain_reading
from mahdar.reading.read import read_file
from mahdar.sources.options import Options
from mahdar.sources.pdf.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from mahdar.alignment import Alignment
    from mahdar.authority.persons import Identity
    from mahdar.authority.who import Answer
    from mahdar.publishing.forms import Form, Paper
    from mahdar.resolving.citing import Cited


def read(
    path: str | Path,
    *,
    language: str | None = None,
    ocr: bool = False,
    limits: Limits | None = None,
    isolated: bool = True,
) -> Record:
    """Read a file to a record.

    Args:
        path: a PDF, a Word file, or UTF-8 text with or without light Markdown.
        language: ISO 639-1; found out where it is not given.
        ocr: recognise pages that are pictures without text, with Tesseract.
        limits: what a PDF may take in pages, seconds and memory.
        isolated: read PDFs in a process of their own, so that a file made to do harm
            cannot end this one.

    Returns:
        The record; what is doubtful is in its ``findings``.

    Raises:
        InputError: the file cannot be read, or is no record; the message says what
            was expected and what to do.

    >>> read(specimen_path()).symbol
    'S/PV.99901'
    """
    options = Options(language, ocr, limits or Limits(), isolated)
    return read_file(path, options).record


def show(path: str | Path, *, width: int = 78) -> str:
    """Return a file as a person would read it, in reading order.

    Args:
        path: as for :func:`read`.
        width: columns to fold lines at, 0 to leave them whole.

    >>> "S/PRST/2031/4" in show(specimen_path())
    True
    """
    return show_record(read_file(path).record, width=width)


def explain(path: str | Path) -> Explanation:
    """Return what the layout did with a file, page by page, and how sure it was.

    Args:
        path: as for :func:`read`.

    >>> explain(specimen_path()).moved > 0
    True
    """
    return explain_reading(read_file(path))


def summary(path: str | Path) -> str:
    """Return a page that says what a record holds.

    >>> "Turns:" in summary(specimen_path())
    True
    """
    return summarise(read_file(path).record)


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


def publish(record: Record | str | Path, to: Form, *, paper: Paper = "a4") -> dict[str, bytes]:
    """Return a record in another form, as files by their names.

    Args:
        record: one that was read, or a file that can be read.
        to: ``text``, ``html``, ``pdf``, ``docx``, ``akn``, ``tei``, ``json``, ``csv`` or
            ``parquet``; the last two are five files, every other is one.
        paper: of a PDF, ``a4`` or ``letter``.

    Raises:
        NothingToPublish: the record has no body.
        MissingLetter: a PDF is asked for, and the fonts lack a letter of the record.
        ToolMissing: a package that this form needs is not installed.

    >>> sorted(publish(specimen_path(), "html"))
    ['.html']
    """
    from mahdar.publishing.publish import publish as make

    return make(record if isinstance(record, Record) else read(record), to, paper=paper)


def align(first: Record | str | Path, second: Record | str | Path) -> Alignment:
    """Pair the turns and paragraphs of one meeting in two languages.

    Args:
        first: a record, or a file that can be read.
        second: the same meeting in another language.

    Raises:
        NothingToPublish: one of them has no turns.
        ToolMissing: the package with the sentence vectors is not installed.
    """
    from mahdar.alignment import align_records

    one, other = (r if isinstance(r, Record) else read(r) for r in (first, second))
    return align_records(one, other)


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


def cite(record: Record | str | Path, *, kinds: Collection[str] = ()) -> tuple[Cited, ...]:
    """Return what a record cites, and who cites it.

    Args:
        record: one that was read, or a file that can be read.
        kinds: only these kinds (``document``, ``resolution``, …); all where none is given.

    >>> {row.kind for row in cite(specimen_path(), kinds=["document"])}
    {'document'}
    """
    from mahdar.resolving.citing import citations_of

    return citations_of(record if isinstance(record, Record) else read(record), kinds)


def people(
    records: Iterable[Record | str | Path], *, overrides: str | Path | None = None
) -> tuple[Identity, ...]:
    """Return the people of one or more records, each once, with why names were brought together.

    Args:
        records: that were read, or files that can be read; in any of the languages.
        overrides: a TOML file with ``same`` and ``different``, lists of pairs ``RECORD#id``.

    Raises:
        InputError: a file cannot be read, or the overrides are not of that form.

    >>> len(people([specimen_path()])) > 5
    True
    """
    from mahdar.authority.persons import identify, read_overrides

    read_all = [r if isinstance(r, Record) else read(r) for r in records]
    return identify(read_all, read_overrides(overrides) if overrides else None)
