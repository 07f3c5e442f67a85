"""The words of all elements in columns, one number for each word, for counting and concordances.

One folder for each language of record holds ``forms.txt`` (each form once, its number is its
line), ``stems.txt`` (the stem of each), ``tokens.u32`` (the words of all elements, one after
another), ``elements.bin`` and ``paragraphs.bin`` (where each begins, and what is known of it).
All only grow; ``state.json`` says how much of them counts, and is replaced whole, so that an
interruption at any moment leaves the last state. Records are known by their serials; what is made
of one again has a new one. Where most of the words are of records that are gone, the files are
written without them, as the next generation (``mahdar.index.compacting``).
"""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from mahdar.errors import ArchiveError

ELEMENT = np.dtype(
    [
        ("element", "<i8"), ("record", "<i8"), ("start", "<i8"), ("person", "<i8"),
        ("day", "<i4"), ("year", "<i2"), ("state", "S3"), ("organ", "S8"),
        ("affiliation", "S24"), ("capacity", "S12"),
    ]
)  # fmt: skip
"""An element: its number in the database and the serial of its record, the offset of its first
word, who speaks and when."""
PARAGRAPH = np.dtype([("start", "<i8"), ("element", "<i4"), ("number", "<i4")])
"""A paragraph: the offset of its first word, its element (row of ``elements``), its number."""
FORMAT = 2
"""Raised when the files change: older ones are made anew, newer ones refused."""
_FILES = ("forms.txt", "stems.txt", "tokens.u32", "elements.bin", "paragraphs.bin")


class State(msgspec.Struct):
    """What of the files counts: their lengths in bytes, the records held, those taken out."""

    format: int = 1
    lengths: dict[str, dict[str, int]] = {}
    records: list[int] = []
    gone: list[int] = []
    generation: int = 0

    def files(self, folder: Path) -> Path:
        """Return the folder of the files of all languages."""
        return folder / f"{self.generation}" if self.generation else folder


def read_state(folder: Path) -> State:
    """Return the state of the columns in a folder; an empty one where there are none, or old ones.

    Raises:
        ArchiveError: it is damaged, or a later Mahdar wrote it.
    """
    state = _found(folder)
    check_format(folder, state.format, FORMAT)
    return state if state.format == FORMAT else State(FORMAT)


def _found(folder: Path) -> State:
    try:
        data = (folder / "state.json").read_bytes()
    except FileNotFoundError:
        return State(FORMAT)
    try:
        return msgspec.json.decode(data, type=State)
    except msgspec.DecodeError as error:
        raise ArchiveError(
            f"{folder}: the columns of words are damaged ({error});"
            " make them anew with: mahdar verify --mend"
        ) from None


def check_format(folder: Path, number: int, known: int) -> None:
    """See that an index is none of a later Mahdar.

    Args:
        folder: of the index.
        number: its format.
        known: the format that this Mahdar writes.

    Raises:
        ArchiveError: it is.
    """
    if number > known:
        raise ArchiveError(
            f"{folder}: this index was made by a later Mahdar (format {number}; this one knows"
            f" {known}): update it, or remove that folder, and the index is made anew"
        )


def write_whole(path: Path, data: bytes) -> None:
    """Replace a file, whole or not at all, and see it on the disk."""
    temporary = path.with_suffix(".part")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


class Columns:
    """The columns of one language, to read from.

    Args:
        folder: of all languages.
        code: ISO 639-1, of the records.
        state: of the folder.
    """

    def __init__(self, folder: Path, code: str, state: State) -> None:
        self.code = code
        self._folder = state.files(folder) / code
        self._lengths = state.lengths.get(code, {})
        self.tokens: npt.NDArray[np.uint32] = self._column("tokens.u32", np.dtype("<u4"))
        self.elements = self._column("elements.bin", ELEMENT)
        self.paragraphs = self._column("paragraphs.bin", PARAGRAPH)
        self._gone = np.array(sorted(state.gone), dtype=np.int64)

    def _column(self, name: str, kind: np.dtype[Any]) -> npt.NDArray[Any]:
        count = self._lengths.get(name, 0) // kind.itemsize
        if not count:
            return np.zeros(0, dtype=kind)
        return np.memmap(self._folder / name, dtype=kind, mode="r", shape=(count,))

    def _lines(self, name: str) -> list[str]:
        if not self._lengths.get(name):
            return []
        with (self._folder / name).open("rb") as file:
            return file.read(self._lengths[name]).decode().split("\n")[:-1]

    @functools.cached_property
    def forms(self) -> list[str]:
        """Each form, by its number."""
        return self._lines("forms.txt")

    @functools.cached_property
    def stems(self) -> list[str]:
        """The stem of each form, by the number of the form."""
        return self._lines("stems.txt")

    @functools.cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each form."""
        return {form: number for number, form in enumerate(self.forms)}

    @functools.cached_property
    def ranks(self) -> npt.NDArray[np.int32]:
        """The place of each form in the order of the alphabet, by its number."""
        order = sorted(range(len(self.forms)), key=self.forms.__getitem__)
        ranks = np.empty(len(order), dtype=np.int32)
        ranks[order] = np.arange(len(order), dtype=np.int32)
        return ranks

    @functools.cached_property
    def here(self) -> npt.NDArray[np.bool_]:
        """For each element, whether its record is still in the archive."""
        if not len(self._gone):
            return np.ones(len(self.elements), dtype=bool)
        return ~np.isin(self.elements["record"], self._gone)

    @functools.cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """The offset of the first word of each element, and the end of the last."""
        return np.append(self.elements["start"], len(self.tokens)).astype(np.int64)

    @functools.cached_property
    def lengths(self) -> npt.NDArray[np.int64]:
        """How many words each element has."""
        return np.diff(self.starts)

    def element_of(self, at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the row of the element that each offset lies in."""
        return np.searchsorted(self.starts, at, side="right") - 1

    def paragraph_of(self, at: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return the row of the paragraph that each offset lies in."""
        return np.searchsorted(self.paragraphs["start"], at, side="right") - 1


class Writer:
    """Adds elements to the columns of all languages; only one process may have one at a time.

    Args:
        folder: of all languages.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.state = read_state(folder)
        if _found(folder).format != FORMAT:  # readers may have them open: they are not cut short
            shutil.rmtree(folder)
        self._open: dict[str, _LanguageWriter] = {}

    def add(
        self,
        code: str,
        element: tuple[Any, ...],
        paragraphs: Iterable[tuple[int, Sequence[str], Sequence[str]]],
    ) -> None:
        """Add an element.

        Args:
            code: of the language of the record.
            element: the values of :data:`ELEMENT` without ``start``, in its order.
            paragraphs: the number, forms and stems of each.
        """
        writer = self._open.get(code)
        if writer is None:
            folder = self.state.files(self._folder) / code
            writer = _LanguageWriter(folder, self.state.lengths.get(code, {}))
            self._open[code] = writer
        writer.add(element, paragraphs)

    def commit(self, records: Iterable[int] = (), gone: Iterable[int] = ()) -> None:
        """Make what was added lasting.

        Args:
            records: those whose elements were added.
            gone: those that were taken out; their words stay until the columns are made anew.
        """
        for code, writer in self._open.items():
            self.state.lengths[code] = writer.flush()
        out = set(gone)
        self.state.records = sorted((set(self.state.records) | set(records)) - out)
        self.state.gone = sorted(set(self.state.gone) | out)
        self._folder.mkdir(parents=True, exist_ok=True)
        write_whole(self._folder / "state.json", msgspec.json.encode(self.state))

    def close(self) -> None:
        """Let the files go."""
        for writer in self._open.values():
            writer.close()
        self._open = {}


class _LanguageWriter:
    def __init__(self, folder: Path, lengths: dict[str, int]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, Any] = {}
        for name in _FILES:
            file = (folder / name).open("r+b" if (folder / name).exists() else "w+b")
            # What an interrupted run wrote after the last state does not count.
            file.truncate(lengths.get(name, 0))
            file.seek(0, os.SEEK_END)
            self._files[name] = file
        text = self._files["forms.txt"]
        text.seek(0)
        self._numbers = {form: n for n, form in enumerate(text.read().decode().split("\n")[:-1])}
        self._words = lengths.get("tokens.u32", 0) // 4
        self._elements = lengths.get("elements.bin", 0) // ELEMENT.itemsize

    def add(
        self,
        element: tuple[Any, ...],
        paragraphs: Iterable[tuple[int, Sequence[str], Sequence[str]]],
    ) -> None:
        row = np.zeros(1, dtype=ELEMENT)
        row[0] = (*element[:2], self._words, *element[2:])
        self._files["elements.bin"].write(row.tobytes())
        for number, forms, stems in paragraphs:
            place = np.array([(self._words, self._elements, number)], dtype=PARAGRAPH)
            self._files["paragraphs.bin"].write(place.tobytes())
            known = self._numbers
            try:
                numbers = [known[form] for form in forms]
            except KeyError:
                numbers = self._learn(forms, stems)
            self._files["tokens.u32"].write(np.array(numbers, dtype="<u4").tobytes())
            self._words += len(numbers)
        self._elements += 1

    def _learn(self, forms: Sequence[str], stems: Sequence[str]) -> list[int]:
        known, numbers = self._numbers, []
        for form, stem in zip(forms, stems, strict=True):
            number = known.get(form)
            if number is None:
                number = known[form] = len(known)
                self._files["forms.txt"].write(form.encode() + b"\n")
                self._files["stems.txt"].write(stem.encode() + b"\n")
            numbers.append(number)
        return numbers

    def flush(self) -> dict[str, int]:
        lengths = {}
        for name, file in self._files.items():
            file.flush()
            os.fsync(file.fileno())
            lengths[name] = file.tell()
        return lengths

    def close(self) -> None:
        for file in self._files.values():
            file.close()


def damage(folder: Path) -> list[str]:
    """Return what is wrong with the columns in a folder, in words; nothing where they are whole."""
    try:
        state = read_state(folder)
    except ArchiveError as error:
        return [str(error)]
    wrong = []
    for code, lengths in state.lengths.items():
        for name, length in lengths.items():
            path = state.files(folder) / code / name
            have = path.stat().st_size if path.exists() else 0
            if have < length:
                wrong.append(f"{path}: {have:,} bytes of {length:,}")
        if not wrong:
            columns = Columns(folder, code, state)
            if len(columns.tokens) and int(columns.tokens.max()) >= len(columns.forms):
                wrong.append(f"{folder / code}: a word has no form")
            if len(columns.forms) != len(columns.stems):
                wrong.append(f"{folder / code}: {len(columns.stems):,} stems do not fit")
    return wrong
