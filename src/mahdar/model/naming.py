"""Names of files made from what a record says of itself: its symbol, whatever that holds."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container

from mahdar.model.cleaning import clean

LONGEST = 120
"""How many bytes a name has at most, its ending too: every file system takes that."""
_DIGITS = 10
# What some system forbids in a name or reads as more than a letter: separators, wildcards, quotes.
_RESERVED = frozenset('\\<>:"|?*')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
# Devices of Windows, whatever their ending.
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|clock\$|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)")


def file_name(text: str, ending: str = "", *, taken: Container[str] = ()) -> str:
    r"""Return the name of a file for what a text names: in one folder, on any system.

    The strokes of a symbol become hyphens. Where more has to be changed, the name ends in a digest
    of the text, so that no two become one.

    Args:
        text: a symbol, or a symbol with more; it may be anything.
        ending: of the name, as ``.json``; it is taken as it is.
        taken: the names that are given already, each as :func:`folded_name` returns it.

    >>> file_name("S/PV.7050 (Resumption 1).en", ".json")
    'S-PV.7050 (Resumption 1).en.json'
    >>> file_name(".."), file_name("../../etc/passwd\0"), file_name("nul.en", ".txt")
    ('_-5ec1f7e700', '_etc-passwd_-6984eeaf48', '_nul.en-1ebda7d10a.txt')
    >>> file_name("s/pv.1", ".txt", taken={folded_name("S-PV.1.txt")})
    's-pv.1-238325f2c1.txt'
    """
    plain = text.replace("/", "-")
    name = "".join("_" if _is_odd(one) else one for one in plain[:LONGEST])
    name = re.sub(r"^[\s.-]+", "_", name)  # hidden, or taken for an option
    name = re.sub(r"[\s.]+$", "", name)  # cut off by some systems
    if _DEVICE.match(name):
        name = f"_{name}"
    room = LONGEST - len(ending.encode())
    if name and name == plain and len(name.encode()) <= room:
        whole = name + ending
        if folded_name(whole) not in taken:
            return whole
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    for digits in range(_DIGITS, len(digest) + 1):
        tail = f"-{digest[:digits]}"
        kept = name.encode()[: room - len(tail)].decode(errors="ignore") or "_"
        whole = kept + tail + ending
        if folded_name(whole) not in taken:
            break
    return whole


def folded_name(name: str) -> str:
    """Return what two names have in common that some file system takes for one.

    >>> folded_name("S-PV.1.txt") == folded_name("s-pv.1.TXT")
    True
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _is_odd(character: str) -> bool:
    return (
        character in _RESERVED
        or unicodedata.category(character) in _UNSEEN
        or clean(character) != character
    )
