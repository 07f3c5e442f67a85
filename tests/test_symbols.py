"""Document symbols of every series, whole and broken, in six languages."""

from __future__ import annotations

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mahdar.citations import find_citations, find_symbols
from mahdar.citations.symbols import organ_of

EXAMPLES = 300 * int(os.environ.get("MAHDAR_FUZZ", "1"))
SENTENCES = {
    "ar": "وترد في الوثيقة {}، التي عممت أمس.",
    "zh": "该文件以{}号分发。",
    "en": "It is contained in document {}, before the Council.",
    "fr": "Le texte figure dans le document {}, dont le Conseil est saisi.",
    "ru": "Он содержится в документе {}, представленном Совету.",
    "es": "Figura en el documento {}, que tiene ante sí el Consejo.",
}
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

year = st.integers(1994, 2031).map(str)
session = st.integers(31, 85).map(str)
number = st.integers(1, 999).map(str)
low = st.integers(1, 9).map(str)
SERIES = {
    "S/year": st.builds("S/{}/{}".format, year, number),
    "S": st.integers(100, 26000).map("S/{}".format),
    "S/PV": st.integers(1, 10200).map("S/PV.{}".format),
    "S/PRST": st.builds("S/PRST/{}/{}".format, year, st.integers(1, 60)),
    "S/RES": st.builds("S/RES/{}({})".format, st.integers(1, 2800), year),
    "S/AC": st.builds("S/AC.{}/{}/{}".format, st.integers(10, 60), year, number),
    "A": st.builds("A/{}/{}".format, session, number),
    "A/L": st.builds("A/{}/L.{}".format, session, low),
    "A/PV": st.builds("A/{}/PV.{}".format, session, number),
    "A/RES": st.builds("A/RES/{}/{}".format, session, number),
    "A/RES roman": st.builds("A/RES/{}({})".format, st.integers(1, 3500), st.sampled_from(["III", "XXV", "XXX"])),
    "A/RES special": st.builds("A/RES/ES-10/{}".format, low),
    "A/DEC": st.builds("A/DEC/{}/{}".format, session, number),
    "A/C": st.builds("A/C.{}/{}/L.{}".format, st.integers(1, 6), session, number),
    "A/C/SR": st.builds("A/C.{}/{}/SR.{}".format, st.integers(1, 6), session, low),
    "A/CONF": st.builds("A/CONF.{}/{}".format, st.integers(100, 240), low),
    "A/AC": st.builds("A/AC.{}/{}".format, st.integers(100, 290), low),
    "A/CN.4": st.builds("A/CN.4/{}".format, number),
    "A/HRC": st.builds("A/HRC/{}/{}".format, st.integers(1, 60), number),
    "A/HRC/RES": st.builds("A/HRC/RES/{}/{}".format, st.integers(1, 60), low),
    "E": st.builds("E/{}/{}".format, year, number),
    "E/RES": st.builds("E/RES/{}/{}".format, year, low),
    "E/CN.4": st.builds("E/CN.4/{}/{}".format, year, number),
    "ST/SGB": st.builds("ST/SGB/{}/{}".format, year, low),
    "CCPR": st.builds("CCPR/C/{}".format, st.integers(10, 130)),
    "INFCIRC": st.integers(1, 900).map("INFCIRC/{}".format),
    "TD": st.builds("TD/B/{}".format, number),
    "PBC": st.builds("PBC/{}/OC/{}".format, low, low),
    "NPT": st.builds("NPT/CONF.{}/{}".format, year, low),
    "FCCC": st.builds("FCCC/CP/{}/{}".format, year, low),
}  # fmt: skip
SUFFIX = st.sampled_from(["", "/Add.1", "/Corr.2", "/Rev.1", "/Rev.1/Add.3", "/Add.12/Corr.1"])


def ids(text: str, language: str) -> list[str | None]:
    kinds = ("document", "resolution", "decision", "meeting")
    return [m.id for m in find_citations(text, language) if m.kind in kinds]


@pytest.mark.parametrize("series", SERIES)
@settings(max_examples=max(10, EXAMPLES // len(SERIES)), deadline=None)
@given(data=st.data(), language=st.sampled_from(sorted(SENTENCES)), suffix=SUFFIX)
def test_each_series_with_each_suffix(
    series: str, data: st.DataObject, language: str, suffix: str
) -> None:
    symbol = data.draw(SERIES[series]) + (suffix if series not in ("S/RES", "A/RES roman") else "")
    printed = symbol
    if language == "ar" and data.draw(st.booleans()):
        printed = symbol.translate(ARABIC)
    assert ids(SENTENCES[language].format(printed), language) == [symbol]
    assert ids(SENTENCES[language].format(f"({printed})"), language) == [symbol]
    assert organ_of(symbol) is not None


# How reading a page from right to left breaks a symbol: all its parts in the other order; or the
# run of digits, which Arabic digits and the strokes between them make, set before the letters.
TURNABLE = [name for name in SERIES if name not in ("CCPR", "TD", "PBC", "A/RES special")]


def all_turned(symbol: str) -> str:
    head, bracket, tail = symbol.partition("(")
    parts = [
        ".".join(reversed(part.split("."))) if "." in part else part
        for part in reversed(head.split("/"))
    ]
    return (f"({tail[:-1]})" if bracket else "") + "/".join(parts)


@pytest.mark.parametrize("series", TURNABLE)
@settings(max_examples=max(10, EXAMPLES // len(TURNABLE)), deadline=None)
@given(data=st.data(), mirrored=st.booleans(), arabic=st.booleans())
def test_turned_around_and_restored(
    series: str, data: st.DataObject, mirrored: bool, arabic: bool
) -> None:
    symbol = data.draw(SERIES[series])
    printed = all_turned(symbol)
    if mirrored:
        printed = printed.translate(str.maketrans("()", ")("))
    if arabic:
        printed = printed.translate(ARABIC)
    assert ids(f"وترد في الوثيقة {printed} التي عممت", "ar") == [symbol], printed


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [
        ("16/18/A/HRC/RES", "A/HRC/RES/16/18"),
        ("2013/588/S", "S/2013/588"),
        ("2013/16/S/PRST", "S/PRST/2013/16"),
        ("(2018)2448/S/RES", "S/RES/2448(2018)"),
        (")٢٠١٨(٢٤٤٨/S/RES", "S/RES/2448(2018)"),
        ("71.PV/65/A", "A/65/PV.71"),
        ("S/588/2013", "S/2013/588"),
        ("1.Rev/28.L/65/3.C/A", "A/C.3/65/L.28/Rev.1"),
    ],
)
def test_digits_set_before_the_letters(printed: str, symbol: str) -> None:
    assert ids(f"الوثيقة {printed}،", "ar") == [symbol]


@pytest.mark.parametrize(
    ("printed", "likely"),
    [
        ("S.2012/522", "S/2012/522"),
        ("S/2012.522", "S/2012/522"),
        ("S / 2013 / 588", "S/2013/588"),
        ("S/ 2013/588", "S/2013/588"),
        ("S2013/588", "S/2013/588"),
        ("S-2013/588", "S/2013/588"),
        ("S/20l3/588", "S/2013/588"),
        ("S/2O13/588", "S/2013/588"),
        ("S/PV 7015", "S/PV.7015"),
        ("S/PRST/2013.16", "S/PRST/2013/16"),
        ("S/PRST 2013/16", "S/PRST/2013/16"),
    ],
)
def test_malformed_symbols_are_found_with_their_likely_form(printed: str, likely: str) -> None:
    (found,) = find_symbols(f"(see {printed}, annex)")
    assert (found.printed, found.proposed) == (printed, likely)


@pytest.mark.parametrize(
    "text",
    [
        "and/or 24/25 September, HIV/AIDS, A/B testing, 1/2 of it, km/h, n/a, www.un.org/en",
        "S. 2012 was a good year; A. 64/299; the U.S./Canada border",
        "at 10/12 per cent; TCP/IP; 9/11; North/South",
    ],
)
def test_what_is_no_symbol(text: str) -> None:
    assert list(find_symbols(text)) == []


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.text(alphabet="SAERPV./()0129lO -٢،", max_size=200))
@example("S/" * 60)
def test_any_text_is_read_and_places_are_right(text: str) -> None:
    for found in find_symbols(text):
        assert text[found.start : found.end] == found.printed
    last = 0
    for mention in find_citations(text, "ar"):
        assert text[mention.start : mention.end] == mention.printed
        assert mention.start >= last
        last = mention.end


@pytest.mark.parametrize(
    "piece",
    [
        "S/",
        "1/",
        "(1",
        "A/1.",
        "resolution ",
        "1 (2",
        "8 ",
        "of the ",
        "المادة ١ ",
        "第1条",
        "S/1l",
    ],
)
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_no_pattern_runs_away(piece: str, language: str) -> None:
    """A pattern that takes exponential time would not end here at all."""
    find_citations(piece * 3000, language)
