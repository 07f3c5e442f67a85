"""For whom a speaker says to speak, besides the own State."""

from __future__ import annotations

import functools
import itertools
import re

from mahdar.authority.finder import name_table
from mahdar.languages import Language
from mahdar.parsing.acts import sentences


def groups_spoken_for(text: str, language: Language) -> tuple[str, ...]:
    """Return the groups for which a paragraph says that its speaker speaks, as printed.

    >>> from mahdar.languages import load_language
    >>> english = load_language("en")
    >>> groups_spoken_for("I have the honour to speak on behalf of the Nordic countries.", english)
    ('Nordic countries',)
    """
    if not language.holds(language.data.purposes.speaks_for, text):
        return ()
    for start, end in sentences(text, language):
        if language.holds(language.data.procedure.aligns_with, text[start:end]):
            continue  # the group for which another spoke
        sentence = text[start:end]
        match = language.match(language.data.purposes.speaks_for, sentence)
        if match is None:
            continue
        states = _states_listed(sentence, match.values["group"], language)
        if states:
            return states
        if is_group(match.values["group"], language):
            return split_groups(match.values["group"].strip(), language)
    return ()


def _states_listed(sentence: str, first: str, language: Language) -> tuple[str, ...]:
    """Return the States of a list that begins with some words, none where it is no such list."""
    rest = sentence[sentence.rfind(first) :]
    found = [f for f in name_table(language.data.code).find(rest) if f.name.kind == "state"]
    joined = _joins(language)
    listed = found[:1] if found and found[0].start < _ARTICLE else []
    for one, other in itertools.pairwise(found):
        if not listed or not joined.fullmatch(rest[one.end : other.start]):
            break
        listed.append(other)
    names = tuple(rest[f.start : f.end] for f in listed)
    return names if len(names) >= _SEVERAL else ()


_ARTICLE = 5
"""So many characters may stand before the first name: an article."""


def is_group(printed: str, language: Language) -> bool:
    """Tell whether words name a group: one that is known, or by a word that groups are called.

    >>> from mahdar.languages import load_language
    >>> english = load_language("en")
    >>> [is_group(words, english) for words in ("Nordic countries", "my delegation", "ASEAN")]
    [True, False, True]
    """
    facts, key = language.data.purposes, language.key
    words = set(_WORDS.findall(key(printed)))
    if words & set(map(key, facts.no_groups)):
        return False
    found = list(name_table(language.data.code).find(printed))
    if any(name.name.kind in ("group", "organisation") for name in found):
        return True
    for name in reversed(found):  # "United States": no group, for all its States
        printed = printed[: name.start] + printed[name.end :]
    nouns = list(map(key, facts.group_nouns))
    if language.data.writing.spaced:
        return bool(set(_WORDS.findall(key(printed))) & set(nouns))
    return any(noun in key(printed) for noun in nouns)


def split_groups(printed: str, language: Language) -> tuple[str, ...]:
    """Cut several groups at the word that joins them, where each is one that is known.

    >>> from mahdar.languages import load_language
    >>> split_groups("Group of 77 and China and the African Union", load_language("en"))
    ('Group of 77 and China', 'African Union')
    """
    found = list(name_table(language.data.code).find(printed))
    bodies = [f for f in found if f.name.kind in ("group", "organisation")]
    if len(bodies) < _SEVERAL:
        return (printed,)
    joined = _joins(language)
    between = [printed[a.end : b.start] for a, b in itertools.pairwise(bodies)]
    if all(joined.fullmatch(words) for words in between):
        return tuple(printed[f.start : f.end] for f in bodies)
    return (printed,)


_SEVERAL = 2
_WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def aligned_with(text: str, language: Language) -> tuple[str, ...]:
    """Return with whose statements a paragraph says that its speaker aligns, as printed.

    >>> from mahdar.languages import load_language
    >>> text = "We align ourselves with the statement made on behalf of the European Union."
    >>> aligned_with(text, load_language("en"))
    ('European Union',)
    """
    forms = language.data.procedure.aligns_with
    if not language.holds(forms, text):
        return ()
    found: list[str] = []
    for start, end in sentences(text, language):
        sentence = text[start:end]
        match = language.match(forms, sentence)
        if match is None:
            continue
        found += split_groups(match.values["group"].strip(), language)
        rest = sentence[match.end :]
        while another := language.match(language.data.procedure.for_group, rest):
            found += split_groups(another.values["group"].strip(), language)
            rest = rest[another.end :]
    return tuple(dict.fromkeys(found))


@functools.cache
def _joins(language: Language) -> re.Pattern[str]:
    words = "|".join(map(re.escape, language.data.votes.join))
    article = re.escape(language.data.writing.name_article)
    return re.compile(rf"\s*[,،、]?\s*(?:(?:{words})\s*)?(?:{article}\s+)?", re.IGNORECASE)
