"""The site as servers take it (PEP 3333)."""

from django.core.wsgi import get_wsgi_application

from mahdar.archive.database import set_up_django

set_up_django("mahdar.web.settings")

application = get_wsgi_application()

from mahdar.web.opened import archive  # noqa: E402  (Django must be started before)

archive()  # what is wrong with it is told now, not to the first reader
