"""Anchors: over five hundred places, each looked for again after every kind of edit.

Each character of a record has a number of its own, which goes with it through the edits. What an
anchor finds must be the characters that it was made from, or what now stands in their stead; where
that is not sure it must say so. Nothing here asks the program where something ought to be.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from mahdar.model import Anchor, Locus, Paragraph, Record, Turn
from mahdar.model.anchor import Found, Texts, find_anchor
from mahdar.reading import read_file
from mahdar.specimens.build import specimen
from tests.conftest import record_path

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
PLACES, IN_REAL_RECORDS = 60, 40
_fresh = itertools.count(10_000_000)
Text = list[tuple[str, int]]
"""Characters with their numbers."""
Meeting = list[list[Text]]
"""The turns of a record, each with its paragraphs."""


def numbered(record: Record) -> Meeting:
    count = itertools.count()
    return [
        [[(character, next(count)) for character in p.text] for p in turn.all_paragraphs()]
        for turn in record.turns()
    ]


def written(record: Record, meeting: Meeting, order: list[int] | None = None) -> Record:
    """Return a record with the paragraphs of a meeting, its turns in another order if wanted."""
    turns = record.turns()
    made = [
        msgspec.structs.replace(
            turns[at % len(turns)], parts=(),
            paragraphs=tuple(Paragraph("".join(c for c, _ in text), ()) for text in texts),
        )
        for at, texts in zip(order or range(len(meeting)), meeting, strict=True)
    ]  # fmt: skip
    others = [item for item in record.body if not isinstance(item, Turn)]
    return msgspec.structs.replace(record, body=(*others[:1], *made, *others[1:]))


def fresh(words: str) -> Text:
    return [(character, next(_fresh)) for character in words]


class Edit(msgspec.Struct):
    """A meeting to be changed: where the quoted words are, and chance."""

    meeting: Meeting
    turn: int
    paragraph: int
    start: int
    end: int
    chance: random.Random

    @property
    def texts(self) -> list[Text]:
        return self.meeting[self.turn]

    @property
    def text(self) -> Text:
        return self.texts[self.paragraph]

    @text.setter
    def text(self, value: Text) -> None:
        self.texts[self.paragraph] = value

    def other_turn(self) -> int:
        choices = [n for n, texts in enumerate(self.meeting) if n != self.turn and texts]
        return self.chance.choice(choices or [self.turn])

    def anywhere(self, low: int, high: int) -> int:
        return self.chance.randint(low, max(low, high))


WORDS = {
    "ar": "هذه كلمات أخرى وضعها المحرر هنا ", "zh": "这是编辑加上的另外一些话。", "ru": "Иные слова редактора ",
    "en": "other words of an editor ", "es": "otras palabras del editor ", "fr": "d'autres mots ",
}  # fmt: skip


def split(e: Edit) -> None:
    at = e.anywhere(1, len(e.text) - 1)
    e.texts[e.paragraph : e.paragraph + 1] = [e.text[:at], e.text[at:]]


def split_within(e: Edit) -> None:
    at = (e.start + e.end) // 2
    e.texts[e.paragraph : e.paragraph + 1] = [e.text[:at], e.text[at:]]


def split_often(e: Edit) -> None:
    pieces = [e.text[n : n + 40] for n in range(0, len(e.text), 40)]
    e.texts[e.paragraph : e.paragraph + 1] = pieces


def join_next(e: Edit) -> None:
    if e.paragraph + 1 < len(e.texts):
        both = e.text + fresh(" ") + e.texts[e.paragraph + 1]
        e.texts[e.paragraph : e.paragraph + 2] = [both]


def join_all(e: Edit) -> None:
    whole: Text = []
    for text in e.texts:
        whole += text + fresh(" ")
    e.meeting[e.turn] = [whole]


def join_without_blank(e: Edit) -> None:
    e.meeting[e.turn] = [[c for text in e.texts for c in text]]


def move_within(e: Edit) -> None:
    text = e.texts.pop(e.paragraph)
    e.texts.insert(e.anywhere(0, len(e.texts)), text)


def move_to_turn(e: Edit) -> None:
    other = e.meeting[e.other_turn()]
    text = e.texts.pop(e.paragraph)
    other.insert(e.anywhere(0, len(other)), text)


def swap_turns(e: Edit) -> None:
    other = e.other_turn()
    e.meeting[e.turn], e.meeting[other] = e.meeting[other], e.meeting[e.turn]


def reverse_paragraphs(e: Edit) -> None:
    e.texts.reverse()


def delete_paragraph(e: Edit) -> None:
    e.texts.pop(e.paragraph)


def delete_turn(e: Edit) -> None:
    e.meeting[e.turn] = []


def delete_another(e: Edit) -> None:
    other = e.meeting[e.other_turn()]
    if other is not e.texts:
        other.pop(0)


def insert_paragraph(e: Edit) -> None:
    e.texts.insert(e.paragraph, fresh("== " * 5 + "?"))


def insert_turns(e: Edit) -> None:
    e.meeting.insert(0, [fresh("=== nobody said this ===")])
    e.meeting.insert(0, [fresh("=== nor that ===")])


def copy_paragraph(e: Edit) -> None:
    """Somebody quotes the whole paragraph elsewhere: the first is still the first."""
    e.meeting[e.other_turn()].append(fresh("".join(c for c, _ in e.text)))


def copy_and_delete(e: Edit) -> None:
    """The words go and come back elsewhere: if they stood once, these are they."""
    copy = fresh("".join(c for c, _ in e.text[e.start : e.end]))
    other = e.meeting[e.other_turn()]
    other.append(fresh("=== ") + copy + fresh(" ==="))
    e.text = e.text[: e.start] + e.text[e.end :]


def delete_words(e: Edit) -> None:
    e.text = e.text[: e.start] + e.text[e.end :]


def delete_half(e: Edit) -> None:
    e.text = e.text[: e.start] + e.text[(e.start + e.end) // 2 :]


def mend_letter(e: Edit) -> None:
    at = e.anywhere(e.start, e.end - 1)
    e.text = e.text[:at] + fresh("#") + e.text[at + 1 :]


def mend_three_letters(e: Edit) -> None:
    for _ in range(3):
        mend_letter(e)


def swap_letters(e: Edit) -> None:
    at = e.anywhere(e.start, e.end - 2)
    e.text[at], e.text[at + 1] = e.text[at + 1], e.text[at]


def insert_word(e: Edit) -> None:
    at = (e.start + e.end) // 2
    e.text = e.text[:at] + fresh(" [sic] ") + e.text[at:]


def mend_before(e: Edit) -> None:
    at = max(0, e.start - e.anywhere(1, 10))
    e.text = e.text[:at] + fresh("#") + e.text[at + 1 :] if at < e.start else e.text


def mend_after(e: Edit) -> None:
    at = min(len(e.text) - 1, e.end + e.anywhere(0, 9))
    e.text = e.text[:at] + fresh("#") + e.text[at + 1 :] if at >= e.end else e.text


def mend_both_sides(e: Edit) -> None:
    mend_after(e)
    mend_before(e)


def other_words_before(e: Edit) -> None:
    e.text = fresh("=" * e.start) + e.text[e.start :]


def other_words_after(e: Edit) -> None:
    e.text = e.text[: e.end] + fresh("=" * (len(e.text) - e.end))


def other_words_around(e: Edit) -> None:
    other_words_after(e)
    other_words_before(e)


def other_paragraph(e: Edit) -> None:
    e.text = fresh("=" * len(e.text))


def double_blanks(e: Edit) -> None:
    e.text = [c for pair in e.text for c in ([pair, *fresh(" ")] if pair[0] == " " else [pair])]


def no_blanks(e: Edit) -> None:
    e.text = [pair for pair in e.text if pair[0] != " "]


def other_blanks(e: Edit) -> None:
    e.text = [("\u00a0", n) if c == " " else (c, n) for c, n in e.text]


def move_words(e: Edit) -> None:
    moved = e.text[e.start : e.end]
    e.text = e.text[: e.start] + e.text[e.end :]
    other = e.meeting[e.other_turn()] or [[]]
    other[0] = other[0] + fresh(" ") + moved


EDITS: tuple[Callable[[Edit], None], ...] = (
    split, split_within, split_often, join_next, join_all, join_without_blank, move_within,
    move_to_turn, swap_turns, reverse_paragraphs, delete_paragraph, delete_turn, delete_another,
    insert_paragraph, insert_turns, copy_paragraph, copy_and_delete, delete_words, delete_half,
    mend_letter, mend_three_letters, swap_letters, insert_word, mend_before, mend_after,
    mend_both_sides, other_words_before, other_words_after, other_words_around, other_paragraph,
    double_blanks, no_blanks, other_blanks, move_words,
)  # fmt: skip
NEVER_LOST = {
    split, split_within, split_often, join_next, join_all, join_without_blank, swap_turns,
    delete_another, insert_turns, double_blanks, no_blanks, other_blanks,
}  # fmt: skip
"""The words and what is around them are as they were, but for places where nothing is left."""
GONE = {delete_paragraph, delete_turn, delete_words, other_paragraph}
"""Nothing is left of the words."""


def is_twin(meeting: Meeting, found: Found, base: Meeting, wanted: list[int]) -> bool:
    """Tell whether the same words were found that were written anew: nobody can tell them apart."""
    letters = {number: c for texts in base for text in texts for c, number in text}
    words = "".join(letters[number] for number in wanted)
    return "".join(found.text.split()) == words and all(
        number >= 10_000_000 for number in characters(meeting, found)
    )


def characters(meeting: Meeting, found: Found) -> list[int]:
    """Return the numbers of the characters that were found; blanks do not count."""
    out = []
    for locus in found.loci:
        assert locus.series == "t"
        if locus.paragraph is None:  # a label, of which nothing was marked
            out.append(-1)
            continue
        text = meeting[locus.number - 1][locus.paragraph - 1]
        out += [number for character, number in text[locus.start : locus.end] if character.strip()]
    return out


def verdict(meeting: Meeting, found: Found | None, wanted: list[int], kept: set[int]) -> str:
    """Say whether what was found is what was marked, in the changed meeting."""
    left = {number for number in wanted if number in kept}
    if found is None:
        # Where ten places of a short meeting are edited at once, the words of one may be deleted
        # with those of another: that they are nowhere is then the right answer.
        return "lost" if left else "gone"
    got = characters(meeting, found)
    here = left & set(got)
    foreign = [n for n in got if n < 10_000_000 and n not in set(wanted)]
    # Some of the words may have been taken elsewhere, and what was put between them may come from
    # elsewhere: it is the place if most of what is there are the words.
    return "right" if here and len(foreign) <= len(here) else "wrong"


def places(
    meeting: Meeting, chance: random.Random, most: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield stretches of three to sixty characters, and whole paragraphs."""
    held = [
        (turn, paragraph)
        for turn, texts in enumerate(meeting) for paragraph, text in enumerate(texts)
        if len(text) >= 8
    ]  # fmt: skip
    for count in range(most):
        turn, paragraph = chance.choice(held)
        length = len(meeting[turn][paragraph])
        if count % 6 == 0:
            yield turn, paragraph, 0, length
            continue
        size = min(length, chance.choice((3, 5, 8, 12, 20, 35, 60)))
        start = chance.randint(0, length - size)
        yield turn, paragraph, start, start + size


TOGETHER = 10
"""So many places of a short meeting are edited at once; three times as many of a long one."""
LONG = 200
"""Paragraphs of a long meeting: edits of two places seldom meet there."""


def located(meeting: Meeting, pairs: Text, turn: int) -> tuple[int, int, int, int] | None:
    """Return where characters stand now that stood together; None where they do no longer.

    The turn where they stood is looked at first: few edits take them elsewhere.
    """
    for at in sorted(range(len(meeting)), key=lambda at: at != turn):
        for paragraph, text in enumerate(meeting[at]):
            if pairs[0] in text:
                start = text.index(pairs[0])
                end = start + len(pairs)
                return (at, paragraph, start, end) if text[start:end] == pairs else None
    return None


def try_all(record: Record, seed: int, most: int = PLACES) -> Counter[tuple[str, str]]:
    """Make anchors of places of a record, edit ten of them at a time, and look for all of them."""
    chance = random.Random(seed)
    base = numbered(record)
    texts = Texts(written(record, base))
    marked: list[tuple[int, Text, Anchor]] = []
    for turn, paragraph, start, end in places(base, chance, most):
        anchor = texts.anchor(Locus("t", turn + 1, paragraph + 1, start, end))
        marked.append((turn, base[turn][paragraph][start:end], anchor))
    blank = {n for each in base for text in each for c, n in text if not c.strip()}
    counted: Counter[tuple[str, str]] = Counter()
    together = TOGETHER * 3 if sum(map(len, base)) >= LONG else TOGETHER
    for edit in EDITS:
        for first in range(0, len(marked), together):
            meeting = [[list(text) for text in each] for each in base]
            edited = set()
            for at, (turn, pairs, _) in enumerate(marked[first : first + together], first):
                place = located(meeting, pairs, turn)
                if place is not None:
                    edit(Edit(meeting, *place, chance))
                    edited.add(at)
            kept = {n for each in meeting for text in each for _, n in text}
            now = Texts(written(record, meeting))
            for at, (_, pairs, anchor) in enumerate(marked):
                wanted = [n for _, n in pairs if n not in blank]
                found = now.find(anchor)
                outcome = verdict(meeting, found, wanted, kept)
                if edit is copy_and_delete and found and is_twin(meeting, found, base, wanted):
                    # What took its surroundings with it moved; bare words that also stand
                    # elsewhere must not be taken for it.
                    outcome = "wrong" if at in edited and anchor.rival else "right"
                counted[edit.__name__ if at in edited else "elsewhere", outcome] += 1
    return counted


def judge(counted: Counter[tuple[str, str]]) -> None:
    wrong = {name: n for (name, outcome), n in counted.items() if outcome == "wrong"}
    assert not wrong
    for edit in NEVER_LOST:
        found, lost = counted[edit.__name__, "right"], counted[edit.__name__, "lost"]
        assert found >= 4 * lost, (edit.__name__, found, lost)
    assert counted["elsewhere", "right"] >= 7 * counted["elsewhere", "lost"]
    for edit in GONE:
        assert counted[edit.__name__, "right"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_found_again_or_said_to_be_lost(language: str) -> None:
    judge(try_all(specimen(language), seed=LANGUAGES.index(language)))


@pytest.mark.records
@pytest.mark.parametrize(
    "name",
    ["S-PV.7050.ar.txt", "S-PV.3756.en.pdf", "S-PV.10100.en.pdf", "A-64-PV.121.en.pdf"],
)
def test_words_of_real_records_too(name: str) -> None:
    judge(try_all(read_file(record_path(name)).record, len(name), IN_REAL_RECORDS))


def test_words_that_stood_twice_are_told_apart_or_lost() -> None:
    record = specimen("en")
    base = numbered(record)
    said = base[3][0][:40]
    base[7][0] = [*base[7][0], *fresh(" "), *fresh("".join(c for c, _ in said)), *fresh(" again")]
    both = written(record, base)
    anchor = Texts(both).anchor(Locus("t", 4, 1, 0, 40))
    assert anchor.rival is not None
    found = find_anchor(both, anchor)
    assert found is not None
    assert [str(locus) for locus in found.loci] == ["t4p1:0-40"]
    base[3][0] = base[3][0][40:]
    assert find_anchor(written(record, base), anchor) is None


def test_an_anchor_of_the_whole_record_is_nowhere() -> None:
    assert find_anchor(specimen("en"), Anchor()) is None


def test_findings_keep_their_identity_where_others_come_and_go(tmp_path: Path) -> None:
    """A name put right takes its finding away; the others are the same findings."""
    from mahdar import specimen_path

    text = specimen_path().read_text(encoding="utf-8")
    before = {f.id: f for f in read_file(specimen_path()).record.findings}
    mended = tmp_path / "mended.txt"
    mended.write_text(text.replace("S.2031/77", "S/2031/77"), encoding="utf-8")
    after = {f.id: f for f in read_file(mended).record.findings}
    assert len(before) == 3
    assert set(after) < set(before)
    assert {before[each].code for each in set(before) - set(after)} == {"symbol_malformed"}
