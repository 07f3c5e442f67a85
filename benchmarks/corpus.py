"""Invent a corpus of the size of the Council's published one, to measure archives with.

    python benchmarks/corpus.py FOLDER [--meetings 6500] [--words 66000000]

6,500 meetings of 1992 to 2023 with 106,000 speeches and 66 million words, in six languages, each a
record as JSON. The words come from the phrase books, the specimen, the lists of topics and names;
invented forms fill the list up to 60,000 a language. How often each is drawn follows the law of
Zipf and Mandelbrot, as words of natural texts do. Nothing of any real record is in it.
"""

from __future__ import annotations

import argparse
import datetime
import math
import multiprocessing
import re
import sys
import time
from collections import Counter
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from mahdar.authority.persons import person_id  # noqa: E402
from mahdar.authority.tables import names  # noqa: E402
from mahdar.languages import load_language  # noqa: E402
from mahdar.languages.words import common_words  # noqa: E402
from mahdar.model import (  # noqa: E402
    Affiliation,
    AgendaItem,
    Member,
    Mention,
    Name,
    Paragraph,
    Person,
    Record,
    State,
    Turn,
)
from mahdar.specimens.build import specimen  # noqa: E402
from mahdar.topics import topics  # noqa: E402

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
SPEECHES_A_MEETING = 106_000 / 6_500
_TYPES = 60_000
_OFFSET, _POWER = 2.7, 1.05  # of the law of Zipf and Mandelbrot
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE, _PARAGRAPH = 22, 80
_CITED = 0.3
"""The share of paragraphs that name a State, a topic or a resolution."""


class Words:
    """The list of words of a language, with how often each is drawn.

    Args:
        code: ISO 639-1.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        self.language = load_language(code)
        self.gap = self.language.gap
        rng = np.random.default_rng(LANGUAGES.index(code))
        known = _known(code)
        common = common_words().get(code, frozenset())
        forms = dict.fromkeys([*(word for word in known if word in common), *known])
        list_known = [word for word in known if len(word) > 1]
        while len(forms) < _TYPES:
            one, other = (list_known[n] for n in rng.integers(0, len(list_known), 2))
            forms.setdefault(one[: len(one) // 2 + 1] + other[len(other) // 2 :])
        self.forms = np.array(list(forms), dtype=object)
        weights = 1 / (np.arange(len(self.forms)) + _OFFSET) ** _POWER
        self.sums = np.cumsum(weights / weights.sum())
        self.stop = "。" if code == "zh" else "."
        self.states = [(c, forms[0]) for c, forms in names("states.tsv", code).items()]
        self.terms = [term for t in topics().values() for term in t.terms[code]]

    def draw(self, count: int, rng: np.random.Generator) -> list[str]:
        """Draw words."""
        found = np.searchsorted(self.sums, rng.random(count))
        drawn: list[str] = self.forms[np.minimum(found, len(self.forms) - 1)].tolist()
        return drawn


def _known(code: str) -> list[str]:
    """Return the words of a language that come with Mahdar, the most frequent first."""
    texts = [p.text for turn in specimen(code).turns() for p in turn.all_paragraphs()]
    data = (resources.files("mahdar.languages") / f"{code}.toml").read_text(encoding="utf-8")
    if code in {"en", "fr", "es"}:  # the keys of the phrase book are English
        data = " ".join(re.findall(r'"([^"]*)"', data))
    texts += [data, *(term for t in topics().values() for term in t.terms[code])]
    texts += [n for file in ("states.tsv", "organisations.tsv")
              for forms in names(file, code).values() for n in forms]  # fmt: skip
    counted = Counter(word.lower() for text in texts for word in _words(text, code))
    return [word for word, _ in counted.most_common()]


def _words(text: str, code: str) -> list[str]:
    if code == "zh":
        from mahdar.analysis.analyser import analyser

        return [word for word in analyser("zh").forms(text) if not word.isascii()]
    found = _WORD.findall(text)
    return found if code in {"en", "fr", "es"} else [word for word in found if not word.isascii()]


def make_record(number: int, words: Words, size: int) -> Record:
    """Invent the record of a meeting.

    Args:
        number: of the meeting among all; the same number gives the same record.
        words: of its language.
        size: how many words it has, about.
    """
    rng = np.random.default_rng([20231231, number])
    day = datetime.date(1992, 1, 2) + datetime.timedelta(days=int(number * 11_680 / 6_500))
    seats = [words.states[n] for n in rng.choice(len(words.states), 15, replace=False)]
    speakers = [_speaker(code, name, words, rng) for code, name in seats]
    count = max(3, int(rng.normal(SPEECHES_A_MEETING, 4)))
    turns: list[Turn] = []
    people: dict[str, tuple[str, str, str, list[int]]] = {}
    total = 0
    shares = rng.gamma(1.2, size=count)
    for turn, share in enumerate(shares / shares.sum()):
        code, state, name = speakers[int(rng.integers(0, 15))]
        paragraphs, said = _speech(max(20, int(size * share)), words, rng, day.year)
        total += said
        who = person_id(name, code)
        label = f"{name} ({state})"
        turns.append(
            Turn(
                label, Name(label, None, name), "member", Affiliation(state, "state", code),
                words.code, False, tuple(paragraphs), (), person=who,
            )
        )  # fmt: skip
        held = people.setdefault(who, (name, label, code, []))
        held[3].append(turn + 1)
    title = words.gap.join([words.terms[number % len(words.terms)]])
    members = tuple(
        Member(State(state, code), Name(name, None, name), n == 0)
        for n, (code, state, name) in enumerate(speakers)
    )
    return Record(
        symbol=f"S/PV.{3000 + number}", organ="SC", meeting_number=3000 + number,
        language=words.code, status="final", date=day.isoformat(), scheduled_time="10:00",
        opened_at="10:05", closed_at="12:50", place=None, year_of_organ=day.year - 1945,
        president=members[0], members=members, agenda=(AgendaItem(title, None, (), ()),),
        documents=(), notice=None, cover=(), body=tuple(turns), furniture=(), findings=(),
        people=tuple(
            Person(who, name, (label,), code, None, tuple(turns_of))
            for who, (name, label, code, turns_of) in people.items()
        ),
    )  # fmt: skip


def _speaker(code: str, state: str, words: Words, rng: np.random.Generator) -> tuple[str, str, str]:
    # A State sends one of four people, so that people come again and again.
    seed = np.random.default_rng([ord(character) for character in code] + [int(rng.integers(0, 4))])
    name = " ".join(word.capitalize() for word in seed.choice(words.forms[2000:20000], 2))
    return code, state, name


def _speech(
    size: int, words: Words, rng: np.random.Generator, year: int
) -> tuple[list[Paragraph], int]:
    drawn = words.draw(size, rng)
    paragraphs, at = [], 0
    while at < size:
        length = max(12, int(rng.normal(_PARAGRAPH, 25)))
        paragraphs.append(_paragraph(drawn[at : at + length], words, rng, year))
        at += length
    return paragraphs, size


def _paragraph(drawn: list[str], words: Words, rng: np.random.Generator, year: int) -> Paragraph:
    sentences, at = [], 0
    while at < len(drawn):
        length = max(4, int(rng.exponential(_SENTENCE)))
        sentence = words.gap.join(drawn[at : at + length])
        sentences.append(sentence[:1].upper() + sentence[1:] + words.stop)
        at += length
    text = (words.gap or "").join(sentences)
    draw = rng.random()
    if draw > _CITED:
        return Paragraph(text, ())
    if draw < _CITED / 3:
        printed = words.terms[int(rng.integers(0, len(words.terms)))]
        return Paragraph(f"{text}{words.gap}{printed}", ())
    start = len(text) + len(words.gap)
    if draw < 2 * _CITED / 3:
        code, printed = words.states[int(rng.integers(0, len(words.states)))]
        mention = Mention(start, start + len(printed), printed, "state", code)
    else:
        number = 700 + int(rng.zipf(1.4)) % 2000
        printed = f"S/RES/{number} ({year})"
        mention = Mention(start, start + len(printed), printed, "document",
                          f"S/RES/{number}({year})", "SC")  # fmt: skip
    return Paragraph(f"{text}{words.gap}{printed}", (), (), (mention,))


def _write(task: tuple[str, list[int], Path, int]) -> int:
    code, numbers, folder, size = task
    words = Words(code)
    rng = np.random.default_rng(LANGUAGES.index(code))
    for number in numbers:
        record = make_record(number, words, int(size * math.exp(rng.normal(-0.08, 0.4))))
        path = folder / f"S-PV.{3000 + number}.{code}.json"
        path.write_bytes(msgspec.json.encode(record))
    return len(numbers)


def make_corpus(folder: Path, meetings: int = 6_500, words: int = 66_000_000) -> dict[str, Any]:
    """Write a corpus to a folder, one file for each meeting.

    Args:
        folder: is made where it is not there.
        meetings: how many.
        words: how many, about.
    """
    folder.mkdir(parents=True, exist_ok=True)
    begun = time.perf_counter()
    numbers = [int(n * 6_500 / meetings) for n in range(meetings)]
    tasks = [
        (code, numbers[place::6], folder, words // meetings)
        for place, code in enumerate(LANGUAGES)
    ]  # fmt: skip
    with multiprocessing.get_context("spawn").Pool() as pool:
        made = sum(pool.imap_unordered(_write, tasks))
    return {"meetings": made, "seconds": time.perf_counter() - begun}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--meetings", type=int, default=6_500)
    parser.add_argument("--words", type=int, default=66_000_000)
    given = parser.parse_args()
    print(make_corpus(given.folder, given.meetings, given.words))
