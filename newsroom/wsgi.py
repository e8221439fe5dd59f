"""The WSGI entry point of Newsroom."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
application = get_wsgi_application()
# The views are loaded now, once for all processes: the first visitor of each would wait half a second for them.
_ = get_resolver().url_patterns
