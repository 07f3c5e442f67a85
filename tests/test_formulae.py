"""The formulae of procedure, one by one: with any one left out, nothing silently becomes speech."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import msgspec
import pytest

import mahdar
from mahdar.languages import Language, language_codes, load_language
from mahdar.languages.loader import ACTS
from mahdar.model import Act, Record, Within
from mahdar.parsing.acts import printed_act
from mahdar.parsing.spoken import SPOKEN, hear_chair
from mahdar.specimens.build import specimen
from tests.conftest import records_folder
from tests.procedure import lines_of, sentences_of

# Records that are read for their sentences where they are at hand.
RECORDS = ("A-61-PV.107.en.pdf", "A-48-PV.46.en.pdf", "S-PV.8700.en.pdf", "S-PV.7050.ar.txt")
HERE = Within(1, 1, 0, 0)


def records_at_hand() -> Iterator[Record]:
    folder = records_folder()
    if folder is None:
        return
    for name in RECORDS:
        if (folder / name).is_file():
            yield mahdar.read(folder / name, isolated=False)


@functools.cache
def sentences(code: str) -> tuple[str, ...]:
    """Return sentences from the Chair: of the hand-made list, the specimen, and records at hand."""
    found = [sentence.text for sentence in sentences_of(code)]
    records = [specimen(code), *(r for r in records_at_hand() if r.language == code)]
    for record in records:
        found += [act.text for act in record.acts() if act.within is not None and not act.spans]
    return tuple(dict.fromkeys(found))


@functools.cache
def lines(code: str) -> tuple[str, ...]:
    """Return printed lines."""
    found = [line.text for line in lines_of(code)]
    records: list[Record] = [specimen(code)]
    for record in records:
        found += [act.text for act in record.acts() if act.within is None]
    return tuple(dict.fromkeys(found))


def without(language: Language, act: str, kind: str, formula: str) -> Language:
    """Return a language that lacks one formula of an act."""
    forms = language.act_forms(act)
    kept = {form: seen for form, seen in getattr(forms, kind).items() if form != formula}
    changed = msgspec.structs.replace(forms, **{kind: kept}, written="", written_otherwise="")
    acts = msgspec.structs.replace(language.data.acts, **{act: changed})
    return Language(msgspec.structs.replace(language.data, acts=acts))


def values(act: Act) -> tuple[object, ...]:
    parties = tuple(
        (p.affiliation.code if p.affiliation else None, p.person.name if p.person else None)
        for p in act.all_parties()
    )
    return act.act, parties, act.symbol, act.symbols, act.rule, act.number, act.totals, act.time


def formulae(code: str, kind: str, acts: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    language = load_language(code)
    for act in acts:
        for formula in getattr(language.act_forms(act), kind):
            yield act, formula


@pytest.mark.parametrize("code", language_codes())
def test_a_spoken_formula_left_out(code: str) -> None:
    """Each act that it read is read by another with the same values, or is not understood."""
    language, silent = load_language(code), []
    read = {text: hear_chair(text, HERE, language) for text in sentences(code)}
    for act, formula in formulae(code, "spoken", SPOKEN):
        compiled = language.formula(formula).pattern
        touched = [
            text for text, heard in read.items()
            if any(a.act == act for a in heard.acts) and compiled.search(language.fold.view(text).text)
        ]  # fmt: skip
        if not touched:
            continue
        poorer = without(language, act, "spoken", formula)
        for text in touched:
            before, after = read[text], hear_chair(text, HERE, poorer)
            lost = [a for a in before.acts if values(a) not in list(map(values, after.acts))]
            if lost and not after.unknown and not after.acts:
                silent.append((act, formula[:60], text[:120]))
    assert silent == []


@pytest.mark.parametrize("code", language_codes())
def test_a_printed_formula_left_out(code: str) -> None:
    """A line that it read is read by another formula, or looks like procedure still."""
    language, silent = load_language(code), []
    signs = language.data.procedure.line_signs
    for act, formula in formulae(code, "printed", ACTS):
        compiled = language.formula(formula).pattern
        touched = [t for t in lines(code) if compiled.fullmatch(language.fold.view(t).text.strip())]
        if not touched:
            continue
        poorer = without(language, act, "printed", formula)
        silent += [
            (act, formula[:60], text[:120])
            for text in touched
            if printed_act(text, (), poorer) is None and not language.holds(signs, text)
        ]
    assert silent == []


@pytest.mark.parametrize("code", language_codes())
def test_every_formula_says_where_it_was_seen(code: str) -> None:
    language = load_language(code)
    for act in ACTS:
        forms = getattr(language.data.acts, act)
        for formula, seen in {**forms.printed, **forms.spoken}.items():
            assert seen == "not seen in print" or "PV." in seen, (act, formula, seen)
