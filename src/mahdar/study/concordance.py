"""Keyword in context: each place where a word stands, with what is before and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pyarrow as pa

from mahdar.analysis.analyser import analyser
from mahdar.archive.rows import locus_of
from mahdar.archive.tables import models
from mahdar.model.address import Address, short_form
from mahdar.search.fetching import for_whom
from mahdar.study.corpus import Corpus, Part, Places

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

Order = Literal["date", "left", "right"]
_SORTED = 3
_FIELDS = (
    "pk", "kind", "number", "turn_number", "label", "state", "affiliation", "capacity",
    "person__name", "record__key", "record__symbol", "record__language", "record__version",
    "record__date",
)  # fmt: skip


def concordance(
    archive: Indexed,
    word: str,
    *,
    where: str = "",
    language: str | None = None,
    order: Order = "date",
    page: int = 1,
    size: int = 20,
    width: int = 60,
) -> pa.Table:
    """Return a page of a concordance.

    Args:
        archive: to look in.
        word: a word or several; all its forms, unless it begins with ``=`` (as written) or
            ends with ``*`` (all that begins so).
        where: only in elements that meet this question.
        language: only in records of this language (ISO 639-1).
        order: by date, or by the words before or after, as they are read.
        page: from 1.
        size: lines on a page, 0 for all.
        width: characters of context on each side.

    Returns:
        Lines with ``left``, ``word``, ``right``, who speaks where and when, the ``address`` and
        the ``cited`` short form. The table's metadata has ``hits`` and ``words``, the
        number of words that were looked through.
    """
    corpus = Corpus(archive, where, language)
    found = [(part, part.places(word)) for part in corpus.parts_for(word)]
    found = [(part, places) for part, places in found if len(places)]
    total = sum(len(places) for _, places in found)
    start = (page - 1) * size
    end = start + size if size else total
    chosen = _page(found, word, order, start, end)
    lines = [line for part, places in chosen for line in _lines(archive, part, places, word, width)]
    if order == "date" and len(chosen) > 1:
        lines.sort(key=lambda line: (line["date"] or "", line["address"]))
    table = pa.Table.from_pylist(lines, schema=_SCHEMA)
    searched = sum(part.words for part in corpus.parts_for(word))
    return table.replace_schema_metadata({"hits": str(total), "words": str(searched)})


_SCHEMA = pa.schema(
    [(name, pa.string()) for name in (
        "left", "word", "right", "language", "symbol", "date", "speaker", "state", "cited",
        "address",
    )]
)  # fmt: skip


def _page(
    found: list[tuple[Part, Places]], word: str, order: Order, start: int, end: int
) -> list[tuple[Part, Places]]:
    """Return the places on a page, those of one language together."""
    out: list[tuple[Part, Places]] = []
    if order == "date" and len(found) > 1:
        days = np.concatenate([_days(part, places) for part, places in found])
        rank = np.argsort(days, kind="stable")[start:end]
        first = 0
        for part, places in found:
            here = rank[(rank >= first) & (rank < first + len(places))] - first
            if len(here):
                out.append((part, places[here]))
            first += len(places)
        return out
    for part, places in found:  # languages one after another: their alphabets differ
        if order == "date":
            held = places[np.argsort(_days(part, places), kind="stable")]
        else:
            held = places[_sorted(part, places, len(part.numbers(word)), order)]
        here = held[max(0, start) : max(0, end)]
        if len(here):
            out.append((part, here))
        start, end = start - len(held), end - len(held)
    return out


def _days(part: Part, places: Places) -> Places:
    days: Places = part.columns.elements["day"][part.columns.element_of(places)]
    return days


def _sorted(part: Part, places: Places, length: int, order: Order) -> Places:
    """Return the order of places by the words that follow, or that go before."""
    columns = part.columns
    steps = range(length, length + _SORTED) if order == "right" else range(-1, -1 - _SORTED, -1)
    elements = columns.element_of(places)
    keys = []
    for step in steps:
        at = places + step
        inside = (at >= columns.starts[elements]) & (at < columns.starts[elements + 1])
        key = np.full(len(places), -1, dtype=np.int64)
        key[inside] = columns.ranks[columns.tokens[at[inside]]]
        keys.append(key)
    return np.lexsort(keys[::-1])


def _lines(
    archive: Indexed, part: Part, places: Places, word: str, width: int
) -> list[dict[str, Any]]:
    columns = part.columns
    rows = columns.paragraph_of(places)
    paragraphs = columns.paragraphs[rows]
    pks = columns.elements["element"][paragraphs["element"]]
    using = archive.alias
    elements = {
        row["pk"]: row
        for row in models.Element.objects.using(using).filter(
            pk__in={int(pk) for pk in pks}
        ).values(*_FIELDS)
    }  # fmt: skip
    texts = {
        (element, number): (page, text)
        for element, number, page, text in models.Paragraph.objects.using(using).filter(
            element_id__in=list(elements)
        ).values_list("element_id", "paragraph_number", "page", "text")
    }  # fmt: skip
    length = len(part.numbers(word))
    lines = []
    for place, paragraph, pk in zip(places, paragraphs, pks, strict=True):
        element = elements.get(int(pk))
        held = texts.get((int(pk), int(paragraph["number"])))
        if element is None or held is None:
            continue
        page, text = held
        offsets = list(analyser(part.code).words(text))
        first = int(place - paragraph["start"])
        if first + length > len(offsets):
            continue
        begin, stop = offsets[first][1], offsets[first + length - 1][2]
        whom = for_whom(element)
        symbol = element["record__symbol"] or element["record__key"]
        locus = locus_of(element, int(paragraph["number"]))
        address = Address(element["record__key"], part.code, element["record__version"], locus)
        lines.append(
            {
                "left": text[max(0, begin - width) : begin], "word": text[begin:stop],
                "right": text[stop : stop + width], "language": part.code, "symbol": symbol,
                "date": element["record__date"], "speaker": element["label"],
                "state": element["state"], "cited": short_form(symbol, page, whom),
                "address": str(address),
            }
        )  # fmt: skip
    return lines
