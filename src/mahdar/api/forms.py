"""What the functions return, in other forms: for people, and for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

import msgspec

from mahdar.model.cleaning import clean
from mahdar.model.formats import cleaned
from mahdar.model.naming import file_name
from mahdar.organs import organ_codes
from mahdar.publishing.forms import FORMS, TABLES, Paper

if TYPE_CHECKING:
    from mahdar.alignment import Alignment
    from mahdar.authority.persons import Identity
    from mahdar.authority.who import Answer as Named
    from mahdar.model import Record
    from mahdar.reading.explain import Explanation
    from mahdar.resolving.citing import Cited
    from mahdar.search.hits import Answer
    from mahdar.study.proceedings import Proceedings

AlignmentForm = Literal["text", "json", "tmx", "html"]
CitationForm = Literal["text", "json", "csv", "graphml"]
ReferenceForm = Literal["bibtex", "ris", "csl"]
IndexForm = Literal["html", "pdf", "csv", "json"]
StudyForm = Literal["text", "json", "csv", "parquet"]
ExportForm = Literal["json", "text", "html", "tei", "akn", "csv", "parquet"]

PAPERS: tuple[Paper, ...] = get_args(Paper)
ALIGNMENT_FORMS: tuple[AlignmentForm, ...] = get_args(AlignmentForm)
CITATION_FORMS: tuple[CitationForm, ...] = get_args(CitationForm)
REFERENCE_FORMS: tuple[ReferenceForm, ...] = get_args(ReferenceForm)
ORGANS = organ_codes()
"""Codes of the organs that are known."""
INDEX_FORMS: tuple[IndexForm, ...] = get_args(IndexForm)
STUDY_FORMS: tuple[StudyForm, ...] = get_args(StudyForm)
EXPORT_FORMS: tuple[ExportForm, ...] = get_args(ExportForm)

__all__ = [
    "ALIGNMENT_FORMS",
    "CITATION_FORMS",
    "EXPORT_FORMS",
    "FORMS",
    "INDEX_FORMS",
    "PAPERS",
    "REFERENCE_FORMS",
    "STUDY_FORMS",
    "TABLES",
    "as_json",
    "clean",
    "file_name",
    "known",
    "publish_alignment",
    "publish_citations",
    "publish_index",
    "publish_references",
    "tell_explanation",
    "tell_name",
    "tell_people",
]

_Form = TypeVar("_Form", bound=str)


def known(to: _Form, forms: Sequence[_Form]) -> _Form:
    """Return a form; where there is no such form, say which there are.

    >>> known("csv", ("text", "csv"))
    'csv'
    >>> known("cvs", ("text", "csv"))
    Traceback (most recent call last):
    ValueError: there is no form 'cvs', only text, csv
    """
    if to not in forms:
        raise ValueError(f"there is no form {to!r}, only {', '.join(forms)}")
    return to


def as_json(value: Any) -> bytes:
    """Return what a function returned as JSON, as its command prints it.

    >>> from mahdar import who
    >>> as_json(who("Чада", "ru")).decode().split()[:4]
    ['[', '{', '"code":', '"TCD",']
    """
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:  # half of a pair, as in the name of a file that is no UTF-8
        data = msgspec.json.encode(cleaned(value))
    return msgspec.json.format(data, indent=1) + b"\n"


def tell_explanation(explanation: Explanation) -> str:
    """Return how a file was put in order, in lines for people.

    Args:
        explanation: from :func:`mahdar.explain`.

    >>> from mahdar import explain, specimen_path
    >>> "columns swapped" in tell_explanation(explain(specimen_path()))
    True
    """
    from mahdar.reading.explain import explain_text

    return explain_text(explanation)


def tell_name(name: str, answers: Sequence[Named]) -> str:
    """Return what a name may mean, in lines for people.

    Args:
        name: that was asked for.
        answers: from :func:`mahdar.who`.

    >>> from mahdar import who
    >>> print(tell_name("Чада", who("Чада", "ru")).splitlines()[0])
    TCD  state
    """
    from mahdar.authority.telling import tell

    return tell(name, answers)


def tell_people(people: Sequence[Identity]) -> str:
    """Return people, in lines for people: names, where they were seen, why merged.

    Args:
        people: from :func:`mahdar.people`.

    >>> from mahdar import people, specimen_path
    >>> len(tell_people(people([specimen_path()])).splitlines()) > 5
    True
    """
    from mahdar.authority.telling import tell_people as tell

    return tell(people)


def publish_alignment(
    alignment: Alignment, first: Record, second: Record, to: AlignmentForm
) -> str | bytes:
    """Return an alignment for people or for other programs.

    Args:
        alignment: from :func:`mahdar.align`.
        first: the record in the first language.
        second: the record in the second.
        to: ``text`` counts the pairs and names what stands alone; ``tmx`` is the format of
            translation memories (1.4b), ``html`` a page with both side by side, ``json`` the pairs.

    Raises:
        ValueError: there is no such form.

    >>> from mahdar import align
    >>> from mahdar.specimens.build import specimen
    >>> first, second = specimen("en"), specimen("fr")
    >>> print(publish_alignment(align(first, second), first, second, "text").splitlines()[1])
    Turns: 18 and 18, 18 pairs
    """
    known(to, ALIGNMENT_FORMS)
    if to == "json":
        return as_json(alignment)
    if to == "text":
        from mahdar.publishing.alignment_summary import summarise_alignment

        return summarise_alignment(alignment, first, second)
    from mahdar.publishing.alignment import publish_side_by_side, publish_tmx

    publish = publish_tmx if to == "tmx" else publish_side_by_side
    return publish(alignment, first, second)


def publish_citations(cited: Sequence[Cited], to: CitationForm) -> str | bytes:
    """Return citations for people or for other programs.

    Args:
        cited: from :func:`mahdar.cite`.
        to: ``text``, ``json``, ``csv``, or ``graphml``, a graph of who cites what.

    Raises:
        ValueError: there is no such form.

    >>> from mahdar import cite, specimen_path
    >>> cited = cite(specimen_path(), kinds=["document"])
    >>> publish_citations(cited, "csv").partition(",")[0]
    'kind'
    """
    known(to, CITATION_FORMS)
    if to == "json":
        return as_json(cited)
    from mahdar.publishing.citations import publish_citations as publish

    return publish(cited, to)


def publish_references(answer: Answer, to: ReferenceForm) -> str:
    """Return a citation of the first passage of each hit, for programs that keep them.

    Args:
        answer: from :func:`mahdar.search`.
        to: ``bibtex``, ``ris`` or ``csl`` (CSL-JSON 1.0).

    Raises:
        ValueError: there is no such form.

    >>> import tempfile
    >>> from mahdar import open_archive, search, specimen_path
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> added = archive.add([specimen_path()])
    >>> publish_references(search("السلام", archive), "ris").splitlines()[0]
    'TY  - HEAR'
    """
    from mahdar.publishing.bibliography import publish_references as publish
    from mahdar.search.hits import references_of

    return publish(references_of(answer), known(to, REFERENCE_FORMS))


def publish_index(index: Proceedings, to: IndexForm) -> dict[str, bytes]:
    """Return the Index to Proceedings of a year, as files by their names.

    Args:
        index: from :func:`mahdar.index`.
        to: ``html``, ``pdf``, ``json``, or ``csv``, which is five tables.

    Raises:
        ToolMissing: the package that sets PDFs is not installed.
        CannotBeSet: it refuses the index.
        ValueError: there is no such form.

    >>> import tempfile
    >>> from mahdar import index, open_archive, specimen_path
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> added = archive.add([specimen_path()])
    >>> sorted(publish_index(index(2031, archive), "html"))
    ['.html']
    """
    from mahdar.study.proceedings_forms import publish_proceedings

    return publish_proceedings(index, known(to, INDEX_FORMS))
