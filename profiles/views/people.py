"""The directory, a person's page, and the photo that only employees see."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from community.communities.models import Community
from community.contributions import showing, streams
from community.contributions.streams import Place
from community.interface.returning import whole_number
from community.organisation.models import JobRole, Unit
from community.text import line
from community.topics.models import Topic
from profiles import directory
from profiles.models import Assignment, User
from profiles.requests import SignedInRequest

A_PAGE = 48
PHOTO_SECONDS = 600


@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    """?q= words, ?role= and ?unit= ids, ?topic= slug, ?page= number; anything odd is passed over."""
    typed = line(request.GET.get("q", ""))[:200]
    role_id, unit_id = whole_number(request.GET.get("role", "")), whole_number(request.GET.get("unit", ""))
    slug = line(request.GET.get("topic", ""))
    topic = Topic.objects.filter(slug=slug).first() if slug else None
    found = directory.people(
        user=request.user, today=timezone.localdate(), typed=typed, role_id=role_id, unit_id=unit_id,
        topic_id=topic.pk if topic else 0,
    )  # fmt: skip
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    person: Any
    for person in page.object_list:
        person.places = directory.places(person.held) or person.title
    kept = {"q": typed, "role": role_id, "unit": unit_id, "topic": topic.slug if topic else ""}
    context = {
        "page": page,
        "q": typed,
        "role_id": role_id,
        "unit_id": unit_id,
        "topic": topic,
        "kept": urlencode({name: value for name, value in kept.items() if value}),
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "profiles/_people.html", context)
    context |= {"roles": JobRole.objects.order_by("title"), "units": Unit.objects.order_by("name", "pk")}
    return render(request, "profiles/directory.html", context)


@require_GET
def profile(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who somebody is and what they shared, as far as the reader may read it.

    Of somebody who left only the name and what they shared remain; without that, 404.
    """
    person = get_object_or_404(User, pk=pk)
    before = Place.parse(request.GET.get("before", ""))
    shared = streams.of_person(user=request.user, person_id=person.pk, before=before)
    if not person.is_active and not shared.entries:
        raise Http404
    here = reverse("people:profile", args=[person.pk])
    context: dict[str, Any] = {
        "person": person,
        "rows": showing.show(shared.entries),
        "older_url": f"{here}?{urlencode({'before': str(shared.older)})}" if shared.older else "",
        "own": person.pk == request.user.pk,
        "crumbs": [{"name": _("People"), "url": reverse("people:directory")}],
    }
    return render(
        request, "profiles/profile.html", context | (_about(request, person) if person.is_active else {})
    )


def _about(request: SignedInRequest, person: User) -> dict[str, Any]:
    held = directory.in_order(Assignment.objects.at(timezone.localdate()).filter(user=person))
    return {
        "held": list(held),
        "ask_about": list(person.ask_about.filter(archived_at=None).order_by("name")),
        "communities": list(_shared_circles(request, person)),
    }


def _shared_circles(request: SignedInRequest, person: User) -> QuerySet[Community]:
    """Where the person is in, told only to those who may see who is in there."""
    return Community.objects.readable_by(request.user).filter(memberships__user=person).order_by("name")


@require_safe
def photo(request: SignedInRequest, pk: int) -> HttpResponse | FileResponse:
    """The person's photo for somebody signed in; kept by the browser for ten minutes, by nobody in between."""
    person = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if not person.photo:
        raise Http404
    mark = f'"{person.photo.name.rpartition("/")[2]}"'
    if request.headers.get("If-None-Match") == mark:
        response: Any = HttpResponseNotModified()
    else:
        try:
            response = FileResponse(person.photo.open("rb"), content_type="image/webp")
        except FileNotFoundError as error:
            raise Http404 from error
    response["ETag"] = mark
    response["Cache-Control"] = f"private, max-age={PHOTO_SECONDS}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
