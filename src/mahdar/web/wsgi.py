"""The site as servers take it (PEP 3333)."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from mahdar.archive.database import set_up_django

set_up_django("mahdar.web.settings")

application = get_wsgi_application()

from mahdar.web.gate import Bounds, Gate  # noqa: E402  (Django must be started before)
from mahdar.web.middleware import address_of  # noqa: E402
from mahdar.web.opened import archive  # noqa: E402
from mahdar.web.options import site_options  # noqa: E402

archive()  # what is wrong with it is told now, not to the first reader


def gated() -> Gate:
    """Return the site behind its gate, as it is served."""
    options = site_options()
    bounds = Bounds(upload=options.largest + (1 << 20))  # a form has more than the file
    return Gate(application, bounds, address_of, settings.SESSION_COOKIE_NAME)
