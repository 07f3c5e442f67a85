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
from mahdar.api_archive import (
    add,
    export,
    index,
    list_records,
    open_archive,
    remove,
    search,
    vectors,
    verify,
)
from mahdar.api_site import (
    add_user,
    change_password,
    list_users,
    remove_user,
    serve,
)
from mahdar.citations import find_citations
from mahdar.errors import (
    ArchiveError,
    EmptyFile,
    InputError,
    LanguageDataError,
    MahdarError,
    NotARecord,
    NotText,
    OutputError,
    QueryError,
    UnreadableFile,
    WrongEncoding,
)
from mahdar.findings import explain_finding

__version__ = "0.1.0"

__all__ = [
    "ArchiveError",
    "EmptyFile",
    "InputError",
    "LanguageDataError",
    "MahdarError",
    "NotARecord",
    "NotText",
    "OutputError",
    "QueryError",
    "UnreadableFile",
    "WrongEncoding",
    "add",
    "add_user",
    "align",
    "change_password",
    "cite",
    "explain",
    "explain_finding",
    "export",
    "find_citations",
    "index",
    "list_records",
    "list_users",
    "open_archive",
    "people",
    "publish",
    "read",
    "remove",
    "remove_user",
    "schema",
    "search",
    "serve",
    "show",
    "specimen_path",
    "summary",
    "vectors",
    "verify",
    "who",
]
