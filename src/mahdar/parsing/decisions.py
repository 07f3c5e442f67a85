"""What became of each draft: the acts that say so, with the votes they follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from mahdar.citations import find_symbols
from mahdar.languages import Language
from mahdar.model import Act, BodyItem, Decision, Heading, Turn, Vote, Within
from mahdar.parsing.acts import sentences

_Outcome = Literal["adopted", "retained", "rejected", "withdrawn"]
_OUTCOMES: tuple[str, ...] = get_args(_Outcome)


def read_decisions(items: list[BodyItem], language: Language) -> tuple[Decision, ...]:
    """Return the decisions of a meeting, and give each vote the totals announced for it.

    A vote belongs to the first act after it that says what became of a draft,
    with nothing but the President's words between.

    Args:
        items: of the body, in order; votes among them are replaced by ones with totals.
        language: of the record.
    """
    decisions: list[Decision] = []
    open_vote: int | None = None
    for number, item in enumerate(items):
        if isinstance(item, Vote):
            open_vote = number
        elif isinstance(item, Heading) or (isinstance(item, Turn) and item.capacity != "president"):
            open_vote = None
        elif isinstance(item, Act) and item.act in _OUTCOMES:
            vote = open_vote
            if vote is not None and item.totals is not None:
                known = items[vote]
                assert isinstance(known, Vote)
                items[vote] = msgspec.structs.replace(known, totals=item.totals)
            open_vote = None
            decisions.append(_decision(item, number, vote, items, language))
    return tuple(decisions)


def _decision(
    act: Act, number: int, vote: int | None, items: Sequence[BodyItem], language: Language
) -> Decision:
    outcome: _Outcome = act.act  # type: ignore[assignment]
    how: Literal["vote", "without_vote", "unknown"] = "without_vote"
    if vote is not None or act.totals is not None:
        how = "vote"
    elif act.within is not None or act.act == "rejected":
        how = "unknown"
    return Decision(
        outcome,
        how,
        number,
        draft=act.draft,
        # Committees number their drafts: "draft resolution II" has no symbol of its own.
        symbol=act.symbol
        or (_symbol_before(items, number, act.within, language) if act.within else None),
        number=act.number,
        totals=act.totals,
        vote_index=vote,
    )


def _symbol_before(
    items: Sequence[BodyItem], number: int, within: Within, language: Language
) -> str | None:
    """Return the draft that the President named last before an act that does not name it.

    Looks no further back than the last heading; what the President says after the act, in
    the same turn, is about the next draft.
    """
    turn = sum(isinstance(item, Turn) for item in items[:number])
    words = [language.key(word) for word in language.data.votes.drafts]
    for item in reversed(items[:number]):
        if isinstance(item, Heading):
            return None
        if not isinstance(item, Turn):
            continue
        here = turn == within.turn_number
        turn -= 1
        if item.capacity != "president":
            continue
        paragraphs = item.all_paragraphs()
        last = within.paragraph_number - 1 if here else len(paragraphs) - 1
        for count in range(last, -1, -1):
            paragraph = paragraphs[count]
            for start, end in reversed(list(sentences(paragraph.text, language))):
                if here and count == last and start > within.start:
                    continue
                sentence = paragraph.text[start:end]
                if any(word in language.key(sentence) for word in words):
                    found = [symbol.printed for symbol in find_symbols(sentence)]
                    if found:
                        return found[0]
    return None
