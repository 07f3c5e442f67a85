"""Publish a record in any of the forms that Mahdar writes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from mahdar.errors import InputError
from mahdar.model import Record
from mahdar.model.formats import NewerFormat, cleaned, decode_record
from mahdar.publishing.forms import TABLES, Form, Paper


def publish(record: Record, to: Form, *, paper: Paper = "a4") -> dict[str, bytes]:
    """Return a record in a form, as files by their names.

    Tables are five files; every other form is one, whose name has an empty stem (``.pdf``).

    Args:
        record: one that was read, or built.
        to: one of :data:`mahdar.publishing.forms.FORMS`.
        paper: of a PDF, ``a4`` or ``letter``.

    Raises:
        NothingToPublish: the record has no body.
        MissingLetter: a PDF is asked for, and the fonts lack a letter of the record.
        ToolMissing: a package that this form needs is not installed.

    >>> from mahdar.specimens.build import specimen
    >>> sorted(publish(specimen("es"), "csv"))
    ['documents.csv', 'members.csv', 'paragraphs.csv', 'turns.csv', 'votes.csv']
    """
    record = cleaned(record)  # it may have been built of anything
    if to == "pdf":
        from mahdar.publishing.pdf import publish_pdf

        return {".pdf": publish_pdf(record, paper)}
    if to == "json":
        return {".json": msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"}
    if to in TABLES:
        from mahdar.publishing.tables import publish_csv, publish_parquet

        return publish_csv(record) if to == "csv" else publish_parquet(record)
    made = _single(to)(record)
    ending = {"text": "txt", "akn": "akn.xml", "tei": "tei.xml"}.get(to, to)
    return {f".{ending}": made.encode() if isinstance(made, str) else made}


def _single(to: Form) -> Callable[[Record], str | bytes]:
    """Return the function that writes a form of one file; what it needs is loaded only then."""
    if to == "docx":
        from mahdar.publishing.docx import publish_docx

        return publish_docx
    if to == "html":
        from mahdar.publishing.html import publish_html

        return publish_html
    if to == "akn":
        from mahdar.publishing.akoma_ntoso import publish_akoma_ntoso

        return publish_akoma_ntoso
    if to == "tei":
        from mahdar.publishing.tei import publish_tei

        return publish_tei
    from mahdar.publishing.text import publish_text

    return publish_text


def read_json(data: bytes, name: str | Path) -> Record:
    """Return a record from its JSON, as ``mahdar read --format json`` prints it.

    Args:
        data: the JSON.
        name: of the file, for the message.

    Raises:
        InputError: it is no record.
    """
    try:
        return decode_record(data)
    except NewerFormat as error:
        raise InputError(str(error), source=name) from None
    except msgspec.DecodeError as error:
        raise InputError(
            f"the JSON is no record ({error}); expected what 'mahdar read --format json' prints",
            source=name,
        ) from None
