"""The mentions of real records against the truth written by hand; citations in six languages."""

from __future__ import annotations

import pytest

from mahdar.authority.finder import NameTable
from mahdar.citations import find_citations
from mahdar.languages import load_language
from mahdar.reading.read import read_file
from mahdar.resolving.mentions import find_mentions
from tests.archives import made_specimen
from tests.conftest import record_path
from tests.mentions import RECORDS, misses, read_off, truth


@pytest.mark.records
@pytest.mark.parametrize("name", RECORDS)
def test_citations_and_states_of_a_real_record(name: str) -> None:
    record = read_file(record_path(name)).record
    for states, least_precise, least_found in ((False, 0.99, 0.99), (True, 0.99, 0.98)):
        right, extra, missed = misses(record, name, states=states)
        assert right / (right + len(extra)) >= least_precise, extra
        assert right / (right + len(missed)) >= least_found, missed
    wrong_order = [p for p, named in truth(name).items() if read_off(record).get(p) != named]
    assert wrong_order == []


# Each sentence and what it cites, in order.
CITED = {
    "en": [
        ("resolution 2448 (2018)", ["S/RES/2448(2018)"]),
        ("resolutions 242 (1967), 338 (1973) and 425 (1978)", ["S/RES/242(1967)", "S/RES/338(1973)", "S/RES/425(1978)"]),
        ("General Assembly resolution 3369 (XXX)", ["A/RES/3369(XXX)"]),
        ("Assembly resolutions 48/218 B, 54/244 and 59/272", ["A/RES/48/218B", "A/RES/54/244", "A/RES/59/272"]),
        ("Human Rights Council resolution 16/18", ["A/HRC/RES/16/18"]),
        ("Economic and Social Council resolution 1996/31", ["E/RES/1996/31"]),
        ("General Assembly resolution ES-10/15", ["A/RES/ES-10/15"]),
        ("decision 64/555", ["A/DEC/64/555"]),
        ("Articles 33 and 51 of the Charter of the United Nations", ["CHARTER/33", "CHARTER/51"]),
        ("acting under Chapter VII of the Charter", ["CHARTER/VII"]),
        ("Chapters VI, VII and VIII", ["CHARTER/VI", "CHARTER/VII", "CHARTER/VIII"]),
        ("rule 37 of the Council's provisional rules of procedure", ["SC-RULES/37"]),
        ("Article 5 of the Rome Statute", ["ROME-STATUTE/5"]),
        ("its 7049th meeting, on 25 October 2013", ["S/PV.7049", "2013-10-25"]),
        ("on October 25, 2013 and in May 2012, since 1967", ["2013-10-25", "2012-05", "1967"]),
        ("from 1 to 3 May 2012; 24 and 25 September", ["2012-05-01/2012-05-03", "--09-24", "--09-25"]),
        ("the 1995 people; 2,000 of 2013 refugees; No. 1984 per cent", []),
        ("the Geneva communiqué (S/2012/522, annex)", ["GENEVA-COMMUNIQUE", "S/2012/522"]),
        ("S/PV.3980 (Resumption 1) and A/RES/ES-10/15", ["S/PV.3980 (Resumption 1)", "A/RES/ES-10/15"]),
    ],
    "fr": [
        ("la résolution 2118 (2013) du Conseil de sécurité", ["S/RES/2118(2013)"]),
        ("les résolutions 822 (1993), 853 (1993) et 874 (1993)", ["S/RES/822(1993)", "S/RES/853(1993)", "S/RES/874(1993)"]),
        ("la résolution 67/264 de l’Assemblée générale", ["A/RES/67/264"]),
        ("l’Article 51 de la Charte des Nations Unies", ["CHARTER/51"]),
        ("du Chapitre VII de la Charte", ["CHARTER/VII"]),
        ("l'article 37 du Règlement intérieur provisoire du Conseil", ["SC-RULES/37"]),
        ("le 1er octobre 2013 et en mai 2012", ["2013-10-01", "2012-05"]),
        ("à sa 7049e séance", ["S/PV.7049"]),
        ("les buts de la Charte", ["CHARTER"]),
    ],
    "es": [
        ("la resolución 2118 (2013) del Consejo de Seguridad", ["S/RES/2118(2013)"]),
        ("las resoluciones 822 (1993) y 853 (1993)", ["S/RES/822(1993)", "S/RES/853(1993)"]),
        ("la resolución 67/264 de la Asamblea General", ["A/RES/67/264"]),
        ("el Artículo 51 de la Carta de las Naciones Unidas", ["CHARTER/51"]),
        ("el Capítulo VIII de la Carta", ["CHARTER/VIII"]),
        ("el artículo 37 del Reglamento Provisional del Consejo", ["SC-RULES/37"]),
        ("el 28 de octubre de 2013", ["2013-10-28"]),
        ("en su 7049ª sesión", ["S/PV.7049"]),
    ],
    "ru": [
        ("резолюции 2118 (2013) Совета Безопасности", ["S/RES/2118(2013)"]),
        ("резолюций 822 (1993), 853 (1993) и 874 (1993)", ["S/RES/822(1993)", "S/RES/853(1993)", "S/RES/874(1993)"]),
        ("резолюцией 67/264 Генеральной Ассамблеи", ["A/RES/67/264"]),
        ("статьи 51 Устава Организации Объединенных Наций", ["CHARTER/51"]),
        ("на основании главы VII Устава", ["CHARTER/VII"]),
        ("с правилом 37 временных правил процедуры Совета", ["SC-RULES/37"]),
        ("28 октября 2013 года", ["2013-10-28"]),
        ("на своем 7049-м заседании", ["S/PV.7049"]),
    ],
    "ar": [
        ("القرار ٢٤٤٨ (٢٠١٨)", ["S/RES/2448(2018)"]),
        ("القرارات ٨٢٢ (١٩٩٣) و ٨٥٣ (١٩٩٣)", ["S/RES/822(1993)", "S/RES/853(1993)"]),
        ("عملا بالقرارين ١٣٧٣ (٢٠٠١) و 1624 (2005)", ["S/RES/1373(2001)", "S/RES/1624(2005)"]),
        ("القرار ٢٦٤/٦٧", ["A/RES/67/264"]),
        ("قرار الجمعية العامة ١٧٨/٦٧", ["A/RES/67/178"]),
        ("قرار الجمعية العامة ٦٠/٢٥١", ["A/RES/60/251"]),
        ("القرار ٣٣٦٩ (د-٣٠)", ["A/RES/3369(XXX)"]),
        ("القرار ٣٢٠١ (دإ-٦)", ["A/RES/3201(S-VI)"]),
        ("قرار مجلس حقوق الإنسان ١٨/١٦", ["A/HRC/RES/16/18"]),
        ("بموجب المادة ٥١ من ميثاق الأمم المتحدة", ["CHARTER/51"]),
        ("بموجب المادة ٣٩ من النظام الداخلي المؤقت للمجلس", ["SC-RULES/39"]),
        ("وفقا للفصل السابع من الميثاق", ["CHARTER/VII"]),
        ("لبيان جنيف (S/2012/522، المرفق)", ["GENEVA-COMMUNIQUE", "S/2012/522"]),
        ("في جلسته ٧٠٤٩ في ٢٥ تشرين الأول/أكتوبر ٢٠١٣", ["S/PV.7049", "2013-10-25"]),
        ("في عامي ٢٠١١ و ٢٠١٢", ["2011", "2012"]),
    ],
    "zh": [
        ("安理会第2118(2013)号决议", ["S/RES/2118(2013)"]),
        ("第822（1993）、853（1993）和884（1993）号决议", ["S/RES/822(1993)", "S/RES/853(1993)", "S/RES/884(1993)"]),
        ("大会第67/264号决议", ["A/RES/67/264"]),
        ("人权理事会第16/18号决议", ["A/HRC/RES/16/18"]),
        ("根据《联合国宪章》第五十一条", ["CHARTER/51"]),
        ("根据《宪章》第七章", ["CHARTER/VII"]),
        ("根据安理会暂行议事规则第37条", ["SC-RULES/37"]),
        ("2013年10月28日第7050次会议", ["2013-10-28", "S/PV.7050"]),
        ("二〇一三年十月", ["2013-10"]),
        ("《罗马规约》", ["ROME-STATUTE"]),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "cited"),
    [(code, text, cited) for code, cases in CITED.items() for text, cited in cases],
)
def test_what_a_sentence_cites(language: str, text: str, cited: list[str]) -> None:
    found = find_citations(text, language)
    assert [m.id for m in found] == cited
    assert all(text[m.start : m.end] == m.printed for m in found)


def test_a_citation_says_where_it_is_and_why() -> None:
    (text, document) = find_citations("بيان جنيف (S/2012/522، المرفق)", "ar")
    assert (document.organ, document.pin) == ("SC", "المرفق")
    assert document.address == "https://docs.un.org/ar/S/2012/522"
    assert text.address == "https://docs.un.org/ar/S/2012/522"
    (turned,) = find_citations("القرار ٢٦٤/٦٧", "ar")
    assert "from the right" in (turned.why or "")


def test_vowels_and_marks_of_direction_do_not_hide_a_citation() -> None:
    text = "القرارُ \u200f٢٤٤٨\u200f (٢٠١٨)"
    (found,) = find_citations(text, "ar")
    assert found.id == "S/RES/2448(2018)"
    assert text[found.start : found.end] == found.printed


@pytest.mark.parametrize(
    ("language", "text", "year"),
    [
        ("en", "in nineteen forty-five", "1945"),
        ("en", "since two thousand and thirteen", "2013"),
        ("fr", "en mil neuf cent quatre-vingt-onze", "1991"),
        ("es", "en dos mil veintidós", "2022"),
        ("ru", "в тысяча девятьсот сорок пятом году", "1945"),
        ("ar", "في عام ألف وتسعمائة وسبعة وستين", "1967"),
        ("zh", "一九六七年", "1967"),
    ],
)
def test_years_in_words(language: str, text: str, year: str) -> None:
    assert [m.id for m in find_citations(text, language)] == [year]


def test_two_thousand_alone_is_a_number() -> None:
    assert find_citations("two thousand troops, dos mil soldados", "en") == ()


def test_the_body_named_last_is_meant() -> None:
    text = "As the Human Rights Council noted, General Assembly resolution 64/299"
    assert [m.id for m in find_citations(text, "en")] == ["A/RES/64/299"]


def test_small_numbers_are_the_human_rights_councils() -> None:
    """The Assembly has numbered so since its thirty-first session only."""
    (found,) = find_citations("بموجب القرار ١٨/١٦", "ar")
    assert (found.id, found.score) == ("A/HRC/RES/16/18", 0.7)


def test_what_the_charter_does_not_have() -> None:
    assert [m.id for m in find_citations("Chapter XXV of the Charter", "en")] == ["CHARTER"]
    (article,) = find_citations("Article 200 of the Charter", "en")
    assert article.score == 0.4
    assert [m.id for m in find_citations("particle 51 of the Charter", "en")] == ["CHARTER"]


def test_each_chapter_of_a_list_has_its_own_place() -> None:
    text = "Chapters VII and VI of the Charter"
    assert [m.printed for m in find_citations(text, "en")] == ["Chapters VII", "VI of the Charter"]


def test_a_number_the_year_did_not_reach_is_doubted() -> None:
    (found,) = find_citations("resolution 2448 (2013)", "en")
    assert found.score == 0.5


def test_a_text_typed_from_left_to_right_is_read_so() -> None:
    text = "القرار 67/264 والقرار 68/12 والقرار 60/62"
    assert [m.id for m in find_citations(text, "ar")] == [
        "A/RES/67/264", "A/RES/68/12", "A/RES/60/62",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "text", "named"),
    [
        ("en", "the Secretary-General and UNICEF in the Sudan", ["SG", "UNICEF", "SDN"]),
        ("en", "the Group of 77 and China, the African Union and China", ["G77", "AU", "CHN"]),
        ("fr", "l'Union européenne et la Côte d’Ivoire", ["EU", "CIV"]),
        ("es", "el Movimiento de los Países No Alineados y el Perú", ["NAM", "PER"]),
        ("ru", "Организацией исламского сотрудничества и Сирией", ["OIC", "SYR"]),
        ("ar", "ومنظمة التعاون الإسلامي وللاتحاد الأفريقي والأمين العام", ["OIC", "AU", "SG"]),
        ("zh", "77国集团和中国以及非洲联盟", ["G77", "AU"]),
    ],
)
def test_bodies_groups_and_offices(language: str, text: str, named: list[str]) -> None:
    assert [m.id for m in find_mentions(text, load_language(language))] == named


def test_a_name_within_another_word_is_none() -> None:
    assert find_citations("the Paris Agreements and the Paris Agreementation", "en") == ()


# Whom the President of the invented meeting names: whom she invites, to whom she gives the floor.
NAMED = {
    "ar": ["السيدة ناديا بن سالم", "للسيدة بن سالم", "للسيد أورلوف"],
    "en": ["Ms. Nadia Ben Salem", "Ms. Ben Salem", "Mr. Orlov"],
    "es": ["Sra. Nadia Ben Salem", "Sra. Ben Salem", "Sr. Orlov"],
    "fr": ["Mme Nadia Ben Salem", "Mme Ben Salem", "M. Orlov"],
    "zh": ["娜迪娅·本·塞勒姆女士", "本·塞勒姆女士", "奥尔洛夫先生"],
}


@pytest.mark.parametrize("code", NAMED)
def test_people_are_found_with_what_stands_before_their_names(code: str) -> None:
    record = made_specimen(code)
    spoken = {person.id: person.turn_numbers for person in record.people}
    found = [
        (mention.printed, spoken[mention.id or ""])
        for turn in record.turns()
        for paragraph in turn.all_paragraphs()
        for mention in paragraph.mentions
        if mention.kind == "person"
    ]
    # She speaks in the fourth turn, he in the sixth.
    assert found == list(zip(NAMED[code], [(4,), (4,), (6,)], strict=True))


def test_a_full_stop_that_is_no_part_of_a_name_ends_it() -> None:
    table = NameTable(load_language("en"))
    table.add("Ms. Rice", "person", "USA:rice")
    table.add("Vitaly Churkin", "person", "RUS:churkin")
    text = "I thank Ms. Rice. I thank Ms; Rice is grown there. Vitaly. Churkin"
    assert [text[found.start : found.end] for found in table.find(text)] == ["Ms. Rice"]
