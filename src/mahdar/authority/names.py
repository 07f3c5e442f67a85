"""From a printed name of a State or an organisation to its code."""

from __future__ import annotations

import functools
from importlib import resources

from mahdar.languages import Language, load_language
from mahdar.model import Affiliation, State


@functools.cache
def _table(file: str, code: str) -> dict[str, str]:
    """Return folded name -> code for one language."""
    language = load_language(code)
    text = (resources.files("mahdar.authority") / file).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    column = rows[0].index(code) if code in rows[0] else None
    if column is None:
        return {}
    return {language.key(name): row[0] for row in rows[1:] for name in row[column].split("|")}


def find_state(label: str, language: Language) -> State | None:
    """Return the State that a printed name means, or None if it means none.

    Args:
        label: as printed, such as ``المملكة المتحدة``.
        language: the language it is printed in.

    >>> find_state("المملكة المتحدة", load_language("ar")).code
    'GBR'
    """
    code = _table("states.tsv", language.data.code).get(language.key(label))
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
    code = _table("organisations.tsv", language.data.code).get(key)
    return Affiliation(label, "organisation", code)


def known_names(language: Language) -> list[str]:
    """Return the folded names of several words, of States and organisations, in a language."""
    tables = (_table(file, language.data.code) for file in ("states.tsv", "organisations.tsv"))
    return [name for table in tables for name in table if " " in name]
