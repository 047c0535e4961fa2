"""In the place of those views of the libraries that would let people in, or rename them, past the house's own doors.

Wagtail's two sign-in forms know no limit on tries; allauth's page of addresses would send the letters of the house
to any address somebody types. People are registered by the organisation.
"""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.generic import RedirectView

the_one_sign_in = login_not_required(RedirectView.as_view(pattern_name="account_login", query_string=True))


def nothing(request: HttpRequest) -> HttpResponse:
    """Not there, for anybody."""
    raise Http404


urlpatterns = [
    path("admin/login/", the_one_sign_in),
    path("wagtail/_util/login/", the_one_sign_in),
    path("accounts/email/", nothing),
]
