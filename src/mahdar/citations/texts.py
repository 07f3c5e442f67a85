"""Treaties and other texts known by a name of their own, and the Charter."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from mahdar.citations.words import any_of, begins_word, citing_words, trie
from mahdar.model.mention import Mention
from mahdar.tsv import table_rows


def _plain(name: str) -> str:
    return " ".join(name.replace("’", "'").split())


@functools.cache
def _codes(language: str) -> dict[str, str]:
    """Return name -> code, with the article that Arabic writes together with "to"."""
    codes: dict[str, str] = {}
    eaten = citing_words(language).eaten
    for row in table_rows("mahdar.citations", "texts.tsv"):
        for name in row[language].split("|"):
            codes[_plain(name)] = row["code"]
            if eaten and name.startswith(eaten[0]):
                codes[eaten[1] + _plain(name)[len(eaten[0]) :]] = row["code"]
    return codes


@functools.cache
def names_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern that finds the names of texts in a language."""
    return re.compile(trie(list(_codes(language))))


def text_code(name: str, language: str) -> str:
    """Return the code of a text by its name as printed, one that the pattern found.

    >>> text_code("Geneva communiqué", "en")
    'GENEVA-COMMUNIQUE'
    """
    return _codes(language)[_plain(name)]


@functools.cache
def symbol_of_text(code: str) -> str | None:
    """Return the symbol under which a text was issued, None where it has none that is known.

    >>> symbol_of_text("AGENDA-2030")
    'A/RES/70/1'
    """
    row = next(
        (row for row in table_rows("mahdar.citations", "texts.tsv") if row["code"] == code), None
    )
    return row["symbol"] if row and row["symbol"] != "-" else None


def find_texts(text: str, language: str) -> Iterator[Mention]:
    """Find the texts that are named, and the Charter.

    >>> [m.id for m in find_texts("the Rome Statute and the principles of the Charter", "en")]
    ['ROME-STATUTE', 'CHARTER']
    """
    for match in names_pattern(language).finditer(text):
        start, end = match.span()
        after = text[end : end + 1]
        runs_on = after.isalnum() and not citing_words(language).after
        if runs_on or not begins_word(text, start, language):
            continue
        code = text_code(match.group(), language)
        yield Mention(start, end, match.group(), "text", code, why="a text known by this name")
    for match in _charter(language).finditer(text):
        if begins_word(text, match.start(), language):
            yield Mention(
                match.start(), match.end(), match.group(), "text", "CHARTER", "UN",
                why="the Charter, without saying of what", score=0.9,
            )  # fmt: skip


@functools.cache
def _charter(language: str) -> re.Pattern[str]:
    return re.compile(any_of(citing_words(language).charter) + r"(?![^\W_])")
