"""The pages and the API of a site, asked for one by one."""

from __future__ import annotations

import itertools
import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any
from urllib.parse import quote, urlencode, urljoin, urlsplit

from tools.snapshot.files import Snapshot
from tools.snapshot.house import Got, Site
from tools.snapshot.questions import OPTIONAL, PAGES, QUESTIONS, REQUIRED, WORDS

_LINK = re.compile(r'(?:href|src|hx-get|data-src)="([^"]+)"')
_SKIPPED = re.compile(r"/static/|/sign-in\?|/language/|/saved|/uploads/|//")
_LISTED = re.compile(r"^/(states|organisations|people|topics|documents)/.+?(\.[a-z]+)?$")
_DERIVED = re.compile(r"\?|\.(json|csv|parquet|atom|bib|ris)$")
"""Answers to questions, and pages in another form: fewer are asked for."""
_TOGETHER = 4
_SHARE = 3


def crawl(
    site: Site,
    to: Snapshot,
    *,
    language: str,
    pages: int,
    of_a_kind: int,
    until: float,
) -> None:
    """Follow the links of the site from its first page, breadth first, and keep the pages.

    Args:
        site: that runs.
        to: the snapshot.
        language: of the interface.
        pages: how many at most.
        of_a_kind: how many at most whose addresses differ in numbers and values only.
        until: when to end, by the monotonic clock; this is told, for then two runs may differ.
    """
    searches = [f"/search?{urlencode({'q': q})}" for q in QUESTIONS]
    lines = [f"/concordance?{urlencode({'word': word})}" for word in WORDS]
    waiting = list(dict.fromkeys([*PAGES, *searches, *lines]))
    seen, kinds = set(waiting), Counter[str]()
    asked = 0
    with ThreadPoolExecutor(_TOGETHER) as pool:
        while waiting and asked < pages:
            if time.monotonic() > until:
                print(f"the crawl in {language} was cut after {asked} pages: too slow")
                return
            some, waiting = waiting[:64], waiting[64:]
            some = some[: pages - asked]
            asked += len(some)
            for path, got in zip(
                some, pool.map(lambda p: site.get(p, language), some), strict=True
            ):
                keep_page(to, language, path, got)
                for link in links(got, path, site.origin):
                    kind = kind_of(link)
                    most = of_a_kind // _SHARE if _DERIVED.search(link) else of_a_kind
                    if link not in seen and kinds[kind] < most:
                        kinds[kind] += 1
                        seen.add(link)
                        waiting.append(link)


def keep_page(to: Snapshot, language: str, path: str, got: Got, what: str = "page") -> None:
    """Keep an answer of the site under its language."""
    if what == "page" and not got.form.startswith("text/html"):
        what = "feed" if "atom" in got.form else "download"
    head = "\n".join([str(got.status), *(f"{n}: {v}" for n, v in got.headers.items())])
    to.put(f"{what}-{language}", f"GET {path}", got.body, head=head, form=got.form)


def links(got: Got, path: str, origin: str) -> Iterator[str]:
    """Yield where a page leads within its site, in order, without places within pages."""
    if got.status != 200 or not got.form.startswith("text/html"):
        return
    for found in _LINK.findall(got.body.decode(errors="replace")):
        link = unescape(found)
        if link.startswith(origin):
            link = link[len(origin) :]
        if "://" in link or link.startswith(("#", "mailto:", "data:")):
            continue
        parts = urlsplit(urljoin(path, link))
        whole = quote(parts.path, safe="/()@:,.+-%") + (f"?{parts.query}" if parts.query else "")
        if whole.startswith("/") and not _SKIPPED.search(whole):
            yield whole


def kind_of(path: str) -> str:
    """Return an address without numbers and without values asked for.

    >>> kind_of("/cite/S/PV.99902/en@1/t12p3"), kind_of("/search?q=lamp&f=state%3ACHN")
    ('/cite/S/PV.N/en@N/tNpN', '/search?q=&f=state')
    >>> kind_of("/people/RUS:orlov.json")
    '/people/….json'
    >>> kind_of("/S/PV.99902/en?beside=ar")
    '/S/PV.N/…?beside='
    """
    path, _, query = path.partition("?")
    if query.startswith("beside="):  # dear: each pair of languages is aligned
        path = path.rpartition("/")[0] + "/…"
    path = _LISTED.sub(lambda m: f"/{m[1]}/…{m[2] or ''}", path)
    named = re.sub(r"=(?:(\w+)%3A)?[^&]*", lambda m: f"={m[1] or ''}", query)
    return re.sub(r"\d+", "N", path) + (f"?{named}" if named else "")


def ask_api(site: Site, records: list[str], to: Snapshot, languages: Iterable[str]) -> None:
    """Ask every operation that the API's description lists, with sensible values.

    Args:
        site: that runs.
        records: addresses of records, such as ``S/PV.99902/en``; the first are asked for most.
        to: the snapshot.
        languages: of the interface; all values are tried in the first.
    """
    document = f"{site.api}/openapi.json"
    described = site.get(document)
    first, *others = languages
    keep_page(to, first, document, described, "api")
    paths: list[tuple[str, str]] = []
    for path, operations in json.loads(described.body)["paths"].items():
        if "get" not in operations:
            continue
        asked = list(_asked(path, operations["get"].get("parameters", ()), records))
        if not asked:
            to.put(f"api-{first}", f"GET {path}", b"nothing known to ask it with\n")
        paths += [(first, each) for each in asked]
        paths += [(code, each) for code in others for each in asked[:_SHARE]]
    with ThreadPoolExecutor(_TOGETHER) as pool:
        for (code, path), got in zip(
            paths, pool.map(lambda pair: site.get(pair[1], pair[0]), paths), strict=True
        ):
            keep_page(to, code, path, got, "api")
            following = _following(path, got)
            if following and code == first:
                keep_page(to, code, following, site.get(following, code), "api")


def _asked(path: str, parameters: Iterable[dict[str, Any]], records: list[str]) -> Iterator[str]:
    """Yield addresses of an operation: each value that it must be told, then each it may be."""
    required = [p for p in parameters if p.get("required")]
    names = [p["name"] for p in required]
    known: dict[str, Any] = {**REQUIRED, "record": records, "address": records}
    if names == ["what", "code"]:
        told = [dict(zip(names, values, strict=True)) for values in REQUIRED["what,code"]]
    elif all(name in known for name in names):
        values = itertools.product(*(known[name] for name in names))
        told = [dict(zip(names, each, strict=True)) for each in values]
    else:
        return
    for each in told:
        yield _address(path, each)
    for parameter in parameters:
        if parameter in required:
            continue
        extra = (
            records[:4] if parameter["name"] == "record" else OPTIONAL.get(parameter["name"], ())
        )
        for value in extra:
            yield _address(path, {**told[0], parameter["name"]: value})


def _address(path: str, told: dict[str, str]) -> str:
    rest = {}
    for name, value in told.items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", quote(value, safe="/:@()"))
        else:
            rest[name] = value
    return path + (f"?{urlencode(rest)}" if rest else "")


def _following(path: str, got: Got) -> str | None:
    """Return where the next page of a list is."""
    if got.status != 200 or "json" not in got.form:
        return None
    answer = json.loads(got.body)
    cursor = answer.get("next") if isinstance(answer, dict) else None
    return f"{path}{'&' if '?' in path else '?'}{urlencode({'cursor': cursor})}" if cursor else None
