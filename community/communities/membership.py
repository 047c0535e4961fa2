"""Founding, joining, asking, leaving. The auth group follows every change of membership.

A secret community keeps its name and address to itself: others may use the same name, and its address cannot be guessed.
"""

import secrets
from datetime import datetime
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction

from community import text
from community.communities.models import Community, JoinRequest, Membership


class LastSteward(Exception):
    """A community keeps at least one steward."""


@transaction.atomic
def found(
    *, name: str, visibility: str, now: datetime, description: str = "", steward: Any = None
) -> Community:
    """A new community with its group and, when given, its first steward. ValueError on an empty or taken name."""
    name = fair_name(name=name, user=steward)
    hidden = visibility == Community.Visibility.SECRET
    wanted = f"{name[:80]} {secrets.token_hex(4)}" if hidden else name
    slug = text.unique_slug(wanted, lambda s: Community.objects.filter(slug=s).exists(), fallback="community")
    group = Group.objects.create(name=f"community: {slug}"[:150])
    made = Community.objects.create(
        name=name,
        slug=slug,
        visibility=visibility,
        group=group,
        created_at=now,
        description=text.normalise(description),
    )
    if steward is not None:
        admit(community=made, user=steward, role=Membership.Role.STEWARD, now=now)
    return made


def fair_name(*, name: str, user: Any, but: Community | None = None) -> str:
    """The name as a community may bear it. ValueError when it is empty, too long, or taken by one that `user` can know."""
    name = text.line(name)
    known = Community.objects.exclude(visibility=Community.Visibility.SECRET)
    if user is not None:
        known = known | Community.objects.of_member(user)
    if but is not None:
        known = known.exclude(pk=but.pk)
    if not name or len(name) > 100 or known.filter(name=name).exists():
        raise ValueError("the name is empty, too long or taken")
    return name


@transaction.atomic
def admit(
    *, community: Community, user: Any, now: datetime, role: str = Membership.Role.MEMBER
) -> Membership:
    """Make `user` a member (or change the role of one). Told once, whatever is retried."""
    member, _ = Membership.objects.update_or_create(
        community=community, user=user, defaults={"role": role}, create_defaults={"role": role, "since": now}
    )
    JoinRequest.objects.filter(community=community, user=user).delete()
    user.groups.add(community.group)
    return member


@transaction.atomic
def ask_to_join(*, community: Community, user: Any, now: datetime, message: str = "") -> JoinRequest:
    """Ask the stewards of a closed community; asking twice keeps the first."""
    asked, _ = JoinRequest.objects.get_or_create(
        community=community, user=user, defaults={"asked_at": now, "message": text.line(message)[:300]}
    )
    return asked


@transaction.atomic
def decline(*, community: Community, user: Any) -> None:
    """Answer a request with no; nothing when there is none."""
    JoinRequest.objects.filter(community=community, user=user).delete()


@transaction.atomic
def remove(*, community: Community, user: Any) -> None:
    """End the membership. LastSteward when nobody would be left to care for a community that has members."""
    memberships = community.memberships.select_for_update()
    if is_steward(community=community, user=user):
        others = memberships.exclude(user=user)
        if others.exists() and not others.filter(role=Membership.Role.STEWARD).exists():
            raise LastSteward
    memberships.filter(user=user).delete()
    user.groups.remove(community.group)


def is_steward(*, community: Community, user: Any) -> bool:
    """Whether `user` cares for `community`; one query."""
    return community.memberships.filter(user_id=user.pk, role=Membership.Role.STEWARD).exists()


def is_member(*, community: Community, user: Any) -> bool:
    """Whether `user` is in `community`; one query."""
    return community.memberships.filter(user_id=user.pk).exists()
