"""Formulae of procedure: written once as data, read as patterns.

Notation: ``{slot}`` is a value, ``[words]`` may be missing, ``(this|that)`` is
one of several, ``[this|that]`` one of several or none; a backslash before a bracket
makes it a bracket that is printed. ``<phrase>`` is a phrase that the language file writes once for
many formulae; a formula that begins with ``^`` stands at the beginning of its sentence. A blank
matches any run of blanks. A full stop at the end of a formula may be missing in print.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from mahdar.languages.fold import Fold, FoldedText

_SLOT = re.compile(r"\{([a-z_]+)\}")
_PHRASE = re.compile(r"<([a-z_]+)>")
_DEEPEST = 6

_TIME = (
    r"(?:\d{1,2}\s*[/:.٫h時时]\s*\d{2}(?:\s*[ap]\.?\s?m\b\.?)?"
    r"|\d{1,2}\s*[ap]\.?\s?m\b\.?|(?:12 )?noon)"
)
# Words of a name: a full stop ends them, unless it follows an initial or a shortened title.
_NAMED = (
    r"(?:[^.؟!?\n。！？]|(?<=\bmr)\.|(?<=\bmrs)\.|(?<=\bms)\."
    r"|(?<=\bdr)\.|(?<=\bsr)\.|(?<=\bsra)\.|(?<=\bsres)\.|(?<=\bprof)\.|(?<=\bst)\.|(?<=\b\w)\.)"
)
# What each slot may hold, on folded text. A slot that is not named here takes
# words up to the end of the clause.
SLOTS: Mapping[str, str] = {
    "time": _TIME,
    "hour": r"\d{1,2}",
    "minute": r"\d{1,2}",
    "day": r"\d{1,2}",
    "year": r"\d{4}",
    "rule": r"\d{1,3}",
    "number": r"\d[\d, ]*",
    "symbol": r"[a-z]{1,4}[/.](?:[^\s،؛,;()\"»。，；：（）]|\([^\s()]*\))*"
    r"[^\s.،؛,;:(\"»。，；：（）]",
    "person": _NAMED + "+",
    "definite": _NAMED + "+",
    "people": _NAMED + "+?",
    "capacity": _NAMED + "+",
    "draft": r"[^:：]{3,240}?",
    "rest": r".*?",
    "lead": r"[^.]{0,90}?",
    "note": r"[^()]+",
    "until": _TIME,
    "for": r"\d{1,3}|\w+",
    "against": r"\d{1,3}|\w+",
    "abstaining": r"\d{1,3}|\w+",
    "resolution": r"[^()]{1,24}(?:\([^()]*\))?[^()]{0,4}",
    "digits": r"\d+",
    "items": r"\d[\d\w (),–-]*?",
    "ordinal": r"[^.،؛,;:()\n。，；：（）]+?",
    "ordinal_words": r"[^.،؛,;:()\n\d]+?",
    "place": r".+?",
    "date_words": r".+",
    "meant": r"[^.\]。］]+",
    "group": r"[^.;:(),]+?"
    r"(?=\s*(?:[.;:(),]|-\s|$|\bto\b|\bin (?:order|explanation)\b|\bon\b|\bwith\b|\bconcerning\b))",
}
_OTHER = r"[^.،؛,;:()\n。，；：（）]+?"


_ENDINGS = ("", ".", "。")
_AFTER = r"(?:\A|(?<=[,;:،؛，；：])\s*)"
_BEGINS = r"\A[\W_]*"


class Formula(msgspec.Struct, frozen=True):
    """One formula, ready to read with."""

    template: str
    pattern: re.Pattern[str]
    slots: tuple[str, ...]


class Match(msgspec.Struct, frozen=True):
    """Where a formula was found in printed text, and its slots as printed."""

    start: int
    end: int
    values: dict[str, str]


def compile_formula(template: str, fold: Fold, slots: Mapping[str, str] | None = None) -> Formula:
    """Turn a template into a pattern over folded text.

    Args:
        template: the formula in the notation above.
        fold: the language's fold.
        slots: patterns, on folded text, for slots of the language's own.

    Raises:
        ValueError: a bracket or brace is not closed; the message quotes the place.

    >>> from mahdar.languages.fold import make_fold
    >>> fold = make_fold([], "", [])
    >>> formula = compile_formula("The meeting rose at {time}.", fold)
    >>> text = "The meeting  rose at 1.05 p.m."
    >>> find(formula, fold.view(text), text).values
    {'time': '1.05 p.m.'}
    """
    known = {**SLOTS, **(slots or {})}
    names: list[str] = []
    out: list[str] = []
    depth: list[str] = []
    position = 0
    template_read = template.strip()
    if template_read.startswith("^"):
        out.append(_BEGINS)
        position = 1
    while position < len(template_read):
        character = template_read[position]
        slot = _SLOT.match(template_read, position)
        if slot:
            name = slot.group(1)
            holds = known.get(name, _OTHER)
            if template_read[slot.end() :] in _ENDINGS and holds.endswith(("+?", "*?", "}?")):
                holds = holds[:-1]  # nothing after it tells where it ends
            if not out and holds.endswith(("+?", "*?", "}?")):
                out.append(_AFTER)  # words of any kind: they begin where a clause does
            out.append(f"(?P<{name}_{len(names)}>{holds})")
            names.append(name)
            position = slot.end()
            continue
        if character == "\\" and position + 1 < len(template_read):
            out.append(re.escape(template_read[position + 1]))
            position += 2
            continue
        if character in "{}":
            raise ValueError(f"'{character}' at place {position + 1} of '{template}' names no slot")
        if character in "[(":
            depth.append(character)
            out.append("(?:")
        elif character in "])":
            if not depth or depth.pop() + character not in ("[]", "()"):
                raise ValueError(
                    f"'{character}' at place {position + 1} of '{template}' closes nothing"
                )
            out.append(")?" if character == "]" else ")")
        elif character == "|" and depth:
            out.append("|")
        elif character.isspace():
            out.append(r"\s+")
        else:
            folded = character.translate(fold.table).lower()
            out.append(re.escape(folded) + (r"?" if _last_stop(template_read, position) else ""))
        position += 1
    if depth:
        raise ValueError(f"'{depth[-1]}' of '{template}' is not closed")
    return Formula(template, re.compile("".join(out)), tuple(names))


def expand_phrases(template: str, phrases: Mapping[str, str], depth: int = 0) -> str:
    """Put the phrases of a language into a template.

    Raises:
        ValueError: a phrase is not known, or holds itself.

    >>> expand_phrases("<we> (agree|object)", {"we": "(I|we) [now]"})
    '(I|we) [now] (agree|object)'
    """

    def phrase(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in phrases or depth > _DEEPEST:
            why = "is not among the phrases" if name not in phrases else "holds itself"
            raise ValueError(f"'<{name}>' of '{template}' {why}")
        return expand_phrases(phrases[name], phrases, depth + 1)

    return _PHRASE.sub(phrase, template) if "<" in template else template


def bare_pattern(formula: Formula) -> str:
    """Return the pattern of a formula without the names of its slots, to be part of another."""
    return re.sub(r"\(\?P<\w+>", "(?:", formula.pattern.pattern)


def _last_stop(template: str, position: int) -> bool:
    return position == len(template) - 1 and template[position] in ".。"


def find(
    formula: Formula, view: FoldedText, text: str, *, whole: bool = False, at_start: bool = False
) -> Match | None:
    """Find a formula in printed text.

    Args:
        formula: from :func:`compile_formula`.
        view: ``text`` folded with the fold that the formula was compiled with.
        text: as printed.
        whole: the text must be the formula and nothing else.
        at_start: the text must begin with the formula.
    """
    if whole:
        found = formula.pattern.fullmatch(view.text)
    else:
        found = formula.pattern.match(view.text) if at_start else formula.pattern.search(view.text)
    if found is None:
        return None
    values: dict[str, str] = {}
    for number, name in enumerate(formula.slots):
        start, end = found.span(f"{name}_{number}")
        if start >= 0 and name not in values:
            values[name] = text[view.printed(start) : view.printed(end)].strip()
    return Match(view.printed(found.start()), view.printed(found.end()), values)


def plain_forms(template: str, most: int = 24) -> list[str]:
    """Return a template spelt out: each choice in turn, what may be missing left out and put in.

    Args:
        template: in the notation of this module; slots stay as they are.
        most: no more forms than this.

    >>> plain_forms("It (opened|rose)[ again].")
    ['It opened.', 'It rose.', 'It opened again.', 'It rose again.']
    """
    forms = [""]
    position = 1 if template.startswith("^") else 0
    while position < len(template):
        character = template[position]
        if character == "\\" and position + 1 < len(template):
            forms = [form + template[position + 1] for form in forms]
            position += 2
        elif character in "[(":
            end = closing(template, position)
            inner = template[position + 1 : end]
            choices = [f for choice in choices_of(inner) for f in plain_forms(choice, most)]
            if character == "[":
                forms = (forms + [form + choice for choice in choices for form in forms])[:most]
            else:
                forms = [form + choice for form in forms for choice in choices][:most]
            position = end + 1
        else:
            forms = [form + character for form in forms]
            position += 1
    return forms


def closing(template: str, start: int) -> int:
    """Return where the bracket that opens at ``start`` closes, or the end where it does not."""
    depth, position = 0, start
    while position < len(template):
        if template[position] == "\\":
            position += 2
            continue
        depth += template[position] in "[("
        depth -= template[position] in "])"
        if depth == 0:
            return position
        position += 1
    return len(template)


def choices_of(inner: str) -> list[str]:
    """Return what a bracket holds between its own bars, given what stands within it.

    >>> choices_of("this|[or] that")
    ['this', '[or] that']
    """
    depth = position = 0
    out = [""]
    while position < len(inner):
        character = inner[position]
        taken = inner[position : position + 2] if character == "\\" else character
        depth += taken in ("[", "(")
        depth -= taken in ("]", ")")
        if taken == "|" and depth == 0:
            out.append("")
        else:
            out[-1] += taken
        position += len(taken)
    return out


def telling_words(template: str, fold: Fold) -> frozenset[str]:
    """Return words, folded, of which every text holds one that a formula finds; none if unknown.

    Args:
        template: in the notation of this module.
        fold: the language's fold.

    >>> from mahdar.languages.fold import make_fold
    >>> sorted(telling_words("{draft} was (rejected|not adopted)[ by vote]", make_fold([], "", [])))
    ['adopted', 'rejected']
    """
    best: list[str] = []
    bare = ""
    position = 0
    while position < len(template):
        character = template[position]
        if character == "\\":
            bare += " "
            position += 2
        elif character == "{":
            bare += "\0"
            position = template.index("}", position) + 1
        elif character in "[(":
            end = closing(template, position)
            bare += "\0"  # what touches a bracket may be part of a longer word
            if character == "(":
                choices = [telling_words(c, fold) for c in choices_of(template[position + 1 : end])]
                if all(choices):
                    best = _more_telling(best, [word for words in choices for word in words])
            position = end + 1
        else:
            bare += character
            position += 1
    for word in re.findall(r"(?<![\w\0])\w+(?![\w\0])", bare):
        best = _more_telling(best, [word.translate(fold.table).lower()])
    return frozenset(best)


def _more_telling(one: list[str], other: list[str]) -> list[str]:
    """Return whichever of two lists has the longer shortest word: long words are rare."""
    return max(one, other, key=lambda words: min(map(len, words), default=0))
