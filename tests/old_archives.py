"""What version 0.1.0 left behind (tests/data/README.md): its archive, its addresses."""

from __future__ import annotations

import contextlib
import lzma
import re
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mahdar.archive.place import django_database, place_of
from mahdar.archive.rows import element_rows
from mahdar.model import Record
from mahdar.model.address import Address, Locus
from mahdar.model.loci import loci

DATA = Path(__file__).parent / "data"
VERSIONS = (
    "A/85/PV.12/ru@1", "S/PV.99902/ar@1", "S/PV.99902/en@1", "S/PV.99902/es@1", "S/PV.99902/fr@1",
    "S/PV.99902/ru@1", "S/PV.99902/zh@1", "S/PV.99903/en@1", "S/PV.99903/en@2", "S/PV.99903/fr@1",
    "S/PV.99903/fr@2", "S/PV.99904/ar@1", "S/PV.99904/en@1", "S/PV.99905/ar@1", "S/PV.99905/en@1",
    "S/PV.99905/zh@1", "S/PV.99907 (Resumption 1)/es@1", "unnamed/14544b2525f9/en@1",
)  # fmt: skip
_BOOLEAN = 16  # the number of the type in PostgreSQL
_TABLES = (
    "clock", "record", "source", "person", "speech", "paragraph", "mention", "agendadocument",
    "vote", "cast", "subject",
)  # fmt: skip


def unpack_archive(folder: Path) -> Path:
    """Unpack the archive of 0.1.0 into a folder that is made."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as made:
        with tarfile.open(DATA / "archive-0.1.0.tar.xz") as tar:
            tar.extractall(made, filter="data")
        shutil.move(Path(made) / "archive-0.1.0", folder)
    return folder


def record_json(language: str) -> bytes:
    """Return the JSON of a record as 0.1.0 printed it."""
    return lzma.decompress((DATA / f"record-0.1.0.{language}.json.xz").read_bytes())


def into_postgresql(url: str, scratch: Path) -> None:
    """Put the archive of 0.1.0 into an empty database of PostgreSQL, with the tables it had."""
    from django.core.management import call_command
    from django.db import connections

    alias = f"old:{url}"
    wanted = {"default": {}, alias: django_database(place_of(url))}
    connections.databases[alias] = connections.configure_settings(wanted)[alias]
    call_command("migrate", "archive", "0002", database=alias, verbosity=0, interactive=False)
    connection: Any = connections[alias]
    source = sqlite3.connect(unpack_archive(scratch) / "mahdar.sqlite3")
    with connection.cursor() as cursor, contextlib.closing(source):
        for name in (f"archive_{table}" for table in _TABLES):
            described = connection.introspection.get_table_description(cursor, name)
            kinds = {column.name: column.type_code for column in described}
            rows = source.execute(f"SELECT * FROM {name}")
            columns = [column[0] for column in rows.description]
            truths = [kinds[column] == _BOOLEAN for column in columns]
            marks = ", ".join(["%s"] * len(columns))
            quoted = ", ".join(f'"{column}"' for column in columns)
            for row in rows.fetchall():
                values = [bool(v) if t else v for v, t in zip(row, truths, strict=True)]
                cursor.execute(f"INSERT INTO {name} ({quoted}) VALUES ({marks})", values)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), MAX(id)) FROM {name}"
            )
    connection.close()


def addresses() -> Iterator[tuple[str, Address, str]]:
    """Yield every address that 0.1.0 printed, what it names, and how the words there begin."""
    for line in (DATA / "addresses-0.1.0.txt").read_text(encoding="utf-8").splitlines():
        printed, text = line.split("\t")
        yield printed, _meant(printed), text


def _meant(printed: str) -> Address:
    """Return what an address names, in whatever form it was printed: by hand, not by the site."""
    form, _, rest = printed.partition(":")
    if form == "csv":
        record, turn, paragraph = re.fullmatch(r"(.*)#turn=(\d+),paragraph=(\d+)", rest).groups()  # type: ignore[union-attr]
        return Address.parse(record).to(Locus("t", int(turn), int(paragraph)))
    if form == "tei":
        return Address.parse(re.sub(r"#UN-.*\.", "#", rest))
    if form == "html":
        return Address.parse(rest)
    path = unquote(printed).removeprefix("/cite").removeprefix("/").removesuffix(".json")
    path = re.sub(r"(@\d+)/(?=[ts]\d)", r"\1#", path)
    path = re.sub(r"/[a-z]{2}\?beside=[a-z]{2}#([a-z]{2})-", r"/\1#", path)
    return Address.parse(re.sub(r"\?beside=[a-z]{2}", "", path))


def words_at(record: Record, title: str, locus: Locus | None) -> str:
    """Return what stands at a place of a record; a turn, and the agenda, are what they begin with.

    Once (`S/PV.99903/en@2#s22`) 0.1.0 counted a turn among what is no turn, as the tables do.
    """
    if locus is None:
        return title
    found = {str(one.locus): one.text for one in loci(record)}
    begun = f"{locus}p1"
    if locus.series == "s" and str(locus) not in found:
        return next(r for r in element_rows(record) if r.number == locus.number).paragraphs[0].text
    return found[begun] if locus.paragraph is None and begun in found else found[str(locus)]
