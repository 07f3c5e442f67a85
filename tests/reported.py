"""Which kinds of findings a module makes, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple


class Reported(NamedTuple):
    """A call that makes a finding; ``cases`` and ``facts`` are None where they cannot be read."""

    code: str
    cases: frozenset[str] | None
    facts: frozenset[str] | None
    line: int


def reported_in(source: str) -> list[Reported]:
    """Return the calls of ``report``, and of functions of the module that hand a code on to it.

    Raises:
        AssertionError: a code is not written out, so that nobody can tell which it is.
    """
    tree = ast.parse(source)
    handing_on = dict(_handing_on(tree))
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = _name(call.func)
        if name == "report":
            code = call.args[0]
            if not _is_handed(code, handing_on):
                found.append(Reported(_constant(code), _cases(call), _facts(call), call.lineno))
        elif name in handing_on:
            place, _ = handing_on[name]
            found.append(Reported(_constant(call.args[place]), None, None, call.lineno))
    return found


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _constant(node: ast.expr) -> str:
    written = isinstance(node, ast.Constant) and isinstance(node.value, str)
    assert written, f"line {node.lineno}: write the code of the finding out: {ast.unparse(node)}"
    return str(ast.literal_eval(node))


def _handing_on(tree: ast.Module) -> Iterator[tuple[str, tuple[int, ast.expr]]]:
    """Yield the functions with a parameter that they call ``report`` with: its place, the use."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = [each.arg for each in function.args.args if each.arg != "self"]
        for call in ast.walk(function):
            if isinstance(call, ast.Call) and _name(call.func) == "report":
                code = call.args[0]
                if isinstance(code, ast.Name) and code.id in names:
                    yield function.name, (names.index(code.id), code)


def _is_handed(code: ast.expr, handing_on: dict[str, tuple[int, ast.expr]]) -> bool:
    return any(code is use for _, use in handing_on.values())


def _cases(call: ast.Call) -> frozenset[str] | None:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "case"]
    if not given:
        return frozenset({""})
    either = [given[0].body, given[0].orelse] if isinstance(given[0], ast.IfExp) else given
    if not all(isinstance(each, ast.Constant) for each in either):
        return None
    return frozenset(str(ast.literal_eval(each)) for each in either)


def _facts(call: ast.Call) -> frozenset[str] | None:
    names = [keyword.arg for keyword in call.keywords]
    if None in names:
        return None
    return frozenset(str(name) for name in names) - {"case", "proposed"}
