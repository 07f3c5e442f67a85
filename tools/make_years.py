"""Write citations/years.tsv: years in words, 1900 to 2039, in five languages.

Chinese years in characters are read by rule, and need no table. The rules of number words are
below, a language each; the table is what is read at run time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).parent.parent / "src" / "mahdar" / "citations" / "years.tsv"
YEARS = range(1900, 2040)

EN = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
FR = [
    "un",
    "deux",
    "trois",
    "quatre",
    "cinq",
    "six",
    "sept",
    "huit",
    "neuf",
    "dix",
    "onze",
    "douze",
    "treize",
    "quatorze",
    "quinze",
    "seize",
    "dix-sept",
    "dix-huit",
    "dix-neuf",
]
FR_TENS = ["vingt", "trente", "quarante", "cinquante", "soixante"]
ES = [
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
]
ES_TENS = ["treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"]
RU = [
    "перв",
    "втор",
    "трет",
    "четверт",
    "пят",
    "шест",
    "седьм",
    "восьм",
    "девят",
    "десят",
    "одиннадцат",
    "двенадцат",
    "тринадцат",
    "четырнадцат",
    "пятнадцат",
    "шестнадцат",
    "семнадцат",
    "восемнадцат",
    "девятнадцат",
]
RU_TENS = [
    "двадцат",
    "тридцат",
    "сороков",
    "пятидесят",
    "шестидесят",
    "семидесят",
    "восьмидесят",
    "девяност",
]
RU_WHOLE = [
    "двадцать",
    "тридцать",
    "сорок",
    "пятьдесят",
    "шестьдесят",
    "семьдесят",
    "восемьдесят",
    "девяносто",
]
AR_UNITS = (
    ("واحد", "إحدى"), ("اثنين", "اثنتين"), ("ثلاثة", "ثلاث"), ("أربعة", "أربع"), ("خمسة", "خمس"),
    ("ستة", "ست"), ("سبعة", "سبع"), ("ثمانية", "ثماني", "ثمان"), ("تسعة", "تسع"),
)  # fmt: skip
AR_TEENS = (
    ("أحد عشر", "إحدى عشرة"), ("اثني عشر", "اثنتي عشرة"), ("ثلاثة عشر", "ثلاث عشرة"),
    ("أربعة عشر", "أربع عشرة"), ("خمسة عشر", "خمس عشرة"), ("ستة عشر", "ست عشرة"),
    ("سبعة عشر", "سبع عشرة"), ("ثمانية عشر", "ثماني عشرة"), ("تسعة عشر", "تسع عشرة"),
)  # fmt: skip
AR_TENS = ["عشرين", "ثلاثين", "أربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"]


def english(number: int) -> str:
    """Return 1 to 99 in English words."""
    if number < 20:
        return EN[number - 1]
    tens, units = divmod(number, 10)
    return EN_TENS[tens - 2] + (f"-{EN[units - 1]}" if units else "")


def french(number: int) -> str:
    """Return 1 to 99 in French words."""
    if number < 20:
        return FR[number - 1]
    if number < 70:
        tens, units = divmod(number, 10)
        tail = " et un" if units == 1 else f"-{FR[units - 1]}" if units else ""
        return FR_TENS[tens - 2] + tail
    if number < 80:
        return "soixante et onze" if number == 71 else f"soixante-{FR[number - 61]}"
    return "quatre-vingts" if number == 80 else f"quatre-vingt-{FR[number - 81]}"


def spanish(number: int) -> str:
    """Return 1 to 99 in Spanish words."""
    if number < 30:
        return ES[number - 1]
    tens, units = divmod(number, 10)
    return ES_TENS[tens - 3] + (f" y {ES[units - 1]}" if units else "")


def russian(number: int) -> Iterator[str]:
    """Yield 1 to 99 as Russian ordinals: nominative, genitive, prepositional."""
    lead, stem = "", ""
    if number < 20:
        stem = RU[number - 1]
    else:
        tens, units = divmod(number, 10)
        stem = RU[units - 1] if units else RU_TENS[tens - 2]
        lead = f"{RU_WHOLE[tens - 2]} " if units else ""
    if stem == "трет":
        endings = ("ий", "ьего", "ьем")
    else:
        first = "ой" if stem in ("втор", "шест", "седьм", "восьм", "сороков") else "ый"
        endings = (first, "ого", "ом")
    for ending in endings:
        yield lead + stem + ending


def arabic(number: int) -> Iterator[str]:
    """Yield 1 to 99 in Arabic words, of either gender."""
    tens, units = divmod(number, 10)
    if number < 10:
        yield from AR_UNITS[number - 1]
    elif number == 10:
        yield from ("عشرة", "عشر")
    elif number < 20:
        yield from AR_TEENS[units - 1]
    elif units:
        for unit in AR_UNITS[units - 1]:
            yield f"{unit} و{AR_TENS[tens - 2]}"
    else:
        yield AR_TENS[tens - 2]


def forms(year: int) -> dict[str, list[str]]:
    """Return the forms of a year in each language."""
    last = year % 100
    if year < 2000:
        heads = {"en": ["nineteen hundred"], "fr": ["mil neuf cent", "dix-neuf cent"],
                 "es": ["mil novecientos"], "ar": ["ألف وتسعمائة", "ألف وتسعمئة"]}  # fmt: skip
        whole = {**heads, "ru": ["тысяча девятисотый", "тысяча девятисотого", "тысяча девятисотом"]}
        ru = ["тысяча девятьсот", "одна тысяча девятьсот"]
    else:
        heads = {"en": ["two thousand"], "fr": ["deux mille"], "es": ["dos mil"], "ar": ["ألفين"]}
        whole = {**heads, "ru": ["двухтысячный", "двухтысячного", "двухтысячном"]}
        ru = ["две тысячи"]
    if not last:
        return whole
    found = {"fr": [f"{head} {french(last)}" for head in heads["fr"]],
             "es": [f"{heads['es'][0]} {spanish(last)}"],
             "ru": [f"{head} {tail}" for head in ru for tail in russian(last)],
             "ar": [f"{head} و{tail}" for head in heads["ar"] for tail in arabic(last)]}  # fmt: skip
    if last == 80:
        found["fr"] += [form.removesuffix("s") for form in found["fr"]]
    words = english(last)
    short = "nineteen" if year < 2000 else "twenty"
    found["en"] = [f"{heads['en'][0]} and {words}", f"{heads['en'][0]} {words}"]
    if last > 9:
        found["en"].append(f"{short} {words}")
    return found


# With what a year in words begins: a text that holds none of it is not searched further.
HEADS = {
    "ar": "ألف وتسع|ألفين",
    "en": "nineteen |two thousand|twenty ",
    "fr": "mil neuf|dix-neuf cent|deux mille",
    "es": "mil nove|dos mil",
    "ru": "тысяча девят|две тысячи|двухтысячн",
}


def main() -> None:
    """Write the table."""
    lines = [
        "# Years in words: the year, then its forms in five languages, made by tools/make_years.py.",
        "year\tar\ten\tfr\tes\tru",
        "begins\t" + "\t".join(HEADS[code] for code in ("ar", "en", "fr", "es", "ru")),
    ]
    for year in YEARS:
        made = forms(year)
        lines.append(
            f"{year}\t" + "\t".join("|".join(made[c]) for c in ("ar", "en", "fr", "es", "ru"))
        )
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
