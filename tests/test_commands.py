"""The command line has nothing of its own: each command stands for public functions.

What is in the tables here is written by hand from what `mahdar COMMAND --help` offers.
"""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import click
import pytest

import mahdar
from mahdar.api import opening
from mahdar.api import study as studies
from mahdar.cli.main import main
from mahdar.search.searching import Sort
from mahdar.study.concordance import Order
from mahdar.study.groups import By
from mahdar.study.networks import Who

CLI = Path(str(inspect.getfile(main.callback or main))).parent
FACE, ROOMS = {"mahdar"}, ("mahdar.api", "mahdar.cli", "mahdar.errors", "mahdar._version")

# Each command, what it calls of the public functions: first that of its name, then what opens
# what it is given, then what makes of the result the form that is asked for.
CALLS: dict[str, tuple[str, ...]] = {
    "read": ("read", "summary", "as_json"),
    "show": ("show", "open_record", "as_json"),
    "course": ("course", "open_record", "tell_course", "as_json"),
    "explain": (
        "explain", "read_stages", "draw_columns", "draw_pages", "tell_explanation", "as_json"
    ),
    "schema": ("schema", "as_json"),
    "publish": ("publish", "open_record"),
    "align": ("align", "open_record", "publish_alignment"),
    "who": ("who", "tell_name", "as_json"),
    "cite": ("cite", "open_record", "publish_citations"),
    "people": ("people", "open_record", "tell_people", "as_json"),
    "search": (
        "search", "open_archive", "tell_answer", "publish_references", "as_json", "Incomplete"
    ),
    "index": ("index", "open_archive", "publish_index"),
    "add": (
        "add", "open_archive", "vectors", "start_vectors", "count_without_vectors", "as_json"
    ),
    "list": ("list_records", "list_unread", "open_archive", "as_json"),
    "remove": ("remove", "open_archive"),
    "export": ("export", "open_archive"),
    "verify": ("verify", "open_archive", "as_json"),
    "rebuild": (
        "rebuild", "open_archive", "vectors", "start_vectors", "count_without_vectors", "as_json"
    ),
    "vectors": ("vectors", "open_archive"),
    "choose": ("choose",),
    "rulings list": ("rulings", "as_json"),
    "rulings export": ("export_rulings",),
    "rulings import": ("import_rulings",),
    "rulings take-back": ("take_back",),
    "serve": ("serve",),
    "user add": ("add_user",),
    "user password": ("change_password",),
    "user remove": ("remove_user",),
    "user list": ("list_users", "as_json"),
    "study concordance": (
        "study.concordance", "open_archive", "study.tell_concordance", "study.publish_table"
    ),
    **{
        f"study {name}": (
            f"study.{name}", "open_archive", "study.publish_table", "study.draw_table"
        )
        for name in (
            "frequencies", "collocations", "keyness", "dispersion", "ngrams", "citations", "together"
        )
    },
}  # fmt: skip
# Options that say only where the result goes, whether it is for people or programs, or whether
# somebody is asked first.
OUTPUT = {"--output", "--format", "--yes"}
# Options whose argument has another name: in every command, and in one.
NAMED = {
    "--to": "to", "--most-pages": "limits", "--seconds": "limits", "--mebibytes": "limits",
    "FILE": "given", "FILE...": "records",
}  # fmt: skip
NAMED_IN = {
    ("read", "FILE"): "file",
    ("explain", "FILE"): "file",
    ("search", "--meaning"): "mode",
    ("rulings export", "FILE"): "path",
    ("rulings import", "FILE"): "path",
}
# Options that another function than that of the name of the command answers: which, and with what
# argument, none where the option names the file for what it returns.
ELSEWHERE = {
    ("explain", "--svg"): ("draw_columns", ""),
    ("explain", "--png"): ("draw_pages", ""),
    ("explain", "--page"): ("draw_pages", "page"),
    ("align", "--to"): ("publish_alignment", "to"),
    ("cite", "--to"): ("publish_citations", "to"),
    ("search", "--format"): ("publish_references", "to"),
    ("index", "--to"): ("publish_index", "to"),
    ("add", "--vectors"): ("start_vectors", ""),
    ("list", "--unread"): ("list_unread", ""),
    **{
        (name, option): found
        for name in CALLS
        if name.startswith("study ")
        for option, found in {
            "--to": ("study.publish_table", "to"), "--plot": ("study.draw_table", "")
        }.items()
        if (name, option) != ("study concordance", "--plot")
    },
}  # fmt: skip


def commands(group: click.Group = main, before: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        else:
            yield before + name, command


COMMANDS = dict(commands())


def function(name: str) -> Callable[..., Any]:
    found = getattr(studies if name.startswith("study.") else mahdar, name.rpartition(".")[2])
    assert callable(found), name
    return found  # type: ignore[no-any-return]


def imported(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """Yield the module, the name in it and the name it gets, of each import."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, "", alias.asname or alias.name.partition(".")[0]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "say from where"
            for alias in node.names:
                yield node.module or "", alias.name, alias.asname or alias.name


def dotted(node: ast.AST) -> str:
    """Return ``a.b.c`` of an attribute, "" of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def strays(source: str) -> list[str]:
    """Return what a module of the command line takes from rooms that it should not know."""
    tree = ast.parse(source)
    found = []
    for module, name, _ in imported(tree):
        if module.partition(".")[0] != "mahdar" or (module in FACE and not name):
            continue
        whole = f"{module}.{name}" if module in FACE else module
        if not any(whole == room or whole.startswith(f"{room}.") for room in ROOMS):
            found.append(whole)
    known = {*mahdar.__all__}
    for node in ast.walk(tree):
        parts = dotted(node).split(".")
        if isinstance(node, ast.Attribute) and parts[0] == "mahdar" and parts[1] not in known:
            found.append(".".join(parts))
    return found


@pytest.mark.parametrize("file", sorted(CLI.glob("*.py")), ids=lambda file: file.name)
def test_the_command_line_knows_only_the_public_functions(file: Path) -> None:
    found = strays(file.read_text(encoding="utf-8"))
    assert not found


@pytest.mark.parametrize(
    "source",
    [
        "from mahdar.reading.read import read_file",
        "import mahdar.study",
        "def f():\n    from mahdar import study",
        "import mahdar\nmahdar.reading.read.read_file('a')",
        "if TYPE_CHECKING:\n    from mahdar.search.hits import Answer",
        "from mahdar.apiary import x",
    ],
)
def test_what_it_should_not_know_is_seen(source: str) -> None:
    assert strays(source)


def test_every_command_stands_for_public_functions() -> None:
    assert set(COMMANDS) == set(CALLS)
    for names in CALLS.values():
        for name in names:
            function(name)
            public = studies.__all__ if name.startswith("study.") else mahdar.__all__
            assert name.rpartition(".")[2] in public
    for name in mahdar.study.__all__:
        assert getattr(mahdar.study, name) is function(f"study.{name}")


def test_commands_have_the_names_of_their_functions() -> None:
    other = {
        "list": "list_records", "user add": "add_user", "user list": "list_users",
        "user remove": "remove_user", "user password": "change_password",
        "rulings list": "rulings", "rulings export": "export_rulings",
        "rulings import": "import_rulings", "rulings take-back": "take_back",
    }  # fmt: skip
    for name, (first, *_) in CALLS.items():
        assert first == other.get(name, name.replace(" ", "."))


def used(code: Any, seen: set[Any]) -> set[str]:
    """Return the public functions that a function of the command line uses, by itself or others."""
    code = inspect.unwrap(code)
    if code in seen:
        return set()
    seen.add(code)
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    body = ast.Module(tree.body[0].body, [])  # type: ignore[attr-defined]
    local = {
        given: f"{module}.{name}".rstrip(".") for module, name, given in imported(body)
    }  # fmt: skip
    found = set()
    for node in ast.walk(body):
        name = dotted(node)
        first, _, rest = name.partition(".")
        if first in local:
            name = f"{local[first]}.{rest}".rstrip(".")
        if name.startswith("mahdar.") and name.rpartition(".")[0] in ("mahdar", "mahdar.api.study"):
            found.add(name.removeprefix("mahdar.").removeprefix("api."))
        held = code.__globals__.get(name)
        if inspect.isfunction(held) and held.__module__.startswith("mahdar.cli."):
            found |= used(held, seen)
    return found - {"api.study"}


@pytest.mark.parametrize("name", CALLS)
def test_a_command_calls_its_function_and_no_other(name: str) -> None:
    assert used(COMMANDS[name].callback, set()) == set(CALLS[name])


def typed(parameter: click.Parameter) -> str:
    """Return what a person types for a parameter: its long option, or what stands for it."""
    if isinstance(parameter, click.Argument):
        return parameter.metavar or (parameter.name or "").upper()
    return next(option for option in parameter.opts if option.startswith("--"))


def arguments(name: str) -> set[str]:
    """Return the arguments that a function takes; how to read a file is taken apart."""
    found = set()
    for each in inspect.signature(function(name)).parameters.values():
        if each.kind is each.VAR_KEYWORD:
            assert each.annotation == "Unpack[Reading]"
            found |= set(opening.Reading.__annotations__)
        else:
            found.add(each.name)
    return found


def lacking(name: str, command: click.Command, names: tuple[str, ...]) -> set[str]:
    """Return the options of a command that no argument of its functions stands for."""
    found = set()
    for parameter in command.params:
        option = typed(parameter)
        if (name, option) in ELSEWHERE:
            called, argument = ELSEWHERE[name, option]
            if called not in names or (argument and argument not in arguments(called)):
                found.add(option)
        elif option not in OUTPUT:
            argument = NAMED_IN.get((name, option)) or NAMED.get(option) or str(parameter.name)
            if argument not in arguments(names[0]):
                found.add(option)
    return found


@pytest.mark.parametrize("name", CALLS)
def test_whatever_an_option_does_an_argument_does(name: str) -> None:
    assert lacking(name, COMMANDS[name], CALLS[name]) == set()


def test_an_option_that_no_argument_stands_for_is_seen() -> None:
    @click.command()
    @click.option("--upside-down", is_flag=True)
    @click.option("--language")
    @click.option("--output")
    @click.argument("file", metavar="FILE")
    def read(**_: str) -> None:
        """Read upside down."""

    assert lacking("read", read, ("read",)) == {"--upside-down"}


def test_the_tables_name_options_that_there_are() -> None:
    there = {(name, typed(p)) for name, command in COMMANDS.items() for p in command.params}
    assert {*ELSEWHERE, *NAMED_IN} <= there
    assert {option for _, option in there} >= OUTPUT | set(NAMED)


def choices(name: str, option: str) -> tuple[str, ...]:
    (found,) = [p for p in COMMANDS[name].params if option in p.opts]
    assert isinstance(found.type, click.Choice)
    return tuple(found.type.choices)


@pytest.mark.parametrize(
    ("name", "option", "kind"),
    [
        ("search", "--sort", Sort),
        ("study concordance", "--sort", Order),
        ("study frequencies", "--by", By),
        ("study dispersion", "--by", By),
        ("study citations", "--by", Who),
        ("study together", "--by", Who),
    ],
)
def test_choices_are_those_of_the_functions(name: str, option: str, kind: Any) -> None:
    assert choices(name, option) == get_args(kind)


def test_forms_are_those_that_the_commands_offer() -> None:
    assert choices("align", "--to") == ("text", "json", "tmx", "html")
    assert choices("cite", "--to") == ("text", "json", "csv", "graphml")
    assert choices("index", "--to") == ("html", "pdf", "csv", "json")
    assert choices("search", "--format") == ("text", "json", "bibtex", "ris", "csl")
    assert choices("export", "--to") == ("json", "text", "html", "tei", "akn", "csv", "parquet")
    assert choices("publish", "--to") == (
        "text", "html", "pdf", "docx", "akn", "tei", "json", "csv", "parquet"
    )  # fmt: skip
    for name in mahdar.study.__all__:
        assert choices(f"study {name}", "--to") == ("text", "json", "csv", "parquet")


def test_a_form_that_is_not_there_is_refused() -> None:
    record = mahdar.read(mahdar.specimen_path())
    nothing: Any = None
    wrong: list[Callable[[Any], object]] = [
        lambda to: mahdar.publish(record, to),
        lambda to: mahdar.publish_citations(mahdar.cite(record), to),
        lambda to: mahdar.publish_alignment(nothing, record, record, to),
        lambda to: mahdar.publish_index(nothing, to),
        lambda to: studies.publish_table(nothing, to),
    ]
    for call in wrong:
        with pytest.raises(ValueError, match="there is no form 'odt', only "):
            call("odt")


def test_functions_stay_where_rooms_have_their_names() -> None:
    script = (
        "import importlib, pkgutil, types, mahdar\n"
        "rooms = {m.name for m in pkgutil.iter_modules(mahdar.__path__)} & set(mahdar.__all__)\n"
        "assert rooms == {'index', 'search'}, rooms\n"
        "for room in rooms:\n"
        "    assert importlib.import_module(f'mahdar.{room}').__name__ == f'mahdar.{room}'\n"
        "    assert isinstance(getattr(mahdar, room), types.FunctionType), room\n"
        "from mahdar.search.query import parse\n"
        "import mahdar.study\n"
        "assert mahdar.study.frequencies\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert isinstance(mahdar.study, ModuleType)
