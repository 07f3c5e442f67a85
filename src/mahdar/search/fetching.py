"""Fetch the elements of an answer from the database and choose what to show of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mahdar.archive.rows import locus_of
from mahdar.archive.tables import models
from mahdar.model.address import Address, short_form
from mahdar.search.hits import Hit, Passage
from mahdar.search.marking import Marked, Marker, snippet
from mahdar.search.resolving import state_name
from mahdar.search.tree import Near, Phrase, Word

if TYPE_CHECKING:
    from mahdar.search.searching import Ranked

_PASSAGES = 5
_RECORD = ("key", "symbol", "language", "version", "date", "organ", "year")


class Fetcher:
    """Reads from the database of one archive.

    Args:
        alias: of the database.
    """

    def __init__(self, alias: str) -> None:
        self._alias = alias

    def hits(
        self, ranked: Sequence[Ranked], terms: Sequence[Word | Phrase | Near]
    ) -> Iterator[Hit]:
        """Yield hits in the order given; elements that are gone meanwhile are left out.

        Args:
            ranked: elements with their scores.
            terms: to mark.
        """
        pks = [row.element for row in ranked]
        texts = self._texts(pks)  # first: where an element is there after them, they are its own
        rows = self._rows(pks)
        markers: dict[str, Marker] = {}
        for row in ranked:
            element = rows.get(row.element)
            if element is None:
                continue
            code = element["record__language"]
            marker = markers.get(code) or markers.setdefault(code, Marker(terms, code))
            yield _hit(element, row, texts[row.element], marker)

    def _rows(self, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
        table = models.Element.objects.using(self._alias).filter(pk__in=pks, record__current=True)
        names = [f"record__{name}" for name in _RECORD]
        fields = (
            "pk", "kind", "number", "turn_number", "label", "state", "affiliation", "capacity",
            "language", "person__name", "person_id", *names,
        )  # fmt: skip
        return {row["pk"]: row for row in table.values(*fields)}

    def _texts(self, pks: Sequence[int]) -> dict[int, list[tuple[int, int | None, str]]]:
        table = models.Paragraph.objects.using(self._alias).filter(element_id__in=pks)
        texts: dict[int, list[tuple[int, int | None, str]]] = defaultdict(list)
        for element, number, page, text in table.order_by(
            "element_id", "paragraph_number"
        ).values_list("element_id", "paragraph_number", "page", "text"):
            texts[element].append((number, page, text))
        return texts

    def people(self, pks: Sequence[int]) -> dict[int, str]:
        """Return the names of people by their numbers, with for whom they speak."""
        table = models.Person.objects.using(self._alias).filter(pk__in=pks)
        return {
            pk: f"{name} ({affiliation})" if affiliation else name
            for pk, name, affiliation in table.values_list("pk", "name", "affiliation")
        }

    def facts(self, pks: Sequence[int]) -> Iterator[list[tuple[str, str]]]:
        """Yield for each element the facets it counts in."""
        rows = self._rows(pks)
        subjects: dict[int, set[str]] = defaultdict(set)
        table = models.Subject.objects.using(self._alias).filter(element_id__in=pks)
        for element, topic in table.values_list("element_id", "topic"):
            subjects[element].add(topic)
        for pk in pks:
            row = rows.get(pk)
            if row is None:
                continue
            values = [
                ("organ", row["record__organ"]), ("language", row["record__language"]),
                ("year", row["record__year"]), ("state", row["state"]),
                ("speaker", row["person_id"]), ("capacity", row["capacity"]),
                ("kind", row["kind"]), *(("topic", topic) for topic in subjects[pk]),
            ]  # fmt: skip
            yield [(name, str(value)) for name, value in values if value]


def for_whom(element: dict[str, Any]) -> str | None:
    """Return what stands in brackets where one is cited: the State or body, or the speaker."""
    if element["kind"] != "turn":
        return None
    if element["affiliation"]:
        return state_name(element["affiliation"])
    return "President" if element["capacity"] == "president" else element["person__name"]


def _hit(
    element: dict[str, Any],
    ranked: Ranked,
    texts: list[tuple[int, int | None, str]],
    marker: Marker,
) -> Hit:
    marked = [(number, page, marker.mark(text)) for number, page, text in texts]
    near = {paragraph: place for place, (paragraph, _) in enumerate(ranked.near)}
    starts = dict(ranked.near)

    def worth(row: tuple[int, int | None, Marked]) -> tuple[int, int, int, int]:
        number, _, found = row
        close = _PASSAGES * 2 - near[number] if near.get(number, 99) < _PASSAGES * 2 else 0
        return (-close, -found.terms, -len(found.marks), number)

    chosen = sorted(marked, key=worth)[:_PASSAGES]
    key, language = element["record__key"], element["record__language"]
    version, turn = element["record__version"], element["turn_number"]
    symbol, whom = element["record__symbol"] or key, for_whom(element)
    passages = []
    for row in chosen:
        number, page, found = row
        if row is not chosen[0] and not found.marks and number not in near:
            continue
        cut = snippet(found, start=starts.get(number))
        passages.append(
            Passage(
                number, page, cut.text, cut.marks, short_form(symbol, page, whom),
                str(Address(key, language, version, locus_of(element, number))),
            )
        )  # fmt: skip
    return Hit(
        element["pk"], symbol, language, version, element["record__date"], element["record__organ"],
        element["kind"], turn, element["label"], element["person__name"], element["state"],
        element["affiliation"], element["capacity"], element["language"], round(ranked.score, 5),
        tuple(passages),
    )  # fmt: skip
