"""Give elements their topics: by the agenda, by their words, by their meaning."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from mahdar.analysis.analyser import Analyser, analyser
from mahdar.topics.table import topics

if TYPE_CHECKING:
    from mahdar.model import Record

_WORDS_A_TERM = 400
"""One term in so many words makes it as likely as not that the element is about the topic."""
_LEAST = 0.5
_AGENDA = 0.9
_SHORT = 50
"""What the President says to give the floor is not about the topic of the meeting."""
_MEANT = 0.45
_TOGETHER = 3


class _Text(Protocol):
    @property
    def text(self) -> str: ...


class Passage(Protocol):
    """What is given topics: something of a record, with how many words it has."""

    @property
    def kind(self) -> str:
        """Return ``turn`` for what is said, ``heading`` for what is headed."""
        ...

    @property
    def words(self) -> int:
        """Return how many words it has."""
        ...

    @property
    def paragraphs(self) -> Sequence[_Text]:
        """Return its paragraphs."""
        ...


class TopicGiven(msgspec.Struct, frozen=True):
    """A topic of an element; ``why`` is ``agenda``, ``words`` or ``meaning``, ``score`` 0 to 1."""

    topic: str
    why: str
    score: float


def topics_of_elements(record: Record, elements: Sequence[Passage]) -> list[tuple[TopicGiven, ...]]:
    """Return the topics of each element of a record, by the agenda and by words.

    Args:
        record: whose agenda to look at, as far as no heading says what is discussed.
        elements: of the record.
    """
    language = analyser(record.language)
    titles = [f"{item.title} {item.subtitle or ''}" for item in record.agenda]
    agenda = set(_count(titles, language))
    before = ""
    given = []
    for element in elements:
        if element.kind == "heading":  # what is discussed from here on
            here = set(_count([p.text for p in element.paragraphs], language))
            agenda = here | agenda if before == "heading" else here
        before = element.kind
        given.append(_of(element, sorted(agenda), language))
    return given


def _of(element: Passage, agenda: list[str], language: Analyser) -> tuple[TopicGiven, ...]:
    given = []
    if element.kind == "turn" and element.words >= _SHORT:
        given = [TopicGiven(topic, "agenda", _AGENDA) for topic in agenda]
    share = max(1.0, element.words / _WORDS_A_TERM)
    for topic, times in sorted(_count([p.text for p in element.paragraphs], language).items()):
        score = times / (times + share)
        if score >= _LEAST:
            given.append(TopicGiven(topic, "words", round(score, 3)))
    return tuple(given)


@functools.cache
def _terms(code: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the terms of a language by their first stem, the longest first."""
    table: dict[str, dict[tuple[str, ...], str]] = {}
    found = analyser(code)
    for topic in topics().values():
        for term in topic.terms.get(code, ()):
            stems = tuple(stem for stem, _, _ in found.searched(term))
            table.setdefault(stems[0], {}).setdefault(stems, topic.code)
    return {
        first: tuple(sorted(rows.items(), key=lambda row: -len(row[0])))
        for first, rows in table.items()
    }


def _count(texts: Iterable[str], language: Analyser) -> Counter[str]:
    """Count the terms of each topic in texts; a term within a longer one is not counted again."""
    terms = _terms(language.code) if language.code in _codes() else {}
    counted: Counter[str] = Counter()
    if not terms:
        return counted
    stem = language.stem
    for text in texts:
        if language.pairs:
            stems = [pair for pair, _, _ in language.searched(text)]
        else:
            stems = [stem(form) for form in language.forms(text)]
        until = 0
        for at, first in enumerate(stems):
            if first not in terms or at < until:
                continue
            for words, topic in terms[first]:
                if tuple(stems[at : at + len(words)]) == words:
                    counted[topic] += 1
                    until = at + len(words)
                    break
    return counted


@functools.cache
def _codes() -> frozenset[str]:
    return frozenset(code for topic in topics().values() for code in topic.terms)


@functools.cache
def _vectors() -> tuple[tuple[str, ...], Any]:
    """Return the topics and a vector for each: what its terms in all languages have in common."""
    import numpy as np

    from mahdar.analysis.encoding import encode

    codes, vectors = [], []
    for topic in topics().values():
        held = encode([", ".join(terms) for terms in topic.terms.values()])
        mean = held.mean(axis=0)
        codes.append(topic.code)
        vectors.append(mean / np.linalg.norm(mean))
    return tuple(codes), np.stack(vectors)


def by_meaning(vectors: Any) -> list[tuple[TopicGiven, ...]]:
    """Return the topics that stretches of text are near in meaning, of each at most three.

    Args:
        vectors: of the stretches, of shape (stretches, 512), each of length one.
    """
    codes, held = _vectors()
    found = []
    for row in vectors @ held.T:
        best = row.argsort()[::-1][:_TOGETHER]
        found.append(
            tuple(
                TopicGiven(codes[n], "meaning", round(float(row[n]), 3))
                for n in best
                if row[n] >= _MEANT
            )
        )
    return found
