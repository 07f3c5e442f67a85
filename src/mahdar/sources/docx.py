"""Word files into blocks: DOCX through python-docx, the old DOC through LibreOffice first."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.errors import DamagedFile, EmptyFile, TooLarge, ToolMissing, UnreadableFile
from mahdar.model.cleaning import clean
from mahdar.sources.block import Block, Run
from mahdar.sources.docx_bounds import check_word_file
from mahdar.sources.limits import USUAL, Limits
from mahdar.sources.opening import bytes_of
from mahdar.sources.programs import run_program
from mahdar.sources.text import TextSource, check_pieces

_HEADING = 0.9
_OFFICE_SHARE = 0.8
"""How much of the time LibreOffice may take: what it made is still to be read."""


def read_docx(data: bytes, name: str | Path, limits: Limits = USUAL) -> TextSource:
    """Read a DOCX file into blocks, one for each paragraph and each row of a table.

    Offsets count in the text made of its paragraphs, one on a line, cells of a
    table set apart by tabulators.

    Args:
        data: all of the file.
        name: what to call it.
        limits: what is taken of it.

    Raises:
        DamagedFile, EmptyFile, TooLarge, UnreadableFile: see :mod:`mahdar.errors`.
    """
    check_word_file(data, name, limits)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(io.BytesIO(data))
        pieces = [piece for piece in _pieces(document) if piece[0].strip()]
    except PackageNotFoundError:
        raise UnreadableFile("cannot be opened as a Word file", source=name) from None
    except MemoryError:
        raise
    except Exception as error:  # the parsers under python-docx raise many kinds
        raise DamagedFile(
            f"the Word file is damaged ({type(error).__name__}); save it again and try once more",
            source=name,
        ) from None
    if not pieces:
        raise EmptyFile("the Word file holds no words; expected a record", source=name)
    check_pieces((words for words, *_ in pieces), name, limits)
    return _source(pieces, str(name))


def _source(pieces: list[tuple[str, int, int, int]], name: str) -> TextSource:
    text = ""
    blocks: list[Block] = []
    for words, bold, italic, level in pieces:
        bare = clean(" ".join(words.split(" ")).strip())
        lead = len(words) - len(words.lstrip())
        start = len(text)
        runs: tuple[Run, ...] = ((0, start, len(bare)),)
        blocks.append(
            Block(
                bare, runs, start, start + len(bare), level=level,
                bold=max(0, min(len(bare), bold - lead)),
                italic=max(0, min(len(bare), italic - lead)),
                gap=1,
            )
        )  # fmt: skip
        text += bare + "\n"
    return TextSource(name, text, tuple(blocks), ordered=True)


def read_doc(data: bytes, name: str | Path, limits: Limits = USUAL) -> TextSource:
    """Read an old Word file, turned into DOCX by LibreOffice.

    Args:
        data: all of the file.
        name: what to call it.
        limits: how long LibreOffice may take, and what is taken of what it makes.

    Raises:
        ToolMissing: LibreOffice is not installed.
        DamagedFile: it could not turn the file.
        TooLarge: it takes too long.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise ToolMissing(
            f"{name}: the file is an old Word file, which needs LibreOffice to be read;"
            " install it, or save the file as DOCX"
        )
    with tempfile.TemporaryDirectory(prefix="mahdar-") as folder:
        copy = Path(folder) / "input.doc"
        copy.write_bytes(data)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx",
            "--outdir", folder, str(copy),
        ]  # fmt: skip
        if run_program(command, _OFFICE_SHARE * limits.seconds) is None:
            raise TooLarge(
                f"LibreOffice takes more than {_OFFICE_SHARE * limits.seconds:g} seconds over it"
                " (change it with --seconds)",
                source=name,
            )
        try:
            turned = bytes_of(Path(folder) / "input.docx", limits.size)
        except UnreadableFile:
            raise DamagedFile(
                "LibreOffice cannot open it; it is damaged, or no Word file", source=name
            ) from None
    return read_docx(turned, name, limits)


def _pieces(document: Any) -> Iterator[tuple[str, int, int, int]]:
    """Yield (text, bold lead, italic lead, level) of each paragraph and row, in order."""
    from docx.table import Table

    styles = _Styles()
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                yield _row(row), 0, 0, 0
        else:
            yield _paragraph(item, styles)


def _row(row: Any) -> str:
    """Return the words of a row; a cell that covers several columns or rows is read once."""
    from docx.table import _Cell

    cells: list[str] = []
    # By the elements themselves: the library looks anew for each column that a cell covers, and
    # goes back row by row for one that goes on from above, which holds nothing of its own.
    for element in row._tr.tc_lst:
        words = " ".join(_Cell(element, row.table).text.split())
        if words and (not cells or cells[-1] != words):
            cells.append(words)
    return "\t".join(cells)


class _Styles:
    """Styles by their identifiers: the library looks through all of them each time."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str | None], Any] = {}

    def of(self, thing: Any, kind: str) -> Any:
        """Return the style of a paragraph or run.

        Args:
            thing: the paragraph or run.
            kind: ``p`` or ``r``.
        """
        key = (kind, thing._element.style)
        if key not in self._known:
            self._known[key] = thing.style
        return self._known[key]


def _paragraph(paragraph: Any, styles: _Styles) -> tuple[str, int, int, int]:
    text = paragraph.text.replace("\n", " ")
    bold = italic = count = bold_characters = 0
    styled_bold = styled_italic = True
    for run in paragraph.runs:
        words = run.text
        if not words.strip():
            count += len(words)
            continue
        heavy, slanted = (bool(_style(run, styles, what)) for what in ("bold", "italic"))
        if styled_bold and heavy:
            bold = count + len(words)
        if styled_italic and slanted:
            italic = count + len(words)
        styled_bold, styled_italic = styled_bold and heavy, styled_italic and slanted
        bold_characters += len(words.strip()) if heavy else 0
        count += len(words)
    style = styles.of(paragraph, "p")
    name = (style.name or "") if style is not None else ""
    level = int(name[-1]) if name.startswith("Heading") and name[-1].isdigit() else 0
    whole = bold_characters >= _HEADING * max(1, len("".join(text.split(" "))))
    if not level and text.strip() and whole and not italic and text.rstrip()[-1] not in ":.":
        level = 1
    return text, bold, italic, level


def _style(run: Any, styles: _Styles, name: str) -> bool | None:
    """Return whether a run is bold or italic, by itself, its style, or for right-to-left text."""
    value = getattr(run.font, name)
    if value is None and name == "bold":
        value = run.font.cs_bold
    if value is None and name == "italic":
        value = run.font.cs_italic
    style = styles.of(run, "r") if value is None else None
    if style is not None:
        value = getattr(style.font, name)
    return value  # type: ignore[no-any-return]
