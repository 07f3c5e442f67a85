"""Make findings, and tell them in a language."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Callable
from importlib import resources
from string import Formatter

import msgspec

from mahdar.model import Fact, Finding, FindingCode, Reading

_FIRST = "en"
Mark = Callable[[str, "str | int"], str]
Words = Callable[[str], str]


class Sentences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How findings are told in a language: ``list`` parts what is counted up."""

    list: str
    sentences: dict[str, str]


@functools.cache
def load_sentences(language: str) -> Sentences:
    """Return the sentences of a language, as they are kept beside this module.

    Args:
        language: code (ISO 639-1).

    Raises:
        FileNotFoundError: there are none in this language.
    """
    file = resources.files("mahdar.findings") / f"{language}.toml"
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")), Sentences)


@functools.cache
def languages_told() -> tuple[str, ...]:
    """Return the codes of the languages that findings can be told in.

    >>> languages_told()
    ('ar', 'en', 'es', 'fr', 'ru', 'zh')
    """
    files = resources.files("mahdar.findings").iterdir()
    return tuple(sorted(file.name[:-5] for file in files if file.name.endswith(".toml")))


def _as_it_is(_name: str, value: str | int) -> str:
    return str(value)


def _fill(
    language: str, key: str, facts: dict[str, Fact], mark: Mark = _as_it_is, words: Words = str
) -> str:
    told = load_sentences(language)
    out: list[str] = []
    # What was printed may hold braces of its own: only those of the sentence are looked for.
    for between, name, _, _ in Formatter().parse(told.sentences[key]):
        out.append(words(between))
        if name is None:
            continue
        value = facts[name]
        each = value if isinstance(value, tuple | list) else (value,)
        out.append(words(told.list).join(mark(name, one) for one in each))
    return "".join(out)


def _key(code: str, case: str) -> str:
    return f"{code}.{case}" if case else code


def report(
    code: FindingCode,
    score: float,
    readings: tuple[Reading, ...] = (),
    *,
    case: str = "",
    proposed: str | None = None,
    **facts: Fact,
) -> Finding:
    """Make a finding with its sentence in English.

    Args:
        code: its kind.
        score: how sure it is that something is wrong, 0 to 1.
        readings: what is printed, and where.
        case: which of the sentences of this kind tells it.
        proposed: the likely right reading.
        facts: what the sentence is filled with, by the names in its braces.

    Raises:
        KeyError: there is no such sentence, or it needs a fact that is not given.

    >>> report("page_without_text", 1.0, page=3).message
    'page 3 is a picture without text; --ocr reads it'
    """
    message = _fill(_FIRST, _key(code, case), facts)
    return Finding(code, message, score, readings, proposed, case, facts)


def explain_finding(
    finding: Finding, language: str, *, mark: Mark | None = None, words: Words | None = None
) -> str | None:
    r"""Tell a finding in a language.

    Args:
        finding: to tell.
        language: code (ISO 639-1), one of :func:`languages_told`.
        mark: is given the name and the value of each fact and returns how it is to be written; by
            default as it is.
        words: is given what stands between the facts, likewise.

    Returns:
        A sentence; None where there is none in this language, or where the finding was made by an
        earlier edition of Mahdar and holds only its message in English.

    >>> found = report("vote_name_twice", 0.9, name="Rwanda")
    >>> explain_finding(found, "fr")
    '«\xa0Rwanda\xa0» est nommé deux fois dans un même vote'
    >>> explain_finding(found, "la") is None
    True
    """
    if language not in languages_told():
        return None
    try:
        return _fill(
            language,
            _key(finding.code, finding.case),
            finding.facts,
            mark or _as_it_is,
            words or str,
        )
    except KeyError:
        return None
