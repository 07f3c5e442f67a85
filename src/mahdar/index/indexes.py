"""Keep the indexes in step with the database: what is new goes in, what is gone comes out.

The database is the truth. Versions of records never change, so an index is right when it
holds exactly those that are current: the two lists are compared, and the difference is made up,
whatever interrupted whom before.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from mahdar.analysis.analyser import BREAK, Analyser, analyser
from mahdar.analysis.encoding import encode_many
from mahdar.analysis.stretches import stretches
from mahdar.archive.place import Place
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError
from mahdar.index.columns import Writer, read_state, write_whole
from mahdar.index.vectors import Vectors
from mahdar.index.words import ElementWords, WordIndex
from mahdar.resolving.citing import NOT_CITED
from mahdar.topics import by_meaning

_RECORDS = 40
_COMMIT = 400
_TOGETHER = 8
FORMAT = 2
"""Raised when what the index of words holds changes, so that older ones are made anew."""

Progress = Callable[[int, int], None]


class WordState(msgspec.Struct):
    """Which records the index of words holds; ``open`` while something is being added."""

    format: int = FORMAT
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
        """Return what the index of words holds."""
        try:
            data = (self.folder / "words.json").read_bytes()
            state = msgspec.json.decode(data, type=WordState)
        except (FileNotFoundError, msgspec.DecodeError):
            return WordState()
        return state if state.format == FORMAT else WordState()

    def wanted(self) -> set[int]:
        """Return the numbers of the records that indexes must hold."""
        table = models.Record.objects.using(self._alias)
        return set(table.filter(current=True).values_list("pk", flat=True))

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
        in_words, in_columns = set(state.records), set(columns.state.records)
        gone = sorted((in_words | in_columns) - wanted)
        for pk in gone:
            words.remove_record(pk)
        missing = sorted((wanted - in_words) | (wanted - in_columns))
        unfinished = state.open
        state.open = True
        self._write(state)
        done: list[int] = []
        for start in range(0, len(missing), _RECORDS):
            some = missing[start : start + _RECORDS]
            if unfinished:  # what an interrupted run added of these is taken out before
                for pk in set(some) - in_words:
                    words.remove_record(pk)
            for element in self._elements(some):
                pk = element.row["record_id"]
                if pk not in in_words:
                    words.add(element.words())
                if pk not in in_columns:
                    columns.add(element.language, element.column(), element.columns())
            done += some
            if len(done) % _COMMIT < _RECORDS or done[-1] == missing[-1]:
                self._commit(words, columns, state, in_words, done)
            if progress:
                progress(len(done), len(missing))
        columns.commit(gone=gone)
        words.commit()
        state.records, state.open = sorted(wanted), False
        self._write(state)
        words.close()
        columns.close()
        return len(missing) + len(gone)

    def _commit(
        self, words: WordIndex, columns: Writer, state: WordState, held: set[int], done: list[int]
    ) -> None:
        words.commit()
        columns.commit(done)
        held.update(done)
        state.records = sorted(held)
        self._write(state)

    def _write(self, state: WordState) -> None:
        write_whole(self.folder / "words.json", msgspec.json.encode(state))

    def _elements(self, pks: list[int]) -> Iterator[_Indexed]:
        """Yield what the indexes take of the elements of some records."""
        using = self._alias
        records = {
            row["pk"]: row
            for row in models.Record.objects.using(using).filter(pk__in=pks).values(
                "pk", "language", "organ", "date", "year", "symbol", "key"
            )
        }  # fmt: skip
        elements = list(
            models.Element.objects.using(using).filter(record_id__in=pks).order_by(
                "record_id", "number"
            ).values()
        )  # fmt: skip
        texts: dict[int, list[tuple[int, str]]] = defaultdict(list)
        rows = models.Paragraph.objects.using(using).filter(element__record_id__in=pks)
        for element, number, text in rows.order_by("element_id", "paragraph_number").values_list(
            "element_id", "paragraph_number", "text"
        ):
            texts[element].append((number, text))
        mentions: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        named = models.Mention.objects.using(using).filter(element__record_id__in=pks)
        for element, kind, target in named.values_list("element_id", "kind", "target").distinct():
            mentions[element]["mentions" if kind in NOT_CITED else "cites"].append(target)
        subjects: dict[int, set[str]] = defaultdict(set)
        given = models.Subject.objects.using(using).filter(element__record_id__in=pks)
        for element, topic in given.values_list("element_id", "topic"):
            subjects[element].add(topic)
        for row in elements:
            pk = row["id"]
            yield _Indexed(
                dict(row),
                dict(records[row["record_id"]]),
                texts[pk],
                mentions[pk],
                sorted(subjects[pk]),
            )

    # Vectors

    def without_vectors(self) -> list[int]:
        """Return the numbers of the records that have no vectors yet."""
        return sorted(self.wanted() - set(Vectors(self.vectors_folder).state.records))

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
        vectors, wanted = Vectors(self.vectors_folder), self.wanted()
        held_now = set(vectors.state.records)
        if held_now - wanted:
            vectors.commit(gone=held_now - wanted)
        missing = sorted(wanted - held_now)
        before = vectors.state.rows
        held: list[int] = []
        for done, (key, found) in enumerate(encode_many(self._stretches(missing), workers), 1):
            pk, rows = key
            if rows:
                vectors.add(rows, found)
                self._give_topics([row[0] for row in rows], found)
            held.append(pk)
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
        self, pks: list[int]
    ) -> Iterator[tuple[tuple[int, list[tuple[int, int, int, int]]], list[str]]]:
        """Yield for each record what its vectors stand for, and the texts: what is said in it."""
        for pk in pks:
            rows, texts = [], []
            for element in self._elements([pk]):
                if element.row["kind"] != "turn":
                    continue
                for stretch in stretches(element.texts, element.language):
                    rows.append((element.row["id"], pk, stretch.paragraph, stretch.start))
                    texts.append(stretch.text)
            yield (pk, rows), texts

    def forget(self) -> None:
        """Throw the index of words and the columns away; they are made anew when next needed."""
        with self._alone(wait=True):
            for path in (self.words_folder, self.columns_folder):
                shutil.rmtree(path, ignore_errors=True)
            (self.folder / "words.json").unlink(missing_ok=True)


class _Indexed:
    """An element on its way into the indexes; its words are analysed once for all of them."""

    def __init__(
        self,
        row: dict[str, Any],
        record: dict[str, Any],
        texts: list[tuple[int, str]],
        mentions: dict[str, list[str]],
        subjects: list[str],
    ) -> None:
        self.row, self._record, self.texts = row, record, texts
        self._mentions, self._subjects = mentions, subjects
        self.language: str = record["language"]
        self._analyser: Analyser = analyser(self.language)
        self._forms: list[list[str]] | None = None

    def _analysed(self) -> list[list[str]]:
        if self._forms is None:
            self._forms = [self._analyser.forms(text) for _, text in self.texts]
        return self._forms

    def words(self) -> ElementWords:
        stem = self._analyser.stem
        gap = f" {BREAK} "
        if self._analyser.pairs:
            pairs = (
                " ".join(pair for pair, _, _ in self._analyser.searched(text))
                for _, text in self.texts
            )
            stems, forms = gap.join(pairs), ""
        else:
            stems = gap.join(" ".join(map(stem, forms)) for forms in self._analysed())
            forms = gap.join(" ".join(forms) for forms in self._analysed())
        row, record = self.row, self._record
        codes = {
            "organ": [record["organ"]], "language": [self.language], "spoken": [row["language"]],
            "state": [row["state"]], "for": [row["affiliation"]], "group": [row["group"]],
            "capacity": [row["capacity"]], "kind": [row["kind"]], "topic": self._subjects,
            "cites": self._mentions.get("cites", []),
            "mentions": self._mentions.get("mentions", []),
            "symbol": [record["symbol"] or record["key"]],
            "speaker": [str(row["person_id"]) if row["person_id"] else None],
        }  # fmt: skip
        return ElementWords(
            row["id"], row["record_id"], self.language, stems, forms, record["year"] or 0,
            self._day(), {name: [v for v in values if v] for name, values in codes.items()},
        )  # fmt: skip

    def _day(self) -> int:
        return int((self._record["date"] or "0").replace("-", ""))

    def column(self) -> tuple[Any, ...]:
        row = self.row
        texts = (row["state"], self._record["organ"], row["affiliation"], row["capacity"])
        state, organ, affiliation, capacity = ((text or "").encode() for text in texts)
        return (
            row["id"], row["record_id"], row["person_id"] or 0, self._day(),
            self._record["year"] or 0, state, organ, affiliation, capacity,
        )  # fmt: skip

    def columns(self) -> Iterator[tuple[int, list[str], list[str]]]:
        stem = self._analyser.stem
        for (number, _), forms in zip(self.texts, self._analysed(), strict=True):
            yield number, forms, [stem(form) for form in forms]
