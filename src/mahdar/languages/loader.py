"""Load a language file, check it, and make its formulae ready to read with."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import Any

import msgspec

from mahdar.errors import LanguageDataError
from mahdar.languages.fold import Fold, FoldedText, make_fold
from mahdar.languages.formula import (
    SLOTS,
    Formula,
    Match,
    bare_pattern,
    compile_formula,
    expand_phrases,
    find,
    telling_words,
)
from mahdar.languages.schema import ActForms, LanguageFile

_SHORT = 60
ACTS: tuple[str, ...] = (
    "opened", "resumed", "suspended", "closed", "agenda_adopted", "invited", "floor_given",
    "document_noted", "statement_adopted", "capacity_changed", "capacity_resumed",
    "speakers_exhausted", "seated", "chair_taken", "decided", "adopted", "retained", "rejected",
    "withdrawn", "vote_taken", "vote_announced", "balloted", "silence", "advised", "escorted",
    "applause", "narrated", "floor_asked", "put_to_vote", "asked", "adjourned",
    "consultations_held", "silence_asked", "sponsors_added", "vote_requested", "time_limited",
    "concluded", "welcomed",
)  # fmt: skip


class _Hint:
    """Words of which a formula needs one: most texts hold none, and need no closer look."""

    def __init__(self, templates: tuple[str, ...], language: Language) -> None:
        self.formulae = [language.formula(template) for template in templates]
        self._always: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        for number, template in enumerate(templates):
            words = telling_words(language.expand(template), language.fold)
            if not words:
                self._always.append(number)
            for word in words:
                self._by_word.setdefault(word, []).append(number)
        # A word may be found as part of a longer one that another formula needs.
        self._by_word = {
            word: [n for part, numbers in self._by_word.items() if part in word for n in numbers]
            for word in self._by_word
        }
        bare = "|".join(map(re.escape, sorted(self._by_word, key=len, reverse=True)))
        self._pattern = re.compile(bare) if bare else None

    def numbers(self, view: str) -> list[int]:
        """Return the indexes of the formulae of which a folded text holds a word, in order."""
        found = set(self._pattern.findall(view)) if self._pattern else set[str]()
        if not found:
            return self._always
        numbers = {number for word in found for number in self._by_word[word]}
        return sorted(numbers.union(self._always))

    def likely(self, view: str) -> list[Formula]:
        """Return the formulae of which a folded text holds a word, in their order."""
        return [self.formulae[number] for number in self.numbers(view)]


class Groups:
    """Groups of formulae that are all looked for in the same texts, with one look at the words."""

    def __init__(self, groups: Mapping[str, Iterable[str]], language: Language) -> None:
        self._language = language
        self._names = tuple(groups)
        formulae = [(name, form) for name, forms in groups.items() for form in forms]
        self._group = [name for name, _ in formulae]
        self._hint = _Hint(tuple(form for _, form in formulae), language)

    def likely(self, text: str) -> Likely:
        """Return the formulae of each group that a text may hold."""
        view = self._language.view(text)
        found: dict[str, list[Formula]] = {}
        for number in self._hint.numbers(view.text):
            found.setdefault(self._group[number], []).append(self._hint.formulae[number])
        return Likely(view, text, found)


class Likely:
    """The formulae of each group that a text may hold, to be looked at when they are needed."""

    def __init__(self, view: FoldedText, text: str, found: dict[str, list[Formula]]) -> None:
        self._view, self._text, self._found = view, text, found

    def match(self, group: str) -> Match | None:
        """Return the first formula of a group that the text holds, or None."""
        for formula in self._found.get(group, ()):
            match = find(formula, self._view, self._text)
            if match:
                return match
        return None

    def holds(self, group: str) -> bool:
        """Tell whether the text holds any formula of a group."""
        text = self._view.text
        return any(formula.pattern.search(text) for formula in self._found.get(group, ()))


class Language:
    """One language's data with its formulae compiled on first use.

    ``prose`` is text of the kind that records hold, a paragraph a line, from which
    the grammar of the language can be learned before a record is seen.

    >>> arabic = load_language("ar")
    >>> arabic.data.direction
    'rtl'
    """

    def __init__(self, data: LanguageFile, prose: str = "") -> None:
        self.data = data
        self.prose = prose
        self.fold: Fold = make_fold(data.writing.fold, data.writing.skip, data.writing.digits)
        # The same words of a language file, and the same names, are folded again and again.
        self._short_key = functools.lru_cache(maxsize=8192)(self.fold.key)
        key = self.fold.key
        self._slots = {
            "language": _any(key(n) for names in data.language_marks.names.values() for n in names),
            "month": _any(key(form) for forms in data.calendar.months for form in forms),
            "weekday": _any(key(day) for day in data.calendar.weekdays),
        }
        times = [compile_formula(form, self.fold) for form in data.calendar.times]
        own = [*map(bare_pattern, times)]
        words = [*data.calendar.noon, *data.calendar.midnight]
        if words:
            own.append(_any(map(key, words)))
        if own:
            pattern = "|".join([*own[: len(times)], SLOTS["time"], *own[len(times) :]])
            self._slots["time"] = self._slots["until"] = f"(?:{pattern})"
        self.language_of = {
            key(name): code for code, names in data.language_marks.names.items() for name in names
        }
        self.month_of = {
            key(form): number
            for number, forms in enumerate(data.calendar.months, 1)
            for form in forms
        }
        self.weekday_of = {key(day): n for n, day in enumerate(data.calendar.weekdays)}
        self.office_of = {
            key(form): office.capacity for office in data.labels.offices for form in office.forms
        }
        self.shortened = frozenset(word.casefold() for word in data.writing.shortened)
        self.addresses = frozenset(key(form) for form in data.labels.address)
        self._compiled: dict[str, Formula] = {}
        self._hints: dict[tuple[str, ...], _Hint] = {}
        # One text is held against many formulae in a row.
        self.view = functools.lru_cache(maxsize=64)(self.fold.view)

    def __reduce__(self) -> tuple[Any, ...]:
        """Go from one process to another as a code: compiled formulae stay where they are."""
        return load_language, (self.data.code,)

    @property
    def gap(self) -> str:
        """What stands between two words or sentences: a blank, nothing in scripts without any."""
        return " " if self.data.writing.spaced else ""

    def key(self, text: str) -> str:
        """Return ``text`` as it is compared in this language."""
        return self._short_key(text) if len(text) < _SHORT else self.fold.key(text)

    def formula(self, template: str) -> Formula:
        """Return the compiled formula for a template of this language."""
        formula = self._compiled.get(template)
        if formula is None:
            formula = compile_formula(self.expand(template), self.fold, self._slots)
            self._compiled[template] = formula
        return formula

    def expand(self, template: str) -> str:
        """Return a template with the phrases of this language put in."""
        return expand_phrases(template, self.data.phrases)

    def match(
        self, templates: Iterable[str], text: str, *, whole: bool = False, at_start: bool = False
    ) -> Match | None:
        """Return the first formula of ``templates`` that ``text`` holds, or None.

        Args:
            templates: in order of preference.
            text: as printed.
            whole: the text must be the formula and nothing else.
            at_start: the text must begin with it.
        """
        if whole:
            text = text.strip()
        view = self.view(text)
        for formula in self._likely(tuple(templates), view.text):
            found = find(formula, view, text, whole=whole, at_start=at_start)
            if found:
                return found
        return None

    def holds(self, templates: Iterable[str], text: str, *, whole: bool = False) -> bool:
        """Tell whether ``text`` holds any formula of ``templates``; quicker than :meth:`match`.

        Args:
            templates: any number.
            text: as printed.
            whole: the text must be a formula and nothing else.
        """
        view = self.view(text.strip() if whole else text).text
        for formula in self._likely(tuple(templates), view):
            if formula.pattern.fullmatch(view) if whole else formula.pattern.search(view):
                return True
        return False

    def _likely(self, templates: tuple[str, ...], view: str) -> list[Formula]:
        """Return, in order, the formulae that a folded text may hold, by the words it holds."""
        hint = self._hints.get(templates)
        if hint is None:
            hint = self._hints[templates] = _Hint(templates, self)
        return hint.likely(view)

    def act_forms(self, name: str) -> ActForms:
        """Return the formulae of one act of :data:`ACTS`."""
        return self._acts[name]

    @functools.cached_property
    def _acts(self) -> dict[str, ActForms]:
        """The formulae of all acts, those in which they are written among those that are read."""
        return {name: _with_written(getattr(self.data.acts, name)) for name in ACTS}

    @functools.cached_property
    def printed_lines(self) -> list[str]:
        """The formulae of all acts that stand alone on a line."""
        return [form for name in ACTS for form in self.act_forms(name).printed]

    @functools.cached_property
    def known_sentences(self) -> list[str]:
        """The formulae of announcements and courtesies."""
        return list(self.data.procedure.known)

    @functools.cached_property
    def honorific_pattern(self) -> re.Pattern[str]:
        """A pattern over folded text for an honorific at the head of a label."""
        forms = sorted(
            (self.key(h.form) for h in self.data.labels.honorifics), key=len, reverse=True
        )
        words = "|".join(map(re.escape, forms))
        if self.data.labels.honorific_after:
            return re.compile(rf"(?:{words})\s*$")
        return re.compile(rf"(?:{words})(?=[\s.])\.?")


def _with_written(forms: ActForms) -> ActForms:
    written = {form: "written" for form in (forms.written, forms.written_otherwise) if form}
    if forms.spoken or not forms.printed:
        return msgspec.structs.replace(forms, spoken={**forms.spoken, **written})
    return msgspec.structs.replace(forms, printed={**forms.printed, **written})


def _any(words: object) -> str:
    forms = sorted(set(words), key=len, reverse=True)  # type: ignore[call-overload]
    return "(?:" + "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms) + ")"


@functools.cache
def load_language(code: str) -> Language:
    """Load a language that comes with Mahdar.

    Args:
        code: ISO 639-1, such as ``ar``.

    Raises:
        LanguageDataError: there is no such language file, or it breaks the schema.
    """
    if code not in language_codes():  # a record may name anything: no path is made of that
        known = ", ".join(language_codes())
        raise LanguageDataError(f"no language file for '{code}'; the languages at hand are {known}")
    file = resources.files("mahdar.languages") / f"{code}.toml"
    prose = resources.files("mahdar.languages") / f"{code}.prose.txt"
    procedure = resources.files("mahdar.languages") / "procedure" / f"{code}.toml"
    language = parse_language(
        file.read_text(encoding="utf-8"), f"{code}.toml", procedure.read_text(encoding="utf-8")
    )
    language.prose = prose.read_text(encoding="utf-8") if prose.is_file() else ""
    return language


@functools.cache
def language_codes() -> tuple[str, ...]:
    """Return the codes of the languages that come with Mahdar, sorted."""
    folder = resources.files("mahdar.languages")
    return tuple(sorted(file.name[:-5] for file in folder.iterdir() if file.name.endswith(".toml")))


def parse_language(text: str, name: str, procedure: str = "") -> Language:
    """Check the text of a language file and make a :class:`Language` of it.

    Args:
        text: TOML.
        name: the file's name, for messages.
        procedure: TOML too, of the file of that name in the folder ``procedure``: what is done in a
            meeting.

    Raises:
        LanguageDataError: says which entry is missing or wrong, and what was expected.
    """
    where = name
    try:
        whole = tomllib.loads(text)
        where = f"procedure/{name}"
        whole |= tomllib.loads(procedure)
        where = name
        data = msgspec.convert(whole, LanguageFile)
    except tomllib.TOMLDecodeError as error:
        raise LanguageDataError(f"{where}: not readable as TOML: {error}") from None
    except msgspec.ValidationError as error:
        raise LanguageDataError(f"{name}: {_in_words(str(error))}") from None
    for family in data.writing.digits:
        if len(family) != 10:
            raise LanguageDataError(
                f"{name}: writing.digits: '{family}' has {len(family)} characters;"
                " expected ten, zero to nine"
            )
    if len(data.calendar.months) != 12:
        raise LanguageDataError(
            f"{name}: calendar.months has {len(data.calendar.months)} months; expected twelve"
        )
    if len(data.calendar.weekdays) != 7:
        raise LanguageDataError(
            f"{name}: calendar.weekdays has {len(data.calendar.weekdays)} days; expected seven,"
            " Monday first"
        )
    return Language(data)


def check_formulae(language: Language, name: str) -> None:
    """Compile every formula of a language, so that a wrong bracket is found at once.

    Raises:
        LanguageDataError: quotes the formula and the place.
    """
    data = language.data
    groups = {
        "language_marks.forms": data.language_marks.forms,
        "calendar.date": data.calendar.date,
        "calendar.time_lead": data.calendar.time_lead,
        "cover.year": data.cover.year,
        "cover.meeting": data.cover.meeting,
    }
    for act in ACTS:
        forms = language.act_forms(act)
        groups[f"acts.{act}"] = [*forms.printed, *forms.spoken, *forms.stage, *forms.finished]
    for where, templates in groups.items():
        for template in templates:
            try:
                language.formula(template)
            except ValueError as error:
                raise LanguageDataError(f"{name}: {where}: {error}") from None


def _in_words(problem: str) -> str:
    """Put a schema error into a translator's words."""
    where = ""
    at = re.search(r" - at `\$\.?([^`]*)`", problem)
    if at:
        where, problem = f"at {at.group(1)}: ", problem[: at.start()]
    missing = re.search(r"missing required field `([^`]*)`", problem)
    if missing:
        return f"{where}the entry '{missing.group(1)}' is missing; add it"
    unknown = re.search(r"contains unknown field `([^`]*)`", problem)
    if unknown:
        return f"{where}the entry '{unknown.group(1)}' is not known; check its spelling"
    return where + problem[:1].lower() + problem[1:]
