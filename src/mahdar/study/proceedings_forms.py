"""The Index to Proceedings as HTML, PDF and CSV."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections import defaultdict
from collections.abc import Iterable
from html import escape
from importlib import resources
from typing import Any

import msgspec

from mahdar.errors import CannotBeSet, ToolMissing
from mahdar.languages import load_language
from mahdar.languages.writing import own_digits, write_date
from mahdar.publishing.fonts import FAMILIES, fonts_folder
from mahdar.study.proceedings import Proceedings, Speech, words

FORMS = ("html", "pdf", "csv", "json")
_COLUMNS = 14
"""How many votes stand side by side in a chart; more go on below."""


_OTHERS = ("organs", "cast", "president", "both")


class Cell(msgspec.Struct, frozen=True):
    """A stretch of text; symbols and dates run from left to right in every language."""

    text: str
    ltr: bool = False


class Group(msgspec.Struct, frozen=True):
    """A heading with the lines under it."""

    name: str
    lines: tuple[tuple[Cell, ...], ...]


def publish_proceedings(index: Proceedings, to: str) -> dict[str, bytes]:
    """Return the index as files by their names: ``html``, ``pdf``, ``json``, or ``csv`` tables.

    Args:
        index: from :func:`mahdar.study.proceedings.proceedings`.
        to: the form.

    Raises:
        ToolMissing: the package that sets PDFs is not installed.
        CannotBeSet: it refuses the index.
    """
    if to == "csv":
        return _csv(index)
    if to == "json":
        return {".json": msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n"}
    return {".pdf": _pdf(index)} if to == "pdf" else {".html": _html(index).encode()}


def sections(index: Proceedings) -> list[dict[str, Any]]:
    """Return the sections in the order of the printed index."""
    code = index.language
    language = load_language(code)
    title = {name: found[code] for name, found in words().items() if name not in _OTHERS}
    meetings = [
        [
            Cell(m.symbol, True),
            Cell(write_date(language, m.date)),
            Cell(m.title),
            Cell(" ".join(m.languages), True),
        ]
        for m in index.meetings
    ]
    documents = [
        [Cell(d.symbol, True), Cell(d.label), Cell(", ".join(d.meetings), True)]
        for d in index.documents
    ]
    return [
        {"kind": "rows", "title": title["meetings"], "widths": [3, 4, 7, 3], "rows": meetings},
        {"kind": "groups", "title": title["by_state"], "groups": _by_state(index)},
        {"kind": "groups", "title": title["by_speaker"], "groups": _by_speaker(index)},
        {"kind": "groups", "title": title["by_subject"], "groups": _by_subject(index)},
        {"kind": "groups", "title": title["subjects"], "groups": _subjects(index)},
        {"kind": "rows", "title": title["documents"], "widths": [3, 7, 5], "rows": documents},
        {"kind": "chart", "title": title["votes"], "note": title["key"], "parts": _chart(index)},
    ]


def _score(index: Proceedings, score: float) -> str:
    return own_digits(load_language(index.language), f"{score:.2f}")


def _told(index: Proceedings, speech: Speech) -> tuple[Cell, ...]:
    """Return the subjects of a speech with their scores."""
    told = "; ".join(f"{s.name} {_score(index, s.score)}" for s in speech.subjects)
    return (Cell(f"— {told}"),) if told else ()


def _grouped(rows: Iterable[tuple[str, tuple[Cell, ...]]]) -> list[Group]:
    held: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for name, line in rows:
        held[name].append(line)
    return [Group(name, tuple(lines)) for name, lines in sorted(held.items()) if name]


def _by_state(index: Proceedings) -> list[Group]:
    return _grouped(
        (s.body_name, (Cell(s.speaker), Cell(s.cited, True), *_told(index, s)))
        for s in index.speeches
    )


def _by_speaker(index: Proceedings) -> list[Group]:
    language = load_language(index.language)
    return _grouped(
        (
            f"{s.speaker} ({s.body_name})" if s.body_name else s.speaker,
            (Cell(write_date(language, s.date)), Cell(s.cited, True), *_told(index, s)),
        )
        for s in index.speeches
    )


def _by_subject(index: Proceedings) -> list[Group]:
    return _grouped(
        (subject.name, (Cell(s.body_name or s.speaker), Cell(s.cited, True),
                        Cell(_score(index, subject.score), True)))
        for s in index.speeches
        for subject in s.subjects
    )  # fmt: skip


def _subjects(index: Proceedings) -> list[Group]:
    return [
        Group(name, tuple((Cell(", ".join(found[what]), True),)
                          for what in ("meetings", "documents") if found[what]))
        for name, found in index.subjects.items()
    ]  # fmt: skip


def _chart(index: Proceedings) -> list[dict[str, Any]]:
    """Return the votes, some columns at a time: States down, votes across."""
    cast = words()["cast"][index.language]
    parts = []
    for start in range(0, len(index.votes), _COLUMNS):
        some = index.votes[start : start + _COLUMNS]
        codes = sorted(
            {code for vote in some for code in vote.casts}, key=lambda c: index.states.get(c, c)
        )
        rows = [
            [index.states.get(code, code),
             *(cast.get(vote.casts.get(code, ""), "") for vote in some)]
            for code in codes
        ]  # fmt: skip
        counts = ("–".join(map(str, vote.counts)) for vote in some)
        rows.append(["", *(own_digits(load_language(index.language), each) for each in counts)])
        heads = [vote.resolution or vote.draft or vote.symbol for vote in some]
        parts.append({"first": not start, "heads": heads, "rows": rows})
    return parts


def _pdf(index: Proceedings) -> bytes:
    try:
        import typst
    except ImportError:
        raise ToolMissing(
            "PDFs are set with the package typst: install it with pip install 'mahdar[publish]'"
        ) from None
    language = load_language(index.language)
    own = list(FAMILIES.get(index.language, FAMILIES["en"]))
    every = [font for fonts in FAMILIES.values() for font in fonts]
    data = {
        "title": index.title, "language": index.language,
        "direction": language.data.direction, "fonts": list(dict.fromkeys([*own, *every])),
        "sections": [
            section for section in sections(index)
            if section.get("rows") or section.get("groups") or section.get("parts")
        ],
    }  # fmt: skip
    template = resources.files("mahdar.publishing") / "templates" / "proceedings.typ"
    with resources.as_file(template) as path:
        try:
            compiled: Any = typst.compile(
                str(path), format="pdf", font_paths=[str(fonts_folder())],
                ignore_system_fonts=True,
                sys_inputs={"index": json.dumps(msgspec.to_builtins(data), ensure_ascii=False)},
                timestamp=datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC),
            )  # fmt: skip
        except typst.TypstError as error:
            raise CannotBeSet(
                f"the index of {index.year} cannot be set as PDF ({' '.join(str(error).split())});"
                " make it as HTML, and report this"
            ) from None
    pdf: bytes = compiled
    return pdf


def _html(index: Proceedings) -> str:
    language = load_language(index.language)
    style = resources.files("mahdar.publishing") / "templates" / "proceedings.css"
    body, contents = [], []
    for number, section in enumerate(sections(index), 1):
        inside = {"rows": _html_rows, "groups": _html_groups, "chart": _html_chart}[
            section["kind"]
        ](section)
        if inside:
            name = escape(section["title"])
            contents.append(f'<li><a href="#s{number}">{name}</a></li>')
            body.append(f'<section id="s{number}"><h2>{name}</h2>\n{inside}</section>\n')
    title = escape(index.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{index.language}" dir="{language.data.direction}">\n<head>\n'
        f'<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,'
        f' initial-scale=1">\n<title>{title}</title>\n'
        f"<style>\n{style.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<nav><ul>{''.join(contents)}</ul></nav>\n{''.join(body)}</main>\n"
        "</body>\n</html>\n"
    )


def _html_cell(cell: Cell) -> str:
    return f"<bdi>{escape(cell.text)}</bdi>"


def _html_rows(section: dict[str, Any]) -> str:
    rows = "".join(
        "<tr>" + "".join(f"<td>{_html_cell(cell)}</td>" for cell in row) + "</tr>\n"
        for row in section["rows"]
    )
    return f"<table>\n{rows}</table>\n" if rows else ""


def _html_groups(section: dict[str, Any]) -> str:
    out = []
    for group in section["groups"]:
        lines = "".join(
            f"<li>{' '.join(_html_cell(cell) for cell in line)}</li>\n" for line in group.lines
        )
        out.append(f"<h3><bdi>{escape(group.name)}</bdi></h3>\n<ul>\n{lines}</ul>\n")
    return f'<div class="columns">\n{"".join(out)}</div>\n' if out else ""


def _html_chart(section: dict[str, Any]) -> str:
    out = []
    for part in section["parts"]:
        heads = "".join(f'<th scope="col"><bdi>{escape(h)}</bdi></th>' for h in part["heads"])
        rows = "".join(
            f'<tr><th scope="row">{escape(row[0])}</th>'
            + "".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) + "</tr>\n"
            for row in part["rows"]
        )  # fmt: skip
        out.append(f'<table class="chart">\n<tr><td></td>{heads}</tr>\n{rows}</table>\n')
    return f"<p>{escape(section['note'])}</p>\n{''.join(out)}" if out else ""


def _csv(index: Proceedings) -> dict[str, bytes]:
    tables: dict[str, list[list[Any]]] = {
        "meetings": [["symbol", "date", "title", "languages", "speeches"]],
        "speeches": [["speaker", "body", "body_name", "symbol", "date", "cited", "address",
                      "subject", "subject_name", "score", "why"]],
        "subjects": [["subject", "meetings", "documents"]],
        "documents": [["symbol", "label", "meetings", "cited"]],
        "votes": [["symbol", "date", "draft", "resolution", "outcome", "state", "name", "cast"]],
    }  # fmt: skip
    tables["meetings"] += [
        [m.symbol, m.date, m.title, " ".join(m.languages), m.speeches] for m in index.meetings
    ]
    for s in index.speeches:
        head = [s.speaker, s.body, s.body_name, s.symbol, s.date, s.cited, s.address]
        found = [[t.code, t.name, t.score, t.why] for t in s.subjects] or [["", "", "", ""]]
        tables["speeches"] += [[*head, *row] for row in found]
    tables["subjects"] += [
        [name, " ".join(found["meetings"]), " ".join(found["documents"])]
        for name, found in index.subjects.items()
    ]
    tables["documents"] += [
        [d.symbol, d.label, " ".join(d.meetings), d.cited] for d in index.documents
    ]
    tables["votes"] += [
        [v.symbol, v.date, v.draft, v.resolution, v.outcome, code, index.states.get(code, code),
         choice]
        for v in index.votes
        for code, choice in v.casts.items()
    ]  # fmt: skip
    out = {}
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        out[f"{name}.csv"] = text.getvalue().encode()
    return out
