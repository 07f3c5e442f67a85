"""Mahdar (محضر): read the verbatim records of the United Nations into data.

>>> import mahdar
>>> record = mahdar.read(mahdar.specimen_path())
>>> record.turns()[0].speaker.label
'الرئيسة (تكلمت بالإسبانية)'
"""

import sys
from types import ModuleType
from typing import Any

from mahdar._version import __version__ as __version__
from mahdar.api.archives import (
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
from mahdar.api.records import (
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
from mahdar.web.site import (
    add_user,
    change_password,
    list_users,
    remove_user,
    serve,
)

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


class _Face(ModuleType):
    """This package, whose functions stay where a package within it has the name of one.

    Python puts ``mahdar.search``, the package, in the place of the function as soon as
    something imports it; it is still found by ``from mahdar.search… import …``.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        if not (isinstance(value, ModuleType) and name in __all__):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
