"""Citations of passages for other programs: BibTeX, RIS, CSL-JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from mahdar.citations.address import address_of
from mahdar.organs import read_organ

_PUBLISHER, _PLACE = "United Nations", "New York"
_SPECIAL = re.compile(r"([&%$#_{}~^\\])")
_WRITTEN = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


class Reference(msgspec.Struct, frozen=True):
    """A passage to cite.

    ``symbol`` of the record, its ``language`` (ISO 639-1), ``organ`` (SC, GA), ``date`` (ISO
    8601), ``page``; ``speaker`` as printed and ``whom`` he or she speaks for; ``short`` is the
    official short form, ``address`` the place within Mahdar.
    """

    symbol: str
    language: str
    organ: str | None
    date: str | None
    page: int | None
    speaker: str
    short: str
    address: str


def publish_references(references: Sequence[Reference], to: str) -> str:
    """Return references as ``bibtex``, ``ris`` or ``csl`` (CSL-JSON 1.0).

    Args:
        references: to passages; two of one page differ by their address.
        to: the form.

    >>> short, address = "S/PV.7050, p. 12", "S/PV.7050/ar@1#t5"
    >>> one = Reference("S/PV.7050", "ar", "SC", "2013-10-28", 12, "", short, address)
    >>> print(publish_references([one], "ris").splitlines()[0])
    TY  - HEAR
    """
    if to == "bibtex":
        return "\n".join(_bibtex(each) for each in references)
    if to == "ris":
        return "".join(_ris(each) for each in references)
    return json.dumps([_csl(each) for each in references], ensure_ascii=False, indent=1) + "\n"


def _title(reference: Reference) -> str:
    return f"Verbatim record of the meeting {reference.symbol}"


def _body(reference: Reference) -> str:
    organ = read_organ(reference.organ)
    return organ.title if organ else _PUBLISHER


def _url(reference: Reference) -> str:
    return address_of(reference.symbol, reference.language)


def _key(reference: Reference) -> str:
    """Return a name that BibTeX takes: of letters and digits."""
    return re.sub(r"[^A-Za-z0-9]+", "-", reference.address).strip("-")


def _bibtex(reference: Reference) -> str:
    fields: dict[str, Any] = {
        "author": "{" + _tex(_body(reference)) + "}", "title": _tex(_title(reference)),
        "type": "Verbatim record", "number": _tex(reference.symbol), "institution": _PUBLISHER,
        "address": _PLACE, "year": (reference.date or "")[:4], "date": reference.date,
        "pages": reference.page, "langid": _language(reference.language),
        "note": _tex(" — ".join(filter(None, [reference.short, reference.speaker]))),
        "url": _url(reference), "annote": _tex(f"Mahdar {reference.address}"),
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return f"@techreport{{{_key(reference)},\n" + "\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda found: _WRITTEN.get(found[1], "\\" + found[1]), text)


def _language(code: str) -> str:
    names = {"ar": "arabic", "en": "english", "es": "spanish", "fr": "french", "ru": "russian",
             "zh": "chinese"}  # fmt: skip
    return names.get(code, code)


def _ris(reference: Reference) -> str:
    rows: Iterable[tuple[str, Any]] = (
        ("TY", "HEAR"), ("A1", _body(reference)), ("TI", _title(reference)),
        ("SN", reference.symbol), ("PB", _PUBLISHER), ("CY", _PLACE),
        ("PY", (reference.date or "")[:4]), ("DA", (reference.date or "").replace("-", "/")),
        ("SP", reference.page), ("LA", reference.language), ("N1", reference.short),
        ("N1", reference.speaker), ("UR", _url(reference)), ("ID", reference.address),
    )  # fmt: skip
    lines = [f"{tag}  - {_line(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - "]) + "\r\n"


def _line(value: Any) -> str:
    return " ".join(str(value).split())


def _csl(reference: Reference) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": reference.address, "type": "hearing", "title": _title(reference),
        "author": [{"literal": _body(reference)}], "number": reference.symbol,
        "publisher": _PUBLISHER, "publisher-place": _PLACE, "language": reference.language,
        "URL": _url(reference), "note": reference.short, "archive_location": reference.address,
    }  # fmt: skip
    if reference.date:
        row["issued"] = {"date-parts": [[int(part) for part in reference.date.split("-")]]}
    if reference.page:
        row["page"] = str(reference.page)
    if reference.speaker:
        row["contributor"] = [{"literal": reference.speaker}]
    return row
