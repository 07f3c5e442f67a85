"""The query language: what it means, and what it says of what it cannot understand."""

from __future__ import annotations

import os
import random
import time

import pytest

from mahdar.api.archive import Archive
from mahdar.errors import QueryError
from mahdar.search.query import fields, parse
from mahdar.search.searching import Searcher
from mahdar.search.tree import And, Field, Near, Not, Or, Phrase, Word

FUZZ = int(os.environ.get("MAHDAR_FUZZ", "1"))


def word(text: str, at: int = 0, **more: bool) -> Word:
    return Word(text, at, **more)


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("peace", word("peace")),
        ("peace war", And((word("peace"), word("war", 6)))),
        ("peace AND war", And((word("peace"), word("war", 10)))),
        ("peace OR war", Or((word("peace"), word("war", 9)))),
        ("peace | war", Or((word("peace"), word("war", 8)))),
        ("a b OR c", Or((And((word("a"), word("b", 2))), word("c", 7)))),
        ("a (b OR c)", And((word("a"), Or((word("b", 3), word("c", 8)))))),
        ("peace -war", And((word("peace"), Not(word("war", 7))))),
        ("NOT war", Not(word("war", 4))),
        ("NOT NOT war", word("war", 8)),
        ("withdraw*", word("withdraw", prefix=True)),
        ("=Peace", word("Peace", exact=True)),
        ('"arms embargo"', Phrase("arms embargo", 0)),
        ("«حظر الأسلحة»", Phrase("حظر الأسلحة", 0)),
        ("“武器禁运”", Phrase("武器禁运", 0)),
        ('"rule law"~3', Phrase("rule law", 0, slop=3)),
        ('="Rule of Law"', Phrase("Rule of Law", 1, exact=True)),
        ("troops NEAR/5 out", Near(word("troops"), word("out", 14), 5, 7)),
        ("troops NEAR out", Near(word("troops"), word("out", 12), 10, 7)),
        ("state:RUS", Field("state", "RUS", 6)),
        ("دولة:روسيا", Field("state", "روسيا", 5)),
        ("国家：法国", Field("state", "法国", 3)),
        ('speaker:"Ban Ki-moon"', Field("speaker", "Ban Ki-moon", 8)),
        ("cites:S/RES/1325(2000)", Field("cites", "S/RES/1325(2000)", 6)),
        ("(cites:S/RES/1325(2000) peace)",
         And((Field("cites", "S/RES/1325(2000)", 7), word("peace", 24)))),
        ("peace & security", And((word("peace"), word("security", 8)))),
        ("peace – security", And((word("peace"), word("security", 8)))),
        ("what happened?", And((word("what"), word("happened?", 5)))),
        ("12:30", word("12:30")),
    ],
)  # fmt: skip
def test_what_a_question_means(query: str, tree: object) -> None:
    assert parse(query) == tree


@pytest.mark.parametrize(
    ("query", "at", "says"),
    [
        ("", 0, "nothing to look for"),
        ("   ", 0, "nothing to look for"),
        ("arms (embargo", 5, "not closed"),
        ("arms embargo)", 12, "bracket too many"),
        ("()", 0, "nothing in these brackets"),
        ('arms "embargo', 5, "no partner"),
        ('""', 0, "no word between"),
        ("arms AND", 8, "missing at the end"),
        ("OR arms", 0, "stands between two words"),
        ("arms OR OR war", 8, "stands between two words"),
        ("NEAR war", 0, "stands between two words"),
        ('"a b" NEAR c', 6, "NEAR stands between two words"),
        ("a NEAR b NEAR c", 9, "two words, not three"),
        ("a NEAR/900 b", 2, "from 1 to 100"),
        ("sate:RUS", 0, "did you mean state:"),
        ("xyzzy:RUS", 0, "fields are speaker, state"),
        ("state:", 0, "needs a value"),
        ("state: RUS", 0, "needs a value"),
        ("w*", 0, "at least two letters"),
        ("*", 0, "nothing to look for"),
        ('"a b"~999', 5, "up to 100"),
        ("a " * 70, 128, "more than 64"),
        ("(" * 30 + "a", 24, "deep"),
    ],
)
def test_what_cannot_be_understood_is_explained_at_its_place(
    query: str, at: int, says: str
) -> None:
    with pytest.raises(QueryError) as raised:
        parse(query)
    assert says in raised.value.problem
    assert raised.value.at == at
    assert str(raised.value).endswith("^")


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("state:Atlantis", "no value for state"),
        ("topic:weather", "no value for topic"),
        ("cites:hello", "no value for cites"),
        ("year:20x3", "is no date"),
        ("year:2015..2013", "ends before it begins"),
        ("date:2013-13", "no day"),
        ("date:2013-02-30", "no day"),
        ("=a NEAR b", "both words as written"),
    ],
)
def test_a_value_that_is_not_understood_is_explained(
    specimen_archive: Archive, query: str, says: str
) -> None:
    with pytest.raises(QueryError, match=says):
        specimen_archive.searcher().search(query)


def test_every_field_has_an_example_that_is_understood(specimen_archive: Archive) -> None:
    searcher = specimen_archive.searcher()
    for name, row in fields().items():
        for called in row["names"]:
            tree = parse(row["example"].replace(f"{row['names'][0]}:", f"{called}:", 1))
            assert isinstance(tree, Field)
            assert tree.name == name
        searcher.search(row["example"])


_PIECES = (
    "peace", "安全", "السلام", "мир", "(", ")", '"', "«", "»", "“", "”", "AND", "OR", "NOT",
    "NEAR/3", "NEAR", "-", "=", "*", "~5", ":", "state:", "year:", "2013..2015", "..", "cites:",
    "S/RES/1325(2000)", "speaker:", "topic:", "|", "\u200f", "\u2067", "\x00", "\n", "'", "\\",
    "[a-z]", "{", "}", "^", "$", ".*", "+", "?", "é", "e\u0301", "\U0001f54a", "\ud7ff", "  ",
    "0" * 30, "a" * 200, "ـ", "ّ", "،", "。", "date:", "language:", "zh", "ru", "kind:turn",
)  # fmt: skip


def hostile(rng: random.Random) -> str:
    """Return a question made of pieces that mean something, in no order, or of any characters."""
    if rng.random() < 0.25:
        return "".join(chr(rng.choice((rng.randrange(32, 127), rng.randrange(1, 0xD7FF))))
                       for _ in range(rng.randrange(1, 60)))  # fmt: skip
    gap = rng.choice(("", " ", " "))
    return gap.join(rng.choice(_PIECES) for _ in range(rng.randrange(1, 24)))


def test_hostile_questions_end_in_an_answer_or_a_sentence(
    specimen_archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    searcher: Searcher = specimen_archive.searcher()
    rng = random.Random(6)
    answered = refused = 0
    slowest = 0.0
    for _ in range(500 * FUZZ):
        query = hostile(rng)
        begun = time.perf_counter()
        try:
            searcher.search(query)
            answered += 1
        except QueryError as error:
            assert error.problem
            refused += 1
        slowest = max(slowest, time.perf_counter() - begun)
    assert answered > 30 * FUZZ
    assert refused > 30 * FUZZ
    with capsys.disabled():
        print(
            f"\n{answered} hostile questions answered, {refused} explained; slowest {slowest:.3f} s"
        )
