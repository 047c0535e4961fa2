"""The forum's lists: newest activity, unanswered, mine."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.communities.models import Community
from community.contributions.streams import Place
from community.interface.words import counted
from community.topics import vocabulary
from community.topics.models import Topic
from forum import reading
from forum.models import Thread
from profiles.requests import SignedInRequest

TONES = {"question": "accent", "discussion": "accent", "experience": "care"}


@require_safe
def newest(request: SignedInRequest) -> HttpResponse:
    return _list(request, "newest")


@require_safe
def unanswered(request: SignedInRequest) -> HttpResponse:
    return _list(request, "unanswered")


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    return _list(request, "mine")


def _list(request: SignedInRequest, tab: str) -> HttpResponse:
    """`?kind=`, `?topic=` (slug or any word for it), `?community=` narrow; `?before=` goes on."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in Thread.Kind.values else ""
    topic, community = _topic(request.GET.get("topic", "")), _community(request)
    place = Place.parse(request.GET.get("before", ""))
    listing = reading.list_threads(
        user=request.user, tab=tab, kind=kind, topic=topic, community=community, before=place
    )
    narrowed = {"kind": kind, "topic": topic, "community": community}
    context: dict[str, Any] = {
        "tab": tab,
        "tabs": _tabs(tab),
        "kinds": Thread.Kind.choices,
        "typed": request.GET.get("topic", "")[:100],
    }
    context |= {
        "entries": [_entry(thread) for thread in listing.threads],
        "older": listing.older,
        "started": not place,
    }
    return render(request, "forum/list.html", context | narrowed | {"narrowed": any(narrowed.values())})


def _topic(typed: str) -> Topic | None:
    """By slug or by any word; a word that nobody knows finds nothing."""
    if not typed.strip():
        return None
    slug = Topic.objects.filter(slug=typed[:100].replace("\x00", "")).first()
    found = vocabulary.resolve([typed[:100]]).topics if slug is None else [slug]
    return found[0] if found else None


def _community(request: SignedInRequest) -> Community | None:
    slug = request.GET.get("community", "")[:110].replace("\x00", "")
    if not slug:
        return None
    community = Community.objects.readable_by(request.user).filter(slug=slug).first()
    if community is None:
        raise Http404
    return community


def _tabs(current: str) -> list[dict[str, Any]]:
    names = {
        "newest": ("forum:list", _("Newest")),
        "unanswered": ("forum:unanswered", _("Unanswered")),
        "mine": ("forum:mine", _("Mine")),
    }
    return [
        {"name": name, "url": reverse(way), "current": key == current} for key, (way, name) in names.items()
    ]


def _entry(thread: Thread) -> dict[str, Any]:
    solved = thread.accepted_id is not None
    replies = thread.posts_count - 1
    facts = [counted(number=thread.answers_count, noun="answers")] if thread.is_question else []
    facts += [counted(number=replies, noun="replies")] if replies and not thread.is_question else []
    facts += [counted(number=thread.thanks_count, noun="thanks")] if thread.thanks_count else []
    facts += [thread.community.name] if thread.community else []
    return {
        "thread": thread,
        "kind_label": _("Solved question") if solved else thread.get_kind_display(),
        "tone": "yes" if solved else TONES[thread.kind],
        "facts": facts,
    }
