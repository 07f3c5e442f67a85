"""The search page: words or meaning, what narrows a question, the hits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mahdar.errors import QueryError, ToolMissing
from mahdar.index.words import FACETS
from mahdar.search.hits import Answer, Hit, references_of
from mahdar.web import names
from mahdar.web.answers import answer
from mahdar.web.opened import archive, searcher
from mahdar.web.pages.citing import CITATIONS, cited
from mahdar.web.people import people_called
from mahdar.web.pictures import Series, timeline
from mahdar.web.pointers import pointers
from mahdar.web.questions import Question, narrowed, question_of

_SIZE, _SIZE_OF_DATA = 10, 100
_DEEPEST = 1000
_SHOWN = ("state", "speaker", "topic", "year", "organ", "language", "capacity", "kind")
_COLUMNS = ("symbol", "language", "date", "speaker", "state", "cited", "address", "text", "score")


class Choice(msgspec.Struct, frozen=True):
    """A value by which a question can be narrowed, or widened where it is on."""

    name: str
    count: int
    address: str
    on: bool
    year: bool


@require_safe
def search(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """Answer a question."""
    asked = question_of(request)
    found: Answer | None = None
    problem: QueryError | None = None
    missing = ""
    if asked.query:
        try:
            found = searcher().search(
                asked.query, mode=asked.mode, page=asked.page, sort=asked.sort,
                size=_SIZE if form is None else _SIZE_OF_DATA, facets=form in (None, "json"),
            )  # fmt: skip
        except QueryError as error:
            if form:
                raise
            problem = error
        except ToolMissing as error:
            if form:
                raise
            missing = str(error)
    if form in CITATIONS:
        return cited(references_of(found) if found else [], form, "search")
    rows = [dict(row) for row in rows_of(found.hits)] if found else []

    def context() -> dict[str, Any]:
        return {
            "asked": asked, "found": found, "problem": problem, "missing": missing,
            "facets": list(_facets(asked, found)) if found else [],
            "picture": _picture(asked) if found and asked.mode == "words" else None,
            "pages": _pages(asked, found) if found else [],
            "modes": [("words", gettext("by words")), ("meaning", gettext("by meaning")),
                      ("both", gettext("by both"))],
            "sorts": [("relevance", gettext("best first")), ("newest", gettext("newest first")),
                      ("oldest", gettext("oldest first"))],
            "address": asked.address(), "without": _without(asked),
            "pointers": pointers(asked.text) if asked.page == 1 and not asked.filters else [],
        }  # fmt: skip

    return answer(
        request, form, "mahdar/search.html", context, data=found, rows=rows, columns=_COLUMNS,
        name="search",
    )  # fmt: skip


def _without(asked: Question) -> float | None:
    """Return the share of records that meaning cannot find yet, None where it can find all."""
    if asked.mode == "words":
        return None
    left = len(archive().indexes.without_vectors())
    return left / max(1, len(archive().indexes.wanted())) if left else None


def rows_of(hits: tuple[Hit, ...]) -> Iterator[dict[str, Any]]:
    """Yield hits as rows of a table: each with its best passage."""
    for hit in hits:
        best = hit.passages[0] if hit.passages else None
        yield {
            "symbol": hit.symbol, "language": hit.language, "date": hit.date,
            "speaker": hit.speaker, "state": hit.state, "cited": best.cited if best else "",
            "address": best.address if best else "", "text": best.text if best else "",
            "score": hit.score,
        }  # fmt: skip


def _people(found: Answer) -> dict[str, tuple[str, str]]:
    """Return the codes and names of the people in the facets, by their numbers."""
    pks = [int(b.value) for b in found.facets.get("speaker", ())]
    return {str(pk): (code, called) for pk, code, called in people_called(archive().alias, pks)}


def _facets(asked: Question, found: Answer) -> Iterator[tuple[str, list[Choice]]]:
    people = _people(found)
    for facet in (name for name in _SHOWN if name in FACETS):
        choices = []
        for bucket in found.facets.get(facet, ()):
            person = people.get(bucket.value) if facet == "speaker" else None
            value = person[0] if person else bucket.value
            filter_ = narrowed(facet, value)
            on = filter_ in asked.filters
            rest = tuple(f for f in asked.filters if f != filter_)
            address = asked.address(filters=rest if on else (*asked.filters, filter_))
            name = person[1] if person else names.value_name(facet, bucket.value)
            choices.append(Choice(name, bucket.count, address, on, facet == "year"))
        if facet == "language":
            choices += _once(asked, found, len(choices))
        if len(choices) > 1 or any(choice.on for choice in choices):
            yield str(names.FACETS[facet]), choices


def _once(asked: Question, found: Answer, languages: int) -> list[Choice]:
    """Return what takes each speech once, where meetings are found in several languages."""
    on = [each for each in asked.filters if each.startswith("once:")]
    name = gettext("each speech once")
    if on:
        rest = tuple(each for each in asked.filters if each not in on)
        return [Choice(name, found.total, asked.address(filters=rest), True, False)]
    if languages < 2 or asked.mode != "words":
        return []
    wanted = (*asked.filters, f"once:{names.interface()}")
    narrower = msgspec.structs.replace(asked, filters=wanted)
    total = searcher().tally(narrower.query, {})[""][0][1]
    if total == found.total:
        return []
    return [Choice(name, total, asked.address(filters=wanted), False, False)]


def _picture(asked: Question) -> Any:
    counted = searcher().tally(asked.query, {"year": 200})["year"]
    series = Series("", gettext("speeches"), {int(year): n for year, n in counted})
    return timeline([series], gettext("Speeches that were found, by year"))


def _pages(asked: Question, found: Answer) -> list[tuple[int, str, bool]]:
    """Return the pages to turn to: the first, those around this one, the last that can be had."""
    last = min(found.pages, _DEEPEST)
    near = range(max(1, asked.page - 2), min(last, asked.page + 2) + 1)
    wanted = sorted({1, *near, last})
    return [(page, asked.address(page=page), page == asked.page) for page in wanted]
