"""What the frame of every page needs to know. Nothing here asks the database."""

from django.conf import settings
from django.http import HttpRequest

THEMES = ("light", "dark")


def house(request: HttpRequest) -> dict[str, object]:
    """`csp_nonce` under the name that django-htmx reads, organisation, demo, theme."""
    theme = request.COOKIES.get("theme", "")
    return {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "ORG_NAME": settings.ORG_NAME,
        "DEMO_MODE": settings.DEMO_MODE,
        "theme": theme if theme in THEMES else "",
        "here": _room(request),
    }


def _room(request: HttpRequest) -> str:
    """The room of this page ("forum", "topics"), or the name of a page that stands alone ("flow")."""
    match = request.resolver_match
    if match is None:
        return ""
    return match.namespaces[0] if match.namespaces else (match.url_name or "")
