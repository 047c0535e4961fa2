"""How django-allauth behaves in this house."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from django.core.exceptions import ValidationError
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """People are registered by the organisation; nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """After too many wrong tries the answer is 429 and the house's page, whatever is typed next."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as too_many:
            raise ImmediateHttpResponse(respond_429(request)) from too_many

    def is_safe_url(self, url: str | None) -> bool:
        """Whether one may be sent there after signing in; what is no address at all is none of this house."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False
