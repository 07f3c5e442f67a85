"""Findings told in six languages."""

from __future__ import annotations

import ast
import functools
import re
import shutil
from pathlib import Path
from string import Formatter

import msgspec
import pytest

from mahdar.errors import LanguageDataError
from mahdar.findings import (
    explain_finding,
    finding_kinds,
    languages_told,
    needed_facts,
    report,
    sentences,
    title_finding,
)
from mahdar.findings.kinds import CATALOGUE, Catalogue
from mahdar.model import Finding, Record
from tests.reported import Reported, reported_in

SOURCE = Path(__file__).parent.parent / "src" / "mahdar"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
# A letter that no other of the six languages has.
LETTERS = {"ar": "[\u0600-\u06ff]", "ru": "[\u0400-\u04ff]", "zh": "[\u4e00-\u9fff]"}


def braces(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name)


def cases(catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return every kind with every case; a case without a name is empty."""
    kinds = [(code, catalogue.kind(code)) for code in catalogue.codes]
    return [
        (code, case)
        for code, kind in kinds
        for case in (*([""] if kind.sentence else []), *kind.cases)
    ]


def lacking(catalogue: Catalogue, language: str) -> list[str]:
    """Return what a language does not tell, or tells with other facts than English."""
    out = []
    for code in catalogue.codes:
        try:
            catalogue.title(code, language)
        except KeyError:
            out.append(f"title of {code}")
    for code, case in cases(catalogue):
        key = f"{code}.{case}" if case else code
        try:
            told = catalogue.sentence(code, case, language)
        except KeyError:
            out.append(key)
            continue
        if braces(told) != braces(catalogue.sentence(code, case, "en")):
            out.append(f"facts of {key}")
    return out


@functools.cache
def calls() -> tuple[tuple[str, Reported], ...]:
    """Return every call in the code that makes a finding, with its file."""
    return tuple(
        (file.relative_to(SOURCE).as_posix(), call)
        for file in sorted(SOURCE.rglob("*.py"))
        if file.parent.name != "findings"
        for call in reported_in(file.read_text("utf-8"))
    )


def test_six_languages_tell_the_same_cases_with_the_same_facts() -> None:
    assert languages_told() == LANGUAGES
    assert len(cases(CATALOGUE)) >= len(finding_kinds()) > 20
    for language in LANGUAGES:
        assert lacking(CATALOGUE, language) == [], language


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))
def test_each_language_tells_in_its_own_words(language: str) -> None:
    pairs = [
        (CATALOGUE.title(code, language), CATALOGUE.title(code, "en")) for code in finding_kinds()
    ]
    pairs += [
        (CATALOGUE.sentence(code, case, language), CATALOGUE.sentence(code, case, "en"))
        for code, case in cases(CATALOGUE)
    ]
    for told, english in pairs:
        assert told != english
        assert re.search(LETTERS.get(language, "."), told), told


def test_every_kind_that_code_makes_is_known_and_every_known_kind_is_made() -> None:
    assert {call.code for _, call in calls()} == set(finding_kinds())


def test_code_names_cases_and_facts_that_there_are() -> None:
    """Where they are written out; a slip would only show when the finding is made."""
    known = cases(CATALOGUE)
    looked_at = 0
    for file, call in calls():
        for case in call.cases or ():
            assert (call.code, case) in known, (file, call.line)
            if call.facts is not None:
                looked_at += 1
                assert needed_facts(call.code, case) <= call.facts, (file, call.line)
    assert looked_at > 15


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("report('a', 1.0)", ["a"]),
        ("findings.report('a', 1.0, case='b' if c else 'd')", ["a"]),
        ("def f(self, code, x): report(code, x)\nself.f('a', 1)\nf('b', 2)", ["a", "b"]),
        ("def f(x, code): report(code, x)\nf(1, 'a')", ["a"]),
        ("print('a')", []),
    ],
)
def test_kinds_are_read_from_source(source: str, codes: list[str]) -> None:
    assert [call.code for call in reported_in(source)] == codes


@pytest.mark.parametrize(
    "source",
    ["report(code, 1.0)", "report('a' if b else 'c', 1.0)", "def f(c): report(c, 1)\nf(x)"],
)
def test_a_kind_that_is_not_written_out_is_refused(source: str) -> None:
    with pytest.raises(AssertionError, match="write the code of the finding out"):
        reported_in(source)


def test_findings_are_made_in_one_way() -> None:
    """A finding that is made without its sentence could be told in English only."""
    made_otherwise = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for file in SOURCE.rglob("*.py")
        if file.name != "sentences.py"
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Finding"
    ]
    assert made_otherwise == []


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "'S.2031/77' is cited by different symbols: S/2031/77, S/2031/78"),
        ("ar", "يُستشهد بـ«S.2031/77» برموز مختلفة: S/2031/77، S/2031/78"),
        ("zh", "“S.2031/77”被引用时文号不一：S/2031/77、S/2031/78"),
        ("fr", "«\xa0S.2031/77\xa0» est cité sous des cotes différentes\xa0: S/2031/77, S/2031/78"),
        ("es", "«S.2031/77» se cita con signaturas distintas: S/2031/77, S/2031/78"),
        ("ru", "«S.2031/77» приводится под разными условными обозначениями: S/2031/77, S/2031/78"),
    ],
)
def test_a_list_is_parted_as_the_language_does(language: str, told: str) -> None:
    found = report("symbol_differs", 0.7, named="S.2031/77", symbols=("S/2031/77", "S/2031/78"))
    assert explain_finding(found, language) == told


def test_braces_that_are_printed_stay() -> None:
    found = report("vote_name_twice", 0.9, name="{name} {0} {")
    assert found.message == "'{name} {0} {' is named twice in one vote"


def test_what_is_printed_and_what_is_said_are_written_apart() -> None:
    found = report("text_in_doubt", 0.5, case="line", text="a < b", likely="a & b")
    told = explain_finding(
        found, "en", mark=lambda name, value: f"[{name}={value}]", words=str.upper
    )
    assert told == "READ AS '[text=a < b]', MOST LIKELY: [likely=a & b]"


def test_a_finding_comes_back_from_json_as_it_was() -> None:
    found = report("symbol_differs", 0.7, named="report", symbols=("S/1", "S/2"))
    again = msgspec.json.decode(msgspec.json.encode(found), type=Finding)
    assert again == found
    assert explain_finding(again, "ar") == explain_finding(found, "ar")


def test_a_finding_of_an_earlier_edition_has_only_its_message() -> None:
    old = Finding("vote_name_twice", "'Rwanda' is named twice in one vote", 0.9)
    assert all(explain_finding(old, language) is None for language in LANGUAGES)


@pytest.mark.parametrize("language", ["la", "", "../languages/ar", "zh-hans"])
def test_a_language_without_sentences_tells_nothing(language: str) -> None:
    assert explain_finding(report("vote_name_twice", 0.9, name="Rwanda"), language) is None


def test_what_is_missing_or_unknown_is_told_at_once() -> None:
    with pytest.raises(KeyError, match="name"):
        report("vote_name_twice", 0.9)
    with pytest.raises(KeyError, match="thrice"):
        report("vote_name_twice", 0.9, case="thrice", name="Rwanda")
    with pytest.raises(KeyError, match="vote_name_thrice"):
        report("vote_name_thrice", 0.9, name="Rwanda")
    # It has cases, and no sentence for none.
    with pytest.raises(KeyError, match="state_misread"):
        report("state_misread", 0.9, name="Rwnda", state="RWA")


def test_the_facts_of_a_sentence_can_be_asked_for() -> None:
    assert needed_facts("symbol_malformed") == {"printed", "likely"}
    assert needed_facts("symbol_malformed", "cited") == {"printed", "likely", "times"}
    assert needed_facts("note_without_mark") == set()
    with pytest.raises(KeyError):
        needed_facts("symbol_malformed", "twice")


def test_a_kind_has_a_title_in_each_language() -> None:
    found = report("page_without_text", 1.0, page=3)
    assert title_finding(found, "en") == "Page without text"
    assert title_finding(found, "fr") == "Page sans texte"
    assert title_finding(found, "la") == "Page without text"


def test_kinds_of_another_edition_are_read_and_shown_as_they_are() -> None:
    told = b'{"code": "no_longer_made", "message": "as it was", "score": 0.5}'
    found = msgspec.json.decode(told, type=Finding)
    assert (found.code, found.message) == ("no_longer_made", "as it was")
    assert explain_finding(found, "en") is None
    assert title_finding(found, "fr") == "no_longer_made"


@pytest.mark.parametrize("code", ["../en", "kinds/name_unknown", "Name_unknown", "a__b", "", "a b"])
def test_what_is_no_code_is_refused_and_never_makes_a_path(code: str) -> None:
    told = msgspec.json.encode({"code": code, "message": "", "score": 0.5})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(told, type=Finding)
    assert explain_finding(Finding(code, "", 0.5), "en") is None
    with pytest.raises(KeyError):
        report(code, 0.5)


def test_the_schema_says_what_a_code_is() -> None:
    code = msgspec.json.schema(Record)["$defs"]["Finding"]["properties"]["code"]
    assert code["type"] == "string"
    assert "mahdar/findings/kinds" in code["description"]
    assert set(code["examples"]) <= set(finding_kinds())
    assert all(re.search(code["pattern"], each) for each in finding_kinds())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the data of findings."""
    copied = tmp_path / "findings"
    shutil.copytree(
        SOURCE / "findings", copied, ignore=shutil.ignore_patterns("*.py", "__pycache__")
    )
    return copied


def write_latin(folder: Path) -> None:
    """Write the one file of a seventh language: its own titles and sentences for all kinds."""
    english = Catalogue(folder)
    lines = ['list = " et "', "[titles]"]
    lines += [f'{code} = "titulus: {code}"' for code in english.codes]
    lines.append("[sentences]")
    for code, case in cases(english):
        facts = " ".join(f"{{{name}}}" for name in braces(english.sentence(code, case, "en")))
        lines.append(f'"{code}{"." + case if case else ""}" = "dubium: {facts}"')
    (folder / "la.toml").write_text("\n".join(lines), "utf-8")


def test_a_seventh_language_is_one_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_latin(folder)
    catalogue = Catalogue(folder)
    monkeypatch.setattr(sentences, "CATALOGUE", catalogue)
    assert languages_told() == ("ar", "en", "es", "fr", "la", "ru", "zh")
    assert lacking(catalogue, "la") == []
    found = report("symbol_differs", 0.7, named="S.1", symbols=("S/1", "S/2"))
    assert found.message == "'S.1' is cited by different symbols: S/1, S/2"
    assert explain_finding(found, "la") == "dubium: S.1 S/1 et S/2"
    assert title_finding(found, "la") == "titulus: symbol_differs"
    likely = report("text_in_doubt", 0.5, case="line", text="a", likely="b")
    assert explain_finding(likely, "la") == "dubium: b a"


def test_what_a_seventh_language_lacks_is_seen(folder: Path) -> None:
    write_latin(folder)
    file = folder / "la.toml"
    text = file.read_text("utf-8")
    text = text.replace('"text_in_doubt.line" =', '"text_in_doubt.row" =')
    text = text.replace('name_unknown = "titulus', 'name_not_known = "titulus', 1)
    file.write_text(text.replace("{page}", ""), "utf-8")
    assert set(lacking(Catalogue(folder), "la")) == {
        "title of name_unknown",
        "facts of order_doubtful.kept",
        "facts of order_doubtful.swapped",
        "facts of page_without_text",
        "facts of text_in_doubt.recognised",
        "text_in_doubt.line",
    }


@pytest.mark.parametrize(
    ("text", "says"),
    [("list = ", "la.toml"), ('titles = {a = "b"}', "la.toml.*list"), ('list = 7', "la.toml.*str"),
     ('list = ","\nsentence = {}', "la.toml.*sentence")],
)  # fmt: skip
def test_a_file_that_is_not_as_it_should_be_is_named(folder: Path, text: str, says: str) -> None:
    (folder / "la.toml").write_text(text, "utf-8")
    with pytest.raises(LanguageDataError, match=says):
        Catalogue(folder).telling("la")


def test_nothing_is_told_in_two_places() -> None:
    for language in languages_told():
        telling = CATALOGUE.telling(language)
        for code in telling.titles:
            assert language not in CATALOGUE.kind(code).title, (language, code)
        for key in telling.sentences:
            code, _, case = key.partition(".")
            assert language not in CATALOGUE.kind(code).told(case), (language, key)
