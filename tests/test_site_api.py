"""The API: the contract, pages by cursor, what did not change, errors, who may read it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

import mahdar
from mahdar.web.options import SiteOptions, site_options
from tests.site import KEY, reader

pytestmark = pytest.mark.usefixtures("site")


def get(address: str, **headers: Any) -> Any:
    return reader().get(f"/api/v2/{address}", **headers)


def items(address: str) -> list[dict[str, Any]]:
    """Return all items of a list, page by page as its cursors lead."""
    found: list[dict[str, Any]] = []
    join = "&" if "?" in address else "?"
    cursor = ""
    for _ in range(200):
        answer = get(f"{address}{join}cursor={cursor}" if cursor else address)
        assert answer.status_code == 200, answer.content
        body = json.loads(answer.content)
        found += body["items"]
        cursor = body["next"]
        assert ("Link" in answer) == bool(cursor)
        if not cursor:
            return found
        assert answer["Link"].startswith(f"</api/v2/{address.partition('?')[0]}?")
    raise AssertionError("the list does not end")


def test_a_record_is_what_read_prints() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "mahdar", "read", "--format", "json",
         str(site_options().folder / "specimens" / "specimen.fr.pdf")],
        capture_output=True, check=True,
    ).stdout  # fmt: skip
    given = json.loads(get(f"records/{KEY}/fr").content)
    read = json.loads(printed)
    for field in ("symbol", "language", "date", "members", "body", "people", "decisions"):
        assert given[field] == read[field]


@pytest.mark.parametrize(
    ("address", "size", "unique"),
    [
        ("records", 7, "url"),
        ("records?versions=true&symbol=S/PV.9990", 7, "url"),
        (f"turns?record={KEY}/en", 20, "address"),  # 18, one of them in three parts
        (f"paragraphs?record={KEY}/en", 37, "address"),
        (f"mentions?record={KEY}/en", None, None),
        ("votes", 12, None),  # two in each of six languages
        ("authority/people", None, "code"),
    ],
)
def test_lists_are_whole_by_pages_of_any_size(
    address: str, size: int | None, unique: str | None
) -> None:
    whole = items(address + ("&" if "?" in address else "?") + "limit=200")
    if size is not None:
        assert len(whole) == size
    if unique:
        assert len({item[unique] for item in whole}) == len(whole) or unique == "address"
    for limit in (1, 7):
        assert items(address + ("&" if "?" in address else "?") + f"limit={limit}") == whole


def test_turns_and_votes_are_those_of_the_page() -> None:
    turns = items(f"turns?record={KEY}/en")
    fourth = next(turn for turn in turns if turn["turn_number"] == 4)
    assert fourth["label"] == "Ms. Ben Salem (African Union) (spoke in French)"
    assert (fourth["affiliation"], fourth["language"], fourth["interpreted"]) == ("AU", "fr", True)
    assert fourth["address"] == f"{KEY}/en@1#t4"
    votes = items(f"votes?record={KEY}/en")
    assert [(v["in_favour"], v["against"], v["abstaining"]) for v in votes] == [
        (12, 1, 2), (4, 6, 5),
    ]  # fmt: skip
    assert votes[0]["casts"]["JOR"] == "against"
    assert votes[0]["draft"] == "S/2031/150"
    assert len(items("votes?state=JOR&draft=S/2031/150")) == 6


def test_mentions_by_record_and_by_target() -> None:
    by_target = items("mentions?target=S/2031/141")
    assert {item["language"] for item in by_target} == {"ar", "zh", "en", "fr", "ru", "es"}
    assert get("mentions").status_code == 400


def test_search_and_concordance() -> None:
    found = json.loads(get("search?q=harbour").content)
    assert found["total"] == 1
    best = found["items"][0]["passages"][0]
    start, end = best["marks"][0]
    assert best["text"][start:end] == "harbour"
    assert best["cited"] == f"{KEY}, p. 2 (Deputy Secretary-General)"
    lines = json.loads(get("concordance?word=harbour").content)
    assert (lines["hits"], lines["items"][0]["word"]) == (1, "harbour")
    every = items("search?q=kind:turn&limit=50")
    # 20 speeches in each of six languages (a turn of three parts counts thrice), and 11 turns
    # of which one has three parts.
    assert len(every) == 6 * 20 + 13


def test_the_authority() -> None:
    named = json.loads(get("authority/names?name=منظمة المؤتمر الإسلامي").content)["items"]
    assert named[0]["code"] == "OIC"
    states = {s["code"]: s["names"] for s in items("authority/states")}
    assert states["TCD"]["ru"] == "Чад"
    assert {o["code"] for o in items("authority/organisations")} >= {"AU", "OIC"}
    assert len(items("topics")) == 54


def test_profiles_and_the_index() -> None:
    china = json.loads(get("profiles/state/CHN").content)
    assert china["speeches"] == 2  # one in each of two meetings
    every = json.loads(get("profiles/state/CHN?once=no").content)
    assert every["speeches"] == 7  # one of them is there in six languages
    orlov = json.loads(get("profiles/person/RUS:orlov?once=ar").content)
    assert orlov["speeches"] == 2
    assert get("profiles/state/CHN?once=xx").status_code == 422
    index = json.loads(get("proceedings/2031?organ=SC&language=en").content)
    assert {m["symbol"] for m in index["meetings"]} == {KEY, "S/PV.99901"}
    assert get("proceedings/1999").status_code == 404


def test_findings_and_exports() -> None:
    findings = items("findings?record=S/PV.99901")
    assert {f["code"] for f in findings} == {"roster_name_differs", "symbol_malformed"}
    (symbol,) = (f for f in findings if f["code"] == "symbol_malformed")
    assert (symbol["facts"]["printed"], symbol["facts"]["likely"]) == ("S.2031/77", "S/2031/77")
    assert get(f"exports?record={KEY}/zh&form=pdf").content.startswith(b"%PDF")
    assert get(f"exports?record={KEY}/zh&form=doc").status_code == 422


def test_what_did_not_change_is_not_sent_again() -> None:
    for address in ("records", f"turns?record={KEY}", "search?q=lamp", f"records/{KEY}/en"):
        first = get(address)
        again = get(address, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]


def test_any_site_may_read_and_no_cookie_counts() -> None:
    answer = get("records", HTTP_ORIGIN="https://example.org")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    for verb in ("post", "put", "patch", "delete"):
        assert getattr(reader(), verb)("/api/v2/records").status_code == 405


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("turns", 422), (f"turns?record={KEY}&limit=0", 422), (f"turns?record={KEY}&limit=x", 422),
        ("turns?record=S/PV.1", 404), ("records?cursor=nonsense", 400), ("records?cursor=MQ", 400),
        ("search?q=((", 400), ("search", 422), ("concordance?word=a*", 200), ("nothing", 404),
        ("search?q=lamp&cursor=LTE", 400), ("records/%00", 404), ("votes?state=xx", 422),
    ],
)  # fmt: skip
def test_errors_are_problems(address: str, status: int) -> None:
    answer = get(address)
    assert answer.status_code == status
    if status != 200:
        assert answer["Content-Type"] == "application/problem+json"
        told = json.loads(answer.content)
        assert told["status"] == status
        assert told["detail"]
        assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_question_that_is_wrong_is_told_with_its_place() -> None:
    told = json.loads(get("search?q=lamp AND (boat").content)
    assert told["query"] == "lamp AND (boat"
    assert told["at"] == 9


def test_too_many_requests_are_held_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mahdar.web import middleware

    request = reader().get("/api/v2/topics").wsgi_request
    options = SiteOptions(mahdar.open_archive(tmp_path).place, rate=3)
    monkeypatch.setattr(middleware, "site_options", lambda: options)
    limited = middleware.rate_limit(lambda _request: HttpResponse("ok"))
    answers = [limited(request) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert int(answers[-1]["Retry-After"]) >= 1
    assert answers[0]["RateLimit-Limit"] == "3"


def test_the_document_holds_every_operation_and_the_record() -> None:
    document = json.loads(get("openapi.json").content)
    assert document["openapi"].startswith("3.1")
    paths = {path.removeprefix("/api/v2") for path in document["paths"]}
    assert paths >= {
        "/records", "/records/{address}", "/turns", "/paragraphs", "/mentions", "/votes",
        "/findings", "/search", "/concordance", "/authority/names", "/exports",
    }  # fmt: skip
    record = document["components"]["schemas"]["RecordDocument"]
    assert "body" in record["properties"]
    assert "#/$defs" not in json.dumps(document)
    page = reader().get("/api").content.decode()
    for path in document["paths"]:
        assert path in page
