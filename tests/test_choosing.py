"""What belongs to the core, and what needs Django, is told by what a file imports."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.choosing import HOUSE, is_core, needs_django

ROOT = Path(__file__).parent.parent
# The file, whether it is of the core, whether it needs Django.
FILES = """
src/mahdar/layout/text/flow.py        core   -
src/mahdar/publishing/pdf.py          core   -
src/mahdar/tsv.py                     core   -
src/mahdar/analysis/analyser.py       -      -
src/mahdar/topics/table.py            -      -
src/mahdar/archive/rows.py            -      django
src/mahdar/search/query.py            -      django
src/mahdar/api/archives.py            -      django
src/mahdar/web/numbers.py             -      django
src/mahdar/__init__.py                -      django
tests/test_symbols.py                 core   -
tests/test_round_trip.py              core   -
tests/test_alignment.py               -      -
tests/test_other_layouts.py           -      -
tests/test_archive.py                 -      django
tests/test_serve.py                   -      django
tests/archives.py                     core   -
tests/site.py                         -      django
tests/conftest.py                     core   -
"""


@pytest.mark.parametrize("row", FILES.strip().splitlines())
def test_files_of_this_project(row: str) -> None:
    name, core, django = row.split()
    assert (is_core(ROOT / name), needs_django(ROOT / name)) == (core == "core", django == "django")


@pytest.mark.parametrize(
    ("code", "core", "django"),
    [
        ("import pytest\nfrom mahdar.parsing import acts\n", True, False),
        ("from mahdar import read, specimen_path\n", True, False),
        ("from mahdar import open_archive\n", False, True),
        ("import mahdar\nprint(mahdar.__file__, mahdar.read, mahdar.model)\n", True, False),
        ("import mahdar\nprint(mahdar.read, mahdar.open_archive)\n", False, True),
        ("import mahdar\nprint(mahdar.web.settings)\n", False, True),
        ("def test_it():\n    from mahdar.web import urls\n", False, True),
        ("def test_it():\n    from django.test import Client\n", False, True),
        ("from tests.site import page\n", False, True),
        ("from tests import site\n", False, True),
        ("from tests import archives\n", True, False),
        ("import typst\n", False, False),
        ("from mahdar.analysis import analyser\n", False, False),
    ],
)
def test_invented_files(code: str, core: bool, django: bool, tmp_path: Path) -> None:
    file = tmp_path / "test_invented.py"
    file.write_text(code, encoding="utf-8")
    assert (is_core(file), needs_django(file)) == (core, django)


def test_a_run_of_the_core_loads_no_django() -> None:
    """Nor what else an archive is kept with; a room beyond the core is passed by."""
    rooms = [str(HOUSE / "authority" / "sound.py"), str(HOUSE / "archive")]
    code = (
        f"import pytest, sys; pytest.main(['-q', '-p', 'no:cacheprovider', '--core', *{rooms}]); "
        "print('loaded', *(n for n in ('django', 'pyarrow', 'tantivy', 'numpy') if n in sys.modules))"
    )
    own = {
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ | own,
    )  # fmt: skip
    assert " passed" in done.stdout
    assert done.stdout.splitlines()[-1] == "loaded"
