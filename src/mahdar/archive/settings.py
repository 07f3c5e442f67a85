"""The least that Django must be told for the archive to use its ORM without a web site.

Where Django runs already, as in a web site, with the settings of that, those hold. Databases are
named when an archive is opened (``mahdar.archive.database``).
"""

from __future__ import annotations

from typing import Any

INSTALLED_APPS = ["mahdar.archive"]
DATABASES: dict[str, Any] = {}
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Nothing is signed in the archive; Django wants the setting to be there.
SECRET_KEY = "no-secret"
