"""The questions of the truth, put to an archive: which of the right passages are found."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import NamedTuple

from mahdar.api.archive import Archive
from mahdar.search.searching import Searcher

TRUTH = Path(__file__).parent / "truth" / "search" / "questions.tsv"
FILES = (
    "A-48-PV.46.en.pdf", "A-64-PV.121.en.pdf", "A-65-PV.71.en.pdf", "S-PV.10100.en.pdf",
    "S-PV.3756.en.pdf", "S-PV.492.en.pdf", "S-PV.7050.ar.txt",
)  # fmt: skip
"""The real records that the questions were written for; others would only take time."""
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


class Question(NamedTuple):
    """A question, how it is asked, and the passages that answer it."""

    mode: str
    language: str
    text: str
    right: tuple[str, ...]


class Outcome(NamedTuple):
    """What came of a question: the right passages that were among the first ten hits, or not."""

    question: Question
    found: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def recall(self) -> float:
        """How many of the right passages were found, of those that ten hits could show."""
        return len(self.found) / min(10, len(self.question.right))


def questions() -> list[Question]:
    """Read the questions and the passages that were marked by hand."""
    lines = [
        line for line in TRUTH.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]  # fmt: skip
    rows = csv.reader(lines[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Question(mode, code, text, tuple(_right(right))) for mode, code, text, right in rows]


def _right(cell: str) -> list[str]:
    out: list[str] = []
    for address in cell.split():
        if "/*#" in address:
            out += [address.replace("/*#", f"/{code}#") for code in LANGUAGES]
        else:
            out.append(address)
    return out


def ask(searcher: Searcher, question: Question) -> Outcome:
    """Ask one question and look at the passages of the first ten hits."""
    mode = "words" if question.mode == "words" else "both"
    answer = searcher.search(question.text, mode=mode)  # type: ignore[arg-type]
    shown = {
        re.sub(r"@\d+", "", passage.address) for hit in answer.hits for passage in hit.passages
    }
    found = tuple(each for each in question.right if each in shown)
    return Outcome(question, found, tuple(each for each in question.right if each not in shown))


def held(archive: Archive) -> set[str]:
    """Return the records of an archive as the questions name them."""
    return {f"{entry.key}/{entry.language}" for entry in archive.entries()}
