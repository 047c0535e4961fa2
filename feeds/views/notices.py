"""What I was told of."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from community.contributions.showing import Shown, show
from feeds import notices as telling
from feeds.models import Notice
from profiles.requests import SignedInRequest


@require_safe
def notices(request: SignedInRequest) -> HttpResponse:
    """The newest first."""
    found = telling.of_person(request.user)
    context = {"rows": [_row(notice) for notice in found], "unread": request.user.unread_notices}
    return render(request, "feeds/notices.html", context)


def _row(notice: Notice) -> Shown:
    row = show([notice.contribution], why=lambda _entry: notice.get_reason_display())[0]
    row.url, row.unread = reverse("notice", args=[notice.pk]), notice.is_unread
    return row


@require_safe
def open_notice(request: SignedInRequest, pk: int) -> HttpResponse:
    """Follow a notice to what it is about; it is read then."""
    contribution = telling.mark_read(user=request.user, notice_id=pk, now=timezone.now())
    if contribution is None:
        raise Http404
    return redirect(contribution.get_absolute_url())


@require_POST
def all_read(request: SignedInRequest) -> HttpResponse:
    """Nothing is unread any more."""
    telling.mark_all_read(user=request.user, now=timezone.now())
    messages.success(request, _("All notices are read."))
    return redirect("notices")
