"""Version 1 of the API: its operations, brought together."""

from __future__ import annotations

from mahdar._version import __version__
from mahdar.web.api.archive import router as archive_router
from mahdar.web.api.document import Docs, MahdarAPI
from mahdar.web.api.names import router as names_router
from mahdar.web.api.problems import handle_problems
from mahdar.web.api.questions import router as questions_router

_ABOUT = """The verbatim records of the United Nations in this archive, as data.

Reading needs no key. Lists are paged by cursor: what `next` holds goes back as `cursor`. Answers
have an ETag. Errors are problem+json (RFC 9457). A record is named by its symbol, with a
language and a version where wanted: `S/PV.7050`, `S/PV.7050/ar`, `S/PV.7050/ar@1`."""

api = MahdarAPI(
    title="Mahdar", version=__version__, description=_ABOUT, docs=Docs(), docs_url="/docs",
    urls_namespace="api-v1",
)  # fmt: skip
api.add_router("", archive_router)
api.add_router("", questions_router)
api.add_router("", names_router)
handle_problems(api)
