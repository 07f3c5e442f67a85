"""All States in six languages, as they stand after "the representative of"."""

from __future__ import annotations

from pathlib import Path

import pytest

from mahdar.authority.finder import find_names
from mahdar.authority.tables import names, rows

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
STATES = [row["code"] for row in rows("states_facts.tsv") if not row["until"]]
# The sentence in which a name is put, after the practice of each language's records.
SENTENCES = {
    "ar": "أعطي الكلمة الآن لممثل {} ثم لغيره.",
    "zh": "我现在请{}代表发言。",
    "en": "I now give the floor to the representative of {}, who has asked for it.",
    "fr": "Je donne maintenant la parole au représentant {}.",
    "ru": "Сейчас я предоставляю слово представителю {}.",
    "es": "Tiene ahora la palabra el representante {}.",
}
# What Arabic writes together with a name that begins with the article, and with one that does not.
LEADS = (("ل", "لل"), ("و", "وال"), ("ب", "بال"), ("ك", "كال"), ("ف", "فال"), ("ول", "ولل"))


def found(text: str, language: str) -> list[str]:
    return [f.name.code for f in find_names(text, language) if f.name.kind == "state"]


def given(file: str, language: str) -> list[tuple[str, str]]:
    known = names(file, language)
    return [(code, known[code][0]) for code in STATES if code in known]


def forms() -> list[dict[str, str]]:
    text = (Path(__file__).parent / "truth" / "state_forms.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_there_are_193_members_and_two_observers() -> None:
    facts = [row for row in rows("states_facts.tsv") if not row["until"]]
    assert [row["status"] for row in facts].count("member") == 193
    assert [row["code"] for row in facts if row["status"] == "observer"] == ["PSE", "VAT"]
    assert len({row["m49"] for row in facts}) == 195
    assert {row["code"] for row in forms()} == set(STATES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("file", ["states.tsv", "states_formal.tsv"])
def test_each_name_is_found_in_a_sentence(language: str, file: str) -> None:
    sentence = SENTENCES[language]
    wrong = [
        (code, name)
        for code, name in given(file, language)
        if found(sentence.format(name), language) != [code]
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["fr", "es", "ru"])
def test_each_name_as_the_grammar_has_it(language: str) -> None:
    wrong = [
        (row["code"], row[language])
        for row in forms()
        if found(SENTENCES[language].format(row[language]), language) != [row["code"]]
    ]
    assert wrong == []


@pytest.mark.parametrize("file", ["states.tsv", "states_formal.tsv"])
def test_what_arabic_writes_together_with_a_name(file: str) -> None:
    wrong = []
    for code, name in given(file, "ar"):
        for bare, with_article in LEADS:
            form = with_article + name[2:] if name.startswith("ال") else bare + name
            if found(f"وأشار {form} إلى ذلك", "ar") != [code] and not (
                code == "MLI" and bare in "وف"  # "and financial": a word beside it decides
            ):
                wrong.append((code, form))
    assert wrong == []


@pytest.mark.parametrize(
    ("preposition", "name", "code"),
    [("au", "Tchad", "TCD"), ("en", "Iran", "IRN"), ("aux", "États-Unis", "USA"),
     ("aux", "Fidji", "FJI"), ("à", "Cuba", "CUB"), ("en", "Haïti", "HTI"), ("au", "Viet Nam", "VNM")],
)  # fmt: skip
def test_french_prepositions_of_place(preposition: str, name: str, code: str) -> None:
    assert found(f"la situation {preposition} {name} demeure", "fr") == [code]


HEADS = {"Республика": "Республики", "Королевство": "Королевства", "Государство": "Государства",
         "Княжество": "Княжества", "Султанат": "Султаната", "Союз": "Союза",
         "Содружество": "Содружества", "Герцогство": "Герцогства", "Конфедерация": "Конфедерации",
         "Штаты": "Штатов"}  # fmt: skip
ENDINGS = (("ая", "ой"), ("ое", "ого"), ("ие", "их"), ("ые", "ых"), ("ий", "ого"))


def test_russian_formal_names_in_the_genitive() -> None:
    """Adjectives and the word for the kind of State change; what follows stays."""
    wrong = []
    for code, name in given("states_formal.tsv", "ru"):
        words, changed = name.split(), []
        while words:
            word = words.pop(0)
            if word in HEADS:
                changed += [HEADS[word], *words]
                break
            ending = next(((a, b) for a, b in ENDINGS if word.endswith(a)), None)
            assert ending, f"no head in {name}"
            stem = word[: -len(ending[0])]
            changed.append(stem + (ending[1] if word != "Австралийский" else "ого"))
        form = " ".join(changed)
        if found(f"представителю {form}.", "ru") != [code]:
            wrong.append((code, form))
    assert wrong == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "last week in the Jordan Valley, across the South China Sea and Latin America"),
        ("en", "turkey and china were served; the Group of 77 and China; a chad"),
        ("en", "US$ 5 million, 3 million United States dollars, 2 US dollars"),
        ("ru", "1,5 млн долл. США и 3 доллара США"),
        ("ar", "٣ ملايين دولار من دولارات الولايات المتحدة"),
        ("fr", "en Amérique latine et dans le bassin du lac Tchad"),
        ("es", "en América Latina y en el golfo de Omán"),
        ("ru", "в Латинской Америке"),
        ("ar", "قدم دعما ماليا وعن طريق نظام مالي جديد في المغرب العربي ووادي الأردن"),
        ("zh", "拉丁美洲和约旦河西岸"),
    ],
)
def test_what_only_looks_like_a_state(language: str, text: str) -> None:
    assert found(text, language) == []
