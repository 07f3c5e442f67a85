"""Write the columns without the words of records that are gone, while others read them."""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path

import msgspec
import numpy as np

from mahdar.index.columns import (
    ELEMENT,
    PARAGRAPH,
    Columns,
    State,
    read_state,
    write_whole,
)

FEW = 1000
"""So many elements that are gone take no room worth a word."""
_HOUR = 3600.0
"""So long those who have an earlier generation open may read on."""


def compact(folder: Path) -> bool:
    """Write the next generation of the columns where most of the present one is gone.

    Only one process may do so at a time. Readers who have the present one open keep it.

    Args:
        folder: of the columns.

    Returns:
        Whether it was done.
    """
    state = read_state(folder)
    every = [Columns(folder, code, state) for code in state.lengths]
    left = sum(int(columns.here.sum()) for columns in every)
    gone = sum(len(columns.elements) for columns in every) - left
    if gone < max(FEW, left):
        return False
    following = State(state.format, records=state.records, generation=state.generation + 1)
    shutil.rmtree(following.files(folder), ignore_errors=True)  # of one that was interrupted
    for columns in every:
        target = following.files(folder) / columns.code
        target.mkdir(parents=True)
        source = state.files(folder) / columns.code
        following.lengths[columns.code] = _write(
            columns, state.lengths[columns.code], source, target
        )
    write_whole(folder / "state.json", msgspec.json.encode(following))
    return True


def _write(columns: Columns, before: dict[str, int], source: Path, target: Path) -> dict[str, int]:
    """Write the columns of a language without what is gone; the forms keep their numbers."""
    here = columns.here
    lengths = columns.lengths[here]
    elements = np.array(columns.elements[here], dtype=ELEMENT)
    elements["start"] = np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else 0
    kept = here[columns.paragraphs["element"]]
    paragraphs = np.array(columns.paragraphs[kept], dtype=PARAGRAPH)
    old = paragraphs["element"]
    place = np.cumsum(here) - 1
    paragraphs["start"] += elements["start"][place[old]] - columns.starts[old]
    paragraphs["element"] = place[old]
    tokens = np.asarray(columns.tokens[np.repeat(here, columns.lengths)], dtype="<u4")
    files: dict[str, bytes] = {
        "tokens.u32": tokens.tobytes(),
        "elements.bin": elements.tobytes(),
        "paragraphs.bin": paragraphs.tobytes(),
    }
    for name in ("forms.txt", "stems.txt"):
        files[name] = (source / name).read_bytes()[: before[name]]
    for name, data in files.items():
        write_whole(target / name, data)
    return {name: len(data) for name, data in files.items()}


def tidy(folder: Path, state: State) -> None:
    """Remove earlier generations, when nobody reads them any more."""
    with contextlib.suppress(OSError):
        if time.time() - (folder / "state.json").stat().st_mtime < _HOUR:
            return
        kept = set(state.lengths) if state.generation == 0 else {str(state.generation)}
        for path in folder.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path)
