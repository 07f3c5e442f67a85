"""The rules that look a record through: found by themselves, run in order, true to what they say."""

from __future__ import annotations

import importlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

import mahdar
from mahdar.checking import check
from mahdar.checking.registry import Given, Rule, reports, rules
from mahdar.findings import explain_finding, finding_kinds, sentences, title_finding
from mahdar.findings.kinds import Catalogue
from mahdar.model import Finding, Record
from mahdar.reading.read import ReadFile, read_file
from tests.reported import reported_in

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "how-to" / "add-a-check.md"


def undeclared(room: str) -> list[str]:
    """Return what modules of a room report without declaring it, or declare and never report."""
    declared: dict[str, set[str]] = {}
    for rule in rules(room):
        declared.setdefault(rule.module, set()).update(rule.kinds)
    folder = Path(str(importlib.import_module(room).__file__)).parent
    out = []
    for file in sorted(folder.glob("*.py")):
        kinds = {call.code for call in reported_in(file.read_text("utf-8"))}
        for kind in sorted(kinds ^ declared.get(f"{room}.{file.stem}", set())):
            out.append(f"{file.name}: {kind}")
    return out


@pytest.fixture
def specimen() -> ReadFile:
    return read_file(mahdar.specimen_path())


def make_room(path: Path, monkeypatch: pytest.MonkeyPatch, **modules: str) -> str:
    """Write a package of rules; return its name, which no other test has."""
    name = f"room_{path.name}"
    (path / name).mkdir()
    (path / name / "__init__.py").touch()
    for module, source in modules.items():
        (path / name / f"{module}.py").write_text(source, "utf-8")
    monkeypatch.syspath_prepend(path)
    return name


def source_of(kind: str, order: int | None = None) -> str:
    place = "" if order is None else f", order={order}"
    return (
        "from mahdar.checking.registry import reports\n"
        "from mahdar.findings import report\n"
        f"@reports('{kind}'{place})\n"
        f"def check_it(record):\n    yield report('{kind}', 1.0, name=record.language)\n"
    )


def test_rules_report_what_they_declare() -> None:
    assert undeclared("mahdar.checking") == []
    declared = [kind for rule in rules() for kind in rule.kinds]
    assert set(declared) <= set(finding_kinds())


def test_a_rule_that_reports_what_it_did_not_declare_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = source_of("vote_name_twice").replace("@reports('vote_name_twice'", "@reports('a', 'b'")
    room = make_room(tmp_path, monkeypatch, lying=lying, honest=source_of("name_unknown"))
    assert undeclared(room) == ["lying.py: a", "lying.py: b", "lying.py: vote_name_twice"]


def test_rules_are_run_in_the_order_that_readers_know() -> None:
    known = [
        "check_cover", "check_headings", "check_seats", "check_roster", "check_symbols",
        "check_one_symbol", "check_resolutions", "check_votes",
    ]  # fmt: skip
    names = [rule.find.__name__ for rule in rules()]
    assert [name for name in names if name in known] == known


def test_what_rules_find_comes_in_their_order(specimen: ReadFile) -> None:
    record = specimen.record
    worse = msgspec.structs.replace(
        record, opened_at=None, place=None, president=None, members=record.members[1:]
    )
    codes = [finding.code for finding in check(worse, specimen.language, specimen.source)]
    assert codes == [
        "cover_field_missing", "cover_field_missing", "roster_incomplete",
        "roster_name_differs", "roster_name_differs", "symbol_malformed",
    ]  # fmt: skip


def test_a_rule_is_found_where_it_lies_and_run_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, specimen: ReadFile
) -> None:
    room = make_room(
        tmp_path, monkeypatch,
        a_last=source_of("vote_name_twice"), b_last=source_of("name_unknown"),
        c_second=source_of("vote_name_unknown", 2), d_first=source_of("name_unknown", 1),
        no_rule="def check_nothing(record): return ()",
    )  # fmt: skip
    found = [rule.module.partition(".")[2] for rule in rules(room)]
    assert found == ["d_first", "c_second", "a_last", "b_last"]
    given = Given(specimen.record, specimen.language, specimen.source)
    assert [each.code for rule in rules(room) for each in rule.run(given)] == [
        "name_unknown", "vote_name_unknown", "vote_name_twice", "name_unknown",
    ]  # fmt: skip


def test_rules_of_one_place_and_module_are_run_by_their_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = "from mahdar.checking.registry import reports\n"
    two = "".join(
        f"@reports('name_unknown')\ndef {name}(record): return ()\n" for name in ("second", "first")
    )
    room = make_room(tmp_path, monkeypatch, two=head + two)
    assert [rule.find.__name__ for rule in rules(room)] == ["first", "second"]


def test_a_rule_is_given_what_it_asks_for(specimen: ReadFile) -> None:
    asked: list[object] = []

    def look(source: object, record: object) -> Iterable[Finding]:
        asked.extend((source, record))
        return ()

    rule = Rule(look, (), ("source", "record"), 1)
    assert list(rule.run(Given(specimen.record, specimen.language, specimen.source))) == []
    assert asked[0] is specimen.source
    assert asked[1] is specimen.record


def test_a_rule_that_asks_for_what_nobody_has_is_refused() -> None:
    with pytest.raises(TypeError, match=r"asks for weather; .*record, language, source"):

        @reports("name_unknown")
        def check_weather(record: Record, weather: str) -> Iterable[Finding]:
            return ()


def blocks(kind: str) -> list[str]:
    """Return the examples of the page on adding a check, in a language."""
    return re.findall(rf"```{kind}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def test_the_example_of_the_page_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, specimen: ReadFile
) -> None:
    rule, tried = blocks("python")
    (kind,) = blocks("toml")
    room = make_room(tmp_path, monkeypatch, agenda=rule)
    folder = tmp_path / "findings"
    shutil.copytree(ROOT / "src" / "mahdar" / "findings", folder)
    (folder / "kinds" / "agenda_missing.toml").write_text(kind, "utf-8")
    monkeypatch.setattr(sentences, "CATALOGUE", Catalogue(folder))

    assert undeclared(room) == []
    without = msgspec.structs.replace(specimen.record, agenda=())
    (found,) = rules(room)[0].run(Given(without, specimen.language, specimen.source))
    assert found.readings[1].text == "صون الواحات والمياه الجوفية المشتركة"
    assert explain_finding(found, "zh") == "封面上未找到任何议程项目；正文中的标题数：3"
    assert title_finding(found, "es") == "Falta el orden del día"

    names = {"mahdar": mahdar, "msgspec": msgspec, "check_agenda": rules(room)[0].find}
    exec(tried, names)
    names["test_a_meeting_of_the_council_without_an_agenda"]()  # type: ignore[operator]
