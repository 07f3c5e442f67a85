"""Read votes: how they were taken, the States under each head, and the totals announced."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from mahdar.authority import find_state, likely_state
from mahdar.findings import report
from mahdar.languages import Language
from mahdar.languages.fold import digits_value
from mahdar.languages.formula import Match
from mahdar.model import Finding, Reading, Spans, State, Totals, Vote
from mahdar.parsing.misread import like_head
from mahdar.sources.packed import one_line

Head = Literal["in_favour", "against", "abstaining", "not_participating"]
HEADS: tuple[Head, ...] = ("in_favour", "against", "abstaining", "not_participating")
_COLON = re.compile(r"\s*[:：]\s*")
# A name of a State has commas only within brackets.
_COMMA = re.compile(r"\s*[,;،、]\s*(?![^(]*\))")
LIKE_ENOUGH, NEARLY_SAME = 0.74, 0.9
"""How like a State's name must be (0 to 1): in misread text, and in text that is printed well."""
_LONGEST_HEAD, _LONGEST_MISREAD = 60, 24


class HeadFound(msgspec.Struct, frozen=True):
    """The head of a list: which list, and the offset at which its names begin."""

    head: Head
    end: int


def read_head(text: str, language: Language, *, misread: bool = False) -> HeadFound | None:
    """Return the head of a list of States at the beginning of ``text``, or None.

    Args:
        text: a line or paragraph.
        language: its facts.
        misread: take a head of which letters were misread too.

    >>> from mahdar.languages import load_language
    >>> read_head("In favour: Chile, China", load_language("en"))
    HeadFound(head='in_favour', end=11)
    """
    colon = _COLON.search(text[:_LONGEST_HEAD])
    if colon is None:
        return None
    lead = text[: colon.start()]
    for head in HEADS:
        if language.match(getattr(language.data.votes, head), lead, whole=True):
            return HeadFound(head, colon.end())
    if misread and len(lead) <= _LONGEST_MISREAD:
        for head in HEADS:
            if like_head(lead, getattr(language.data.votes, head)):
                return HeadFound(head, colon.end())
    return None


class OpenVote:
    """A vote that is still being read."""

    def __init__(
        self, text: str, spans: Spans, language: Language, *, misread: bool = False
    ) -> None:
        """Begin.

        Args:
            text: the line that says how the vote was taken.
            spans: its place.
            language: its facts.
            misread: letters of the text were misread.
        """
        self._language, self._misread = language, misread
        self.texts = [text]
        self.spans = list(spans)
        self.lists: dict[Head, list[State]] = {head: [] for head in HEADS}
        self.seen: set[Head] = set()
        self.head: Head | None = None
        self.findings: list[Finding] = []
        self._named: set[str] = set()
        # A list may go on after a page: its names are read when all of it is there.
        self._printed: dict[Head, list[tuple[str, Spans]]] = {head: [] for head in HEADS}
        facts = language.data.votes
        self.method: Literal["recorded", "show_of_hands", "roll_call", "unknown"]
        self.method = "recorded" if text else "unknown"
        key = language.key(text)
        if any(language.key(words) in key for words in facts.show_of_hands):
            self.method = "show_of_hands"
        elif any(language.key(words) in key for words in facts.roll_call):
            self.method = "roll_call"

    def take(self, text: str, spans: Spans) -> bool:
        """Take a line or a paragraph of the lists; return False where it is none."""
        found = read_head(text, self._language, misread=self._misread)
        if found is None and not (self._names_only(text) or self._broken_off()):
            return False
        if found is not None:
            self.head = found.head
            self.seen.add(found.head)
            names = text[found.end :]
        else:
            names = text
        assert self.head is not None
        self.texts.append(text)
        self.spans += spans
        self._printed[self.head].append((names, spans))
        return True

    def _names_only(self, text: str) -> bool:
        """Tell whether most of a text is names of States: the list goes on after a page."""
        if self.head is None:
            return False
        names = _names(text, self._language)
        known = [n for n in names if find_state(n, self._language)]
        return bool(names) and (
            2 * len(known) >= len(names) or (len(names) == 1 and self._nobody(names[0]))
        )

    def _broken_off(self) -> bool:
        """Tell whether the list so far stops within a name."""
        if self.head is None or not self._printed[self.head]:
            return False
        # A name may have been cut more than once: all of the list so far tells.
        text = one_line("\n".join(words for words, _ in self._printed[self.head]))
        names = _names(text, self._language)
        whole = bool(names) and (
            find_state(names[-1], self._language) is not None or self._nobody(names[-1])
        )
        ended = text[-1:] in self._language.data.writing.sentence_end
        return bool(text) and not ended and not whole and not self._misread

    def _nobody(self, name: str) -> bool:
        none = {self._language.key(word) for word in self._language.data.votes.none}
        return self._language.key(name) in none

    def _read(self, head: Head, text: str, spans: Spans) -> None:
        for name in _names(text, self._language):
            if self._nobody(name):
                continue
            state = find_state(name, self._language)
            if state:
                self._add(head, state, spans)
                continue
            apart = _apart(name, self._language)
            if apart:
                self._find("vote_name_unknown", 0.9, name, spans, "comma")
                for one in apart:
                    self._add(head, one, spans)
                continue
            least = LIKE_ENOUGH if self._misread else NEARLY_SAME
            likely = likely_state(name, self._language, least)
            if likely:
                self._find("state_misread", 0.5, name, spans, "vote", state=likely.code or "")
                self._add(head, likely, spans)
                continue
            self._find("vote_name_unknown", 0.8, name, spans)
            self._add(head, State(name, None), spans)

    def _add(self, head: Head, state: State, spans: Spans) -> None:
        if state.code and state.code in self._named:
            self._find("vote_name_twice", 0.9, state.label, spans)
        if state.code:
            self._named.add(state.code)
        self.lists[head].append(state)

    def _find(
        self,
        kind: Literal["vote_name_unknown", "vote_name_twice", "state_misread"],
        score: float,
        name: str,
        spans: Spans,
        case: str = "",
        **facts: str,
    ) -> None:
        readings = (Reading(name, spans),)
        self.findings.append(report(kind, score, readings, case=case, name=name, **facts))

    def finish(self, totals: Totals | None = None) -> Vote:
        """Return the vote as read so far."""
        for head, printed in self._printed.items():
            spans = tuple(span for _, places in printed for span in places)
            self._read(head, one_line("\n".join(names for names, _ in printed)), spans)
        return Vote(
            method=self.method,
            in_favour=tuple(self.lists["in_favour"]),
            against=tuple(self.lists["against"]),
            abstaining=tuple(self.lists["abstaining"]),
            text=one_line("\n".join(self.texts)),
            spans=tuple(self.spans),
            not_participating=tuple(self.lists["not_participating"]),
            totals=totals,
        )


def _names(text: str, language: Language) -> list[str]:
    """Cut a list of names at its commas, and at the "and" before the last one.

    The name of a State may hold an "and" itself, so a piece is cut there only where
    it is no State as it stands.
    """
    out: list[str] = []
    ends = language.data.writing.sentence_end + " "
    for piece in _COMMA.split(text):
        name = piece.strip().rstrip(ends).strip()
        if not name:
            continue
        if find_state(name, language) is None:
            cut = _cut_at_join(name, language)
            if cut:
                out += cut
                continue
        out.append(name)
    return out


def _cut_at_join(name: str, language: Language) -> list[str] | None:
    for word in language.data.votes.join:
        for found in re.finditer(rf"(?:^|\s){re.escape(word)}\s", name, re.IGNORECASE):
            left, right = name[: found.start()].strip(), name[found.end() :].strip()
            if find_state(right, language) and (not left or find_state(left, language)):
                return [part for part in (left, right) if part]
    return None


def _apart(name: str, language: Language) -> list[State] | None:
    """Return the two States of a name that lacks the comma between them, or None."""
    words = name.split()
    for k in range(1, len(words)):
        left = find_state(" ".join(words[:k]), language)
        right = find_state(" ".join(words[k:]), language)
        if left and right:
            return [left, right]
    return None


def read_count(word: str, language: Language) -> int | None:
    """Return the number that a word or digits of a total mean, or None.

    >>> from mahdar.languages import load_language
    >>> read_count("none", load_language("en")), read_count("13", load_language("en"))
    (0, 13)
    """
    value = digits_value(word)
    if value is not None:
        return value
    key = language.key(word)
    for number, words in enumerate(language.data.votes.numbers):
        if key in {language.key(w) for w in words}:
            return number
    return None


def totals_of(match: Match | None, language: Language) -> Totals | None:
    """Return the totals that the slots of a formula hold, or None where they hold none."""
    if match is None or "for" not in match.values:
        return None
    counts = [
        read_count(match.values.get(slot, "none"), language)
        for slot in ("for", "against", "abstaining")
    ]
    favour, against, abstaining = (count if count is not None else -1 for count in counts)
    if min(favour, against, abstaining) < 0:
        return None
    return Totals(favour, against, abstaining)


def read_totals(text: str, language: Language) -> Totals | None:
    """Return the totals that a sentence announces, or None.

    >>> from mahdar.languages import load_language
    >>> read_totals("The result is 13 votes in favour, one against and one abstaining.",
    ...             load_language("en"))
    Totals(in_favour=13, against=1, abstaining=1)
    """
    return totals_of(language.match(language.data.votes.totals, text), language)
