"""Hold back who guesses passwords, without letting him keep others out.

Tries are counted by name and network together, by network, and by name; but those of a browser in
which somebody has signed in before, which has a cookie that says so, by that cookie alone (OWASP:
device cookies). So nobody locks another out by trying his name, and many who try at once are no
better off than one after another: a try is counted before the password is looked at.
"""

from __future__ import annotations

import datetime
import hashlib
import secrets

import msgspec
from django.conf import settings
from django.core import signing
from django.utils import timezone

from mahdar.web.models import FailedTry
from mahdar.web.networks import network_of

_WINDOW = datetime.timedelta(minutes=15)
_BY_NAME_THERE, _BY_NETWORK, _BY_NAME, _BY_BROWSER = 5, 20, 50, 10
_SALT = "mahdar.known-browser"
BROWSER_COOKIE = "browser"
BROWSER_AGE = 365 * 86400
"""Seconds for which a browser is known."""


class Try(msgspec.Struct, frozen=True):
    """A try that is counted, as long as it is not forgotten: its rows, and what they count."""

    rows: tuple[int, ...]
    own: tuple[str, ...]

    def succeeded(self) -> None:
        """Forget it, and those before it that were of the same name in the same place."""
        FailedTry.objects.filter(pk__in=self.rows).delete()
        FailedTry.objects.filter(who__in=self.own).delete()


def _digest(kind: str, value: str) -> str:
    salted = f"{settings.SECRET_KEY}:{kind}:{value.casefold()}"
    return hashlib.sha256(salted.encode()).hexdigest()


def begin_try(name: str, address: str, browser: str = "") -> Try | None:
    """Count a try to sign in; None where the password is not to be looked at.

    Args:
        name: that is tried.
        address: from where.
        browser: the cookie of a browser in which somebody signed in before.
    """
    now = timezone.now()
    FailedTry.objects.filter(when__lt=now - _WINDOW).delete()
    network = network_of(address)
    if _is_known(browser, name):
        bounds = {_digest("browser", browser): _BY_BROWSER}
    else:
        bounds = {
            _digest("there", f"{network}|{name}"): _BY_NAME_THERE,
            _digest("network", network): _BY_NETWORK,
            _digest("name", name): _BY_NAME,
        }
    # Each is written before it is counted: of many at once, those that find a place are never
    # more than there are.
    rows = [FailedTry.objects.create(who=who) for who in bounds]
    recent = FailedTry.objects.filter(when__gte=now - _WINDOW)
    if any(recent.filter(who=who).count() > most for who, most in bounds.items()):
        FailedTry.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return None
    return Try(tuple(row.pk for row in rows), tuple(bounds)[:1])


def know_browser(name: str) -> str:
    """Return the cookie for a browser in which somebody has just signed in.

    Args:
        name: of whoever did; it cannot be read from the cookie.
    """
    return signing.dumps([_digest("known", name), secrets.token_urlsafe(12)], salt=_SALT)


def _is_known(browser: str, name: str) -> bool:
    try:
        whose, _ = signing.loads(browser, salt=_SALT, max_age=BROWSER_AGE)
    except (signing.BadSignature, ValueError, TypeError):
        return False
    return secrets.compare_digest(str(whose), _digest("known", name))
