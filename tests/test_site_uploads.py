"""Giving a file to the site: who may, what is taken, what is seen, and how it comes in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mahdar import publish
from mahdar.specimens.build import specimen
from mahdar.web.incoming import add_upload, drawing_path, file_of, read_upload
from mahdar.web.models import Upload
from mahdar.web.opened import archive
from mahdar.web.options import site_options
from mahdar.web.users import add_user
from tests.archives import printed_as
from tests.site import PASSWORD, page, reader, streamed

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture(autouse=True)
def leave_no_record() -> Iterator[None]:
    """Remove what a test added: other tests read the same archive."""
    yield
    for entry in archive().entries("S/PV.88"):
        archive().remove(entry.key)
    archive().indexes.catch_up()


def signed_in(name: str, *, editor: bool) -> Client:
    User.objects.filter(username=name).delete()
    add_user(name, PASSWORD, editor=editor)
    client = reader()
    client.post("/sign-in", {"name": name, "password": PASSWORD})
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in("editor", editor=True)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return publish(printed_as(specimen("ar"), 88001), "pdf")[".pdf"]


def give(client: Client, data: bytes, name: str = "record.pdf") -> Upload | None:
    """Give a file as the form does; return what the site keeps of it."""
    answer = client.post("/uploads", {"file": SimpleUploadedFile(name, data)})
    if answer.status_code != 302:
        assert answer.status_code == 400
        return None
    return Upload.objects.get(pk=int(answer["Location"].rpartition("/")[2]))


def test_only_editors_give_files(pdf: bytes) -> None:
    assert page("/uploads", client=reader()).answer["Location"] == "/sign-in?next=/uploads"
    client = signed_in("rose", editor=False)
    assert page("/uploads", client=client).status == 403
    answer = client.post("/uploads", {"file": SimpleUploadedFile("record.pdf", pdf)})
    assert answer.status_code == 403
    assert "Add a record" not in page("/", client=client).all("//div[@class='own']/a")


def test_a_file_is_read_looked_at_and_added(editor: Client, pdf: bytes) -> None:
    assert "Add a record" in page("/", client=editor).all("//div[@class='own']/a")
    held = give(editor, pdf)
    assert held is not None
    waiting = page(f"/uploads/{held.pk}", client=editor)
    assert waiting.one("//p[@class='state']").startswith("Waiting to be read")
    assert page("/S/PV.88001").status == 404, "nothing is added before it was looked at"
    read_upload(held)
    seen = page(f"/uploads/{held.pk}", client=editor)
    assert seen.one("//p[@class='state']") == "It was read"
    assert "S/PV.88001" in seen.one("//pre")
    assert held.turns == 18
    pictures = seen.all("//div[@class='drawings']//img/@src")
    assert len(pictures) == held.pages
    drawn = editor.get(pictures[0])
    assert streamed(drawn).startswith(b"\x89PNG")
    # They are for whoever gave the file.
    other = signed_in("other", editor=True)
    assert other.get(pictures[0]).status_code == 404
    assert page(f"/uploads/{held.pk}", client=other).status == 404
    assert page("/S/PV.88001").status == 404
    editor.post(f"/uploads/{held.pk}/add", {"do": "add"})
    held.refresh_from_db()
    assert held.state == "adding"
    add_upload(held)
    assert page(f"/uploads/{held.pk}", client=editor).one("//p[@class='state']") == (
        "Added to the archive"
    )
    record = page("/S/PV.88001/ar?pages=1")
    assert record.one("//div[@class='paper']//h1") == "مجلس الأمن"
    assert record.all("//figure[@class='leaf']"), "the file is kept for the pictures of its pages"
    # The file itself is only ever saved, never shown.
    given = reader().get("/sources/S/PV.88001/ar@1.pdf")
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"MZ\x90\x00\x03", "record.pdf"), (b"<html><script>alert(1)</script>", "record.txt"),
        (b"<?xml version='1.0'?><x/>", "record.docx"), (b"{}", "record.json"),
        (b"\x7fELF\x02\x01\x01\x00", "record"), (b"\xff\xfe\x00x\x00", "record.txt"),
        (b"", "empty.pdf"),
    ],
)  # fmt: skip
def test_other_kinds_of_file_are_refused(editor: Client, data: bytes, name: str) -> None:
    before = Upload.objects.count()
    assert give(editor, data, name) is None
    assert Upload.objects.count() == before


def test_a_file_that_is_too_large_is_refused(
    editor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.web.pages import uploads

    small = type(site_options())(place=site_options().place, largest=1 << 20)
    monkeypatch.setattr(uploads, "site_options", lambda: small)
    answer = editor.post(
        "/uploads", {"file": SimpleUploadedFile("x.pdf", b"%PDF-" + b"x" * (1 << 20))}
    )
    assert answer.status_code == 400
    assert "larger than 1 MiB" in answer.content.decode()


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7 and nothing", b"PK\x03\x04 no archive", "لا محضر هنا".encode()]
)
def test_what_cannot_be_read_is_told(editor: Client, data: bytes) -> None:
    held = give(editor, data)
    assert held is not None
    read_upload(held)
    seen = page(f"/uploads/{held.pk}", client=editor)
    assert seen.one("//p[@class='state']") == "Could not be read"
    assert seen.one("//div[@role='alert']").startswith("It could not be read:")
    assert "Traceback" not in seen.text
    assert editor.post(f"/uploads/{held.pk}/add", {"do": "add"}).status_code == 302
    held.refresh_from_db()
    assert held.state == "failed"
    editor.post(f"/uploads/{held.pk}/add", {"do": "forget"})
    assert not Upload.objects.filter(pk=held.pk).exists()
    assert not file_of(held).exists()


def test_names_of_files_are_only_shown(editor: Client, pdf: bytes) -> None:
    held = give(editor, pdf + b"\n", "../../<script>x</script>.pdf")
    assert held is not None
    assert file_of(held).parent == site_options().folder / "incoming"
    assert file_of(held).stat().st_mode & 0o777 == 0o600
    text = page(f"/uploads/{held.pk}", client=editor).text
    assert "<script>x" not in text
    assert "/.." not in held.name


def test_a_file_that_takes_too_long_is_given_up(
    editor: Client, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mahdar.web import incoming

    held = give(editor, pdf + b"\n\n")
    assert held is not None
    monkeypatch.setattr(incoming, "SECONDS", 0.01)
    read_upload(held)
    assert held.state == "failed"
    assert "longer than" in held.problem


def test_the_pictures_lie_outside_what_is_served(editor: Client, pdf: bytes) -> None:
    held = give(editor, pdf + b"\n\n\n")
    assert held is not None
    assert not str(drawing_path(held, 1)).startswith(str(Path(site_options().folder) / "static"))


def test_word_files_and_texts_are_taken(editor: Client) -> None:
    record = printed_as(specimen("fr"), 88002)
    held = give(editor, publish(record, "docx")[".docx"], "record.docx")
    assert held is not None
    read_upload(held)
    assert (held.state, held.symbol, held.language) == ("read", "S/PV.88002", "fr")
    editor.post(f"/uploads/{held.pk}/add", {"do": "add"})
    held.refresh_from_db()
    add_upload(held)
    assert held.state == "added"
    assert page("/S/PV.88002/fr").one("//article[@id='t9']//h3/b") == "M. Whitfield"
