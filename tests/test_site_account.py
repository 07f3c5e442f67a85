"""Where somebody is signed in, and how to end it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.models import User
from django.test import Client

from mahdar.web.models import FailedTry
from mahdar.web.sessions import browser_of
from mahdar.web.users import add_user
from tests.site import PASSWORD, page, reader

pytestmark = pytest.mark.usefixtures("site")

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/17.5 Mobile/15E148 Safari/604.1"
)
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
    " Chrome/126.0.0.0 Safari/537.36"
)
NAMES = ("helen", "ivan")


@pytest.fixture(autouse=True)
def nobody_else() -> Iterator[None]:
    User.objects.filter(username__in=NAMES).delete()
    FailedTry.objects.all().delete()
    for name in NAMES:
        add_user(name, PASSWORD)
    yield
    User.objects.filter(username__in=NAMES).delete()
    FailedTry.objects.all().delete()


def signed_in(name: str, agent: str) -> Client:
    client = reader(HTTP_USER_AGENT=agent)
    client.post("/sign-in", {"name": name, "password": PASSWORD})
    return client


def rows(client: Client) -> list[str]:
    return [row.partition(" · ")[0] for row in page("/account", client=client).all("//main//li")]


def is_in(client: Client) -> bool:
    return page("/saved", client=client).status == 200


def end(client: Client, mark: str = "", password: str = PASSWORD) -> int:
    return client.post("/account", {"password": password, "end": mark}).status_code


def marks(client: Client) -> dict[str, str]:
    """Return the marks of the buttons that end sessions, by the browser."""
    shown = page("/account", client=client)
    buttons = shown.tree.xpath("//main//li/button")  # type: ignore[union-attr]
    return {button.xpath("string(.//bdi)"): button.get("value") for button in buttons}


def test_only_who_is_signed_in_sees_it() -> None:
    assert page("/account").answer["Location"] == "/sign-in?next=/account"


def test_each_place_is_told_this_one_first_and_nobody_elses() -> None:
    phone, desk = signed_in("helen", SAFARI), signed_in("helen", FIREFOX)
    signed_in("ivan", CHROME)
    assert rows(phone) == ["Safari, iPhone", "Firefox, Linux"]
    assert rows(desk) == ["Firefox, Linux", "Safari, iPhone"]
    here = page("/account", client=desk)
    assert here.all("//main//li[strong]/span/bdi") == ["Firefox, Linux"]
    assert here.one("//main//li[strong]/span").endswith(" UTC")
    # The key of a session, which lets in whoever has it, is not on the page.
    for client in (phone, desk):
        assert client.cookies["session"].value not in here.text


def test_one_place_is_ended() -> None:
    phone, desk, work = (signed_in("helen", each) for each in (SAFARI, FIREFOX, CHROME))
    assert end(work, marks(work)["Safari, iPhone"]) == 200
    assert [is_in(each) for each in (phone, desk, work)] == [False, True, True]
    assert rows(work) == ["Chrome, Windows", "Firefox, Linux"]


def test_all_other_places_are_ended() -> None:
    phone, desk, work = (signed_in("helen", each) for each in (SAFARI, FIREFOX, CHROME))
    other = signed_in("ivan", FIREFOX)
    done = work.post("/account", {"password": PASSWORD, "end": ""})
    assert "2 sessions were ended." in done.content.decode()
    assert [is_in(each) for each in (phone, desk, work, other)] == [False, False, True, True]
    alone = page("/account", client=work)
    assert not alone.all("//main//form//button")
    assert not alone.all("//main//input[@name='password']")


def test_the_password_is_asked_for_again() -> None:
    phone, desk = signed_in("helen", SAFARI), signed_in("helen", FIREFOX)
    assert end(desk, password="not it") == 403
    assert end(desk, password="") == 403
    assert is_in(phone)
    # Who guesses it here is held back as at the door.
    for _ in range(3):
        end(desk, password="not it")
    assert end(desk) == 429
    assert is_in(phone)


def test_nobody_ends_the_sessions_of_others() -> None:
    phone, desk = signed_in("helen", SAFARI), signed_in("helen", FIREFOX)
    mark = marks(desk)["Safari, iPhone"]
    other = signed_in("ivan", CHROME)
    assert end(other, mark) == 200
    assert is_in(phone)
    # Nor, by a mark that is none, more than that one.
    assert end(desk, "0" * 24) == 200
    assert is_in(phone)


def test_a_form_of_the_site_is_needed() -> None:
    client = reader(enforce_csrf_checks=True)
    assert client.post("/account", {"password": PASSWORD}).status_code == 403


@pytest.mark.parametrize(
    ("agent", "told"),
    [
        (FIREFOX, "Firefox, Linux"),
        (SAFARI, "Safari, iPhone"),
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/126.0.0.0", "Edge, Windows"),
        ("", ""),
        ("<script>alert(1)</script>", ""),
        ("curl/8.5.0", "curl"),
    ],
)
def test_browsers_are_known_by_what_they_say(agent: str, told: str) -> None:
    assert browser_of(agent) == told
