"""The page of a record: what is printed, by whom, in which language; what stands in the margin."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
from pathlib import Path

import msgspec
import pytest

from mahdar.findings import report
from mahdar.languages import load_language
from mahdar.model import Finding, Reading, Span
from mahdar.model.identify import identify_findings
from mahdar.resolving import resolve_record
from mahdar.specimens.build import specimen
from mahdar.web import making
from mahdar.web.opened import archive
from mahdar.web.options import site_options
from mahdar.web.reader import sources
from mahdar.web.reader.body import Shown, render
from mahdar.web.reader.findings import noted
from tests.archives import numbered, write_record
from tests.site import KEY, page, reader, streamed

pytestmark = pytest.mark.usefixtures("site")

# Written down from the printed pages of the invented meeting: who speaks, and where it stands.
SPEAKERS = [
    "The President", "The Deputy Secretary-General", "The President", "Ms. Ben Salem",
    "The President", "Mr. Orlov", "Ms. Lin Yue", "Mr. Al-Khatib", "Mr. Whitfield",
    "The President", "The President", "The President", "The President", "Mr. Dubois",
    "The President", "The President", "Mr. Idriss", "The President",
]  # fmt: skip


def test_the_turns_as_they_are_printed() -> None:
    found = page(f"/{KEY}/en")
    assert found.one("//div[@class='paper']//h1") == "Security Council"
    assert found.all("//article/@id") == [f"t{n}" for n in range(1, 19)]
    assert found.all("//article//h3[@class='label']/b") == SPEAKERS
    assert found.one("//article[@id='t4']//h3") == (
        "Ms. Ben Salem (African Union) (spoke in French):"
    )
    assert found.one("//article[@id='t4']//h3//i") == "spoke in French"
    assert found.one("//article[@id='t4']/p[@id='t4p2']").startswith("We ask for three things:")
    assert found.all("//p[@class='act']")[:2] == [
        "The meeting was called to order at 3.05 p.m.", "The agenda was adopted.",
    ]  # fmt: skip
    assert len(found.all("//article[@id='t10']//p[@id]")) == 6


def test_the_margin_tells_language_interpretation_purpose() -> None:
    found = page(f"/{KEY}/en", "es")
    assert found.all("//article[@id='t4']//ul[@class='about']/li")[:2] == [
        "pronunciado en: francés", "interpretación",
    ]  # fmt: skip
    # English is the language of the record: nothing was interpreted.
    assert len(found.all("//article[@id='t9']//ul[@class='about']/li")) == 1
    assert "Explicación de voto después de la votación" in found.all(
        "//article[@id='t14']//ul[@class='about']/li"
    )


def test_the_contents_lead_to_the_turns_with_their_length() -> None:
    found = page(f"/{KEY}/en", "ar")
    turns = found.all("//nav[@class='contents']//li[@class='turn']/a/@href")
    assert turns == [f"#t{n}" for n in range(1, 19)]
    names = found.all("//nav[@class='contents']//li[@class='turn']/a/span[1]")
    assert names == SPEAKERS
    assert found.one("//nav[@class='contents']//li[@class='turn'][6]//span[@class='body']") == (
        "الاتحاد الروسي"
    )
    lengths = [float(w) for w in found.all("//nav[@class='contents']//li/*/*[@width]/@width")]
    assert len(lengths) == 18
    # The tenth turn is the longest but one, the third ("I thank the speaker…") the shortest but two.
    assert max(lengths) == lengths[0] == 100
    assert sorted(lengths)[-2] == lengths[9]
    assert lengths[2] < 20
    for link in found.all("//nav[@class='contents']//a/@href"):
        assert len(found.all(f"//*[@id='{link[1:]}']")) == 1


def test_votes_as_chart_and_lists() -> None:
    found = page(f"/{KEY}/en")
    assert [
        found.all(f"(//figure[@class='vote'])[{n}]//summary") for n in (1, 2)
    ] == [
        ["In favour 12", "Against 1", "Abstaining 2"], ["In favour 4", "Against 6", "Abstaining 5"],
    ]  # fmt: skip
    against = "(//figure[@class='vote'])[1]//details[@class='against']//a"
    assert found.one(against) == "Jordan"
    assert found.one(f"{against}/@href") == "/states/JOR"
    widths = [float(w) for w in found.all("(//figure[@class='vote'])[1]//*[@width]/@width")]
    assert widths == [480, 40, 80]  # of 600: 12, 1 and 2 of 15


def test_what_is_named_is_a_link() -> None:
    found = page(f"/{KEY}/en")
    assert found.one("//p[@id='t1p5']/a[1]/@href") == "/documents/S/2031/141"
    assert found.one("//p[@id='t1p2']/a[.='Chad']/@href") == "/states/TCD"
    assert found.one("//article[@id='t6']//h3//a[.='Russian Federation']/@href") == "/states/RUS"
    assert found.one("//article[@id='t4']//h3//a[.='African Union']/@href") == "/organisations/AU"
    person = found.one("//article[@id='t6']//h3/b/a/@href")
    assert page(person).one("//h1") == "Orlov"


def test_each_paragraph_has_its_citation() -> None:
    found = page(f"/{KEY}/en@1")
    cited = "//p[@id='{}']/a[@class='cite']/@data-cite"
    # The page is that of the printed PDF; in the tenth turn the President says that she will speak
    # for Costa Rica, does so in two paragraphs, and takes her functions up again.
    assert found.one(cited.format("t4p2")) == f"{KEY}, p. 2 (African Union)"
    assert found.one(cited.format("t1p1")) == f"{KEY}, p. 2 (President)"
    assert [
        found.one(cited.format(f"t10p{number}")).partition(" (")[2] for number in range(1, 7)
    ] == ["President)", "Costa Rica)", "Costa Rica)", "President)", "President)", "President)"]
    assert found.one("//p[@id='t4p2']/a[@class='cite']/@data-to") == f"/{KEY}/en@1#t4p2"
    assert found.one("//p[@id='t4p2']/a[@class='cite']/@href") == f"/cite/{KEY}/en@1/t4p2"
    paragraphs = len(found.all("//article//p[@id]"))
    assert len(found.all("//article//p[@id]/a[@class='cite']")) == paragraphs


def test_places_of_acts_are_those_of_permanent_addresses() -> None:
    found = page(f"/{KEY}/en@1")
    # The agenda is the first; what is printed follows in order, turns counted in between.
    assert found.one("//*[@id='s2']") == "The meeting was called to order at 3.05 p.m."
    assert found.one("//*[@id='s4']") == "The agenda was adopted."
    cited = page(f"/cite/{KEY}/en@1/s4").all("//dl[@class='citation']//code")[1]
    assert cited == f"http://localhost/{KEY}/en@1#s4"


def test_the_pages_of_the_source_stand_beside_the_words() -> None:
    found = page(f"/{KEY}/en@1?pages=1")
    pictures = found.all("//figure[@class='leaf']//*[local-name()='image']/@href")
    assert pictures == [f"/pages/{KEY}/en@1/{n}.png" for n in range(1, len(pictures) + 1)]
    assert len(pictures) >= 3
    assert "t4p2" in found.all("//*[local-name()='rect']/@data-of")
    answer = reader().get(pictures[1])
    assert answer["Content-Type"] == "image/png"
    assert streamed(answer).startswith(b"\x89PNG")
    for nowhere in (f"/pages/{KEY}/en@1/99.png", f"/pages/{KEY}/en/1.png"):
        assert reader().get(nowhere).status_code == 404


def test_a_page_that_is_not_there_costs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert reader().get(f"/pages/{KEY}/en@1/1.png").status_code == 200
    monkeypatch.setattr(making, "run_module", lambda *_, **__: pytest.fail("a process was started"))
    monkeypatch.setattr(sources, "digest_of", lambda _: pytest.fail("the whole file was read"))
    for number in (0, 99, 99999, 10**30):
        assert reader().get(f"/pages/{KEY}/en@1/{number}.png").status_code == 404
    assert reader().get(f"/pages/{KEY}/en@1/1.png").status_code == 200


def forget_what_was_made() -> None:
    for made in ("made", "pictures"):
        shutil.rmtree(site_options().folder / made, ignore_errors=True)


def test_whoever_asks_for_what_is_not_made_yet_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    going = threading.Event()
    monkeypatch.setattr(making, "run_module", lambda *_, **__: going.wait(300) and 1)
    monkeypatch.setattr(making, "WAIT", 0.01)
    forget_what_was_made()  # another test may have asked for the same
    told = logging.getLogger("django.request")
    told.addHandler(caplog.handler)
    try:
        for address in (f"/pages/{KEY}/zh@1/1.png", f"/{KEY}/zh@1.pdf"):
            answer = reader("zh").get(address)
            assert answer.status_code == 503
            assert int(answer["Retry-After"]) >= 1
            assert answer["Cache-Control"] == "no-store"
        data = reader().get(f"/api/v2/exports?record={KEY}/zh@1&to=docx")
        assert (data.status_code, data["Retry-After"]) == (503, "2")
        assert not caplog.records  # nothing went wrong that whoever runs the site must hear of
        assert "请几秒钟后再试" in answer.content.decode()
        assert 'http-equiv="refresh"' in answer.content.decode()
    finally:
        told.removeHandler(caplog.handler)
        going.set()
        while making.MAKER._jobs:
            time.sleep(0.01)
        forget_what_was_made()  # that it could not be


def test_why_a_form_cannot_be_made_is_told() -> None:
    """The process that makes it knows; a record without a body was no fault of the reader's."""
    record = msgspec.structs.replace(specimen("fr"), symbol="S/PV.99977", body=())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.json"
        path.write_bytes(msgspec.json.encode(record))
        archive().add([path])
    for ending in ("pdf", "docx", "html"):
        answer = reader().get(f"/S/PV.99977/fr@1.{ending}")
        assert answer.status_code == 409, ending
    archive().remove("S/PV.99977/fr")


def test_an_export_that_takes_time_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = reader().get(f"/{KEY}/ar@1.docx").content
    assert first.startswith(b"PK")
    monkeypatch.setattr(making, "run_module", lambda *_, **__: pytest.fail("made again"))
    assert reader().get(f"/{KEY}/ar@1.docx").content == first


def test_two_languages_side_by_side() -> None:
    found = page(f"/{KEY}/en?beside=ar", "zh")
    turns = found.all("//div[contains(@class,'turn') and @role='rowgroup']/@id")
    assert turns == [f"b{n}" for n in range(1, 19)]
    row = "//div[@id='b8']/div[@role='row'][2]/div"
    assert found.all(f"{row}/@lang") == ["en", "ar"]
    assert found.all(f"{row}/@dir") == ["ltr", "rtl"]
    assert found.all(f"{row}/p")[0].startswith("Jordan has a coast of 26 kilometres")
    assert "٢٦" in found.all(f"{row}/p")[1]


def test_other_versions_and_languages_are_told() -> None:
    found = page(f"/{KEY}/en")
    others = found.all("//header[@class='record-head']//a[@hreflang]/@hreflang")
    assert others == ["ar", "es", "fr", "ru", "zh"]
    assert found.all("//link[@rel='canonical']/@href") == [f"http://localhost/{KEY}/en"]
    assert not found.all("//meta[@name='robots']")
    assert page(f"/{KEY}/en@1").all("//meta[@name='robots']/@content") == ["noindex"]


def test_findings_stand_where_they_belong() -> None:
    # The specimen in Arabic has three misprints on purpose; the README tells them.
    found = page("/S/PV.99901")
    titles = found.all("//div[@class='finding']//b")
    assert sorted(titles) == [
        "Name differs from the list of members", "Name differs from the list of members",
        "Symbol not well formed",
    ]  # fmt: skip
    # The representative of Japan, who speaks in English, is printed with the malformed symbol.
    marked = "//article[.//div[@class='finding' and contains(., 'Symbol not well formed')]]"
    assert "اليابان" in found.one(f"{marked}//h3")
    assert "S.2031/77" in found.one(f"{marked}//p[@id and contains(., 'S.2031/77')]")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "'S.2031/77' is no well-formed document symbol; most likely 'S/2031/77'"),
        ("ar", "«S.2031/77» ليس رمز وثيقة سليم الصيغة؛ والأرجح أنه «S/2031/77»"),
        ("zh", "“S.2031/77”不是格式正确的文号；很可能是“S/2031/77”"),
        ("fr", "« S.2031/77 » n'est pas une cote bien formée ; sans doute « S/2031/77 »"),
        ("es", "«S.2031/77» no es una signatura bien formada; probablemente «S/2031/77»"),
        ("ru", "«S.2031/77» — неправильно составленное условное обозначение документа;"
               " скорее всего, «S/2031/77»"),
    ],
)  # fmt: skip
def test_findings_are_told_in_the_language_of_the_interface(language: str, told: str) -> None:
    found = page("/S/PV.99901", language)
    said = [text for text in found.all("//div[@class='finding']/p[2]") if "S.2031/77" in text]
    assert len(said) == 1
    assert said[0].startswith(told)
    # What is printed is marked as what it is, in the language of the record.
    printed = "//div[@class='finding']/p[2]/bdi[.='S.2031/77']/@lang"
    assert found.all(printed) == ["ar"]
    assert not found.all("//div[@class='finding']//*[@lang='en' and @dir='ltr']")


def test_a_corrected_version_takes_the_place_of_the_first(tmp_path: Path) -> None:
    first = numbered(specimen("en"), 66001)
    second = msgspec.structs.replace(
        first, status="final",
        body=(*first.body[:-1], msgspec.structs.replace(first.body[-1], text="The meeting rose.")),
    )  # fmt: skip
    try:
        french = numbered(specimen("fr"), 66001)
        for record in (first, second, french, msgspec.structs.replace(french, status="final")):
            archive().add([write_record(record, tmp_path / "record.json")])
        archive().indexes.catch_up()
        now = page("/S/PV.66001")
        assert now.all("//p[@class='act']")[-1] == "The meeting rose."
        assert now.all("//header[@class='record-head']//a[@hreflang]") == ["French"]
        assert not now.all("//header[@class='record-head']/p[@class='problem']")
        versions = "//summary[.='Versions']/following-sibling::ul//a"
        assert now.all(versions) == ["1 (Provisional)", "2 (Final)"]
        before = page("/S/PV.66001/en@1")
        assert before.all("//p[@class='act']")[-1] == "The meeting rose at 5.40 p.m."
        told = before.one("//header[@class='record-head']/p[@class='problem']")
        assert told.startswith("There is a newer version of this record:")
        assert page("/S/PV.66001/en@3").status == 404
        assert len(page("/search?q=symbol:S/PV.66001+harbour").all("//li[@class='hit']")) == 1
    finally:
        archive().remove("S/PV.66001")
        archive().indexes.catch_up()


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'


def test_what_a_record_holds_is_only_ever_shown() -> None:
    record = specimen("en")
    turn = record.turns()[3]
    paragraph = turn.paragraphs[0]
    assert turn.affiliation is not None
    body = tuple(
        msgspec.structs.replace(
            item,
            label=f"{HOSTILE} (African Union)",
            speaker=msgspec.structs.replace(turn.speaker, label=HOSTILE, name=HOSTILE),
            affiliation=msgspec.structs.replace(turn.affiliation, label=HOSTILE),
            paragraphs=(msgspec.structs.replace(paragraph, text=HOSTILE, mentions=()),),
        )
        if item is turn
        else item
        for item in record.body
    )
    finding = Finding(
        "name_unknown", HOSTILE, 0.5, (Reading(HOSTILE, (Span(start=0, end=1),)),), HOSTILE
    )
    told = report("roster_speaker_absent", 0.5, state=HOSTILE, cover=HOSTILE, body=HOSTILE)
    hostile = msgspec.structs.replace(
        record, body=body, symbol=HOSTILE, findings=(finding, told),
        agenda=tuple(msgspec.structs.replace(item, title=HOSTILE) for item in record.agenda),
    )  # fmt: skip
    hostile = identify_findings(resolve_record(hostile, load_language("en")))
    made = render(hostile, Shown(HOSTILE, HOSTILE, "en", 1, True), noted(hostile))
    whole = made.cover + made.body + made.notes + "".join(note.html for note in noted(hostile))
    assert "&lt;script&gt;" in whole
    assert "<script" not in whole
    assert "<img" not in whole
    assert "x onerror" not in whole.replace("x onerror=alert(1)&gt;", "")
