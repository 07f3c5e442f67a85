"""The concordance: each place where a word stands, with what is around it."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mahdar.errors import QueryError
from mahdar.languages import language_codes
from mahdar.study.concordance import Order, concordance
from mahdar.web import names
from mahdar.web.answers import answer
from mahdar.web.opened import archive

_SIZE = 40
_DEEPEST = 2500
_COLUMNS = (
    "left", "word", "right", "language", "symbol", "date", "speaker", "state", "cited", "address",
)  # fmt: skip


@require_safe
def lines(request: HttpRequest, form: str | None = None) -> HttpResponse:
    """Show a page of a concordance."""
    get = request.GET.get
    word, where, language = get("word", "").strip(), get("where", "").strip(), get("language", "")
    language = language if language in language_codes() else ""
    order = get("order", "date")
    order = order if order in ("date", "left", "right") else "date"
    number = get("page", "1")
    page = min(int(number), _DEEPEST) if number.isdecimal() and 0 < len(number) < 9 else 1
    rows: list[dict[str, Any]] = []
    hits = words = 0
    problem: QueryError | None = None
    if word:
        try:
            table = concordance(
                archive(), word, where=where, language=language or None,
                order=cast(Order, order), page=max(1, page), size=_SIZE,
            )  # fmt: skip
            rows = table.to_pylist()
            hits, words = (int(table.schema.metadata[name]) for name in (b"hits", b"words"))
        except QueryError as error:
            if form:
                raise
            problem = error

    def to(number: int) -> str:
        held = {"word": word, "where": where, "language": language, "order": order}
        return "?" + urlencode({k: v for k, v in {**held, "page": number}.items() if v})

    def context() -> dict[str, Any]:
        return {
            "word": word, "where": where, "language": language, "order": order, "rows": rows,
            "hits": hits, "words": words, "page": page, "problem": problem,
            "before": to(page - 1) if page > 1 else "",
            "after": to(page + 1) if page * _SIZE < hits and page < _DEEPEST else "",
            "first": (page - 1) * _SIZE + 1, "last": (page - 1) * _SIZE + len(rows),
            "orders": [("date", gettext("by date")), ("left", gettext("by the words before")),
                       ("right", gettext("by the words after"))],
            "languages": [(code, names.language_name(code)) for code in language_codes()],
        }  # fmt: skip

    data = {"word": word, "where": where, "hits": hits, "words": words, "page": page, "lines": rows}
    return answer(
        request, form, "mahdar/concordance.html", context, data=data, rows=rows,
        columns=_COLUMNS, name="concordance",
    )  # fmt: skip
