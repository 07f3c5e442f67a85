"""What a newcomer does with the site, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, BrowserContext, Page, expect

from mahdar import publish
from mahdar.specimens.build import specimen
from tests.archives import printed_as
from tests.browser import AXE, browser, chromium_path
from tests.site import KEY, PASSWORD, serving

ROOT = Path(__file__).parent.parent
LANGUAGES = {"ar": "rtl", "zh": "ltr", "en": "ltr", "fr": "ltr", "ru": "ltr", "es": "ltr"}
PAGES = (
    "/", "/about", "/search?q=lamp", "/search?q=((", "/search?q=lamps+at+sea&mode=meaning",
    "/concordance?word=lamp", "/pictures", "/records", "/states", "/states/CHN", "/organisations",
    "/people", "/people/RUS:orlov", "/topics", "/topics/sanctions", "/documents", "/documents/S/2031/150",
    "/proceedings", "/proceedings/2031", f"/{KEY}/en", f"/{KEY}/ar", f"/{KEY}/en@1?pages=1",
    f"/{KEY}/en?beside=ar", "/S/PV.99901", f"/cite/{KEY}/en@1/t4p2", "/sign-in", "/api", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the site's archive."""
    return tmp_path_factory.mktemp("site") / "archive"


@pytest.fixture(scope="module")
def address(archive: Path) -> Iterator[str]:
    """Return the address of a site that `mahdar serve` runs on a new archive."""
    chromium_path()
    with serving(archive) as address:
        _add_user(archive, "edith", "--editor", "--mail", "edith@example.org")
        yield address


def _add_user(archive: Path, *arguments: str) -> None:
    import subprocess
    import sys

    subprocess.run(
        [sys.executable, "-m", "mahdar", "user", "add", *arguments, "--archive", str(archive)],
        input=PASSWORD, text=True, check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


class Reader:
    """Somebody with a browser; what goes wrong in it is kept."""

    def __init__(self, chromium: Browser, address: str, **options: Any) -> None:
        wide = {"width": 1360, "height": 900}
        self.context: BrowserContext = chromium.new_context(
            base_url=address, **{"viewport": wide, "locale": "en", **options}
        )
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page: Page = self.context.new_page()
        self.wrong: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", self._heard)
        self.page.on("request", self._asked)
        self._own = address

    def _heard(self, message: Any) -> None:
        known = "Failed to load resource"  # an answer of 404 that a test asks for
        if message.type in ("error", "warning") and known not in message.text:
            self.wrong.append(message.text)

    def _asked(self, request: Any) -> None:
        if not request.url.startswith((self._own, "blob:", "data:")):
            self.wrong.append(f"asked elsewhere: {request.url}")

    def copied(self) -> str:
        """Return what is in the clipboard."""
        return str(self.page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Reader]:
    held = Reader(chromium, address)
    yield held
    held.context.close()
    assert not held.wrong


def test_from_the_first_page_to_a_citation_in_the_clipboard(reader: Reader) -> None:
    page = reader.page
    page.goto("/")
    page.get_by_role("searchbox").fill("harbour")
    page.get_by_role("button", name="Search", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("1 speech")
    expect(page.locator("mark")).to_have_text("harbour")
    page.get_by_role("link", name="The Deputy Secretary-General").click()
    expect(page).to_have_url(re.compile(rf"/{KEY}/en@1#t2p2$"))
    paragraph = page.locator("#t2p2")
    expect(paragraph).to_be_in_viewport()
    paragraph.hover()
    paragraph.get_by_role("button", name="Cite this paragraph").click()
    cited = f"{KEY}, p. 2 (Deputy Secretary-General), {reader._own}/{KEY}/en@1#t2p2"
    expect(page.locator("#toast")).to_contain_text(cited)
    assert reader.copied() == cited


def test_a_search_is_narrowed_without_loading_the_page_anew(reader: Reader) -> None:
    page = reader.page
    page.goto("/search?q=lamp+language:en")
    page.evaluate("window.same = true")
    page.locator(".facets").get_by_role("link", name="China 1", exact=True).click()
    expect(page.locator(".hit")).to_have_count(1)
    expect(page.locator("#told")).to_contain_text("1 speech")
    assert page.evaluate("window.same") is True
    expect(page).to_have_url(re.compile("f=state%3ACHN"))
    page.get_by_role("link", name="Cite").first.or_(
        page.get_by_role("button", name="Cite").first
    ).click()
    assert reader.copied().startswith(f"{KEY}, p. ")
    page.reload()
    expect(page.locator(".hit")).to_have_count(1)


@pytest.mark.parametrize(
    ("language", "word", "found", "speaker"),
    [("ar", "مصباح", "مصباح", "الرئيسة"), ("zh", "灯塔", "灯塔", "林月女士（中国）")],
)
def test_search_in_arabic_and_chinese(
    chromium: Browser, address: str, language: str, word: str, found: str, speaker: str
) -> None:
    reader = Reader(chromium, address, locale=language)
    page = reader.page
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("dir", LANGUAGES[language])
    page.get_by_role("searchbox").fill(word)
    page.keyboard.press("Enter")
    marks = page.locator(".hit mark")
    expect(marks.first).to_be_visible()
    assert found in marks.first.inner_text() or word[-3:] in marks.first.inner_text()
    link = page.locator(".hit h3 a", has_text=speaker).first
    link.click()
    expect(page.locator(".paper")).to_have_attribute("lang", language)
    expect(page.locator("p:target, article:target")).to_be_in_viewport()
    if language == "ar":
        contents = page.locator(".contents").bounding_box()
        paper = page.locator(".paper").bounding_box()
        assert contents is not None
        assert paper is not None
        assert contents["x"] > paper["x"], "the layout is mirrored"
    reader.context.close()
    assert not reader.wrong


def test_two_languages_side_by_side(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{KEY}/en")
    page.get_by_text("Two languages side by side").click()
    page.locator(".record-head .menu").get_by_role("link", name="Arabic").click()
    expect(page).to_have_url(re.compile("beside=ar"))
    row = page.locator("#b8 .row").nth(1)
    left, right = row.get_by_role("cell").all()
    expect(left).to_contain_text("Jordan has a coast of 26 kilometres")
    expect(right).to_contain_text("٢٦")
    first, second = left.bounding_box(), right.bounding_box()
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    assert first["x"] < second["x"]
    assert right.evaluate("each => getComputedStyle(each).direction") == "rtl"


def test_by_keyboard_alone(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{KEY}/en")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("t")
    assert page.evaluate("!!document.activeElement.closest('.contents')")
    page.locator(".contents a[href='#t4']").press("Enter")
    expect(page.locator("#t4")).to_be_in_viewport()
    for _ in range(2):
        page.keyboard.press("j")
    assert page.evaluate("document.activeElement.id") in ("t5", "t6")
    page.keyboard.press("k")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.matches('p[id]')")
    name = page.evaluate("document.activeElement.id")
    page.keyboard.press("c")
    expect(page.locator("#toast")).to_contain_text("Copied:")
    assert reader.copied().endswith(f"#{name}")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("jk/?")
    expect(page.get_by_role("searchbox")).to_have_value("jk/?")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/search"))


def test_keys_can_be_turned_off(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{KEY}/en")
    page.keyboard.press("?")
    page.get_by_label("Use these keys").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone_nothing_is_cut(chromium: Browser, address: str, language: str) -> None:
    phone = {"width": 360, "height": 740}
    reader = Reader(
        chromium, address, locale=language, viewport=phone, is_mobile=True, has_touch=True
    )
    page = reader.page
    for where in ("/", f"/{KEY}", f"/{KEY}/en?beside=ar", "/search?q=S/2031/150", "/states/CHN",
                  "/concordance?word=lamp", "/proceedings/2031", "/records", "/about"):  # fmt: skip
        page.goto(where)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, where
    page.goto(f"/{KEY}")
    expect(page.locator("#contents")).not_to_have_attribute("open", "")
    page.locator("#contents summary").tap()
    page.locator(".contents a[href='#t6']").tap()
    expect(page.locator("#t6")).to_be_in_viewport()
    reader.context.close()
    assert not reader.wrong


def _english() -> set[str]:
    """Return the words of the interface in English, those left out that Arabic needs not change."""
    path = ROOT / "src" / "mahdar" / "web" / "locale" / "ar" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale="ar")
    return {m.id for m in catalogue if isinstance(m.id, str) and "%" not in m.id and m.id}


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_no_word_of_the_interface_is_left_untranslated(
    chromium: Browser, address: str, language: str
) -> None:
    reader = Reader(chromium, address, locale=language)
    english = _english()
    folder = {"zh": "zh_Hans"}.get(language, language)
    path = ROOT / "src" / "mahdar" / "web" / "locale" / folder / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        alike = {m.id for m in read_po(file, locale=folder) if m.id and m.id == m.string}
    for where in PAGES:
        reader.page.goto(where)
        # Each run of text, attributes that are read out too, in the language of the interface.
        runs = reader.page.evaluate(
            """language => {
              const runs = [];
              const walk = document.createTreeWalker(document.documentElement,
                NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
              for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const element = node.nodeType === 3 ? node.parentElement : node;
                const nearest = element.closest('[lang]');
                if (element.closest('script, bdi') || nearest.lang !== language) continue;
                if (node.nodeType === 3) runs.push(node.data);
                else for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
                  if (node.hasAttribute(name)) runs.push(node.getAttribute(name));
              }
              return runs.map(run => run.replace(/\\s+/g, ' ').trim()).filter(Boolean);
            }""",
            language,
        )
        assert len(runs) > 20
        left = {run for run in runs if run in english and run not in alike}
        assert not left, f"{where}: {left}"
        if language in ("ar", "ru", "zh"):
            # And no other run of Latin words, but for codes, names of forms, symbols, addresses.
            known = re.compile(r"(PDF|Word|HTML|Akoma Ntoso|TEI|JSON|CSV|Parquet|DOCX|BibTeX|MiB|API"
                               r"|Mahdar|UTF-8|S/PV\.\d+|A/64/PV\.121|[A-Z0-9/().:_-]+|[a-z]{2})")  # fmt: skip
            for run in runs:
                rest = known.sub("", run)
                assert not re.search(r"[A-Za-z]{4,}", rest), f"{where}: {run}"
    reader.context.close()


@pytest.mark.parametrize(
    ("language", "scheme", "rules"),
    [
        ("en", "light", ""),
        # From right to left the colours are the same, in the dark all but the colours is.
        ("ar", "light", ", rules: {'color-contrast': {enabled: false}}"),
        ("ar", "dark", ", runOnly: ['color-contrast']"),
    ],
    ids=["en-light", "ar-light", "ar-dark"],
)
def test_axe_finds_nothing(
    chromium: Browser, address: str, language: str, scheme: Any, rules: str
) -> None:
    reader = Reader(chromium, address, locale=language, color_scheme=scheme)
    axe = AXE.read_text(encoding="utf-8")
    for where in PAGES if scheme == "light" else PAGES[::2]:
        reader.page.goto(where)
        reader.page.evaluate(axe)
        found = reader.page.evaluate(f"axe.run(document, {{resultTypes: ['violations']{rules}}})")
        told = [
            f"{where}: {violation['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]
        assert not told, "\n".join(told[:3])
    reader.context.close()


def test_axe_finds_nothing_where_one_is_signed_in(chromium: Browser, address: str) -> None:
    reader = Reader(chromium, address)
    _sign_in(reader)
    axe = AXE.read_text(encoding="utf-8")
    for where in ("/saved", "/account", "/password", "/uploads", "/search?q=lamp"):
        reader.page.goto(where)
        reader.page.evaluate(axe)
        found = reader.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert not [(v["id"], [n["html"] for n in v["nodes"]]) for v in found["violations"]]
    reader.context.close()


def _sign_in(reader: Reader) -> None:
    page = reader.page
    page.goto("/sign-in?next=/uploads")
    page.get_by_label("Name").fill("edith")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Add a record")).to_be_visible()


def test_a_password_can_be_looked_at_and_weighed(chromium: Browser, address: str) -> None:
    reader = Reader(chromium, address)
    page = reader.page
    page.goto("/sign-in")
    box = page.locator("#password")
    box.fill("a lamp")
    show = page.get_by_role("button", name="Show")
    expect(show).to_have_attribute("aria-pressed", "false")
    show.click()
    expect(box).to_have_attribute("type", "text")
    expect(show).to_have_attribute("aria-pressed", "true")
    show.click()
    expect(box).to_have_attribute("type", "password")
    _sign_in(reader)
    page.goto("/password")
    meter, new = page.locator("#strength meter"), page.locator("#new1")
    for typed, worth in (("short", 0), ("aaaaaaaaaaaaaaaaaaaaaaaa", 0), ("a lamp on Coco", 1),
                         ("a lamp on Coco Island", 3), ("seven lamps, two boats, one sea", 4)):  # fmt: skip
        new.fill(typed)
        assert meter.evaluate("meter => meter.value") == worth, typed
    reader.context.close()
    assert not reader.wrong


def test_an_editor_drops_a_file_and_watches_it_being_read(
    reader: Reader, archive: Path, tmp_path: Path
) -> None:
    file = tmp_path / "record.pdf"
    file.write_bytes(publish(printed_as(specimen("ar"), 88101), "pdf")[".pdf"])
    _sign_in(reader)
    page = reader.page
    page.goto("/search?q=الأردن")
    page.get_by_role("button", name="Save this search").click()
    expect(page.locator(".searches li")).to_contain_text("الأردن")
    page.goto("/uploads")
    data = page.evaluate_handle(
        """bytes => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(bytes)], 'record.pdf', {type: 'application/pdf'}));
          return data;
        }""",
        list(file.read_bytes()),
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": data})
    expect(page.locator(".state")).to_have_text("It was read", timeout=60_000)
    expect(page.locator("pre.summary")).to_contain_text("S/PV.88101")
    picture = page.locator(".drawings img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("each => each.naturalWidth") > 300
    page.get_by_role("button", name="Add it to the archive").click()
    page.get_by_role("link", name="Read the record").click()
    expect(page.locator("#t9 h3")).to_contain_text("السيد ويتفيلد")
    # The housekeeper brings the index into step: it is found.
    page.goto("/search?q=symbol:S/PV.88101")
    for _ in range(40):
        if page.locator(".hit").count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(page.locator(".hit").first).to_be_visible()
    # And whoever saved a search that it answers gets a notice.
    for _ in range(40):
        mails = [mail.read_text(encoding="utf-8") for mail in (archive / "web/mail").glob("*.log")]
        if mails:
            break
        page.wait_for_timeout(500)
    assert "S/PV.88101" in mails[-1]
    assert "edith@example.org" in mails[-1]


def test_without_scripts_everything_is_there(chromium: Browser, address: str) -> None:
    reader = Reader(chromium, address, java_script_enabled=False)
    page = reader.page
    page.goto("/")
    page.locator("#q").fill("lamp")
    page.locator("main button").click()
    expect(page.locator(".hit").first).to_be_visible()
    page.locator(".facets a", has_text="China").first.click()
    expect(page.locator(".facets a.on")).to_contain_text("China")
    page.locator(".hit a.cite").first.click()
    expect(page.locator("h1")).to_have_text("Cite")
    page.goto(f"/{KEY}/en")
    page.locator(".contents a[href='#t6']").click()
    expect(page.locator("#t6")).to_be_in_viewport()
    reader.context.close()


def test_light_and_dark_are_kept(reader: Reader) -> None:
    page = reader.page
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(ground)
    page.get_by_role("button", name="Light or dark").click()
    after = page.evaluate(ground)
    assert before != after
    page.goto(f"/{KEY}/en")
    assert page.evaluate(ground) == after


def test_on_paper_a_record_has_the_look_of_the_official_one(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{KEY}/en")
    page.emulate_media(media="print")
    for hidden in (".top", ".contents", ".record-head", ".bottom", ".about >> nth=0"):
        expect(page.locator(hidden)).not_to_be_visible()
    assert page.locator(".meeting").evaluate("each => getComputedStyle(each).columnCount") == "2"
    assert page.locator("#t4 h3 b").evaluate("each => getComputedStyle(each).fontWeight") == "700"
    assert page.locator(".act").first.evaluate("each => getComputedStyle(each).fontStyle") == (
        "italic"
    )
    assert page.pdf().startswith(b"%PDF")


def test_the_source_lights_up_with_its_words(reader: Reader) -> None:
    page = reader.page
    page.goto(f"/{KEY}/en@1?pages=1")
    page.locator("#t4p2").hover()
    expect(page.locator("rect[data-of='t4p2']").first).to_have_class("lit")
    # On a wide screen only the page that is read is shown, and stays in view.
    page.set_viewport_size({"width": 1800, "height": 900})
    page.goto(f"/{KEY}/en@1?pages=1#t18")
    page.reload()
    expect(page.locator("figure.leaf.now")).to_have_count(1)
    expect(page.locator("figure.leaf.now")).to_be_in_viewport()
    last = page.locator("figure.leaf.now").get_attribute("data-page")
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("figure.leaf.now")).to_have_attribute("data-page", "1")
    assert last != "1"
    image = page.locator("figure.leaf.now image")
    assert image.evaluate("each => each.getBoundingClientRect().width") > 200
