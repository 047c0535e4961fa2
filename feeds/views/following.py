"""Following from any page, and the quiet marks of what has been seen."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from community.communities.models import Community
from community.contributions.models import ContentItem
from community.interface.returning import way_back, whole_number
from community.topics.models import Topic
from profiles import following
from profiles.models import Subscription
from profiles.requests import SignedInRequest


@require_POST
def follow(request: SignedInRequest) -> HttpResponse:
    """kind=topic|community|item, pk, level=watch|follow|mute|none; the button again, or the way back."""
    target = _target(request)
    level = request.POST.get("level", "")
    if level == "none":
        following.unfollow(user=request.user, target=target, now=timezone.now())
    elif level in Subscription.Level.values:
        following.choose(user=request.user, target=target, level=level, now=timezone.now())
    else:
        raise Http404
    if not request.htmx:
        return redirect(way_back(request, target.get_absolute_url()))
    held = following.level_of(user=request.user, target=target)
    about = {"follow_kind": request.POST["kind"], "follow_pk": target.pk, "follow_level": held}
    return render(request, "feeds/_follow.html", about)


@require_POST
def seen(request: SignedInRequest) -> HttpResponse:
    """The person looks at a topic's or community's page, or at the whole flow: nothing there is unread any more."""
    if request.POST.get("kind") == "flow":
        following.mark_flow_seen(user=request.user, now=timezone.now())
        there = "/"
    else:
        target = _target(request)
        following.mark_seen(user=request.user, target=target, now=timezone.now())
        there = target.get_absolute_url()
    return HttpResponse(status=204) if request.htmx else redirect(way_back(request, there))


def _target(request: SignedInRequest) -> Any:
    """What the form names, as far as it exists for this person; Http404 otherwise."""
    readable = {
        "topic": Topic.objects.all,
        "community": lambda: Community.objects.readable_by(request.user),
        "item": lambda: ContentItem.objects.visible_to(request.user),
    }.get(request.POST.get("kind", ""))
    if readable is None:
        raise Http404
    return get_object_or_404(readable(), pk=whole_number(request.POST.get("pk", "")))
