"""The same words in plain SQLite FTS5 and in PostgreSQL, asked the same questions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.analysis.analyser import analyser
from mahdar.api.archive import Archive
from mahdar.index.elements import elements_of
from mahdar.search.compiling import languages_of

FACETS = ("organ", "language", "year", "state", "speaker", "capacity", "kind")
_LOT = 200


def rows_of(archive: Archive) -> Iterator[tuple[Any, ...]]:
    """Yield each speech as others keep it: number, facets, stems parted by blanks."""
    wanted = sorted(archive.indexes.wanted())
    for start in range(0, len(wanted), _LOT):
        for speech in elements_of(archive.alias, wanted[start : start + _LOT]):
            words = speech.words()
            facets = [
                str(words.year) if name == "year" else (words.codes[name] or [""])[0]
                for name in FACETS
            ]
            yield (words.element, *facets, words.stems)


def stems_of(query: str) -> list[tuple[str, list[str]]]:
    """Return a plain question (words, or one phrase) as its stems in each language it may be of."""
    phrase = query.startswith('"')
    text = query.strip('"')
    out = []
    for code in languages_of(text):
        stems = [stem for stem, _, _ in analyser(code).searched(text)]
        if stems:
            out.append(("phrase" if phrase else "all", stems))
    return out


class Fts5:
    """SQLite's FTS5, as it comes: BM25, facets by joining a table of speeches."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._base = sqlite3.connect(path)

    def load(self, archive: Archive) -> float:
        """Put all speeches in; return the seconds."""
        begun = time.perf_counter()
        base = self._base
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("PRAGMA synchronous=NORMAL")
        columns = ", ".join(FACETS)
        base.execute(f"CREATE TABLE speech (id INTEGER PRIMARY KEY, {columns})")
        base.execute(
            "CREATE VIRTUAL TABLE words USING fts5(stems, content='',"
            ' tokenize="unicode61 remove_diacritics 0")'
        )
        for number, *facets, stems in rows_of(archive):
            marks = ", ".join("?" * (1 + len(facets)))
            base.execute(f"INSERT INTO speech VALUES ({marks})", (number, *facets))
            base.execute("INSERT INTO words(rowid, stems) VALUES (?, ?)", (number, stems))
        base.commit()
        base.execute("INSERT INTO words(words) VALUES ('optimize')")
        base.commit()
        return time.perf_counter() - begun

    def ask(self, query: str) -> int:
        """Answer a question: ten hits by rank, and the facets of all."""
        groups = []
        for how, stems in stems_of(query):
            quoted = [f'"{stem}"' for stem in stems]
            groups.append("(" + (" + " if how == "phrase" else " AND ").join(quoted) + ")")
        match = " OR ".join(dict.fromkeys(groups))
        found = self._base.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 10", (match,)
        ).fetchall()
        for name in FACETS:
            self._base.execute(
                f"SELECT {name}, COUNT(*) FROM speech WHERE id IN"
                f" (SELECT rowid FROM words WHERE words MATCH ?) GROUP BY {name}"
                " ORDER BY 2 DESC LIMIT 12", (match,),
            ).fetchall()  # fmt: skip
        return len(found)


class PostgreSQL:
    """PostgreSQL's full text: a tsvector of the same stems with a GIN index."""

    def __init__(self, url: str) -> None:
        import psycopg

        self._base = psycopg.connect(url, autocommit=True)

    def load(self, archive: Archive) -> float:
        """Put all speeches in; return the seconds."""
        begun = time.perf_counter()
        base = self._base
        columns = ", ".join(f"{name} text" for name in FACETS)
        base.execute(f"CREATE TABLE speech (id bigint PRIMARY KEY, {columns}, stems tsvector)")
        marks = ", ".join(["%s"] * (1 + len(FACETS)))
        insert = f"INSERT INTO speech VALUES ({marks}, to_tsvector('simple', %s))"
        lot: list[tuple[Any, ...]] = []
        with base.cursor() as cursor, base.transaction():
            for row in rows_of(archive):
                lot.append(row)
                if len(lot) >= _LOT:
                    cursor.executemany(insert, lot)
                    lot = []
            cursor.executemany(insert, lot)
        base.execute("CREATE INDEX ON speech USING gin (stems)")
        base.execute("ANALYZE speech")
        return time.perf_counter() - begun

    def size(self) -> float:
        """Return the megabytes of the table with its index."""
        row = self._base.execute("SELECT pg_total_relation_size('speech')").fetchone()
        return float(row[0]) / 1e6 if row else 0.0

    def ask(self, query: str) -> int:
        """Answer a question: ten hits by rank, and the facets of all."""
        groups = []
        for how, stems in stems_of(query):
            quoted = ["'" + stem.replace("'", "''") + "'" for stem in stems]
            groups.append("(" + (" <-> " if how == "phrase" else " & ").join(quoted) + ")")
        match = " | ".join(dict.fromkeys(groups))
        found = self._base.execute(
            "SELECT id FROM speech WHERE stems @@ %s::tsquery"
            " ORDER BY ts_rank(stems, %s::tsquery) DESC LIMIT 10", (match, match),
        ).fetchall()  # fmt: skip
        for name in FACETS:
            self._base.execute(
                f"SELECT {name}, COUNT(*) FROM speech WHERE stems @@ %s::tsquery"
                f" GROUP BY {name} ORDER BY 2 DESC LIMIT 12", (match,),
            ).fetchall()  # fmt: skip
        return len(found)
