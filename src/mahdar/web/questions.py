"""A question as a reader asks it: words, what narrows it, how it is answered."""

from __future__ import annotations

from typing import get_args
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest

from mahdar.search.searching import Mode, Sort

MODES: tuple[Mode, ...] = get_args(Mode)
SORTS: tuple[Sort, ...] = get_args(Sort)


class Question(msgspec.Struct, frozen=True):
    """What somebody asks.

    ``text`` is typed, ``filters`` are fields with values (``state:TCD``) that facets add.
    """

    text: str = ""
    filters: tuple[str, ...] = ()
    mode: Mode = "words"
    sort: Sort = "relevance"
    page: int = 1

    @property
    def query(self) -> str:
        """The whole question in the query language.

        >>> Question("arms OR troops", ("state:TCD",)).query
        '(arms OR troops) state:TCD'
        """
        text = self.text.strip()
        if not self.filters:
            return text
        return " ".join([*([f"({text})"] if text else []), *self.filters])

    def address(self, **changes: object) -> str:
        """Return the address of this question, or of one that differs from it."""
        new = msgspec.structs.replace(self, **{"page": 1, **changes})
        held: list[tuple[str, str]] = [("q", new.text)] if new.text else []
        held += [("f", each) for each in new.filters]
        held += [("mode", new.mode)] if new.mode != "words" else []
        held += [("sort", new.sort)] if new.sort != "relevance" else []
        held += [("page", str(new.page))] if new.page != 1 else []
        return "?" + urlencode(held)


def question_of(request: HttpRequest) -> Question:
    """Return the question that an address asks; what is not known in it is passed over."""
    mode, sort = request.GET.get("mode", "words"), request.GET.get("sort", "relevance")
    page = request.GET.get("page", "1")
    return Question(
        request.GET.get("q", "").strip(),
        tuple(dict.fromkeys(each for each in request.GET.getlist("f")[:20] if each)),
        mode if mode in MODES else "words",
        sort if sort in SORTS else "relevance",
        int(page) if page.isdecimal() and 0 < len(page) < 6 and int(page) else 1,
    )  # fmt: skip


def narrowed(facet: str, value: str) -> str:
    """Return what narrows a question to a value of a facet.

    >>> narrowed("state", "TCD"), narrowed("speaker", "RUS:churkin")
    ('state:TCD', 'speaker:"RUS:churkin"')
    """
    plain = value.replace("_", "").isalnum()
    return f"{facet}:{value}" if plain else f'{facet}:"{value}"'
