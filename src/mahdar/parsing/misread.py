"""Labels and lines of procedure in text that a machine misread: by their shape and by likeness.

A scan's text layer may hold hardly a letter of a name, but it keeps the shape of
a label: a few words, a bracket or two, a colon. What stands in the brackets is
held against the States and the marks of language that could stand there.
"""

from __future__ import annotations

import functools
import re
from difflib import SequenceMatcher

import msgspec

from mahdar.authority import find_state, likely_state, names_by_code
from mahdar.languages import Language
from mahdar.languages.formula import plain_forms
from mahdar.languages.openings import Opening
from mahdar.model import Affiliation, Capacity
from mahdar.parsing.names import Label

# A name, one bracket or two, a colon; the second form allows for brackets that were misread
# within the name or the brackets.
_SHAPES = tuple(
    re.compile(
        rf"(?P<name>.{{2,44}}?)\s*[({{\[<]{{1,2}}(?P<one>{inner}{{2,64}}?)[)}}\]>]{{1,2}}\s*"
        rf"(?:[({{\[<](?P<two>{inner}{{3,60}}?)[)}}\]>]\s*)?[:;]"
    )
    for inner in (r"[^(){}\[\]]", ".")
)
_MARK_LIKE, _STATE_LIKE = 0.62, 0.62
LINE_LIKE, ITALIC_LIKE = 0.8, 0.65
"""A line at least this much like a formula (0 to 1) is taken for it, with a finding; less is
needed of a line in italics."""
_SURE = 0.85
_TIME = re.compile(
    r"\d{1,2}\s?[.:]\s?\d{2}\s*[ap]\W{0,2}m\W?|\d{1,2}\s*[ap]\W{0,2}m\W?", re.IGNORECASE
)
_LETTERS = re.compile(r"[\W\d_]+")
_HEAD_LIKE = 0.7


class Misread(msgspec.Struct, frozen=True):
    """A label found by likeness.

    ``opening`` is the label as read, ``office`` whether it is the President's or
    another office's, ``state`` the code of the likely State, ``language`` that of
    the likely mark. ``score`` is how alike the least certain part is, 0 to 1.
    """

    opening: Opening
    office: str | None
    state: str | None
    language: str | None
    score: float


def read_misread_opening(
    text: str, language: Language, roster: frozenset[str] = frozenset()
) -> Misread | None:
    r"""Find a label of which letters were misread, or None.

    Args:
        text: a paragraph.
        language: its facts.
        roster: codes of the States that are present: one of them is likeliest.

    >>> from mahdar.languages import load_language
    >>> found = read_misread_opening("~lr. TSIA\\\\l; {China): The President has asked",
    ...                              load_language("en"), frozenset({"CHN"}))
    >>> found.state
    'CHN'
    """
    head = text.replace("\n", " ")
    readings = [
        reading
        for shape in _SHAPES
        if (found := shape.match(head)) is not None
        and (reading := _reading(found, language, roster)) is not None
    ]
    return max(readings, key=lambda reading: reading.score, default=None)


def _reading(found: re.Match[str], language: Language, roster: frozenset[str]) -> Misread | None:
    name, one, two = found.group("name"), found.group("one"), found.group("two")
    if len(name.split()) > 7:
        return None
    brackets = [(one, *found.span("one"))]
    if two:
        brackets.append((two, *found.span("two")))
    state, state_score = _state(one, language, roster)
    mark, mark_score = _mark(two or one, language)
    office: str | None = None
    office_score = max(
        (_like(name, form) for o in language.data.labels.offices for form in o.forms), default=0.0
    )
    if two is None and mark_score > state_score:
        # A mark with no State before it stands only after an office.
        if max(mark_score, office_score) < _MARK_LIKE and mark_score + office_score < 0.8:
            return None
        office, state, state_score = "president", None, 1.0
    elif state is None:
        return None
    score = min(state_score if state else 1.0, max(mark_score, office_score) if office else 1.0)
    opening = Opening(
        name=" ".join(name.split()),
        honorific=None,
        office=office,
        brackets=tuple(brackets),
        label_end=found.end() - 1,
        end=found.end(),
        certain=score >= _SURE,
    )
    spoken = mark if (two and mark_score >= _MARK_LIKE) or office else None
    return Misread(opening, office, state, spoken, round(score, 2))


def relabelled(label: Label, misread: Misread, members: frozenset[str]) -> Label:
    """Return a label with what was found by likeness in place of what was not understood."""
    capacity: Capacity = "president" if misread.office else "member"
    affiliation = None
    if misread.state:
        words = misread.opening.brackets[0][0]
        affiliation = Affiliation(words, "state", misread.state)
        capacity = "member" if not members or misread.state in members else "invited"
    return msgspec.structs.replace(
        label,
        capacity=capacity,
        affiliation=affiliation,
        language=misread.language,
        unknown_mark=None,
    )


def misread_line(text: str, templates: list[str]) -> tuple[float, str | None]:
    """Return how like a line is to the likest of some formulae (0 to 1), and the time it prints.

    >>> from mahdar.languages import load_language
    >>> english = load_language("en")
    >>> misread_line("'l`he meeting rosc at 6.30 p,m.", list(english.data.acts.closed.printed))[1]
    '6.30 p.m.'
    """
    time = _TIME.search(text)
    bare = text[: time.start()] + text[time.end() :] if time else text
    best = 0.0
    for template in templates:
        for form in plain_forms(template):
            if ("{time}" in form) == bool(time):
                best = max(best, _like(bare, re.sub(r"\{\w+\}", "", form)))
    printed = (
        re.sub(r"([ap])\W{0,2}m\W?$", r"\1.m.", time.group(), flags=re.IGNORECASE) if time else None
    )
    return best, printed


def like_head(text: str, heads: list[str]) -> bool:
    """Tell whether words are most likely the head of a list of votes, misread."""
    return any(_like(text, head) >= _HEAD_LIKE for head in heads if "{" not in head)


def _state(words: str, language: Language, roster: frozenset[str]) -> tuple[str | None, float]:
    known = find_state(words, language)
    if known:
        return known.code, 1.0
    best, score = None, 0.0
    for code in roster:
        for form in names_by_code(language).get(code, ()):
            like = _like(words, form)
            if like > score:
                best, score = code, like
    if score >= _STATE_LIKE:
        return best, score
    likely = likely_state(words, language)
    if likely:
        return likely.code, 0.7
    return None, score


def _mark(words: str, language: Language) -> tuple[str | None, float]:
    best, score = None, 0.0
    for code, form in _marks(language):
        like = _like(words, form)
        if like > score:
            best, score = code, like
    return best, score


@functools.cache
def _marks(language: Language) -> list[tuple[str, str]]:
    """Return (code, mark) for the usual marks of the official languages, spelt out."""
    forms = [
        form
        for template in language.data.language_marks.forms
        for form in plain_forms(template)
        if form.count("{") == 1 and "{language}" in form and len(form) < 44
    ]
    official = ("ar", "zh", "en", "fr", "ru", "es")
    names = language.data.language_marks.names
    return [
        (code, form.replace("{language}", names[code][0]))
        for code in official
        if code in names
        for form in forms
    ]


def _like(one: str, other: str) -> float:
    """Return how alike two strings are by their letters, 0 to 1."""
    a = _LETTERS.sub("", one.casefold())
    b = _LETTERS.sub("", other.casefold())
    if not a or not b:
        return 0.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.4 else 0.0
