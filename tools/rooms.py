"""Who imports whom in the house: the table of its rooms, and what its modules import.

Read from the code with ``ast``: imports inside functions and for types count, doctests do not.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "rooms.toml"
FACE = "__init__"

# What reading, checking and publishing need: `make quick` checks these rooms alone.
CORE = (
    "_version", "errors", "tsv", "model", "languages", "findings", "sources", "authority",
    "citations", "layout", "parsing", "resolving", "checking", "publishing", "specimens",
    "reading",
)  # fmt: skip


class Import(NamedTuple):
    """One module imports another, at a line of a file."""

    file: Path
    line: int
    importer: str
    imported: str


def read_rooms(table: Path = TABLE) -> dict[str, str]:
    """Return the rooms from the ground up, each with the sentence on what it takes and gives."""
    with table.open("rb") as file:
        return tomllib.load(file)


def modules_of(package: Path) -> dict[str, Path]:
    """Return the modules of a package: their dotted names, and their files."""
    found = {}
    for file in sorted(package.rglob("*.py")):
        parts = file.relative_to(package.parent).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


def room_of(module: str) -> str:
    """Return the room of a module: the folder, the module beside the folders, or the face."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else FACE


def imports_of(package: Path) -> list[Import]:
    """Return every import of one module of a package by another."""
    modules = modules_of(package)
    found = []
    for importer, file in modules.items():
        inside = importer if file.name == "__init__.py" else importer.rpartition(".")[0]
        for line, name in names_imported(file, inside):
            if name.split(".")[0] == package.name:
                found.append(Import(file, line, importer, _module(name, modules)))
    return [one for one in found if one.importer != one.imported]


def names_imported(
    file: Path, inside: str = "", *, at_once: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield the line of each import of a file and the dotted name that is imported.

    Args:
        file: with Python code.
        inside: the package that it lies in, for imports that begin with a dot.
        at_once: only what is imported when the file is: not in functions, not for types.
    """
    waiting: list[ast.AST] = [ast.parse(file.read_text(encoding="utf-8"))]
    while waiting:
        node = waiting.pop()
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() if at_once:
                continue
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) if at_once:
                waiting += node.orelse
                continue
            case ast.Import():
                for alias in node.names:
                    yield node.lineno, alias.name
            case ast.ImportFrom():
                above = inside.split(".")[: len(inside.split(".")) - node.level + 1]
                base = ".".join([*(above if node.level else []), *filter(None, [node.module])])
                for alias in node.names:
                    yield node.lineno, f"{base}.{alias.name}"
            case ast.Call(func=func, args=[ast.Constant(value=str(name)), *_]):
                called = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
                if called in {"import_module", "__import__"}:
                    yield node.lineno, name
        waiting += ast.iter_child_nodes(node)


def _module(name: str, modules: Mapping[str, Path]) -> str:
    """Return the module that a dotted name means, which may be of something within it.

    A module that is not there keeps its name, so that nobody takes it for the face of the house.
    """
    parent = name.rpartition(".")[0]
    return name if name in modules or parent not in modules else parent


def faults_of(package: Path, rooms: Iterable[str]) -> list[str]:
    """Return a sentence for every import of a later room, and for every module without a room."""
    place = {room: number for number, room in enumerate(rooms)}
    beside = package.parent.parent
    faults = [
        f"{file.relative_to(beside)}: the room {room_of(module)} is not in the table of rooms"
        for module, file in modules_of(package).items()
        if room_of(module) not in place
    ]
    for file, line, importer, imported in imports_of(package):
        own, other = room_of(importer), room_of(imported)
        where = f"{file.relative_to(beside)}, line {line}"
        if other not in place:
            faults.append(f"{where}: {own} imports {imported}, and there is no room {other}")
        elif own in place and place[other] > place[own]:
            faults.append(f"{where}: {own} imports {imported}, but the room {other} comes after it")
    return sorted(faults)


def circles_of(imports: Iterable[Import]) -> list[tuple[str, ...]]:
    """Return the circles: sets of modules of which each comes to each by the way of imports.

    The modules of a circle come in order of their names; none is in two of them.
    """
    ways: dict[str, set[str]] = {}
    for found in imports:
        ways.setdefault(found.importer, set()).add(found.imported)
    reach = {module: _reached(module, ways) for module in ways}
    circles = {
        tuple(sorted(other for other in reach[module] if module in reach.get(other, ())))
        for module in ways
        if module in reach[module]
    }
    return sorted(circles)


def _reached(start: str, ways: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = ways.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found
