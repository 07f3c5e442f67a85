"""The pages of the site: what stands on them, in which language, and their data beside them."""

from __future__ import annotations

import csv
import io
import json
import re
from urllib.parse import quote

import lxml.etree
import msgspec
import pytest
from pyarrow import parquet

from mahdar.archive.tables import models
from mahdar.web.opened import archive
from mahdar.web.pages import profiles
from tests.site import KEY, page, reader

pytestmark = pytest.mark.usefixtures("site")

PAGES = (
    "/", "/about", "/search", "/search?q=lamp", "/search?q=lamp&sort=newest&page=1",
    "/search?q=((", "/search?q=nosuchwordanywhere", "/search?f=state:CHN", "/concordance",
    "/concordance?word=lamp", "/concordance?word=مصباح", "/pictures", "/pictures?q=lamp&by=speaker",
    "/records", "/records?organ=SC&year=2031", "/states", "/states/CHN", "/organisations",
    "/organisations/AU", "/people", "/people?name=Orlov", "/topics", "/topics/sanctions",
    "/documents", "/documents?kind=resolution", "/documents/S/2031/150", "/documents/S/2031/141",
    "/proceedings", "/proceedings/2031", "/proceedings/2031/SC", f"/{KEY}", f"/{KEY}/ar",
    f"/{KEY}/zh@1", f"/{KEY}/en@1?pages=1", f"/{KEY}/en?beside=ar", "/S/PV.99901",
    f"/cite/{KEY}/en@1", f"/cite/{KEY}/en@1/t4p2", f"/cite/{KEY}/en@1/s2", "/sign-in", "/api",
)  # fmt: skip
LANGUAGES = {"ar": "rtl", "zh": "ltr", "en": "ltr", "fr": "ltr", "ru": "ltr", "es": "ltr"}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_answers_in_every_language(address: str) -> None:
    for code, direction in LANGUAGES.items():
        found = page(address, code)
        assert found.status == 200
        assert found.tree is not None
        assert (found.tree.get("lang"), found.tree.get("dir")) == (code, direction)
        assert found.answer["Content-Language"] == code
        assert len(found.all("//h1")) == 1
        assert found.all("//title")[0]
        assert len(found.all("//main")) == 1
        names = found.all("//*[@id]/@id")
        assert len(names) == len(set(names)), "a name is there twice"


@pytest.mark.parametrize("address", PAGES)
def test_nothing_in_a_page_is_active_but_the_files_of_the_site(address: str) -> None:
    found = page(address)
    assert not found.all("//script[not(@src)]/text()")
    assert not found.all("//style/text()")
    assert not found.all("//@style")
    assert not [name for name in re.findall(r"\s(on\w+)=", found.text) if name != "on"]
    for source in found.all("//script/@src | //link[@rel='stylesheet']/@href | //img/@src"):
        assert source.startswith("/")


def test_the_language_is_kept_when_it_is_chosen() -> None:
    client = reader("fr")
    gone = client.get(f"/language/zh?next=/{KEY}")
    assert (gone.status_code, gone["Location"]) == (302, f"/{KEY}")
    assert page("/", client=client).answer["Content-Language"] == "zh"
    assert client.get("/language/zh?next=https://example.org/")["Location"] == "/"
    assert client.get("/language/xx?next=/")["Location"] == "/"
    assert page("/", client=client).answer["Content-Language"] == "zh"


def test_interface_and_record_have_languages_of_their_own() -> None:
    found = page(f"/{KEY}/ar", "fr")
    assert found.one("//h2[@id='contents-title']") == "Sommaire"
    (paper,) = found.tree.xpath("//div[@class='paper']")  # type: ignore[union-attr]
    assert (paper.get("lang"), paper.get("dir")) == ("ar", "rtl")
    # Where an address names no language the record comes in that of the interface.
    (paper,) = page(f"/{KEY}", "ru").tree.xpath("//div[@class='paper']")  # type: ignore[union-attr]
    assert paper.get("lang") == "ru"


def test_the_first_page_tells_what_is_in_the_archive() -> None:
    found = page("/")
    # The invented meeting in six languages, and the one of eleven turns: 6 times 18 and 11.
    assert found.all("//dl[@class='totals']//dd")[:2] == ["7", "119"]
    assert found.all("//ul[@class='meetings']/li/a") == [KEY, "S/PV.99901"]
    assert found.one("(//ul[@class='meetings']/li)[1]/span[@class='title']") == (
        "Lighthouses and the safety of small boats"
    )
    assert found.all("//figure//tbody//tr/*") == ["2031", "2"]


def test_numbers_and_dates_as_the_language_writes_them() -> None:
    # The record is in English, so that its own dates are no help.
    dates = {
        "ar": "٤ حزيران/يونيه ٢٠٣١", "zh": "2031年6月4日", "fr": "4 juin 2031", "en": "4 June 2031",
        "ru": "4 июня 2031 года", "es": "4 de junio de 2031",
    }  # fmt: skip
    for code, date in dates.items():
        assert page(f"/{KEY}/en", code).one("//p[@class='name']/span[1]") == date
    totals = {"ar": "١١٩", "fr": "119"}
    for code, count in totals.items():
        assert page("/", code).all("//dl[@class='totals']//dd")[1] == count


def test_time_runs_as_the_language_is_read() -> None:
    from django.utils.translation import override

    from mahdar.web.pictures import Series, timeline

    places = {}
    for code in ("en", "ar"):
        with override(code):
            drawn = timeline([Series("SC", "x", {2001: 1, 2002: 3})], "y")
        assert drawn is not None
        places[code] = [float(x) for x in re.findall(r'<rect [^>]*x="([\d.]+)"', drawn.svg)]
        highs = [float(high) for high in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn.svg)]
        assert highs[1] == pytest.approx(3 * highs[0], abs=0.2)
    assert places["en"][0] < places["en"][1]
    assert places["ar"][0] > places["ar"][1]


def test_the_records_come_in_pages_the_latest_first() -> None:
    from mahdar.web.meetings import meetings

    first, following = meetings("en", size=1)
    assert [m.key for m in first] == [KEY]
    assert first[0].languages == ("ar", "en", "es", "fr", "ru", "zh")
    rest, end = meetings("en", size=1, before=following)
    assert [m.key for m in rest] == ["S/PV.99901"]
    assert end is None


def test_a_search_marks_what_it_found_and_narrows() -> None:
    found = page("/search?q=lamp+language:en&sort=oldest")
    # "lamp" and "lamps" stand in what the President says first, and in five other turns.
    assert "lamp" in {mark.casefold() for mark in found.all("//li[@class='hit']//mark")}
    assert "lamps" in {mark.casefold() for mark in found.all("//li[@class='hit']//mark")}
    speakers = found.all("//li[@class='hit']/h3")
    assert "Ms. Lin Yue (China) (spoke in Chinese)" in speakers
    assert "Mr. Al-Khatib (Jordan) (spoke in Arabic)" not in speakers
    narrowed = page("/search?q=lamp+language:en&f=state:CHN")
    assert narrowed.all("//li[@class='hit']/h3") == ["Ms. Lin Yue (China) (spoke in Chinese)"]
    assert "China 1" in " ".join(narrowed.all("//a[@aria-current='true' and @class='on']"))


@pytest.mark.parametrize(
    ("language", "word", "speaker"),
    [("ar", "الأردن", "السيد الخطيب (الأردن)"), ("zh", "灯塔", "林月女士（中国）")],
)
def test_search_in_arabic_and_chinese(language: str, word: str, speaker: str) -> None:
    found = page(f"/search?q={quote(word)}", language)
    assert speaker in found.all("//li[@class='hit']/h3")
    for passage in found.tree.xpath("//p[@class='passage']/span[1]"):  # type: ignore[union-attr]
        assert passage.get("lang") == language


def test_a_name_or_symbol_leads_to_its_page() -> None:
    assert page("/search?q=中国", "fr").all("//ul[contains(@class,'pointers')]//a") == ["Chine"]
    pointed = page("/search?q=s/pv.99902").all("//ul[contains(@class,'pointers')]//a")
    assert pointed[0] == KEY
    assert page("/search?q=S/2031/150").all("//ul[contains(@class,'pointers')]//a/@href") == [
        "/documents/S/2031/150"
    ]
    assert not page("/search?q=lamp").all("//ul[contains(@class,'pointers')]")


def test_what_was_found_for_other_programs() -> None:
    assert reader().get("/search.bib?q=harbour").content.decode().count("@techreport{") == 1
    # A lamp or lamps: the turns 1, 2, 4, 7, 9, 10 and 17.
    assert reader().get("/search.ris?q=lamp+language:en").content.decode().count("TY  - ") == 7
    (cited,) = json.loads(reader().get("/search.csl.json?q=harbour").content)
    assert cited["page"] == "2"
    assert reader().get("/search.bib?q=((").status_code == 400
    assert "/search.ris?q=lamp" in page("/search?q=lamp").all("//footer//a/@href")


def test_a_question_that_cannot_be_understood_is_explained() -> None:
    found = page("/search?q=" + quote("lamp AND (boat"))
    assert found.status == 200
    assert "The question cannot be understood" in found.one("//div[@role='alert']/p[1]")
    answer = reader().get("/search.json?q=" + quote("lamp AND (boat"))
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_the_concordance_stands_around_the_word() -> None:
    found = page("/concordance?word=harbour")
    assert found.one("//ol[@class='kwic']//b") == "harbour"
    assert found.one("//ol[@class='kwic']//span[@class='left']").endswith("they thank the")
    where = found.one("//ol[@class='kwic']//a")
    assert where == f"{KEY}, p. 2 (Deputy Secretary-General)"
    assert found.one("//ol[@class='kwic']//a/@href") == f"/{KEY}/en@1#t2p2"


def test_a_state_tells_what_it_said_and_who_names_it() -> None:
    found = page("/states/CHN")
    assert found.one("//h1") == "China"
    # One speech in each of the two meetings: that one of them is there in six languages adds none.
    assert "All 2 speeches" in found.all("//ul[@class='actions']//a")
    # They are shown in the language of the interface where they are there.
    assert found.all("//li[@class='hit']/h3") == [
        "Ms. Lin Yue (China) (spoke in Chinese)", "السيدة لين (الصين) (تكلمت بالصينية)",
    ]  # fmt: skip
    assert page("/states/XXX").status == 404


def test_a_document_tells_where_it_was_before_the_council() -> None:
    before = page("/documents/S/2031/141")
    assert KEY in before.all("//h2[.='On the agenda of']/following-sibling::ul[1]//a")
    voted = page("/documents/S/2031/150").one("//h2[.='Votes']/following-sibling::ul[1]/li")
    assert voted == f"{KEY} 4 June 2031: Adopted 12–1–2 S/RES/2999(2031)"
    assert page("/documents/S/1900/1").status == 404


def test_the_index_to_proceedings_of_a_year() -> None:
    found = page("/proceedings/2031/SC", "es")
    assert found.one("//h1") == "Índice de las actuaciones: Consejo de Seguridad, 2031"
    assert page("/proceedings/1999").status == 404
    assert reader().get("/proceedings/2031/SC.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("address", "least"),
    [
        ("/latest", 2), ("/search{}?q=lamp", 1), ("/concordance{}?word=lamp", 1), ("/records", 2),
        ("/pictures{}?q=lamp", 1), ("/states", 5), ("/states/CHN", 1), ("/organisations", 1),
        ("/people", 5), ("/topics", 54), ("/topics/sanctions", 0), ("/documents", 1),
        ("/proceedings", 1), ("/documents/S/2031/150", 1),
    ],
)  # fmt: skip
def test_each_page_is_also_data(address: str, least: int) -> None:
    of = address if "{}" in address else address + "{}"
    answer = reader().get(of.format(".json"))
    assert answer["Content-Type"] == "application/json"
    assert answer["Access-Control-Allow-Origin"] == "*"
    json.loads(answer.content)
    table = reader().get(of.format(".csv"))
    assert table["Content-Type"] == "text/csv"
    assert "attachment" in table["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert len(rows) >= least
    packed = reader().get(of.format(".parquet"))
    kept = parquet.read_table(io.BytesIO(packed.content))
    assert kept.num_rows == len(rows)
    assert kept.column_names == list(
        csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))).fieldnames or []
    )
    # The page says so at its foot.
    shown = page(of.format("").replace("/latest", "/"))
    assert of.format(".json") in shown.all("//footer//a/@href")


def test_words_are_no_formulas_in_a_spreadsheet() -> None:
    from mahdar.web.answers import as_csv

    request = reader().get("/").wsgi_request
    rows = [{"word": "=HYPERLINK(1)"}, {"word": "+1"}, {"word": "plain"}]
    written = as_csv(request, rows, ["word"], "x").content.decode("utf-8-sig").split("\r\n")
    assert written[1:4] == ["'=HYPERLINK(1)", "'+1", "plain"]


@pytest.mark.parametrize(
    ("address", "entries"),
    [
        ("/records.atom", 2), ("/search.atom?q=harbour", 1), ("/states/CHN.atom", 2),
        ("/organisations/AU.atom", 2), ("/topics/sanctions.atom", 0),
    ],
)  # fmt: skip
def test_feeds_are_atom(address: str, entries: int) -> None:
    answer = reader().get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = lxml.etree.fromstring(answer.content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    assert len(feed.xpath("a:entry", namespaces=space)) == entries
    for needed in ("id", "title", "updated"):
        assert len(feed.xpath(f"a:{needed}", namespaces=space)) == 1
        assert len(feed.xpath(f"a:entry/a:{needed}", namespaces=space)) == entries
    for link in feed.xpath("a:entry/a:link/@href", namespaces=space):
        assert reader().get(str(link).replace("http://localhost", "")).status_code == 200


def test_the_newest_come_first_in_a_feed() -> None:
    feed = lxml.etree.fromstring(reader().get("/states/CHN.atom").content)
    titles = feed.xpath("a:entry/a:title/text()", namespaces={"a": "http://www.w3.org/2005/Atom"})
    assert [title.partition(",")[0].partition(" ")[0] for title in titles] == [KEY, "S/PV.99901"]


def test_a_person_has_a_feed() -> None:
    link = page("/people?name=Orlov").all("//ol[@class='bars']//a/@href")[0]
    assert page(link).one("//h1") == "Orlov"
    assert b"<entry>" in reader().get(f"{link}.atom").content


@pytest.mark.parametrize(
    ("language", "title", "printed"),
    [
        ("en", "Orlov", ["أورلوف", "奥尔洛夫"]),
        ("fr", "Orlov", ["أورلوف", "奥尔洛夫"]),
        ("ar", "أورلوف", ["Orlov", "奥尔洛夫"]),
        ("zh", "奥尔洛夫", ["Orlov", "أورلوف"]),
    ],
)
def test_a_person_is_one_whatever_the_script(language: str, title: str, printed: list[str]) -> None:
    # He speaks once in each of the two meetings; in one of them in six languages.
    counts = set()
    for code in ("RUS:orlov", "RUS:wrlwf", "RUS:aoerluofu"):
        found = page(f"/people/{code}", language)
        assert found.one("//h1") == title
        also = found.all("//h1/following-sibling::p[bdi]/bdi")
        assert sorted(also) == sorted(printed)
        assert len(found.all("//li[@class='hit']")) == 2
        canonical = found.all("//link[@rel='canonical']/@href")
        assert canonical == ["http://localhost/people/RUS:orlov"]
        counts.add(json.loads(reader(language).get(f"/people/{code}.json").content)["speeches"])
    assert counts == {2}
    listed = page("/people", language).all("//ol[@class='bars']//a/bdi")
    assert [name for name in listed if name in ("Orlov", "أورلوف", "奥尔洛夫")] == [title]
    speakers = page("/states/RUS", language)
    assert title in speakers.all("//ol[@class='bars']//a")
    assert not set(printed) & set(speakers.all("//ol[@class='bars']//a"))


def test_one_person_in_two_scripts_makes_no_grid(monkeypatch: pytest.MonkeyPatch) -> None:
    held = dict(models.Person.objects.using(archive().alias).values_list("code", "pk"))

    class Counted:
        def __init__(self, *codes: str) -> None:
            self.codes = codes

        def crossed(self, *_: object) -> list[tuple[str, int, list[tuple[str, int]]]]:
            columns = [("sanctions", 1), ("mediation", 1)]
            return [(str(held[code]), 2, columns) for code in self.codes]

    for codes, lines in (
        (("RUS:orlov", "RUS:wrlwf"), None),
        (("RUS:orlov", "RUS:wrlwf", "CHN:lin-yue"), 2),
    ):
        monkeypatch.setattr(profiles, "searcher", lambda codes=codes: Counted(*codes))
        drawn = profiles.speakers_by(f"of {codes}", "speaker", "topic")
        assert (drawn and len(drawn["rows"])) == lines


def test_a_person_is_named_by_others() -> None:
    # In S/PV.99901 she is invited, given the floor and thanked by the President, thanked by Jordan;
    # in S/PV.99902 invited and given the floor, as the record in English prints it too.
    found = page("/people/AU:nadia-ben-salem")
    assert "named in 6 speeches" in found.all("//ul[@class='actions']//a")
    (all_of_them,) = found.all("//ul[@class='actions']//a[starts-with(., 'named in')]/@href")
    assert len(page(all_of_them).all("//li[@class='hit']")) == 6
    by = "//h2[.='Named by']/following-sibling::ol[1]//a"
    assert found.all(by) == ["Jordan"]


def test_a_search_can_take_each_speech_once() -> None:
    every = page("/search?q=state:RUS+kind:turn")
    assert len(every.all("//li[@class='hit']")) == 7  # six languages of one meeting, and another
    once = "//aside[@class='facets']//a[starts-with(., 'each speech once')]"
    assert every.one(f"{once}/span[@class='count']") == "2"
    (address,) = every.all(f"{once}/@href")
    narrowed = page(address)
    assert len(narrowed.all("//li[@class='hit']")) == 2
    (back,) = narrowed.all(f"{once}/@href")
    assert len(page(back).all("//li[@class='hit']")) == 7
    # Where one language answers there is nothing to choose.
    assert not page("/search?q=harbour").all(once)


def test_names_keep_their_direction_and_data_hold_no_marks_for_it() -> None:
    # Mr. Orlov is one, though one of his two meetings is there in Arabic alone.
    shown = page("/people?name=Orlov", "fr")
    assert shown.all("//ol[@class='bars']//a") == ["Orlov (Fédération de Russie)"]
    assert shown.all("//ol[@class='bars']//span[@class='count']") == ["2"]
    # Mr. Tanaka is printed in Arabic alone.
    shown = page("/people?name=Tanaka", "fr")
    assert "تاناكا (Japon)" in shown.all("//ol[@class='bars']//a")
    assert "تاناكا" in shown.all("//ol[@class='bars']//bdi[@lang='ar']")
    names = [row["name"] for row in json.loads(reader("fr").get("/people.json").content)]
    assert "Orlov (Fédération de Russie)" in names
    assert not any("\u2068" in name for name in names)


def test_how_a_paragraph_is_cited() -> None:
    found = page(f"/cite/{KEY}/en@1/t4p2")
    assert found.all("//dl[@class='citation']//code")[:2] == [
        f"{KEY}, p. 2 (African Union)", f"http://localhost/{KEY}/en@1#t4p2",
    ]  # fmt: skip
    assert b"@" in reader().get(f"/cite/{KEY}/en@1/t4p2.bib").content
    assert b"TY  -" in reader().get(f"/cite/{KEY}/en@1/t4p2.ris").content
    assert json.loads(reader().get(f"/cite/{KEY}/en@1/t4p2.csl.json").content)
    for nowhere in ("t99", "t4p99", "s99"):
        assert page(f"/cite/{KEY}/en@1/{nowhere}").status == 404


def test_addresses_of_records() -> None:
    assert reader().get("/s/pv.99902")["Location"] == f"/{KEY}"
    assert reader().get("/s/pv.99902/ar@1.json")["Location"] == f"/{KEY}/ar@1.json"
    for nowhere in ("/S/PV.1", f"/{KEY}/xx", f"/{KEY}/en@7", "/favicon.ico", "/S/", "/%00"):
        assert page(nowhere).status == 404, nowhere


def test_a_page_that_did_not_change_is_not_sent_again() -> None:
    first = reader().get(f"/{KEY}/en")
    assert reader().get(f"/{KEY}/en", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304
    # In another language of the interface it is another page.
    assert reader("ru").get(f"/{KEY}/en", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        ("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!DOCTYPE html>"), ("txt", b"<!-- mahdar"),
        ("akn.xml", b"<?xml"), ("tei.xml", b"<?xml"), ("json", b"{"), ("csv", b"\xef\xbb\xbf"),
        ("csv.zip", b"PK"), ("parquet.zip", b"PK"),
    ],
)  # fmt: skip
def test_records_in_every_form(ending: str, begins: bytes) -> None:
    answer = reader().get(f"/{KEY}/ar@1.{ending}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    if ending != "json":
        assert "attachment" in answer["Content-Disposition"]
        assert "sandbox" in answer["Content-Security-Policy"]
    again = reader().get(f"/{KEY}/ar@1.{ending}", HTTP_IF_NONE_MATCH=answer["ETag"])
    assert again.status_code == 304


def test_the_json_is_what_read_prints() -> None:
    import mahdar
    from mahdar.web.options import site_options

    read = mahdar.read(site_options().folder / "specimens" / "specimen.ru.pdf")
    given = json.loads(reader().get(f"/{KEY}/ru.json").content)
    assert given["symbol"] == read.symbol
    assert given["body"] == json.loads(msgspec.json.encode(read))["body"]


def test_a_record_that_is_damaged_is_told_of_without_its_inside() -> None:
    from mahdar.archive.models import Record
    from mahdar.web.opened import archive

    held = Record.objects.using(archive().alias).filter(key="S/PV.99901")
    whole = held.get().contents
    held.update(contents=b"\x00")
    try:
        for address in ("/S/PV.99901/ar?pages=0", "/S/PV.99901/ar.json"):
            from mahdar.web.pages import records

            records._rendered._held.clear()
            answer = reader().get(address)
            assert answer.status_code == 503
            assert b"Traceback" not in answer.content
            assert b"damaged" not in answer.content
    finally:
        held.update(contents=whole)


@pytest.mark.parametrize("address", ["/people", "/documents"])
def test_long_lists_come_in_pages(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from mahdar.web.pages import lists

    whole = page(address).all("//ol[@class='bars']/li/a")
    monkeypatch.setattr(lists, "_SIZE", 4)
    lists._kept._held.clear()
    found: list[str] = []
    following = [address]
    while following:
        one = page(following[0])
        rows = one.all("//ol[@class='bars']/li/a")
        assert 0 < len(rows) <= 4
        found += rows
        following = one.all("//nav[@class='pages']//a[@rel='next']/@href")
    lists._kept._held.clear()
    assert len(whole) > 4
    assert sorted(found) == sorted(whole)
