"""How the command line tells the descent of versions, and of what is kept beside others."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from mahdar.api.archives import Address

if TYPE_CHECKING:
    from mahdar.api.archives import Added, Noted, Version

_NAMED = 3
_CURRENT = {
    "choice": "current: chosen", "people": "current: what people decided goes before what is read",
    "status": "current: final goes before provisional", "age": "current: the newest",
    "alone": "current",
}  # fmt: skip
_BESIDE = {
    "choice": "kept beside: another version was chosen",
    "status": "superseded: final goes before provisional", "age": "superseded by a newer one",
}  # fmt: skip


def tell_versions(versions: Sequence[Version]) -> str:
    """Return versions as a tree, those that are based on another under it.

    Args:
        versions: each after the one it is based on, those of one record together.
    """
    lines = []
    records = 0
    for (key, language), group in itertools.groupby(versions, lambda v: (v.key, v.language)):
        held = list(group)
        records += 1
        current = next((v for v in held if v.current), held[0])
        lines.append(f"{current.date or '':10}  {key}/{language}  {current.title[:70]}")
        lines += ["  " * (v.depth + 1) + _line(v, current) for v in held]
    lines.append(f"{_count(len(versions), 'version')} of {_count(records, 'record')}")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _line(version: Version, current: Version) -> str:
    by = f" by {version.by}" if version.by else ""
    return (
        f"@{version.version}  {version.origin}{by}, added {version.added:%Y-%m-%d}"
        f"{_base(version)}  ({_standing(version, current)})"
    )


def _base(version: Version) -> str:
    if not version.base_seal:
        return ""
    if not version.base:
        return ", based on a version that is not here"
    base = Address.parse(version.base)
    own = (base.key, base.language) == (version.key, version.language)
    shown = f"@{base.version}" if own else version.base
    return f", based on {shown}{'' if version.base_here else ', which is no longer here'}"


def _standing(version: Version, current: Version) -> str:
    """Return whether a version is current, and why."""
    if not version.current:
        if version.why == "people":
            return (
                "kept beside: a reading displaces nothing that people decided"
                if version.version > current.version
                else "superseded by what people decided"
            )
        return _BESIDE.get(version.why, "kept beside")
    told = _CURRENT[version.why]
    if version.why == "choice":
        told += f" by {version.chosen_by}" if version.chosen_by else ""
        told += f": {version.reason}" if version.reason else ""
    return told


def tell_noted(added: Added) -> list[str]:
    """Return lines about corrections that were kept, and about what is kept beside others."""
    lines = []
    if added.corrected:
        kept = "was" if added.corrected == 1 else "were"
        corrected = [each for each in added.noted if each.why == "alone"] or added.noted
        count = _count(added.corrected, "corrected version")
        lines.append(f"{count} {kept} kept: {_see(corrected)}")
    for why, what in (("people", "a corrected version"), ("choice", "a version that was chosen")):
        beside = [each for each in added.noted if each.why == why]
        if beside:
            lines.append(f"{len(beside):,} kept beside {what}: {_see(beside)}")
    return lines


def _see(noted: Sequence[Noted]) -> str:
    keys = list(dict.fromkeys(Address.parse(each.address).key for each in noted))
    more = keys[1:_NAMED]
    others = f" (and {', '.join(more)}{', …' if len(keys) > _NAMED else ''})" if more else ""
    return f"see mahdar list --versions {keys[0]}{others}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
