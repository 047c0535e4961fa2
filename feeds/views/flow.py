"""The start page: what is new for this person, and what they could do next."""

from datetime import UTC, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community.contributions import showing, streams
from community.contributions.streams import Page, Place
from community.interface.moments import relative
from community.interface.words import counted
from feeds import answerable
from feeds.balance import balance_of
from feeds.folding import FETCH, Folded, fold
from feeds.starting import propose
from profiles.context_processors import flows_of_request
from profiles.flows import Flows
from profiles.requests import SignedInRequest

VISIT = "flow_visit"  # whose visit, and what was seen before it
SAME_VISIT = 30 * 60


@require_GET
def flow(request: SignedInRequest) -> HttpResponse:
    """My flow, newest first; `?show=unanswered` for the questions nobody has answered in my topics."""
    now, flows = timezone.now(), flows_of_request(request)
    before = Place.parse(request.GET.get("before", ""))
    unanswered = request.GET.get("show") == "unanswered"
    page = _unanswered(request, flows, before) if unanswered else _newest(request, flows, before)
    seen_at = seen_before(request)
    rows = showing.show(page.entries, why=flows.why, seen_at=seen_at or request.user.date_joined)
    older = {"show": "unanswered"} if unanswered else {}
    context = {
        "greeting": greeting(timezone.localtime(now).hour, request.user.get_short_name()),
        "news": "" if unanswered or before else _news(rows, seen_at, now),
        "rows": rows,
        "unanswered": unanswered,
        "follows_nothing": not (flows.topics or flows.communities or flows.items),
        "older_url": f"?{urlencode({**older, 'before': str(page.older)})}" if page.older else "",
        "first_page": before is None,
        "tabs": _tabs(unanswered=unanswered),
    }
    response = render(request, "feeds/flow.html", context | _beside(request, flows, now, rows))
    if seen_at and VISIT not in request.COOKIES:
        visit = f"{request.user.pk}_{seen_at.timestamp():.0f}"
        response.set_cookie(
            VISIT, visit, max_age=SAME_VISIT, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    return response


def seen_before(request: SignedInRequest) -> datetime | None:
    """When the person last looked, before this visit: what is new stays marked for half an hour of reading."""
    pk, _part, moment = request.COOKIES.get(VISIT, "").partition("_")
    if pk == str(request.user.pk) and moment.isdecimal() and len(moment) < 11:
        return datetime.fromtimestamp(int(moment), tz=UTC)
    return request.user.flow_seen_at


def _newest(request: SignedInRequest, flows: Flows, before: Place | None) -> Folded:
    found = streams.my_flow(
        user=request.user, targets=flows.targets(), limit=FETCH, before=before, not_by=request.user.pk
    )
    return fold(found)


def _unanswered(request: SignedInRequest, flows: Flows, before: Place | None) -> Page:
    return answerable.unanswered(user=request.user, topic_ids=flows.targets().topics, before=before)


def _beside(request: SignedInRequest, flows: Flows, now: datetime, rows: list[Any]) -> dict[str, Any]:
    """The right column, and proposals for whoever has nothing to read."""
    topics = flows.targets().topics
    return {
        "answerable": answerable.one_for(user=request.user, topic_ids=topics, now=now),
        "balance": balance_of(request.user, now=now),
        "roles": flows.roles(),
        "proposed": [] if rows or topics else propose(user=request.user, now=now),
    }


def _news(rows: list[Any], seen_at: datetime | None, now: datetime) -> str:
    """ "4 new since yesterday 21:40"; "" on the first visit."""
    if seen_at is None:
        return ""
    number = sum(row.unread for row in rows)
    since = relative(when=seen_at, now=now)
    if not number:
        return _("Nothing new since you were here, %(when)s") % {"when": since}
    return _("%(news)s since you were here, %(when)s") % {
        "news": counted(number=number, noun="news"),
        "when": since,
    }


def greeting(hour: int, name: str) -> str:
    """A greeting for the person's own hour of the day."""
    if 4 <= hour < 10:
        return _("Good morning, %(name)s") % {"name": name}
    if 18 <= hour < 23:
        return _("Good evening, %(name)s") % {"name": name}
    return _("Hello, %(name)s") % {"name": name}


def _tabs(*, unanswered: bool) -> list[dict[str, Any]]:
    here = reverse("flow")
    return [
        {"name": _("My flow"), "url": here, "current": not unanswered},
        {"name": _("Unanswered"), "url": f"{here}?show=unanswered", "current": unanswered},
        {"name": _("Next digest"), "url": reverse("digest:next"), "current": False},
    ]
