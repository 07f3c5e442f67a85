"""Mahdar (محضر): read the verbatim records of the United Nations into data.

>>> import mahdar
>>> record = mahdar.read(mahdar.specimen_path())
>>> record.turns()[0].speaker.label
'الرئيسة (تكلمت بالإسبانية)'
"""

from mahdar.api import (
    align,
    cite,
    explain,
    people,
    publish,
    read,
    schema,
    show,
    specimen_path,
    summary,
    who,
)
from mahdar.citations import find_citations
from mahdar.errors import (
    EmptyFile,
    InputError,
    LanguageDataError,
    MahdarError,
    NotARecord,
    NotText,
    OutputError,
    UnreadableFile,
    WrongEncoding,
)

__version__ = "0.1.0"

__all__ = [
    "EmptyFile",
    "InputError",
    "LanguageDataError",
    "MahdarError",
    "NotARecord",
    "NotText",
    "OutputError",
    "UnreadableFile",
    "WrongEncoding",
    "align",
    "cite",
    "explain",
    "find_citations",
    "people",
    "publish",
    "read",
    "schema",
    "show",
    "specimen_path",
    "summary",
    "who",
]
