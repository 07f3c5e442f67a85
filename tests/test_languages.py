"""Language files are checked, and their mistakes explained to a translator."""

from __future__ import annotations

from importlib import resources

import pytest

from mahdar.errors import LanguageDataError
from mahdar.languages import language_codes, load_language, parse_language
from mahdar.languages.loader import check_formulae

_FOLDER = resources.files("mahdar.languages")
ARABIC = (_FOLDER / "ar.toml").read_text(encoding="utf-8")
DONE = (_FOLDER / "procedure" / "ar.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", language_codes())
def test_every_formula_of_every_language_compiles(code: str) -> None:
    check_formulae(load_language(code), f"{code}.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('direction = "rtl"', 'direction = "up"', "direction"),
        ("[calendar]", "[calender]", "'calender' is not known"),
        ("[acts.closed.printed]", "[acts.closes.printed]", "acts"),
        ("units = [", "ones = [", "ordinals"),
        ('digits = ["٠١٢٣٤٥٦٧٨٩"', 'digits = ["٠١٢٣"', "expected ten"),
        ('code = "ar"', "code = ", "TOML"),
    ],
)
def test_mistakes_are_explained(old: str, new: str, words: str) -> None:
    assert old in ARABIC + DONE
    with pytest.raises(LanguageDataError) as caught:
        parse_language(ARABIC.replace(old, new, 1), "xx.toml", DONE.replace(old, new))
    assert str(caught.value).startswith("xx.toml: ")
    assert words in str(caught.value)


def test_a_bracket_that_is_not_closed_is_found() -> None:
    broken = DONE.replace("رفعت الجلسة [في ]الساعة {time}.", "رفعت الجلسة [في الساعة {time}.")
    with pytest.raises(LanguageDataError, match=r"acts\.closed.*not closed"):
        check_formulae(parse_language(ARABIC, "xx.toml", broken), "xx.toml")


def test_unknown_language() -> None:
    with pytest.raises(LanguageDataError, match="languages at hand are"):
        load_language("xx")


def test_a_formula_that_cannot_be_written_is_named() -> None:
    from mahdar.languages.writing import write_act

    without = DONE.replace('"رفعت الجلسة [في ]الساعة {time}." = ', "# ")
    assert without != DONE
    with pytest.raises(LanguageDataError, match=r"acts\.closed.*no formula to write"):
        write_act(parse_language(ARABIC, "ar.toml", without), "closed", {"time": "١٧/٤٠"})


@pytest.mark.parametrize(
    ("code", "label", "name", "state", "spoken"),
    [
        (
            "fr",
            "M. Tchourkine (Fédération de Russie) (parle en russe) :",
            "Tchourkine",
            "RUS",
            "ru",
        ),
        (
            "fr",
            "Sir Mark Lyall Grant (Royaume-Uni) (interprétation de l’anglais) :",
            "Mark Lyall Grant",
            "GBR",
            "en",
        ),
        ("fr", "Mme Power (États-Unis d’Amérique) (parle en anglais):", "Power", "USA", "en"),
        ("es", "Sr. Churkin (Federación de Rusia) (habla en ruso):", "Churkin", "RUS", "ru"),
        ("es", "Sra. Lucas (Luxemburgo) (interpretación del francés):", "Lucas", "LUX", "fr"),
        ("ru", "Г-н Лю Цзеи (Китай) (говорит по-китайски):", "Лю Цзеи", "CHN", "zh"),
        ("ru", "Г-жа Мурмокайте (Литва) (перевод с английского):", "Мурмокайте", "LTU", "en"),
        ("zh", "丘尔金先生（俄罗斯联邦）（以俄语发言）：", "丘尔金", "RUS", "ru"),
        ("zh", "马克·莱尔·格兰特爵士（联合王国）（以英语发言）：", "马克·莱尔·格兰特", "GBR", "en"),
        ("zh", "刘结一先生（中国）：", "刘结一", "CHN", None),
    ],
)
def test_labels_as_records_print_them(
    code: str, label: str, name: str, state: str, spoken: str | None
) -> None:
    from mahdar.languages.openings import read_opening
    from mahdar.parsing.names import read_label

    language = load_language(code)
    opening = read_opening(label, language)
    assert opening is not None
    read = read_label(label, opening, language, frozenset())
    assert (read.name.name, read.language) == (name, spoken)
    assert read.affiliation is not None
    assert read.affiliation.code == state


@pytest.mark.parametrize(
    ("code", "printed", "value"),
    [
        ("fr", "Soixante-quatrième", 64),
        ("fr", "Quatre-vingt-unième", 81),
        ("fr", "Soixante-quinzième", 75),
        ("fr", "Vingt et unième", 21),
        ("fr", "Première", 1),
        ("es", "Sexagésimo cuarto", 64),
        ("es", "Septuagésimo noveno", 79),
        ("es", "Undécimo", 11),
        ("ru", "Шестьдесят четвертый", 64),
        ("ru", "Семьдесят девятая", 79),
        ("ru", "Двенадцатый", 12),
        ("zh", "六十四", 64),
        ("zh", "七十九", 79),
        ("zh", "十二", 12),
        ("zh", "八十", 80),
    ],
)
def test_ordinals(code: str, printed: str, value: int) -> None:
    from mahdar.parsing.values import read_ordinal

    assert read_ordinal(printed, load_language(code)) == value


@pytest.mark.parametrize(
    ("code", "printed", "time"),
    [
        ("fr", "10 h 5", "10:05"),
        ("fr", "15 heures", "15:00"),
        ("es", "10.05 horas", "10:05"),
        ("es", "15.00 horas", "15:00"),
        ("ru", "10 ч. 05 м.", "10:05"),
        ("ru", "15 ч. 00 мин.", "15:00"),
        ("zh", "上午10时05分", "10:05"),
        ("zh", "下午3时", "15:00"),
        ("zh", "中午12时30分", "12:30"),
        ("en", "3.05 p.m.", "15:05"),
        ("ar", "١٥/٠٥", "15:05"),
    ],
)
def test_times(code: str, printed: str, time: str) -> None:
    from mahdar.parsing.values import read_time

    assert read_time(printed, load_language(code)) == time


def test_a_seventh_language() -> None:
    """A language is one file and its columns of names: Portuguese, from the file for Spanish."""
    spanish = (_FOLDER / "es.toml").read_text(encoding="utf-8")
    done = (_FOLDER / "procedure" / "es.toml").read_text(encoding="utf-8")
    changes = {
        'code = "es"': 'code = "pt"',
        'name = "español"': 'name = "português"',
        'times = ["{hour}(.|:){minute} horas", "{hour} horas"]': 'times = ["{hour}h{minute}", "{hour} horas"]',
        '{ form = "Sra.", gender = "f" }': '{ form = "Sra.", gender = "f" }, { form = "Dona", gender = "f" }',
    }  # fmt: skip
    text = spanish
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    opening = '"Se abre la sesión a las {time}." = '
    assert opening in done
    done = done.replace(opening, '"A sessão é aberta às {time}." = ', 1)
    language = parse_language(text, "pt.toml", done)
    check_formulae(language, "pt.toml")
    from mahdar.parsing.acts import printed_act

    act = printed_act("A sessão é aberta às 15h05.", (), language)
    assert act is not None
    assert (act.act, act.time) == ("opened", "15:05")
