"""The index of words: one document for each element, in Tantivy.

Tantivy was chosen over SQLite's FTS5 by measurement (docs/decisions/0018). Words come
analysed, so the index splits at blanks only.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from mahdar.errors import ArchiveError, ToolMissing

STEMS, FORMS = "s_", "f_"
"""How the fields with stems and forms begin; the code of the language follows."""
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh", "xx")
"""The languages with fields of their own; ``xx`` stands for any other."""
FACETS = ("organ", "language", "year", "state", "topic", "speaker", "capacity", "kind")
# Names by which an element is found whole, each with what it is called in the index.
CODES = (
    "organ", "language", "spoken", "state", "for", "group", "capacity", "kind", "topic", "cites",
    "mentions", "symbol", "speaker",
)  # fmt: skip
_NUMBERS = ("element", "record", "year", "day")
_HEAP = 96_000_000


class ElementWords(msgspec.Struct, frozen=True):
    """An element for the index.

    ``element`` is its number in the database, ``record`` the serial of its record; ``stems`` and
    ``forms`` are its words, parted by blanks; ``codes`` the values of the fields
    in :data:`CODES`; ``day`` is the date as a number (20131028), 0 where it is not known.
    """

    element: int
    record: int
    language: str
    stems: str
    forms: str
    year: int
    day: int
    codes: dict[str, list[str]]


def field_language(code: str) -> str:
    """Return under which code the fields of a language go."""
    return code if code in LANGUAGES else "xx"


def _schema(tantivy: Any) -> Any:
    builder = tantivy.SchemaBuilder()
    for code in LANGUAGES:
        builder.add_text_field(STEMS + code, tokenizer_name="whitespace")
        if code != "zh":  # where pairs of characters are looked for, each is as written
            builder.add_text_field(FORMS + code, tokenizer_name="whitespace")
    for name in CODES:
        builder.add_text_field(
            name, tokenizer_name="raw", fast=name in FACETS, index_option="basic"
        )
    for name in _NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    return builder.build()


class WordIndex:
    """The index of words in a folder; made where there is none.

    Raises:
        ToolMissing: the package tantivy is not installed.
        ArchiveError: the index is damaged, and can be made anew; or there is no room for one.
    """

    def __init__(self, folder: Path) -> None:
        try:
            import tantivy
        except ImportError:
            raise ToolMissing(
                "words are looked for with the package tantivy: install it with"
                " pip install 'mahdar[archive]'"
            ) from None
        self.tantivy = tantivy
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.schema = _schema(tantivy)
        there = (folder / "meta.json").exists()
        try:
            self._index = tantivy.Index(self.schema, str(folder))
        except (ValueError, OSError) as error:
            if not there:  # as where the disk is full
                raise self._unwritten(error) from None
            raise ArchiveError(
                f"{folder}: the index of words cannot be opened ({error});"
                " make it anew with: mahdar verify --mend"
            ) from None
        self._writer: Any = None

    def add(self, words: ElementWords) -> None:
        """Add an element; it is found after :meth:`commit`."""
        code = field_language(words.language)
        row: dict[str, Any] = {
            "element": words.element, "record": words.record, "year": words.year, "day": words.day,
            STEMS + code: words.stems, **words.codes,
        }  # fmt: skip
        if code != "zh":
            row[FORMS + code] = words.forms
        with self._writing():
            self.writer.add_document(self.tantivy.Document.from_dict(row, self.schema))

    def remove_record(self, record: int) -> None:
        """Remove the elements of a record; they are gone after :meth:`commit`."""
        # By a query: a deletion by term takes the number for a signed one and finds nothing.
        query = self.tantivy.Query.term_query(self.schema, "record", record)
        with self._writing():
            self.writer.delete_documents_by_query(query)

    @property
    def writer(self) -> Any:
        """The one that writes; only one process may have it at a time."""
        if self._writer is None:
            _tidy(self.folder)
            self._writer = self._index.writer(_HEAP, 1)
        return self._writer

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Turn what Tantivy says of a disk that is full, or gone, into one sentence.

        Its threads may come to grief over it, which Python is told of as a panic.
        """
        try:
            yield
        except BaseException as error:
            known = isinstance(error, ValueError | OSError)
            if not known and type(error).__name__ != "PanicException":
                raise
            self._writer = None
            raise self._unwritten(error) from None

    def _unwritten(self, error: BaseException) -> ArchiveError:
        said = " ".join(str(error).split())[-160:]
        return ArchiveError(
            f"{self.folder}: cannot be written ({said}); the records are kept: make room,"
            " and give the command again"
        )

    def commit(self) -> None:
        """Make what was added and removed lasting and visible.

        Raises:
            ArchiveError: it cannot be written, as where the disk is full.
        """
        if self._writer is None:
            return
        with self._writing():
            self._writer.commit()
            self._index.reload()

    def close(self) -> None:
        """Let the writer go, when what it merges is merged."""
        if self._writer is not None:
            with self._writing():
                self._writer.wait_merging_threads()
            self._writer = None

    def every(self) -> Any:
        """Return the question that every element meets."""
        return self.tantivy.Query.all_query()

    def searcher(self) -> Any:
        """Return a view of the index as it is now."""
        self._index.reload()
        return self._index.searcher()


def _tidy(folder: Path) -> None:
    """Take away the lists of removed documents that an interrupted commit left.

    Tantivy would write a file of the same name again, and refuses to.
    """
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
    except (OSError, ValueError):
        return
    held = {
        f"{segment['segment_id'].replace('-', '')}.{segment['deletes']['opstamp']}.del"
        for segment in meta.get("segments", ())
        if segment.get("deletes")
    }
    for path in folder.glob("*.del"):
        if path.name not in held:
            path.unlink(missing_ok=True)
