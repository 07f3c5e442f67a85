"""Published files hold what they should, in the forms that other programs expect."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from pathlib import Path

import msgspec
import pyarrow.parquet
import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree, html

from mahdar import specimen_path
from mahdar.cli.main import main
from mahdar.errors import InputError, MissingLetter, NothingToPublish
from mahdar.model import Heading, Note, Paragraph, Record, Turn
from mahdar.publishing.akoma_ntoso import publish_akoma_ntoso
from mahdar.publishing.docx import publish_docx
from mahdar.publishing.forms import FORMS
from mahdar.publishing.html import publish_html
from mahdar.publishing.pdf import publish_pdf
from mahdar.publishing.publish import publish, read_json
from mahdar.publishing.tables import COLUMNS, publish_csv, publish_parquet, tables
from mahdar.publishing.tei import publish_tei
from mahdar.publishing.text import publish_text
from mahdar.reading.read import read_file
from mahdar.specimens.build import specimen
from tests.schemas import find_schema

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
TEI = "{http://www.tei-c.org/ns/1.0}"
AKN_SCHEMA, TEI_SCHEMA = find_schema("akomantoso30.xsd"), find_schema("parla-clarin.rng")


def with_note(record: Record) -> Record:
    """Put a footnote into the second turn."""
    turn = record.turns()[1]
    first, *rest = turn.paragraphs
    noted = Paragraph(f"{first.text[:20]}1{first.text[20:]}", (), (Note(20, "1", "S/2031/9.", ()),))
    changed = msgspec.structs.replace(turn, paragraphs=(noted, *rest))
    body = tuple(changed if item is turn else item for item in record.body)
    return msgspec.structs.replace(record, body=body)


@pytest.mark.skipif(AKN_SCHEMA is None, reason="the schema akomantoso30.xsd is not here")
@pytest.mark.parametrize("code", LANGUAGES)
def test_akoma_ntoso_is_valid(code: str) -> None:
    schema = etree.XMLSchema(etree.parse(str(AKN_SCHEMA)))
    for record in (specimen(code), with_note(specimen(code))):
        schema.assertValid(etree.fromstring(publish_akoma_ntoso(record)))


@pytest.mark.skipif(TEI_SCHEMA is None, reason="the schema parla-clarin.rng is not here")
@pytest.mark.skipif(shutil.which("jing") is None, reason="jing is not installed")
def test_tei_is_valid(tmp_path: Path) -> None:
    files = []
    for code in LANGUAGES:
        for name, record in ((code, specimen(code)), (f"{code}.note", with_note(specimen(code)))):
            files.append(tmp_path / f"{name}.xml")
            files[-1].write_bytes(publish_tei(record))
    done = subprocess.run(
        ["jing", str(TEI_SCHEMA), *map(str, files)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[:2000]


@pytest.mark.parametrize("code", LANGUAGES)
def test_tei_says_who_and_in_what_language(code: str) -> None:
    record = specimen(code)
    root = etree.fromstring(publish_tei(record))
    people = {p.get("{http://www.w3.org/XML/1998/namespace}id") for p in root.iter(f"{TEI}person")}
    spoken = list(root.iter(f"{TEI}u"))
    assert len(spoken) == len(record.turns())
    for said, turn in zip(spoken, record.turns(), strict=True):
        assert said.get("who").lstrip("#") in people
        assert f"#spoken-{turn.language}" in said.get("ana").split()
        assert ("#interpreted" in said.get("ana").split()) == turn.interpreted
        assert [seg.text for seg in said.iter(f"{TEI}seg")] == [
            p.text for p in turn.all_paragraphs()
        ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_html_holds_every_word_in_its_direction(code: str) -> None:
    record = specimen(code)
    page = html.document_fromstring(publish_html(record))
    assert (page.get("lang"), page.get("dir")) == (code, "rtl" if code == "ar" else "ltr")
    articles = page.findall(".//article")
    assert len(articles) == len(record.turns())
    for article, turn in zip(articles, record.turns(), strict=True):
        words = article.text_content()
        assert turn.label in words
        assert all(p.text in words for p in turn.all_paragraphs())
    assert not page.xpath("//script | //link | //img | //@src")


@pytest.mark.parametrize("code", LANGUAGES)
def test_pdf_is_tagged_and_says_its_language(code: str) -> None:
    data = publish_pdf(specimen(code))
    document = pypdfium2.PdfDocument(data)
    assert "S/PV.99902" in document.get_metadata_dict()["Title"]
    assert b"/MarkInfo" in data or b"/StructTreeRoot" in data
    assert (
        f"/Lang ({code}".encode() in data
        or f"<pdf:language>{code}".encode() in data
        or (f"<rdf:li>{code}</rdf:li>".encode() in data)
    )


def test_footnotes_are_printed_at_the_foot(tmp_path: Path) -> None:
    record = with_note(specimen("en"))
    path = tmp_path / "a.pdf"
    path.write_bytes(publish_pdf(record))
    read = read_file(path).record
    turn = read.turns()[1]
    assert turn.paragraphs == read.turns()[1].paragraphs
    (note,) = [n for p in turn.paragraphs for n in p.notes]
    assert (note.at, note.mark, note.text) == (20, "1", "S/2031/9.")
    assert 'href="#n1"' in publish_html(record)


def test_tables_add_up() -> None:
    record = specimen("fr")
    made = tables(record)
    assert len(made["members"]) == 15
    assert sum(row["words"] for row in made["turns"]) == sum(
        row["words"] for row in made["paragraphs"]
    )
    cast = [(row["cast"], row["code"]) for row in made["votes"]]
    assert cast.count(("against", "JOR")) == 1
    assert len(cast) == 30
    assert {row["capacity"] for row in made["paragraphs"] if row["turn_number"] == 10} == {
        "president", "national",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["ar", "zh"])
def test_csv_and_parquet_hold_the_same(code: str) -> None:
    record = specimen(code)
    files, packed = publish_csv(record), publish_parquet(record)
    for name, columns in COLUMNS.items():
        rows = list(csv.DictReader(io.StringIO(files[f"{name}.csv"].decode())))
        table = pyarrow.parquet.read_table(io.BytesIO(packed[f"{name}.parquet"]))
        assert table.column_names == list(columns)
        assert [[("" if v is None else str(v)) for v in row.values()] for row in rows] == [
            [("" if v is None else str(v)) for v in row.values()] for row in table.to_pylist()
        ]


@pytest.mark.parametrize("form", FORMS)
def test_a_record_with_no_body(form: str) -> None:
    empty = msgspec.structs.replace(specimen("en"), body=())
    if form == "json":
        assert publish(empty, "json")
        return
    with pytest.raises(NothingToPublish, match="no body"):
        publish(empty, form)  # type: ignore[arg-type]


def test_a_letter_that_no_font_has() -> None:
    record = specimen("en")
    turn = record.turns()[0]
    strange = msgspec.structs.replace(
        turn, paragraphs=(Paragraph("The sign \U00012000 is old.", ()),)
    )
    body = tuple(strange if item is turn else item for item in record.body)
    record = msgspec.structs.replace(record, body=body)
    with pytest.raises(MissingLetter, match=r"U\+12000.*The sign"):
        publish_pdf(record)
    assert publish_docx(record)


def test_json_that_is_no_record() -> None:
    with pytest.raises(InputError, match="no record"):
        read_json(b'{"symbol": 3}', "a.json")


def run(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout_bytes, result.stderr


def test_the_command(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text(publish_text(specimen("ru")), encoding="utf-8")
    for form in ("pdf", "docx", "html", "akn", "tei", "text", "json"):
        target = tmp_path / f"out.{form}"
        assert run("publish", str(source), "--to", form, "-o", str(target))[0] == 0
        assert target.stat().st_size > 5000
    status, _, _ = run(
        "publish", str(tmp_path / "out.json"), "--to", "csv", "-o", str(tmp_path / "t")
    )
    assert status == 0
    assert sorted(p.name for p in (tmp_path / "t").iterdir()) == [
        f"{n}.csv" for n in sorted(COLUMNS)
    ]
    status, out, _ = run("read", str(tmp_path / "out.akn"), "--format", "json")
    assert (status, json.loads(out)["symbol"]) == (0, "S/PV.99902")


def test_bad_input_leaves_nothing(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_text('{"body": 1}', encoding="utf-8")
    status, _, err = run("publish", str(bad), "--to", "pdf", "-o", str(tmp_path / "a.pdf"))
    assert status == 2
    assert err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["bad.json"]


def test_debates_of_other_parliaments() -> None:
    """What the vocabularies share: headings, speeches, who speaks."""
    path = find_schema("ke_Debate_Bungeni_2011-06-10.xml")
    if path is None:
        pytest.skip("the sample debates are not here")
    record = read_file(path).record
    assert (record.language, record.date) == ("en", "2011-06-10")
    turns = record.turns()
    assert len(turns) == 11
    assert "The Speaker" in {turn.label for turn in turns}
    assert all(isinstance(turn, Turn) for turn in turns)


def test_headings_of_any_level(tmp_path: Path) -> None:
    """An outline begins at level 1, whatever the headings of the source are."""
    for levels in ((2, 2, 3), (3, 1, 4), (5, 6, 1)):
        record = specimen("en")
        headings = [item for item in record.body if isinstance(item, Heading)]
        changed = {
            id(item): msgspec.structs.replace(item, level=level)
            for item, level in zip(headings, levels, strict=True)
        }
        body = tuple(changed.get(id(item), item) for item in record.body)
        path = tmp_path / "a.pdf"
        path.write_bytes(publish_pdf(msgspec.structs.replace(record, body=body)))
        assert len(read_file(path).record.turns()) == len(record.turns())


def test_the_specimen_that_lay_in_the_wrong_order(tmp_path: Path) -> None:
    record = read_file(specimen_path()).record
    path = tmp_path / "a.pdf"
    path.write_bytes(publish_pdf(record))
    read = read_file(path).record
    assert [t.label for t in read.turns()] == [t.label for t in record.turns()]
    said = [[p.text for p in t.all_paragraphs()] for t in record.turns()]
    assert [[p.text for p in t.all_paragraphs()] for t in read.turns()] == said
