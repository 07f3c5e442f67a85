"""The site as servers take it (PEP 3333)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mahdar.web.settings")

application = get_wsgi_application()

from mahdar.web.opened import archive  # noqa: E402  (Django must be started before)

archive()  # what is wrong with it is told now, not to the first reader
