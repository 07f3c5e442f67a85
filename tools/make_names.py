"""Fill the columns of authority/states.tsv that come from the CLDR, United Nations forms first.

The names that the United Nations print are kept by hand in authority/un_forms.tsv; the
CLDR's own (through Babel) follow after a bar where they differ, so that both are read.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel import Locale
from babel.core import get_global

AUTHORITY = Path(__file__).parent.parent / "src" / "mahdar" / "authority"
LANGUAGES = ("fr", "es", "ru", "zh")
ENDED = {"SUN", "YUG", "SCG", "CSK", "DDR", "YMD"}
"""States that were: the CLDR names their successors instead."""


def main() -> None:
    """Write states.tsv anew."""
    aliases = get_global("territory_aliases").items()
    alpha2 = {alias: codes[0] for alias, codes in aliases if re.fullmatch("[A-Z]{3}", alias)}
    cldr = {code: Locale.parse(code).territories for code in LANGUAGES}
    forms = {row[0]: row[1:] for row in _rows(AUTHORITY / "un_forms.tsv")[1:]}
    path = AUTHORITY / "states.tsv"
    notes = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    rows = _rows(path)
    head = rows[0]
    kept = [name for name in head if name not in LANGUAGES]
    out = [[*kept, *LANGUAGES]]
    for row in rows[1:]:
        fields = dict(zip(head, row, strict=True))
        code = row[0]
        for number, language in enumerate(LANGUAGES):
            own = None if code in ENDED else cldr[language].get(alpha2.get(code, ""))
            given = forms[code][number] if code in forms else "-"
            names = [name for name in given.replace("-|", f"{own}|").split("|") if name != "-"]
            if own and own.replace("’", "'") not in {name.replace("’", "'") for name in names}:
                names.append(own)
            fields[language] = "|".join(names)
        out.append([fields[name] for name in out[0]])
    lines = notes + ["\t".join(row) for row in out]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


if __name__ == "__main__":
    main()
