"""The course of meetings: what was read against the truth, what follows, what cannot have been."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

import mahdar
from mahdar.model import Act, Affiliation, Name, Party, Record, Turn
from mahdar.procedure import complete, course_of
from mahdar.procedure.irregularity import KINDS
from mahdar.publishing.course import IRREGULAR
from mahdar.specimens.build import specimen
from tests.conftest import record_path
from tests.course_truth import COURSE, compare, read_truth

AT_HAND = ("A-48-PV.46.en", "A-61-PV.107.en", "S-PV.8422.en", "S-PV.8699.en", "S-PV.8700.en",
           "S-PV.8701.en")  # fmt: skip
LEAST = 0.99
# Kinds of which the records at hand hold too few for a share to mean much.
FEW = {"group": 0.75, "alignment": 0.6}


def up_to(record: Record, turns: int) -> Record:
    """Return a record without what comes after so many turns: its truth ends there."""
    body, count = [], 0
    for item in record.body:
        count += isinstance(item, Turn)
        if count > turns:
            break
        body.append(item)
    kept = tuple(d for d in record.decisions if d.act_index < len(body))
    return msgspec.structs.replace(record, body=tuple(body), decisions=kept)


def test_records_against_the_truth() -> None:
    """All that is told of the course of six records is right, and nearly all of it is told."""
    hits: dict[str, list[int]] = {}
    for name in AT_HAND:
        path = COURSE / f"{name}.txt"
        truth = read_truth(path)
        record = mahdar.read(record_path(f"{name}.pdf"), isolated=False)
        if re.search(r"# end of p\.", path.read_text(encoding="utf-8")):
            record = up_to(record, sum(line.kind == "turn" for line in truth))
        for kind, found in compare(record, truth).items():
            counts = hits.setdefault(kind, [0, 0, 0])
            for at, number in enumerate((found.hits, len(found.missed), len(found.false))):
                counts[at] += number
    for kind, (right, missed, false) in hits.items():
        if right + missed + false:
            assert right >= FEW.get(kind, LEAST) * (right + missed), (kind, right, missed)
            assert right >= FEW.get(kind, LEAST) * (right + false), (kind, right, false)


@pytest.mark.parametrize("code", ["ar", "en", "es", "fr", "ru", "zh"])
def test_a_regular_meeting_is_regular(code: str) -> None:
    course = course_of(specimen(code))
    assert course.irregularities == ()
    assert course.steps[0].before.phase == "not_begun"
    assert course.steps[-1].after.phase == "over"


def replaced(record: Record, place: int, **changes: object) -> Record:
    body = list(record.body)
    body[place] = msgspec.structs.replace(body[place], **changes)
    return msgspec.structs.replace(record, body=tuple(body))


def without(record: Record, act: str) -> Record:
    body = tuple(i for i in record.body if not (isinstance(i, Act) and i.act == act))
    return complete(msgspec.structs.replace(record, body=body))


def place_of(record: Record, act: str) -> int:
    return next(n for n, i in enumerate(record.body) if isinstance(i, Act) and i.act == act)


@pytest.mark.parametrize("code", ["ar", "en", "zh"])
def test_what_cannot_have_been_is_told(code: str) -> None:
    """One fault after the other is put into a regular meeting."""
    record = specimen(code)

    def kinds(changed: Record) -> set[str]:
        return {one.kind for one in course_of(changed).irregularities}

    floor = place_of(record, "floor_given")
    other = replaced(record, floor, person=Name("X Y", "X", "Y"),
                     affiliation=Affiliation("Cuba", "state", "CUB"))  # fmt: skip
    assert "another_speaks" in kinds(other)
    assert "not_invited" in kinds(replaced(record, place_of(record, "invited"), affiliation=None,
                                           person=Name("X Y", "X", "Y")))  # fmt: skip
    assert "no_outcome" in kinds(without(record, "adopted"))
    assert "not_suspended" in kinds(without(record, "suspended"))
    assert "suspended_at_end" in kinds(
        msgspec.structs.replace(without(record, "closed"), closed_at=None)
    )
    resumed = next(n for n, i in enumerate(record.body) if isinstance(i, Act)
                   and i.act == "capacity_changed" and i.capacity == "president")  # fmt: skip
    body = tuple(item for n, item in enumerate(record.body) if n != resumed)
    assert "not_resumed" in kinds(msgspec.structs.replace(record, body=body))


def test_who_sits_in_the_chair(tmp_path: Path) -> None:
    text = """<!-- mahdar: in order -->

A/85/PV.71

General Assembly

President:	Mr. Deiss	(Switzerland)

The meeting was called to order at 3.05 p.m.

**The President:** We meet again.

In the absence of the President, Mr. Wolfe (Jamaica), Vice-President, took the Chair.

**The Acting President:** I go on.

The President returned to the Chair.

**The President:** I am back.

**The Acting President:** I am not.

The meeting rose at 5.40 p.m.
"""
    path = tmp_path / "chair.txt"
    path.write_text(text, encoding="utf-8")
    record = mahdar.read(path, isolated=False)
    chairs = [turn.chair.person.name if turn.chair and turn.chair.person else None
              for turn in record.turns()]  # fmt: skip
    assert chairs == ["Deiss", "Wolfe", "Deiss", None]
    assert [one.kind for one in course_of(record).irregularities] == ["other_chair"]
    assert [turn.person for turn in record.turns()][:2] == ["CHE:deiss", "JAM:wolfe"]
    made = mahdar.publish(record, "tei")
    assert b"wolfe" in next(iter(made.values()))


def test_every_kind_of_irregularity_is_told() -> None:
    assert set(IRREGULAR) == set(KINDS)


def test_parties_are_told_apart() -> None:
    from mahdar.procedure.parties import may_differ

    chad, cuba = (Affiliation(code, "state", code) for code in ("TCD", "CUB"))
    assert may_differ(Party(affiliation=chad), Party(affiliation=cuba))
    assert not may_differ(Party(affiliation=chad), Party(Name("Mr. Lee", "Mr.", "Lee")))
