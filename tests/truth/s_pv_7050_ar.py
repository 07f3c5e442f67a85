"""The Arabic record of the 7050th meeting, as a reader finds it on the pages.

Written by hand from the text. ``ORDER`` numbers the blank-line-separated pieces
of the file from 0 and gives the runs in which they are to be read.
"""

from __future__ import annotations

from mahdar.specimens.scramble import Fragment
from tests.pieces import pieces

ORDER = [
    (0, 28), (34, 37), (29, 33), (43, 47), (38, 42), (51, 53), (48, 50), (59, 62), (54, 58),
    (68, 71), (63, 67), (78, 81), (72, 77), (86, 88), (82, 85), (96, 100), (89, 95), (104, 107),
    (101, 103), (112, 116), (108, 111), (121, 125), (117, 120), (130, 132), (126, 129),
    (136, 139), (133, 135), (144, 146), (140, 143), (152, 156), (147, 151), (161, 166),
    (157, 160), (171, 176), (167, 170), (181, 186), (177, 180), (192, 194), (187, 191),
    (199, 201), (195, 198), (206, 209), (202, 205), (210, 218), (222, 225), (219, 221),
    (231, 235), (226, 230), (241, 245), (236, 240), (251, 257), (246, 250), (262, 265),
    (258, 261), (269, 270), (266, 268),
]  # fmt: skip

# Pieces that go on in the middle of a sentence with the piece before them in reading order.
GOES_ON = {
    17: 16, 18: 17, 24: 23, 25: 24, 34: 28, 51: 42, 48: 53, 54: 62, 68: 58, 63: 71, 78: 67,
    86: 77, 96: 85, 89: 100, 104: 95, 101: 107, 112: 103, 121: 111, 117: 125, 130: 120,
    136: 129, 140: 146, 147: 156, 161: 151, 157: 166, 171: 160, 181: 170, 185: 184, 177: 186,
    187: 194, 199: 191, 206: 198, 202: 209, 210: 205, 215: 214, 216: 215, 222: 218, 219: 225,
    231: 221, 226: 235, 251: 240, 246: 257, 269: 261, 266: 270,
}  # fmt: skip

# State as printed, code, honorific, name; the President first.
MEMBERS = [
    ("أذربيجان", "AZE", "السيد", "محمد ياروف"),
    ("الاتحاد الروسي", "RUS", "السيد", "تشوركين"),
    ("الأرجنتين", "ARG", "السيد", "سكيف"),
    ("أستراليا", "AUS", "السيد", "كوينلان"),
    ("باكستان", "PAK", "السيد", "مسعود خان"),
    ("توغو", "TGO", "السيد", "مينون"),
    ("جمهورية كوريا", "KOR", "السيد", "سول كيونغ - هون"),
    ("رواندا", "RWA", "السيد", "غاسانا"),
    ("الصين", "CHN", "السيد", "ليو تشي"),
    ("غواتيمالا", "GTM", "السيد", "روسينثال"),
    ("فرنسا", "FRA", "السيد", "أرو"),
    ("لكسمبرغ", "LUX", "السيدة", "لو كاس"),
    ("المغرب", "MAR", "السيدة", "بو عيدة"),
    ("المملكة المتحدة لبريطانيا العظمى وأيرلندا الشمالية", "GBR", "السير", "مارك لايل غرانت"),
    ("الولايات المتحدة الأمريكية", "USA", "السيدة", "ديكارلو"),
]

# Piece that opens the turn, last piece of it in reading order, name or None, capacity, code,
# language spoken.
TURNS = [
    (19, 22, None, "president", None, "en"),
    (23, 43, None, "secretariat", "SG", "en"),
    (44, 44, None, "president", None, "en"),
    (45, 72, "إحسان أوغلو", "invited", "OIC", "en"),
    (73, 91, None, "president", None, "en"),
    (92, 112, "بوعيدة", "member", "MAR", "ar"),
    (113, 123, "سكيف", "member", "ARG", "es"),
    (124, 126, "غاسانا", "member", "RWA", "en"),
    (127, 134, "لوكاس", "member", "LUX", "fr"),
    (135, 155, "كوينلان", "member", "AUS", "en"),
    (156, 175, "مسعود خان", "member", "PAK", "en"),
    (176, 183, "روسينثال", "member", "GTM", "es"),
    (184, 190, "ديكارلو", "member", "USA", "en"),
    (191, 207, "سول كيونغ - هون", "member", "KOR", "en"),
    (208, 213, "مارك ليال غوانت", "member", "GBR", "en"),
    (214, 220, "ميبو", "member", "TGO", "fr"),
    (221, 245, "أرو", "member", "FRA", "fr"),
    (236, 249, "ليو جيبي بي", "member", "CHN", "zh"),
    (250, 266, "تشوركين", "member", "RUS", "ru"),
    (267, 267, None, "president", None, "en"),
]

# The President speaks for Azerbaijan from piece 76 to piece 89, and resumes with piece 90.
NATIONAL_FROM, NATIONAL_TO = 76, 89

# The pieces of the cover, and where the columns of the two pages meet that lie in order.
COVER = 11
_MEETS = {0: 22, 210: 215}


def order() -> list[int]:
    """Return the numbers of all pieces in reading order."""
    return [n for first, last in ORDER for n in range(first, last + 1)]


def front(text: str) -> list[str]:
    """Return the pieces of the cover of the record, whose text is given."""
    return [text[start:end] for start, end in pieces(text)[:COVER]]


def columns(text: str) -> list[list[Fragment]]:
    """Return the columns of the record, whose text is given, in their true order."""
    places = pieces(text)
    runs: list[tuple[int, int]] = []
    for first, last in ORDER:
        middle = _MEETS.get(first)
        if middle is None:
            runs.append((first, last))
        else:
            runs += [(max(first, COVER), middle), (middle + 1, last)]
    return [
        [Fragment(text[slice(*places[n])], n in GOES_ON) for n in range(first, last + 1)]
        for first, last in runs
    ]
