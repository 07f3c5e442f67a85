"""The parts of the layout of pages, each by itself, on runs placed by hand."""

from __future__ import annotations

import pytest

from mahdar.languages import load_language
from mahdar.layout.paged.bidi import logical_line
from mahdar.layout.paged.compose import compose, likely_language
from mahdar.layout.paged.doubts import page_doubts
from mahdar.layout.paged.flow import lay_out_pages
from mahdar.layout.paged.hyphens import Hyphenation
from mahdar.layout.paged.paragraphs import paragraphs_of
from mahdar.sources.page import Page, PageSource, Run

FRAME = (0.0, 0.0, 600.0, 800.0)
WORDS = "the members of the Council have before them a draft that was"


def run(text: str, left: float, baseline: float, right: float, **rest: object) -> Run:
    return Run(text, left, baseline - 2, right, baseline + 7, baseline, 10.0, **rest)  # type: ignore[arg-type]


def column(left: float, right: float, lines: list[str], top: float = 700.0) -> list[Run]:
    """Lines 12 points apart; ">" sets the first line of a paragraph in, "|" ends a line early."""
    runs = []
    for n, line in enumerate(lines):
        start = left + 20 if line.startswith(">") else left
        end = (left + right) / 2 if line.endswith("|") else right
        runs.append(run(line.strip(">|"), start, top - 12 * n, end))
    return runs


def page(runs: list[Run], number: int = 2, **rest: object) -> Page:
    return Page(number, FRAME, tuple(runs), **rest)  # type: ignore[arg-type]


def texts(pages: list[Page]) -> list[str]:
    composed = compose(PageSource("x", tuple(pages)))
    return [
        " ".join(line.text for line in paragraph.lines)
        for col in composed.columns
        for paragraph in paragraphs_of(col, composed.habits)
    ]


LEFT = [f">{WORDS}", WORDS, f"{WORDS}.|", f">{WORDS} 2", WORDS, WORDS]
RIGHT = [f"{WORDS} 3", WORDS, f"{WORDS}.|", f">{WORDS} 4", f"{WORDS} 5.|"]


def test_two_columns_are_read_one_after_the_other_in_whatever_order_they_are_stored() -> None:
    runs = column(50, 290, LEFT) + column(310, 550, RIGHT)
    mixed = sorted(runs, key=lambda r: (-r.baseline, r.left))
    assert texts([page(runs)]) == texts([page(mixed)])
    assert len(texts([page(runs)])) == 4


def test_one_column_is_not_cut() -> None:
    lines = [f">{WORDS} {WORDS}", WORDS * 2, f"{WORDS} {WORDS}.|"] * 4
    assert len(texts([page(column(50, 550, lines))])) == 4


def test_a_heading_across_both_columns_parts_them() -> None:
    upper = column(50, 290, LEFT) + column(310, 550, RIGHT)
    heading = [run("A heading that goes across the whole page from edge to edge", 50, 600, 550)]
    lower = column(50, 290, LEFT, 570) + column(310, 550, RIGHT, 570)
    found = texts([page(lower + heading + upper)])
    assert found[4].startswith("A heading")
    assert len(found) == 9


def test_right_to_left_reads_the_right_column_first() -> None:
    def arabic(left: float, right: float, word: str) -> list[Run]:
        return [
            run(
                word * 4, left, 700 - 12 * n, right, order=n,
                lefts=tuple(right - (k + 1) * (right - left) / (4 * len(word)) for k in range(4 * len(word))),
                rights=tuple(right - k * (right - left) / (4 * len(word)) for k in range(4 * len(word))),
            )
            for n in range(8)
        ]  # fmt: skip

    runs = arabic(50, 290, "ثانيا") + arabic(310, 550, "أولا")
    composed = compose(PageSource("x", (page(runs, rtl=True),)))
    assert [col.lines[0].text[:4] for col in composed.columns] == ["أولا", "ثاني"]


def test_numbers_in_the_margin_are_furniture() -> None:
    lines = [f">{WORDS}", WORDS, f"{WORDS}.|"] * 7
    numbers = [run(str(5 * n), 20, 700 - 60 * (n - 1), 30) for n in range(1, 5)]
    composed = compose(PageSource("x", (page(column(50, 550, lines) + numbers),)))
    kinds = [kind for kind, _ in composed.furniture]
    assert kinds == ["line_number"] * 4
    assert len(texts([page(column(50, 550, lines) + numbers)])) == 7


def test_text_off_the_page_is_furniture() -> None:
    stray = [run("the facing page", 700, 400, 780)]
    composed = compose(PageSource("x", (page(column(50, 550, [WORDS] * 6) + stray),)))
    assert [(kind, line.text) for kind, line in composed.furniture] == [
        ("outside_page", "the facing page")
    ]


def test_two_languages_side_by_side_are_told_apart() -> None:
    english = "the representative of that country has said which of the two it was"
    french = "le représentant de ce pays a dit dans les termes qui sont les siens par une"
    pages = [
        page(column(50, 290, [english] * 8) + column(310, 550, [french] * 8), number)
        for number in (2, 3, 4)
    ]
    assert compose(PageSource("x", tuple(pages))).parallel == {0: "en", 1: "fr"}
    assert likely_language("12 345") is None


@pytest.mark.parametrize(
    ("lines", "foot", "head", "kept"),
    [
        (["non-proliferation here"], "the non-", "proliferation Treaty", True),
        (["the representative spoke"], "the repre-", "sentative spoke", False),
        (["nothing to the point"], "Secretary-", "General said", True),
        (["nothing to the point"], "in 2008-", "2009 there", True),
        (["nothing to the point"], "high-", "level talks", True),
        (["so many bro-", "ken lines in"] * 40, "indepen-", "dent of them", False),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], foot: str, head: str, kept: bool) -> None:
    decided = Hyphenation(lines).decide(foot, head)
    assert decided is not None
    assert decided.kept is kept


def test_a_hyphen_that_could_be_either_is_a_finding() -> None:
    """Both parts are words of the record, and the record breaks words at ends of lines."""
    lines = [
        ">The Council will see a cease in its deliber-",
        "ations and a fire at sea tonight|",
    ] * 40
    doubtful = [">There is need of a cease-", "fire in the whole region|"]
    pages = [page(column(50, 550, (lines[:40], lines[:38] + doubtful)[k]), k + 2) for k in (0, 1)]
    paged = lay_out_pages(compose(PageSource("x", tuple(pages))), load_language("en"))
    (finding,) = [f for f in page_doubts(paged) if f.code == "hyphen_doubtful"]
    assert finding.readings[0].text == "ceasefire"
    (span,) = finding.readings[0].spans[:1]
    assert span.page == 3


def seen(visual: str, *, rtl: bool = True) -> str:
    """Return what is read of characters that stand in this order from left to right, 5 points each."""
    edges = [5.0 * k for k in range(len(visual) + 1)]
    row = [
        run(visual, 0, 700, edges[-1], lefts=tuple(edges[:-1]), rights=tuple(edges[1:]), order=1)
    ]
    characters, _ = logical_line(row, 10.0, rtl=rtl, cell=None)
    return "".join(character.text for character in characters)


@pytest.mark.parametrize(
    ("written", "visual"),
    [
        ("الوثيقة S/2013/588 هنا", "انه S/2013/588 ةقيثولا"),
        ("(S/2013/588)", "(S/2013/588)"),
        ("القرار 2448 (2018) هو", "وه (2018) 2448 رارقلا"),
        ("رمزه S/RES/2448(2018) الآن", "نآلا S/RES/2448(2018) هزمر"),
        ("في ٢٨ تشرين الأول/أكتوبر ٢٠١٣", "٢٠١٣ ربوتكأ/لوألا نيرشت ٢٨ يف"),
        ("الساعة ١٥/٠٥.", ".١٥/٠٥ ةعاسلا"),
        ("عام 2013-2014 كان", "ناك 2014-2013 ماع"),
        ("نسبة ٥٠ في المائة", "ةئاملا يف ٥٠ ةبسن"),
        ("(تكلم بالإنكليزية):", ":(ةيزيلكنإلاب ملكت)"),
        ("قال «نعم» ثم", "مث «معن» لاق"),
        ("منظمة United Nations هنا", "انه United Nations ةمظنم"),
    ],
)
def test_lines_of_arabic_in_the_order_of_reading(written: str, visual: str) -> None:
    assert seen(visual) == written


def test_arabic_words_in_an_english_line() -> None:
    assert seen("the word ضحم means", rtl=False) == "the word محض means"
