"""The one tree of errors that Mahdar raises.

Every message says which file, which place, what was expected and what to do.
A caller who wants to survive any bad input catches :class:`MahdarError`.
"""

from __future__ import annotations

from pathlib import Path


class MahdarError(Exception):
    """Anything that Mahdar itself reports; its text is one clear sentence."""


class InputError(MahdarError):
    """The file that was given cannot be read as a record.

    >>> str(InputError("no such file; check the path", source="a.txt"))
    'a.txt: no such file; check the path'
    """

    def __init__(self, problem: str, *, source: str | Path) -> None:
        super().__init__(f"{source}: {problem}")
        self.source = str(source)
        self.problem = problem


class UnreadableFile(InputError):
    """The file is missing, is a folder, or may not be opened."""


class NothingToPublish(MahdarError):
    """The record that was given holds nothing that could be printed."""


class CannotBeSet(MahdarError):
    """The program that makes a form, of PDFs or of tables, refuses a record."""


class MissingLetter(MahdarError):
    """The fonts lack a letter of what is to be printed."""


class EmptyFile(InputError):
    """The file holds no words at all."""


class WrongEncoding(InputError):
    """The file is text, but not UTF-8."""


class NotText(InputError):
    """The file is binary: a picture, an archive, a PDF."""


class LockedFile(InputError):
    """The file is protected by a password, or encrypted."""


class DamagedFile(InputError):
    """The file is cut short or broken, or the program that reads it came to grief over it."""


class TooLarge(InputError):
    """Reading the file would take more pages, time or memory than is allowed."""


class NoText(InputError):
    """The pages hold pictures of text but no text."""


class ToolMissing(MahdarError):
    """A program or package that was asked for is not installed; the message says which."""


class NotARecord(InputError):
    """The file is text, but no verbatim record: no cover, no turns."""


class LanguageDataError(MahdarError):
    """A file of language data breaks its schema; the message is for a translator."""


class OrganDataError(MahdarError):
    """A file about an organ breaks its schema; the message is for whoever wrote it."""


class OutputError(MahdarError):
    """The result could not be written; nothing was left half-written."""


class ArchiveError(MahdarError):
    """The archive is missing, cannot be opened or written, or lacks the record asked for."""


class NoArchive(ArchiveError):
    """There is no archive where one was looked for."""


class NotAnAddress(ArchiveError):
    """What was given for the address of a record, or of a place in it, is none."""


class QueryError(MahdarError):
    """A question to the archive cannot be understood; the message shows the place."""

    def __init__(self, problem: str, *, query: str, at: int) -> None:
        super().__init__(f"{problem}\n  {query}\n  {' ' * at}^")
        self.problem, self.query, self.at = problem, query, at
