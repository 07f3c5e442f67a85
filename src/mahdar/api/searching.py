"""The public functions that ask an archive."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from mahdar.model.formats import cleaned

if TYPE_CHECKING:
    from mahdar.api.archive import Archive
    from mahdar.search.hits import Answer, Hit, Passage
    from mahdar.search.searching import Mode, Searcher, Sort

_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"
_ISOLATE, _POP = "\u2068", "\u2069"
_SHOWN, _BUCKETS = 2, 6


class Incomplete(UserWarning):
    """An answer leaves something out, which the archive has but cannot find yet."""


def search(
    query: str,
    archive: Archive | Searcher | str | Path | None = None,
    *,
    mode: Mode = "words",
    page: int = 1,
    size: int = 10,
    sort: Sort = "relevance",
    facets: bool = True,
) -> Answer:
    """Answer a question to an archive.

    Args:
        query: in the query language; by meaning, a sentence.
        archive: to look through; for many questions, its ``searcher()``.
        mode: ``words``, ``meaning``, or ``both``.
        page: from 1.
        size: hits on a page.
        sort: ``relevance``, ``newest``, ``oldest``.
        facets: count the hits by organ, year, State, topic, speaker, …

    Raises:
        QueryError: the question cannot be understood; the message shows the place.
        ArchiveError: there is no archive, or it cannot be opened.
        ToolMissing: meaning is asked for and the encoder is not installed.

    Warns:
        Incomplete: meaning is asked for, and records have no vectors yet.

    >>> import tempfile
    >>> from mahdar import open_archive, specimen_path
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> added = archive.add([specimen_path()])
    >>> search("السلام", archive).total > 0
    True
    """
    searcher = _searcher(archive)
    missing = 0 if mode == "words" else len(searcher.archive.indexes.without_vectors())
    if missing:
        warnings.warn(
            f"{missing:,} records have no vectors yet and are left out: mahdar vectors",
            Incomplete,
            stacklevel=2,
        )
    return searcher.search(query, mode=mode, page=page, size=size, sort=sort, facets=facets)


def list_fields() -> dict[str, str]:
    """Return the fields that a question can name, each with an example.

    >>> list_fields()["year"]
    'year:2004..2008'
    """
    from mahdar.search.query import fields

    return {name: str(row["example"]) for name, row in fields().items()}


def _searcher(archive: Archive | Searcher | str | Path | None) -> Searcher:
    # Opened first: that says which packages are missing, before they are imported.
    if archive is None or isinstance(archive, str | Path):
        from mahdar.api.archives import open_archive

        archive = open_archive(archive, make=False)
    from mahdar.search.searching import Searcher

    return archive if isinstance(archive, Searcher) else archive.searcher()


def tell_answer(answer: Answer, *, terminal: bool = False) -> str:
    """Return what an archive answers, in lines for people.

    Args:
        answer: from :func:`mahdar.search`.
        terminal: what was found is bold, not in square brackets, and each stretch keeps its own
            direction within the line.

    >>> import tempfile
    >>> from mahdar import open_archive, search, specimen_path
    >>> archive = open_archive(tempfile.mkdtemp())
    >>> added = archive.add([specimen_path()])
    >>> tell_answer(search("السلام", archive)).partition(",")[0]
    '1 speeches'
    """
    answer = cleaned(answer)  # bold is told by a control character, which must be our own
    first = (answer.page - 1) * len(answer.hits)
    lines = [
        f"{answer.total:,} speeches, page {answer.page:,} of {answer.pages:,}"
        f" ({answer.milliseconds:,.0f} ms)",
    ]
    for number, hit in enumerate(answer.hits, 1 + first):
        lines += ["", *_hit(number, hit, terminal)]
    if answer.facets:
        lines.append("")
    for name, buckets in answer.facets.items():
        if len(buckets) > 1:
            shown = ", ".join(f"{b.name} {b.count:,}" for b in buckets[:_BUCKETS])
            more = " …" if len(buckets) > _BUCKETS else ""
            lines.append(f"by {name}: {_own_way(shown, terminal)}{more}")
    return "".join(f"{line}\n" for line in lines)


def _hit(number: int, hit: Hit, terminal: bool) -> list[str]:
    lines = [f"{number}. {hit.date or ''}  {_own_way(hit.speaker or hit.kind, terminal)}"]
    for passage in hit.passages[:_SHOWN]:
        lines.append(f"   {_own_way(_marked(passage, terminal), terminal)}")
        lines.append(f"   — {passage.cited}   {passage.address}")
    return lines


def _own_way(text: str, terminal: bool) -> str:
    """Return a text that keeps its own direction within a line of another."""
    return f"{_ISOLATE}{text}{_POP}" if terminal else text


def _marked(passage: Passage, terminal: bool) -> str:
    before, after = (_BOLD, _PLAIN) if terminal else ("[", "]")
    out, at = [], 0
    for start, end in passage.marks:
        out += [passage.text[at:start], before, passage.text[start:end], after]
        at = end
    return "".join([*out, passage.text[at:]])
