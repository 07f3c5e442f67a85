"""The tables of what a record consists of: people, elements, what these name, their topics."""

from __future__ import annotations

from typing import Any

from mahdar.archive.derivation import BATCH, Derived, Given
from mahdar.archive.rows import ElementRow, PersonRow, sound_of
from mahdar.archive.tables import models
from mahdar.authority.sound import latin
from mahdar.topics import topics_of_elements

_NAMED = 250  # as wide as the columns for names and symbols


class People(Derived[tuple[PersonRow, ...]]):
    """Who speaks.

    Records share people: the name stays that of the first; what follows from it is made again.
    """

    name = "people"

    def derive(self, given: Given) -> tuple[PersonRow, ...]:
        """See :class:`Derived`."""
        return tuple({row.person.code: row.person for row in given.elements if row.person}.values())

    def kept(self, alias: str, pk: int) -> tuple[PersonRow, ...]:
        """See :class:`Derived`; in the order of their codes."""
        table = models.Person.objects.using(alias).filter(elements__record_id=pk).distinct()
        return tuple(_person(person) for person in table.order_by("code"))

    def store(self, alias: str, pk: int, rows: tuple[PersonRow, ...]) -> None:
        """See :class:`Derived`."""
        del pk
        table = models.Person.objects.using(alias)
        held = {p.code: p for p in table.filter(code__in=[row.code for row in rows])}
        for person in held.values():
            wanted = latin(person.name)[:_NAMED], sound_of(person.name)[:_NAMED]
            if (person.latin, person.sound) != wanted:
                person.latin, person.sound = wanted
                person.save(using=alias)
        table.bulk_create(
            models.Person(
                code=p.code, name=p.name, affiliation=p.affiliation, latin=p.latin, sound=p.sound
            )
            for p in rows
            if p.code not in held
        )

    def same(self, alias: str, pk: int, rows: tuple[PersonRow, ...]) -> bool:
        """See :class:`Derived`."""
        del pk
        table = models.Person.objects.using(alias).filter(code__in=[row.code for row in rows])
        held = [_person(person) for person in table]
        return len(held) == len(rows) and all(
            (row.latin, row.sound) == (latin(row.name)[:_NAMED], sound_of(row.name)[:_NAMED])
            for row in held
        )


def _person(person: models.Person) -> PersonRow:
    return PersonRow(person.code, person.name, person.affiliation, person.latin, person.sound)


_Text = tuple[int, int | None, str]
_FIELDS = (
    "kind", "number", "turn_number", "part_number", "label", "affiliation", "state", "group",
    "capacity", "language", "interpreted", "purpose", "words",
)  # fmt: skip
_Element = tuple[Any, ...]


class Elements(Derived[tuple[ElementRow, ...]]):
    """What a record consists of, with its paragraphs.

    An element that says the same as before keeps its number in the database: readers who hold it
    find the same words under it, and its vectors stay good.
    """

    name = "elements"
    indexed = True

    def derive(self, given: Given) -> tuple[ElementRow, ...]:
        """See :class:`Derived`."""
        return given.elements

    def kept(self, alias: str, pk: int) -> tuple[Any, ...]:
        """See :class:`Derived`: tuples, as :meth:`plain` makes them."""
        texts = _texts(alias, pk)
        table = models.Element.objects.using(alias).filter(record_id=pk).order_by("number")
        return tuple(
            (*row[1:], tuple(texts.get(row[0], ())))
            for row in table.values_list("pk", *_FIELDS, "person__code")
        )

    @staticmethod
    def plain(row: ElementRow) -> _Element:
        """Return an element as :meth:`kept` does."""
        values = [getattr(row, name) for name in _FIELDS]
        texts = tuple((p.paragraph_number, p.page, p.text) for p in row.paragraphs)
        return (*values, row.person.code if row.person else None, texts)

    def same(self, alias: str, pk: int, rows: tuple[ElementRow, ...]) -> bool:
        """See :class:`Derived`."""
        return self.kept(alias, pk) == tuple(self.plain(row) for row in rows)

    def store(self, alias: str, pk: int, rows: tuple[ElementRow, ...]) -> None:
        """See :class:`Derived`."""
        numbers = _numbers_to_keep(alias, pk, rows)
        meant = _meant(alias, [number for number in numbers if number])
        models.Element.objects.using(alias).filter(record_id=pk).delete()
        codes = {row.person.code for row in rows if row.person}
        people = dict(
            models.Person.objects.using(alias).filter(code__in=codes).values_list("code", "pk")
        )
        made = models.Element.objects.using(alias).bulk_create(
            [
                models.Element(
                    pk=number, record_id=pk,
                    person_id=people[row.person.code] if row.person else None,
                    **{name: getattr(row, name) for name in _FIELDS},
                )
                for number, row in zip(numbers, rows, strict=True)
            ],
            batch_size=BATCH,
        )  # fmt: skip
        models.Paragraph.objects.using(alias).bulk_create(
            [
                models.Paragraph(
                    element_id=element.pk, paragraph_number=p.paragraph_number, page=p.page,
                    text=p.text,
                )
                for element, row in zip(made, rows, strict=True)
                for p in row.paragraphs
            ],
            batch_size=BATCH,
        )  # fmt: skip
        models.Subject.objects.using(alias).bulk_create(meant)


def _texts(alias: str, pk: int) -> dict[int, list[_Text]]:
    """Return the paragraphs of a record, by the numbers of its elements in the database."""
    texts: dict[int, list[_Text]] = {}
    table = models.Paragraph.objects.using(alias).filter(element__record_id=pk)
    columns = ("element_id", "paragraph_number", "page", "text")
    for element, *rest in table.order_by("element_id", "paragraph_number").values_list(*columns):
        texts.setdefault(element, []).append((rest[0], rest[1], rest[2]))
    return texts


def _numbers_to_keep(
    alias: str, pk: int, rows: tuple[ElementRow, ...]
) -> list[int | None]:  # fmt: skip
    """Return for each element the number of one that is there and says the same, if there is."""
    texts = _texts(alias, pk)
    held: dict[object, list[int]] = {}
    table = models.Element.objects.using(alias).filter(record_id=pk).order_by("-number")
    for number, turn, part in table.values_list("pk", "turn_number", "part_number"):
        said = tuple((p[0], p[2]) for p in texts.get(number, ()))
        held.setdefault((turn, part, said), []).append(number)
    numbers: list[int | None] = []
    for row in rows:
        said = tuple((p.paragraph_number, p.text) for p in row.paragraphs)
        found = held.get((row.turn_number, row.part_number, said))
        numbers.append(found.pop() if found else None)
    return numbers


def _meant(alias: str, elements: list[int]) -> list[models.Subject]:
    """Return the subjects that vectors gave to elements, to be put back: these stay good too."""
    table = models.Subject.objects.using(alias).filter(element_id__in=elements, why="meaning")
    return [
        models.Subject(element_id=row.element_id, topic=row.topic, why=row.why, score=row.score)
        for row in table
    ]


class Mentions(Derived[list[tuple[Any, ...]]]):
    """What paragraphs name and cite: number of the element, of the paragraph, kind, what, times."""

    name = "mentions"
    indexed = True
    within = True

    def derive(self, given: Given) -> list[tuple[Any, ...]]:
        """See :class:`Derived`; in the order of the text, as the API lists them."""
        return [
            (row.number, m.paragraph_number, m.kind, m.target, m.times)
            for row in given.elements
            for m in row.mentions
        ]

    def kept(self, alias: str, pk: int) -> list[tuple[Any, ...]]:
        """See :class:`Derived`."""
        table = models.Mention.objects.using(alias).filter(element__record_id=pk)
        columns = ("element__number", "paragraph_number", "kind", "target", "times")
        return list(table.order_by("pk").values_list(*columns))

    def store(self, alias: str, pk: int, rows: list[tuple[Any, ...]]) -> None:
        """See :class:`Derived`."""
        table = models.Mention.objects.using(alias)
        table.filter(element__record_id=pk).delete()
        elements = _elements_by_number(alias, pk)
        table.bulk_create(
            [
                models.Mention(
                    element_id=elements[number], paragraph_number=paragraph, kind=kind,
                    target=target, times=times,
                )
                for number, paragraph, kind, target, times in rows
            ],
            batch_size=BATCH,
        )  # fmt: skip


class Subjects(Derived[list[tuple[Any, ...]]]):
    """The topics of elements by the agenda and by words: number of the element, topic, why, score.

    Those by meaning come from the vectors, and go with them.
    """

    name = "subjects"
    indexed = True
    within = True

    def derive(self, given: Given) -> list[tuple[Any, ...]]:
        """See :class:`Derived`."""
        found = topics_of_elements(given.record, given.elements)
        return sorted(
            (row.number, t.topic, t.why, t.score)
            for row, topics in zip(given.elements, found, strict=True)
            for t in topics
        )

    def kept(self, alias: str, pk: int) -> list[tuple[Any, ...]]:
        """See :class:`Derived`."""
        return sorted(
            self._table(alias, pk).values_list("element__number", "topic", "why", "score")
        )

    def store(self, alias: str, pk: int, rows: list[tuple[Any, ...]]) -> None:
        """See :class:`Derived`."""
        self._table(alias, pk).delete()
        elements = _elements_by_number(alias, pk)
        models.Subject.objects.using(alias).bulk_create(
            [
                models.Subject(element_id=elements[number], topic=topic, why=why, score=score)
                for number, topic, why, score in rows
            ],
            batch_size=BATCH,
        )

    @staticmethod
    def _table(alias: str, pk: int) -> Any:
        table = models.Subject.objects.using(alias).filter(element__record_id=pk)
        return table.exclude(why="meaning")


def said(alias: str, pk: int) -> list[tuple[int, int, str]]:
    """Return what is said in a record, as vectors hold it: element, paragraph, text."""
    table = models.Paragraph.objects.using(alias).filter(
        element__record_id=pk, element__kind="turn"
    )
    columns = ("element_id", "paragraph_number", "text")
    return list(table.order_by("element_id", "paragraph_number").values_list(*columns))


def _elements_by_number(alias: str, pk: int) -> dict[int, int]:
    table = models.Element.objects.using(alias).filter(record_id=pk)
    return dict(table.values_list("number", "pk"))
