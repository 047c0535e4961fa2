"""The WSGI entry that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from community.checks import insist_on_configuration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
application = get_wsgi_application()
insist_on_configuration()
