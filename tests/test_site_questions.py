"""Whatever somebody asks for, the site answers, or says what was expected: never a 500."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404
from lxml import etree

from mahdar.archive.tables import models
from mahdar.web.asked import LONGEST
from mahdar.web.opened import archive
from mahdar.web.users import add_user
from tests.site import KEY, PASSWORD, reader

pytestmark = pytest.mark.usefixtures("site")

# As they stand in an address: controls, what no encoding has, numbers, marks of the query language.
ODD = [
    "%00", "%01", "lamp%0b", "lamp%0bx", "lamp%0c", "%1b%5b2J", "%7f", "%c2%85", "%c2%9b", "%0d%0a",
    "%EF%BF%BE", "a%EF%BF%BFb", "%ED%A0%80", "%FF%FE", "%E2%80%AE", "%F3%A0%80%81", "%EF%B7%90",
    "9" * 40, "-1", "0x10", "1e400", "NaN", "%C2%B2", "%D9%A1", "%2e%2e/%2e%2e", "%", "%25", "%5c",
    "a" * 2000, "a%20" * 500, "(" * 400, "co-op*", "U.S.*", "=co-op*", "%22U.S.%22*", "*", "=*",
    "a-*", "%E5%AE%89%E7%90%86*", "%E5%AE%89*", "]]%3E", "%3Cscript%3E", "state:%01", "symbol:%00",
    "year:" + "9" * 30, "year:1.." + "9" * 30, "lamp NEAR/" + "9" * 20 + " red", "lamp~" + "9" * 20,
]  # fmt: skip
LISTS = ["search", "concordance", "pictures", "records", "states", "organisations", "people",
         "topics", "documents", "proceedings", "latest"]  # fmt: skip
PAGES = ["", "alive", "about", "api", "api/v2/docs", "api/v2/openapi.json", "sign-in", "sign-out",
         "account", "password", "saved", "saved/new", "uploads", "search.bib", "search.csl.json",
         KEY, f"{KEY}/fr", f"{KEY}.json", f"cite/{KEY}/en", f"cite/{KEY}/en.ris",
         "states/FRA", "states/FRA.atom", "topics/sanctions", f"documents/{KEY}",
         "proceedings/2031", "proceedings/2031/SC"]  # fmt: skip
API = ["records", f"records/{KEY}/en", "versions", "schema", "turns", "paragraphs", "mentions",
       "votes", "findings", "exports", "authority/names", "authority/states",
       "authority/organisations", "authority/people", "topics", "search", "concordance",
       "profiles/state/FRA", "proceedings/2031"]  # fmt: skip
ASKED = [
    *(f"/{name}{form}" for name in LISTS for form in ("", ".json")),
    "/search.atom", "/records.atom", "/search.csv", "/concordance.parquet", "/search.ris",
    *(f"/api/v2/{name}" for name in API),
]  # fmt: skip
# Where one thing is asked for, and the rest is passed over if it means nothing.
WHOLE = [
    "/search?q", "/search.atom?q", "/search.json?q", "/search.csl.json?f", "/pictures?q",
    "/concordance?word", "/concordance.json?word", "/concordance?word=lamp&where",
    "/search?q=lamp&page", "/concordance?word=lamp&page", "/search?q=lamp&f",
    "/api/v2/search?q", "/api/v2/concordance?word", "/api/v2/search?q=lamp&cursor",
    "/api/v2/concordance?word=lamp&where", f"/{KEY}?beside", "/sign-in?next",
]  # fmt: skip
# Where what is asked for is part of the path.
PLACES = [
    "/{}", "/{}.pdf", "/{}/en@1", "/states/{}", "/states/{}.atom", "/organisations/{}",
    "/organisations/{}.atom", "/people/{}", "/people/{}.atom", "/topics/{}", "/topics/{}.atom",
    "/documents/{}", "/documents/{}.csv", "/proceedings/{}", "/cite/{}", "/cite/{}/t1.bib",
    "/pages/{}/1.png", f"/pages/{KEY}/{{}}.png", "/sources/{}.pdf", "/language/{}", "/saved/{}",
    "/saved/stop/{}", "/uploads/{}", "/uploads/{}/add", "/uploads/{}/1.png", "/uploads/1/{}.png",
    "/api/v1/{}", "/api/v2/{}", "/api/v2/records/{}", "/api/v2/profiles/person/{}",
    "/api/v2/profiles/{}/x", "/api/v2/proceedings/{}", "/static/{}",
]  # fmt: skip
NAMED = ["q", "word", "page", "cursor", "limit", "where", "language", "order", "sort", "mode", "f",
         "year", "organ", "symbol", "name", "state", "topic", "before", "beside", "next", "address",
         "turn", "form", "kind", "field", "once", "versions", "text"]  # fmt: skip


@pytest.fixture(scope="module")
def asking(site: None) -> Iterator[Client]:
    """Somebody who is signed in, whom an error of the site does not end."""
    User.objects.filter(username="asker").delete()
    add_user("asker", PASSWORD, editor=True)
    client = reader(raise_request_exception=False)
    client.post("/sign-in", {"name": "asker", "password": PASSWORD})
    yield client
    User.objects.filter(username="asker").delete()


def answered(client: Client, address: str) -> str:
    """Return what is wrong with an answer; nothing where it is as it should be."""
    answer = client.get(address)
    if answer.status_code >= 500 and answer.status_code != 501:
        return f"{answer.status_code} {address[:120]}"
    if answer["Content-Type"].startswith("application/atom") and not answer.streaming:
        try:
            etree.fromstring(answer.content)
        except etree.XMLSyntaxError as error:
            return f"{error} {address[:120]}"
    return ""


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_every_question_is_answered(odd: str, asking: Client) -> None:
    asked = "&".join(f"{name}={odd}" for name in NAMED)
    wrong = [answered(asking, f"{address}?{asked}") for address in ASKED]
    wrong += [answered(asking, f"{address}={odd}") for address in WHOLE]
    wrong += [answered(asking, place.format(odd)) for place in PLACES]
    assert [each for each in wrong if each] == []


def test_pages_that_ask_nothing_pass_over_what_they_do_not_know(asking: Client) -> None:
    asked = "&".join(f"{name}={odd}" for name, odd in zip(NAMED, ODD, strict=False))
    assert [wrong for page in PAGES if (wrong := answered(asking, f"/{page}?{asked}"))] == []


def test_every_page_is_asked_so() -> None:
    """A page that is added is added here too."""
    asked = set()
    pages = [f"/{name}" for name in PAGES]
    for address in [*ASKED, *WHOLE, *pages, *(place.format("7") for place in PLACES)]:
        try:
            asked.add(resolve(address.split("?")[0]).route)
        except Resolver404:
            continue

    def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
        for each in resolver.url_patterns:
            if isinstance(each, URLResolver):
                yield from routes(each, before + str(each.pattern))
            elif isinstance(each, URLPattern):
                yield before + str(each.pattern)

    assert sorted(set(routes(get_resolver())) - asked) == ["api/v2/"]


@pytest.mark.parametrize("verb", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PROPFIND", "x"])
def test_an_unknown_verb_is_told_the_known(verb: str) -> None:
    for address in ("/", f"/{KEY}", "/search?q=lamp", "/api/v2/records", "/nowhere", "/sign-in"):
        answer = reader().generic(verb, address, HTTP_X_SECRET="do not echo")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")
        assert b"echo" not in answer.content
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_question_without_end_is_explained() -> None:
    for address in ("/search", "/search.json", "/api/v2/search", "/concordance", f"/{KEY}"):
        answer = reader().get(f"{address}?q={'a' * (LONGEST + 1)}")
        assert answer.status_code == 400
        assert "ask a shorter one" in answer.content.decode()
    assert reader().get(f"/search?{'a=1&' * 101}").status_code == 400


def test_what_no_record_holds_is_taken_out_of_a_question() -> None:
    clean = reader().get("/concordance.json?word=lamp%0bx&where=lamp%00")
    assert (clean.json()["word"], clean.json()["where"]) == ("lamp\ufffdx", "lamp\ufffd")
    plain = reader().get(f"/search.json?q={quote('مصباح lamp 灯')}")
    assert plain.json()["query"] == "مصباح lamp 灯"
    assert b"\x1b" not in reader().get("/nowhere/%1b%5b2J").content


def test_no_record_breaks_a_feed() -> None:
    """An archive may hold what was never cleaned, from before anything was."""
    table = models.Record.objects.using(archive().alias).filter(key=KEY, current=True)
    before = dict(table.values_list("pk", "title"))
    try:
        table.update(title="a\x0bb\x1b]]>&<c>\ufffe\x9b")
        for address in ("/records.atom", "/search.atom"):
            answer = reader().get(address)
            titles = etree.fromstring(answer.content).findall(".//{*}entry/{*}title")
            assert any("a\ufffdb\ufffd]]>&<c>\ufffd\ufffd" in (t.text or "") for t in titles)
    finally:
        for pk, title in before.items():
            models.Record.objects.using(archive().alias).filter(pk=pk).update(title=title)


def test_a_saved_search_is_kept_on_one_clean_line(asking: Client) -> None:
    asking.post("/saved/new", {"query": "lamp\r\n\x00red", "name": "my\r\nBcc: x\x1b"})
    from mahdar.web.models import SavedSearch

    search = SavedSearch.objects.get(owner__username="asker")
    assert (search.query, search.name) == ("lamp \ufffdred", "my Bcc: x\ufffd")
    search.delete()


@override_settings(ALLOWED_HOSTS=["*"])
@pytest.mark.parametrize(
    "header",
    [
        {"HTTP_ACCEPT_LANGUAGE": "\x00" * 9}, {"HTTP_ACCEPT_LANGUAGE": "a" * 9000},
        {"HTTP_IF_NONE_MATCH": '"' * 99}, {"HTTP_IF_MODIFIED_SINCE": "x\xff" * 99},
        {"HTTP_RANGE": "bytes=-" + "9" * 99}, {"HTTP_COOKIE": "interface=\x1b; session=\xff" * 99},
        {"HTTP_ACCEPT_ENCODING": "gzip;q=" + "9" * 400}, {"HTTP_HOST": "x:99999999"},
        {"HTTP_REFERER": "\x00"}, {"HTTP_X_FORWARDED_FOR": "\xff" * 999},
    ],
)  # fmt: skip
def test_headers_may_hold_anything(header: dict[str, str]) -> None:
    client = reader(raise_request_exception=False)
    for address in ("/", f"/{KEY}", "/search.json?q=lamp", "/api/v2/records", "/records.atom"):
        answer = client.get(address, **header)  # type: ignore[arg-type]
        assert answer.status_code < 500, re.sub(r"\s+", " ", f"{address} {header}")
