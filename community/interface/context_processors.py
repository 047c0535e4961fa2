from typing import Any

from django.conf import settings
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """The organisation's name, whether this is the demo, and the nonce under the name that django-htmx reads."""
    return {
        "ORG_NAME": settings.ORG_NAME,
        "DEMO_MODE": settings.DEMO_MODE,
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
