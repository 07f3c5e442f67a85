"""Answer questions to an archive: by words, by meaning, or by both."""

from __future__ import annotations

import functools
import math
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

from mahdar.errors import QueryError
from mahdar.index.words import FACETS, WordIndex
from mahdar.languages.words import common_words
from mahdar.search.compiling import Compiler
from mahdar.search.fetching import Fetcher
from mahdar.search.hits import Answer, Bucket
from mahdar.search.query import parse
from mahdar.search.resolving import resolver, state_name
from mahdar.search.tree import And, Field, Most, Near, Node, Not, Or, Word, terms_of
from mahdar.topics import topics

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

Mode = Literal["words", "meaning", "both"]
Sort = Literal["relevance", "newest", "oldest"]

_BLOCK = 200
_FACET = 12
_DEEPEST = 10_000
_NEAREST = 200
"""How many stretches the search by meaning looks at: what is farther is no answer."""
_LIKE = 0.2
"""Stretches less like the question than this are no answers."""
_RANK = 60
"""The constant of reciprocal rank fusion (Cormack, Clarke and Büttcher, 2009)."""

_WORDS_WEIGH = 0.1
"""What words weigh beside meaning: they are those of one language, and few of them are telling."""


class Ranked(msgspec.Struct, frozen=True):
    """An element that answers, its score, and what is near in meaning: paragraph and offset."""

    element: int
    score: float
    near: tuple[tuple[int, int], ...] = ()


class Searcher:
    """Answers questions; keeps the indexes open.

    Args:
        archive: whose records to look through.
    """

    def __init__(self, archive: Indexed) -> None:
        from mahdar.index.vectors import Vectors

        self.archive = archive
        indexes = archive.indexes
        self._words = WordIndex(indexes.words_folder)
        self._vectors = Vectors(indexes.vectors_folder)
        self._resolver = resolver(archive.alias)
        self._fetcher = Fetcher(archive.alias)
        self._searcher = self._words.searcher()

    @functools.cached_property
    def _said(self) -> frozenset[int]:
        """The serials of what is said in the records that are there: others are gone."""
        return frozenset(self.archive.indexes.said())

    def search(
        self,
        query: str,
        *,
        mode: Mode = "words",
        page: int = 1,
        size: int = 10,
        sort: Sort = "relevance",
        facets: bool = True,
    ) -> Answer:
        """Answer a question.

        Args:
            query: in the query language; by meaning, a sentence in any of the six languages,
                with fields where wanted.
            mode: ``words``, ``meaning``, or ``both``, ranked together.
            page: from 1.
            size: hits on a page.
            sort: by relevance, or by date.
            facets: count the hits by organ, language, year, State, topic, speaker, capacity.

        Raises:
            QueryError: the question cannot be understood; the message shows the place.
            ToolMissing: meaning is asked for and the encoder is not installed.
        """
        begun = time.perf_counter()
        node = parse(query)
        if (page - 1) * size + size > _DEEPEST:
            raise QueryError(
                f"only the first {_DEEPEST:,} hits can be turned to; narrow the question",
                query=query[:200], at=0,
            )  # fmt: skip
        if mode == "words":
            total, ranked, counted = self._by_words(node, query, page, size, sort, facets)
        else:
            total, ranked, counted = self._by_meaning(node, query, mode, page, size, facets)
        terms = terms_of(node)
        hits = self._fetcher.hits(ranked, terms if mode == "words" else _telling(terms))
        return Answer(
            query, mode, total, page, max(1, math.ceil(total / size)),
            round(1000 * (time.perf_counter() - begun), 2), tuple(hits), counted,
        )  # fmt: skip

    def elements(self, query: str) -> list[int]:
        """Return the numbers of all elements that meet a question, in no order."""
        compiled = self._compile(parse(query), query)
        found = self._searcher.search(compiled, limit=max(1, self._searcher.num_docs))
        return [int(n) for n in self._values("element", [at for _, at in found.hits])]

    def tally(self, query: str, facets: Mapping[str, int]) -> dict[str, list[tuple[str, int]]]:
        """Count the elements that meet a question by the values of facets.

        Args:
            query: in the query language; every element where it is empty.
            facets: of :data:`mahdar.index.words.FACETS`, each with how many values are wanted.

        Returns:
            For each facet its values with the number of elements, the most frequent first; years
            are values too. Under ``""`` the number of all that meet the question.
        """
        compiled = self._compile(parse(query), query) if query.strip() else self._words.every()
        wanted = {name: {"terms": {"field": name, "size": size}} for name, size in facets.items()}
        counted = self._searcher.aggregate(compiled, wanted) if wanted else {}
        total = self._searcher.search(compiled, limit=1, count=True).count
        return {"": [("", total)]} | {
            name: _counts(counted[name]["buckets"]) for name in facets
        }  # fmt: skip

    def crossed(
        self, query: str, first: tuple[str, int], second: tuple[str, int]
    ) -> list[tuple[str, int, list[tuple[str, int]]]]:
        """Count the elements that meet a question by two facets at once.

        Args:
            query: as for :meth:`tally`.
            first: a facet and how many values of it.
            second: the facet to count by within each of these.
        """
        compiled = self._compile(parse(query), query) if query.strip() else self._words.every()
        inner = {"inner": {"terms": {"field": second[0], "size": second[1]}}}
        wanted = {"outer": {"terms": {"field": first[0], "size": first[1]}, "aggs": inner}}
        buckets = self._searcher.aggregate(compiled, wanted)["outer"]["buckets"]
        return [
            (value, count, _counts(bucket["inner"]["buckets"]))
            for bucket in buckets
            for value, count in _counts([bucket])
        ]

    def _compile(self, node: Node, query: str) -> Any:
        return Compiler(self._words, self._resolver, query).compile(node)

    def _values(self, field: str, places: list[Any]) -> list[Any]:
        values: list[Any] = self._searcher.fast_field_values(field, places)
        return values

    def _by_words(
        self, node: Node, query: str, page: int, size: int, sort: Sort, facets: bool
    ) -> tuple[int, list[Ranked], dict[str, tuple[Bucket, ...]]]:
        compiled = self._compile(node, query)
        total, ranked = self._ranked(compiled, (page - 1) * size, size, sort)
        return total, ranked, self._facets(compiled) if facets and total else {}

    def _ranked(
        self, compiled: Any, offset: int, size: int, sort: Sort
    ) -> tuple[int, list[Ranked]]:
        """Return a page of elements; the same pages whatever their size, none twice, none left out.

        Results are taken in blocks; within a block equal scores go by the number of the element.
        """
        out: list[Ranked] = []
        total = 0
        for block in range(offset // _BLOCK, (offset + size - 1) // _BLOCK + 1):
            order = {} if sort == "relevance" else {
                "order_by_field": "day", "order": self._order(sort)
            }  # fmt: skip
            found = self._searcher.search(
                compiled, limit=_BLOCK, offset=block * _BLOCK, count=True, **order
            )
            total = found.count
            elements = self._values("element", [at for _, at in found.hits])
            rows = [
                Ranked(int(element), float(score))
                for (score, _), element in zip(found.hits, elements, strict=True)
            ]
            sign = 1 if sort == "oldest" else -1
            rows.sort(key=lambda row: (sign * round(row.score, 5), row.element))
            start = max(0, offset - block * _BLOCK)
            out += rows[start : start + size - len(out)]
            if len(rows) < _BLOCK:
                break
        return total, out

    def _order(self, sort: Sort) -> Any:
        order = self._words.tantivy.Order
        return order.Asc if sort == "oldest" else order.Desc

    def _facets(self, compiled: Any) -> dict[str, tuple[Bucket, ...]]:
        wanted = {name: {"terms": {"field": name, "size": _FACET}} for name in FACETS}
        counted = self._searcher.aggregate(compiled, wanted)
        rows = {
            name: [(bucket["key"], bucket["doc_count"]) for bucket in counted[name]["buckets"]]
            for name in FACETS
        }
        return self._named(rows)

    def _named(self, rows: dict[str, list[tuple[Any, int]]]) -> dict[str, tuple[Bucket, ...]]:
        people = self._fetcher.people([int(key) for key, _ in rows.get("speaker", ())])

        def name(facet: str, value: str) -> str:
            if facet == "state":
                return state_name(value)
            if facet == "topic":
                return topics()[value].names["en"] if value in topics() else value
            return people.get(int(value), value) if facet == "speaker" else value

        return {
            facet: tuple(
                Bucket(value, name(facet, value), count)
                for key, count in held
                if (value := _plain(key)) != "0"
            )
            for facet, held in rows.items()
        }

    # By meaning

    def _by_meaning(
        self, node: Node, query: str, mode: Mode, page: int, size: int, facets: bool
    ) -> tuple[int, list[Ranked], dict[str, tuple[Bucket, ...]]]:
        near = self._near(node, query)
        best: dict[int, float] = {}
        places: dict[int, dict[int, int]] = defaultdict(dict)
        for element, paragraph, start, likeness in near:
            best.setdefault(element, likeness)
            places[element].setdefault(paragraph, start)
        scores = dict(best)
        if mode == "both":
            found = self._ranked(self._most_words(node, query), 0, _NEAREST, "relevance")[1]
            scores = _fused([(1.0, list(best)), (_WORDS_WEIGH, [row.element for row in found])])
        order = sorted(scores, key=lambda element: (-scores[element], element))
        counted = self._facets_of(order) if facets else {}
        some = order[(page - 1) * size : page * size]
        ranked = [Ranked(s, round(scores[s], 5), tuple(places.get(s, {}).items())) for s in some]
        return len(order), ranked, counted

    def _near(self, node: Node, query: str) -> list[tuple[int, int, int, float]]:
        """Return the sentences nearest to a question: element, paragraph, offset, likeness."""
        from mahdar.analysis.encoding import encode

        text = " ".join(_text(term) for term in terms_of(node))
        if not text:
            raise QueryError(
                "to search by meaning, say what about: a few words or a sentence",
                query=query, at=0,
            )  # fmt: skip
        (vector,) = encode([text])
        rows = self._vectors.rows
        among = None
        filters = _filters(node)
        if filters is not None:
            import numpy as np

            compiled = self._compile(filters, query)
            found = self._searcher.search(compiled, limit=max(1, self._searcher.num_docs))
            allowed = self._values("element", [at for _, at in found.hits])
            among = np.flatnonzero(np.isin(rows["element"], np.array(allowed, dtype=np.int64)))
        nearest = self._vectors.nearest(vector, _NEAREST, among=among)
        return [
            (
                int(rows["element"][row]),
                int(rows["paragraph"][row]),
                int(rows["start"][row]),
                likeness,
            )
            for row, likeness in nearest
            if likeness >= _LIKE and int(rows["record"][row]) in self._said
        ]

    def _most_words(self, node: Node, query: str) -> Any:
        """Return a question by words for one by meaning: most of its telling words."""
        return self._compile(Most(tuple(_telling(terms_of(node))), _filters(node)), query)

    def _facets_of(self, elements: Sequence[int]) -> dict[str, tuple[Bucket, ...]]:
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for row in self._fetcher.facts(elements):
            for name, value in row:
                counts[name][value] += 1
        return self._named({name: list(held.most_common(_FACET)) for name, held in counts.items()})


def _counts(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Return values and counts; what has no value is left out."""
    rows = ((_plain(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
    return [(value, count) for value, count in rows if value not in ("", "0")]


def _plain(key: Any) -> str:
    return str(int(key)) if isinstance(key, float | int) else str(key)


def _text(term: Any) -> str:
    return f"{term.one.text} {term.other.text}" if isinstance(term, Near) else str(term.text)


def _telling(terms: Sequence[Any]) -> list[Any]:
    """Leave out the words that every text has, unless there are no others."""
    common = frozenset[str]().union(*common_words().values())
    kept = [t for t in terms if not isinstance(t, Word) or t.text.lower() not in common]
    return kept or list(terms)


def _filters(node: Node) -> Node | None:
    """Return what of a question is not about words: fields, and what is ruled out."""
    if isinstance(node, Field | Not):
        return node
    if isinstance(node, And):
        parts = tuple(kept for part in node.parts if (kept := _filters(part)) is not None)
        return And(parts) if parts else None
    if isinstance(node, Or) and not terms_of(node):
        return node
    return None


def _fused(rankings: Sequence[tuple[float, Sequence[int]]]) -> dict[int, float]:
    """Return one score for each that is ranked: the sum of the reciprocals of its ranks."""
    scores: dict[int, float] = defaultdict(float)
    for weight, ranking in rankings:
        for rank, element in enumerate(ranking, 1):
            scores[element] += weight / (_RANK + rank)
    return dict(scores)


def open_searcher(archive: Indexed) -> Searcher:
    """Return what answers questions to an archive; brings its indexes into step first."""
    archive.indexes.catch_up(wait=False)
    return Searcher(archive)
