"""From a printed name of a State or an organisation to its code."""

from __future__ import annotations

import functools
import re
from difflib import get_close_matches
from importlib import resources

from mahdar.languages import Language, load_language
from mahdar.model import Affiliation, State


@functools.cache
def _names(file: str, code: str) -> dict[str, list[str]]:
    """Return code -> names as printed, the usual one first, for one language."""
    text = (resources.files("mahdar.authority") / file).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if code not in rows[0]:
        return {}
    column = rows[0].index(code)
    return {row[0]: row[column].split("|") for row in rows[1:]}


@functools.cache
def _table(file: str, code: str) -> dict[str, str]:
    """Return folded name -> code for one language."""
    language = load_language(code)
    return {
        _name_key(name, language): identity
        for identity, names in _names(file, code).items()
        for name in names
    }


_SIGNS = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=8192)
def _name_key(name: str, language: Language) -> str:
    """Fold a name for comparison: brackets, hyphens and a leading article make no difference."""
    key = _SIGNS.sub(" ", language.key(name)).strip()
    article = language.data.writing.name_article
    return key.removeprefix(language.key(article) + " ") if article else key


def find_state(label: str, language: Language) -> State | None:
    """Return the State that a printed name means, or None if it means none.

    Args:
        label: as printed, such as ``المملكة المتحدة``.
        language: the language it is printed in.

    >>> find_state("المملكة المتحدة", load_language("ar")).code
    'GBR'
    """
    code = _table("states.tsv", language.data.code).get(_name_key(label, language))
    return State(label, code) if code else None


def find_affiliation(label: str, language: Language) -> Affiliation:
    """Return for whom a bracketed name stands: a State, the Secretariat, an organisation.

    >>> find_affiliation("منظمة التعاون الإسلامي", load_language("ar")).code
    'OIC'
    """
    state = find_state(label, language)
    if state:
        return Affiliation(label, "state", state.code)
    key = language.key(label)
    if any(key.startswith(language.key(word)) for word in language.data.labels.secretariat):
        return Affiliation(label, "secretariat", None)
    code = _table("organisations.tsv", language.data.code).get(_name_key(label, language))
    return Affiliation(label, "organisation", code)


def known_names(language: Language) -> list[str]:
    """Return the folded names of several words, of States and organisations, in a language."""
    tables = (_table(file, language.data.code) for file in ("states.tsv", "organisations.tsv"))
    return [name for table in tables for name in table if " " in name]


def likely_state(label: str, language: Language, least: float = 0.74) -> State | None:
    """Return the State whose name is most like a misread one, or None where none is like enough.

    Args:
        label: as read, such as ``L~nited States of America``.
        language: the language it is printed in.
        least: how alike the two must be, 0 to 1.

    >>> likely_state("L~nited States ot America", load_language("en")).code
    'USA'
    """
    table = _table("states.tsv", language.data.code)
    key = _name_key(label, language)
    if len(key) < _SHORTEST:
        return None
    found = get_close_matches(key, table, n=1, cutoff=least)
    return State(label, table[found[0]]) if found else None


def printed_name(code: str, language: Language) -> str | None:
    """Return the usual name of a State in a language, or None where the code is not known.

    >>> printed_name("GBR", load_language("en"))
    'United Kingdom of Great Britain and Northern Ireland'
    """
    names = names_by_code(language).get(code)
    return names[0] if names else None


def organisation_name(code: str, language: Language) -> str | None:
    """Return the present name of an organisation in a language, None where it is not known.

    >>> organisation_name("AU", load_language("fr"))
    'Union africaine'
    """
    names = _names("organisations.tsv", language.data.code).get(code)
    return names[0] if names else None


def names_by_code(language: Language) -> dict[str, list[str]]:
    """Return all printed forms of each State's name in a language."""
    return _names("states.tsv", language.data.code)


_SHORTEST = 4
