"""Write down every address that version 0.1.0 prints for the archive it left, and what is there.

Run with the code of that version (commit ed4e5d5), after make_archive_0_1_0.py::

    PYTHONPATH=CHECKOUT/src python tests/data/list_addresses_0_1_0.py

The addresses come from what the commands and the site print. The words come from the tables of the
archive, asked by SQL alone; where an output shows words beside an address, both must agree, or
nothing is written.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html

HERE = Path(__file__).parent
ARCHIVE = HERE / "archive-0.1.0.tar.xz"
OUT = HERE / "addresses-0.1.0.txt"
_SHOWN = 60
_PLACE = r"t\d+(?:p\d+)?|s\d+"
_KEY = r"(?:[A-Z]/[A-Z0-9./-]*PV\.\d+(?: \(Resumption 1\))?|unnamed/[0-9a-f]{12})"
_PERMANENT = re.compile(rf"({_KEY})/([a-z]{{2}})@(\d+)(?:#({_PLACE})(?!\w))?")
_SITE = re.compile(rf"(?:/cite)?/({_KEY})(?:/([a-z]{{2}})(?:@(\d+))?)?(?:[#/]({_PLACE}))?$")
_EXPORTED = re.compile(rf"(?:^|\.)({_PLACE})$")
QUESTIONS = (
    "lamp", "vote", "light*", "article OR rule", "kind:heading", "kind:act", "kind:agenda",
    "المجلس", "مصباح", "安全理事会", "灯", "совет", "маяк", "consejo", "faro*", "conseil", "phare*",
)  # fmt: skip
WORDS = ("lamp", "council", "resolution", "المجلس", "灯塔", "маяк*", "faros", "phare*")
LEAVES = ("/", "/records", "/search?q=lamp", "/search?q=kind%3Aheading", "/search.atom?q=lamp",
          "/records.atom", "/concordance?word=lamp", "/pictures?q=lamp", "/states/TCD",
          "/states/CRI.atom", "/organisations/AU", "/people/RUS%3Aorlov",
          "/documents/S/2031/141", "/documents/SC-RULES/37", "/topics/law_of_the_sea",
          "/proceedings/2031", "/proceedings/2031/SC", "/proceedings/2031/GA")  # fmt: skip


class Tables:
    """What stands at an address, by the tables of the archive."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def versions(self) -> list[str]:
        """Return the addresses of all versions of records."""
        rows = self._database.execute(
            "SELECT key, language, version FROM archive_record ORDER BY id"
        )
        return [f"{key}/{language}@{version}" for key, language, version in rows]

    def text(self, key: str, language: str, version: str | None, place: str | None) -> str:
        """Return the words at a place of a record: its title, a turn, a paragraph, another thing.

        A turn is what its first paragraph says. The tables count from 0, addresses from 1.
        """
        wanted = "version = ?" if version else "current = 1"
        (row,) = self._database.execute(
            f"SELECT id, title FROM archive_record WHERE key = ? AND language = ? AND {wanted}",
            [key, language, *([version] if version else [])],
        ).fetchall()
        if not place:
            return str(row[1])
        numbers = [int(number) - 1 for number in re.findall(r"\d+", place)]
        where = ["s.record_id = ?", "s.turn = ?" if place[0] == "t" else "s.position = ?"]
        if len(numbers) == 2:
            where.append("p.number = ?")
        found = self._database.execute(
            "SELECT p.text FROM archive_paragraph p JOIN archive_speech s ON s.id = p.speech_id"
            f" WHERE {' AND '.join(where)} ORDER BY s.position, p.number", [row[0], *numbers],
        ).fetchone()  # fmt: skip
        if found is None:
            raise SystemExit(f"nothing stands at {key}/{language}@{version}#{place}")
        return str(found[0])


class Addresses:
    """The addresses that were met, with their words."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.found: dict[str, str] = {}
        self.compared = 0

    def add(self, printed: str, *parts: str | None, shown: str | None = None) -> None:
        """Keep an address as it was printed.

        Args:
            printed: the address.
            parts: key, language, version, place.
            shown: the words that the output has there, where it has them: all, or some of them.
        """
        key, language, version, place = parts
        assert key
        assert language
        text = self._tables.text(key, language, version, place)
        if shown is not None:
            self.compared += 1
            ours, theirs = _plain(text), _plain(shown)
            if ours not in theirs and not (theirs and theirs in ours):
                raise SystemExit(f"{printed}: the tables have {text!r}, the output {shown!r}")
        self.found[printed] = text

    def add_all(self, text: str) -> None:
        """Keep all permanent addresses that stand in a text."""
        for found in _PERMANENT.finditer(text.replace("\\#", "#")):
            self.add(found[0], *found.groups())


def _plain(text: str) -> str:
    """Return a text without what pages and snippets change: blanks, marks of what is left out."""
    return "".join(text.replace("…", "").replace("*", "").split())


def mahdar(archive: Path, *words: str) -> str:
    """Return what a command prints."""
    ran = subprocess.run(
        [sys.executable, "-m", "mahdar", *words], check=True, stdout=subprocess.PIPE,
        env={**os.environ, "MAHDAR_ARCHIVE": str(archive)}, text=True,
    )  # fmt: skip
    return ran.stdout


def from_commands(archive: Path, to: Addresses) -> None:
    """Add the addresses that commands print."""
    to.add_all(mahdar(archive, "list", "--versions"))
    for question in QUESTIONS:
        answer = json.loads(
            mahdar(archive, "search", question, "--format", "json", "--size", "200")
        )
        for hit in answer["hits"]:
            for passage in hit["passages"]:
                parts = _PERMANENT.fullmatch(passage["address"])
                assert parts, passage["address"]
                to.add(parts[0], *parts.groups(), shown=passage["text"])
    for form in ("text", "bibtex", "ris", "csl"):
        to.add_all(mahdar(archive, "search", "lamp", "--format", form, "--size", "200"))
    for word in WORDS:
        printed = mahdar(archive, "study", "concordance", word, "--size", "0", "--to", "csv")
        for row in csv.DictReader(io.StringIO(printed)):
            parts = _PERMANENT.fullmatch(row["address"])
            assert parts, row
            to.add(parts[0], *parts.groups(), shown=row["left"] + row["word"] + row["right"])
    for language in ("en", "ar", "zh"):
        for form in ("json", "html"):
            to.add_all(mahdar(archive, "index", "2031", "--language", language, "--to", form,
                              "-o", "-"))  # fmt: skip


def from_exports(archive: Path, origin: str, records: list[str], to: Addresses) -> None:
    """Add the names of places in published files, as FORM:RECORD#NAME."""
    for record in records:
        file = archive / "record.json"
        file.write_text(_get(f"{origin}/{_quoted(record)}.json"), encoding="utf-8")
        parts = _PERMANENT.fullmatch(record)
        assert parts
        for form in ("html", "tei"):
            root = lxml.etree.HTML if form == "html" else lxml.etree.fromstring
            tree = root(mahdar(archive, "publish", str(file), "--to", form).encode())
            for thing in tree.iter():
                name = (
                    thing.get("id") or thing.get("{http://www.w3.org/XML/1998/namespace}id") or ""
                )
                place = _EXPORTED.search(name)
                if place:
                    said = "".join(thing.itertext())
                    to.add(f"{form}:{record}#{name}", *parts.groups()[:3], place[1], shown=said)
        folder = archive / "tables"
        mahdar(archive, "publish", str(file), "--to", "csv", "-o", str(folder))
        with (folder / "paragraphs.csv").open(newline="", encoding="utf-8") as rows:
            for row in csv.DictReader(rows):
                place_of = f"t{row['turn']}p{row['paragraph']}"
                to.add(
                    f"csv:{record}#turn={row['turn']},paragraph={row['paragraph']}",
                    *parts.groups()[:3], place_of, shown=row["text"],
                )  # fmt: skip


@contextlib.contextmanager
def serving(archive: Path) -> Iterator[str]:
    """Run the site on the archive, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "mahdar", "serve", "--port", str(port), "--workers", "1",
         "--no-specimens", "--no-vectors", "--archive", str(archive)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "MAHDAR_RATE": "1000000"},
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{address}/alive").close()
                break
            if process.poll() is not None:
                raise SystemExit("the site does not start")
            time.sleep(0.2)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def _get(address: str) -> str:
    with urllib.request.urlopen(address) as answer:
        return str(answer.read().decode())


def _quoted(record: str) -> str:
    return urllib.parse.quote(record, safe="/()@:,.+-")


def from_site(origin: str, records: list[str], to: Addresses) -> None:
    """Add the addresses that pages and the API print."""

    def get(path: str) -> str:
        return _get(origin + path)

    pages = [f"/{_quoted(record)}" for record in records]
    pages += [page.partition("@")[0] for page in pages]
    languages = {record.partition("@")[0] for record in records}
    for page in dict.fromkeys(pages):
        _from_record(page, get(page), languages, to)
    for page in LEAVES:
        _links(page, get(page), to)
    _from_beside(get("/S/PV.99902/en?beside=zh"), to)
    for record in records:
        named = urllib.parse.quote(record)
        for path in ("turns", "paragraphs", "mentions"):
            for item in _items(get, f"/api/v1/{path}?record={named}&limit=200"):
                parts = _PERMANENT.fullmatch(item["address"])
                assert parts, item
                shown = item.get("text")
                to.add(parts[0], *parts.groups(), shown=shown)
    for item in _items(get, "/api/v1/records?versions=true"):
        parts = _SITE.fullmatch(urllib.parse.unquote(item["url"]).removesuffix(".json"))
        assert parts
        to.add(item["url"], *parts.groups())
    for place in ("", "/t2p1", "/t8p1", "/t10", "/s4", "/s22"):
        for record in records:
            to.add_all(get(f"/cite/{_quoted(record)}{place}"))
            to.add_all(get(f"/cite/{_quoted(record)}{place}.ris"))


def _items(get: Any, path: str) -> Iterator[dict[str, Any]]:
    cursor = ""
    while cursor is not None:
        answer = json.loads(get(path + (f"&cursor={urllib.parse.quote(cursor)}" if cursor else "")))
        yield from answer["items"]
        cursor = answer.get("next")


def _from_record(page: str, text: str, languages: set[str], to: Addresses) -> None:
    """Add the places of the page of a record, and where it leads."""
    parts = _SITE.fullmatch(urllib.parse.unquote(page))
    assert parts, page
    assert f"{parts[1]}/{parts[2]}" in languages
    to.add(page, *parts.groups())
    for thing in lxml.html.fromstring(text).iter("*"):
        place = re.fullmatch(_PLACE, thing.get("id") or "")
        if place:
            said = thing.text_content()
            # Charts of votes show the States in another order than the record.
            to.add(
                f"{page}#{place[0]}",
                *parts.groups()[:3],
                place[0],
                shown=None if thing.xpath(".//table|.//*[@class='chart']") else said,
            )
    _links(page, text, to)


def _links(page: str, text: str, to: Addresses) -> None:
    for link in re.findall(r'(?:href|data-cite|data-address)="([^"]*)"', text):
        link = re.sub(r"^https?://[^/]+", "", link)
        here = page.partition("?")[0] + link if link.startswith("#") else link
        parts = _SITE.fullmatch(urllib.parse.unquote(here))
        if parts and parts[2]:
            to.add(here, *parts.groups())


def _from_beside(text: str, to: Addresses) -> None:
    page = "/S/PV.99902/en?beside=zh"
    for thing in lxml.html.fromstring(text).iter("*"):
        found = re.fullmatch(rf"(zh-)?({_PLACE})", thing.get("id") or "")
        if found:
            language = "zh" if found[1] else "en"
            to.add(f"{page}#{found[0]}", "S/PV.99902", language, None, found[2],
                   shown=thing.text_content())  # fmt: skip


def main() -> None:
    """Write the list."""
    with tempfile.TemporaryDirectory() as made:
        with tarfile.open(ARCHIVE) as tar:
            tar.extractall(made, filter="data")
        archive = Path(made) / "archive-0.1.0"
        tables = Tables(archive / "mahdar.sqlite3")
        records = tables.versions()
        to = Addresses(tables)
        from_commands(archive, to)
        with serving(archive) as origin:
            from_exports(archive, origin, records, to)
            from_site(origin, records, to)
    lines = [f"{address}\t{' '.join(text.split())[:_SHOWN]}" for address, text in to.found.items()]
    OUT.write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
    print(f"{len(lines):,} addresses, {to.compared:,} times compared with the words of an output")


if __name__ == "__main__":
    main()
