"""For whoever watches over the house: no sign-in, no names, no numbers."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from feeds import heartbeat


@login_not_required
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200 when everything the house stands on is fine, else 503 with what is not."""
    found = heartbeat.findings(now=timezone.now())
    fine = all(finding == "ok" for finding in found.values())
    return JsonResponse({"ready": fine, **found}, status=200 if fine else 503)
