"""The words of the interface: whole in six languages, with what is put into them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
LOCALES = ("ar", "es", "fr", "ru", "zh_Hans")
# What is the same in both languages.
ALIKE = {"es": {"Final"}, "fr": {"Documents", "Document", "documents", "Votes", "Vote", "Pages",
         "Site", "Concordance", "Image", "articles", "Type", "Versions", "Organisations",
         "Organisation", "Agenda"}}  # fmt: skip


@pytest.mark.parametrize("locale", LOCALES)
def test_catalogues_are_whole(locale: str) -> None:
    path = ROOT / "src" / "mahdar" / "web" / "locale" / locale / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=locale)
    for message in catalogue:
        if not message.id:
            continue
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = (
            [message.string] if isinstance(message.string, str) else list(message.string or ())
        )
        assert all(strings), message.id
        assert "fuzzy" not in message.flags
        wanted = set(re.findall(r"%\(\w+\)s", ids[-1]))
        for string in strings:
            held = set(re.findall(r"%\(\w+\)s", string))
            # The forms for none, one and two say the number in words.
            assert held <= wanted, string
            if len(strings) == 1:
                assert held == wanted, string
            assert len(re.findall("<[^>]*>", ids[0])) == len(re.findall("<[^>]*>", string))
        assert set(re.findall(r"%\(\w+\)s", strings[-1])) == wanted, message.id
        if locale in ("ar", "ru", "zh_Hans"):
            letters = {
                "ar": "[\u0600-\u06ff]",
                "ru": "[\u0400-\u04ff]",
                "zh_Hans": "[\u4e00-\u9fff]",
            }
            assert re.search(letters[locale], strings[-1]), strings[-1]


def test_catalogues_are_up_to_date() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "tools" / "make_messages.py"), "--check"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
