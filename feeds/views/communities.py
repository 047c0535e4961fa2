"""Communities: the list, the hub, joining and leaving."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from community.communities import membership
from community.communities.models import Community, JoinRequest, Membership
from community.contributions import showing, streams
from community.contributions.streams import Place
from feeds.circles import circle_of, known_to, living_members
from feeds.folding import FETCH, fold
from feeds.forms import AskForm, CommunityForm
from feeds.views.refusing import status_of
from profiles import joining
from profiles.context_processors import flows_of_request
from profiles.requests import SignedInRequest

A_PAGE = 60


@require_GET
def community_list(request: SignedInRequest) -> HttpResponse:
    """One's own first, then the others that exist for this person."""
    known: list[Any] = list(known_to(request.user))
    context = {"mine": [c for c in known if c.my_role], "others": [c for c in known if not c.my_role]}
    return render(request, "feeds/community_list.html", context)


@require_GET
def hub(request: SignedInRequest, slug: str) -> HttpResponse:
    """The community's own page; for outsiders of a closed one only what it is and whom to ask."""
    community = of_slug(request, slug)
    context: dict[str, Any] = frame(request, community)
    if context["reads"]:
        before = Place.parse(request.GET.get("before", ""))
        page = fold(
            streams.of_community(user=request.user, community_id=community.pk, limit=FETCH, before=before)
        )
        context["rows"] = showing.show(page.entries)
        here = reverse("communities:hub", args=[community.slug])
        context["older_url"] = f"{here}?{urlencode({'before': str(page.older)})}" if page.older else ""
    if community.my_role == Membership.Role.STEWARD:
        asking = JoinRequest.objects.filter(community=community, user__is_active=True)
        context["asking"] = list(asking.select_related("user").order_by("asked_at"))
    return render(request, "feeds/community_hub.html", context)


def of_slug(request: SignedInRequest, slug: str) -> Any:
    """The community at this address, if it exists for this person; Http404 otherwise."""
    return get_object_or_404(known_to(request.user), slug=slug)


def frame(request: SignedInRequest, community: Any) -> dict[str, Any]:
    """What every page of a community shows beside its content."""
    reads = community.visibility == Community.Visibility.OPEN or bool(community.my_role)
    followed = next((flow for flow in flows_of_request(request).communities if flow.pk == community.pk), None)
    return {
        "community": community,
        "reads": reads,
        "circle": circle_of(community, reads=reads),
        "is_steward": community.my_role == Membership.Role.STEWARD,
        "followed": followed,
        "follow_level": followed.level if followed else "",
        "ask_form": AskForm(),
        "crumbs": crumbs(),
    }


def crumbs(*through: Community) -> list[dict[str, str]]:
    """The way to a community's pages."""
    above = [{"name": community.name, "url": community.get_absolute_url()} for community in through]
    return [{"name": _("Communities"), "url": reverse("communities:list")}, *above]


@require_GET
def members(request: SignedInRequest, slug: str) -> HttpResponse:
    """Everybody in it, for those who may read it."""
    community = of_slug(request, slug)
    context = frame(request, community)
    if not context["reads"]:
        raise Http404
    listed = living_members(community).order_by("user__name", "pk")
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "page": page,
        "crumbs": crumbs(community),
        "newer_url": f"?page={page.previous_page_number()}" if page.has_previous() else "",
        "older_url": f"?page={page.next_page_number()}" if page.has_next() else "",
    }
    return render(request, "feeds/community_members.html", context)


@require_POST
def join(request: SignedInRequest, slug: str) -> HttpResponse:
    """Join an open community, ask to join a closed one."""
    community = of_slug(request, slug)
    try:
        joining.join(community=community, user=request.user, now=timezone.now())
    except joining.MustAsk:
        return _ask(request, community)
    messages.success(request, _("Welcome to %(community)s.") % {"community": community.name})
    return redirect(community)


def _ask(request: SignedInRequest, community: Community) -> HttpResponse:
    form = AskForm(request.POST)
    message = form.cleaned_data["message"] if form.is_valid() else ""
    membership.ask_to_join(community=community, user=request.user, now=timezone.now(), message=message)
    messages.success(
        request, _("Your question has gone to the stewards of %(community)s.") % {"community": community.name}
    )
    return redirect(community)


def leave(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asks once, then leaves; the last steward finds another one first."""
    community = of_slug(request, slug)
    if not community.my_role:
        raise Http404
    if request.method != "POST":
        return render(request, "house/confirm.html", _leaving(community))
    try:
        joining.leave(community=community, user=request.user)
    except membership.LastSteward:
        messages.warning(request, _("Make somebody else steward first: the community needs one."))
        return redirect("communities:members", slug=community.slug)
    messages.success(request, _("You have left %(community)s.") % {"community": community.name})
    return redirect("communities:list")


def _leaving(community: Community) -> dict[str, Any]:
    back = {
        Community.Visibility.OPEN: _("You can join again whenever you like."),
        Community.Visibility.CLOSED: _("To come back you ask the stewards."),
        Community.Visibility.SECRET: _("To come back a steward has to let you in."),
    }[Community.Visibility(community.visibility)]
    return {
        "title": _("Leave %(community)s?") % {"community": community.name},
        "text": back,
        "act": _("Leave the community"),
        "cancel_url": community.get_absolute_url(),
        "tone": "danger",
        "crumbs": crumbs(community),
    }


def found(request: SignedInRequest) -> HttpResponse:
    """Any employee founds a community, and cares for it from then on."""
    form = CommunityForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = joining.found(**form.cleaned_data, by=request.user, now=timezone.now())
        except ValueError:
            form.add_error("name", _("There is a community of that name already."))
        else:
            messages.success(
                request, _("%(community)s is there. You are its steward.") % {"community": made.name}
            )
            return redirect(made)
    return render(
        request, "feeds/community_found.html", {"form": form, "crumbs": crumbs()}, status=status_of(form)
    )
