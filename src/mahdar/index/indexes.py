"""Keep the indexes in step with the database: what is new goes in, what is gone comes out.

The database is the truth. What is derived from a version of a record changes only together with
its serial, so an index is right when it holds exactly the serials of the versions that are current:
the two lists are compared, and the difference is made up, whatever interrupted whom before.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from mahdar.analysis.encoding import encode_many
from mahdar.analysis.stretches import stretches
from mahdar.archive.place import Place
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError
from mahdar.index.columns import Writer, check_format, read_state, write_whole
from mahdar.index.compacting import compact, tidy
from mahdar.index.elements import elements_of
from mahdar.index.vectors import Vectors, are_old, bring_up
from mahdar.index.words import WordIndex
from mahdar.topics import by_meaning

_RECORDS = 40
_COMMIT = 400
_TOGETHER = 8
FORMAT = 3
"""Raised when what the index of words holds changes: older ones are made anew, newer refused."""

Progress = Callable[[int, int], None]


class WordState(msgspec.Struct):
    """Which records the index of words holds; ``open`` while something is being added."""

    format: int = 1
    records: list[int] = []
    open: bool = False


class Indexes:
    """The indexes of an archive: words, columns, vectors.

    Args:
        place: of the archive.
        alias: of its database.
    """

    def __init__(self, place: Place, alias: str) -> None:
        self._alias = alias
        self.folder = place.folder / "indexes"

    @property
    def words_folder(self) -> Path:
        """Where the index of words lies."""
        return self.folder / "words"

    @property
    def columns_folder(self) -> Path:
        """Where the columns lie."""
        return self.folder / "columns"

    @property
    def vectors_folder(self) -> Path:
        """Where the vectors lie."""
        return self.folder / "vectors"

    def word_state(self) -> WordState:
        """Return what the index of words holds; nothing where it is of an earlier format.

        Raises:
            ArchiveError: a later Mahdar made it.
        """
        try:
            data = (self.folder / "words.json").read_bytes()
            state = msgspec.json.decode(data, type=WordState)
        except (FileNotFoundError, msgspec.DecodeError):
            return WordState(FORMAT)
        check_format(self.words_folder, state.format, FORMAT)
        return state if state.format == FORMAT else WordState(FORMAT)

    def wanted(self) -> set[int]:
        """Return the serials of the records that indexes must hold."""
        table = models.Record.objects.using(self._alias)
        return set(table.filter(current=True).values_list("serial", flat=True))

    def said(self) -> set[int]:
        """Return by which serials vectors must hold what is said in records."""
        table = models.Record.objects.using(self._alias)
        return set(table.filter(current=True).values_list("said_serial", flat=True))

    def behind(self) -> int:
        """Return how many records the index of words and the columns lack or have too many."""
        wanted = self.wanted()
        held = set(self.word_state().records)
        columns = set(read_state(self.columns_folder).records)
        return len((wanted ^ held) | (wanted ^ columns))

    @contextlib.contextmanager
    def _alone(self, *, wait: bool, name: str = "lock") -> Iterator[bool]:
        """Let one process write at a time; yields whether this one may."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True

    def catch_up(self, progress: Progress | None = None, *, wait: bool = True) -> int:
        """Bring the index of words and the columns into step with the database.

        Args:
            progress: is told how many records of how many are done.
            wait: for another process that does the same; else leave it to that one.

        Returns:
            How many records were put in or taken out.
        """
        self._bring_vectors_up()
        with self._alone(wait=wait) as alone:
            if not alone or not self.behind():
                return 0
            try:
                return self._catch_up(progress)
            except OSError as error:
                raise ArchiveError(
                    f"{self.folder}: the indexes cannot be written ({error.strerror});"
                    " the records are kept: make room, and give the command again"
                ) from None

    def _catch_up(self, progress: Progress | None) -> int:
        wanted, state = self.wanted(), self.word_state()
        if not state.records and not state.open and self.words_folder.exists():
            shutil.rmtree(self.words_folder)  # of another format, or without its state
        words, columns = WordIndex(self.words_folder), Writer(self.columns_folder)
        tidy(self.columns_folder, columns.state)
        in_words, in_columns = set(state.records), set(columns.state.records)
        gone = sorted((in_words | in_columns) - wanted)
        for serial in gone:
            words.remove_record(serial)
        missing = sorted((wanted - in_words) | (wanted - in_columns))
        unfinished = state.open
        state.open = True
        self._write(state)
        done: list[int] = []
        for start in range(0, len(missing), _RECORDS):
            some = missing[start : start + _RECORDS]
            if unfinished:  # what an interrupted run added of these is taken out before
                for serial in set(some) - in_words:
                    words.remove_record(serial)
            for element in elements_of(self._alias, some):
                if element.serial not in in_words:
                    words.add(element.words())
                if element.serial not in in_columns:
                    columns.add(element.language, element.column(), element.columns())
            done += some
            if len(done) % _COMMIT < _RECORDS or done[-1] == missing[-1]:
                self._commit(words, columns, state, in_words, done, gone)
            if progress:
                progress(len(done), len(missing))
        columns.commit(gone=gone)
        words.commit()
        state.records, state.open = sorted(wanted), False
        self._write(state)
        words.close()
        columns.close()
        if gone:
            compact(self.columns_folder)
        return len(missing) + len(gone)

    def _commit(
        self,
        words: WordIndex,
        columns: Writer,
        state: WordState,
        held: set[int],
        done: list[int],
        gone: list[int],
    ) -> None:
        # What was made again goes out as it comes in: nobody finds it twice, or not at all.
        words.commit()
        columns.commit(done, gone)
        held.difference_update(gone)
        held.update(done)
        state.records = sorted(held)
        self._write(state)

    def _write(self, state: WordState) -> None:
        write_whole(self.folder / "words.json", msgspec.json.encode(state))

    # Vectors

    def without_vectors(self) -> list[int]:
        """Return the serials of the records for what is said in which there are no vectors yet."""
        return sorted(self.said() - set(Vectors(self.vectors_folder).state.records))

    def _bring_vectors_up(self) -> None:
        """Bring vectors of an earlier format up to date, unless another process does so."""
        if are_old(self.vectors_folder):
            with self._alone(wait=False, name="vectors.lock") as alone:
                if alone:
                    bring_up(self.vectors_folder)

    def make_vectors(
        self, progress: Progress | None = None, *, workers: int = 1, wait: bool = True
    ) -> int:
        """Make the vectors that are missing; goes on where it was interrupted.

        Args:
            progress: is told how many records of how many are done.
            workers: how many processes encode.
            wait: for another process that does the same.

        Returns:
            How many vectors were made.
        """
        with self._alone(wait=wait, name="vectors.lock") as alone:
            if not alone:
                return 0
            try:
                return self._make_vectors(progress, workers)
            except OSError as error:
                raise ArchiveError(
                    f"{self.folder}: the vectors cannot be written ({error.strerror});"
                    " make room, and give the command again"
                ) from None

    def _make_vectors(self, progress: Progress | None, workers: int) -> int:
        bring_up(self.vectors_folder)
        vectors, wanted = Vectors(self.vectors_folder), self.said()
        held_now = set(vectors.state.records)
        if held_now - wanted:
            vectors.commit(gone=held_now - wanted)
        missing = sorted(wanted - held_now)
        before = vectors.state.rows
        held: list[int] = []
        for done, (key, found) in enumerate(encode_many(self._stretches(missing), workers), 1):
            serial, rows = key
            if rows:
                vectors.add(rows, found)
                self._give_topics([row[0] for row in rows], found)
            held.append(serial)
            if len(held) >= _TOGETHER or done == len(missing):
                vectors.commit(held)
                held = []
            if progress:
                progress(done, len(missing))
        vectors.join()
        return vectors.state.rows - before

    def _give_topics(self, elements: list[int], vectors: Any) -> None:
        """Keep the topics that the sentences of elements are near in meaning, each once."""
        best: dict[tuple[int, str], float] = {}
        for element, given in zip(elements, by_meaning(vectors), strict=True):
            for topic in given:
                held = best.get((element, topic.topic), 0.0)
                best[element, topic.topic] = max(held, topic.score)
        table = models.Subject.objects.using(self._alias)
        with transaction.atomic(using=self._alias):
            here = models.Element.objects.using(self._alias).filter(pk__in=set(elements))
            still = set(here.values_list("pk", flat=True))
            table.filter(element_id__in=still, why="meaning").delete()
            table.bulk_create(
                models.Subject(element_id=element, topic=topic, why="meaning", score=score)
                for (element, topic), score in best.items()
                if element in still
            )

    def _stretches(
        self, serials: Iterable[int]
    ) -> Iterator[tuple[tuple[int, list[tuple[int, int, int, int]]], list[str]]]:
        """Yield for each record what its vectors stand for, and the texts: what is said in it."""
        for serial in serials:
            rows, texts = [], []
            for element in elements_of(self._alias, [serial], "said_serial"):
                if element.row["kind"] != "turn":
                    continue
                for stretch in stretches(element.texts, element.language):
                    rows.append((element.row["id"], serial, stretch.paragraph, stretch.start))
                    texts.append(stretch.text)
            yield (serial, rows), texts

    def forget(self) -> None:
        """Throw the index of words and the columns away; they are made anew when next needed."""
        with self._alone(wait=True):
            for path in (self.words_folder, self.columns_folder):
                shutil.rmtree(path, ignore_errors=True)
            (self.folder / "words.json").unlink(missing_ok=True)
