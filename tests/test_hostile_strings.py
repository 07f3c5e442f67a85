"""Whatever strings a record holds, each form of it is well-formed, or one sentence says why not."""

from __future__ import annotations

import csv
import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet
import pypdfium2
import pytest
from click.testing import CliRunner
from lxml import etree, html

from mahdar.alignment import align_records
from mahdar.cli.main import main
from mahdar.errors import CannotBeSet, InputError, MahdarError
from mahdar.languages import load_language
from mahdar.model import Affiliation, Heading, Name, Note, Paragraph, Record, Span
from mahdar.model.cleaning import clean
from mahdar.model.formats import cleaned, decode_record
from mahdar.publishing.alignment import publish_side_by_side, publish_tmx
from mahdar.publishing.citations import publish_citations
from mahdar.publishing.fonts import check_letters
from mahdar.publishing.forms import FORMS
from mahdar.publishing.publish import publish, read_json
from mahdar.publishing.xml import xml_name
from mahdar.resolving.citing import Cited
from mahdar.specimens.build import specimen

# What no page prints: each control, some halves of pairs, noncharacters of every kind.
UNPRINTED = [
    *map(chr, [*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0)]),
    *map(chr, [0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF]),
    *(chr(plane << 16 | last) for plane in (1, 2, 16) for last in (0xFFFE, 0xFFFF)),
]
# What a form, a terminal, a spreadsheet or a file system may take for more than words.
MARKS = [
    "", " ", "\t", "\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\ufeff", "\u00a0", "\u00ad",
    "]]>", "<![CDATA[", "<!--", "-->", "<?xml?>", "<?php", "<!DOCTYPE x [", "&", "&lt;", "&#0;",
    "&#x1b;", "&x;", "<", ">", "<script>alert(1)</script>", "</script>", "</style>", "</title>",
    '"', "'", '"><svg onload=alert(1)>', "' onmouseover='x", "javascript:alert(1)", "`", "${x}",
    "{{7*7}}", "{% x %}", "#{x}", "$x$", "#import \"x\"", "#read(\"/etc/passwd\")", "\\", "\\n",
    "\\u0000", "%00", "%n%s", "=1+1", "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", ",", ";", '""',
    'a"b', "a,b", "a\nb", "a\rb", "..", "../..", "/", "/etc/passwd", "a/b", "\\\\x", "C:\\", "NUL",
    "nul.txt", ".hidden", "-rf", "~", "*", "?", ":", "|", "1", "1a", "3 b", "²x", "½", "-a", ".a",
    "_", "a:b", "a b", "xml", "xmlns", "id", "chair", "regular", "mahdar", "sc", "un", "adopted",
    "\u202a", "\u202b", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e",
    "\u200f", "\u061c", "\u200b", "\u200d", "\u2060", "a\u202eb\u202cc", "\u0301", "a" + "\u0301" * 50,
    "\u0627\u0651\u064e", "\U0001f600", "\U0001f468\u200d\U0001f469", "\ue000", "\U000f0000",
    "\U0010fffd", "\U000e0041", "\u0600", "\u3000", "安理会", "مجلس", "Ä", "ß", "İ", "ﬁ", "ǆ",
    "x" * 300, "x" * 70_000, "word " * 3_000, "م" * 5_000, "#" * 200, "*" * 200, "(" * 200,
    "**a**", "*a*", "# a", "- a", "| a |", "1. a", "    a", "---", "***", ":", "(spoke in", ")",
]  # fmt: skip
STRINGS = [*(f"a{each}b" for each in UNPRINTED), *UNPRINTED[:8], *MARKS]
_TOGETHER = 24
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def everywhere(value: Any, strings: Iterator[str], path: str = "") -> Any:
    """Put strings into every field of a record that may hold any words."""
    if isinstance(value, msgspec.Struct):
        fields = {}
        for name in value.__struct_fields__:
            held = getattr(value, name)
            chosen = name in _CHOSEN or (name in ("kind", "code") and "affiliation" not in path)
            fields[name] = held if chosen else everywhere(held, strings, f"{path}.{name}")
        return msgspec.structs.replace(value, **fields)
    if isinstance(value, tuple):
        return tuple(everywhere(each, strings, path) for each in value)
    return next(strings) if isinstance(value, str) and not path.endswith(".kind") else value


# Fields of a record with a choice of words, or with what others must agree with.
_CHOSEN = frozenset(
    ("capacity", "purpose", "session_kind", "act", "method", "outcome", "how", "status", "field", "origin",
     "findings", "furniture", "mentions")
)  # fmt: skip


def hostile(strings: Iterable[str], code: str = "en") -> Record:
    """Return a meeting that holds strings in all places; its own language stays what it is."""
    whole = specimen(code)
    turn = whole.turns()[1]
    noted = Paragraph("one two", (), (Note(3, "1", "x", ()),))
    person = msgspec.structs.replace(
        turn, paragraphs=(noted, *turn.paragraphs), affiliation=Affiliation("x", "state", "x"),
        speaker=Name("x", "x", "x"), role="x", person="x",
    )  # fmt: skip
    body = tuple(person if item is turn else item for item in whole.body[:60])
    small = msgspec.structs.replace(whole, body=body)
    made: Record = everywhere(small, itertools.cycle(strings))
    return msgspec.structs.replace(made, language=code)


def check_xml(data: bytes) -> None:
    tree = etree.fromstring(data, etree.XMLParser(huge_tree=True))
    ids = [v for e in tree.iter() for k, v in e.attrib.items() if k in (XML_ID, "eId")]
    assert len(ids) == len(set(ids))
    assert all(xml_name(each[:200]) == each[:200] for each in ids)
    for element in tree.iter():
        for name in ("who", "ana", "by", "as", "refersTo", "ref", "outcome"):
            for target in element.get(name, "").split():
                assert target.removeprefix("#") in ids, (element.tag, name, target[:99])


def check(form: str, made: dict[str, bytes]) -> None:
    """Read a form with a program that refuses what is malformed."""
    for name, data in made.items():
        if form in ("akn", "tei"):
            check_xml(data)
        elif form == "html":
            page = data.decode()
            tree = html.document_fromstring(page)
            assert not tree.xpath("//script | //svg | //@onload | //@onmouseover")
            assert clean(page) == page
        elif form == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                assert packed.testzip() is None
                for part in packed.namelist():
                    if part.endswith((".xml", ".rels")):
                        etree.fromstring(packed.read(part), etree.XMLParser(huge_tree=True))
        elif form == "json":
            assert clean(data.decode()) == data.decode()
            assert decode_record(data)
        elif form == "csv":
            rows = list(csv.reader(io.StringIO(data.decode(), newline=""), strict=True))
            assert {len(row) for row in rows} == {len(rows[0])}, name
        elif form == "parquet":
            pyarrow.parquet.read_table(io.BytesIO(data)).validate(full=True)
        elif form == "pdf":
            assert len(pypdfium2.PdfDocument(data)) > 0
        else:
            assert clean(data.decode()) == data.decode()


def published(strings: list[str], form: str, code: str = "en") -> bool:
    """Publish strings; tell whether something came of it, and not a sentence why nothing can."""
    try:
        made = publish(hostile(strings, code), form)  # type: ignore[arg-type]
    except MahdarError as error:
        assert len(str(error)) > 20
        return False
    check(form, made)
    return True


def test_there_are_strings_enough() -> None:
    assert len(set(STRINGS)) >= 215


@pytest.mark.parametrize("form", [form for form in FORMS if form != "pdf"])
def test_strings_of_all_kinds_together(form: str) -> None:
    csv.field_size_limit(1 << 30)
    for number, start in enumerate(range(0, len(STRINGS), _TOGETHER)):
        strings = STRINGS[start : start + _TOGETHER]
        assert published(strings, form, ("en", "ar", "zh")[number % 3]), strings


@pytest.mark.parametrize("form", ["akn", "tei", "html", "json"])
def test_each_string_alone(form: str) -> None:
    for string in STRINGS:
        if len(string) < 1_000:
            assert published([string], form), string


def test_strings_as_pdf() -> None:
    """What no font has a letter for, and what its standard forbids, is refused in a sentence."""
    letters = [s for s in STRINGS if s.strip() and len(s) < 1_000 and has_letters(s)]
    assert len(letters) > 100
    assert published([s for s in letters if s not in ("\ufeff", "\xad")], "pdf")
    for string in ["", "\n", "\ufeff", "\xad", "\ud800", "\U0010fffd", "a\x1bb"]:
        assert not published([string], "pdf"), string


def has_letters(string: str) -> bool:
    try:
        check_letters([Heading(clean(string), 1, ())], load_language("en"))
    except MahdarError:
        return False
    return True


def test_a_clean_record_is_published_as_it_is() -> None:
    for code in ("ar", "zh", "en", "fr", "ru", "es"):
        record = specimen(code)
        assert cleaned(record) is record
        assert read_json(msgspec.json.encode(record), "x") == record


@pytest.mark.parametrize("form", ["akn", "tei", "html", "docx", "text", "parquet"])
@pytest.mark.parametrize("level", [-(10**9), 0, 7, 10**9])
def test_headings_of_no_sensible_level(form: str, level: int) -> None:
    record = specimen("en")
    body = tuple(
        msgspec.structs.replace(item, level=level) if isinstance(item, Heading) else item
        for item in record.body
    )
    made = publish(msgspec.structs.replace(record, body=body), form)  # type: ignore[arg-type]
    assert sum(map(len, made.values())) < 1 << 20
    check(form, made)


def test_numbers_that_no_column_holds() -> None:
    turn = specimen("en").turns()[0]
    far = Paragraph("x", (Span(0, 1, page=1 << 40),))
    record = msgspec.structs.replace(
        specimen("en"), body=(msgspec.structs.replace(turn, paragraphs=(far,)),)
    )
    with pytest.raises(CannotBeSet, match="publish it as CSV or JSON"):
        publish(record, "parquet")


def test_alignments_and_citations_of_hostile_strings() -> None:
    first, second = hostile(STRINGS[:90], "en"), hostile(STRINGS[:90], "fr")
    made = align_records(specimen("en"), specimen("fr"))
    made = msgspec.structs.replace(made, symbol="a\x1b\ud800")
    etree.fromstring(publish_tmx(made, first, second))
    assert clean(publish_side_by_side(made, first, second)) != ""
    row = Cited(
        "document", None, "a\x1b", "b\ud800", None, "c\x00", None, 1, 1, "t1p1", 0, 1,
        None, None, None, None, 1.0,
    )  # fmt: skip
    etree.fromstring(publish_citations([row], "graphml"))


FOREIGN = [r"\u0000", r"\u001b[2J", r"\b", r"\f", "\x7f", "\x9b", "\ufffe", "\uffff", "\ufdd0",
           "\U0001fffe", "\U0010ffff", r"\uFFFE", r"\uD83F\uDFFF"]  # fmt: skip


@pytest.mark.parametrize("foreign", FOREIGN)
def test_json_is_cleaned_as_it_comes_in(foreign: str) -> None:
    text = msgspec.json.encode(specimen("en")).decode()
    assert text.count("S/PV.99902") > 1
    text = text.replace("S/PV.99902", f"S/PV.9{foreign}9")
    record = read_json(text.encode(), "x")
    assert record.symbol is not None
    assert record.symbol.startswith("S/PV.9\ufffd")
    assert cleaned(record) is record
    facts = '"findings":[{"code":"x","message":"m","score":1,"facts":{"a%s":"b%s"}}]'
    with_facts = re.sub(
        r'"findings":\[.*?\](?=,")', lambda _: facts % (foreign, foreign), text, count=1
    )
    (finding,) = read_json(with_facts.encode(), "x").findings
    assert {key[:2] for key in finding.facts} == {"a\ufffd"}


def test_places_stay_where_they_were() -> None:
    data = msgspec.json.encode(everywhere(specimen("en"), itertools.repeat("a\x07\x9b\U0001fffeb")))
    texts = {p.text for turn in read_json(data, "x").turns() for p in turn.all_paragraphs()}
    assert texts == {"a\ufffd\ufffd\ufffdb"}


DEEP = b"[" * 100_000 + b"]" * 100_000


@pytest.mark.parametrize(
    "data",
    [
        DEEP, b'{"format":2,"symbol":' + DEEP + b"}", b'{"x":' + DEEP + b"}",
        b'{"format":1,"x":' + DEEP + b"}", b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"format":2,"symbol":"\xff"}', b'{"format":2,"symbol":"\xed\xa0\x80"}',
        rb'{"format":2,"symbol":"\ud800"}', rb'{"format":2,"symbol":"\udc00x"}',
        b'{"format":2,"symbol":"\x01"}', b'{"format":1,"body":[{"place":5}]}',
        b'{"format":1,"people":[{"turns":5}]}', b'{"format":1,"people":[{"turns":["a"]}]}',
        b'{"format":1,"body":[{"place":{"turn":1}}]}', b'{"format":' + b"9" * 5_000 + b"}",
        b'{"format":1e999}', b'{"\x1b[2J":1}', rb'{"format":"\u001b[2J"}',
    ],
    ids=range(18),
)  # fmt: skip
def test_json_that_is_no_record_is_one_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_bytes(data if data.startswith(b"{") else b'{"a":' + data + b"}")
    done = CliRunner().invoke(main, ["publish", "--to", "csv", str(tmp_path / "x.json")])
    assert done.exit_code == 2, done.exception
    assert done.output.count("\n") == 1
    assert clean(done.output) == done.output
    with pytest.raises(InputError):
        read_json(data, "x")


def test_names_without_end(django_started: None, tmp_path: Path) -> None:
    from mahdar import export, open_archive
    from tests.archives import close

    long = "x" * 1_000_000
    record = hostile(["x"], "en")
    turn = record.turns()[1]
    named = msgspec.structs.replace(turn, label=long, speaker=Name(long, long, long), role=long)
    body = tuple(named if item is turn else item for item in record.body)
    record = msgspec.structs.replace(record, symbol=long, place=long, date=long, body=body)
    (tmp_path / "long.json").write_bytes(msgspec.json.encode(record))
    for form in FORMS:
        if form != "pdf":
            out = str(tmp_path / f"made-{form}")
            done = CliRunner().invoke(
                main, ["publish", "--to", form, "-o", out, str(tmp_path / "long.json")]
            )
            assert (done.exit_code, done.output) == (0, ""), (form, done.exception)
    archive = open_archive(tmp_path / "archive")
    added = archive.add([tmp_path / "long.json"])
    assert added.new + len(added.unread) == 1
    assert all("came to grief" not in unread.reason for unread in added.unread)
    assert export(tmp_path / "out", archive, to="json") == added.new
    close(archive)
