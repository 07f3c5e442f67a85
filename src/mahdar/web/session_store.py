"""Sessions as they are kept: under a digest of the key that the reader's browser holds.

Whoever reads the database, or a backup of it, cannot sign in with what he finds.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Kept
from django.utils import timezone

_LENGTH = 40
"""What the table of sessions has room for: 160 bits."""


def kept_key(session_key: str) -> str:
    """Return under what a session is kept.

    >>> len(kept_key("abc")), kept_key("abc") == kept_key("abc"), kept_key("abc") == "abc"
    (40, True, False)
    """
    return hashlib.sha256(f"session {session_key}".encode()).hexdigest()[:_LENGTH]


class SessionStore(Kept):
    """Django's own, with another key in the table than in the cookie."""

    def _get_session_from_db(self) -> Any:
        try:
            return self.model.objects.get(
                session_key=kept_key(self.session_key or ""), expire_date__gt=timezone.now()
            )
        except self.model.DoesNotExist:
            self._session_key = None
            return None

    def exists(self, session_key: str) -> bool:
        """Tell whether there is a session of that key."""
        return bool(self.model.objects.filter(session_key=kept_key(session_key)).exists())

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return a row for the table."""
        made = super().create_model_instance(data)
        made.session_key = kept_key(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        """Delete a session, this one where none is named."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=kept_key(key)).delete()
