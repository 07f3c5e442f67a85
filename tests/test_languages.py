"""Language files are checked, and their mistakes explained to a translator."""

from __future__ import annotations

from importlib import resources

import pytest

from mahdar.errors import LanguageDataError
from mahdar.languages import language_codes, load_language, parse_language
from mahdar.languages.loader import check_formulae

ARABIC = (resources.files("mahdar.languages") / "ar.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("code", language_codes())
def test_every_formula_of_every_language_compiles(code: str) -> None:
    check_formulae(load_language(code), f"{code}.toml")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('direction = "rtl"', 'direction = "up"', "direction"),
        ("[calendar]", "[calender]", "'calender' is not known"),
        ("[acts.closed]", "[acts.closes]", "acts"),
        ("units = [", "ones = [", "ordinals"),
        ('digits = ["٠١٢٣٤٥٦٧٨٩"', 'digits = ["٠١٢٣"', "expected ten"),
        ('code = "ar"', "code = ", "TOML"),
    ],
)
def test_mistakes_are_explained(old: str, new: str, words: str) -> None:
    assert old in ARABIC
    with pytest.raises(LanguageDataError) as caught:
        parse_language(ARABIC.replace(old, new, 1), "xx.toml")
    assert str(caught.value).startswith("xx.toml: ")
    assert words in str(caught.value)


def test_a_bracket_that_is_not_closed_is_found() -> None:
    broken = ARABIC.replace("رفعت الجلسة [في ]الساعة {time}.", "رفعت الجلسة [في الساعة {time}.")
    with pytest.raises(LanguageDataError, match=r"acts\.closed.*not closed"):
        check_formulae(parse_language(broken, "xx.toml"), "xx.toml")


def test_unknown_language() -> None:
    with pytest.raises(LanguageDataError, match="languages at hand are"):
        load_language("xx")
