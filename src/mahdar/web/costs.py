"""What addresses of the site cost, against one that answers from a single table."""

from __future__ import annotations

import re

# The first that fits counts; what is not named here costs nothing: it is kept, or made of one
# record. In hundredths of a second on two cores, about, over an archive of 6,500 meetings.
_COSTS: tuple[tuple[str, re.Pattern[str], int], ...] = tuple(
    (methods, re.compile(pattern), cost)
    for methods, pattern, cost in (
        ("POST", r"/(sign-in|account|password|uploads)$", 10),  # a password is looked at, or a file
        ("", r"/api/v2/exports$", 5),
        ("", r"/api/", 1),
        ("", r"/(concordance|pictures|proceedings)\b", 5),
        ("", r"/pages/.*\.png$", 1),
        ("", r"\.(pdf|docx)$", 5),
        ("", r"\.(zip|parquet|akn\.xml|tei\.xml|txt|html)$", 2),
        ("", r"\.(csv|json|bib|ris|atom)$", 2),
        ("", r"/(search|states|organisations|people|topics|documents)\b", 1),
    )
)
FREE_OF_COUNT = re.compile(r"/pages/.*\.png$")
"""A page of a record asks for many pictures at once; those that are kept cost next to nothing."""


def cost_of(method: str, path: str) -> int:
    """Return what a request costs; 0 where it is not counted.

    >>> cost_of("GET", "/api/v2/records"), cost_of("GET", "/S/PV.7050/ar.docx"), cost_of("GET", "/")
    (1, 5, 0)
    >>> cost_of("POST", "/sign-in"), cost_of("GET", "/sign-in"), cost_of("GET", "/search")
    (10, 0, 1)
    """
    for methods, pattern, cost in _COSTS:
        if (not methods or method in methods) and pattern.search(path):
            return cost
    return 0
