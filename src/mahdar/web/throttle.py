"""Hold back who guesses passwords: by the name that is tried, and by where it comes from."""

from __future__ import annotations

import datetime
import hashlib

from django.conf import settings
from django.utils import timezone

from mahdar.web.models import FailedTry

_WINDOW = datetime.timedelta(minutes=15)
_BY_NAME, _BY_ADDRESS = 5, 20


def _digest(kind: str, value: str) -> str:
    salted = f"{settings.SECRET_KEY}:{kind}:{value.casefold()}"
    return hashlib.sha256(salted.encode()).hexdigest()


def must_wait(name: str, address: str) -> bool:
    """Tell whether a try to sign in is refused without looking at the password.

    Args:
        name: that is tried.
        address: from where.
    """
    since = timezone.now() - _WINDOW
    recent = FailedTry.objects.filter(when__gte=since)
    return (
        recent.filter(who=_digest("name", name)).count() >= _BY_NAME
        or recent.filter(who=_digest("address", address)).count() >= _BY_ADDRESS
    )


def count_failure(name: str, address: str) -> None:
    """Remember a failed try; those that are past their time are forgotten."""
    FailedTry.objects.filter(when__lt=timezone.now() - _WINDOW).delete()
    FailedTry.objects.bulk_create(
        [FailedTry(who=_digest("name", name)), FailedTry(who=_digest("address", address))]
    )


def forget(name: str) -> None:
    """Forget the failed tries of somebody who signed in."""
    FailedTry.objects.filter(who=_digest("name", name)).delete()
