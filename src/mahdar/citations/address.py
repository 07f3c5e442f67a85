"""Where the United Nations' document service has a document: made from its symbol by rule."""

from __future__ import annotations

import functools
from urllib.parse import quote

_SERVICE = "https://docs.un.org"
_LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@functools.lru_cache(maxsize=4096)
def address_of(symbol: str, language: str = "en") -> str:
    """Return the address of a document: service, language, symbol.

    Args:
        symbol: canonical, such as ``S/RES/2448(2018)``.
        language: ISO 639-1; English where the service has no such language.

    >>> address_of("S/2013/588", "ar")
    'https://docs.un.org/ar/S/2013/588'
    >>> address_of("S/PV.3980 (Resumption 1)")
    'https://docs.un.org/en/S/PV.3980%28Resumption1%29'
    """
    code = language if language in _LANGUAGES else "en"
    return f"{_SERVICE}/{code}/{quote(symbol.replace(' ', ''), safe='/')}"
