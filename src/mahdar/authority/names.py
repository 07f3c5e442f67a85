"""From a printed name of a State or an organisation to its code."""

from __future__ import annotations

import functools
import re
from difflib import get_close_matches

from mahdar.authority.finder import STATE_FILES
from mahdar.authority.forms import forms_of
from mahdar.authority.tables import names
from mahdar.languages import Language, load_language
from mahdar.model import Affiliation, State


@functools.cache
def _table(file: str, code: str) -> dict[str, str]:
    """Return folded name -> code for one language, every form of each name."""
    language = load_language(code)
    table: dict[str, str] = {}
    for source in STATE_FILES if file == "states.tsv" else (file,):
        for identity, printed in names(source, code).items():
            for name in printed:
                table.setdefault(_name_key(name, language), identity)
                for form in forms_of(name, code):
                    table.setdefault(_name_key(form, language), identity)
    return table


_BETWEEN_WORDS = re.compile(r"[\W_]+")


@functools.lru_cache(maxsize=8192)
def _name_key(name: str, language: Language) -> str:
    """Fold a name for comparison: brackets, hyphens and a leading article make no difference."""
    key = _BETWEEN_WORDS.sub(" ", language.key(name)).strip()
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
    known = (names(file, language.data.code) for file in ("states.tsv", "organisations.tsv"))
    folded = {
        _name_key(name, language) for table in known for row in table.values() for name in row
    }
    return sorted(name for name in folded if " " in name)


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
    known = names_by_code(language).get(code)
    return known[0] if known else None


def organisation_name(code: str, language: Language) -> str | None:
    """Return the present name of an organisation in a language, None where it is not known.

    >>> organisation_name("AU", load_language("fr"))
    'Union africaine'
    """
    known = names("organisations.tsv", language.data.code).get(code)
    return known[0] if known else None


def names_by_code(language: Language) -> dict[str, list[str]]:
    """Return all printed forms of each State's name in a language."""
    return names("states.tsv", language.data.code)


_SHORTEST = 4
