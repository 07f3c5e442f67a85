"""PDFium's calls that are made for each object, with handles as plain numbers.

The wrapper's own types make a Python object of each handle; a page needs hundreds
of thousands of them in a file, and telling two apart costs more than the call.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

_HANDLE = ctypes.c_void_p
_INT = ctypes.c_int
_OUT = ctypes.c_void_p


def _call(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of the library with other types, called without giving up the lock."""
    address = ctypes.cast(function, ctypes.c_void_p).value
    assert address
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


count_objects = _call(pdfium.FPDFPage_CountObjects, _INT, _HANDLE)
get_object = _call(pdfium.FPDFPage_GetObject, _HANDLE, _HANDLE, _INT)
count_form_objects = _call(pdfium.FPDFFormObj_CountObjects, _INT, _HANDLE)
get_form_object = _call(pdfium.FPDFFormObj_GetObject, _HANDLE, _HANDLE, ctypes.c_ulong)
get_type = _call(pdfium.FPDFPageObj_GetType, _INT, _HANDLE)
get_bounds = _call(pdfium.FPDFPageObj_GetBounds, _INT, _HANDLE, _OUT, _OUT, _OUT, _OUT)
get_matrix = _call(pdfium.FPDFPageObj_GetMatrix, _INT, _HANDLE, _OUT)
get_fill = _call(pdfium.FPDFPageObj_GetFillColor, _INT, _HANDLE, _OUT, _OUT, _OUT, _OUT)
get_font_size = _call(pdfium.FPDFTextObj_GetFontSize, _INT, _HANDLE, _OUT)
get_font = _call(pdfium.FPDFTextObj_GetFont, _HANDLE, _HANDLE)
get_mode = _call(pdfium.FPDFTextObj_GetTextRenderMode, _INT, _HANDLE)
font_name = _call(
    pdfium.FPDFFont_GetBaseFontName, ctypes.c_size_t, _HANDLE, ctypes.c_char_p, ctypes.c_size_t
)
font_flags = _call(pdfium.FPDFFont_GetFlags, _INT, _HANDLE)
text_object = _call(pdfium.FPDFText_GetTextObject, _HANDLE, _HANDLE, _INT)
count_characters = _call(pdfium.FPDFText_CountChars, _INT, _HANDLE)
get_text = _call(pdfium.FPDFText_GetText, _INT, _HANDLE, _INT, _INT, _OUT)
get_character = _call(pdfium.FPDFText_GetUnicode, ctypes.c_uint, _HANDLE, _INT)
is_generated = _call(pdfium.FPDFText_IsGenerated, _INT, _HANDLE, _INT)
get_cell = _call(pdfium.FPDFText_GetLooseCharBox, _INT, _HANDLE, _INT, _OUT)
get_ink = _call(pdfium.FPDFText_GetCharBox, _INT, _HANDLE, _INT, _OUT, _OUT, _OUT, _OUT)
