"""The web application, for granian or any other WSGI server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oportuno.config.settings")
os.environ.setdefault("OPORTUNO_PROCESS", "web")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
