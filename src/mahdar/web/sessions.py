"""Where somebody is signed in: told to its owner, who can end it (OWASP ASVS 3.3.4)."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Collection, Iterator

import msgspec
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from mahdar.web.session_store import kept_key

_LONGEST = 300
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
    ("Chrom", "Chrome"), ("CriOS/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


class SignedIn(msgspec.Struct, frozen=True):
    """A session: its mark in forms, since when it is, by which browser, whether it is this one."""

    mark: str
    since: datetime.datetime | None
    browser: str
    here: bool


def note_session(request: HttpRequest) -> None:
    """Keep with a session that has just begun what its owner will know it by."""
    request.session["since"] = timezone.now().isoformat(timespec="seconds")
    request.session["agent"] = request.headers.get("User-Agent", "")[:_LONGEST]


def browser_of(agent: str) -> str:
    """Return which browser on which system says of itself what it says; empty where unknown.

    >>> browser_of("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0")
    'Firefox, Linux'
    >>> browser_of("curl/8.5.0")
    'curl'
    """
    known = [
        next((name for sign, name in table if sign in agent), "") for table in (_BROWSERS, _SYSTEMS)
    ]
    first = re.match(r"[A-Za-z][\w-]*", agent)
    return ", ".join(filter(None, known)) or (first.group() if first else "")


def _of(user: User) -> Iterator[tuple[Session, dict[str, str]]]:
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        held = session.get_decoded()
        if held.get(SESSION_KEY) == str(user.pk):
            yield session, held


def _mark(session_key: str) -> str:
    # The key itself would let in whoever sees the page.
    return hashlib.sha256(f"mark of {session_key}".encode()).hexdigest()[:24]


def sessions_of(user: User, here: str | None) -> list[SignedIn]:
    """Return where somebody is signed in, this session first, then the newest.

    Args:
        user: whose.
        here: key of the session that asks.
    """
    found = [
        SignedIn(
            _mark(session.session_key),
            datetime.datetime.fromisoformat(held["since"]) if "since" in held else None,
            browser_of(held.get("agent", "")),
            session.session_key == kept_key(here or ""),
        )
        for session, held in _of(user)
    ]
    oldest = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    found.sort(key=lambda each: each.since or oldest, reverse=True)
    return sorted(found, key=lambda each: not each.here)


def end_sessions(user: User, here: str | None, marks: Collection[str] | None) -> int:
    """End sessions of somebody, never the one that asks.

    Args:
        user: whose.
        here: key of the session that asks.
        marks: which; all others where it is None.

    Returns:
        How many were ended.
    """
    ended = 0
    for session, _ in _of(user):
        if session.session_key != kept_key(here or "") and (
            marks is None or _mark(session.session_key) in marks
        ):
            session.delete()
            ended += 1
    return ended
