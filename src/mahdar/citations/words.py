"""The words with which each language cites, as patterns: data in words/*.toml."""

from __future__ import annotations

import functools
import re
from importlib import resources

import msgspec


class CitingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What words/xx.toml holds; the lists are regular expressions without groups."""

    resolution: list[str]
    decision: list[str]
    article: list[str]
    chapter: list[str]
    rule: list[str]
    meeting: list[str]
    joins: list[str]
    dated: str
    between: list[str]
    charter: list[str]
    of_charter: list[str]
    of_rules: list[str]
    of_general_rules: list[str]
    pins: list[str]
    pins_before: list[str]
    of: list[str]
    of_text: str
    day_ending: str
    ranges: list[str]
    months: list[list[str]]
    not_years: list[str]
    bodies: dict[str, list[str]]
    chapters: dict[str, int] = {}
    meeting_before: list[str] = []
    before_charter: list[str] = []
    before_rules: list[str] = []
    before_general_rules: list[str] = []
    after: bool = False
    after_month: bool = False
    turned: bool = False
    bare_articles: bool = False
    bare_rules: bool = False
    leaning: str = ""
    eaten: tuple[str, str] | None = None


@functools.cache
def citing_words(language: str) -> CitingWords:
    """Return the words of a language.

    Args:
        language: ISO 639-1, one of the six.

    >>> citing_words("fr").resolution[0]
    'résolutions'
    """
    path = resources.files("mahdar.citations") / "words" / f"{language}.toml"
    return msgspec.toml.decode(path.read_bytes(), type=CitingWords)


def any_of(words: list[str]) -> str:
    """Return a pattern for any of some patterns, the longer first; one that never matches for none.

    >>> any_of(["a", "ab"])
    '(?:ab|a)'
    """
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})" if words else r"(?!)"


def literal(name: str) -> str:
    """Return a pattern for a name: either apostrophe, any blank."""
    return re.escape(name.replace("’", "'")).replace("'", "['’]").replace(r"\ ", r"\s")


def trie(names: list[str]) -> str:
    """Return one pattern for many names that reads each letter once, so that it stays fast.

    >>> import re
    >>> re.findall(trie(["ab", "abc", "xy"]), "abc ab xy")
    ['abc', 'ab', 'xy']
    """
    root: dict[str, dict[str, object]] = {}
    for name in names:
        node = root
        for character in name.replace("’", "'"):
            node = node.setdefault(character, {})  # type: ignore[assignment]
        node[""] = {}
    return _pattern(root)


def _pattern(node: dict[str, dict[str, object]]) -> str:
    ways = []
    for character, below in sorted(node.items()):
        if character:
            ways.append(literal(character) + _pattern(below))  # type: ignore[arg-type]
    if not ways:
        return ""
    body = f"(?:{'|'.join(ways)})" if len(ways) > 1 or "" in node else ways[0]
    return body + "?" if "" in node else body


_LONGEST_LEANING = 3


@functools.cache
def _leaning(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[^\w]){citing_words(language).leaning}$")


def begins_word(text: str, start: int, language: str) -> bool:
    """Return whether a word begins at a place, small words that lean on it aside.

    >>> begins_word("وبميثاق", 2, "ar"), begins_word("uncharted", 2, "en")
    (True, False)
    """
    if not start or not text[start - 1].isalpha() or citing_words(language).after:
        return True
    if not citing_words(language).leaning:
        return False
    return _leaning(language).search(text[max(0, start - _LONGEST_LEANING) : start]) is not None
