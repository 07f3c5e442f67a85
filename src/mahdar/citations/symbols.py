"""Document symbols: find them in text, well formed, malformed or turned around, and restore them.

The grammar is that of the United Nations' document symbols: a series (``S``, ``A/C.3``), what
is counted in it (session or year, number) and what changed it (``/Add.1``), each after a stroke.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from mahdar.languages.fold import plain_digits
from mahdar.tsv import table_rows


class SymbolFound(msgspec.Struct, frozen=True):
    """A symbol at ``start`` to ``end``; ``proposed`` is the likely form of a malformed one.

    ``canonical`` is the symbol in ASCII digits, parts in their order, without blanks;
    for a malformed one it is the proposed form.
    """

    printed: str
    start: int
    end: int
    canonical: str
    proposed: str | None = None
    why: str = "a well-formed symbol"
    score: float = 1.0


@functools.cache
def series() -> dict[str, str]:
    """Return the beginning of each series and the organ that it belongs to."""
    return {row["begins"]: row["organ"] for row in table_rows("mahdar.citations", "series.tsv")}


def organ_of(symbol: str) -> str | None:
    """Return the organ a canonical symbol belongs to, by its series.

    >>> organ_of("A/HRC/RES/16/18"), organ_of("S/2013/588"), organ_of("X/1")
    ('HRC', 'SC', None)
    """
    parts, known = symbol.split("/"), series()
    for length in range(min(3, len(parts)), 0, -1):
        begins = "/".join(parts[:length])
        for beginning in (begins, begins.split(".")[0]):
            if beginning in known:
                return known[beginning]
    return None


# What may follow a symbol and change it.
_CHANGED = r"(?:/(?:Add|Corr|Rev|Amend|Summary|Annex|Excerpt)(?:\.\d{1,3})?(?:\([\w ]+\))?)*"
_SESSION = r"(?:\d{1,3}|(?:ES|S)-\d{1,2}|[IVXLC]+)"
_ROMAN = r"\([IVXLC]+\)|\((?:ES|S)-[IVXLC]+\)"
_BODY = "|".join(
    (
        r"S/(?:(?:19|20)\d\d/\d{1,4}|\d{1,5})",
        r"S/PV\.\d{1,5}(?: ?\((?:Resumption|Part|Closed)[ .]?[\dIVX]*\))?",
        r"S/PRST/(?:19|20)\d\d/\d{1,3}",
        r"S/RES/\d{1,4}(?: ?\((?:19|20)\d\d\))?",
        r"S/(?:INF|Agenda|AC\.\d+|NC|COM)/[\w.]+(?:/[\w.()]+)*",
        rf"A/RES/(?:{_SESSION}/\d{{1,3}}[A-Z]?|\d{{1,4}} ?[A-Z]? ?(?:{_ROMAN}))",
        rf"A/DEC/(?:{_SESSION}/\d{{1,3}}[A-Z]?)",
        rf"A/{_SESSION}/(?:\d{{1,4}}|(?:L|PV|INF|SR|BUR)\.?/?\d{{1,4}}(?: ?\(\w+ ?\w*\))?|"
        rf"VR/\d+|PV\.\d+)",
        r"A/PV\.\d{1,4}",
        r"A/\d{1,4}",
        r"A/(?:C|AC|CN|CONF)\.\d{1,3}(?:/[\w.\-]+){1,4}",
        rf"A/BUR/{_SESSION}/(?:SR\.)?\d+",
        rf"A/HRC/(?:(?:RES|DEC|PRST|OM)/)?(?:{_SESSION}/(?:[A-Z]+[./])*\d{{1,3}}|"
        r"WG\.\d+(?:/[\w.]+)+)",
        r"A/INF/[\w./]+",
        r"E/(?:(?:19|20)\d\d/(?:[A-Z]+\.)?\d{1,4}|\d{1,4})",
        r"E/(?:RES|DEC)/(?:19|20)\d\d/\d{1,3}",
        r"E/(?:C|CN|AC)\.\d{1,3}(?:/[\w.\-]+){1,4}",
        r"E/(?:ECA|ESCWA|ECE|ESCAP|ECLAC|INF|NGO)(?:/[\w.\-]+){1,4}",
        r"ST/[A-Z]+(?:/[\w.\-]+){1,4}",
        r"(?:T|TD|DP|UNEP|HSP|LOS|SPLOS|ISBA|FCCC|ICCD|NPT|BWC|CCW|CD|DC|GOV|IDB|PCNICC|CTOC|CAC)"
        r"(?:/[A-Z]+(?:\.\d+)*)*(?:\.\d+)?(?:/[\w.\-]+){1,4}",
        r"(?:PBC|CCPR|CERD|CEDAW|CAT|CRC|CRPD|CED|CMW|HRI)(?:/[\w.\-]+){1,5}",
        r"INFCIRC/\d+",
    )
)
_WHOLE = re.compile(rf"(?:{_BODY}){_CHANGED}")


def is_symbol(text: str) -> bool:
    """Return whether a text in ASCII is a well-formed symbol of a known series.

    >>> is_symbol("A/C.3/65/L.28/Rev.1"), is_symbol("S.2012/522"), is_symbol("S/RES/1(1946)")
    (True, False, True)
    """
    return _WHOLE.fullmatch(text) is not None and any(character.isdigit() for character in text)


# Letters and digits of symbols: no Chinese or Arabic word that is printed without a blank.
_W = "A-Za-z0-9_٠-٩۰-۹"
_EDGE = re.compile(f"[{_W}./-]")
# A run of characters that a symbol is made of, with at least one stroke.
_RUN = re.compile(
    rf"[A-Z][A-Za-z]{{0,7}}(?:\.\d+)?(?:/[{_W}.\-]{{0,30}}[{_W}](?:\s?\((?:[^()\s]{{1,12}}|(?:Resumption|Part)\s[{_W}]+)\))?){{1,9}}"
)
_LETTER = re.compile(r"\s([B-Z]|A(?=[,.;)]))(?![A-Za-z0-9.'’])")
_HAS_LETTER = re.compile(r"A/(?:RES|DEC)/[\w-]+/\d+")
# Wrong characters between the parts, blanks about the strokes, a stroke left out.
_MALFORMED = re.compile(
    rf"[SAE](?<![{_W}/.].)(?:"
    r"[.,;:\\|_\-–](?:19|20)?\d\d[/.,\\|](?:L\.|PV\.)?\d+"
    r"|(?<=S)[/.]\s?PRST[/.,\s]\s?(?:19|20)\d\d[.,;:\\|_/\-]\s?\d+"
    r"|(?<=[SE])/(?:19|20)\d\d[.,;:\\|_\-–]\d{1,5}"
    r"|\s/\s?[\w.]{1,12}\s?/\s?[\w.]{1,12}(?:\s?/\s?[\w.]{1,12}){0,5}"
    r"|/\s[\w.]{1,12}\s?/\s?[\w.]{1,12}"
    r"|/[\w.]{1,12}(?:/[\w.]{1,12}){0,5}\s?/\s(?:Add|Corr|Rev|L)\.?\s?\d+"
    r"|(?<=[SE])(?:19|20)\d\d/\d+"
    r"|(?<=S)/?\s?PV[.,]?\s?\d{2,5}"
    r"|/(?:\w{1,12}/){0,5}[\dOolI]{0,5}\d[OolI][\dOolI]{0,5}(?:/[\dOolI]{1,5})?"
    rf")(?![{_W}/])"
)
# Digits first: a symbol that was turned around.
_TURNED = re.compile(rf"[()\d](?<![{_W}./\-].)[{_W}.()\-]{{0,24}}(?:/[{_W}.()\-]{{1,24}}){{1,8}}")
_TURNED_HEAD = re.compile(r"[()]?\d|[()][IVXLC]+[()]\d")


def find_symbols(text: str) -> Iterator[SymbolFound]:
    """Find the document symbols in ``text``, in order.

    >>> [s.printed for s in find_symbols("(S/PRST/2013/16). And S/RES/2448(2018), S/2013/588.")]
    ['S/PRST/2013/16', 'S/RES/2448(2018)', 'S/2013/588']
    >>> [s.proposed for s in find_symbols("(S.2012/522, annex)")]
    ['S/2012/522']
    >>> [s.canonical for s in find_symbols("الوثيقة 588/2013/S و S/٢٠١٣/٥٨٨")]
    ['S/2013/588', 'S/2013/588']
    """
    found = list(_runs(text))
    for match in _MALFORMED.finditer(text):
        likely = _mend(match.group())
        if likely and not any(s.start < match.end() and match.start() < s.end for s in found):
            found.append(
                SymbolFound(
                    match.group(), match.start(), match.end(), likely, likely,
                    _MISREAD, 0.9,
                )
            )  # fmt: skip
    yield from sorted(found, key=lambda symbol: symbol.start)


_MISREAD = "a symbol with a character misread or misprinted"
_WAS_TURNED = "a symbol whose parts were turned around"


def _runs(text: str) -> Iterator[SymbolFound]:
    ended = 0
    for match in _RUN.finditer(text):
        start = match.start()
        if start >= ended and not (start and _EDGE.match(text[start - 1])):
            found = _read_run(text, start, match.end())
            if found:
                ended = found.end
                yield found
    yield from _turned(text)


def _read_run(text: str, start: int, end: int) -> SymbolFound | None:
    """Read a run of characters as a symbol: whole, turned, misread, or without its tail."""
    printed = text[start:end]
    plain = plain_digits(printed) if not printed.isascii() else printed
    if _HAS_LETTER.fullmatch(plain) and (letter := _LETTER.match(text, end)):
        plain, end = plain + letter.group(1), letter.end(1)
    canonical = _canonical(plain)
    if is_symbol(canonical):
        return SymbolFound(text[start:end], start, end, canonical)
    if restored := restore(plain):
        return SymbolFound(printed, start, end, restored, None, _WAS_TURNED, 0.95)
    if likely := _mend(printed):
        return SymbolFound(printed, start, end, likely, likely, _MISREAD, 0.9)
    while "/" in plain:  # "A/64/L.72/he": the tail may be the sentence's
        plain = plain[: max(plain.rfind(character) for character in "/(.-")].rstrip()
        canonical = _canonical(plain)
        if is_symbol(canonical):
            end = start + len(plain)
            return SymbolFound(text[start:end], start, end, canonical)
    return None


def _turned(text: str) -> Iterator[SymbolFound]:
    """Find symbols whose digits come first."""
    for match in _TURNED.finditer(text):
        start, printed = match.start(), match.group()
        if (start and _EDGE.match(text[start - 1])) or not _TURNED_HEAD.match(printed):
            continue
        if printed.startswith("(") and ")" not in printed:
            start, printed = start + 1, printed[1:]
        if printed.endswith(")") and "(" not in printed:
            printed = printed[:-1]
        printed = printed.rstrip(".-(")
        if any("A" <= character <= "Z" for character in printed):
            restored = restore(plain_digits(printed))
            if restored:
                end = start + len(printed)
                yield SymbolFound(printed, start, end, restored, None, _WAS_TURNED, 0.95)


def _canonical(plain: str) -> str:
    """Close the blank before a year or session in brackets."""
    return re.sub(r"\s+(?=\((?!Res|Part|Closed))", "", plain)


def restore(turned: str) -> str | None:
    """Return the symbol of which a right-to-left reading made ``turned``, or None.

    Args:
        turned: in ASCII digits; whole parts in the other order, or the run of
            digits moved before the letters, brackets mirrored or not.

    >>> restore("16/18/A/HRC/RES"), restore("(2018)2448/RES/S"), restore("71.PV/65/A")
    ('A/HRC/RES/16/18', 'S/RES/2448(2018)', 'A/65/PV.71')
    """
    for likely in _orders(turned):
        if is_symbol(likely) and organ_of(likely):
            return likely
    return None


def _orders(turned: str) -> Iterator[str]:
    """Yield the orders in which the parts may have stood, the likeliest first."""
    straight = turned.translate(str.maketrans("()", ")(")) if _mirrored(turned) else turned
    bracket = re.match(r"\((\w[\w-]*)\)(.*)", straight)
    tail = ""
    if bracket:
        tail, straight = f"({bracket.group(1)})", bracket.group(2).strip("/")
    parts = [part for part in straight.split("/") if part]
    turned_parts = [_turn_stop(part) for part in reversed(parts)]
    yield _join(turned_parts, tail)
    # Digits first, letters as they were: 16/18/A/HRC/RES.
    letters = next((n for n, part in enumerate(parts) if part[0].isalpha()), None)
    if letters:
        yield _join(parts[letters:] + parts[:letters], tail)
        flipped = [_turn_stop(part) for part in parts]
        yield _join(flipped[letters:] + flipped[:letters], tail)
    # Letters in their place, the numbers behind them the other way: S/588/2013.
    if not tail and parts and parts[0].isalpha():
        digits = next((n for n, part in enumerate(parts) if part[0].isdigit()), None)
        if digits:
            likely = parts[:digits] + parts[digits:][::-1]
            if likely != parts:
                yield _join(likely, tail)


def _mirrored(text: str) -> bool:
    opens, closes = text.find("("), text.find(")")
    return closes >= 0 and (opens < 0 or closes < opens)


def _turn_stop(part: str) -> str:
    """Turn ``71.PV`` to ``PV.71``; leave what stands right."""
    match = re.fullmatch(r"(\d+)\.([A-Za-z]+)", part)
    return f"{match.group(2)}.{match.group(1)}" if match else part


def _join(parts: list[str], tail: str) -> str:
    changed = [p for p in parts if re.match(r"(?:Add|Corr|Rev|Amend)\b", p)]
    return (
        "/".join([p for p in parts if p not in changed])
        + tail
        + "".join("/" + part for part in changed)
    )


_WORDS_OF_SYMBOLS = ("PRST", "PV", "Add", "Corr", "Rev", "INF", "L")


def _mend(malformed: str) -> str | None:
    """Return the symbol that a malformed one most likely was, None where no guess is well formed.

    >>> _mend("S.2012/522"), _mend("S / 2013 / 588"), _mend("S/PV 7015"), _mend("S/20l3/588")
    ('S/2012/522', 'S/2013/588', 'S/PV.7015', 'S/2013/588')
    """
    plain = plain_digits(malformed)
    close = re.sub(r"\s*/\s*", "/", plain)
    close = re.sub(r"^([SAE])[.,;:\\|_\-–]\s?", r"\1/", close)
    close = re.sub(r"^([SE])((?:19|20)\d\d)", r"\1/\2", close)
    close = re.sub(r"^S/?\s?PV[.,]?\s?", "S/PV.", close)
    close = re.sub(r"\b(PRST)[.,\s]\s?(?=\d)", r"\1/", close)
    close = re.sub(r"\b(Add|Corr|Rev|L)\.?\s?(?=\d)", r"\1.", close)
    close = re.sub(r"(?<=\d{4})[.,;:\\|_\-–]\s?(?=\d)", "/", close)
    close = re.sub(r"(?<=/\d\d)[.,;:\\|_\-–]\s?(?=\d)", "/", close)
    head, _, rest = close.partition("/")
    digits = "/".join(
        re.sub("[lI]", "1", re.sub("[Oo]", "0", part)) if any(s.isdigit() for s in part)
        and not part.startswith(_WORDS_OF_SYMBOLS) else part
        for part in rest.split("/")
    )  # fmt: skip
    likely = f"{head}/{digits}"
    return likely if is_symbol(likely) and likely != plain else None
