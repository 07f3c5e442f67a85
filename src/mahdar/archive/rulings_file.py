"""Rulings as a file, one in each line, to be taken into another archive."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mahdar.archive import rulings
from mahdar.archive.rulings import FORMAT, Ruling, all_rulings, identity_of, problem_of
from mahdar.archive.tables import models
from mahdar.errors import InputError, OutputError, UnreadableFile

if TYPE_CHECKING:
    from mahdar.archive.store import Store


class Imported(msgspec.Struct):
    """What came of a file: rulings ``added``, ``taken_back`` where ours were not, the ``same``."""

    added: int = 0
    taken_back: int = 0
    same: int = 0


class _Numbered(msgspec.Struct):
    format: int = FORMAT


def export_rulings(archive: Store, path: Path) -> int:
    """Write all rulings to a file, as JSON, one in each line; return how many.

    Raises:
        OutputError: it cannot be written.
    """
    temporary = path.with_name(f".{path.name}.part")
    count = 0
    try:
        with temporary.open("wb") as file:
            for ruling in all_rulings(archive):
                file.write(msgspec.json.encode(ruling) + b"\n")
                count += 1
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror})") from None
    return count


def import_rulings(archive: Store, path: Path) -> Imported:
    """Take in the rulings of a file, all or none; those that are here already change nothing.

    What was taken back in either archive is taken back.

    Raises:
        InputError: the file cannot be read, or holds what is no ruling; the message says where.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise UnreadableFile(f"cannot be opened ({error.strerror})", source=path) from None
    read = [_read(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]
    done = Imported()
    with rulings.ruling_on(archive):
        for ruling in read:
            _take_in(archive.alias, ruling, done)
        rulings.settle_choices(archive.alias, read)
    return done


def _take_in(alias: str, ruling: Ruling, done: Imported) -> None:
    held = models.Ruling.objects.using(alias).filter(identity=ruling.id).first()
    if held is None:
        rulings.row_of(ruling).save(using=alias, force_insert=True)
        done.added += 1
    elif ruling.taken_back is not None and held.taken_back_when is None:
        rulings.mark(held, ruling.taken_back, alias)
        done.taken_back += 1
    else:
        done.same += 1


def _read(line: bytes, number: int, path: Path) -> Ruling:
    try:
        if msgspec.json.decode(line, type=_Numbered).format > FORMAT:
            raise InputError(
                f"line {number} was written by a later Mahdar; update this one", source=path
            )
        ruling = msgspec.json.decode(line, type=Ruling)
    except msgspec.DecodeError as error:
        raise InputError(
            f"line {number} is no ruling ({error}); expected what 'mahdar rulings export' writes",
            source=path,
        ) from None
    if ruling.when.tzinfo is None:
        raise InputError(f"line {number} does not say in which time zone it was", source=path)
    problem = problem_of(ruling)
    if not problem and ruling.id != identity_of(ruling):
        problem = "it was changed since it was exported: rulings are taken back, not changed"
    if problem:
        raise InputError(f"line {number}: {problem}", source=path)
    return ruling
