"""The result of a secret ballot, as the President reads it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from mahdar.findings import report
from mahdar.languages import Language
from mahdar.model import Ballot, Candidate, Finding, Paragraph, Reading, Within

_FIGURES = ("papers", "invalid", "valid", "abstentions", "voting", "majority")
_NUMBER = re.compile(r"\s*[:.…\s]*\s*(\d{1,3})\b")
_CANDIDATE = re.compile(r"\s*([^\d.:;,…][^\d:;…]*?)[\s.…:]*\s(\d{1,3})(?=[\s,;.]|$)")
_LONGEST = 80


class _Draft(msgspec.Struct):
    start: int
    group: str | None = None
    figures: dict[str, int] = {}
    candidates: list[Candidate] = []
    counting: bool = False


def read_ballots(
    paragraphs: Sequence[Paragraph], turn: int, language: Language
) -> Iterator[Ballot]:
    """Find the results of ballots in the paragraphs of a turn.

    Args:
        paragraphs: of the turn, in order.
        turn: its number in the body, from 1.
        language: how the lines of a result begin.

    >>> from mahdar.languages import load_language
    >>> lines = ["Number of ballot papers: 190", "Number of valid ballots: 190",
    ...          "Number of votes obtained:", "Burkina Faso 186", "Togo 2"]
    >>> said = [Paragraph(line, ()) for line in lines]
    >>> (ballot,) = read_ballots(said, 1, load_language("en"))
    >>> ballot.papers, [(c.label, c.votes) for c in ballot.candidates]
    (190, [('Burkina Faso', 186), ('Togo', 2)])
    """
    if not language.data.ballots.papers:
        return
    draft: _Draft | None = None
    group: str | None = None
    for number, paragraph in enumerate(paragraphs):
        text = paragraph.text
        found = _labels(text, language)
        if found and found[0][0] == "papers" and draft is not None and draft.candidates:
            yield _made(draft, turn)
            draft = None
        if found:
            draft = draft or _Draft(number, group)
            _take(draft, text, found)
            continue
        if draft is not None and draft.counting and _count(draft, text):
            continue
        if draft is not None:
            yield _made(draft, turn)
            draft, group = None, None
        head = language.match(language.data.ballots.group, text, at_start=True)
        group = text if head and len(text) <= _LONGEST else None
    if draft is not None:
        yield _made(draft, turn)


def check_ballot(ballot: Ballot) -> Finding | None:
    """Return a finding where the numbers of a ballot do not add up."""
    if None in (ballot.papers, ballot.valid):
        return None
    papers, valid, invalid = ballot.papers or 0, ballot.valid or 0, ballot.invalid or 0
    if papers == valid + invalid:
        return None
    return report(
        "ballot_differs",
        0.9,
        (Reading(f"{papers} = {valid} + {invalid}", ()),),
        papers=papers, valid=valid, invalid=invalid,
    )  # fmt: skip


def _labels(text: str, language: Language) -> list[tuple[str, int, int]]:
    """Return (figure, start, end) of the labels that a text holds, in order."""
    view = language.fold.view(text)
    found: list[tuple[str, int, int]] = []
    for figure in (*_FIGURES, "votes"):
        forms = sorted(getattr(language.data.ballots, figure), key=len, reverse=True)
        for form in forms:
            at = view.text.find(language.key(form))
            if at >= 0:
                start, end = view.printed(at), view.printed(at + len(language.key(form)))
                if not any(a <= start < b for _, a, b in found):
                    found.append((figure, start, end))
                break
    found.sort(key=lambda item: item[1])
    # A sentence that speaks of ballots is no table of them.
    return found if found and found[0][1] == 0 else []


def _take(draft: _Draft, text: str, found: Sequence[tuple[str, int, int]]) -> None:
    ends = [start for _, start, _ in found[1:]] + [len(text)]
    for (figure, _, end), stop in zip(found, ends, strict=True):
        if figure == "votes":
            draft.counting = True
            _count(draft, text[end:stop].lstrip(" :"))
            continue
        number = _NUMBER.match(text[end:stop])
        if number:
            draft.figures[figure] = int(number.group(1))


def _count(draft: _Draft, text: str) -> bool:
    """Take the candidates of a text; tell whether there was nothing else in it."""
    position = 0
    candidates: list[Candidate] = []
    while found := _CANDIDATE.match(text, position):
        candidates.append(Candidate(found.group(1).strip(" .…"), int(found.group(2))))
        position = found.end()
        while position < len(text) and text[position] in " ,;.":
            position += 1
    if position < len(text.rstrip(" .")) or (not candidates and text.strip()):
        return False
    draft.candidates += candidates
    return True


def _made(draft: _Draft, turn: int) -> Ballot:
    return Ballot(
        Within(turn, draft.start + 1, 0, 0),
        tuple(draft.candidates),
        draft.group,
        **draft.figures,
    )
