"""What a web server runs."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "manyhands.config.settings")
application = get_wsgi_application()
# Django reads the addresses, and with them every page's code, at the first question. Read now, nobody waits for it,
# and a server that parts into processes after this shares it among them.
_ = get_resolver().url_patterns
