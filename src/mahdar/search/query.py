"""The query language: from what a searcher types to a tree, or to an error at its place.

``sanctions arms`` both; ``"no-fly zone"`` a phrase; ``"rule law"~3`` with words between;
``troops NEAR/5 withdrawal``; ``withdraw*``; ``=Peace`` as written; ``OR`` or ``|``; ``NOT`` or
``-``; brackets; ``field:value``.
"""

from __future__ import annotations

import difflib
import functools
import re
import tomllib
from importlib import resources
from typing import Any

from mahdar.errors import QueryError
from mahdar.search.tree import And, Field, Near, Node, Not, Or, Phrase, Word

LONGEST = 2000
_MOST_TERMS = 64
_DEEPEST = 24
_FARTHEST = 100
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "「": "」", "『": "』", "”": "”"}
_OPENS, _SHUTS = "(（", ")）"
_SPACE = re.compile(r"[\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u3000]+")
# Characters that stand alone between two words, as in a pasted sentence, are passed over.
_LONE = re.compile(r"(?:[^\w\s()（）\"“”«»„「」『』|]+(?!\S))+")
_NEAR = re.compile(r"NEAR(?:/(\d{1,4}))?$")
_SLOP = re.compile(r"~(\d{1,3})")
# What a bare word is made of: all but blanks, brackets, quotation marks and the character for OR.
_BARE = re.compile(
    r"[^\s()（）\"“”«»„「」『』|\u3000\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]+"
)
_FIELD = re.compile(r"([^\W\d_]+)[:：]")
_HOLDS_WORD = re.compile(r"\w")
_HAN_PREFIX = re.compile(r"^[\u3400-\u9fff]$")


@functools.cache
def fields() -> dict[str, dict[str, Any]]:
    """Return the fields that a question can name, by their English names."""
    file = resources.files("mahdar.search") / "fields.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@functools.cache
def _field_names() -> dict[str, str]:
    return {name.casefold(): field for field, row in fields().items() for name in row["names"]}


def parse(query: str) -> Node:
    """Return what a searcher typed as a tree.

    Args:
        query: in the query language.

    Raises:
        QueryError: it cannot be understood; the message shows the place and what to do.

    >>> parse('state:RUS "arms embargo"')
    And(parts=(Field(name='state', value='RUS', at=6),
     Phrase(text='arms embargo', at=10, exact=False, slop=0)))
    >>> parse('arms AND (embargo')
    Traceback (most recent call last):
    mahdar.errors.QueryError: this bracket is not closed; add ) after what belongs together
      arms AND (embargo
               ^
    """
    if len(query) > LONGEST:
        raise QueryError(
            f"the question is longer than {LONGEST:,} characters; shorten it",
            query=query[:60] + "…", at=60,
        )  # fmt: skip
    return _Parser(query).whole()


class _Parser:
    def __init__(self, query: str) -> None:
        # A line end in a question would break the line that shows the place of an error.
        self._text = re.sub(r"[\r\n\t\v\f\u2028\u2029\x00-\x1f\x85]", " ", query)
        self._at = 0
        self._terms = 0

    def whole(self) -> Node:
        self._blanks()
        if self._at == len(self._text):
            raise self._wrong("there is nothing to look for; type a word or a field:value", 0)
        node = self._either(0)
        if self._at < len(self._text):
            raise self._wrong("there is a bracket too many here; take it out", self._at)
        return node

    def _wrong(self, problem: str, at: int) -> QueryError:
        return QueryError(problem, query=self._text, at=at)

    def _blanks(self) -> None:
        while found := _SPACE.match(self._text, self._at) or self._lone():
            self._at = found.end()

    def _lone(self) -> re.Match[str] | None:
        before = self._text[self._at - 1 : self._at]
        return _LONE.match(self._text, self._at) if not before.strip() else None

    def _peek(self) -> str:
        self._blanks()
        return self._text[self._at] if self._at < len(self._text) else ""

    def _operator(self) -> str:
        """Return the operator that stands here, without passing it."""
        self._blanks()
        if self._peek() == "|":
            return "OR"
        found = _BARE.match(self._text, self._at)
        word = found[0] if found else ""
        if word in {"AND", "OR", "NOT"} or _NEAR.match(word):
            return word
        return ""

    def _pass_operator(self) -> None:
        if self._peek() == "|":
            while self._text[self._at : self._at + 1] == "|":
                self._at += 1
            return
        found = _BARE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _either(self, depth: int) -> Node:
        parts = [self._both(depth)]
        while self._operator() == "OR":
            self._pass_operator()
            parts.append(self._both(depth))
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _both(self, depth: int) -> Node:
        parts = [self._not(depth)]
        while True:
            operator = self._operator()
            if operator == "AND":
                self._pass_operator()
            elif operator == "OR" or not self._peek() or self._peek() in _SHUTS:
                break
            parts.append(self._not(depth))
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self, depth: int) -> Node:
        negated = False
        while True:
            here = self._peek()
            if self._operator() == "NOT":
                self._pass_operator()
            elif here in {"-", "−"} and self._text[self._at + 1 : self._at + 2].strip():
                self._at += 1
            else:
                break
            negated = not negated
        node = self._near(depth)
        return Not(node) if negated else node

    def _near(self, depth: int) -> Node:
        node = self._primary(depth)
        found = _NEAR.match(self._operator())
        if not found:
            return node
        at = self._at
        self._pass_operator()
        other = self._primary(depth)
        if not isinstance(node, Word) or not isinstance(other, Word) or node.prefix or other.prefix:
            raise self._wrong("NEAR stands between two words, as in troops NEAR/5 withdrawal", at)
        if _NEAR.match(self._operator()):
            raise self._wrong('NEAR joins two words, not three; use "..."~5', self._at)
        distance = int(found[1] or 10)
        if not 1 <= distance <= _FARTHEST:
            raise self._wrong(f"NEAR takes a distance from 1 to {_FARTHEST} words", at)
        return Near(node, other, distance, at)

    def _primary(self, depth: int) -> Node:
        here = self._peek()
        if not here:
            raise self._wrong("something is missing at the end; type a word", len(self._text))
        if here in _OPENS:
            return self._bracket(depth)
        if here in _SHUTS:
            raise self._wrong("a bracket is closed that is not open; take it out", self._at)
        operator = self._operator()
        if operator:
            raise self._wrong(f"{operator} stands between two words; type one before it", self._at)
        self._terms += 1
        if self._terms > _MOST_TERMS:
            raise self._wrong(
                f"the question has more than {_MOST_TERMS} words; shorten it", self._at
            )
        if here in _QUOTES:
            return self._phrase(exact=False)
        if here == "=" and self._text[self._at + 1 : self._at + 2] in tuple(_QUOTES):
            self._at += 1
            return self._phrase(exact=True)
        found = _FIELD.match(self._text, self._at)
        if found:
            return self._field(found)
        return self._word()

    def _bracket(self, depth: int) -> Node:
        opened = self._at
        if depth >= _DEEPEST:
            raise self._wrong(f"brackets are more than {_DEEPEST} deep; simplify", opened)
        self._at += 1
        if self._peek() and self._peek() in _SHUTS:
            raise self._wrong("there is nothing in these brackets; type a word", opened)
        if not self._peek():
            raise self._wrong(
                "this bracket is not closed; add ) after what belongs together", opened
            )
        node = self._either(depth + 1)
        if not self._peek() or self._peek() not in _SHUTS:
            raise self._wrong(
                "this bracket is not closed; add ) after what belongs together", opened
            )
        self._at += 1
        return node

    def _quoted(self) -> tuple[str, int]:
        opened = self._at
        shut = _QUOTES[self._text[opened]]
        end = self._text.find(shut, opened + 1)
        if end < 0:
            raise self._wrong("this quotation mark has no partner; close the phrase", opened)
        self._at = end + 1
        return self._text[opened + 1 : end], opened

    def _phrase(self, *, exact: bool) -> Node:
        text, opened = self._quoted()
        if not _HOLDS_WORD.search(text):
            raise self._wrong("there is no word between these quotation marks", opened)
        slop = 0
        if found := _SLOP.match(self._text, self._at):
            slop = int(found[1])
            self._at = found.end()
            if slop > _FARTHEST:
                raise self._wrong(f"~ takes up to {_FARTHEST} words", found.start())
        return Phrase(text, opened, exact, slop)

    def _field(self, found: re.Match[str]) -> Node:
        at = self._at
        name = _field_names().get(found[1].casefold())
        if name is None:
            close = difflib.get_close_matches(found[1].casefold(), list(_field_names()), 1)
            hint = f"did you mean {close[0]}:?" if close else "fields are " + ", ".join(fields())
            raise self._wrong(f"there is no field {found[1]}: ({hint})", at)
        self._at = found.end()
        start = self._at
        if self._text[start : start + 1] in tuple(_QUOTES):
            value, start = self._quoted()
        else:
            value = self._bare_value()
        if not value.strip():
            raise self._wrong(
                f"{name}: needs a value right after it, as in {fields()[name]['example']}", at
            )
        return Field(name, value.strip(), start)

    def _bare_value(self) -> str:
        """Return a value up to a blank, or up to a bracket that closes one opened before it."""
        start, depth = self._at, 0
        while self._at < len(self._text):
            character = self._text[self._at]
            if character.isspace() or character in '|"“”«»':
                break
            if character in _OPENS:
                depth += 1
            elif character in _SHUTS:
                if not depth:
                    break
                depth -= 1
            self._at += 1
        return self._text[start : self._at]

    def _word(self) -> Node:
        at = self._at
        found = _BARE.match(self._text, at)
        text = found[0] if found else self._text[at]
        self._at = found.end() if found else at + 1
        exact = text.startswith("=")
        text = text.removeprefix("=")
        prefix = text.endswith("*")
        text = text.rstrip("*")
        if not _HOLDS_WORD.search(text):
            raise self._wrong("there is no word here; type one, or take the character out", at)
        if prefix and len(text) < 2 and not _HAN_PREFIX.match(text):
            raise self._wrong("* needs at least two letters before it", at)
        return Word(text, at, exact, prefix)
