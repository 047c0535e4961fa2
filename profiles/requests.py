"""A request as the views behind the door get it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from profiles.models import User


class SignedInRequest(HttpRequest):
    """Somebody is signed in (LoginRequiredMiddleware saw to it), and htmx says what it asks for. For type hints."""

    user: User  # type: ignore[assignment]
    htmx: HtmxDetails
