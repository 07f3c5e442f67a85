"""Look through an archive for damage: database, records, tables, indexes."""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING

import msgspec
from django.db import connections

from mahdar.archive.packing import unpack
from mahdar.archive.rows import ElementRow, element_rows, vote_rows
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError, MahdarError
from mahdar.index.columns import damage, read_state
from mahdar.index.words import WordIndex

if TYPE_CHECKING:
    from mahdar.archive.adding import Progress
    from mahdar.index.indexed import Indexed


class Verified(msgspec.Struct):
    """What was looked at and what is wrong.

    ``records`` and ``versions`` that are whole, ``elements`` in the indexes, ``vectors``;
    ``wrong`` what is damaged, ``behind`` records whose indexes or vectors are still to be made,
    ``mended`` what was put right.
    """

    records: int = 0
    versions: int = 0
    elements: int = 0
    vectors: int = 0
    without_vectors: int = 0
    behind: int = 0
    unread: int = 0
    wrong: list[str] = []
    mended: list[str] = []


def verify(archive: Indexed, *, mend: bool = False, progress: Progress | None = None) -> Verified:
    """Look through an archive.

    Args:
        archive: that is open.
        mend: make indexes anew where they are damaged or behind.
        progress: is told how many versions of how many were looked at.
    """
    found = Verified(unread=len(archive.unread()))
    found.wrong += _database(archive.alias)
    _records(archive.alias, found, progress)
    indexes = archive.indexes
    found.behind = indexes.behind()
    wrong = _indexes(archive, found)
    if (wrong or found.behind) and mend:
        if wrong:
            indexes.forget()
        done = indexes.catch_up()
        found.mended.append(f"the indexes of {done:,} records were made anew")
        found.behind = indexes.behind()
        wrong = _indexes(archive, found)
    found.wrong += wrong
    from mahdar.index.vectors import Vectors

    vectors = Vectors(indexes.vectors_folder)
    found.vectors = vectors.state.rows
    found.without_vectors = len(indexes.without_vectors())
    return found


def _database(alias: str) -> list[str]:
    """Ask SQLite whether its file is whole; PostgreSQL sees to its own files."""
    if connections[alias].vendor != "sqlite":
        return []
    with connections[alias].cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        said = [row[0] for row in cursor.fetchall()]
        cursor.execute("PRAGMA foreign_key_check")
        strays = cursor.fetchall()
    wrong = [f"database: {line}" for line in said if line != "ok"]
    return wrong + [f"database: a row of {row[0]} points nowhere" for row in strays[:5]]


def _records(alias: str, found: Verified, progress: Progress | None) -> None:
    table = models.Record.objects.using(alias)
    total = table.count()
    for done, row in enumerate(table.order_by("pk").iterator(chunk_size=20), 1):
        wrong = _record(alias, row)
        if wrong:
            found.wrong.append(f"{row.key}/{row.language}@{row.version}: {wrong}")
        else:
            found.versions += 1
            found.records += row.current
        if progress:
            progress(done, total)


def _record(alias: str, row: models.Record) -> str:
    """Return what is wrong with a version of a record; nothing where it is whole."""
    try:
        data = zlib.decompress(row.contents)
        if hashlib.sha256(data).hexdigest() != row.digest:
            return "its contents are not what was put in"
        record = unpack(row.contents)
    except (zlib.error, msgspec.DecodeError) as error:
        return f"its contents cannot be read ({error})"
    wanted = [_as_kept(element) for element in element_rows(record)]
    if wanted != _kept(alias, row.pk):
        return "its elements are not those of its contents"
    votes = sum(len(vote.casts) for vote in vote_rows(record))
    if votes != models.Cast.objects.using(alias).filter(vote__record=row).count():
        return "its votes are not those of its contents"
    return ""


_Kept = tuple[object, ...]


def _as_kept(element: ElementRow) -> _Kept:
    texts = tuple((p.paragraph_number, p.page, p.text) for p in element.paragraphs)
    person = element.person.code if element.person else None
    mentions = sum(m.times for m in element.mentions)
    return (
        element.number,
        element.kind,
        element.turn_number,
        element.part_number,
        person,
        texts,
        mentions,
    )


def _kept(alias: str, pk: int) -> list[_Kept]:
    elements = models.Element.objects.using(alias).filter(record_id=pk).order_by("number")
    texts: dict[int, list[tuple[int, int | None, str]]] = {}
    rows = models.Paragraph.objects.using(alias).filter(element__record_id=pk)
    for element, number, page, text in rows.order_by("element_id", "paragraph_number").values_list(
        "element_id", "paragraph_number", "page", "text"
    ):
        texts.setdefault(element, []).append((number, page, text))
    mentions: dict[int, int] = {}
    named = models.Mention.objects.using(alias).filter(element__record_id=pk)
    for element, times in named.values_list("element_id", "times"):
        mentions[element] = mentions.get(element, 0) + times
    return [
        (
            s["number"], s["kind"], s["turn_number"], s["part_number"], s["person__code"],
            tuple(texts.get(s["pk"], ())), mentions.get(s["pk"], 0),
        )
        for s in elements.values(
            "pk", "number", "kind", "turn_number", "part_number", "person__code"
        )
    ]  # fmt: skip


def _indexes(archive: Indexed, found: Verified) -> list[str]:
    """Return what is wrong with the indexes of words and the columns."""
    indexes = archive.indexes
    wrong = damage(indexes.columns_folder)
    held = set(indexes.word_state().records)
    if not held:
        return wrong
    elements = models.Element.objects.using(archive.alias)
    wanted = elements.filter(record_id__in=held).count() if len(held) < 500 else (
        elements.filter(record__current=True).count()
    )  # fmt: skip
    try:
        found.elements = WordIndex(indexes.words_folder).searcher().num_docs
    except MahdarError as error:
        return [*wrong, str(error)]
    if found.elements != wanted and not found.behind:
        wrong.append(f"index of words: {found.elements:,} elements instead of {wanted:,}")
    if not wrong and not found.behind:
        wrong += _columns(archive, wanted)
    return wrong


def _columns(archive: Indexed, wanted: int) -> list[str]:
    from mahdar.index.columns import Columns

    folder = archive.indexes.columns_folder
    try:
        state = read_state(folder)
        have = sum(int(Columns(folder, code, state).here.sum()) for code in state.lengths)
    except (ArchiveError, OSError, ValueError) as error:
        return [f"columns: {error}"]
    return [] if have == wanted else [f"columns: {have:,} elements instead of {wanted:,}"]
