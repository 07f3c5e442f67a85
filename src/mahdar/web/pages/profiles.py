"""Pages of States, organisations, people, topics and documents: what the archive has of each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mahdar.archive.spellings import Spelling
from mahdar.archive.tables import models
from mahdar.citations.address import address_of
from mahdar.search.hits import Hit
from mahdar.search.resolving import symbols
from mahdar.study.profiles import Profile, What, profile
from mahdar.topics import topics
from mahdar.web import addresses, links, names
from mahdar.web.answers import answer
from mahdar.web.opened import archive, searcher, stamp
from mahdar.web.people import merged, printed_as
from mahdar.web.pictures import Bar, Series, Timeline, bars, grid, timeline
from mahdar.web.remembered import Remembered

_HITS = 15
_GRID_ROWS, _GRID_COLUMNS = 12, 12
_COLUMNS = ("facet", "value", "name", "speeches")
_kept = Remembered(768)
_FEEDS = ("state", "organisation", "person", "topic")


@require_safe
def state(request: HttpRequest, code: str, form: str | None = None) -> HttpResponse:
    """Show what a State said, when, on what, and who names it."""
    if not names.is_state(code):
        raise Http404
    return _shown(request, "state", code, names.body_name(code), gettext("State"), form)


@require_safe
def organisation(request: HttpRequest, code: str, form: str | None = None) -> HttpResponse:
    """Show what an organisation, a body or a group said."""
    return _shown(
        request, "organisation", code, names.body_name(code), gettext("Organisation"), form
    )


@require_safe
def person(request: HttpRequest, code: str, form: str | None = None) -> HttpResponse:
    """Show what a person said, under whatever names the languages print."""
    row = models.Person.objects.using(archive().alias).filter(code=code).first()
    if row is None:
        raise Http404
    printed = printed_as(code)
    title = next((s.name for s in printed if names.interface() in s.languages), row.name)
    more = {
        "affiliation": row.affiliation,
        "printed": [s for s in printed if s.name != title],
        "canonical": links.to_person(_main(printed)),
    }
    also = tuple(s.code for s in printed[1:])
    return _shown(request, "person", code, title, gettext("Person"), form, more, also)


def _main(printed: tuple[Spelling, ...]) -> str:
    """Return the code of a person whose page stands for those of all spellings."""
    return min(("en" not in each.languages, each.code) for each in printed)[1]


@require_safe
def topic(request: HttpRequest, code: str, form: str | None = None) -> HttpResponse:
    """Show who spoke on a topic, and when."""
    if code not in topics():
        raise Http404
    return _shown(request, "topic", code, names.topic_name(code), gettext("Topic"), form)


@require_safe
def document(request: HttpRequest, symbol: str, form: str | None = None) -> HttpResponse:
    """Show who cites a document, a resolution or an article, and before which meetings it was."""
    alias = archive().alias
    before = list(
        models.AgendaDocument.objects.using(alias).filter(symbol=symbol, record__current=True)
        .order_by("-record__date").values("label", "record__key", "record__date", "record__title",
                                          "record__language")
    )  # fmt: skip
    votes = list(
        models.Vote.objects.using(alias).filter(draft=symbol, record__current=True)
        .order_by("record__date").values(
            "record__key", "record__date", "outcome", "in_favour", "against", "abstaining",
            "resolution", "vote_number", "record__language",
        )
    )  # fmt: skip
    found = addresses.find(symbol, names.interface())
    here = links.to_record(found.entry.key) if found else ""
    held = _profile("document", symbol)
    if not held.speeches and not before and not votes and not here:
        raise Http404
    service = address_of(symbol, names.interface()) if symbol[:2] in ("S/", "A/", "E/") else ""
    more = {
        "before": _once(before), "here_record": here,
        "ballots": [{**row, "resolution": _resolution(row["resolution"])} for row in _once(votes)],
        "service": service,
        "label": next((row["label"] for row in before if row["label"]), ""),
    }  # fmt: skip
    return _shown(request, "document", symbol, symbol, gettext("Document"), form, more)


def _resolution(printed: str) -> str:
    """Return the symbol of a resolution that is printed by its number in any language.

    >>> _resolution("٢٩٩٩ (٢٠٣١)"), _resolution("65/182")
    ('S/RES/2999(2031)', 'A/RES/65/182')
    """
    plain = unicodedata.normalize("NFKC", printed)
    plain = "".join(str(unicodedata.digit(character, character)) for character in plain)
    return next(iter(symbols(f"resolution {plain}")), printed) if plain else ""


def _once(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return one row for each meeting, in whatever language its record is."""
    seen: dict[tuple[Any, Any], Mapping[str, Any]] = {}
    for row in rows:
        seen.setdefault((row["record__key"], row.get("vote_number")), row)
    return list(seen.values())


def _profile(what: What, code: str, also: tuple[str, ...] = ()) -> Profile:
    once = names.interface()
    return _kept.get(
        (stamp(), what, code, once),
        lambda: profile(archive(), searcher(), what, code, also, once=once),
    )


def _latest(what: What, code: str, query: str) -> tuple[Hit, ...]:
    return _kept.get(
        (stamp(), what, code, "latest", names.interface()),
        lambda: searcher().search(query, sort="newest", size=_HITS, facets=False).hits,
    )


def _shown(
    request: HttpRequest,
    what: What,
    code: str,
    title: str,
    kind: str,
    form: str | None,
    more: Mapping[str, Any] | None = None,
    also: tuple[str, ...] = (),
) -> HttpResponse:
    held = _profile(what, code, also)
    rows = [
        {"facet": facet, "value": value, "name": _name(facet, value), "speeches": count}
        for facet, counted in (
            ("year", held.years), ("organ", held.organs), ("topic", held.topics),
            ("state", held.states), ("named_by", held.named_by),
        )
        for value, count in counted
    ]  # fmt: skip

    def context() -> dict[str, Any]:
        named = held.named_query
        cites = [(links.to_document(c.target), c.target, c.times) for c in held.cites]
        return {
            "what": what, "code": code, "title": title, "kind": kind, "profile": held,
            "picture": _timeline(held, what, title), "hits": _latest(what, code, held.query),
            "all": links.to_search(held.query, sort="newest"),
            "topics": bars([(_with(held.query, "topic", t), names.topic_name(t), n)
                            for t, n in held.topics if t != code][:_GRID_COLUMNS]),
            "states": bars([(links.to_state(s), names.body_name(s), n)
                            for s, n in held.states if s != code][:_GRID_COLUMNS]),
            "speakers": _speakers(held) if what != "person" else [],
            "cites": bars(cites),
            "named": bars([(links.to_search(f"{named} state:{s}"), names.body_name(s), n)
                           for s, n in held.named_by if s != code][:_GRID_COLUMNS]),
            "named_all": links.to_search(named, sort="newest") if named else "",
            "grid": _grid(held, what), "feed": what in _FEEDS, **(more or {}),
        }  # fmt: skip

    data = {"title": title, **{name: getattr(held, name) for name in held.__struct_fields__}}
    return answer(
        request, form, "mahdar/profile.html", context, data=data, rows=rows, columns=_COLUMNS,
        name=f"{what}-{code}",
    )  # fmt: skip


def _name(facet: str, value: str) -> str:
    return names.value_name("state" if facet == "named_by" else facet, value)


def _with(query: str, facet: str, value: str) -> str:
    return links.to_search(f"{query} {facet}:{value}")


def _people(rows: Sequence[tuple[str, int]]) -> dict[str, tuple[str, str]]:
    """Return codes and names of people by their numbers."""
    table = models.Person.objects.using(archive().alias).filter(pk__in=[int(r[0]) for r in rows])
    return {str(pk): (code, name) for pk, code, name in table.values_list("pk", "code", "name")}


def _speakers(held: Profile) -> list[Bar]:
    """Return the bars of who speaks, each in whatever scripts once."""
    people = _people(held.speakers)
    counted = merged([(int(pk), n) for pk, n in held.speakers if pk in people])
    rows = [(*people[str(pk)], n) for pk, n, _ in counted[:_GRID_COLUMNS]]
    return bars([(links.to_person(code), name, n) for code, name, n in rows])


def _timeline(held: Profile, what: What, title: str) -> Timeline | None:
    said = {"document": gettext("cited in speeches"), "topic": gettext("speeches on it")}
    series = [Series("said", said.get(what, gettext("speeches")), _by_year(held.years))]
    if held.named:
        series.append(Series("named", gettext("named by others"), _by_year(held.named_years)))
    return timeline(series, gettext("%(what)s by year") % {"what": title})


def _by_year(rows: Sequence[tuple[str, int]]) -> dict[int, int]:
    return {int(year): count for year, count in rows}


def _grid(held: Profile, what: What) -> dict[str, Any] | None:
    """Return the picture of who speaks on what: speakers of a State, States on a topic."""
    if what not in ("state", "organisation", "topic", "document"):
        return None
    if what in ("topic", "document"):
        return speakers_by(held.query, "state", "year" if what == "topic" else "topic")
    return speakers_by(held.query, "speaker", "topic")


def speakers_by(query: str, who: str, what: str) -> dict[str, Any] | None:
    """Return a grid of who speaks by what, None where there is too little for one.

    Args:
        query: which speeches.
        who: the facet of the lines: ``state`` or ``speaker``.
        what: the facet of the columns: ``topic``, ``year``.
    """
    key = (stamp(), "grid", query, who, what)
    rows = _kept.get(key, lambda: searcher().crossed(query, (who, _GRID_ROWS), (what, 100)))
    totals: dict[str, int] = {}
    for _, _, held in rows:
        for value, count in held:
            totals[value] = totals.get(value, 0) + count
    if what == "year":
        columns = sorted(sorted(totals)[-_GRID_COLUMNS:])
    else:
        columns = sorted(totals, key=lambda v: (-totals[v], v))[:_GRID_COLUMNS]
    if len(rows) < 2 or len(columns) < 2:
        return None
    lines, where = [], {}
    drawn = list(_by_people(rows) if who == "speaker" else _by_state(rows))
    if len(drawn) < 2:  # one person in several scripts
        return None
    for name, link, asked, total, by_column in drawn:
        lines.append((name, link, total, by_column))
        for column in columns:
            where[name, column] = links.to_search(f"{query} {asked} {what}:{column}")
    heads = [(_head(what, column), _name(what, column)) for column in columns]
    return {"heads": heads, "rows": grid(lines, columns, where), "by": what}


_Rows = Sequence[tuple[str, int, Sequence[tuple[str, int]]]]
_Line = tuple[str, str, str, int, dict[str, int]]


def _by_state(rows: _Rows) -> Iterator[_Line]:
    """Yield the lines of a grid: name, link, what asks for it, how many, by column."""
    for code, total, held in rows:
        yield names.body_name(code), links.to_state(code), f"state:{code}", total, dict(held)


def _by_people(rows: _Rows) -> Iterator[_Line]:
    """Yield the lines of a grid of people, each in whatever scripts once."""
    people = _people([(value, 0) for value, _, _ in rows])
    held = {int(value): dict(columns) for value, _, columns in rows if value in people}
    for number, total, of in merged([(int(v), n) for v, n, _ in rows if v in people]):
        code, name = people[str(number)]
        asked = " OR ".join(f'speaker:"{people[str(each)][0]}"' for each in of)
        sums: dict[str, int] = {}
        for each in of:
            for column, count in held[each].items():
                sums[column] = sums.get(column, 0) + count
        yield name, links.to_person(code), f"({asked})" if len(of) > 1 else asked, total, sums


def _head(what: str, column: str) -> str:
    return links.to_topic(column) if what == "topic" else links.to_search(f"{what}:{column}")
