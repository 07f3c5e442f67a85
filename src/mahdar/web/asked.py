"""What is asked, made fit to be answered: known verbs, text that is clean and not endless."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict

from mahdar.model.cleaning import clean
from mahdar.web.pages.errors import page_of_error

Answerer = Callable[[HttpRequest], HttpResponse]

LONGEST = 32_768
"""How long a question may be as it stands in an address; a page of text in Arabic is shorter."""
_ANSWERED = ("GET", "HEAD", "POST")
_PASSED_ON = (*_ANSWERED, "OPTIONS")


def known_verbs(answer: Answerer) -> Answerer:
    """Refuse every verb that no page answers, before anything is done for it."""

    def wrapped(request: HttpRequest) -> HttpResponse:
        if request.method in _PASSED_ON:
            return answer(request)
        return HttpResponseNotAllowed(
            _ANSWERED, f"this site answers {', '.join(_ANSWERED)}\n",
            content_type="text/plain; charset=utf-8", headers={"X-Content-Type-Options": "nosniff"},
        )  # fmt: skip

    return wrapped


def clean_questions(answer: Answerer) -> Answerer:
    """Take out of an address what no record holds, and refuse one that is longer than a question.

    No control character, no half of a pair comes to a page, to the database or into a feed.
    """

    def wrapped(request: HttpRequest) -> HttpResponse:
        length = len(request.META.get("QUERY_STRING", ""))
        if length > LONGEST:
            return page_of_error(
                request, 400,
                f"the question is {length:,} characters long in its address, and more than"
                f" {LONGEST:,} are not looked for; ask a shorter one",
            )  # fmt: skip
        request.path, request.path_info = clean(request.path), clean(request.path_info)
        held = request.GET
        if any(clean(text) != text for name in held for text in (name, *held.getlist(name))):
            request.GET = _cleaned(held)  # type: ignore[assignment]
        return answer(request)

    return wrapped


def _cleaned(held: QueryDict) -> QueryDict:
    cleaned = QueryDict(mutable=True)
    for name in held:
        cleaned.setlist(clean(name), [clean(text) for text in held.getlist(name)])
    cleaned._mutable = False
    return cleaned
