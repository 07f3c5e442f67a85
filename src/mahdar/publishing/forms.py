"""What a record can be published as: names only, for who needs no more."""

from __future__ import annotations

from typing import Literal, get_args

Form = Literal["text", "html", "pdf", "docx", "akn", "tei", "json", "csv", "parquet"]
FORMS: tuple[Form, ...] = get_args(Form)
TABLES: tuple[Form, ...] = ("csv", "parquet")
"""The forms that are several files."""
Paper = Literal["a4", "letter"]
