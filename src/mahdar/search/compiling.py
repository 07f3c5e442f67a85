"""From the tree of a question to a query of the index of words."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from mahdar.analysis.analyser import analyser
from mahdar.errors import QueryError
from mahdar.index.words import FORMS, LANGUAGES, STEMS, WordIndex
from mahdar.search.tree import (
    And,
    Field,
    Most,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Word,
    fields_of,
    terms_of,
)

_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = ("en", "es", "fr", "xx")
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$")
_MOST = 0.6
_SAID = 10.0
_FIRST, _LAST = 1000, 9999


class Resolver(msgspec.Struct, frozen=True):
    """What the values of fields stand for; each gives the codes of a value, none if unknown.

    ``names``: of speakers. ``states``: of States and bodies. ``symbols``: of what can be
    cited. ``topics``: of topics. ``left_out``: the serials of the records that are not looked
    at where each element is wanted once, in a language.
    """

    names: Callable[[str], Sequence[str]]
    states: Callable[[str], Sequence[str]]
    symbols: Callable[[str], Sequence[str]]
    topics: Callable[[str], Sequence[str]]
    left_out: Callable[[str], Sequence[int]]


def languages_of(text: str) -> tuple[str, ...]:
    """Return in which languages a word may be, by its letters.

    >>> languages_of("جزاءات"), languages_of("sanctions")
    (('ar',), ('en', 'es', 'fr', 'xx'))
    """
    if _ARABIC.search(text):
        return ("ar",)
    if _HAN.search(text):
        return ("zh",)
    if _CYRILLIC.search(text):
        return ("ru",)
    if any(character.isalpha() for character in text):
        return _LATIN
    return LANGUAGES  # digits are the same in all


class Compiler:
    """Makes queries for one index.

    Args:
        index: that will answer.
        resolver: of the values of fields.
        query: as typed, for messages.
    """

    def __init__(self, index: WordIndex, resolver: Resolver, query: str) -> None:
        self._make = index.tantivy.Query
        self._occur = index.tantivy.Occur
        self._types = index.tantivy.FieldType
        self._schema = index.schema
        self._resolver, self._query = resolver, query
        self._only: tuple[str, ...] | None = None

    def compile(self, node: Node) -> Any:
        """Return the query for a tree.

        Raises:
            QueryError: the value of a field is not understood.
        """
        wanted = {field.value.lower() for field in fields_of(node, "language")}
        self._only = tuple(code for code in LANGUAGES if code in wanted) or None
        found = self._node(node)
        if not terms_of(node) and not isinstance(node, Most):
            return found
        # What somebody says goes before headings and lists of votes, which are short.
        turn = self._make.term_query(self._schema, "kind", "turn")
        said = self._make.const_score_query(turn, _SAID)
        return self._make.boolean_query([(self._occur.Must, found), (self._occur.Should, said)])

    def _wrong(self, problem: str, at: int) -> QueryError:
        return QueryError(problem, query=self._query, at=at)

    def _node(self, node: Node) -> Any:
        if isinstance(node, Or):
            return self._any([self._node(part) for part in node.parts])
        if isinstance(node, And):
            return self._all(node.parts)
        if isinstance(node, Not):
            return self._all((node,))
        if isinstance(node, Field):
            return self._make.const_score_query(self._field(node), 0.0)
        if isinstance(node, Most):
            return self._most(node)
        return self._words(node)

    def _most(self, node: Most) -> Any:
        queries = [(self._occur.Should, self._words(term)) for term in node.terms]
        least = max(1, round(len(queries) * _MOST))
        words = self._make.boolean_query(queries, minimum_number_should_match=least)
        if node.only is None:
            return words
        only = self._make.const_score_query(self._node(node.only), 0.0)
        return self._make.boolean_query([(self._occur.Must, words), (self._occur.Must, only)])

    def _any(self, queries: list[Any]) -> Any:
        if not queries:
            return self._make.empty_query()
        if len(queries) == 1:
            return queries[0]
        return self._make.boolean_query([(self._occur.Should, query) for query in queries])

    def _all(self, parts: tuple[Node, ...]) -> Any:
        clauses = []
        for part in parts:
            if isinstance(part, Not):
                clauses.append((self._occur.MustNot, self._node(part.part)))
            else:
                clauses.append((self._occur.Must, self._node(part)))
        if all(occur == self._occur.MustNot for occur, _ in clauses):
            clauses.append((self._occur.Must, self._make.all_query()))
        return self._make.boolean_query(clauses)

    def _words(self, node: Word | Phrase | Near) -> Any:
        text = node.one.text + node.other.text if isinstance(node, Near) else node.text
        codes = [c for c in languages_of(text) if self._only is None or c in self._only]
        if isinstance(node, Near):
            made = [self._near(node, code) for code in codes]
        elif isinstance(node, Word) and node.prefix:
            made = [self._prefix(node.text, code) for code in codes]
        else:
            slop = node.slop if isinstance(node, Phrase) else 0
            made = [self._run(node.text, code, node.exact, slop) for code in codes]
        return self._any([query for query in made if query is not None])

    def _run(self, text: str, code: str, exact: bool, slop: int) -> Any:
        field, words = _field_and_words(text, code, exact)
        if not words:
            return None
        if len(words) == 1:
            if len(words[0]) == 1 and code == "zh":  # one character is a part of pairs
                return self._make.regex_query(self._schema, field, f"(.?{re.escape(words[0])}.?)")
            return self._any(
                [self._make.term_query(self._schema, field, word, "position")
                 for word in self._variants(words[0], code, exact)]
            )  # fmt: skip
        return self._phrase(field, words, slop, code, exact)

    def _variants(self, word: str, code: str, exact: bool) -> tuple[str, ...]:
        return (word,) if exact else analyser(code).variants(word)

    def _phrase(self, field: str, words: list[str], slop: int, code: str, exact: bool) -> Any:
        if exact or not analyser(code).attached:
            return self._make.phrase_query(self._schema, field, words, slop)
        characters = "".join(analyser(code).attached)
        patterns = [f"[{characters}]?{re.escape(word)}" for word in words]
        return self._make.regex_phrase_query(self._schema, field, patterns, slop)

    def _near(self, node: Near, code: str) -> Any:
        field, one = _field_and_words(node.one.text, code, node.one.exact)
        other_field, other = _field_and_words(node.other.text, code, node.other.exact)
        if node.one.exact != node.other.exact:
            raise self._wrong("NEAR takes both words as written (=), or none", node.at)
        if field != other_field or len(one) != 1 or len(other) != 1:
            if code == "zh" and one and other:  # a word of several pairs
                slop = node.distance + len(one) + len(other)
                return self._both_ways(field, [*one, *other], [*other, *one], slop, code, True)
            raise self._wrong("NEAR stands between two single words", node.at)
        both = ([*one, *other], [*other, *one])
        return self._both_ways(field, *both, node.distance - 1, code, node.one.exact)

    def _both_ways(
        self, field: str, one: list[str], other: list[str], slop: int, code: str, exact: bool
    ) -> Any:
        return self._any([self._phrase(field, words, slop, code, exact) for words in (one, other)])

    def _prefix(self, text: str, code: str) -> Any:
        found = analyser(code)
        if found.pairs:
            return self._run(text, code, exact=False, slop=0)
        forms = found.forms(text)
        if len(forms) != 1:
            return None
        return self._make.regex_query(self._schema, FORMS + code, re.escape(forms[0]) + ".*")

    def _field(self, node: Field) -> Any:
        if node.name == "year":
            low, high = self._range(node, years=True)
            return self._between("year", low, high)
        if node.name == "date":
            low, high = self._range(node, years=False)
            return self._between("day", low, high)
        if node.name == "once":
            return self._once(node.value.lower())
        values = self._values(node)
        return self._make.term_set_query(self._schema, node.name, values)

    def _once(self, language: str) -> Any:
        others = list(self._resolver.left_out(language))
        if not others:
            return self._make.all_query()
        left_out = self._make.term_set_query(self._schema, "record", others)
        every = (self._occur.Must, self._make.all_query())
        return self._make.boolean_query([every, (self._occur.MustNot, left_out)])

    def _values(self, node: Field) -> list[str]:
        from mahdar.search.query import fields

        row = fields()[node.name]
        kind, value = row["kind"], node.value
        if kind == "name":
            return list(self._resolver.names(value)) or [f"?{value}"]
        if node.name == "mentions" and ":" in value:
            return [value.strip()]
        resolve = {
            "state": self._resolver.states, "symbol": self._resolver.symbols,
            "topic": self._resolver.topics,
        }.get(kind)  # fmt: skip
        if resolve is not None:
            values = list(resolve(value))
            if not values:
                raise self._wrong(f"{value} is no value for {node.name}: ({row['about']})", node.at)
            return values
        lower = node.name in {"language", "spoken", "capacity", "kind"}
        return [value.lower() if lower else value.upper()]

    def _between(self, field: str, low: int, high: int) -> Any:
        return self._make.range_query(self._schema, field, self._types.Unsigned, low, high)

    def _range(self, node: Field, *, years: bool) -> tuple[int, int]:
        first, dots, last = node.value.partition("..")
        low = self._day(first, node, end=False) if first else _FIRST * 10_000
        high = self._day(last if dots else first, node, end=True) if last or not dots else (
            _LAST * 10_000 + 9999
        )  # fmt: skip
        if low > high:
            raise self._wrong(f"{node.value} ends before it begins; turn it around", node.at)
        return (low // 10_000, high // 10_000) if years else (low, high)

    def _day(self, text: str, node: Field, *, end: bool) -> int:
        """Return a date as a number, the first or last day of what is given."""
        found = _DATE.match(text)
        if not found:
            raise self._wrong(
                f"{text} is no date; give 2013, 2013-10 or 2013-10-28, or two of them with .."
                " between", node.at,
            )  # fmt: skip
        month = int(found[2] or (12 if end else 1))
        day = int(found[3] or (31 if end else 1))
        try:
            datetime.date(int(found[1]), month, min(day, 28) if not found[3] else day)
        except ValueError:
            raise self._wrong(f"there is no day {text}", node.at) from None
        return int(found[1]) * 10_000 + month * 100 + day


def _field_and_words(text: str, code: str, exact: bool) -> tuple[str, list[str]]:
    """Return the field that a text is looked for in, and its words as they stand there."""
    found = analyser(code)
    if exact and not found.pairs:
        return FORMS + code, found.forms(text)
    return STEMS + code, [stem for stem, _, _ in found.searched(text)]
