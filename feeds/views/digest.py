"""My next digest, and the way out of it from the mail."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from community.contributions.showing import Shown, show
from feeds import digests, planning, unsubscribing
from profiles.requests import SignedInRequest


@require_safe
def upcoming(request: SignedInRequest) -> HttpResponse:
    """My digest as it would be sent now, and when the next one is."""
    now = timezone.now()
    digest = digests.upcoming(user=request.user, now=now)
    sections = [
        (s, [(name, [_row(line) for line in lines]) for name, lines in s.groups]) for s in digest.sections
    ]
    context = {
        "digest": digest,
        "sections": sections,
        "next_at": planning.next_slot(user=request.user, now=now),
    }
    return render(request, "feeds/digest.html", context)


def _row(line: digests.Line) -> Shown:
    if line.entry is not None:
        return show([line.entry], why=lambda _entry: line.reason)[0]
    return Shown(
        title=line.item.title,
        url=line.item.url,
        person=line.giver,
        kind_label=_("Thanks"),
        tone="yes",
        when=line.item.latest_at,
        reason=line.reason,
    )


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows, POST acts: by a person's click or by the mail program itself (RFC 8058). `again` turns it on."""
    person = unsubscribing.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        person.digest_on = "again" in request.POST
        unsubscribing.turn(user=person, on=person.digest_on)
    response = render(request, "feeds/unsubscribe.html", {"person": person})
    response["Referrer-Policy"] = "no-referrer"
    return response
