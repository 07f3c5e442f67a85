"""What keeps the site safe: headers on every answer, forms, sign-in, settings for deployment."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import User

from mahdar.errors import ArchiveError
from mahdar.web.options import site_options
from mahdar.web.users import add_user, change_password, remove_user, users
from tests.site import KEY, PASSWORD, page, reader

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def somebody() -> str:
    User.objects.filter(username="somebody").delete()
    add_user("somebody", PASSWORD, mail="somebody@example.org")
    return "somebody"


@pytest.mark.parametrize(
    "address", ["/", f"/{KEY}", "/nowhere", "/search?q=((", "/api/v2/records", "/api/v2/nothing",
                "/records.csv", f"/{KEY}.pdf", "/sign-in", "/saved", "/static/mahdar/site.css"],
)  # fmt: skip
def test_headers_of_every_answer(address: str) -> None:
    answer = reader().get(address)
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Server" not in answer


def test_pages_for_readers_set_no_cookie() -> None:
    for address in ("/", f"/{KEY}", "/search?q=lamp", "/api/v2/records"):
        assert not reader().get(address).cookies


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "\"><svg onload=alert(1)>", "{{7*7}}", "' OR 1=1 --",
              "\x00\x01", "../../etc/passwd", "%s%n", "\u202e\u0000", "a" * 5000],
)  # fmt: skip
def test_what_is_typed_is_only_ever_shown(typed: str) -> None:
    asked = quote(typed)
    for address in (f"/search?q={asked}", f"/search?f={asked}", f"/concordance?word={asked}",
                    f"/pictures?q={asked}", f"/people?name={asked}", f"/records?symbol={asked}",
                    f"/documents?symbol={asked}", f"/{asked}", f"/cite/{asked}", f"/topics/{asked}",
                    f"/people/{asked}", f"/documents/{asked}", f"/language/{asked}",
                    f"/sign-in?next={asked}", f"/{KEY}?beside={asked}", f"/search?page={asked}",
                    f"/records?before={asked}&year={asked}"):  # fmt: skip
        answer = reader().get(address)
        assert answer.status_code < 500, address
        text = answer.content.decode(errors="replace")
        assert "<script>alert" not in text
        assert "<svg onload" not in text
        assert "Traceback" not in text


def test_a_post_needs_a_form_of_the_site(somebody: str) -> None:
    client = reader(enforce_csrf_checks=True)
    assert client.post("/sign-in", {"name": somebody, "password": PASSWORD}).status_code == 403
    for address in ("/sign-out", "/saved/new", "/saved/1", "/uploads", "/uploads/1/add"):
        assert client.post(address).status_code == 403, address


def test_signing_in_and_out(somebody: str) -> None:
    client = reader()
    assert page("/saved", client=client).answer["Location"] == "/sign-in?next=/saved"
    wrong = client.post("/sign-in", {"name": somebody, "password": "not it"})
    assert wrong.status_code == 403
    before = client.cookies.get("session")
    right = client.post("/sign-in", {"name": somebody, "password": PASSWORD, "next": "/saved"})
    assert (right.status_code, right["Location"]) == (302, "/saved")
    cookie = client.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert before is None or before.value != cookie.value
    assert page("/saved", client=client).status == 200
    assert client.get("/sign-out").status_code == 405
    client.post("/sign-out")
    assert page("/saved", client=client).status == 302


def test_signing_in_leads_nowhere_else(somebody: str) -> None:
    for elsewhere in ("https://example.org/", "//example.org", "javascript:alert(1)", "/\\x.org"):
        answer = reader().post(
            "/sign-in", {"name": somebody, "password": PASSWORD, "next": elsewhere}
        )
        assert answer["Location"] == "/"


def test_who_guesses_is_held_back(somebody: str) -> None:
    from mahdar.web.models import FailedTry

    FailedTry.objects.all().delete()
    client = reader(REMOTE_ADDR="203.0.113.5")
    for _ in range(5):
        assert client.post("/sign-in", {"name": somebody, "password": "x"}).status_code == 403
    held = client.post("/sign-in", {"name": somebody, "password": PASSWORD})
    assert held.status_code == 429
    # Other names from the same address are held back after twenty tries.
    FailedTry.objects.all().delete()
    for number in range(20):
        client.post("/sign-in", {"name": f"nobody{number}", "password": "x"})
    assert client.post("/sign-in", {"name": "another", "password": "x"}).status_code == 429
    elsewhere = reader(REMOTE_ADDR="203.0.113.6")
    assert elsewhere.post("/sign-in", {"name": somebody, "password": PASSWORD}).status_code == 302
    # Neither name nor address is kept in clear.
    kept = " ".join(FailedTry.objects.values_list("who", flat=True))
    assert "nobody" not in kept
    assert "203.0" not in kept
    FailedTry.objects.all().delete()


def test_passwords_are_kept_by_argon2_and_must_be_long(somebody: str) -> None:
    assert User.objects.get(username=somebody).password.startswith("argon2$argon2id$")
    for weak in ("short", "123456789012345", "passwordpassword"[:8], "somebody"):
        with pytest.raises(ArchiveError):
            add_user("another", weak)
    with pytest.raises(ArchiveError, match="there is a user of that name"):
        add_user("SOMEBODY", PASSWORD)
    with pytest.raises(ArchiveError):
        add_user("no spaces<>", PASSWORD)
    with pytest.raises(ArchiveError):
        add_user("another", PASSWORD, mail="no address")


def test_changing_the_password_ends_other_sessions(somebody: str) -> None:
    here, elsewhere = reader(), reader()
    for client in (here, elsewhere):
        client.post("/sign-in", {"name": somebody, "password": PASSWORD})
    weak = page("/password", "fr", client=here)
    assert weak.status == 200
    refused = here.post(
        "/password",
        {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"},
    )
    assert refused.status_code == 200
    new = "another lamp on Coco Island"
    done = here.post(
        "/password", {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )
    assert done.status_code == 302
    assert page("/saved", client=here).status == 200
    assert page("/saved", client=elsewhere).status == 302
    # Whoever it belongs to is told, in case it was another.
    told = sorted((site_options().folder / "mail").glob("*.log"))[-1].read_text(encoding="utf-8")
    assert "somebody@example.org" in told
    assert "your password was changed" in told


def test_users_by_command(tmp_path: Path) -> None:
    def user(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "mahdar", "user", *arguments, "--archive", str(tmp_path / "a")],
            input=typed, capture_output=True, text=True, check=False,
        )  # fmt: skip

    assert user("add", "edith", "--editor", typed=f"{PASSWORD}\n").returncode == 0
    assert user("add", "rose", "--mail", "rose@example.org", typed=f"{PASSWORD}\n").returncode == 0
    assert user("list").stdout == "edith  editor\nrose  reader  rose@example.org\n"
    again = user("add", "edith", typed=f"{PASSWORD}\n")
    assert again.returncode == 2
    assert "there is a user of that name" in again.stderr
    weak = user("password", "rose", typed="short\n")
    assert weak.returncode == 2
    assert "Traceback" not in weak.stderr
    assert user("remove", "rose").returncode == 0
    assert user("remove", "rose").returncode == 2
    assert "edith" in user("list", "--format", "json").stdout


def test_functions_about_users() -> None:
    User.objects.filter(username="twin").delete()
    add_user("twin", PASSWORD, editor=True)
    assert [(u.name, u.editor) for u in users() if u.name == "twin"] == [("twin", True)]
    change_password("twin", "yet another lamp at sea")
    remove_user("twin")
    with pytest.raises(ArchiveError, match="no user of that name"):
        remove_user("twin")


def test_the_checks_for_deployment_are_clean(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "mahdar.web.settings",
             "MAHDAR_ARCHIVE": str(tmp_path / "archive"),
             "MAHDAR_ORIGIN": "https://records.example.org", "MAHDAR_PROXY": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no issues" in done.stdout


def test_no_table_is_forgotten() -> None:
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", "web", "archive", verbosity=0)


def test_no_secret_is_in_the_code() -> None:
    root = Path(__file__).parent.parent
    pattern = re.compile(
        r"(?i)(secret_key|password|token)\s*=\s*[\"'](?!no-secret)[^\"'{}]{8,}[\"']"
    )
    for path in sorted((root / "src").rglob("*.py")):
        assert not pattern.search(path.read_text(encoding="utf-8")), path


def test_a_name_that_is_not_ours_is_refused() -> None:
    from django.test import Client

    assert Client(HTTP_HOST="example.org").get("/").status_code == 400


def test_serve_says_what_is_wrong(tmp_path: Path) -> None:
    from mahdar.cli.main import main

    result = CliRunner().invoke(main, ["serve", "--help"])
    assert "--port" in result.output
    done = subprocess.run(
        [sys.executable, "-m", "mahdar", "serve", "--archive", "mysql://x/y"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert "no archive that Mahdar knows" in done.stderr
    wrong = subprocess.run(
        [sys.executable, "-m", "mahdar", "serve", "--archive", str(tmp_path / "a"),
         "--origin", "records.example.org"],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert wrong.returncode == 2
    assert "MAHDAR_ORIGIN" in wrong.stderr


def test_who_reads_a_file_knows_no_password_of_the_site(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.web.children import run_module

    (tmp_path / "tells.py").write_text(
        "import os, pathlib, sys\n"
        "pathlib.Path(sys.argv[1]).write_text('\\n'.join(f'{k}={v}' for k, v in os.environ.items()))\n"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("MAHDAR_MAIL", "smtp://me:open-sesame@host")
    monkeypatch.setenv("MAHDAR_ARCHIVE", "postgresql://me:open-sesame@host/records")
    told = tmp_path / "told"
    assert run_module("tells", str(told), seconds=60) == 0
    assert "open-sesame" not in told.read_text()
    assert "PATH=" in told.read_text()


def test_data_say_what_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    from mahdar.errors import ToolMissing
    from mahdar.web.pages import search

    def missing() -> None:
        raise ToolMissing("the search by meaning needs a package")

    monkeypatch.setattr(search, "searcher", missing)
    answer = reader().get("/search.json?q=lamp&mode=meaning")
    assert (answer.status_code, answer["Content-Type"]) == (501, "application/problem+json")
    shown = page("/search?q=lamp&mode=meaning")
    assert (shown.status, "needs a package" in shown.text) == (200, True)
