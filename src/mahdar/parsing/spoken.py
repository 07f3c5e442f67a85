"""Find what is done by words: by the Chair, and by delegations that withdraw a draft."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from mahdar.citations import find_symbols
from mahdar.languages import Language
from mahdar.languages.fold import digits_value
from mahdar.languages.formula import Match
from mahdar.languages.loader import Groups, Likely
from mahdar.model import Act, ActName, Purpose, Within
from mahdar.parsing.acts import sentences
from mahdar.parsing.parties import read_parties
from mahdar.parsing.votes import read_totals

# In the order in which a sentence that does several things is told to do them.
SPOKEN: tuple[ActName, ...] = (
    "invited", "consultations_held", "silence_asked", "document_noted", "statement_adopted",
    "sponsors_added", "vote_requested", "decided", "asked", "put_to_vote", "vote_announced",
    "rejected", "adopted", "withdrawn", "time_limited", "concluded", "speakers_exhausted",
    "floor_given", "floor_asked", "welcomed", "suspended", "adjourned",
)  # fmt: skip
# What a sentence cannot do that does one of these: it is one thing that two formulae find.
_NOT_WITH: Mapping[ActName, frozenset[ActName]] = {
    "floor_given": frozenset({"invited", "consultations_held", "silence_asked"}),
    "floor_asked": frozenset({"floor_given", "vote_requested"}),
    "welcomed": frozenset({"floor_given"}),
    "adopted": frozenset({"rejected", "asked", "put_to_vote"}),
    "rejected": frozenset({"asked", "put_to_vote"}),
    "concluded": frozenset({"asked", "decided"}),
    "put_to_vote": frozenset({"document_noted"}),
    "asked": frozenset({"decided", "statement_adopted"}),
    "adjourned": frozenset({"suspended"}),
}
# Acts of a sentence that says what statements are for, and does not announce such statements.
_TAKE_PURPOSE = ("floor_given", "floor_asked", "speakers_exhausted", "concluded")
_WITH_SYMBOLS = (
    "document_noted", "put_to_vote", "floor_given", "statement_adopted", "adopted", "rejected",
    "withdrawn", "sponsors_added", "vote_requested", "asked",
)  # fmt: skip


_PURPOSES: tuple[Purpose, ...] = ("point_of_order", "right_of_reply", "after_vote", "before_vote")
_LONGEST = 2000
"""No sentence of procedure has so many characters; what is longer is speech."""


class Heard(msgspec.Struct, frozen=True):
    """What the sentences of a paragraph do, and those that look like procedure and are not known.

    ``unknown`` are offsets, in characters of the paragraph.
    """

    acts: tuple[Act, ...]
    unknown: tuple[tuple[int, int], ...] = ()


def hear_chair(text: str, within: Within, language: Language) -> Heard:
    """Return what a paragraph does that is spoken from the Chair.

    Args:
        text: the paragraph.
        within: the turn, and which of its paragraphs it is.
        language: its formulae.
    """
    acts: list[Act] = []
    unknown: list[tuple[int, int]] = []
    before = ""
    for start, end in sentences(text, language):
        sentence = text[start:end]
        if len(sentence) > _LONGEST:
            continue
        likely = _groups(language).likely(sentence)
        where = msgspec.structs.replace(within, start=start, end=end)
        found = [
            _referring(act, before, language)
            for act in _acts_of(sentence, where, language, likely, ("chair", "anybody"))
        ]
        before = sentence
        if all(act.act not in _TAKE_PURPOSE for act in found):
            purpose = _purpose(likely)
            if purpose:
                found.append(Act("series_opened", sentence, (), where, purpose=purpose))
        acts += found
        if not found and not likely.match("document_noted") and _looks_like_procedure(likely):
            unknown.append((start, end))
    return Heard(tuple(acts), tuple(unknown))


def _referring(act: Act, before: str, language: Language) -> Act:
    """Return an act that invites "those representatives" with those named the sentence before."""
    if act.act != "invited" or act.all_parties() or not before:
        return act
    parties = read_parties(before, language)
    if not parties:
        return act
    first = parties[0]
    several = parties if len(parties) > 1 else ()
    return msgspec.structs.replace(
        act, person=first.person, affiliation=first.affiliation, parties=several
    )


def hear_delegation(text: str, within: Within, language: Language) -> Iterator[Act]:
    """Yield what a paragraph does that is spoken by a delegation: it withdraws what it proposed."""
    forms = language.act_forms("withdrawn").spoken
    if not language.holds(forms, text):
        return
    for start, end in sentences(text, language):
        if end - start > _LONGEST:
            continue
        likely = _groups(language).likely(text[start:end])
        where = msgspec.structs.replace(within, start=start, end=end)
        yield from _acts_of(text[start:end], where, language, likely, ("delegation", "anybody"))


def sounds_spoken(text: str, language: Language) -> bool:
    """Tell whether a text does something by words that are said, not by a line that is printed."""
    likely = _groups(language).likely(text)
    return any(likely.match(name) for name in (*SPOKEN, "capacity_changed", "capacity_resumed"))


@functools.cache
def _groups(language: Language) -> Groups:
    """All that is looked for in a sentence from the Chair."""
    groups: dict[str, Iterable[str]] = {
        name: language.act_forms(name).spoken
        for name in (*SPOKEN, "capacity_changed", "capacity_resumed")
    }
    facts, purposes = language.data.procedure, language.data.purposes
    groups |= {f"for {kind}": getattr(purposes, kind) for kind in _PURPOSES}
    groups |= {"signs": facts.signs, "known": facts.known}
    return Groups(groups, language)


def _looks_like_procedure(likely: Likely) -> bool:
    if not likely.holds("signs"):
        return False
    return not any(map(likely.holds, ("capacity_changed", "capacity_resumed", "known")))


def _purpose(likely: Likely) -> Purpose | None:
    return next((kind for kind in _PURPOSES if likely.holds(f"for {kind}")), None)


def _acts_of(
    sentence: str, where: Within, language: Language, likely: Likely, speakers: Sequence[str]
) -> Iterator[Act]:
    done: set[ActName] = set()
    for name in SPOKEN:
        if done & _NOT_WITH.get(name, frozenset()):
            continue
        if language.act_forms(name).said_by not in speakers:
            continue
        match = likely.match(name)
        if match is not None:
            done.add(name)
            act = _with_values(Act(name, sentence, (), where), match, sentence, language)
            if name == "document_noted" and not (act.symbol or act.of_draft):
                continue  # something is before the meeting that is no document
            if name in ("floor_given", "floor_asked"):
                act = msgspec.structs.replace(act, purpose=_purpose(likely))
            yield act


def _with_values(act: Act, match: Match, sentence: str, language: Language) -> Act:
    """Return an act with what the slots of its formula hold, and what else the sentence tells."""
    values, changes = match.values, dict[str, object]()
    facts = language.data.procedure
    printed = values.get("people") or values.get("person")
    if printed is None and "definite" in values:
        printed = language.data.writing.article + values["definite"]
    if printed is not None:
        parties = read_parties(printed, language)
        if parties:
            changes |= {"person": parties[0].person, "affiliation": parties[0].affiliation}
        if len(parties) > 1:
            changes["parties"] = parties
    if act.act in _WITH_SYMBOLS:
        symbols = tuple(symbol.printed for symbol in find_symbols(sentence))
        if symbols:
            changes |= {"symbol": values.get("symbol", symbols[0])}
        if len(symbols) > 1:
            changes["symbols"] = symbols
    if act.act == "document_noted":
        key = language.key(sentence)
        changes["of_draft"] = any(language.key(word) in key for word in language.data.votes.drafts)
    if act.act == "invited":
        rule = language.match(facts.rule, sentence)
        changes["rule"] = digits_value(rule.values["rule"]) if rule else None
        changes["practice"] = rule is None and language.holds(facts.practice, sentence)
    if act.act in ("adopted", "rejected", "decided"):
        number = values.get("resolution")
        changes["number"] = number.strip(" .,") if number else None
        changes["veto"] = language.holds(language.data.votes.veto, sentence)
        changes["unanimous"] = language.holds(language.data.votes.unanimous, sentence)
    if "draft" in values and "symbol" not in changes:
        changes["draft"] = _draft(values["draft"], language)
    if act.act in ("adopted", "rejected", "vote_announced"):
        changes["totals"] = read_totals(sentence, language)
    if act.act in ("speakers_exhausted", "concluded"):
        forms = language.act_forms("speakers_exhausted")
        stage = language.match(forms.stage, sentence)
        changes["phase"] = "stage" if stage else "finished" if act.act == "concluded" else None
    if act.act in ("floor_given", "floor_asked"):
        changes["introduces"] = language.holds(facts.introduce, sentence)
        changes["pronoun"] = printed is None and language.holds(facts.pronouns, sentence)
        group = language.match(facts.for_group, sentence)
        changes["on_behalf_of"] = group.values["group"].strip() if group else None
    return msgspec.structs.replace(act, **changes)


def _draft(printed: str, language: Language) -> str | None:
    """Return what names a draft; None where it is no more than "the draft resolution"."""
    draft = printed.strip(" .,،。，")
    article = language.data.writing.name_article
    bare = language.key(draft).removeprefix(f"{language.key(article)} " if article else "")
    return None if bare in set(map(language.key, language.data.votes.drafts)) else draft
