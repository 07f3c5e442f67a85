"""Make findings, and tell them in a language."""

from __future__ import annotations

from collections.abc import Callable
from string import Formatter

import msgspec

from mahdar.findings.kinds import CATALOGUE, FIRST
from mahdar.model import Fact, Finding, FindingCode, Reading

Mark = Callable[[str, "str | int"], str]
Words = Callable[[str], str]


def languages_told() -> tuple[str, ...]:
    """Return the codes of the languages that findings can be told in.

    >>> languages_told()
    ('ar', 'en', 'es', 'fr', 'ru', 'zh')
    """
    return CATALOGUE.languages


def _as_it_is(_name: str, value: str | int) -> str:
    return str(value)


def _fill(sentence: str, between_two: str, facts: dict[str, Fact], mark: Mark, words: Words) -> str:
    out: list[str] = []
    # What was printed may hold braces of its own: only those of the sentence are looked for.
    for between, name, _, _ in Formatter().parse(sentence):
        out.append(words(between))
        if name is None:
            continue
        value = facts[name]
        each = value if isinstance(value, tuple | list) else (value,)
        out.append(words(between_two).join(mark(name, one) for one in each))
    return "".join(out)


def _tell(finding: Finding, language: str, mark: Mark = _as_it_is, words: Words = str) -> str:
    sentence = CATALOGUE.sentence(finding.code, finding.case, language)
    return _fill(sentence, CATALOGUE.telling(language).list, finding.facts, mark, words)


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
        code: its kind, one of :func:`mahdar.findings.finding_kinds`.
        score: how sure it is that something is wrong, 0 to 1.
        readings: what is printed, and where.
        case: which of the sentences of this kind tells it.
        proposed: the likely right reading.
        facts: what the sentence is filled with, by the names in its braces
            (:func:`mahdar.findings.needed_facts`).

    Raises:
        KeyError: there is no such kind or case, or it needs a fact that is not given.

    >>> report("page_without_text", 1.0, page=3).message
    'page 3 is a picture without text; --ocr reads it'
    """
    missing = CATALOGUE.needed_facts(code, case) - facts.keys()
    if missing:
        raise KeyError(f"{code}: not given: {', '.join(sorted(missing))}")
    bare = Finding(code, "", score, readings, proposed, case, facts)
    return msgspec.structs.replace(bare, message=_tell(bare, FIRST))


def title_finding(finding: Finding, language: str) -> str:
    """Return the title of a finding's kind in a language.

    Args:
        finding: to name.
        language: code (ISO 639-1), one of :func:`languages_told`.

    Returns:
        A few words; in English where there are none in this language; the code itself where this
        edition of Mahdar does not know the kind.

    >>> title_finding(report("vote_name_twice", 0.9, name="Rwanda"), "es")
    'Estado repetido en una votación'
    """
    for code in (language, FIRST):
        try:
            return CATALOGUE.title(finding.code, code)
        except KeyError:
            continue
    return finding.code


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
    try:
        return _tell(finding, language, mark or _as_it_is, words or str)
    except KeyError:
        return None
