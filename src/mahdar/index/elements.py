"""What the indexes take of the elements of records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from mahdar.analysis.analyser import BREAK, Analyser, analyser
from mahdar.archive.tables import models
from mahdar.index.words import ElementWords
from mahdar.resolving.citing import NOT_CITED

Serial = Literal["serial", "said_serial"]
_RECORD = ("pk", "serial", "language", "organ", "date", "year", "symbol", "key")


def elements_of(
    alias: str, serials: Sequence[int], by: Serial = "serial"
) -> Iterator[IndexedElement]:
    """Yield the elements of some records, as indexes take them; of a record that is gone, none.

    Args:
        alias: of the database.
        serials: of the records.
        by: which of their serials these are.
    """
    table = models.Record.objects.using(alias).filter(**{f"{by}__in": serials})
    records = {row["pk"]: row for row in table.values(*_RECORD)}
    elements = list(
        models.Element.objects.using(alias).filter(record_id__in=records).order_by(
            "record_id", "number"
        ).values()
    )  # fmt: skip
    texts: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = models.Paragraph.objects.using(alias).filter(element__record_id__in=records)
    for element, number, text in rows.order_by("element_id", "paragraph_number").values_list(
        "element_id", "paragraph_number", "text"
    ):
        texts[element].append((number, text))
    mentions: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    named = models.Mention.objects.using(alias).filter(element__record_id__in=records)
    for element, kind, target in named.values_list("element_id", "kind", "target").distinct():
        mentions[element]["mentions" if kind in NOT_CITED else "cites"].append(target)
    subjects: dict[int, set[str]] = defaultdict(set)
    given = models.Subject.objects.using(alias).filter(element__record_id__in=records)
    for element, topic in given.values_list("element_id", "topic"):
        subjects[element].add(topic)
    for row in elements:
        pk = row["id"]
        yield IndexedElement(
            dict(row), dict(records[row["record_id"]]), texts[pk], mentions[pk],
            sorted(subjects[pk]),
        )  # fmt: skip


class IndexedElement:
    """An element on its way into the indexes; its words are analysed once for all of them.

    Args:
        row: of the table of elements.
        record: what is asked of its record.
        texts: of its paragraphs, with their numbers.
        mentions: what it cites, and what it mentions.
        subjects: its topics.
    """

    def __init__(
        self,
        row: dict[str, Any],
        record: dict[str, Any],
        texts: list[tuple[int, str]],
        mentions: dict[str, list[str]],
        subjects: list[str],
    ) -> None:
        self.row, self._record, self.texts = row, record, texts
        self._mentions, self._subjects = mentions, subjects
        self.language: str = record["language"]
        self._analyser: Analyser = analyser(self.language)
        self._forms: list[list[str]] | None = None

    @property
    def serial(self) -> int:
        """The serial of its record."""
        return int(self._record["serial"])

    def _analysed(self) -> list[list[str]]:
        if self._forms is None:
            self._forms = [self._analyser.forms(text) for _, text in self.texts]
        return self._forms

    def words(self) -> ElementWords:
        """Return what the index of words takes."""
        stem = self._analyser.stem
        gap = f" {BREAK} "
        if self._analyser.pairs:
            pairs = (
                " ".join(pair for pair, _, _ in self._analyser.searched(text))
                for _, text in self.texts
            )
            stems, forms = gap.join(pairs), ""
        else:
            stems = gap.join(" ".join(map(stem, forms)) for forms in self._analysed())
            forms = gap.join(" ".join(forms) for forms in self._analysed())
        row, record = self.row, self._record
        codes = {
            "organ": [record["organ"]], "language": [self.language], "spoken": [row["language"]],
            "state": [row["state"]], "for": [row["affiliation"]], "group": [row["group"]],
            "capacity": [row["capacity"]], "kind": [row["kind"]], "topic": self._subjects,
            "cites": self._mentions.get("cites", []),
            "mentions": self._mentions.get("mentions", []),
            "symbol": [record["symbol"] or record["key"]],
            "speaker": [str(row["person_id"]) if row["person_id"] else None],
        }  # fmt: skip
        return ElementWords(
            row["id"], self.serial, self.language, stems, forms, record["year"] or 0,
            self._day(), {name: [v for v in values if v] for name, values in codes.items()},
        )  # fmt: skip

    def _day(self) -> int:
        return int((self._record["date"] or "0").replace("-", ""))

    def column(self) -> tuple[Any, ...]:
        """Return what the columns know of it."""
        row = self.row
        texts = (row["state"], self._record["organ"], row["affiliation"], row["capacity"])
        state, organ, affiliation, capacity = ((text or "").encode() for text in texts)
        return (
            row["id"], self.serial, row["person_id"] or 0, self._day(),
            self._record["year"] or 0, state, organ, affiliation, capacity,
        )  # fmt: skip

    def columns(self) -> Iterator[tuple[int, list[str], list[str]]]:
        """Yield for each paragraph its number, forms and stems."""
        stem = self._analyser.stem
        for (number, _), forms in zip(self.texts, self._analysed(), strict=True):
            yield number, forms, [stem(form) for form in forms]
