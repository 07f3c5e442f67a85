"""Fetch the speeches of an answer from the database and choose what to show of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from mahdar.archive.addresses import address_in, short_form
from mahdar.archive.tables import models
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
        """Yield hits in the order given; speeches that are gone meanwhile are left out.

        Args:
            ranked: speeches with their scores.
            terms: to mark.
        """
        pks = [row.speech for row in ranked]
        rows = self._rows(pks)
        texts = self._texts(pks)
        markers: dict[str, Marker] = {}
        for row in ranked:
            speech = rows.get(row.speech)
            if speech is None:
                continue
            code = speech["record__language"]
            marker = markers.get(code) or markers.setdefault(code, Marker(terms, code))
            yield _hit(speech, row, texts[row.speech], marker)

    def _rows(self, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
        table = models.Speech.objects.using(self._alias).filter(pk__in=pks, record__current=True)
        names = [f"record__{name}" for name in _RECORD]
        fields = (
            "pk", "kind", "position", "turn", "label", "state", "affiliation", "capacity",
            "language", "person__name", "person_id", *names,
        )  # fmt: skip
        return {row["pk"]: row for row in table.values(*fields)}

    def _texts(self, pks: Sequence[int]) -> dict[int, list[tuple[int, int | None, str]]]:
        table = models.Paragraph.objects.using(self._alias).filter(speech_id__in=pks)
        texts: dict[int, list[tuple[int, int | None, str]]] = defaultdict(list)
        for speech, number, page, text in table.order_by("speech_id", "number").values_list(
            "speech_id", "number", "page", "text"
        ):
            texts[speech].append((number, page, text))
        return texts

    def people(self, pks: Sequence[int]) -> dict[int, str]:
        """Return the names of people by their numbers, with for whom they speak."""
        table = models.Person.objects.using(self._alias).filter(pk__in=pks)
        return {
            pk: f"{name} ({affiliation})" if affiliation else name
            for pk, name, affiliation in table.values_list("pk", "name", "affiliation")
        }

    def facts(self, pks: Sequence[int]) -> Iterator[list[tuple[str, str]]]:
        """Yield for each speech the facets it counts in."""
        rows = self._rows(pks)
        subjects: dict[int, set[str]] = defaultdict(set)
        table = models.Subject.objects.using(self._alias).filter(speech_id__in=pks)
        for speech, topic in table.values_list("speech_id", "topic"):
            subjects[speech].add(topic)
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


def for_whom(speech: dict[str, Any]) -> str | None:
    """Return what stands in brackets when a speech is cited: the State or body, or the speaker."""
    if speech["kind"] != "turn":
        return None
    if speech["affiliation"]:
        return state_name(speech["affiliation"])
    return "President" if speech["capacity"] == "president" else speech["person__name"]


def _hit(
    speech: dict[str, Any],
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
    key, language = speech["record__key"], speech["record__language"]
    version, turn = speech["record__version"], speech["turn"]
    symbol, whom = speech["record__symbol"] or key, for_whom(speech)
    passages = []
    for row in chosen:
        number, page, found = row
        if row is not chosen[0] and not found.marks and number not in near:
            continue
        cut = snippet(found, start=starts.get(number))
        passages.append(
            Passage(
                number, page, cut.text, cut.marks, short_form(symbol, page, whom),
                address_in(
                    key, language, version, turn, number if turn is not None else None,
                    speech["position"],
                ),
            )
        )  # fmt: skip
    return Hit(
        speech["pk"], symbol, language, version, speech["record__date"], speech["record__organ"],
        speech["kind"], turn, speech["label"], speech["person__name"], speech["state"],
        speech["affiliation"], speech["capacity"], speech["language"], round(ranked.score, 5),
        tuple(passages),
    )  # fmt: skip
