"""Tell which room of the package imports which, and draw them from the ground up.

python tools/draw_rooms.py [--source CHECKOUT] [--svg FILE]

A room is a package directly under ``mahdar``, or a module there. Imports within functions and for
type checkers count. An arrow is *upward* where a room imports a later one of tools/rooms.toml.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the table is read as the test reads it
from tools.rooms import TABLE, read_rooms  # noqa: E402

PACKAGE = "mahdar"

# Modules that lay beside the rooms in earlier checkouts, and the rooms that they belong to.
_LOOSE = {
    "tables": "tsv", "show": "publishing", "summary": "publishing", "explain": "reading",
    "picture": "reading", "page_picture": "reading", "api_archive": "api", "api_site": "api",
}  # fmt: skip
ROOMS = tuple(read_rooms())
"""The rooms from the ground up."""

Arrow = tuple[str, str]
_LARGEST = 10


class House(msgspec.Struct, frozen=True):
    """The rooms of a package: how many lines each has, who imports whom in which files."""

    lines: dict[str, int]
    loose: tuple[str, ...]
    arrows: dict[Arrow, tuple[str, ...]]


def house_of(package: Path) -> House:
    """Return the rooms of a package.

    Args:
        package: its folder, ``src/mahdar``.
    """
    lines: Counter[str] = Counter()
    found: dict[Arrow, list[str]] = defaultdict(list)
    files = sorted(package.rglob("*.py"))
    rooms = {_room(path, package) for path in files}
    for path in files:
        room = _room(path, package)
        text = path.read_text(encoding="utf-8")
        lines[room] += text.count("\n")
        for other in sorted(set(imported(text, path.relative_to(package), rooms)) - {room}):
            found[room, other].append(path.relative_to(package).as_posix())
    loose = tuple(p.stem for p in files if p.parent == package and p.stem != "__init__")
    return House(dict(lines), loose, {arrow: tuple(where) for arrow, where in found.items()})


def _room(path: Path, package: Path) -> str:
    return path.relative_to(package).parts[0].removesuffix(".py")


def imported(text: str, path: Path, rooms: Iterable[str]) -> Iterator[str]:
    r"""Yield the rooms that a module imports.

    Args:
        text: of the module.
        path: of it, within the package.
        rooms: that there are; a name that is none of them is taken from the package itself.

    >>> list(imported("def f():\n    from mahdar.web import x", Path("cli/serve.py"), ("web",)))
    ['web']
    >>> list(imported("from mahdar import study, read", Path("cli/study.py"), ("study",)))
    ['study', '__init__']
    """
    rooms = set(rooms)
    for node in ast.walk(ast.parse(text)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                held = [PACKAGE, *path.parent.parts]
                base = ".".join([*held[: len(held) - node.level + 1], *filter(None, [base])])
            names = [base] if base != PACKAGE else [f"{base}.{a.name}" for a in node.names]
        for name in names:
            first, _, rest = name.partition(".")
            if first == PACKAGE:
                room = rest.partition(".")[0]
                yield room if room in rooms else "__init__"


def rank_of(room: str) -> int:
    """Return the number of a room, from the ground.

    Raises:
        ValueError: it is not in the table.
    """
    return ROOMS.index(_LOOSE.get(room, room))


def upward_of(arrows: Iterable[Arrow]) -> list[Arrow]:
    """Return the arrows from a room to a later one."""
    return [(room, other) for room, other in sorted(arrows) if rank_of(other) > rank_of(room)]


def circles(arrows: Iterable[Arrow]) -> list[tuple[str, ...]]:
    """Return the rooms that can come back to themselves, those of one knot together.

    >>> circles([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")])
    [('a', 'b', 'c')]
    """
    out: dict[str, set[str]] = defaultdict(set)
    for room, other in arrows:
        out[room].add(other)
    reached = {room: _reached(room, out) for room in list(out)}
    knots = {
        tuple(sorted({room, *(o for o in reached[room] if room in reached.get(o, ()))}))
        for room in reached
        if room in reached[room]
    }
    return sorted(knots)


def _reached(room: str, out: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    waiting = list(out.get(room, ()))
    while waiting:
        other = waiting.pop()
        if other not in seen:
            seen.add(other)
            waiting += out.get(other, ())
    return seen


def loops(arrows: Iterable[Arrow], longest: int = 12) -> Counter[int]:
    """Count the ways that lead from a room back to it, by how many rooms they pass.

    >>> sorted(loops([("a", "b"), ("b", "a"), ("b", "c"), ("c", "a")]).items())
    [(2, 1), (3, 1)]
    """
    out: dict[str, set[str]] = defaultdict(set)
    for room, other in arrows:
        out[room].add(other)
    found: Counter[int] = Counter()

    def walk(first: str, way: list[str]) -> None:
        for other in out.get(way[-1], ()):
            if other == first:
                found[len(way)] += 1
            elif other > first and other not in way and len(way) < longest:
                walk(first, [*way, other])

    for room in list(out):
        walk(room, [room])
    return found


def table(house: House) -> str:
    """Return what there is to tell of the rooms, as text."""
    arrows = house.arrows
    upward = upward_of(arrows)
    knots = circles(arrows)
    ways = loops(arrows)
    into, out = _fans(arrows)
    lines = [
        f"{len(house.lines)} rooms, {len(house.loose)} of them modules that stand loose:"
        f" {', '.join(house.loose)}",
        f"{len(arrows)} arrows, {len(upward)} upward",
        f"{len(knots)} knots of rooms that lead back to themselves"
        + "".join(f"; one of {len(knot)}: {', '.join(knot)}" for knot in knots),
        "circles of " + (", ".join(f"{n} rooms: {ways[n]}" for n in sorted(ways)) or "none"),
        "",
        f"{'room':16}{'lines':>7}{'fan-in':>8}{'fan-out':>9}  imports",
    ]
    for room, count in sorted(house.lines.items(), key=lambda row: (-row[1], row[0])):
        names = sorted(out[room], key=lambda name: (rank_of(name), name))
        shown = ", ".join(f"↑{n}" if (room, n) in upward else n for n in names)
        lines.append(f"{room:16}{count:7,}{len(into[room]):8}{len(out[room]):9}  {shown}")
    lines += ["", "Upward:"] if upward else []
    lines += [f"  {a} → {b}: {', '.join(arrows[a, b])}" for a, b in upward]
    return "\n".join(lines) + "\n"


def _fans(arrows: Iterable[Arrow]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    into: dict[str, set[str]] = defaultdict(set)
    out: dict[str, set[str]] = defaultdict(set)
    for room, other in arrows:
        out[room].add(other)
        into[other].add(room)
    return into, out


def needed(arrows: Iterable[Arrow]) -> list[Arrow]:
    """Return the downward arrows that do not follow from others.

    >>> needed([("web", "archive"), ("archive", "model"), ("web", "model")])
    [('archive', 'model'), ('web', 'archive')]
    """
    down = [(a, b) for a, b in arrows if rank_of(a) > rank_of(b)]
    _, out = _fans(down)
    ways = {room: _reached(room, out) for room in list(out)}
    return sorted(
        (a, b) for a, b in down if not any(b in ways.get(o, ()) for o in out[a] if o != b)
    )


_WIDE, _HIGH, _STEP = 160, 24, 30
_STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1b1f24 }
.note { font-size: 11px; fill: #57606a }
rect { fill: #eef3fa; stroke: #4a6fa5; stroke-width: 1 }
path { fill: none; stroke: #4a6fa5; stroke-width: 1.2; opacity: .8 }
path.up { stroke: #c0392b; stroke-width: 1.6 }
path.ground { stroke: #57606a; stroke-width: 2 }
"""
_HEAD = (
    '<marker id="{0}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
    ' orient="auto"><path d="M0 0 8 4 0 8z" style="fill:{1};stroke:none"/></marker>'
)


def draw(house: House) -> str:
    """Return a drawing of the rooms (SVG): the ground below, arrows down right, upward left."""
    rooms = sorted(house.lines, key=lambda room: (rank_of(room), room))
    total = _STEP * len(rooms) + 60
    places = {room: float(total - 40 - _STEP * n) for n, room in enumerate(rooms, start=1)}
    down, upward = needed(house.arrows), upward_of(house.arrows)
    left = 40 + max((_depth(places, arrow) for arrow in upward), default=0)
    right = left + _WIDE
    width = right + 40 + max((_depth(places, arrow) for arrow in down), default=0)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {total:g}" role="img"'
        ' aria-labelledby="title">',
        f'<title id="title">The rooms of {PACKAGE}, from the ground up</title>',
        f"<style>{_STYLE}</style>",
        f"<defs>{_HEAD.format('head', '#4a6fa5')}{_HEAD.format('uphead', '#c0392b')}</defs>",
        f'<rect width="{width:g}" height="{total:g}" style="fill:#fff;stroke:none"/>',
    ]
    out += [_arc(places, arrow, right, 1) for arrow in down]
    out += [_arc(places, arrow, left, -1) for arrow in upward]
    for room, y in places.items():
        out.append(
            f'<rect x="{left:g}" y="{y:g}" width="{_WIDE}" height="{_HIGH}" rx="4"/>'
            f'<text x="{left + 10:g}" y="{y + 16:g}">{escape(room)}</text>'
            f'<text class="note" x="{right - 8:g}" y="{y + 16:g}" text-anchor="end">'
            f"{house.lines[room]:,}</text>"
        )
    note = (
        "A room imports those it points to, and may import all that they lead to. Numbers: lines."
    )
    note += f" Red: the {len(upward)} that go upward." if upward else ""
    out.append(f'<path class="ground" d="M20 {total - 32:g}H{width - 20:g}"/>')
    out.append(f'<text class="note" x="20" y="{total - 12:g}">{escape(note)}</text>')
    return "\n".join([*out, "</svg>\n"])


def _depth(places: dict[str, float], arrow: Arrow) -> float:
    """Return how far to the side an arc goes: the farther, the more rooms it passes."""
    return 12 + abs(places[arrow[0]] - places[arrow[1]]) * 0.4


def _arc(places: dict[str, float], arrow: Arrow, x: float, side: int) -> str:
    """Return an arc at the side of the rooms: it leaves above the middle and comes in below."""
    start, end = (places[room] + _HIGH / 2 for room in arrow)
    shift = 4 if end > start else -4
    start, end = start + shift, end - shift
    bend = x + side * _depth(places, arrow) * 4 / 3
    kind = 'marker-end="url(#head)"' if side > 0 else 'class="up" marker-end="url(#uphead)"'
    return (
        f'<path {kind} d="M{x:g} {start:g}C{bend:g} {start:g} {bend:g} {end:g}'
        f' {x + side:g} {end:g}"/>'
    )


def main() -> int:
    """Print the table, and draw where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", type=Path, default=ROOT, help="a checkout; by default this one")
    parser.add_argument("--svg", type=Path, help="draw to this file")
    given = parser.parse_args()
    house = house_of(given.source / "src" / PACKAGE)
    unknown = sorted(room for room in house.lines if _LOOSE.get(room, room) not in ROOMS)
    if unknown:
        print(f"not in {TABLE.name}: {', '.join(unknown)}", file=sys.stderr)
        return 1
    print(table(house), end="")
    if given.svg:
        given.svg.write_text(draw(house), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
