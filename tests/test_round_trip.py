"""A record published by Mahdar and read back is the same record, in six languages."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mahdar.languages import load_language
from mahdar.model import Record
from mahdar.publishing.akoma_ntoso import publish_akoma_ntoso
from mahdar.publishing.docx import publish_docx
from mahdar.publishing.forms import Paper
from mahdar.publishing.pdf import publish_pdf
from mahdar.publishing.publish import publish, read_json
from mahdar.publishing.text import publish_text
from mahdar.reading.read import read_file, read_opened
from mahdar.sources.files import open_bytes
from mahdar.specimens.build import build_record, meeting_words, specimen
from mahdar.specimens.invent import invent_facts, invent_words
from tests.conftest import record_path
from tests.same_record import differences, without_places

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
# The same meetings each time; `make fuzz` draws others, and more.
FUZZ = int(os.environ.get("MAHDAR_FUZZ", "0"))
EXAMPLES = 24 * max(1, FUZZ)
FORMS: dict[str, Callable[[Record], bytes]] = {
    "text": lambda record: publish_text(record).encode(),
    "docx": publish_docx,
    "akn": publish_akoma_ntoso,
    "pdf": publish_pdf,
}


def again(record: Record, form: str) -> Record:
    """Publish a record and read it back."""
    return read_opened(open_bytes(FORMS[form](record), form)).record


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_the_specimen(code: str, form: str) -> None:
    record = specimen(code)
    assert list(differences(record, again(record, form))) == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("paper", get_args(Paper))
def test_pdf_on_both_papers(code: str, paper: Paper, tmp_path: Path) -> None:
    record = specimen(code)
    path = tmp_path / "a.pdf"
    path.write_bytes(publish_pdf(record, paper))
    assert list(differences(record, read_file(path).record)) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_json(code: str) -> None:
    record = specimen(code)
    (data,) = publish(record, "json").values()
    assert read_json(data, "a.json") == record


def invented(seed: int, code: str) -> Record:
    rng, language = random.Random(seed), load_language(code)
    facts = invent_facts(rng)
    return build_record(facts, invent_words(facts, meeting_words(code), language, rng), language)


@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=EXAMPLES, deadline=None, derandomize=not FUZZ)
@given(seed=st.integers(0, 2**32), form=st.sampled_from(["text", "akn"]))
def test_invented_meetings(code: str, seed: int, form: str) -> None:
    record = invented(seed, code)
    assert list(differences(record, again(record, form))) == []


@pytest.mark.slow
@pytest.mark.parametrize("code", LANGUAGES)
@settings(max_examples=EXAMPLES // 2, deadline=None, derandomize=not FUZZ)
@given(seed=st.integers(0, 2**32), form=st.sampled_from(["pdf", "docx"]))
def test_invented_meetings_in_print(code: str, seed: int, form: str) -> None:
    record = invented(seed, code)
    assert list(differences(record, again(record, form))) == []


def test_the_same_record_gives_the_same_file() -> None:
    record = specimen("ar")
    for form in ("pdf", "docx"):
        assert FORMS[form](record) == FORMS[form](record)


@pytest.mark.records
@pytest.mark.slow
@pytest.mark.parametrize("name", ["A-48-PV.46.en", "A-65-PV.71.en", "S-PV.10100.en"])
@pytest.mark.parametrize("form", FORMS)
def test_real_records(name: str, form: str) -> None:
    """All that was said, done and voted comes back; of the cover, what is no furniture of a page."""
    record = read_file(record_path(f"{name}.pdf")).record
    found = again(record, form)
    one, other = without_places(record), without_places(found)
    for field in ("body", "decisions", "members", "president", "date", "symbol", "session"):
        assert list(differences(one[field], other[field])) == []
