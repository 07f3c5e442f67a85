"""Write the records of an archive to a folder."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from mahdar.errors import NothingToPublish, OutputError, ToolMissing
from mahdar.model.naming import file_name, folded_name

if TYPE_CHECKING:
    from mahdar.archive.store import Entry, Store
    from mahdar.publishing.forms import Form

_ENDINGS = {"json": ".json", "text": ".txt", "html": ".html", "tei": ".tei.xml", "akn": ".akn.xml"}
_ROWS = 20_000


def export(
    archive: Store,
    folder: Path,
    to: Form,
    *,
    language: str | None = None,
    year: int | None = None,
    versions: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write records, each as a file of its own, or all of them as tables.

    Args:
        archive: that holds them.
        folder: is made where it is not there; files of the same names are replaced, each whole.
        to: ``json``, ``text``, ``html``, ``tei``, ``akn``; ``csv`` and ``parquet`` are five
            tables of all records together.
        language: only records in this language.
        year: only meetings of this year.
        versions: superseded versions and those kept beside too, under names with their numbers;
            tables are of the current ones only.
        progress: is told how many records of how many are written.

    Returns:
        How many records were written.

    Raises:
        OutputError: the folder cannot be written to.
    """
    tables = to in {"csv", "parquet"}
    versions = versions and not tables  # whoever counts rows wants each meeting once
    entries = archive.entries(language=language, year=year, versions=versions)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if tables:
            _tables(archive, entries, folder, to, progress)
        else:
            names = _names(entries, _ENDINGS[to], versions)
            for done, (entry, name) in enumerate(zip(entries, names, strict=True), 1):
                _one(archive, entry, folder / name, to)
                if progress:
                    progress(done, len(entries))
    except OSError as error:
        raise OutputError(f"{folder}: cannot be written ({error.strerror})") from None
    return len(entries)


def _names(entries: list[Entry], ending: str, versions: bool) -> Iterator[str]:
    """Yield the names of the files of records, no two of which are one on any system."""
    taken: set[str] = set()
    for entry in entries:
        number = f"@{entry.version:03d}" if versions else ""
        name = file_name(f"{entry.key}.{entry.language}{number}", ending, taken=taken)
        taken.add(folded_name(name))
        yield name


def _one(archive: Store, entry: Entry, path: Path, to: Form) -> None:
    from mahdar.publishing.publish import publish

    (record,) = archive.records([entry])
    if to == "json":
        data = msgspec.json.encode(record)
    else:
        try:
            (data,) = publish(record, to).values()
        except NothingToPublish:
            return
    temporary = path.with_name(f".{path.name}.part")
    temporary.write_bytes(data)
    temporary.replace(path)


def _tables(
    archive: Store,
    entries: list[Entry],
    folder: Path,
    to: str,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Write the tables of all records, some rows at a time, and put them in place at the end."""
    from mahdar.publishing.tables import COLUMNS, tables

    writers = {
        name: (_Csv if to == "csv" else _Parquet)(folder / f".{name}.part", columns)
        for name, columns in COLUMNS.items()
    }
    for done, record in enumerate(archive.records(entries), 1):
        if record.body:
            for name, rows in tables(record).items():
                writers[name].write(rows)
        if progress:
            progress(done, len(entries))
    for name, writer in writers.items():
        writer.close()
        (folder / f".{name}.part").replace(folder / f"{name}.{to}")


class _Csv:
    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.DictWriter(self._file, list(columns))
        self._writer.writeheader()

    def write(self, rows: list[dict[str, Any]]) -> None:
        self._writer.writerows(rows)

    def close(self) -> None:
        self._file.close()


class _Parquet:
    def __init__(self, path: Path, columns: dict[str, str]) -> None:
        from mahdar.publishing.tables import METADATA

        try:
            import pyarrow
            import pyarrow.parquet
        except ImportError:
            raise ToolMissing(
                "Parquet is written with the package pyarrow: install it with"
                " pip install 'mahdar[archive]'"
            ) from None
        self._arrow = pyarrow
        self._schema = pyarrow.schema(
            [
                (name, getattr(pyarrow, kind + ("_" if kind == "bool" else ""))())
                for name, kind in columns.items()
            ],
            METADATA,
        )
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []

    def write(self, rows: list[dict[str, Any]]) -> None:
        self._rows += rows
        if len(self._rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        self._writer.write_table(self._arrow.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []

    def close(self) -> None:
        self._flush()
        self._writer.close()
