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
    count_without_vectors,
    export,
    index,
    list_records,
    list_unread,
    open_archive,
    rebuild,
    remove,
    start_vectors,
    vectors,
    verify,
)
from mahdar.api.coursing import course, tell_course
from mahdar.api.explaining import draw_columns, draw_pages, explain
from mahdar.api.forms import (
    as_json,
    publish_alignment,
    publish_citations,
    publish_index,
    publish_references,
    tell_explanation,
    tell_name,
    tell_people,
)
from mahdar.api.opening import open_record, read_stages
from mahdar.api.records import (
    align,
    cite,
    people,
    publish,
    read,
    schema,
    show,
    specimen_path,
    summary,
    who,
)
from mahdar.api.rulings import (
    choose,
    export_rulings,
    import_rulings,
    rule,
    rulings,
    take_back,
)
from mahdar.api.searching import Incomplete, list_fields, search, tell_answer
from mahdar.citations import find_citations
from mahdar.errors import (
    ArchiveError,
    EmptyFile,
    InputError,
    LanguageDataError,
    MahdarError,
    NotARecord,
    NotText,
    OrganDataError,
    OutputError,
    QueryError,
    UnreadableFile,
    WrongEncoding,
)
from mahdar.findings import explain_finding
from mahdar.sources.limits import Limits
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
    "Incomplete",
    "InputError",
    "LanguageDataError",
    "Limits",
    "MahdarError",
    "NotARecord",
    "NotText",
    "OrganDataError",
    "OutputError",
    "QueryError",
    "UnreadableFile",
    "WrongEncoding",
    "add",
    "add_user",
    "align",
    "as_json",
    "change_password",
    "choose",
    "cite",
    "count_without_vectors",
    "course",
    "draw_columns",
    "draw_pages",
    "explain",
    "explain_finding",
    "export",
    "export_rulings",
    "find_citations",
    "import_rulings",
    "index",
    "list_fields",
    "list_records",
    "list_unread",
    "list_users",
    "open_archive",
    "open_record",
    "people",
    "publish",
    "publish_alignment",
    "publish_citations",
    "publish_index",
    "publish_references",
    "read",
    "read_stages",
    "rebuild",
    "remove",
    "remove_user",
    "rule",
    "rulings",
    "schema",
    "search",
    "serve",
    "show",
    "specimen_path",
    "start_vectors",
    "summary",
    "take_back",
    "tell_answer",
    "tell_course",
    "tell_explanation",
    "tell_name",
    "tell_people",
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
