"""Invent meetings: what happened is drawn at random, the words come from the specimen.

They are for tests: a reader that knows one meeting by heart knows nothing of these.
"""

from __future__ import annotations

import datetime
import random
from typing import Any

from mahdar.languages import Language
from mahdar.parsing.acts import sentences
from mahdar.specimens.build import meeting_facts

_OPENS = (8, 17)
# What anybody may say, and what only the President says without doing anything by it.
_SPEECHES = (
    "deputy_1", "deputy_2", "bensalem_1", "bensalem_2", "orlov_1", "orlov_2", "lin_1", "khatib_1",
    "whitfield_1", "dubois_1", "idriss_1", "idriss_2", "national_1", "national_2",
)  # fmt: skip
_FROM_THE_CHAIR = ("welcome", "begins", "thanks", "statement")
_SEATS = 15


def invent_facts(rng: random.Random) -> dict[str, Any]:
    """Return what happened in a meeting that nobody held.

    Args:
        rng: draws it; the same state gives the same meeting.

    >>> facts = invent_facts(random.Random(1))
    >>> facts["body"][0]["act"], facts["body"][-1]["act"]
    ('opened', 'closed')
    """
    facts = meeting_facts()
    facts["number"] = rng.randint(1, 99_999)
    facts["symbol"] = f"S/PV.{facts['number']}"
    day = datetime.date(1994, 1, 1) + datetime.timedelta(days=rng.randrange(17_000))
    facts["date"] = day.isoformat()
    minutes = rng.randrange(60 * _OPENS[0], 60 * _OPENS[1])
    facts["time"] = _time(minutes - minutes % 15)
    members = list(facts["members"])
    rng.shuffle(members)
    facts["members"] = members
    body: list[dict[str, Any]] = [
        {"act": "opened", "time": _time(minutes)},
        {"heading": "agenda_adoption"},
        {"act": "agenda_adopted"},
        {"heading": "title"},
        {"heading": "letter", "level": 2},
    ]
    drawn = _Meeting(rng, facts)
    body.append(drawn.chair(["welcome", "begins"]))
    for _ in range(rng.randint(3, 14)):
        body += drawn.something()
    body.append(drawn.chair([{"act": "speakers_exhausted"}]))
    body.append({"act": "closed", "time": _time(minutes + rng.randint(60, 300))})
    facts["body"], facts["speeches"] = body, drawn.speeches
    return facts


def invent_words(
    facts: dict[str, Any], words: dict[str, Any], language: Language, rng: random.Random
) -> dict[str, Any]:
    """Return the words of an invented meeting: what is said is put together from single sentences.

    Args:
        facts: from :func:`invent_facts`; says how many speeches there are.
        words: of the specimen in the same language.
        language: tells where a sentence ends.
        rng: draws them.
    """
    texts = dict(words["words"])
    pool = [
        texts[key][start:end] for key in _SPEECHES for start, end in sentences(texts[key], language)
    ]
    for number in range(facts["speeches"]):
        texts[f"speech_{number}"] = language.gap.join(rng.sample(pool, rng.randint(1, 5)))
    return {**words, "words": texts}


def _time(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


class _Meeting:
    def __init__(self, rng: random.Random, facts: dict[str, Any]) -> None:
        self._rng, self._facts = rng, facts
        self.speeches = 0
        self._president: str = facts["president"]
        self._others = [key for key in facts["people"] if key not in (self._president, "deputy")]

    def chair(self, say: list[Any]) -> dict[str, Any]:
        """Return a turn of the President."""
        return {"turn": self._president, "say": say}

    def something(self) -> list[dict[str, Any]]:
        """Return one or several things that happen together."""
        draw = self._rng.choices(
            (self._speech, self._speech_alone, self._vote, self._pause, self._national,
             self._documents, self._silence),
            (8, 4, 2, 1, 1, 2, 1),
        )  # fmt: skip
        made: list[dict[str, Any]] = draw[0]()
        return made

    def _words(self, most: int = 6) -> list[Any]:
        first = self.speeches
        self.speeches += self._rng.randint(1, most)
        return [f"speech_{number}" for number in range(first, self.speeches)]

    def _speech(self) -> list[dict[str, Any]]:
        who = self._rng.choice(self._others)
        before: list[Any] = [self._rng.choice(_FROM_THE_CHAIR)] if self._rng.random() < 0.5 else []
        return [
            self.chair([*before, {"act": "floor_given", "person": who}]),
            {"turn": who, "say": self._words()},
        ]

    def _speech_alone(self) -> list[dict[str, Any]]:
        who = self._rng.choice([*self._others, "deputy"])
        return [{"turn": who, "say": self._words()}]

    def _vote(self) -> list[dict[str, Any]]:
        states = [
            self._facts["people"][key]["state"]
            for key in (self._president, *self._facts["members"])
        ]
        self._rng.shuffle(states)
        first = self._rng.randint(9, _SEATS)
        second = self._rng.randint(first, _SEATS)
        return [
            self.chair([{"act": "put_to_vote", "words": "put_to_vote", "symbol": "S/2031/150"}]),
            {
                "vote": "show_of_hands", "in_favour": states[:first],
                "against": states[first:second], "abstaining": states[second:],
                "draft": "S/2031/150",
            },
            self.chair(
                [[{"result": True}, {"act": "adopted", "resolution": self._resolution()}]]
            ),
        ]  # fmt: skip

    def _resolution(self) -> str:
        return f"{self._rng.randint(100, 2999)} ({self._rng.randint(1946, 2040)})"

    def _pause(self) -> list[dict[str, Any]]:
        minutes = self._rng.randrange(9 * 60, 20 * 60)
        return [
            {"act": "suspended", "time": _time(minutes)},
            {"act": "resumed", "time": _time(minutes + self._rng.randint(5, 120))},
            self.chair(["thanks"]),
        ]

    def _national(self) -> list[dict[str, Any]]:
        said = self._words(3)
        return [self.chair([{"act": "capacity_changed"}, *said, {"act": "capacity_resumed"}])]

    def _documents(self) -> list[dict[str, Any]]:
        year, number = self._rng.randint(1994, 2040), self._rng.randint(1, 999)
        return [
            self.chair(
                [
                    {"act": "document_noted", "symbol": f"S/{year}/{number}"},
                    {"act": "statement_adopted", "symbol": f"S/PRST/{year}/{number}"},
                ]
            )
        ]

    def _silence(self) -> list[dict[str, Any]]:
        return [
            self.chair([{"act": "silence_asked", "words": "silence_call"}]),
            {"act": "silence"},
            self.chair(["thanks"]),
        ]
