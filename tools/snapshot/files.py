"""The files of a snapshot: one for each answer, without what changes from run to run."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyarrow.parquet
import pypdfium2

_LONGEST = 100
_WORDS = re.compile(r"/(document|footnotes|endnotes|header\d*|footer\d*)\.xml$")

# What changes by itself, and what stands in its place.
_CHANGING = [
    (r"127\.0\.0\.1:\d{4,5}", "127.0.0.1:PORT"),
    (r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1TOKEN"),
    (r'(nonce[-="]+)[\w+/=-]{16,}', r"\1NONCE"),
    (r"(/static/[\w/.-]+?)\.[0-9a-f]{12}(\.\w+)", r"\1.DIGEST\2"),
    (r'("milliseconds": )[\d.]+', r"\1MILLISECONDS"),
    (r"\(\d[\d,]* ms\)", "(MILLISECONDS ms)"),
    (r"[\d٠-٩][\d٠-٩,\xa0]*(?=\s*(?:milliseconds|ميلي ثانية|毫秒))", "MILLISECONDS"),
    (r'("seconds": )[\d.]+', r"\1SECONDS"),
    (r"(<updated>)20(?!31)\d\d-\d\d-\d\dT[\d:.+Z-]+", r"\1TODAY"),
    # A moment with seconds of today, as in files that say when they were written.
    (r"\b202\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+\d\d:?\d\d)?", "TODAY"),
    (r"\d+ files? in [^:]*: ", "FILES in SECONDS: "),
]
_CHANGING_COMPILED = [(re.compile(old), new) for old, new in _CHANGING]


class Answer(msgspec.Struct, frozen=True):
    """An answer: of which kind, at which address (or to which command), its text."""

    kind: str
    address: str
    text: str


class Snapshot:
    """A folder of answers.

    Args:
        folder: made by the first answer.
        hidden: paths that differ from run to run, with what is written in their place.
    """

    def __init__(self, folder: Path, hidden: dict[str, str] | None = None) -> None:
        self.folder = folder
        self._hidden = hidden or {}
        self.count = 0

    def put(self, kind: str, address: str, body: bytes, *, head: str = "", form: str = "") -> None:
        """Keep an answer.

        Args:
            kind: the folder within the snapshot.
            address: by which the answers of two snapshots are held beside each other.
            body: the answer.
            head: what is kept of its headers, or the exit status.
            form: its media type, where it is known.
        """
        address = self._normal(address)
        text = self._normal(f"{head}\n{readable(body, form)}" if head else readable(body, form))
        path = self.folder / kind / file_name(address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{address}\n{text}", encoding="utf-8")
        self.count += 1

    def _normal(self, text: str) -> str:
        for path, name in self._hidden.items():
            text = text.replace(path, name)
        return without_changing(text)


def without_changing(text: str) -> str:
    """Return a text without ports, tokens, digests, times of today.

    >>> without_changing('http://127.0.0.1:40123/static/mahdar/site.392d13756d3e.css (12 ms)')
    'http://127.0.0.1:PORT/static/mahdar/site.DIGEST.css (MILLISECONDS ms)'
    >>> without_changing("1,038毫秒内找到51篇发言"), without_changing("٢٥ بيانا في ١٢ ميلي ثانية")
    ('MILLISECONDS毫秒内找到51篇发言', '٢٥ بيانا في MILLISECONDS ميلي ثانية')
    """
    for old, new in _CHANGING_COMPILED:
        text = old.sub(new, text)
    return text


def file_name(address: str) -> str:
    """Return a name for the file of an address, the same in every snapshot.

    >>> file_name("/S/PV.99902/en")
    'S_PV.99902_en.f9730803.txt'
    """
    plain = re.sub(r"[^A-Za-z0-9.=-]+", "_", address).strip("_") or "root"
    digest = hashlib.sha256(address.encode()).hexdigest()[:8]
    return f"{plain[:_LONGEST]}.{digest}.txt"


def readable(body: bytes, form: str = "") -> str:
    r"""Return an answer as lines that can be compared: JSON and markup on many lines.

    Args:
        body: the answer.
        form: its media type.

    >>> readable(b'{"a":1}', "application/json")
    '{\n "a": 1\n}\n'
    """
    if body[:4] == b"PK\x03\x04":
        return "".join(_members(body))
    if body[:5] == b"%PDF-":
        return "".join(_pages(body))
    if body[:4] == b"PAR1":
        return "".join(_rows(body))
    if b"\x00" in body[:4096]:
        return _digest(body)
    text = body.decode(errors="backslashreplace")
    if "json" in form or (not form and text[:1] in "{["):
        try:
            return json.dumps(json.loads(text), indent=1, ensure_ascii=False) + "\n"
        except json.JSONDecodeError:
            return text
    if "html" in form or "xml" in form or text[:1] == "<":
        return re.sub(r">\s*<", ">\n<", text)
    return text


def _digest(body: bytes) -> str:
    return f"{len(body)} bytes, SHA-256 {hashlib.sha256(body).hexdigest()}\n"


def _members(body: bytes) -> Iterator[str]:
    """Yield the files of a packed folder: a Word file, the tables of a record."""
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        names = sorted(packed.namelist())
        word = "word/document.xml" in names
        for name in names:
            if word and not _WORDS.search(name):  # styles, themes: alike in all
                yield f"--- {name}: {_digest(packed.read(name))}"
            elif not name.startswith("docProps/"):  # which say when and by what it was written
                yield f"--- {name}\n{readable(packed.read(name))}\n"


def _pages(body: bytes) -> Iterator[str]:
    """Yield the words of each page of a PDF, and a digest of how it looks."""
    document = pypdfium2.PdfDocument(body)
    for number, page in enumerate(document, 1):
        look = hashlib.sha256(page.render(scale=1).to_numpy().tobytes()).hexdigest()
        yield f"--- page {number}, looks {look}\n{page.get_textpage().get_text_range()}\n"


def _rows(body: bytes) -> Iterator[str]:
    """Yield the columns and the rows of a Parquet file."""
    table = pyarrow.parquet.read_table(io.BytesIO(body))
    yield "".join(f"{field.name}: {field.type}\n" for field in table.schema)
    for row in table.to_pylist():
        yield json.dumps(row, ensure_ascii=False, default=str) + "\n"


def answers(folder: Path) -> Iterator[Answer]:
    """Yield the answers of a snapshot."""
    for path in sorted(folder.rglob("*.txt")):
        address, _, text = path.read_text(encoding="utf-8").partition("\n")
        yield Answer(path.parent.relative_to(folder).as_posix(), address, text)
