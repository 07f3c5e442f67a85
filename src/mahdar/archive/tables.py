"""The tables, with Django started: whoever needs them imports ``models`` from here."""

from mahdar.archive.database import start_django

start_django()

from mahdar.archive import models  # noqa: E402  (Django must be started before)

__all__ = ["models"]
