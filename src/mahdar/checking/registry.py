"""The rules of this room: how one is entered, and all of them in their order.

A rule is a function in a module of its own. It says with :func:`reports` which kinds of findings
it makes, and by the names of its parameters which of the fields of :class:`Given` it needs.
Nothing else has to know of it.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec

from mahdar.languages import Language
from mahdar.model import Finding, Record
from mahdar.sources.block import Printed

ROOM = "mahdar.checking"
LATER = 1000
"""The place of a rule that names none: after those that do, by the names of the modules."""

Find = TypeVar("Find", bound=Callable[..., Iterable[Finding]])


class Given(msgspec.Struct, frozen=True):
    """What a rule may need: the record, its language, and the file that it comes from."""

    record: Record
    language: Language
    source: Printed


class Rule(msgspec.Struct, frozen=True):
    """A function that looks through a record: the kinds it may report, what it needs, its place."""

    find: Callable[..., Iterable[Finding]]
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    order: int

    @property
    def module(self) -> str:
        """Return the name of the module it stands in."""
        return self.find.__module__

    def run(self, given: Given) -> Iterable[Finding]:
        """Return what the rule finds."""
        return self.find(**{name: getattr(given, name) for name in self.needs})


# By module and name, so that a module that is loaded again enters its rules once.
_entered: dict[tuple[str, str], Rule] = {}


def reports(*kinds: str, order: int = LATER) -> Callable[[Find], Find]:
    """Enter a function as a rule; the function itself stays as it is.

    Args:
        kinds: codes of all the findings it may make, as they are named in ``findings/kinds``.
        order: its findings come after those of rules with a lower number.

    Raises:
        TypeError: it has a parameter that is no field of :class:`Given`.

    >>> from mahdar.checking.roster import check_roster
    >>> entered_in(check_roster.__module__)[0].needs
    ('record', 'language')
    """

    def enter(find: Find) -> Find:
        needs = tuple(inspect.signature(find).parameters)
        strange = sorted(set(needs).difference(Given.__struct_fields__))
        if strange:
            raise TypeError(
                f"{find.__module__}.{find.__qualname__} asks for {', '.join(strange)};"
                f" a rule may have {', '.join(Given.__struct_fields__)}"
            )
        _entered[find.__module__, find.__qualname__] = Rule(find, kinds, needs, order)
        return find

    return enter


def entered_in(module: str) -> tuple[Rule, ...]:
    """Return the rules of a module that is loaded, in their order."""
    found = [(rule.order, name, rule) for (at, name), rule in _entered.items() if at == module]
    return tuple(rule for _, _, rule in sorted(found, key=lambda each: each[:2]))


@functools.cache
def rules(room: str = ROOM) -> tuple[Rule, ...]:
    """Return all rules of a room in the order in which they are run.

    Args:
        room: package whose modules hold them.

    >>> [rule.find.__name__ for rule in rules()][:2]
    ['check_cover', 'check_headings']
    """
    places = importlib.import_module(room).__path__
    modules = sorted(found.name for found in pkgutil.iter_modules(places, f"{room}."))
    for module in modules:
        importlib.import_module(module)
    # Sorting keeps the order of the modules where places are the same.
    found = [rule for module in modules for rule in entered_in(module)]
    return tuple(sorted(found, key=lambda rule: rule.order))
