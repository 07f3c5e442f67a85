"""The site on PostgreSQL: the same pages, accounts and searches, by its URL."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import lxml.html
import pytest

from tests.archives import new_database
from tests.site import KEY, PASSWORD, serving


@pytest.fixture(scope="module")
def url(postgresql: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with new_database(postgresql, tmp_path_factory.mktemp("indexes")) as url:
        yield url


@pytest.fixture(scope="module")
def address(url: str) -> Iterator[str]:
    with serving(Path("unused"), "--archive", url, "--workers", "2") as address:
        yield address


def get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return bytes(answer.read())


def test_pages_and_data(address: str) -> None:
    assert "مجلس الأمن" in get(f"{address}/{KEY}/ar").decode()
    assert json.loads(get(f"{address}/search.json?q=harbour"))["total"] == 1
    assert json.loads(get(f"{address}/api/v2/votes?record={KEY}/en"))["items"][0]["in_favour"] == 12
    for where in ("/", "/states/CHN", "/people", "/documents", "/topics/sanctions", "/records",
                  "/proceedings/2031", "/concordance?word=lamp", "/pictures?q=lamp"):  # fmt: skip
        assert b"<h1" in get(address + where)


def test_accounts_and_saved_searches(address: str, url: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "mahdar", "user", "add", "paula", "--archive", url],
        input=PASSWORD, text=True, check=True, capture_output=True,
    )  # fmt: skip
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def send(where: str, form: str, **values: str) -> lxml.html.HtmlElement:
        """Fill a form that stands on a page in, and send it."""
        page = lxml.html.fromstring(browser.open(address + form, timeout=30).read())
        token = page.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}).encode()
        request = urllib.request.Request(address + where, data, {"Referer": address + form})
        return lxml.html.fromstring(browser.open(request, timeout=30).read())

    send("/sign-in", "/sign-in", name="paula", password=PASSWORD)
    saved = send("/saved/new", "/search?q=lamp", query="lamp")
    assert saved.xpath("//ul[@class='searches']/li/a/bdi/text()") == ["lamp"]
