"""What the stewards of a community do: letting in, saying no, inviting, handing on, changing its shape."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from community.communities import membership
from community.communities.models import Community, Membership
from community.interface.returning import whole_number
from feeds.forms import CommunityForm, InviteForm
from feeds.views.communities import crumbs, of_slug
from feeds.views.refusing import status_of
from profiles import joining
from profiles.models import User
from profiles.requests import SignedInRequest

View = Callable[..., HttpResponse]


def stewards_only(view: View) -> View:
    """The view gets the community instead of its slug. For others 404, as if there were nothing to do here."""

    @wraps(view)
    def guarded(request: SignedInRequest, slug: str, **kwargs: Any) -> HttpResponse:
        community = of_slug(request, slug)
        if community.my_role != Membership.Role.STEWARD:
            raise Http404
        return view(request, community, **kwargs)

    return guarded


@stewards_only
def edit(request: SignedInRequest, community: Community) -> HttpResponse:
    """Name, purpose and visibility."""
    facts = {"name": community.name, "description": community.description, "visibility": community.visibility}
    form = CommunityForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        try:
            joining.reshape(community=community, **form.cleaned_data, by=request.user, now=timezone.now())
        except ValueError:
            form.add_error("name", _("There is a community of that name already."))
        else:
            messages.success(request, _("Saved."))
            return redirect(community)
    context = {"form": form, **_frame(facts["name"], community)}
    return render(request, "feeds/community_edit.html", context, status=status_of(form))


@require_POST
@stewards_only
def answer(request: SignedInRequest, community: Community) -> HttpResponse:
    """Yes or no to somebody who asked: person=pk, answer=yes|no."""
    person = _person(request)
    if request.POST.get("answer") == "yes":
        if joining.accept(community=community, user=person, now=timezone.now()):
            messages.success(request, _("%(name)s is a member now.") % {"name": person.name})
    else:
        membership.decline(community=community, user=person)
        messages.info(request, _("The question is answered with no."))
    return redirect(community)


@stewards_only
def invite(request: SignedInRequest, community: Community) -> HttpResponse:
    """Let in somebody by name or e-mail; several of one name are shown to choose from (person=pk)."""
    form = InviteForm(request.POST or None)
    found: list[User] = []
    if request.POST.get("pk"):
        found = [_person(request, field="pk")]
    elif request.method == "POST" and form.is_valid():
        found = _found(request, form.cleaned_data["person"])
        if not found:
            form.add_error("person", _("Nobody here has that name or address."))
    if len(found) == 1:
        joining.admit(
            community=community, user=found[0], now=timezone.now(), role=_role_kept(community, found[0])
        )
        messages.success(request, _("%(name)s is a member now.") % {"name": found[0].name})
        return redirect("communities:members", slug=community.slug)
    context = {"form": form, "found": found, **_frame(community.name, community)}
    return render(request, "feeds/community_invite.html", context, status=status_of(form))


def _frame(name: str, community: Community) -> dict[str, Any]:
    here = {"name": name, "url": community.get_absolute_url()}
    return {"community": community, "crumbs": [*crumbs(), here], "back_url": here["url"]}


def _found(request: SignedInRequest, typed: str) -> list[User]:
    people = User.objects.visible_to(request.user)
    exactly = list(people.filter(Q(email__iexact=typed) | Q(name__iexact=typed)).order_by("name", "pk")[:20])
    return exactly or list(people.filter(name__icontains=typed).order_by("name", "pk")[:20])


def _role_kept(community: Community, person: User) -> str:
    held = community.memberships.filter(user=person).values_list("role", flat=True).first()
    return held or Membership.Role.MEMBER


@require_POST
@stewards_only
def set_role(request: SignedInRequest, community: Community) -> HttpResponse:
    """person=pk, role=member|steward|out."""
    person, role = _person(request), request.POST.get("role", "")
    try:
        if role == "out":
            joining.leave(community=community, user=person)
        elif role in Membership.Role.values:
            joining.set_role(community=community, user=person, role=role, now=timezone.now())
        else:
            raise Http404
    except membership.LastSteward:
        messages.warning(request, _("Make somebody else steward first: the community needs one."))
    gone = role == "out" and person.pk == request.user.pk
    return redirect("communities:list") if gone else redirect("communities:members", slug=community.slug)


def _person(request: SignedInRequest, *, field: str = "person") -> User:
    return get_object_or_404(
        User.objects.visible_to(request.user), pk=whole_number(request.POST.get(field, ""))
    )
