"""Filters for templates: names, numbers, dates and links in the language of the interface."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from mahdar.archive.store import Entry
from mahdar.web import links, names, numbers
from mahdar.web.people import APART, END
from mahdar.web.questions import narrowed

register = template.Library()

register.filter("number", numbers.write_number)
register.filter("plain", numbers.write_plain)
register.filter("share", numbers.write_share)
register.filter("day", numbers.write_day)
register.filter("moment", numbers.write_moment)
register.filter("body_name", names.body_name)
register.filter("organ_name", names.organ_name)
register.filter("topic_name", names.topic_name)
register.filter("language_name", names.language_name)
register.filter("direction", names.direction)
register.filter("to_state", links.to_state)
register.filter("to_affiliation", links.to_affiliation)
register.filter("to_topic", links.to_topic)
register.filter("to_person", links.to_person)
register.filter("to_document", links.to_document)
register.filter("to_address", links.to_address)
register.filter("to_search", links.to_search)
register.filter("to_record", links.to_record)


@register.filter
def xml(value: float) -> str:
    """Return a number as attributes of SVG want it, whatever the language."""
    return str(value)


@register.filter
def whole(value: float) -> str:
    """Return a number without its fraction."""
    return numbers.write_number(round(value))


@register.filter
def to_version(key: str, entry: Entry) -> str:
    """Return the address of one version of a record."""
    return links.to_record(key, entry.language, entry.version)


@register.filter
def to_newest(query: str) -> str:
    """Return the page that answers a question, the newest first."""
    return links.to_search(query, sort="newest")


@register.filter
def to_pictures(query: str) -> str:
    """Return the pictures of a question."""
    return "/pictures?" + urlencode({"q": query})


@register.filter
def to_search_within(key: str) -> str:
    """Return the search within one record."""
    return "/search?" + urlencode({"f": narrowed("symbol", key)})


@register.filter
def to_source(permanent: str) -> str:
    """Return where the file is that a record was read from."""
    return f"/sources{permanent}.pdf"


@register.filter
def to_cite_record(permanent: str) -> str:
    """Return the page that cites a whole record."""
    return f"/cite{permanent}"


@register.filter
def coded(text: str) -> SafeString:
    """Return a text with what stands between backticks as code.

    >>> coded("give `next` <back>")
    'give <code>next</code> &lt;back&gt;'
    """
    pieces = enumerate(text.split("`"))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", p) if n % 2 else p,) for n, p in pieces)
    )


@register.filter
def isolated(name: str) -> SafeString:
    """Return a name that keeps its own direction, in the language that its letters are of.

    >>> isolated("أورلوف"), isolated("<Orlov>")
    ('<bdi lang="ar">أورلوف</bdi>', '<bdi>&lt;Orlov&gt;</bdi>')
    >>> isolated(f"{APART}أورلوف{END} (Russia)")
    '<bdi lang="ar">أورلوف</bdi> (Russia)'
    """
    if name.startswith(APART):
        own, _, rest = name[1:].partition(END)
        return format_html("{}{}", isolated(own), rest)
    code = names.script_language(name)
    if code and code != names.interface():
        return format_html('<bdi lang="{}">{}</bdi>', code, name)
    return format_html("<bdi>{}</bdi>", name)


@register.filter
def to_cite(address: str) -> str:
    """Return the page that cites a place."""
    return "/cite" + links.to_address(address)


@register.filter
def outcome_name(code: str) -> str:
    """Return what the outcome of a vote is called."""
    return str(names.OUTCOMES.get(code, code))


@register.filter
def status_name(code: str) -> str:
    """Return what the status of a record is called."""
    return str(names.STATUSES.get(code, code))


@register.filter
def upload_state(code: str) -> str:
    """Return what the state of a file that was given is called."""
    return str(names.UPLOAD_STATES.get(code, code))


@register.filter
def reference_name(kind: str) -> str:
    """Return what a form of references is called."""
    return {"bibtex": "BibTeX", "ris": "RIS", "csl": "CSL-JSON"}.get(kind, kind)


@register.filter
def form_name(code: str) -> str:
    """Return what a form of publication is called."""
    return str(names.FORMS.get(code, code))


@register.filter
def marked(text: str, marks: Sequence[tuple[int, int]]) -> SafeString:
    """Return a text with what was found in it marked; everything else in it is escaped.

    >>> marked("<b>arms", [(3, 7)])
    '&lt;b&gt;<mark>arms</mark>'
    """
    pieces: list[tuple[SafeString]] = []
    at = 0
    for start, end in marks:
        pieces.append((format_html("{}", text[at:start]),))
        pieces.append((format_html("<mark>{}</mark>", text[start:end]),))
        at = end
    pieces.append((format_html("{}", text[at:]),))
    return format_html_join("", "{}", pieces)
