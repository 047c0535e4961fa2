"""Signing in as somebody of the demo: in demo mode and on this machine only."""

import ipaddress

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from community.bundles.models import DemoPerson

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def demo_is_open(request: HttpRequest) -> bool:
    """Demo mode, asked from this very machine, through no proxy."""
    if not settings.DEMO_MODE or any(name in request.META for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET shows the people of the demo, POST signs in as one of them. 404 wherever the demo is not open."""
    if not demo_is_open(request):
        raise Http404
    if request.method == "POST":
        wanted = request.POST.get("person", "")
        featured = get_object_or_404(
            DemoPerson, user_id=int(wanted) if wanted.isdecimal() and len(wanted) < 12 else 0
        )
        login(request, featured.user, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("flow")
    return render(request, "bundles/sign_in.html", {"people": demo_people()})


def demo_people() -> list[DemoPerson]:
    """Those to sign in as, in the demo's order."""
    return list(DemoPerson.objects.select_related("user").order_by("position"))
