"""A record published by Mahdar and read back is the same record, in six languages."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from mahdar.publishing.pdf import Paper, publish_pdf
from mahdar.publishing.text import publish_text
from mahdar.reading import read_file, read_opened
from mahdar.sources.text import text_source
from mahdar.specimens.build import specimen
from tests.same_record import differences

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.mark.parametrize("code", LANGUAGES)
def test_text(code: str) -> None:
    record = specimen(code)
    read = read_opened(text_source(publish_text(record), code)).record
    assert list(differences(record, read)) == []


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("paper", get_args(Paper))
def test_pdf(code: str, paper: Paper, tmp_path: Path) -> None:
    record = specimen(code)
    path = tmp_path / "a.pdf"
    path.write_bytes(publish_pdf(record, paper))
    assert list(differences(record, read_file(path).record)) == []
