"""Two versions compared: what differs is told, and only what nobody expected counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.compare_versions import Change, Expected, Page, compare
from tools.snapshot.files import Snapshot
from tools.snapshot.house import Got
from tools.snapshot.site import kind_of, links

ORIGIN = "http://127.0.0.1:8000"


def snapshot(folder: Path, **answers: str) -> Path:
    held = Snapshot(folder)
    for name, text in answers.items():
        held.put("api-en", f"GET /{name}", text.encode(), head="200", form="application/json")
    return folder


def test_what_changes_by_itself_is_no_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = snapshot(tmp_path / "a", one='{"url": "http://127.0.0.1:40111/x", "milliseconds": 3.25}')
    new = snapshot(tmp_path / "b", one='{"url": "http://127.0.0.1:51222/x", "milliseconds": 41}')
    assert compare(old, new, Expected(), 9) == 0
    assert "===" not in capsys.readouterr().out


def test_a_difference_is_shown_line_by_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = snapshot(tmp_path / "a", one='{"turn": 9, "page": 9}', two="{}", gone="{}")
    new = snapshot(tmp_path / "b", one='{"turn": 10, "page": 9}', two="{}", come="{}")
    assert compare(old, new, Expected(), 9) == 3
    out = capsys.readouterr().out
    assert '- "turn": 9,\n+ "turn": 10,' in out
    assert "only before: GET /gone" in out
    assert "only after: GET /come" in out


def test_what_is_expected_is_counted_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = snapshot(tmp_path / "a", one='{"turn": 9, "page": 9}', two="{}", gone="{}")
    new = snapshot(tmp_path / "b", one='{"turn": 10, "page": 9}', two="{}", come="{}")
    expected = Expected(
        change=[Change("from 1", r'"turn": (\d+)', add=1), Change("never there", "xyz", new="")],
        page=[Page("gone", "^GET /gone$", "before"), Page("new", "^GET /come$", "after")],
    )
    assert compare(old, new, expected, 9) == 0
    counts = capsys.readouterr().out.splitlines()
    assert counts[1].split() == ["api-en", "1", "3", "0", "0", "0"]
    assert any("1 times: from 1" in line and "NEVER" not in line for line in counts)
    assert any("never there  (NEVER)" in line for line in counts)


def test_an_expected_change_that_did_not_come_is_told(tmp_path: Path) -> None:
    old = snapshot(tmp_path / "a", one='{"turn": 9}')
    new = snapshot(tmp_path / "b", one='{"turn": 9}')
    assert compare(old, new, Expected(change=[Change("from 1", r'"turn": (\d+)', add=1)]), 9) == 1


def test_a_change_is_made_only_where_it_may_come(tmp_path: Path) -> None:
    old = snapshot(tmp_path / "a", one='{"turn": 9}')
    new = snapshot(tmp_path / "b", one='{"turn": 10}')
    elsewhere = Change("from 1", r'"turn": (\d+)', add=1, kinds=("page-*",))
    assert compare(old, new, Expected(change=[elsewhere]), 9) == 1


def test_all_numbers_of_a_list_are_raised() -> None:
    change = Change("from 1", r'"turns": \[([^]]*)\]', add=1)
    assert change.apply('"turns": [\n  0,\n  9\n ], "page": 3') == (
        '"turns": [\n  1,\n  10\n ], "page": 3',
        1,
    )


def test_links_within_the_site_are_followed() -> None:
    page = (
        f'<a href="{ORIGIN}/S/PV.1/en">1</a> <a href="#t1">2</a> <a href="?page=2&amp;q=a">3</a>'
        '<a href="https://docs.un.org/S/PV.1">4</a> <a href="/sign-in?next=/">5</a>'
        '<img src="/pages/S/PV.1/en@1/1.png"> <link href="/static/mahdar/site.css">'
    )
    got = Got(200, {"Content-Type": "text/html; charset=utf-8"}, page.encode())
    assert list(links(got, "/search?q=a", ORIGIN)) == [
        "/S/PV.1/en", "/search?page=2&q=a", "/pages/S/PV.1/en@1/1.png",
    ]  # fmt: skip


def test_no_links_are_taken_from_what_is_no_page() -> None:
    got = Got(404, {"Content-Type": "text/html"}, b'<a href="/records">')
    assert list(links(got, "/", ORIGIN)) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/states/TCD.json", "/states/….json"),
        ("/documents/S/2031/141", "/documents/…"),
        ("/S/PV.99902/en@1.tei.xml", "/S/PV.N/en@N.tei.xml"),
        ("/records?organ=SC&year=2031", "/records?organ=&year="),
    ],
)
def test_addresses_of_a_kind(path: str, kind: str) -> None:
    assert kind_of(path) == kind
