"""Who or what a printed name means, and how that was found."""

from __future__ import annotations

import msgspec
from rapidfuzz import fuzz, process

from mahdar.authority.finder import NameFound, name_table
from mahdar.authority.tables import names, rows
from mahdar.languages import language_codes, load_language
from mahdar.organs import read_organ

_LIKE = 80.0
_MOST = 3


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that a name may mean.

    ``how`` says, a sentence each, how the name was read; ``names`` are the usual names
    in the six languages; ``facts`` what the tables hold: codes, dates, former names.
    """

    code: str
    kind: str
    name: str
    language: str
    how: tuple[str, ...]
    names: dict[str, str]
    facts: dict[str, str]
    score: float = 1.0


def who(name: str, language: str | None = None) -> tuple[Answer, ...]:
    """Say what a printed name of a State, body, group or office means.

    Args:
        name: as printed, with what stands or is written together before it.
        language: ISO 639-1; all six where it is not given.

    Returns:
        The answers, the surest first; where none is exact, those most alike; or none.

    >>> answer = who("منظمة المؤتمر الإسلامي")[0]
    >>> answer.code, answer.names["en"]
    ('OIC', 'Organization of Islamic Cooperation')
    >>> answer.how[1]
    'a former name in English: Organization of the Islamic Conference, 1969-09-25 to 2011-06-28'
    >>> who("L'nited Klngdom", "en")[0].code
    'GBR'
    """
    answers = exactly(name, language)
    if answers:
        return answers
    likely: list[Answer] = []
    for code in (language,) if language else language_codes():
        likely += _alike(name, code)
    best: dict[str, Answer] = {}
    for answer in sorted(likely, key=lambda answer: -answer.score):
        best.setdefault(answer.code, answer)
    return tuple(list(best.values())[:_MOST])


def exactly(name: str, language: str | None = None) -> tuple[Answer, ...]:
    """Say what a name means that is printed as the tables have it; nothing that is only alike.

    Args:
        name: as for :func:`who`.
        language: as for :func:`who`.

    >>> [answer.code for answer in exactly("中国")], exactly("L'nited Klngdom")
    (['CHN'], ())
    """
    answers: dict[str, Answer] = {}
    for code in (language,) if language else language_codes():
        for found in name_table(code).find(name.strip()):
            if _whole(found, name):
                answers.setdefault(found.name.code, _answer(found, code))
    return tuple(answers.values())


_SMALL = frozenset(word for row in rows("small_words.tsv") for word in row["words"].split())


def _whole(found: NameFound, name: str) -> bool:
    """Return whether the name is all that was asked for, small words before it aside."""
    rest = (name.strip()[: found.start] + " " + name.strip()[found.end :]).replace("’", "'")
    words = rest.replace("'", " ").split()
    return all(word.strip(".,-").casefold() in _SMALL or not word.strip(".,-") for word in words)


def _answer(found: NameFound, language: str) -> Answer:
    name = found.name
    how = [f"'{name.printed}' is a name of it in {language}"]
    if found.lead:
        how[0] = f"'{found.lead}' is written together with the name; " + how[0]
    if name.form:
        how[0] += f" ({name.form})"
    how += _former(name.code, name.printed, language)
    return describe(name.code, name.kind, name.printed, language, tuple(how))


def describe(
    code: str, kind: str, name: str, language: str, how: tuple[str, ...], score: float = 1.0
) -> Answer:
    """Return what is known of an identity: its names in six languages, and its facts."""
    return Answer(code, kind, name, language, how, _names(code, kind), _facts(code, kind), score)


def _names(code: str, kind: str) -> dict[str, str]:
    file = {"state": "states.tsv", "office": "offices.tsv"}.get(kind, "organisations.tsv")
    known = {language: names(file, language).get(code, [""])[0] for language in language_codes()}
    return {language: name for language, name in known.items() if name}


def _permanent() -> set[str]:
    council = read_organ("SC")
    return {state.code for state in council.permanent} if council else set()


def _facts(code: str, kind: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    if kind == "state":
        row = next((row for row in rows("states_facts.tsv") if row["code"] == code), {})
        facts = {key: value for key, value in row.items() if value and key != "code"}
        formal = names("states_formal.tsv", "en").get(code)
        if formal:
            facts["formal"] = formal[0]
        terms = [
            f"{row['first']}-{row['last']}"
            for row in rows("council_members.tsv")
            if code in row["members"].split()
        ]
        if code in _permanent():
            facts["council"] = "permanent member"
        elif terms:
            facts["council"] = ", ".join(terms)
    elif kind == "office":
        row = next((row for row in rows("offices.tsv") if row["code"] == code), {})
        facts["body"] = row.get("body", "")
        held = [
            f"{r['en']} ({r['from']} to {r['until']})"
            for r in rows("office_holders.tsv")
            if r["code"] == code
        ]
        if held:
            facts["holders"] = "; ".join(held)
    else:
        row = next((row for row in rows("organisations.tsv") if row["code"] == code), {})
        facts["kind"] = row.get("kind", "")
    return facts


def _former(code: str, printed: str, language: str) -> list[str]:
    """Return what the tables say of a name that held for a time."""
    said = []
    for row in (*rows("organisations_when.tsv"), *rows("states_when.tsv")):
        if row["code"] != code or printed not in (row["name"], row.get(language)):
            continue
        if row["until"]:
            since = row["from"] or "?"
            said.append(f"a former name in English: {row['name']}, {since} to {row['until']}")
            said.append(row["note"])
        else:
            said.append(f"the name since {row['from']}; {row['note']}")
    return said


def _alike(name: str, code: str) -> list[Answer]:
    """Return the known names that a misread one is most like."""
    language = load_language(code)
    known = {
        language.key(entry.printed): entry
        for entry in name_table(code).names()
        if entry.kind != "none" and not entry.printed.isupper()
    }
    found = process.extract(
        language.key(name), known, scorer=fuzz.ratio, limit=_MOST, score_cutoff=_LIKE,
        processor=lambda entry: entry if isinstance(entry, str) else language.key(entry.printed),
    )  # fmt: skip
    return [
        describe(
            entry.code, entry.kind, entry.printed, code,
            (f"no name is '{name}'; most alike in {code} is '{entry.printed}'",),
            round(score / 100, 2),
        )
        for entry, score, _ in found
    ]  # fmt: skip
