"""Version 2 of the API, which speaks format 2: its operations, brought together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from mahdar._version import __version__
from mahdar.web.api.archive import router as archive_router
from mahdar.web.api.document import Docs, MahdarAPI
from mahdar.web.api.names import router as names_router
from mahdar.web.api.problems import handle_problems, problem
from mahdar.web.api.questions import router as questions_router

_ABOUT = """The verbatim records of the United Nations in this archive, as data.

Reading needs no key. Lists are paged by cursor: what `next` holds goes back as `cursor`. Answers
have an ETag. Errors are problem+json (RFC 9457). A record is named by its symbol, with a
language and a version where wanted: `S/PV.7050`, `S/PV.7050/ar`, `S/PV.7050/ar@1`. Turns,
paragraphs, parts and votes count from 1, as addresses do (`S/PV.7050/ar@1#t12p3`)."""

api = MahdarAPI(
    title="Mahdar", version=__version__, description=_ABOUT, docs=Docs(), docs_url="/docs",
    urls_namespace="api-v2",
)  # fmt: skip
api.add_router("", archive_router)
api.add_router("", questions_router)
api.add_router("", names_router)
handle_problems(api)


def gone(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for version 1, whose numbers counted from 0 here and from 1 there: it has ended."""
    del request
    return problem(
        410, f"version 1 of the API has ended: ask /api/v2/{rest[:200]}, where turns and paragraphs"
        " count from 1 under the names turn_number and paragraph_number",
    )  # fmt: skip
