"""Vectors of meaning, one for each sentence, on disk; the nearest to a question, found fast.

Each vector is kept twice: ``codes.b1`` holds the signs of its 512 components, 64 bytes, by which
candidates are found; ``vectors.i8`` holds them as bytes, by which candidates are ranked.
``places.bin`` says what each stands for. All only grow, ``state.json`` says how much of them
counts. Where there are many, ``graph.usearch`` is a graph over the codes (HNSW), made anew where
it is missing; a graph over the vectors themselves would take ten times the memory.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from mahdar.analysis.encoding import Floats
from mahdar.errors import ToolMissing
from mahdar.index.columns import check_format, write_whole

DIMENSIONS = 512
_CODE = DIMENSIONS // 8
ROW = np.dtype(
    [
        ("element", "<i8"),
        ("record", "<i8"),
        ("paragraph", "<i4"),
        ("start", "<i4"),
        ("scale", "<f4"),
    ]
)
"""A sentence: number of the element in the database, serial of what is said in the record,
paragraph, offset in it, scale of the vector."""
FORMAT = 2
"""Raised when the files change: newer ones are refused, older ones brought up to date or made anew.

In format 1 what each vector stands for was in ``rows.bin``, and paragraphs counted from 0."""
_MANY = 50_000
"""Up to so many, all are looked at; beyond, a graph or their codes choose candidates."""
_CANDIDATES = 5
"""How many candidates the codes choose for each row that is asked for."""
_BATCH = 50_000


class VectorState(msgspec.Struct):
    """What of the files counts, the records that have vectors, and those that were taken out."""

    rows: int = 0
    records: list[int] = []
    gone: list[int] = []
    format: int = 1


def _found(folder: Path) -> VectorState:
    try:
        return msgspec.json.decode((folder / "state.json").read_bytes(), type=VectorState)
    except (FileNotFoundError, msgspec.DecodeError):
        return VectorState(format=FORMAT)


def are_old(folder: Path) -> bool:
    """Tell whether the vectors in a folder are of an earlier format."""
    return _found(folder).format < FORMAT


def bring_up(folder: Path) -> None:
    """Bring vectors of an earlier Mahdar up to date, for they are costly; one process at a time."""
    state = _found(folder)
    if state.format >= FORMAT:
        return
    try:
        rows = np.fromfile(folder / "rows.bin", dtype=ROW, count=state.rows)
    except FileNotFoundError:
        rows = np.zeros(0, dtype=ROW)
    if len(rows) < state.rows:  # damaged: they are made anew
        shutil.rmtree(folder)
        return
    rows["paragraph"] += 1
    write_whole(folder / "places.bin", rows.tobytes())
    state.format = FORMAT
    write_whole(folder / "state.json", msgspec.json.encode(state))
    (folder / "rows.bin").unlink(missing_ok=True)


class Vectors:
    """The vectors in a folder; where they are of an earlier format, none.

    Args:
        folder: where they lie; made when something is added.

    Raises:
        ArchiveError: a later Mahdar made them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.state = _found(folder)
        check_format(folder, self.state.format, FORMAT)
        if self.state.format < FORMAT:
            self.state = VectorState(format=FORMAT)
        self._graph: Any = None

    @property
    def rows(self) -> npt.NDArray[Any]:
        """What each vector stands for."""
        return self._map("places.bin", ROW, (self.state.rows,))

    @property
    def packed(self) -> npt.NDArray[np.int8]:
        """The vectors as bytes, of shape (rows, 512)."""
        return self._map("vectors.i8", np.dtype("i1"), (self.state.rows, DIMENSIONS))

    def _map(self, name: str, kind: np.dtype[Any], shape: tuple[int, ...]) -> npt.NDArray[Any]:
        if not self.state.rows:
            return np.zeros(shape, dtype=kind)
        return np.memmap(self.folder / name, dtype=kind, mode="r", shape=shape)

    @property
    def codes(self) -> npt.NDArray[np.uint8]:
        """The signs of the vectors, of shape (rows, 64)."""
        return self._map("codes.b1", np.dtype("u1"), (self.state.rows, _CODE))

    def add(self, rows: Sequence[tuple[int, int, int, int]], vectors: Floats) -> None:
        """Write vectors; they count after :meth:`commit`.

        Args:
            rows: element, record, paragraph and offset of each.
            vectors: of shape (rows, 512), each of length one.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        scales = np.abs(vectors).max(axis=1) / 127 + 1e-12
        packed = np.round(vectors / scales[:, None]).astype(np.int8)
        held = np.array([(*row, scale) for row, scale in zip(rows, scales, strict=True)], dtype=ROW)
        self._append("vectors.i8", packed.tobytes(), DIMENSIONS)
        self._append("codes.b1", np.packbits(vectors > 0, axis=1).tobytes(), _CODE)
        self._append("places.bin", held.tobytes(), ROW.itemsize)
        self.state.rows += len(rows)

    def _append(self, name: str, data: bytes, width: int) -> None:
        path = self.folder / name
        with path.open("r+b" if path.exists() else "w+b") as file:
            # What an interrupted run wrote after the last state does not count.
            file.truncate(self.state.rows * width)
            file.seek(0, os.SEEK_END)
            file.write(data)

    def commit(self, records: Iterable[int] = (), gone: Iterable[int] = ()) -> None:
        """Make what was added lasting; ``gone`` are records that were taken out."""
        out = set(gone)
        self.state.records = sorted((set(self.state.records) | set(records)) - out)
        self.state.gone = sorted(set(self.state.gone) | out)
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in ("vectors.i8", "codes.b1", "places.bin"):
            if (self.folder / name).exists():
                with (self.folder / name).open("rb") as file:
                    os.fsync(file.fileno())
        write_whole(self.folder / "state.json", msgspec.json.encode(self.state))

    def join(self, progress: Callable[[int, int], None] | None = None) -> None:
        """Bring the graph up to date where there are many vectors.

        Args:
            progress: is told how many of how many are joined.
        """
        if self.state.rows < _MANY:
            return
        graph = self._load(view=False)
        if len(graph) > self.state.rows:  # of vectors that an interruption took back
            graph.clear()
        if len(graph) == self.state.rows:
            return
        for start in range(len(graph), self.state.rows, _BATCH):
            end = min(start + _BATCH, self.state.rows)
            graph.add(np.arange(start, end), np.ascontiguousarray(self.codes[start:end]))
            if progress:
                progress(end, self.state.rows)
        temporary = self.folder / "graph.part"
        graph.save(str(temporary))
        temporary.replace(self.folder / "graph.usearch")
        self._graph = None

    def _load(self, *, view: bool) -> Any:
        try:
            from usearch.index import Index
        except ImportError:
            raise ToolMissing(
                "the nearest vectors are found with the package usearch: install it with"
                " pip install 'mahdar[archive]'"
            ) from None
        graph = Index(
            ndim=DIMENSIONS, metric="hamming", dtype="b1", connectivity=12,
            expansion_add=48, expansion_search=512, enable_key_lookups=False,
        )  # fmt: skip
        path = self.folder / "graph.usearch"
        if path.exists():
            (graph.view if view else graph.load)(str(path))
        return graph

    def nearest(
        self, vector: Floats, count: int, *, among: npt.NDArray[np.int64] | None = None
    ) -> list[tuple[int, float]]:
        """Return the rows whose vectors are most like one, and how like (the cosine).

        Args:
            vector: of the question.
            count: how many at most.
            among: rows to look among; all where it is None.
        """
        total = self.state.rows
        if among is None and total <= _MANY:
            among = np.arange(total)
        if among is not None:
            if len(among) > _MANY:
                among = among[self._closest(self.codes[among], vector, count * _CANDIDATES)]
            return self._ranked(vector, count, among)
        if self._graph is None:
            self._graph = self._load(view=True)
        joined = min(len(self._graph), total)
        late = np.arange(joined, total)
        if len(late):
            late = late[self._closest(self.codes[joined:], vector, count * _CANDIDATES)]
        if joined:
            code = np.packbits(vector > 0)
            keys = self._graph.search(code, count * _CANDIDATES).keys.astype(np.int64)
            late = np.concatenate([late, keys[keys < total]])
        return self._ranked(vector, count, np.sort(late))

    @staticmethod
    def _closest(codes: npt.NDArray[np.uint8], vector: Floats, count: int) -> npt.NDArray[np.int64]:
        """Return the places of the codes that differ from that of a vector in the fewest signs."""
        code = np.packbits(vector > 0).view(np.uint64)
        apart = np.empty(len(codes), dtype=np.uint16)
        for start in range(0, len(codes), _BATCH):
            some = np.ascontiguousarray(codes[start : start + _BATCH]).view(np.uint64)
            apart[start : start + _BATCH] = np.bitwise_count(some ^ code).sum(
                axis=1, dtype=np.uint16
            )
        if len(apart) <= count:
            return np.arange(len(apart))
        return np.argpartition(apart, count)[:count].astype(np.int64)

    def _ranked(
        self, vector: Floats, count: int, among: npt.NDArray[np.int64]
    ) -> list[tuple[int, float]]:
        best: list[tuple[int, float]] = []
        packed, scales = self.packed, self.rows["scale"]
        for start in range(0, len(among), _BATCH):
            some = among[start : start + _BATCH]
            likeness = packed[some].astype(np.float32) @ vector * scales[some]
            top = np.argsort(-likeness, kind="stable")[:count]
            best += [(int(some[n]), float(likeness[n])) for n in top]
        return sorted(best, key=lambda each: (-each[1], each[0]))[:count]
