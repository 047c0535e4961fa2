"""The choice of light or dark, and the page that shows every component in every state."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from community.interface.context_processors import THEMES
from community.interface.specimens import specimens

A_YEAR = 365 * 24 * 3600


@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remembers light or dark for this browser; anything else means "as the device has it"."""
    response = redirect(_way_back(request))
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


def styleguide(request: HttpRequest) -> HttpResponse:
    """Every component in every state, for those who build the house; only in the demo."""
    if not settings.DEMO_MODE:
        raise Http404
    return render(request, "interface/styleguide.html", specimens())


def _way_back(request: HttpRequest) -> str:
    there = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return there
    return reverse("flow")
