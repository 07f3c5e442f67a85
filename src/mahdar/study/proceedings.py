"""The Index to Proceedings of a year, as the Dag Hammarskjöld Library prints it: its data.

List of meetings, index to speeches by State or body, by speaker and by subject, subject index,
list of documents, voting chart.
"""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from importlib import resources
from typing import TYPE_CHECKING, Any

import msgspec

from mahdar.archive.rows import locus_of
from mahdar.archive.tables import models
from mahdar.errors import ArchiveError
from mahdar.languages import language_codes, load_language
from mahdar.languages.writing import own_digits
from mahdar.model.address import Address, short_form
from mahdar.search.resolving import state_name
from mahdar.topics import topics

if TYPE_CHECKING:
    from mahdar.index.indexed import Indexed

_LOT = 500
_LEAST = {"agenda": 0.5, "words": 0.5, "meaning": 0.5}
_FROM_THE_CHAIR = 150
"""Words from which on the President is taken to say something of his or her own."""
_SHORTEST, _SHORTEST_IN = 10, {"zh": 17}
"""Words (in Chinese, characters) of a speech that is indexed; a word of thanks is not."""


class Meeting(msgspec.Struct, frozen=True):
    """A meeting: symbol, date, what it was about, the languages its record is kept in."""

    symbol: str
    date: str
    title: str
    languages: tuple[str, ...]
    speeches: int


class Subject(msgspec.Struct, frozen=True):
    """A topic of a speech: its name, how sure it is (0 to 1) and why."""

    code: str
    name: str
    score: float
    why: str


class Speech(msgspec.Struct, frozen=True):
    """A speech in the index: who, for whom, where, about what."""

    speaker: str
    body: str
    body_name: str
    symbol: str
    date: str
    cited: str
    address: str
    subjects: tuple[Subject, ...]


class Document(msgspec.Struct, frozen=True):
    """A document before a meeting, or cited in one."""

    symbol: str
    label: str
    meetings: tuple[str, ...]
    cited: int


class Vote(msgspec.Struct, frozen=True):
    """A vote: on what, where, with what outcome, and how each State cast it, by its code."""

    symbol: str
    date: str
    draft: str
    resolution: str
    outcome: str
    counts: tuple[int, int, int]
    casts: dict[str, str]


class Proceedings(msgspec.Struct, frozen=True):
    """The index of a year; ``subjects`` gives for each topic the meetings and documents."""

    year: int
    organ: str | None
    language: str
    title: str
    meetings: tuple[Meeting, ...]
    speeches: tuple[Speech, ...]
    subjects: dict[str, dict[str, tuple[str, ...]]]
    documents: tuple[Document, ...]
    votes: tuple[Vote, ...]
    states: dict[str, str]


@functools.cache
def words() -> dict[str, Any]:
    """Return the words of the index in the six languages."""
    file = resources.files("mahdar.study") / "proceedings.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def proceedings(
    archive: Indexed, year: int, *, organ: str | None = None, language: str = "en"
) -> Proceedings:
    """Make the index of a year.

    Args:
        archive: that holds the records.
        year: of the meetings.
        organ: ``SC`` or ``GA``; both without it.
        language: of headings and names (ISO 639-1). Of a meeting with records in several
            languages the one in this language is indexed, else English, else the first.

    Raises:
        ArchiveError: there is no meeting of that year, or no such language.
    """
    if language not in language_codes():
        raise ArchiveError(f"{language}: no language of the index; {', '.join(language_codes())}")
    rows = _records(archive, year, organ, language)
    if not rows:
        years = sorted({entry.date[:4] for entry in archive.entries() if entry.date})
        have = ", ".join(years[-12:]) or "none"
        raise ArchiveError(f"there is no meeting of {year} in the archive; it has: {have}")
    held = list(rows.values())
    speeches = _speeches(archive, held, language)
    data = words()
    name = data["organs"].get(organ or "", {}).get(language) or data["both"][language]
    votes = _votes(archive, held)
    return Proceedings(
        year, organ, language, own_digits(
            load_language(language), data["title"][language].format(organ=name, year=year)
        ),
        tuple(
            Meeting(r["key"], r["date"] or "", r["title"], tuple(r["languages"]), r["turns"])
            for r in held
        ),
        tuple(speeches), _by_topic(speeches, archive, held), tuple(_documents(archive, held)),
        tuple(votes),
        {code: state_name(code, language) for vote in votes for code in vote.casts},
    )  # fmt: skip


def _records(
    archive: Indexed, year: int, organ: str | None, language: str
) -> dict[str, dict[str, Any]]:
    """Return one record a meeting, by its symbol, by date."""
    table = models.Record.objects.using(archive.alias).filter(current=True, year=year)
    if organ:
        table = table.filter(organ=organ)
    found: dict[str, dict[str, Any]] = {}
    rank = {language: 0, "en": 1} if language != "en" else {"en": 0}
    fields = ("pk", "key", "date", "title", "language", "version", "turns")
    for row in table.order_by("date", "meeting_number", "key", "language").values(*fields):
        held = found.setdefault(row["key"], {**row, "languages": []})
        held["languages"].append(row["language"])
        if rank.get(row["language"], 9) < rank.get(held["language"], 9):
            found[row["key"]] = {**row, "languages": held["languages"]}
    return found


def _lots(rows: list[Any]) -> list[list[Any]]:
    return [rows[n : n + _LOT] for n in range(0, len(rows), _LOT)]


def _speeches(archive: Indexed, records: list[dict[str, Any]], language: str) -> list[Speech]:
    by_pk = {row["pk"]: row for row in records}
    out = []
    for pks in _lots(list(by_pk)):
        table = models.Element.objects.using(archive.alias).filter(record_id__in=pks, kind="turn")
        given = _subjects(archive, pks, language)
        pages = dict(
            models.Paragraph.objects.using(archive.alias)
            .filter(element__record_id__in=pks, element__kind="turn")
            .order_by("-paragraph_number").values_list("element_id", "page")
        )  # fmt: skip
        for s in table.order_by("record__date", "record_id", "number").values(
            "pk",
            "record_id",
            "number",
            "turn_number",
            "label",
            "words",
            "person__name",
            "affiliation",
            "capacity",
        ):
            record = by_pk[s["record_id"]]
            if s["words"] < _SHORTEST_IN.get(record["language"], _SHORTEST):
                continue
            presides = not s["affiliation"] and s["capacity"] == "president"
            if presides and s["words"] < _FROM_THE_CHAIR:
                continue
            body = s["affiliation"] or ("PRESIDENT" if presides else "")
            name = words()["president"][language] if presides else state_name(body, language)
            out.append(
                Speech(
                    s["person__name"] or s["label"], body, name, record["key"],
                    record["date"] or "", short_form(record["key"], pages.get(s["pk"]), None),
                    str(Address(record["key"], record["language"], record["version"], locus_of(s))),
                    given.get(s["pk"], ()),
                )
            )  # fmt: skip
    return out


def _subjects(archive: Indexed, pks: list[int], language: str) -> dict[int, tuple[Subject, ...]]:
    """Return the topics of speeches, each once with its best score, the surest first."""
    best: dict[int, dict[str, Subject]] = defaultdict(dict)
    table = models.Subject.objects.using(archive.alias).filter(element__record_id__in=pks)
    for speech, code, why, score in table.values_list("element_id", "topic", "why", "score"):
        if score < _LEAST.get(why, 1.0) or code not in topics():
            continue
        held = best[speech].get(code)
        if held is None or score > held.score:
            best[speech][code] = Subject(code, topics()[code].names[language], score, why)
    return {
        speech: tuple(sorted(found.values(), key=lambda s: (-s.score, s.name)))
        for speech, found in best.items()
    }


def _by_topic(
    speeches: list[Speech], archive: Indexed, records: list[dict[str, Any]]
) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return for each topic the meetings that spoke of it, and what they had before them."""
    meetings: dict[str, dict[str, None]] = defaultdict(dict)
    for speech in speeches:
        for subject in speech.subjects:
            meetings[subject.name].setdefault(speech.symbol)
    documents: dict[str, list[str]] = defaultdict(list)
    key = {row["pk"]: row["key"] for row in records}
    for pks in _lots(list(key)):
        table = models.AgendaDocument.objects.using(archive.alias).filter(record_id__in=pks)
        for record, symbol in table.order_by("pk").values_list("record_id", "symbol"):
            documents[key[record]].append(symbol)
    return {
        name: {
            "meetings": tuple(held),
            "documents": tuple(dict.fromkeys(d for symbol in held for d in documents[symbol])),
        }
        for name, held in sorted(meetings.items())
    }


def _documents(archive: Indexed, records: list[dict[str, Any]]) -> list[Document]:
    key = {row["pk"]: row["key"] for row in records}
    labels: dict[str, str] = {}
    before: dict[str, dict[str, None]] = defaultdict(dict)
    cited: dict[str, int] = defaultdict(int)
    for pks in _lots(list(key)):
        table = models.AgendaDocument.objects.using(archive.alias).filter(record_id__in=pks)
        for record, symbol, label in table.order_by("pk").values_list(
            "record_id", "symbol", "label"
        ):
            labels.setdefault(symbol, label)
            before[symbol].setdefault(key[record])
        named = models.Mention.objects.using(archive.alias).filter(
            element__record_id__in=pks, kind__in=["document", "resolution", "decision"]
        )
        for record, target, times in named.values_list("element__record_id", "target", "times"):
            cited[target] += times
            before[target].setdefault(key[record])
    return [
        Document(symbol, labels.get(symbol, ""), tuple(before[symbol]), cited[symbol])
        for symbol in sorted(before, key=_natural)
    ]


def _natural(symbol: str) -> tuple[Any, ...]:
    """Order symbols as libraries do: numbers by value."""
    import re

    return tuple((1, int(p), "") if p.isdigit() else (0, 0, p) for p in re.split(r"(\d+)", symbol))


def _votes(archive: Indexed, records: list[dict[str, Any]]) -> list[Vote]:
    by_pk = {row["pk"]: row for row in records}
    out = []
    for pks in _lots(list(by_pk)):
        table = models.Vote.objects.using(archive.alias).filter(record_id__in=pks)
        for vote in table.order_by("record__date", "record_id", "vote_number").prefetch_related(
            "casts"
        ):
            record = by_pk[vote.record_id]
            out.append(
                Vote(
                    record["key"], record["date"] or "", vote.draft, vote.resolution,
                    vote.outcome, (vote.in_favour, vote.against, vote.abstaining),
                    {cast.state: cast.choice for cast in vote.casts.all()},
                )
            )  # fmt: skip
    return out
