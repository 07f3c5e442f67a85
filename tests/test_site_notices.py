"""Saved searches: kept, listed, removed; a notice when a new record answers one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from mahdar.specimens.build import specimen
from mahdar.web.models import SavedSearch
from mahdar.web.notices import send_notices
from mahdar.web.opened import archive
from mahdar.web.options import site_options
from mahdar.web.users import add_user
from tests.archives import numbered, write_record
from tests.site import PASSWORD, page, reader

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def rose() -> Client:
    User.objects.filter(username="rose").delete()
    add_user("rose", PASSWORD, mail="rose@example.org")
    client = reader("fr")
    client.post("/sign-in", {"name": "rose", "password": PASSWORD})
    return client


@pytest.fixture
def outbox(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    from django.conf import settings

    monkeypatch.setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
    mail.outbox = []
    return mail.outbox  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def leave_no_record() -> Iterator[None]:
    """Remove what a test added: other tests read the same archive."""
    yield
    for entry in archive().entries("S/PV.77"):
        archive().remove(entry.key)
    archive().indexes.catch_up()


def add(number: int, code: str, tmp_path: Path) -> None:
    """Put the invented meeting into the archive under another symbol."""
    archive().add([write_record(numbered(specimen(code), number), tmp_path / f"{number}.json")])
    archive().indexes.catch_up()


def test_a_search_is_saved_and_removed(rose: Client) -> None:
    found = page("/search?q=phare", client=rose)
    assert "Enregistrer cette recherche" in found.all("//button")
    rose.post("/saved/new", {"query": "phare"})
    rose.post("/saved/new", {"query": "phare"})
    shown = page("/saved", client=rose)
    assert shown.all("//ul[@class='searches']/li/a") == ["phare"]
    pk = SavedSearch.objects.get(owner__username="rose").pk
    # Nobody else's.
    User.objects.filter(username="paul").delete()
    add_user("paul", PASSWORD)
    paul = reader()
    paul.post("/sign-in", {"name": "paul", "password": PASSWORD})
    assert paul.post(f"/saved/{pk}", {"do": "remove"}).status_code == 404
    rose.post(f"/saved/{pk}", {"do": "quiet"})
    assert not SavedSearch.objects.get(pk=pk).by_mail
    rose.post(f"/saved/{pk}", {"do": "remove"})
    assert not SavedSearch.objects.filter(pk=pk).exists()
    assert rose.post("/saved/new", {"query": "(("}).status_code == 400


def test_a_new_record_that_answers_is_told_once(
    rose: Client, outbox: list[mail.EmailMessage], tmp_path: Path
) -> None:
    rose.post("/saved/new", {"query": '"Jordan has a coast"'})
    rose.post("/saved/new", {"query": "nosuchwordanywhere"})
    send_notices()
    assert not outbox, "what was there before is no news"
    add(77001, "en", tmp_path)
    assert send_notices() == 1
    assert send_notices() == 0
    (message,) = outbox
    assert message.to == ["rose@example.org"]
    assert message.subject == 'Mahdar : du nouveau dans « "Jordan has a coast" »'
    assert "S/PV.77001" in message.body
    assert "Mr. Al-Khatib (Jordan)" in message.body
    assert "/S/PV.77001/en@1#t8p1" in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stops = re.findall(r"http://127.0.0.1:8000(/saved/stop/\S+)", str(message.body))
    (stop,) = set(stops)
    # Looking at the page ends nothing, for programs look at pages too.
    assert page(stop).status == 200
    assert SavedSearch.objects.get(query='"Jordan has a coast"').by_mail
    assert reader(enforce_csrf_checks=True).post(stop).status_code == 200
    assert not SavedSearch.objects.get(query='"Jordan has a coast"').by_mail
    assert page("/saved/stop/forged:token").status == 404
    add(77002, "en", tmp_path)
    assert send_notices() == 0


def test_a_name_with_line_ends_forges_no_header(
    rose: Client, outbox: list[mail.EmailMessage], tmp_path: Path
) -> None:
    rose.post("/saved/new", {"query": "lamp", "name": "x\r\nBcc: all@example.org"})
    add(77003, "en", tmp_path)
    assert send_notices() == 1
    (message,) = outbox
    assert "\n" not in message.subject
    assert message.recipients() == ["rose@example.org"]
    assert "Bcc" not in dict(message.message().items())


def test_without_a_mail_server_notices_are_files(rose: Client, tmp_path: Path) -> None:
    rose.post("/saved/new", {"query": "harbour"})
    add(77004, "en", tmp_path)
    assert send_notices() >= 1
    written = sorted(Path(site_options().folder / "mail").glob("*.log"))
    assert "S/PV.77004" in written[-1].read_text(encoding="utf-8")
    assert "rose@example.org" in page("/saved", client=rose).text
