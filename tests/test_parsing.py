"""Turns, capacities and acts as presidents really word them."""

from __future__ import annotations

import pytest

from mahdar.languages import load_language
from mahdar.model import Act, Turn, Within
from mahdar.parsing.acts import capacity_shift, printed_act
from mahdar.parsing.spoken import hear_chair
from mahdar.parsing.values import read_date, read_ordinal, read_time
from mahdar.reading.read import read_source
from mahdar.sources.text import text_source
from tests.conftest import SPECIMENS
from tests.coverage_of import characters_placed

ARABIC = load_language("ar")
SOURCE = (SPECIMENS / "specimen.ar.source.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الأولى", 1),
        ("العاشرة", 10),
        ("الحادية عشرة", 11),
        ("الخامسة والعشرون", 25),
        ("الستون", 60),
        ("الثامنة والستون", 68),
        ("المائة", 100),
        ("٦٨", 68),
        ("الجميلة", None),
    ],
)
def test_ordinals(text: str, value: int | None) -> None:
    assert read_ordinal(text, ARABIC) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("الاثنين، ٢٨ تشرين الأول/أكتوبر ٢٠١٣", "2013-10-28"),
        ("٣٠ حزيران/يونيه ٢٠١٢", "2012-06-30"),
        ("1 كانون الثاني/يناير 1999", "1999-01-01"),
        ("٣١ شباط/فبراير ٢٠١٣", None),
        ("٢٨ ربيع الأول ٢٠١٣", None),
    ],
)
def test_dates(text: str, value: str | None) -> None:
    found = read_date(text, ARABIC)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("١٠/٠٥", "10:05"), ("9:30", "09:30"), ("٢٥/٠٠", None), ("12.10 a.m.", "00:10"), ("x", None)],
)
def test_times(text: str, value: str | None) -> None:
    assert read_time(text, ARABIC) == value


@pytest.mark.parametrize(
    ("text", "name", "time"),
    [
        ("افتتحت الجلسة في الساعة ١٠/٠٥", "opened", "10:05"),
        ("استؤنفت الجلسة الساعة ١٥/١٠.", "resumed", "15:10"),
        ("علقت الجلسة الساعة ١٣/٠٠ واستؤنفت الساعة ١٥/٠٠.", "suspended", "13:00"),
        ("رُفعت الجلسة الساعة ١٢/٣٠.", "closed", "12:30"),
    ],
)
def test_printed_acts(text: str, name: str, time: str) -> None:
    act = printed_act(text, (), ARABIC)
    assert act is not None
    assert (act.act, act.time) == (name, time)


def only(text: str) -> Act:
    (act,) = hear_chair(text, Within(1, 1, 0, 0), ARABIC).acts
    return act


@pytest.mark.parametrize(
    ("text", "rule", "person", "code"),
    [
        (
            "وفقا للمادة ٣٧ من النظام الداخلي المؤقت للمجلس، أدعو ممثل مالي إلى المشاركة.",
            37,
            None,
            "MLI",
        ),
        (
            "بموجب المادة ٣٩ من النظام الداخلي المؤقت للمجلس، أدعو السيد يان كوبيش، الممثل الخاص"
            " للأمين العام، إلى الاشتراك في هذه الجلسة.",
            39,
            "يان كوبيش",
            None,
        ),
    ],
)
def test_invitations(text: str, rule: int, person: str | None, code: str | None) -> None:
    act = only(text)
    assert (act.act, act.rule) == ("invited", rule)
    assert (act.person.name if act.person else None) == person
    assert (act.affiliation.code if act.affiliation else None) == code


@pytest.mark.parametrize(
    ("text", "person", "code"),
    [
        ("أعطي الكلمة الآن للسيد كوبيش.", "كوبيش", None),
        ("أعطي الكلمة لممثل الصين.", None, "CHN"),
        ("أعطي الكلمة الآن لممثلة المملكة المتحدة.", None, "GBR"),
        ("أعطي الكلمة الآن إلى السيدة باور.", "باور", None),
    ],
)
def test_the_floor_is_given(text: str, person: str | None, code: str | None) -> None:
    act = only(text)
    assert act.act == "floor_given"
    assert (act.person.name if act.person else None) == person
    assert (act.affiliation.code if act.affiliation else None) == code


@pytest.mark.parametrize(
    ("text", "resumed"),
    [
        ("أدلي الآن ببيان بصفتي ممثل أستراليا.", False),
        ("سأدلي الآن ببيان بصفتي الوطنية.", False),
        ("أستأنف الآن مهامي بصفتي رئيسا لمجلس الأمن.", True),
        ("وأعود الآن إلى مهامي بوصفي رئيس المجلس.", True),
    ],
)
def test_changes_of_capacity(text: str, resumed: bool) -> None:
    shift = capacity_shift(text, ARABIC)
    assert shift is not None
    assert shift.resumed is resumed


def test_speaking_as_president_is_no_change() -> None:
    assert capacity_shift("أتكلم الآن بصفتي رئيس مجلس الأمن.", ARABIC) is None


def president(turns: tuple[Turn, ...]) -> Turn:
    return next(turn for turn in turns if turn.parts)


def test_capacity_changes_in_the_middle_of_a_paragraph() -> None:
    """The three paragraphs around each change run together: the parts are the same."""
    text = SOURCE.replace("ممثلة كوستاريكا.\n\nلا توجد", "ممثلة كوستاريكا. لا توجد")
    text = text.replace("أن تسأل أهلها.\n\nأستأنف", "أن تسأل أهلها. أستأنف")
    read = read_source(text_source(text, "x"))
    turn = president(read.record.turns())
    assert [part.capacity for part in turn.parts] == ["president", "national", "president"]
    assert turn.parts[0].paragraphs[-1].text == "أدلي الآن ببيان بصفتي ممثلة كوستاريكا."
    assert turn.parts[1].paragraphs[0].text.startswith("لا توجد في بلدي صحراء")
    assert turn.parts[1].paragraphs[-1].text.endswith("أن تسأل أهلها.")
    assert turn.parts[2].paragraphs[0].text == "أستأنف الآن مهامي بصفتي رئيسة لمجلس الأمن."
    assert characters_placed(read) == {}
    paragraphs = turn.all_paragraphs()
    for act in read.record.acts("capacity_changed"):
        assert act.within is not None
        place = act.within
        words = paragraphs[place.paragraph_number - 1].text[place.start : place.end]
        assert words == act.text


def test_a_turn_without_a_language_mark_is_in_the_language_of_the_record() -> None:
    read = read_source(text_source(SOURCE, "x"))
    turn = read.record.turns()[5]
    assert (turn.language, turn.interpreted) == ("ar", False)


def test_unknown_language_mark_is_a_finding() -> None:
    text = SOURCE.replace("(تكلم بالروسية)", "(تكلم بالمريخية)")
    findings = read_source(text_source(text, "x")).record.findings
    assert [f.code for f in findings].count("language_unknown") == 1


def test_text_after_an_act_belongs_to_whoever_spoke_before() -> None:
    text = SOURCE.replace(
        "أستأنف الآن مهامي", "علقت الجلسة الساعة ١٥/٥٠ واستؤنفت الساعة ١٦/٠٠.\n\nأستأنف الآن مهامي"
    )
    text = text.replace(
        "**السيد الخطيب (الأردن):**", "## تنظيم الأعمال\n\n**السيد الخطيب (الأردن):**"
    )
    read = read_source(text_source(text, "x"))
    turns = read.record.turns()
    assert len(turns) == 12
    assert turns[5].label == turns[4].label
    assert turns[5].spans == ()
    assert turns[5].paragraphs[0].text.startswith("أستأنف الآن مهامي")
    assert [f.code for f in read.record.findings].count("label_doubtful") == 1
    assert characters_placed(read) == {}
