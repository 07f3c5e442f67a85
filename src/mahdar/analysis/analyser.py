"""From text to the words that are looked for: forms, stems, and where they stand."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

from mahdar.errors import ToolMissing
from mahdar.languages import Language, load_language

# Vowel marks and accents that are set as characters of their own belong to the word, and so does
# what only stretches an Arabic line.
_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f\u0640\u064b-\u065f\u0670])*")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LONG = 4
BREAK = "¶"
"""Stands between two paragraphs of a speech, so that no phrase goes across."""


@functools.cache
def _data() -> dict[str, Any]:
    file = resources.files("mahdar.analysis") / "stemming.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def analyser(code: str) -> Analyser:
    """Return how words of a language are analysed.

    Args:
        code: ISO 639-1; a language that Mahdar has no data for is analysed without stems.
    """
    return Analyser(code)


class Analyser:
    """Splits a text of one language into words and gives each its form and its stem.

    The *form* is the word as printed, lower case, vowel marks left out, digits plain. The
    *stem* is what its forms have in common; Chinese has none, pairs of characters stand for it.
    """

    def __init__(self, code: str) -> None:
        self.code = code
        data = _data().get(code, {})
        self.pairs: bool = data.get("pairs", False)
        self.attached: tuple[str, ...] = tuple(data.get("attached", ()))
        self._language = _language(code)
        endings = "|".join(map(re.escape, data.get("endings", ())))
        self._endings = re.compile(rf"(?<=\w)['’](?:{endings})\b", re.I) if endings else None
        self.stem: Callable[[str], str] = functools.lru_cache(maxsize=1 << 18)(_stemmer(code, data))

    def variants(self, stem: str) -> tuple[str, ...]:
        """Return a stem, and the same with each word that may be written together with it.

        >>> analyser("ar").variants("زواج")
        ('زواج', 'بزواج', 'لزواج', 'كزواج', 'فزواج')
        """
        return (stem, *(character + stem for character in self.attached))

    def words(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield each word's form and its offsets in ``text``; in Chinese, words as segmented.

        >>> list(analyser("en").words("The Council's 15 members"))
        [('the', 0, 3), ('council', 4, 11), ('15', 14, 16), ('members', 17, 24)]
        >>> [form for form, _, _ in analyser("ar").words("مجلسُ الأمن ٢٠١٣")]
        ['مجلس', 'الأمن', '2013']
        >>> [form for form, _, _ in analyser("zh").words("安全理事会第2118号决议")]
        ['安全', '理事会', '第', '2118', '号', '决议']
        """
        if not self.pairs:
            if self._endings and ("'" in text or "’" in text):
                text = self._endings.sub(lambda found: " " * len(found[0]), text)
            form = self._form
            for found in _WORD.finditer(text):
                yield form(found[0]), found.start(), found.end()
            return
        at = 0
        for piece in _cut()(text):
            if _WORD.match(piece):
                yield self._form(piece), at, at + len(piece)
            at += len(piece)

    def forms(self, text: str) -> list[str]:
        """Return the forms of the words of a text, in order; see :meth:`words`."""
        if self.pairs:
            return [self._form(piece) for piece in _cut()(text) if _WORD.match(piece)]
        if self._endings and ("'" in text or "’" in text):
            text = self._endings.sub(" ", text)
        return _WORD.findall(self._form(text))

    def searched(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield what is looked for in a text and where it stands: stems, or pairs of characters.

        >>> [stem for stem, _, _ in analyser("en").searched("withdrawing their forces")]
        ['withdraw', 'their', 'forc']
        >>> [pair for pair, _, _ in analyser("zh").searched("撤出部队，2013年")]
        ['撤出', '出部', '部队', '2013', '年']
        """
        if not self.pairs:
            for form, start, end in self.words(text):
                yield self.stem(form), start, end
            return
        at = 0
        for found in _HAN.finditer(text):
            yield from self._plain(text, at, found.start())
            run, start = found[0], found.start()
            if len(run) == 1:
                yield run, start, start + 1
            for n in range(len(run) - 1):
                yield run[n : n + 2], start + n, start + n + 2
            at = found.end()
        yield from self._plain(text, at, len(text))

    def _plain(self, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
        for found in _WORD.finditer(text, start, end):
            yield self._form(found[0]), found.start(), found.end()

    @functools.cached_property
    def _form(self) -> Callable[[str], str]:
        if self._language is None:
            return str.lower
        spelling = self._language.fold.spelling
        return lambda text: text.lower() if text.isascii() else spelling(text)


def _language(code: str) -> Language | None:
    from mahdar.languages import language_codes

    return load_language(code) if code in language_codes() else None


def plain(form: str) -> str:
    """Return a word without accents, as searchers type it.

    >>> plain("sécurité"), plain("ещё")
    ('securite', 'еще')
    """
    if form.isascii():
        return form
    split = unicodedata.normalize("NFKD", form)
    return "".join(s for s in split if not unicodedata.combining(s) or s == "\u0306").replace(
        "и\u0306", "й"
    )


@functools.cache
def _cut() -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError:
        raise ToolMissing(
            "Chinese words are found with the package rjieba: install it with"
            " pip install 'mahdar[archive]'"
        ) from None
    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


def _stemmer(code: str, data: dict[str, Any]) -> Callable[[str], str]:
    if name := data.get("snowball"):
        try:
            import Stemmer
        except ImportError:
            raise ToolMissing(
                "stems are found with the package pystemmer: install it with"
                " pip install 'mahdar[archive]'"
            ) from None
        snowball = Stemmer.Stemmer(name)
        return functools.partial(_snowball, data, snowball.stemWord)
    if data.get("prefixes"):
        key = load_language(code).fold.key
        endings = [key(suffix) for suffix in data["suffixes"]]
        return functools.partial(_light, data, endings, key)
    return plain


def _snowball(data: dict[str, Any], stem_word: Callable[[str], str], form: str) -> str:
    """Return Snowball's stem of a word, as the data of its language mends it."""
    # Accents go first, for searchers leave them out; then both sides give one stem.
    stem = stem_word(plain(form))
    while data.get("again") and len(stem) > _LONG and (shorter := stem_word(stem)) != stem:
        stem = shorter
    for ending in data.get("afterwards", ()):
        if stem.endswith(ending) and len(stem) - len(ending) >= data["left_afterwards"]:
            stem = stem.removesuffix(ending)
    return stem


def _light(data: dict[str, Any], endings: list[str], key: Callable[[str], str], form: str) -> str:
    """Return the light stem of an Arabic word."""
    word = key(form)
    for prefix in data["prefixes"]:
        left = data["left_after_long" if len(prefix) > 1 else "left_after_short"]
        if word.startswith(prefix) and len(word) - len(prefix) >= left:
            word = word[len(prefix) :]
            break
    for prefix in data["prefixes_before_alef"]:
        rest = word.removeprefix(prefix)
        if rest != word and rest.startswith(data["alef"]) and len(rest) >= data["left_before_alef"]:
            word = rest
            break
    for left in (data["left_after_suffix"], data["left_after_second_suffix"]):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= left:
                word = word[: len(word) - len(ending)]
    return word
