"""The versions of a record for its page: where each comes from, and why it is current or not."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import msgspec
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from mahdar.archive.descent import Version
from mahdar.model.address import Address
from mahdar.web.numbers import write_day, write_plain

_DEEPEST = 4
"""What is based on more versions stands no further in."""


class Told(msgspec.Struct, frozen=True):
    """A version and what is told of it; ``depth`` is how far in it stands."""

    version: Version
    depth: int
    about: SafeString


def told_versions(versions: Sequence[Version]) -> list[Told]:
    """Return the versions of a record, told in the language of the interface.

    Args:
        versions: all of them, each after the one that it is based on.
    """
    current = next((version.version for version in versions if version.current), 0)
    return [Told(each, min(each.depth, _DEEPEST), _about(each, current)) for each in versions]


def _about(version: Version, current: int) -> SafeString:
    day = version.added.astimezone(datetime.UTC).date().isoformat()
    parts = [
        _origin(version), escape(gettext("added on %(day)s") % {"day": write_day(day)}),
        _base(version), _standing(version, current),
    ]  # fmt: skip
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def _filled(text: str, name: str, value: str) -> SafeString:
    """Return a sentence of the interface with a word of somebody's, which keeps its direction."""
    return mark_safe(escape(text) % {name: format_html("<bdi>{}</bdi>", value)})


def _origin(version: Version) -> SafeString:
    by = version.by
    if version.origin == "corrected":
        return _filled(gettext("corrected by %(by)s"), "by", by) if by else escape(
            gettext("corrected")
        )  # fmt: skip
    if version.origin == "composed":
        return _filled(gettext("composed by %(by)s"), "by", by) if by else escape(
            gettext("composed")
        )  # fmt: skip
    return _filled(gettext("read by %(by)s"), "by", by) if by else escape(gettext("read"))


def _base(version: Version) -> SafeString | None:
    if not version.base_seal:
        return None
    if not version.base:
        return escape(gettext("based on a version that is not here"))
    base = Address.parse(version.base)
    own = (base.key, base.language) == (version.key, version.language)
    shown = write_plain(base.version) if own else version.base
    if version.base_here:
        return _filled(gettext("based on version %(version)s"), "version", shown)
    return _filled(
        gettext("based on version %(version)s, which is no longer here"), "version", shown
    )


def _standing(version: Version, current: int) -> SafeString:
    if version.current:
        return _first(version)
    later = version.version > current
    if version.why == "choice":
        return escape(gettext("kept beside: another version was chosen"))
    if version.why == "people":
        return escape(
            gettext("kept beside: a reading displaces nothing that people decided") if later
            else gettext("superseded by what people decided")
        )  # fmt: skip
    if version.why == "status":
        return escape(gettext("superseded: final goes before provisional"))
    return escape(gettext("superseded by a newer one"))


def _first(version: Version) -> SafeString:
    """Return why the current version is that."""
    if version.why == "choice":
        told = escape(gettext("current: chosen"))
        if version.chosen_by:
            told = _filled(gettext("current: chosen by %(by)s"), "by", version.chosen_by)
        reason = format_html(": <bdi>{}</bdi>", version.reason) if version.reason else ""
        return format_html("{}{}", told, reason)
    words = {
        "people": gettext("current: what people decided goes before what is read"),
        "status": gettext("current: final goes before provisional"),
        "age": gettext("current: the newest"),
    }
    return escape(words.get(version.why) or gettext("current"))
