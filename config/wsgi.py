"""Entry point of the web server; it does not start with unsafe settings."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = get_wsgi_application()

from django.db import connections  # noqa: E402 (the applications must be loaded first)

from config.checks import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()
connections.close_all()  # what the check opened is not shared with the processes to come
