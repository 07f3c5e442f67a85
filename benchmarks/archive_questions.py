"""What the benchmark asks an archive: the same questions in each run."""

from __future__ import annotations

import random
from collections.abc import Iterator

from mahdar.api.archive import Archive
from mahdar.topics import topics

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_FIRST = 200_000
_STATES = ("RUS", "FRA", "MAR", "CHN", "USA", "BRA", "EGY", "ZAF")


def by_words(archive: Archive, count: int = 300) -> list[str]:
    """Return questions by words: one word, two, a phrase, a prefix, nearness, with fields.

    Args:
        archive: whose words to ask for, from the most frequent to the rare.
        count: how many.
    """
    from mahdar.index.columns import Columns, read_state

    rng = random.Random(2023)
    folder = archive.indexes.columns_folder
    state = read_state(folder)
    columns = {code: Columns(folder, code, state) for code in LANGUAGES if code in state.lengths}
    made = []
    for number in range(count):
        held = columns[rng.choice(sorted(columns))]
        # One word as it comes in texts, so most likely a frequent one, one from the list. Only the
        # first part is drawn from, so that a grown archive is asked the same.
        first_part = min(len(held.tokens), _FIRST) - 2
        word = held.forms[int(held.tokens[rng.randrange(first_part)])]
        other = held.forms[rng.randrange(min(len(held.forms), 5_000))]
        at = rng.randrange(first_part)
        phrase = " ".join(held.forms[int(n)] for n in held.tokens[at : at + 2])
        state_code = rng.choice(_STATES)
        first = rng.randint(1992, 2020)
        shapes = (
            word, f"{word} {other}", f'"{phrase}"', f"{other[:4]}*" if len(other) > 4 else word,
            f"{word} NEAR/5 {other}", f"{word} state:{state_code}",
            f"{word} year:{first}..{first + 3}", f"state:{state_code} topic:sanctions",
            f"({word} OR {other}) -kind:act language:{held.code}",
            f"{word} speaker:Smith OR {other}",
        )  # fmt: skip
        made.append(shapes[number % len(shapes)])
    return made


def by_meaning(count: int = 100) -> Iterator[str]:
    """Yield questions by meaning: the topics' terms in the six languages, some with a field."""
    rng = random.Random(2024)
    held = list(topics().values())
    for number in range(count):
        code = LANGUAGES[number % 6]
        topic = held[rng.randrange(len(held))]
        text = f"{rng.choice(topic.terms[code])} {rng.choice(topic.terms[code])}"
        yield f"{text} year:2001..2010" if number % 5 == 4 else text
