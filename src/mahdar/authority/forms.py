"""The forms in which a name stands in a sentence: cases, and what is written together with it."""

from __future__ import annotations

import functools
from importlib import resources

import msgspec


class _Cases(msgspec.Struct, frozen=True):
    adjectives: list[list[str]]
    nouns: list[list[str]]
    stay: list[str]
    whole: dict[str, list[str]]


CASES = ("genitive", "dative", "accusative", "instrumental", "prepositional")


@functools.cache
def _cases(language: str) -> _Cases | None:
    file = resources.files("mahdar.authority") / "forms" / f"{language}.toml"
    return msgspec.toml.decode(file.read_bytes(), type=_Cases) if file.is_file() else None


def forms_of(name: str, language: str) -> dict[str, str]:
    """Return the forms of a name besides its own, and the case each stands in.

    Args:
        name: in its first form, as the tables have it.
        language: ISO 639-1; only Russian names change.

    >>> forms_of("Босния и Герцеговина", "ru")["Боснии и Герцеговины"]
    'genitive'
    >>> forms_of("Республика Чад", "ru")["Республики Чад"], forms_of("Chad", "en")
    ('genitive', {})
    """
    cases = _cases(language)
    if cases is None:
        return {}
    found: dict[str, str] = {}
    for number, case in enumerate(CASES):
        form = " ".join(_declined(name.split(), cases, number))
        if form != name:
            found.setdefault(form, case)
    return found


def _declined(words: list[str], cases: _Cases, case: int) -> list[str]:
    out, going = [], True
    for position, word in enumerate(words):
        if not going or word in ("и", "—", "-", "по") or word[0] in "(«":
            out.append(word)
            if word[0] in "(«":
                going = False
            continue
        form, noun = _word(word, cases, case)
        out.append(form)
        joined = position + 1 < len(words) and words[position + 1] in ("и", "—", "-")
        going = not noun or joined
    return out


def _word(word: str, cases: _Cases, case: int) -> tuple[str, bool]:
    """Return a word in a case, and whether it is a noun."""
    if word in cases.whole:
        return cases.whole[word][case], not word.endswith(("ый", "ой"))
    if word in cases.stay or word.isupper():
        return word, True
    for endings, noun in ((cases.adjectives, False), (cases.nouns, True)):
        for ending, *forms in endings:
            if word.endswith(ending):
                return word[: len(word) - len(ending)] + forms[case], noun
    return word, True
