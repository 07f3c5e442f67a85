"""Tell whether two who take part are the same, whatever language they are printed in."""

from __future__ import annotations

import re

from mahdar.model import Party

_WORD = re.compile(r"\w+")


def key_of(party: Party) -> str:
    """Return what a party is known by: the State or body it speaks for, else the last name.

    >>> from mahdar.model import Affiliation, Name
    >>> key_of(Party(Name("Mr. Lee", "Mr.", "Lee"), Affiliation("Chad", "state", "TCD")))
    'TCD'
    """
    affiliation = party.affiliation
    if affiliation is not None and affiliation.code and affiliation.kind != "secretariat":
        return affiliation.code
    if party.person is not None and party.person.name:
        return _last_word(party.person.name)
    return affiliation.label.casefold() if affiliation is not None else ""


def keys_of(party: Party) -> frozenset[str]:
    """Return all that a party may be known by: code of its body, last name, label of the body."""
    keys: set[str] = set()
    if party.affiliation is not None:
        keys.add(party.affiliation.code or party.affiliation.label.casefold())
    if party.person is not None and party.person.name:
        keys.add(_last_word(party.person.name))
    return frozenset(keys)


def same_party(one: Party, other: Party) -> bool:
    """Tell whether two parties may be the same: nothing that is known of both differs."""
    return bool(keys_of(one) & keys_of(other))


def may_differ(one: Party, other: Party) -> bool:
    """Tell whether two parties are certainly not the same: both bodies or both names are known.

    >>> from mahdar.model import Affiliation, Name
    >>> chad, lee = Affiliation("Chad", "state", "TCD"), Name("Mr. Lee", "Mr.", "Lee")
    >>> may_differ(Party(affiliation=chad), Party(lee)), may_differ(Party(lee), Party(lee, chad))
    (False, False)
    """
    if same_party(one, other):
        return False
    codes = [p.affiliation.code for p in (one, other) if p.affiliation and p.affiliation.code]
    names = [p.person.name for p in (one, other) if p.person and p.person.name]
    return len(codes) == _BOTH or len(names) == _BOTH


_BOTH = 2


def _last_word(name: str) -> str:
    return _WORD.findall(name.casefold())[-1] if _WORD.search(name) else name.casefold()
