"""The public functions that say, and show, how a file was put in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from mahdar.api.opening import File, Reading, read_stages
from mahdar.errors import UnreadableFile
from mahdar.reading.read import ReadFile

if TYPE_CHECKING:
    from mahdar.reading.explain import Explanation


def explain(file: File | ReadFile, **reading: Unpack[Reading]) -> Explanation:
    """Return what the layout did with a file, page by page, and how sure it was.

    Args:
        file: as for :func:`mahdar.read`, or what :func:`mahdar.read_stages` returned.
        reading: as for :func:`mahdar.read`.

    Raises:
        InputError: as for :func:`mahdar.read`.

    >>> from mahdar import specimen_path
    >>> explain(specimen_path()).moved > 0
    True
    """
    from mahdar.reading.explain import explain_reading

    return explain_reading(_stages(file, reading))


def draw_columns(file: File | ReadFile, **reading: Unpack[Reading]) -> str:
    """Return the columns of a file, as they lie and as they are read, as an SVG picture.

    Args:
        file: as for :func:`explain`.
        reading: as for :func:`mahdar.read`.

    Raises:
        InputError: as for :func:`mahdar.read`.

    >>> from mahdar import specimen_path
    >>> draw_columns(specimen_path())[:4]
    '<svg'
    """
    from mahdar.reading.column_picture import draw_reading

    return draw_reading(_stages(file, reading))


def draw_pages(
    file: File | ReadFile, page: int | None = None, **reading: Unpack[Reading]
) -> Iterator[tuple[int, bytes]]:
    """Yield pages of a PDF with what was made of them: the number of each, and a PNG.

    Args:
        file: a PDF, by its path, or what :func:`mahdar.read_stages` returned for one.
        page: from 1; all pages where it is not given.
        reading: as for :func:`mahdar.read`.

    Raises:
        UnreadableFile: the file is no PDF, or came as a stream.
        InputError: it has no such page, or cannot be read.

    >>> import tempfile
    >>> from mahdar import publish, specimen_path
    >>> path = Path(tempfile.mkdtemp()) / "specimen.pdf"
    >>> written = path.write_bytes(publish(specimen_path(), "pdf")[".pdf"])
    >>> [(number, picture[1:4]) for number, picture in draw_pages(path, 2)]
    [(2, b'PNG')]
    """
    from mahdar.reading.page_picture import draw_pages as draw

    stages = _stages(file, reading)
    path = Path(stages.source.name)
    if stages.composed is not None and not path.is_file():
        raise UnreadableFile("to draw its pages, save it to a file and name that", source=path)
    drawn = draw(stages, path, Path("page.png"), page)
    for number, (_, picture) in enumerate(drawn, page or 1):
        yield number, picture


def _stages(file: File | ReadFile, reading: Reading) -> ReadFile:
    return file if isinstance(file, ReadFile) else read_stages(file, **reading)
