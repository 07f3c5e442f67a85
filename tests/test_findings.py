"""Findings told in six languages."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import get_args

import msgspec
import pytest

from mahdar.findings import explain_finding, languages_told, report
from mahdar.findings.sentences import load_sentences
from mahdar.model import Finding, FindingCode

SOURCE = Path(__file__).parent.parent / "src" / "mahdar"
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def braces(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(sentence) if name)


def test_six_languages_tell_the_same_cases_with_the_same_facts() -> None:
    assert languages_told() == LANGUAGES
    english = load_sentences("en").sentences
    for language in LANGUAGES:
        told = load_sentences(language).sentences
        assert list(told) == list(english), language
        for key, sentence in told.items():
            assert braces(sentence) == braces(english[key]), (language, key)
            assert language == "en" or sentence != english[key], (language, key)


def test_every_kind_of_finding_has_a_sentence() -> None:
    told = {key.partition(".")[0] for key in load_sentences("en").sentences}
    assert told == set(get_args(FindingCode))


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


def test_a_fact_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(KeyError):
        report("vote_name_twice", 0.9)
    with pytest.raises(KeyError):
        report("vote_name_twice", 0.9, case="thrice", name="Rwanda")
