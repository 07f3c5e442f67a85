"""The commands, as a person types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pypdfium2
import pytest
import typst
from click.testing import CliRunner
from PIL import Image

from mahdar import schema, specimen_path
from mahdar.cli.main import main
from tests.test_other_layouts import LAYOUTS

SPECIMEN = str(specimen_path())


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, list(arguments))
    return result.exit_code, result.stdout, result.stderr


def test_read_prints_the_contract() -> None:
    status, out, _ = run("read", SPECIMEN, "--format", "json")
    assert status == 0
    record = json.loads(out)
    names = (
        "symbol organ meeting_number language status date scheduled_time opened_at closed_at"
        " place president members agenda documents notice body furniture findings"
    )
    assert set(names.split()) <= set(record)
    jsonschema.validate(record, schema(), cls=jsonschema.Draft202012Validator)
    kinds = {item["kind"] for item in record["body"]}
    assert kinds == {"heading", "act", "turn"}
    turn = next(item for item in record["body"] if item["kind"] == "turn")
    assert {
        "label",
        "speaker",
        "capacity",
        "affiliation",
        "language",
        "interpreted",
        "paragraphs",
    } <= set(turn)
    assert set(turn["speaker"]) == {"label", "honorific", "name"}
    assert set(turn["paragraphs"][0]) == {"text", "spans"}
    assert set(turn["paragraphs"][0]["spans"][0]) == {"start", "end"}
    member = record["members"][1]
    assert member["state"] == {"label": "الاتحاد الروسي", "code": "RUS"}
    assert set(member["representative"]) == {"label", "honorific", "name"}


def test_schema_refuses_what_is_no_record() -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"symbol": 7}, schema(), cls=jsonschema.Draft202012Validator)


def test_read_as_text_sums_up() -> None:
    status, out, _ = run("read", SPECIMEN)
    assert status == 0
    for words in ("S/PV.99901", "Turns: 11", "S/PRST/2031/4", "closed at 16:40", "S.2031/77"):
        assert words in out


def test_show_gives_the_true_order() -> None:
    status, out, _ = run("show", SPECIMEN, "--width", "0")
    assert status == 0
    first = out.index("وما تعلمته من هؤلاء الحراس")
    assert first < out.index("ومن هذا المنطلق، أعدت") < out.index("وختاما، أدعو أعضاء المجلس")
    assert "\u2067" not in out


def test_show_folds_lines() -> None:
    _, out, _ = run("show", SPECIMEN, "--width", "40")
    assert max(map(len, out.splitlines())) <= 40


def test_explain_shows_pages_joins_and_confidence() -> None:
    status, out, _ = run("explain", SPECIMEN)
    assert status == 0
    assert "columns swapped, confidence" in out
    assert "▐" in out
    status, out, _ = run("explain", SPECIMEN, "--format", "json")
    page = json.loads(out)["pages"][2]
    assert page["moved"] is True
    assert sorted(page["before"]) == sorted(page["after"])
    assert 0.5 <= page["confidence"] <= 1


def test_explain_draws(tmp_path: Path) -> None:
    picture = tmp_path / "a.svg"
    status, _, _ = run("explain", SPECIMEN, "--svg", str(picture), "-o", str(tmp_path / "a.txt"))
    assert status == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg")


def test_output_file_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    status, out, _ = run("read", SPECIMEN, "--format", "json", "-o", str(target))
    assert (status, out) == (0, "")
    assert json.loads(target.read_text(encoding="utf-8"))["symbol"] == "S/PV.99901"
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_bad_input_is_one_sentence_status_2_and_nothing_written(tmp_path: Path) -> None:
    bad, target = tmp_path / "bad.txt", tmp_path / "out.json"
    bad.write_bytes(b"\xff\xfe\x00")
    status, out, err = run("read", str(bad), "-o", str(target))
    assert (status, out) == (2, "")
    assert err.startswith("mahdar: ")
    assert err.count("\n") == 1
    assert not target.exists()


def test_output_that_cannot_be_written_is_status_3(tmp_path: Path) -> None:
    status, _, err = run("read", SPECIMEN, "-o", str(tmp_path / "no" / "such" / "a.json"))
    assert status == 3
    assert "cannot be written" in err


def test_an_older_result_is_kept_when_the_input_is_bad(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("old", encoding="utf-8")
    status, _, _ = run("read", str(tmp_path / "none.txt"), "-o", str(target))
    assert status == 2
    assert target.read_text(encoding="utf-8") == "old"


def test_standard_input_and_any_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0"}
    result = subprocess.run(
        [sys.executable, "-m", "mahdar", "show", "-"],
        input=specimen_path().read_bytes(),
        capture_output=True,
        env=environment,
        check=True,
    )
    assert "محضر" in result.stdout.decode("utf-8") or "المحضر" in result.stdout.decode("utf-8")


@pytest.mark.parametrize("command", ["read", "show", "explain", "schema"])
def test_every_command_explains_itself(command: str) -> None:
    status, out, _ = run(command, "--help")
    assert status == 0
    assert out.count(".") >= 2


def test_help_documents_the_exit_statuses() -> None:
    _, out, _ = run("--help")
    assert "Exit status: 0" in out


def test_a_device_is_written_to_and_not_replaced() -> None:
    device = Path(os.devnull)
    assert run("read", SPECIMEN, "-o", str(device))[0] == 0
    assert not device.is_file()


def test_a_folder_as_output_is_status_3(tmp_path: Path) -> None:
    status, _, err = run("read", SPECIMEN, "-o", str(tmp_path))
    assert status == 3
    assert "cannot be written" in err


def printed(folder: Path) -> Path:
    """Print an invented meeting of three pages as a PDF."""
    typst.compile(str(LAYOUTS / "council_1984.typ"), output=str(folder / "a.pdf"))
    return folder / "a.pdf"


def test_a_page_is_drawn(tmp_path: Path) -> None:
    path, target = printed(tmp_path), tmp_path / "page.png"
    status, _, _ = run("explain", str(path), "--page", "1", "--png", str(target))
    assert status == 0
    with Image.open(target) as picture:
        assert picture.width > 600
        saturation = picture.convert("HSV").histogram()[256:512]
    coloured = sum(saturation[64:])
    assert coloured > 1000  # the frames of columns, blocks and names


def test_all_pages_are_drawn_each_to_its_file(tmp_path: Path) -> None:
    path = printed(tmp_path)
    status, _, _ = run("explain", str(path), "--png", str(tmp_path / "page.png"))
    assert status == 0
    pages = len(pypdfium2.PdfDocument(str(path)))
    assert sorted(p.name for p in tmp_path.glob("*.png")) == [
        f"page-{n:03}.png" for n in range(1, pages + 1)
    ]


def test_a_page_that_is_not_there(tmp_path: Path) -> None:
    path, target = printed(tmp_path), tmp_path / "page.png"
    status, _, err = run("explain", str(path), "--page", "99", "--png", str(target))
    assert status == 2
    assert "99" in err
    assert not target.exists()


def test_a_text_has_no_pages_to_draw(tmp_path: Path) -> None:
    status, _, err = run("explain", SPECIMEN, "--png", str(tmp_path / "page.png"))
    assert status == 2
    assert "PDF" in err


def test_limits_can_be_set(tmp_path: Path) -> None:
    path = str(printed(tmp_path))
    status, _, err = run("read", path, "--most-pages", "1")
    assert (status, "--most-pages" in err) == (2, True)
    status, _, err = run("read", path, "--seconds", "0.0001")
    assert (status, "--seconds" in err) == (2, True)


def test_a_pdf_on_standard_input(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "mahdar", "read", "-", "--format", "json"],
        input=printed(tmp_path).read_bytes(),
        capture_output=True,
        check=True,
    )
    assert json.loads(result.stdout)["symbol"] == "S/PV.9540"


def test_who_says_what_a_name_means() -> None:
    code, out, _ = run("who", "منظمة المؤتمر الإسلامي")
    assert code == 0
    assert out.startswith("OIC  organisation\n")
    assert "1969-09-25 to 2011-06-28" in out
    code, out, _ = run("who", "--format", "json", "--language", "fr", "au Tchad")
    assert json.loads(out)[0]["code"] == "TCD"


def test_cite_lists_who_cites_what(tmp_path: Path) -> None:
    code, out, _ = run("cite", SPECIMEN)
    assert code == 0
    assert "S/PRST/2031/4" in out
    rows = json.loads(run("cite", "--to", "json", "--kind", "document", SPECIMEN)[1])
    assert {row["kind"] for row in rows} == {"document"}
    table = run("cite", "--to", "csv", SPECIMEN)[1].splitlines()
    assert table[0].startswith("kind,id,printed,speaker,person,affiliation,record,turn")
    graph = tmp_path / "graph.graphml"
    assert run("cite", "--to", "graphml", "-o", str(graph), SPECIMEN)[0] == 0
    space = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.parse(graph).getroot()
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = [(e.get("source"), e.get("target")) for e in root.iter(f"{space}edge")]
    assert "what:S/PRST/2031/4" in nodes
    assert edges
    assert all(end in nodes for edge in edges for end in edge)


def test_people_are_listed_once_with_reasons(tmp_path: Path) -> None:
    code, out, _ = run("people", SPECIMEN)
    assert code == 0
    assert out.count("turns)") > 5
    missing = tmp_path / "no.toml"
    code, _, err = run("people", "--overrides", str(missing), SPECIMEN)
    assert code == 2
    assert "overrides" in err


def test_the_pages_of_standard_input_cannot_be_drawn(tmp_path: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "mahdar", "explain", "-", "--png", str(tmp_path / "a.png")],
        input=printed(tmp_path).read_bytes(),
        capture_output=True,
        check=False,
    )
    said = result.stderr.decode()
    assert (result.returncode, said.count("\n")) == (2, 1)
    assert said.startswith("mahdar: standard input: ")
    assert not list(tmp_path.glob("*.png"))
