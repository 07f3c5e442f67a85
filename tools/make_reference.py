"""Write docs/reference/ from the code, or with ``--check`` tell whether it is up to date.

python tools/make_reference.py [--check]
"""

from __future__ import annotations

import inspect
import json
import sys
from pathlib import Path
from types import ModuleType

import click
import msgspec

import mahdar
from mahdar import errors, model, study
from mahdar.api import study as studies
from mahdar.cli.main import main as command_line

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
_NOTE = "Made from the code by `make docs`; change the code, not this page.\n"


def commands() -> str:
    """Return the page on the command line: each command's own help."""
    parts = ["# The command line\n", _NOTE]
    parent = click.Context(command_line, info_name="mahdar")
    parts.append(f"```text\n{command_line.get_help(parent)}\n```\n")
    for name in sorted(command_line.commands):
        command = command_line.commands[name]
        context = click.Context(command, info_name=name, parent=parent)
        parts.append(f"## mahdar {name}\n\n```text\n{command.get_help(context)}\n```\n")
        for below, part in sorted(getattr(command, "commands", {}).items()):
            inner = click.Context(part, info_name=below, parent=context)
            parts.append(f"### mahdar {name} {below}\n\n```text\n{part.get_help(inner)}\n```\n")
    return "\n".join(parts)


def functions() -> str:
    """Return the page on the public functions and errors."""
    parts = ["# The Python functions\n", _NOTE]
    for name in mahdar.__all__:
        thing = getattr(mahdar, name)
        if inspect.isfunction(thing):
            signature = str(inspect.signature(thing)).replace("'", "")
            parts.append(f"## mahdar.{name}{signature}\n\n```text\n{inspect.getdoc(thing)}\n```\n")
    for name in studies.__all__:
        thing = getattr(studies, name)
        room = "study" if name in study.__all__ else "api.study"
        signature = str(inspect.signature(thing)).replace("'", "")
        parts.append(
            f"## mahdar.{room}.{name}{signature}\n\n```text\n{inspect.getdoc(thing)}\n```\n"
        )
    parts.append("## Errors\n")
    for name, thing in vars(errors).items():
        if inspect.isclass(thing) and issubclass(thing, errors.MahdarError):
            base = thing.__mro__[1].__name__
            summary = (inspect.getdoc(thing) or "").partition("\n")[0]
            parts.append(f"- `{name}` (a `{base}`): {summary}")
    return "\n".join(parts) + "\n"


def classes(module: ModuleType) -> str:
    """Return the page on the classes of the model, with their fields and types."""
    parts = ["# The model\n", _NOTE]
    for name in module.__all__:
        thing = getattr(module, name)
        if not (inspect.isclass(thing) and issubclass(thing, msgspec.Struct)):
            continue
        parts.append(f"## {name}\n\n{inspect.getdoc(thing)}\n")
        parts.append("| field | type |\n|---|---|")
        for field, kind in thing.__annotations__.items():
            shown = str(kind).replace("|", "\\|")
            parts.append(f"| `{field}` | `{shown}` |")
        parts.append("")
    return "\n".join(parts)


def pages() -> dict[str, str]:
    """Return every page of the reference by its file name."""
    schema = json.dumps(mahdar.schema(), ensure_ascii=False, indent=1, sort_keys=True)
    return {
        "command-line.md": commands(),
        "functions.md": functions(),
        "model.md": classes(model),
        "record.schema.json": schema + "\n",
    }


def main() -> int:
    """Write the pages, or compare them; return the exit status."""
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if "--check" in sys.argv:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if stale:
        print(f"docs/reference is not up to date ({', '.join(stale)}); run: make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
