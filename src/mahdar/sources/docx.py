"""Word files into blocks: DOCX through python-docx, the old DOC through LibreOffice first."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mahdar.errors import DamagedFile, EmptyFile, TooLarge, ToolMissing, UnreadableFile
from mahdar.sources.block import Block, Run
from mahdar.sources.text import TextSource

_MOST_BYTES = 256 << 20
_HEADING = 0.9
# What the zip library raises over archives that are damaged, encrypted or of another version.
_BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError)


def read_docx(path: str | Path) -> TextSource:
    """Read a DOCX file into blocks, one for each paragraph and each row of a table.

    Offsets count in the text made of its paragraphs, one on a line, cells of a
    table set apart by tabulators.

    Args:
        path: the file.

    Raises:
        DamagedFile, EmptyFile, TooLarge, UnreadableFile: see :mod:`mahdar.errors`.
    """
    _check(path)
    from docx import Document
    from docx.opc.exceptions import PackageNotFoundError

    try:
        document = Document(str(path))
        pieces = [piece for piece in _pieces(document) if piece[0].strip()]
    except PackageNotFoundError:
        raise UnreadableFile("cannot be opened as a Word file", source=path) from None
    except Exception as error:  # the parsers under python-docx raise many kinds
        raise DamagedFile(
            f"the Word file is damaged ({type(error).__name__}); save it again and try once more",
            source=path,
        ) from None
    if not pieces:
        raise EmptyFile("the Word file holds no words; expected a record", source=path)
    text = ""
    blocks: list[Block] = []
    for words, bold, italic, level in pieces:
        bare = " ".join(words.split(" ")).strip()
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
    return TextSource(str(path), text, tuple(blocks), ordered=True)


def read_doc(path: str | Path, seconds: float) -> TextSource:
    """Read an old Word file, turned into DOCX by LibreOffice.

    Args:
        path: the file.
        seconds: how long LibreOffice may take.

    Raises:
        ToolMissing: LibreOffice is not installed.
        DamagedFile: it could not turn the file.
    """
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise ToolMissing(
            f"{path}: the file is an old Word file, which needs LibreOffice to be read;"
            " install it, or save the file as DOCX"
        )
    with tempfile.TemporaryDirectory(prefix="mahdar-") as folder:
        copy = Path(folder) / "input.doc"
        shutil.copyfile(path, copy)
        profile = (Path(folder) / "profile").as_uri()
        command = [
            office, f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx",
            "--outdir", folder, str(copy),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=seconds)
            source = read_docx(Path(folder) / "input.docx")
        except subprocess.TimeoutExpired:
            raise TooLarge(
                f"LibreOffice takes more than {seconds:g} seconds over it (change it with"
                " --seconds)",
                source=path,
            ) from None
        except (subprocess.CalledProcessError, UnreadableFile):
            raise DamagedFile(
                "LibreOffice cannot open it; it is damaged, or no Word file", source=path
            ) from None
    return TextSource(str(path), source.text, source.blocks, ordered=True)


def _check(path: str | Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except _BROKEN_ZIP as error:
        raise DamagedFile(f"the Word file is damaged ({error})", source=path) from None
    if size > _MOST_BYTES:
        raise TooLarge(
            f"the Word file unpacks to {size >> 20} MiB; at most {_MOST_BYTES >> 20} are read",
            source=path,
        )


def _pieces(document: Any) -> Iterator[tuple[str, int, int, int]]:
    """Yield (text, bold lead, italic lead, level) of each paragraph and row, in order."""
    from docx.table import Table

    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                cells: list[str] = []
                for cell in row.cells:
                    words = " ".join(cell.text.split())
                    if words and (not cells or cells[-1] != words):
                        cells.append(words)
                yield "\t".join(cells), 0, 0, 0
        else:
            yield _paragraph(item)


def _paragraph(paragraph: Any) -> tuple[str, int, int, int]:
    text = paragraph.text.replace("\n", " ")
    bold = italic = count = bold_characters = 0
    styled_bold = styled_italic = True
    for run in paragraph.runs:
        words = run.text
        if not words.strip():
            count += len(words)
            continue
        heavy, slanted = bool(_style(run, "bold")), bool(_style(run, "italic"))
        if styled_bold and heavy:
            bold = count + len(words)
        if styled_italic and slanted:
            italic = count + len(words)
        styled_bold, styled_italic = styled_bold and heavy, styled_italic and slanted
        bold_characters += len(words.strip()) if heavy else 0
        count += len(words)
    name = (paragraph.style.name or "") if paragraph.style is not None else ""
    level = int(name[-1]) if name.startswith("Heading") and name[-1].isdigit() else 0
    whole = bold_characters >= _HEADING * max(1, len("".join(text.split(" "))))
    if not level and text.strip() and whole and not italic and text.rstrip()[-1] not in ":.":
        level = 1
    return text, bold, italic, level


def _style(run: Any, name: str) -> bool | None:
    """Return whether a run is bold or italic, by itself, its style, or for right-to-left text."""
    value = getattr(run.font, name)
    if value is None and name == "bold":
        value = run.font.cs_bold
    if value is None and name == "italic":
        value = run.font.cs_italic
    if value is None and run.style is not None:
        value = getattr(run.style.font, name)
    return value  # type: ignore[no-any-return]
