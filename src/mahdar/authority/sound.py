"""How alike two names are: as they are spelt, and as they sound across scripts."""

from __future__ import annotations

import functools
import re

from anyascii import anyascii
from rapidfuzz import fuzz

# Letters that stand for one class of consonants when a name crosses scripts; vowels and half
# vowels are left out, for Arabic writes few and Chinese adds its own.
_CLASSES = (
    (re.compile("sch|tsch|tch|tsh|dzh|dj|sh|ch|zh|ts|tz|[szxjqc]"), "S"),
    (re.compile("ph|[fv]"), "F"),
    (re.compile("[bp]"), "P"),
    (re.compile("th|dh|[dt]"), "T"),
    (re.compile("kh|gh|[gk]"), "K"),
    (re.compile("[lr]"), "L"),
    (re.compile("[mn]"), "N"),
)
_KEPT = re.compile("[^SFPTKLN]")


@functools.lru_cache(maxsize=8192)
def latin(name: str) -> str:
    """Return a name in lower-case ASCII letters, words apart.

    >>> latin("Чуркин"), latin("丘尔金")
    ('churkin', 'qiuerjin')
    """
    return " ".join(re.findall(r"[a-z0-9]+", anyascii(name).lower().replace("'", "")))


@functools.lru_cache(maxsize=8192)
def skeleton(name: str) -> str:
    """Return the classes of consonants that a name sounds with.

    >>> skeleton("Churkin"), skeleton("تشوركين"), skeleton("丘尔金")
    ('SLKN', 'SLKN', 'SLSN')
    """
    key = latin(name)
    for pattern, letter in _CLASSES:
        key = pattern.sub(letter, key)
    return re.sub(r"(.)\1+", r"\1", _KEPT.sub("", key))


def spelt_alike(one: str, other: str) -> float:
    """Return how alike two names in one script are, 0 to 1; a surname is alike to the whole name.

    >>> spelt_alike("مارك ليال غوانت", "مارك لايل غرانت") > 0.8
    True
    >>> spelt_alike("Churkin", "Vitaly Churkin")
    0.95
    """
    first, second = (re.split(r"[\s·]+", name.casefold().strip()) for name in (one, other))
    if not all(first) or not all(second):
        return 0.0
    if first == second:
        return 1.0
    fewer, more = sorted((set(first), set(second)), key=len)
    if fewer <= more:
        return 0.95
    return fuzz.token_sort_ratio(" ".join(first), " ".join(second)) / 100


def sounds_alike(one: str, other: str) -> float:
    """Return how alike two names sound, whatever their scripts, 0 to 1.

    >>> sounds_alike("Чуркин", "تشوركين"), sounds_alike("Churkin", "丘尔金")
    (1.0, 0.75)
    >>> sounds_alike("Churkin", "Rice") < 0.6
    True
    """
    whole = fuzz.ratio(skeleton(one), skeleton(other))
    parts = max(
        (
            fuzz.ratio(a, b)
            for a in map(skeleton, one.split())
            for b in map(skeleton, other.split())
            if len(a) > 2 and len(b) > 2
        ),
        default=0.0,
    )
    return round(max(whole, parts) / 100, 2)
