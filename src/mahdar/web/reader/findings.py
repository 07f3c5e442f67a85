"""What is doubtful in a record, for the margin of its page."""

from __future__ import annotations

from html import escape

import msgspec
from django.utils.translation import gettext

from mahdar.findings import explain_finding, title_finding
from mahdar.model import Finding, Record
from mahdar.model.address import Locus
from mahdar.model.loci import body_loci
from mahdar.web import names
from mahdar.web.numbers import write_day, write_number, write_plain, write_share

# Numbers that no mark parts.
_PLAIN = ("year", "page", "number")


class Noted(msgspec.Struct, frozen=True):
    """A finding with its place in the meeting (``t3p2``; empty where it has none) and its HTML."""

    finding: Finding
    locus: str
    number: int
    html: str


def noted(record: Record) -> list[Noted]:
    """Return the findings of a record with their places, in its order."""
    shown = {str(locus) for locus in body_loci(record).values()}
    return [
        Noted(finding, _beside(finding, shown), number, _html(finding, number, record.language))
        for number, finding in enumerate(record.findings, 1)
    ]


def _beside(finding: Finding, shown: set[str]) -> str:
    """Return the paragraph, or the thing of the body that is shown, which a finding is about."""
    if finding.anchor is None or finding.anchor.locus is None:
        return ""
    locus = Locus.parse(finding.anchor.locus)
    return str(locus.whole) if str(locus.element) in shown else ""


def _html(finding: Finding, number: int, printed_in: str) -> str:
    code = names.interface()
    title = escape(title_finding(finding, code))
    sure = escape(gettext("sure: %(share)s") % {"share": write_share(finding.score)})
    proposed = ""
    if finding.proposed:
        said = escape(gettext("Perhaps:"))
        proposed = f"<p>{said} <bdi>{escape(finding.proposed)}</bdi></p>"
    return (
        f'<div class="margin"><div role="note" class="finding" id="f{number}" lang="{code}"'
        f' dir="{names.direction(code)}" aria-label="{title}"><p><b>{title}</b>'
        f' <span class="sure">{sure}</span></p>{_told(finding, printed_in)}{proposed}</div></div>'
    )


def _told(finding: Finding, printed_in: str) -> str:
    """Return the sentence of a finding, what is printed in the language of the record."""
    told = explain_finding(
        finding, names.interface(), words=escape,
        mark=lambda name, value: _written(name, value, printed_in),
    )  # fmt: skip
    if told is None:  # of a record that was read before findings kept what tells them
        return f'<p lang="en" dir="ltr">{escape(finding.message)}</p>'
    return f"<p>{told}</p>"


def _written(name: str, value: str | int, printed_in: str) -> str:
    if name in _PLAIN:
        return escape(write_plain(value))
    if isinstance(value, int):
        return escape(write_number(value))
    if name == "date":
        return escape(write_day(value))
    if name == "language":
        return escape(names.language_name(value))
    return f'<bdi lang="{escape(printed_in)}">{escape(value)}</bdi>'
