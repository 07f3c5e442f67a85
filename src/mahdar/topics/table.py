"""The list of topics, which ships as data."""

from __future__ import annotations

import functools

import msgspec

from mahdar.analysis.analyser import analyser
from mahdar.languages import language_codes
from mahdar.tsv import table_rows


class Topic(msgspec.Struct, frozen=True):
    """A topic: its code, its name in each language, and the terms by which it is known there."""

    code: str
    names: dict[str, str]
    terms: dict[str, tuple[str, ...]]


@functools.cache
def topics() -> dict[str, Topic]:
    """Return all topics by their codes.

    >>> topics()["sanctions"].names["ru"]
    'Санкции'
    """
    found = {}
    for row in table_rows("mahdar.topics", "topics.tsv"):
        terms = {code: tuple(row[code].split("|")) for code in language_codes()}
        names = {code: words[0] for code, words in terms.items()}
        found[row["code"]] = Topic(row["code"], names, terms)
    return found


@functools.cache
def _names() -> dict[str, str]:
    table = {}
    for topic in topics().values():
        table[topic.code] = topic.code
        for code, terms in topic.terms.items():
            for term in terms:
                table.setdefault(_key(term, code), topic.code)
    return table


def _key(name: str, code: str) -> str:
    return " ".join(stem for stem, _, _ in analyser(code).searched(name))


def find_topic(name: str) -> str | None:
    """Return the code of a topic: from the code itself, or from a name or term of it.

    >>> find_topic("sanctions"), find_topic("حفظ السلام"), find_topic("weather")
    ('sanctions', 'peacekeeping', None)
    """
    plain = name.strip().lower().replace(" ", "_")
    if plain in topics():
        return plain
    keys = (_key(name, code) for code in language_codes())
    return next((_names()[key] for key in keys if key in _names()), None)
