"""Show that another version of Mahdar answers as the one before: every page, export, hit.

python tools/compare_versions.py snapshot OUT --source CHECKOUT [--records FILE...]
python tools/compare_versions.py diff OUT1 OUT2 [--expected FILE]

A snapshot is a folder with one file for each answer of a checkout: its site is crawled in English,
Arabic and Chinese, its API asked, its commands run, over an archive of the invented meetings. Only
the command line and HTTP are used, so any two versions can be compared. Two snapshots of the same
checkout are the same.

The file of expected changes is TOML; docs/how-to/compare-versions.md tells how it is written.
"""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
import sys
import tempfile
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Literal

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.snapshot.commands import run_commands  # noqa: E402
from tools.snapshot.files import Answer, Snapshot, answers  # noqa: E402
from tools.snapshot.house import House  # noqa: E402
from tools.snapshot.site import ask_api, crawl  # noqa: E402

INTERFACES = ("en", "ar", "zh")
_OTHERS = 4
"""In the other interfaces so many times fewer pages are asked for."""


class Change(msgspec.Struct, forbid_unknown_fields=True):
    """A change that is wanted: what stood before, what stands there now, and why.

    ``old`` is a regular expression; ``new`` what it becomes, or ``add`` what is added to the
    whole numbers in its first group (in all of it, where it has none). ``kinds`` are the kinds of
    file in which it may come, as patterns such as ``api-*``; ``address`` a regular expression for
    the addresses of the answers in which it may. It is made to the older answer; with
    ``to`` as "after" to the newer, to take away what was added.
    """

    reason: str
    old: str
    new: str | None = None
    add: int = 0
    kinds: tuple[str, ...] = ("*",)
    address: str = ""
    to: Literal["before", "after"] = "before"

    def apply(self, text: str) -> tuple[str, int]:
        r"""Return a text with the change made, and how often it was.

        >>> Change("from 1", r'"turn": (\d+)', add=1).apply('"turn": 9, "page": 9')
        ('"turn": 10, "page": 9', 1)
        """
        return re.subn(self.old, self.new if self.new is not None else self._raised, text)

    def _raised(self, match: re.Match[str]) -> str:
        group = 1 if match.re.groups else 0
        start, end = (at - match.start() for at in match.span(group))
        raised = re.sub(r"\d+", lambda n: str(int(n[0]) + self.add), match[group])
        return match[0][:start] + raised + match[0][end:]


class Page(msgspec.Struct, forbid_unknown_fields=True):
    """Answers that are wanted in one version only: their addresses as a regular expression.

    ``only`` is ``before`` or ``after``.
    """

    reason: str
    address: str
    only: str
    kinds: tuple[str, ...] = ("*",)


class Expected(msgspec.Struct, forbid_unknown_fields=True):
    """What a file of expected changes holds."""

    change: list[Change] = []
    page: list[Page] = []


def take_snapshot(out: Path, source: Path, records: list[Path], pages: int, seconds: float) -> int:
    """Take a snapshot of a checkout.

    Args:
        out: for the files; replaced.
        source: the checkout.
        records: files or folders of real records, to add to the invented ones.
        pages: how many pages are crawled at most.
        seconds: how long the crawl may take.

    Returns:
        How many answers were kept.
    """
    begun = time.monotonic()
    shutil.rmtree(out, ignore_errors=True)
    chosen = [
        each for path in records
        for each in (sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path])
    ]  # fmt: skip
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        house = House(source.resolve(), folder)
        to = Snapshot(out, {str(folder): "FOLDER", str(source.resolve()): "CHECKOUT"})
        for scrambled in sorted(source.glob("src/mahdar/**/specimen.ar.txt")):
            shutil.copy(scrambled, house.files)
        specimens = house.furnish(chosen)
        _told("the archive is made", begun)
        with house.serving("--no-specimens") as site:
            until = time.monotonic() + seconds
            for code in INTERFACES:
                first = code == INTERFACES[0]
                crawl(
                    site, to, language=code, pages=pages if first else pages // _OTHERS,
                    of_a_kind=12 if first else 12 // _OTHERS, until=until,
                )  # fmt: skip
                _told(f"{to.count} answers, the site crawled in {code}", begun)
            named = sorted(specimens, key=lambda address: not address.endswith(("/en", "/ar")))
            ask_api(site, named, to, INTERFACES)
            _told(f"{to.count} answers, the API asked", begun)
        run_commands(house, chosen, to)
        _told(f"{to.count} answers, the commands run", begun)
    return to.count


def _told(what: str, begun: float) -> None:
    print(f"{time.monotonic() - begun:6.0f} s  {what}", file=sys.stderr, flush=True)


def compare(before: Path, after: Path, expected: Expected, most: int) -> int:
    """Print how two snapshots differ.

    Args:
        before: the folder of the older one.
        after: the folder of the newer one.
        expected: the changes that are wanted.
        most: lines that are shown of each difference.

    Returns:
        How many answers differ otherwise than expected.
    """
    used = Counter[int]()
    old = {(a.kind, a.address): a for a in _changed(before, "before", expected, used)}
    new = {(a.kind, a.address): a for a in _changed(after, "after", expected, used)}
    plain = {(a.kind, a.address): a for a in answers(before)}
    as_is = {(a.kind, a.address): a for a in answers(after)}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    shown: list[str] = []
    for key in sorted(old.keys() | new.keys()):
        kind, address = key
        if key in old and key in new:
            same = old[key].text == new[key].text
            as_before = key in plain and plain[key].text == as_is[key].text
            outcome = "equal" if same and as_before else "as expected" if same else "changed"
            if outcome == "changed":
                shown += [f"\n=== {kind}: {address}", *_difference(old[key], new[key], most)]
        else:
            where = "before" if key in old else "after"
            wanted = any(
                page.only == where and _among(kind, page.kinds) and re.search(page.address, address)
                for page in expected.page
            )
            outcome = "as expected" if wanted else f"only {where}"
            if not wanted:
                shown.append(f"\n=== {kind}: only {where}: {address}")
        counts[kind][outcome] += 1
    _print_counts(counts)
    for number, change in enumerate(expected.change):
        print(f"{used[number]:8,} times: {change.reason}" + ("" if used[number] else "  (NEVER)"))
    print("\n".join(shown))
    return sum(c["changed"] + c["only before"] + c["only after"] for c in counts.values())


def _changed(folder: Path, side: str, expected: Expected, used: Counter[int]) -> Iterator[Answer]:
    for answer in answers(folder):
        address, text = answer.address, answer.text
        for number, change in enumerate(expected.change):
            meant = change.to == side and _among(answer.kind, change.kinds)
            if meant and re.search(change.address, answer.address):
                address, _ = change.apply(address)
                text, count = change.apply(text)
                used[number] += count
        yield Answer(answer.kind, address, text)


def _among(kind: str, kinds: tuple[str, ...]) -> bool:
    return any(fnmatch(kind, pattern) for pattern in kinds)


def _difference(old: Answer, new: Answer, most: int) -> list[str]:
    lines = list(
        difflib.unified_diff(old.text.splitlines(), new.text.splitlines(), "before", "after",
                             lineterm="", n=1)
    )[2:]  # fmt: skip
    left = len(lines) - most
    return [line[:300] for line in lines[:most]] + ([f"… {left} lines more"] if left > 0 else [])


def _print_counts(counts: dict[str, Counter[str]]) -> None:
    outcomes = ("equal", "as expected", "changed", "only before", "only after")
    print(f"{'':20}" + "".join(f"{outcome:>13}" for outcome in outcomes))
    total = Counter[str]()
    for kind, counted in sorted(counts.items()):
        print(f"{kind:20}" + "".join(f"{counted[outcome]:13,}" for outcome in outcomes))
        total.update(counted)
    print(f"{'all':20}" + "".join(f"{total[outcome]:13,}" for outcome in outcomes))


def main() -> int:
    """Do what the command line says; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    snapshot = commands.add_parser("snapshot", help="keep what a checkout answers")
    snapshot.add_argument("out", type=Path)
    snapshot.add_argument("--source", type=Path, default=ROOT, help="the checkout; by default this")
    snapshot.add_argument("--records", type=Path, nargs="+", default=[], help="real records to add")
    snapshot.add_argument("--pages", type=int, default=700, help="crawled at most")
    snapshot.add_argument("--seconds", type=float, default=600, help="that a crawl may take")
    diff = commands.add_parser("diff", help="tell how two snapshots differ")
    diff.add_argument("before", type=Path)
    diff.add_argument("after", type=Path)
    diff.add_argument("--expected", type=Path, help="changes that are wanted (TOML)")
    diff.add_argument("--lines", type=int, default=40, help="shown of each difference")
    given = parser.parse_args()
    if given.command == "snapshot":
        count = take_snapshot(given.out, given.source, given.records, given.pages, given.seconds)
        print(f"{count:,} answers in {given.out}")
        return 0
    expected = Expected()
    if given.expected:
        expected = msgspec.convert(tomllib.loads(given.expected.read_text("utf-8")), Expected)
    return 1 if compare(given.before, given.after, expected, given.lines) else 0


if __name__ == "__main__":
    sys.exit(main())
