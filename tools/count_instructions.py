"""Count the instructions that reading records and answering pages take: they do not vary with load.

python tools/count_instructions.py [--source CHECKOUT] [--records FOLDER] [--times N]

Needs Valgrind (Debian: valgrind). What is counted is one thread of one process: what the program
that takes a PDF apart does in a process of its own is not. Each thing is counted once it has been
done with another file or page of its kind, so that tables are loaded and caches hold nothing of it.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

REAL = ("A-64-PV.121.en.pdf", "S-PV.7050.ar.txt")
SPECIMEN = "src/mahdar/**/specimen.ar.txt"
WARM_PAGES = ("/S/PV.99902/fr", "/search?q=harbour", "/states/RUS")
PAGES = ("/S/PV.99902/en", "/search?q=lamp", "/states/TCD")
MARK = "PyObject_Dir"
"""The function of Python's own within which is counted: `dir` calls it, and it what we give it."""


class Count(msgspec.Struct, frozen=True):
    """A thing that was done, and how many instructions it took."""

    thing: str
    instructions: int


class Done:
    """Does something when Python looks through it: so the counting knows where it begins."""

    def __init__(self, do: Callable[[], object]) -> None:
        self._do = do

    def __dir__(self) -> list[str]:
        self._do()
        return []


def count(source: Path, records: Path | None) -> list[Count]:
    """Count with the code of a checkout.

    Args:
        source: the checkout.
        records: the folder of real records; only the specimen is read without it.
    """
    from tools.snapshot.house import House

    files = sorted(source.glob(SPECIMEN))
    files += [records / name for name in REAL if records and (records / name).is_file()]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made).resolve()
        house = House(source.resolve(), folder)
        with house.serving("--specimens"):
            pass  # the archive is made when it answers
        for each in files:  # under the same path in every checkout
            shutil.copy(each, folder / "files")
        things = [f"read files/{each.name}" for each in files]
        return [
            *_counted(source, folder, things),
            *_counted(source, folder, [f"page {path}" for path in PAGES]),
        ]


def _counted(source: Path, folder: Path, things: list[str]) -> Iterator[Count]:
    """Do things in a process that is counted, and yield what each took."""
    dumps = folder / "counted"
    shutil.rmtree(dumps, ignore_errors=True)
    dumps.mkdir()
    environment = {
        **os.environ, "PYTHONPATH": str(source.resolve() / "src"), "PYTHONHASHSEED": "0",
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"), "MAHDAR_ARCHIVE": str(folder / "archive"),
        "MAHDAR_RATE": "1000000", "OMP_NUM_THREADS": "1", "RAYON_NUM_THREADS": "1", "TZ": "UTC",
    }  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    ran = subprocess.run(
        ["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--toggle-collect={MARK}",
         f"--dump-after={MARK}", f"--callgrind-out-file={dumps}/out",
         sys.executable, __file__, "--do", str(dumps), *things],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise SystemExit(f"{' '.join(things)}: {ran.stderr[-2000:]}")
    for line in ran.stdout.splitlines():
        if line.startswith("counted\t"):
            _, thing, names = line.split("\t")
            yield Count(thing, sum(total(dumps / name) for name in names.split()))


def total(dump: Path) -> int:
    """Return how many instructions one dump of Callgrind counts."""
    found = re.search(r"^summary: (\d+)", dump.read_text(), re.MULTILINE)
    return int(found[1]) if found else 0


def do(dumps: Path, things: list[str]) -> None:
    """Do things, each after a warm-up; print which dumps of Callgrind are of which.

    Args:
        dumps: the folder where Callgrind writes.
        things: such as ``read FILE`` and ``page PATH``.
    """
    for thing, warm, once in [*map(_prepared, things)]:
        warm()
        gc.collect()
        before = {path.name for path in dumps.iterdir()}
        dir(Done(once))
        new = sorted({path.name for path in dumps.iterdir()} - before)
        print("counted", thing, " ".join(new), sep="\t", flush=True)


def _prepared(thing: str) -> tuple[str, Callable[[], object], Callable[[], object]]:
    """Return how to warm up for a thing, and how to do it."""
    kind, _, what = thing.partition(" ")
    if kind == "read":
        import mahdar

        def read() -> object:
            return mahdar.read(what, isolated=False)

        return thing, read, read
    from django.test import Client

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mahdar.web.settings")
    import django

    django.setup()
    client = Client(HTTP_ACCEPT_LANGUAGE="en", HTTP_HOST="localhost")

    def get(path: str) -> object:
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path} answers {answer.status_code}")
        return answer

    warm = WARM_PAGES[PAGES.index(what)]
    return thing, lambda: (get(warm), get(warm)), lambda: get(what)


def main() -> int:
    """Count, and print a table; or do what is counted."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--source", type=Path, default=ROOT, help="a checkout; by default this one")
    parser.add_argument("--records", type=Path, help="the folder of real records")
    parser.add_argument("--times", type=int, default=1, help="how often, to see how much it varies")
    parser.add_argument("--do", nargs="+", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.do:
        do(Path(given.do[0]), given.do[1:])
        return 0
    if shutil.which("valgrind") is None:
        print("needs Valgrind: on Debian, apt install valgrind", file=sys.stderr)
        return 2
    rounds = []
    for number in range(given.times):
        rounds.append(
            {each.thing: each.instructions for each in count(given.source, given.records)}
        )
        print(f"round {number + 1} of {given.times} done", file=sys.stderr, flush=True)
    heads = [f"round {number + 1}" for number in range(given.times)]
    print(
        f"{'millions of instructions':34}" + "".join(f"{h:>12}" for h in heads) + f"{'spread':>10}"
    )
    for thing in rounds[0]:
        values = [each[thing] for each in rounds]
        spread = (max(values) - min(values)) / (sum(values) / len(values))
        shown = "".join(f"{value / 1e6:12,.1f}" for value in values)
        print(f"{thing:34}{shown}{spread:10.3%}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
