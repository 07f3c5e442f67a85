"""Cut text into words and single characters; a script without blanks into its characters."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]|[^\W\d_]+|\d+|[^\w\s]")


def tokens(text: str) -> list[str]:
    """Return the words, numbers and other characters of a text, in order.

    >>> tokens("S/2013: 安理会")
    ['S', '/', '2013', ':', '安', '理', '会']
    """
    return _TOKEN.findall(text)
