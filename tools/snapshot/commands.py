"""The commands whose output a snapshot holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.snapshot.files import Snapshot
from tools.snapshot.house import House
from tools.snapshot.questions import MEANINGS, NAMES, QUESTIONS, WORDS

_WHOLE = (".ar.", ".en.", ".zh.")
"""The languages of which everything is made; of the others, samples."""
_TABLES = "tables"


def run_commands(house: House, records: list[Path], to: Snapshot) -> None:
    """Run the commands and keep what they print.

    Args:
        house: the checkout, furnished.
        records: the real records that were added.
        to: the snapshot.
    """
    read = sorted(path.name for path in house.files.glob("S-PV.999*.pdf"))
    read += [path.name for path in records]
    read += [path.name for path in house.files.glob("specimen*.txt")]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:

        def run(words: list[str]) -> None:
            _keep(house, words, to)

        # The JSON comes first: other commands read it, which is quicker than the file.
        list(pool.map(run, [["read", "--format", "json", "-o", f"files/{name}.read.json",
                             f"files/{name}"] for name in read]))  # fmt: skip
        list(pool.map(run, [words for name in read for words in _of_file(name)]))
        list(pool.map(run, _of_archive()))


def _of_file(name: str) -> Iterator[list[str]]:
    """Yield the commands about one file; what does not ask for its pages takes the JSON of it."""
    file, record = f"files/{name}", f"files/{name}.read.json"
    yield ["publish", "--to", "html", record]
    yield ["publish", "--to", "tei", record]
    yield ["cite", "--to", "csv", record]
    if name.startswith("S-PV.9990") and not any(part in name for part in _WHOLE):
        return
    yield ["read", file]
    yield ["show", record]
    yield ["explain", file]
    for form in ("text", "json", "graphml"):
        yield ["cite", "--to", form, record]
    for form in ("akn", "text"):
        yield ["publish", "--to", form, record]
    yield ["publish", "--to", "csv", "-o", f"{_TABLES}/{name}", record]
    yield ["people", "--format", "json", record]
    if name.endswith("en.pdf") and "999" in name:
        yield ["explain", "--format", "json", file]
        yield ["show", "--format", "json", "--width", "0", record]
        yield ["people", record]
        yield ["publish", "--to", "json", record]


def _of_archive() -> Iterator[list[str]]:
    """Yield the commands about the archive, and those about nothing."""
    for question in QUESTIONS:
        yield ["search", question, "--format", "json"]
    for question in (QUESTIONS[0], QUESTIONS[11], QUESTIONS[14]):
        for form in ("text", "bibtex", "ris", "csl"):
            yield ["search", question, "--format", form]
    for question in MEANINGS:
        yield ["search", question, "--meaning", "--format", "json"]
    for order in ("newest", "oldest"):
        yield ["search", "lamp", "--sort", order, "--page", "2", "--size", "3", "--no-facets"]
    for word in WORDS:
        yield ["study", "concordance", word, "--size", "0", "--to", "csv"]
    yield ["study", "concordance", "lamp", "--sort", "left"]
    for by in ("state", "record", "speaker", "topic", "capacity"):
        yield ["study", "frequencies", "lamp", "--by", by, "--to", "csv"]
    yield ["study", "collocations", "lamp", "--least", "1", "--to", "csv"]
    yield ["study", "keyness", "--where", "state:TCD", "--least", "1", "--language", "en",
           "--to", "csv"]  # fmt: skip
    yield ["study", "dispersion", "lamp", "boats", "--to", "csv"]
    yield ["study", "ngrams", "--language", "ar", "--least", "2", "--to", "csv"]
    yield ["study", "citations", "--to", "csv"]
    yield ["study", "together", "--least", "1", "--to", "json"]
    yield ["list"]
    yield ["list", "--versions", "--format", "json"]
    yield ["list", "S/PV.99902", "--language", "fr", "--versions"]
    yield ["list", "--unread"]
    yield ["verify"]
    for name in NAMES:
        yield ["who", name, "--format", "json"]
    for language in ("en", "ar"):
        for form in ("json", "html"):
            yield ["index", "2031", "--language", language, "--to", form, "-o", "-"]
    yield ["index", "2031", "--to", "csv", "-o", f"{_TABLES}/index"]
    yield ["export", "--to", "csv", f"{_TABLES}/export"]
    yield ["show", "S/PV.99902/fr@1"]
    yield ["show", "S/PV.99902/xx"]
    for form in ("text", "json", "tmx", "html"):
        yield ["align", "--to", form, "files/S-PV.99902.en.json", "files/S-PV.99902.ar.json"]
    yield ["schema"]


def _keep(house: House, words: list[str], to: Snapshot) -> None:
    """Run one command; what it writes to a file or folder is kept as well as what it prints."""
    ran = house.run(*words)
    kind = f"command-{words[0]}"
    address = "mahdar " + " ".join(f"'{w}'" if " " in w else w for w in words)
    head = f"exit status {ran.status}\n{ran.error.decode(errors='replace')}"
    written = house.folder / (words[words.index("-o") + 1] if "-o" in words else words[-1])
    if words[0] == "read" and written.is_file() and "-o" in words:
        to.put(kind, address, written.read_bytes(), head=head)
        return
    to.put(kind, address, ran.out, head=head)
    if _TABLES in written.parts and written.is_dir():
        for path in sorted(written.iterdir()):
            to.put(kind, f"{address}: {path.name}", path.read_bytes())
