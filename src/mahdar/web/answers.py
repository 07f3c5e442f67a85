"""Answer as a page for people, or with its data as JSON, CSV or Parquet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from mahdar.model.naming import file_name

Rows = Iterable[Mapping[str, Any]]
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def as_json(request: HttpRequest, data: Any, *, kind: str = "application/json") -> HttpResponse:
    """Return data as JSON that any site may read."""
    request.may_be_shared = True  # type: ignore[attr-defined]
    return HttpResponse(msgspec.json.encode(data) + b"\n", content_type=kind)


def as_csv(request: HttpRequest, rows: Rows, columns: Sequence[str], name: str) -> HttpResponse:
    """Return rows as CSV (RFC 4180, UTF-8 with a mark, so that Excel reads Arabic).

    Args:
        request: that is answered.
        rows: of values.
        columns: the names of those to write.
        name: of the file, without its ending.
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore")
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _harmless(row.get(key)) for key in columns})
    response = HttpResponse(("\ufeff" + text.getvalue()).encode(), content_type="text/csv")
    response["Content-Disposition"] = to_save(file_name(name, ".csv"))
    request.may_be_shared = True  # type: ignore[attr-defined]
    return response


def as_parquet(request: HttpRequest, rows: Rows, columns: Sequence[str], name: str) -> HttpResponse:
    """Return rows as Apache Parquet; see :func:`as_csv`."""
    import pyarrow as pa
    from pyarrow import parquet

    held = [{key: row.get(key) for key in columns} for row in rows]
    table = pa.Table.from_pylist(held) if held else pa.table({key: pa.array([]) for key in columns})
    out = io.BytesIO()
    parquet.write_table(table, out)
    response = HttpResponse(out.getvalue(), content_type="application/vnd.apache.parquet")
    response["Content-Disposition"] = to_save(file_name(name, ".parquet"))
    request.may_be_shared = True  # type: ignore[attr-defined]
    return response


def to_save(name: str) -> str:
    """Return the header that has an answer saved as a file, in whatever letters its name is.

    >>> to_save("S-PV.7050.en.pdf")
    'attachment; filename="S-PV.7050.en.pdf"'
    """
    return str(content_disposition_header(True, name))


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as one ZIP archive, the same bytes each time.

    Args:
        files: their bytes by their names.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def _harmless(value: Any) -> Any:
    """Return a value that a spreadsheet does not run: words are never taken for a formula."""
    if isinstance(value, str) and value.startswith(_DANGEROUS):
        return "'" + value
    return value


def answer(
    request: HttpRequest,
    form: str | None,
    template: str,
    context: Callable[[], dict[str, Any]] | dict[str, Any],
    *,
    data: Any,
    rows: Rows,
    columns: Sequence[str],
    name: str,
) -> HttpResponse:
    """Answer in the form that the address asks for.

    Args:
        request: to answer.
        form: ``json``, ``csv``, ``parquet``, or None for the page.
        template: of the page.
        context: of the template.
        data: for JSON.
        rows: for CSV and Parquet.
        columns: of the rows.
        name: of the file.
    """
    if form == "json":
        return as_json(request, data)
    if form == "csv":
        return as_csv(request, rows, columns, name)
    if form == "parquet":
        return as_parquet(request, rows, columns, name)
    held = context() if callable(context) else context
    return render(request, template, {**held, "has_data": True})
