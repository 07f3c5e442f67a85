"""What sentences from the Chair and printed lines do, in six languages (tests/procedure)."""

from __future__ import annotations

import pytest

from mahdar.languages import language_codes, load_language
from mahdar.model import Act, Within
from mahdar.parsing.acts import printed_act
from mahdar.parsing.spoken import hear_chair
from tests.procedure import Line, Sentence, lines_of, sentences_of

HERE = Within(1, 1, 0, 0)
SENTENCES = [(code, one) for code in language_codes() for one in sentences_of(code)]
LINES = [(code, one) for code in language_codes() for one in lines_of(code)]


def who_of(act: Act, wanted: list[str]) -> list[str]:
    """Return whom an act names, as a list of codes and names that may be wanted."""
    found: list[str] = []
    for party in act.all_parties():
        name = party.person.name if party.person else None
        code = (party.affiliation.code or party.affiliation.label) if party.affiliation else None
        found.append(next((w for w in (name, code) if w in wanted), name or code or ""))
    return found


@pytest.mark.parametrize(("code", "wanted"), SENTENCES, ids=lambda v: getattr(v, "text", v)[:60])
def test_sentences(code: str, wanted: Sentence) -> None:
    heard = hear_chair(wanted.text, HERE, load_language(code))
    assert [act.act for act in heard.acts] == wanted.acts
    assert heard.unknown == ()
    if wanted.who:
        assert [w for act in heard.acts for w in who_of(act, wanted.who)] == wanted.who
    if wanted.rule:
        assert [act.rule for act in heard.acts if act.rule] == [wanted.rule]
    if wanted.practice:
        assert any(act.practice for act in heard.acts)
    if wanted.symbols:
        symbols = [s for act in heard.acts for s in (act.symbols or (act.symbol,)) if s]
        assert symbols == wanted.symbols
    if wanted.purpose:
        assert wanted.purpose in [act.purpose for act in heard.acts]


@pytest.mark.parametrize(("code", "wanted"), LINES, ids=lambda v: getattr(v, "text", v)[:60])
def test_lines(code: str, wanted: Line) -> None:
    act = printed_act(wanted.text, (), load_language(code))
    assert act is not None
    assert act.act == wanted.act
    for field in ("time", "until", "date", "number", "draft", "meant"):
        if getattr(wanted, field):
            assert getattr(act, field) == getattr(wanted, field), field
    if wanted.totals:
        totals = act.totals
        assert totals
        assert f"{totals.in_favour} {totals.against} {totals.abstaining}" == wanted.totals
    if wanted.who:
        assert who_of(act, wanted.who) == wanted.who
