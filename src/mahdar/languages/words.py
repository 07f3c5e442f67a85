"""Words by which languages are told apart before a language file is chosen."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def _data() -> dict[str, Any]:
    file = resources.files("mahdar.languages") / "shared" / "words.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def common_words() -> dict[str, frozenset[str]]:
    """Return the commonest words of each language, lower case, by ISO 639-1 code.

    >>> "the" in common_words()["en"]
    True
    """
    return {code: frozenset(words) for code, words in _data()["common"].items()}


@functools.cache
def recycled_words() -> tuple[str, ...]:
    """Return, lower case, what stands beside marks that belong to the paper."""
    return tuple(word.casefold() for word in _data()["marks"]["recycled"])


@functools.cache
def names_that_go_on() -> tuple[str, ...]:
    """Return how a bracketed name begins that says who goes on speaking on a page."""
    return tuple(_data()["marks"]["goes_on"])


TESSERACT = {"ar": "ara", "en": "eng", "fr": "fra", "es": "spa", "ru": "rus", "zh": "chi_sim"}
"""How Tesseract names the official languages."""
