"""Recognise the printed name that opens a turn, from a language's data alone."""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from mahdar.languages.loader import Language

_BRACKET = re.compile(r"\s*[(（]([^()（）]{1,160})[)）]")
_COLON = re.compile(r"\s*[:：]")
# A name ends where a sentence or a clause would: nobody is called "thanks, Mr. President".
_NAME = re.compile(r"[^(（)）:：.؟?!،,؛;。，；、？！\n\"«»“”]{2,70}")
_ABBREVIATED = re.compile(r"(?:[^(（)）:：؟?!،,؛;。，；、？！\n\"«»]){2,70}")
_ROLE = re.compile(r"\s*[,،]\s*([^:：.؟?!\"«»]{3,140}?)(?=\s*[:：])")
_PARTICLES = frozenset(
    "de da du des del van von der den el al bin ibn of la le y e".split()  # noqa: SIM905
)
_NUMBER = re.compile(r"\s*\d{1,3}\.\s+")
_LONGEST = 260


class Opening(msgspec.Struct, frozen=True):
    """The label at the head of a turn, taken apart.

    ``end`` is the offset just after the label and its colon, ``label_end`` the
    offset before the colon. ``brackets`` are the bracketed parts as printed, with
    their offsets. ``certain`` is false where the colon is missing or where
    nothing but the shape speaks for a label.
    """

    name: str
    honorific: str | None
    office: str | None
    brackets: tuple[tuple[str, int, int], ...]
    label_end: int
    end: int
    certain: bool
    role: str | None = None


def read_opening(
    text: str,
    language: Language,
    *,
    bold: int = 0,
    is_state: Callable[[str], bool] | None = None,
) -> Opening | None:
    """Read the label at the head of ``text``, or return None where there is none.

    Args:
        text: a paragraph, plain, as printed.
        language: whose honorifics and offices to look for.
        bold: how many characters at its head are emphasised.
        is_state: tells whether a bracketed name is a State or organisation that is
            known; then somebody without an honorific may be named before it.

    >>> from mahdar.languages import load_language
    >>> opening = read_opening("السيد أرو (فرنسا) (تكلم بالفرنسية): أشكركم", load_language("ar"))
    >>> opening.honorific, opening.name, [b[0] for b in opening.brackets]
    ('السيد', 'أرو', ['فرنسا', 'تكلم بالفرنسية'])
    """
    head = text[:_LONGEST].replace("\n", " ")
    # Older records number their paragraphs: "12. Mr. MALIK (Union of ...)".
    number = _NUMBER.match(head)
    first = number.end() if number else 0
    view = language.fold.view(head)
    if language.data.labels.honorific_after:
        name_match = _NAME.match(head, first)
        if name_match is None:
            return None
        name_end = name_match.end()
        before = language.fold.view(head[first:name_end])
        found = language.honorific_pattern.search(before.text)
        honorific = head[first + before.printed(found.start()) : name_end] if found else ""
        name = head[first : name_end - len(honorific)].strip()
    else:
        found = language.honorific_pattern.match(view.text, first)
        honorific_end = view.printed(found.end()) if found else first
        shape = _NAME if not found else _ABBREVIATED
        name_match = shape.match(head, honorific_end)
        if name_match is None and not found:
            return None
        name_end = name_match.end() if name_match else honorific_end
        honorific = head[first:honorific_end]
        name = head[honorific_end:name_end].strip()
    full_name = head[first:name_end].strip()
    office = language.office_of.get(language.key(full_name))
    if office is None:
        if not name or len(name.split()) > 8:
            return None
        if not found and not _bare_name(name, head, name_end, bold, is_state):
            return None
        if language.key(name) in language.office_of or language.key(name) in language.addresses:
            return None  # "Mr. President", a form of address
    position = name_end
    brackets: list[tuple[str, int, int]] = []
    while len(brackets) < 3:
        bracket = _BRACKET.match(head, position)
        if bracket is None:
            break
        brackets.append((bracket.group(1).strip(), bracket.start(1), bracket.end(1)))
        position = bracket.end()
    colon = _COLON.match(head, position)
    role = None
    if colon is None and (brackets or bold):
        role = _role(head, position, language)
        if role:
            colon = _COLON.match(head, role.end())
    if colon is None:
        marked = any(language_of_mark(words, language) for words, _, _ in brackets)
        if not (marked and (bold >= name_end - 1 or len(brackets) > 1)):
            return None
        if len(head) > position and not head[position].isspace():
            return None
    elif not brackets and bold < name_end - 1 and len(name.split()) > 4 and office is None:
        return None
    return Opening(
        name=full_name if office else name,
        honorific=None if office else honorific.strip() or None,
        office=office,
        brackets=tuple(brackets),
        label_end=role.end() if role else position,
        end=colon.end() if colon else position,
        certain=colon is not None,
        role=role.group(1).strip() if role else None,
    )


def _bare_name(
    name: str, head: str, end: int, bold: int, is_state: Callable[[str], bool] | None
) -> bool:
    """Tell whether words without an honorific are a name: a State and a colon follow."""
    bracket = _BRACKET.match(head, end)
    if bracket is None or is_state is None or not is_state(bracket.group(1)):
        return False
    words = name.split()
    cased = [word for word in words if word[0].isalpha() and word.lower() != word.upper()]
    if len(words) > 5 or not all(word[0].isupper() or word in _PARTICLES for word in cased):
        return False
    position = bracket.end()
    while (more := _BRACKET.match(head, position)) is not None:
        position = more.end()
    return _COLON.match(head, position) is not None and (bool(bold) or len(words) > 1)


def _role(head: str, position: int, language: Language) -> re.Match[str] | None:
    """Find a function after a name and its State: ", Rapporteur of the Third Committee:"."""
    found = _ROLE.match(head, position)
    if found is None:
        return None
    words = language.key(found.group(1))
    known = any(words.startswith(language.key(role)) for role in language.data.labels.roles)
    return found if known else None


def language_of_mark(words: str, language: Language) -> str | None:
    """Return the language (ISO 639-1) that a bracketed mark names, or None.

    >>> from mahdar.languages import load_language
    >>> language_of_mark("تكلم باللغة الصينية", load_language("ar"))
    'zh'
    """
    match = language.match(language.data.language_marks.forms, words, whole=True)
    if match is None:
        return None
    return language.language_of.get(language.key(match.values["language"]))
