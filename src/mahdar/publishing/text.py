"""A record as plain text with light Markdown, which Mahdar reads back."""

from __future__ import annotations

from mahdar.model import Record
from mahdar.publishing.elements import Element, Run, elements
from mahdar.sources.text import IN_ORDER


def publish_text(record: Record) -> str:
    """Return a record as text.

    Names are between two stars, what was done and marks of language between one;
    headings begin with number signs. The first line says that the text is in its true
    order, so that a reader need not look for one.

    Args:
        record: one that was read, or built.

    Raises:
        NothingToPublish: the record has no body.

    >>> from mahdar.specimens.build import specimen
    >>> publish_text(specimen("fr")).splitlines()[-1]
    '*La séance est levée à 17 h 40.*'
    """
    out: list[str] = [IN_ORDER]
    before: Element | None = None
    for element in elements(record):
        gap = "\n" if element.kind == "member" and before and before.kind in ROSTER else "\n\n"
        out.append(gap + _written(element))
        before = element
    return "".join(out) + "\n"


ROSTER = ("president", "member")
_DEEPEST = 6  # of the headings of Markdown


def _written(element: Element) -> str:
    if element.kind in ("organ", "agenda_head"):
        return f"## {element.text}"
    if element.kind == "heading":
        return f"{'#' * min(max(element.level, 1), _DEEPEST)} {element.text}"
    if element.cells:
        return "\t".join(element.cells)
    return "".join(map(_marked, element.runs))


def _marked(run: Run) -> str:
    """Return words between their marks, the blanks at their ends outside."""
    bare = run.text.strip()
    if not bare or not (run.bold or run.italic):
        return run.text
    mark = "**" if run.bold else "*"
    start = run.text.index(bare)
    return f"{run.text[:start]}{mark}{bare}{mark}{run.text[start + len(bare) :]}"
