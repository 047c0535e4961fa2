"""Topics: the list, the hub, starting one and tending it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from community import text
from community.contributions import showing, streams
from community.contributions.streams import Place
from community.organisation.models import JobRole
from community.topics import tending, vocabulary
from community.topics.models import Topic
from feeds import hubs, starting
from feeds.catalogue import catalogue
from feeds.folding import FETCH, fold
from feeds.forms import TendForm, TopicForm
from feeds.views.refusing import status_of
from profiles.context_processors import flows_of_request
from profiles.requests import SignedInRequest


@require_GET
def topic_list(request: SignedInRequest) -> HttpResponse:
    """Every topic as a tree; `?q=` narrows it by name or synonym."""
    typed = text.line(request.GET.get("q", ""))[:200]
    start_here = f"{reverse('topics:start')}?{urlencode({'name': typed[:100]})}"
    context: dict[str, Any] = {"catalogue": catalogue(matching=typed), "q": typed, "start_here": start_here}
    if request.htmx and not request.htmx.boosted:
        return render(request, "feeds/_topic_catalogue.html", context)
    context["roles"] = JobRole.objects.order_by("title")
    return render(request, "feeds/topic_list.html", context)


@require_GET
def hub(request: SignedInRequest, slug: str) -> HttpResponse:
    """A topic: what is new, or one of its shelves (`?show=`). An old address leads to the new one."""
    topic = _topic(slug)
    if topic.slug != slug:
        return redirect(topic, permanent=False)
    show = request.GET.get("show", "")
    before = Place.parse(request.GET.get("before", ""))
    context = _around(request, topic, show if show in hubs.SHELVES else "")
    if show in hubs.SHELVES:
        context["shelf"] = shelf = hubs.shelf_of(show, [topic.pk], user=request.user, before=before)
        older = shelf.older
    else:
        older = _newest(request, topic, before, context)
    here = reverse("topics:hub", args=[topic.slug])
    context["older_url"] = f"{here}?{urlencode({'show': show, 'before': str(older)})}" if older else ""
    return render(request, "feeds/topic_hub.html", context)


def _newest(
    request: SignedInRequest, topic: Topic, before: Place | None, context: dict[str, Any]
) -> Place | None:
    page = fold(streams.of_topic(user=request.user, topic_id=topic.pk, limit=FETCH, before=before))
    follow = context["followed"]
    context["rows"] = showing.show(page.entries)
    context["latest_at"] = page.entries[0].occurred_at if page.entries and not before else None
    context["unread"] = follow.unread if follow else 0
    if not before:
        context["front_pages"], context["front_questions"] = hubs.front_of([topic.pk], user=request.user)
    return page.older


def _around(request: SignedInRequest, topic: Topic, show: str) -> dict[str, Any]:
    people = hubs.people_of(topic, user=request.user)
    followed = next((flow for flow in flows_of_request(request).topics if flow.pk == topic.pk), None)
    stewards = [person for person in people if person.is_steward]
    return {
        "topic": topic,
        "crumbs": _crumbs(topic.broader),
        "neighbours": hubs.neighbours_of(topic),
        "people": [person for person in people if person.says_ask or not person.is_steward],
        "stewards": stewards,
        "may_tend": request.user.is_staff or request.user in stewards,
        "followed": followed,
        "follow_level": followed.level if followed else "",
        "show": show,
        "tabs": _tabs(topic, show),
    }


def _tabs(topic: Topic, show: str) -> list[dict[str, Any]]:
    here = reverse("topics:hub", args=[topic.slug])
    names = {
        "": _("Newest"),
        "pages": _("Pages"),
        "questions": _("Open questions"),
        "solved": _("Solved"),
        "experience": _("Experiences"),
    }
    return [
        {"name": name, "url": f"{here}?show={key}" if key else here, "current": key == show}
        for key, name in names.items()
    ]


def _crumbs(*through: Topic | None) -> list[dict[str, str]]:
    above = [{"name": topic.name, "url": topic.get_absolute_url()} for topic in through if topic]
    return [{"name": _("Topics"), "url": reverse("topics:list")}, *above]


def _topic(slug: str) -> Topic:
    topic = hubs.find_topic(slug)
    if topic is None:
        raise Http404
    return topic


def start(request: SignedInRequest) -> HttpResponse:
    """Any employee starts a topic that is missing, and tends it from then on."""
    form = TopicForm(request.POST or None, initial={"name": text.line(request.GET.get("name", ""))[:100]})
    if request.method == "POST" and form.is_valid():
        try:
            topic = starting.start_topic(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValueError:
            form.add_error("name", _("There is a topic or synonym of that name already."))
        else:
            messages.success(
                request, _("%(topic)s is a topic now, and you are its steward.") % {"topic": topic.name}
            )
            return redirect(topic)
    return render(
        request, "feeds/topic_start.html", {"form": form, "crumbs": _crumbs()}, status=status_of(form)
    )


def tend(request: SignedInRequest, slug: str) -> HttpResponse:
    """Stewards write what belongs under the topic and which other words lead to it."""
    topic = _topic(slug)
    if not tending.may_tend(topic=topic, user=request.user):
        raise PermissionDenied
    synonyms = ", ".join(hubs.neighbours_of(topic).synonyms)
    form = TendForm(request.POST or None, initial={"description": topic.description, "synonyms": synonyms})
    if request.method == "POST" and form.is_valid():
        words = vocabulary.split(form.cleaned_data["synonyms"])
        elsewhere = tending.tend(topic=topic, description=form.cleaned_data["description"], synonyms=words)
        for word in elsewhere:
            messages.warning(request, _("%(word)s already leads to another topic.") % {"word": word})
        messages.success(request, _("Saved."))
        return redirect(topic)
    context = {"form": form, "topic": topic, "crumbs": _crumbs(topic)}
    return render(request, "feeds/topic_tend.html", context, status=status_of(form))
