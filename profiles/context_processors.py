from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from profiles.flows import Flows, flows_of


def nav(request: HttpRequest) -> dict[str, Any]:
    """`nav`: the person's communities and topics for the left column; read when a template asks, once a request."""
    return {"nav": SimpleLazyObject(lambda: flows_of_request(request))}


def flows_of_request(request: HttpRequest) -> Flows:
    """The signed-in person's flows, read once for the whole request (views and navigation share it)."""
    if not hasattr(request, "flows"):
        request.flows = flows_of(request.user, now=timezone.now())  # type: ignore[attr-defined]
    return request.flows  # type: ignore[attr-defined]
