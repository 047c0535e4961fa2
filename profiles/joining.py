"""Joining and leaving a community, with the flow that follows."""

from datetime import datetime

from django.db import transaction

from community import text
from community.communities import membership
from community.communities.models import Community, Membership
from community.contributions import ledger
from profiles import following
from profiles.models import User


class MustAsk(Exception):
    """A closed community is joined by asking its stewards."""


@transaction.atomic
def join(*, community: Community, user: User, now: datetime) -> None:
    """Join an open community. MustAsk for a closed one; a secret one is joined by being admitted."""
    if community.visibility != Community.Visibility.OPEN:
        raise MustAsk
    admit(community=community, user=user, now=now)


@transaction.atomic
def admit(*, community: Community, user: User, now: datetime, role: str = Membership.Role.MEMBER) -> None:
    """Make `user` a member (the stewards' act), with the community's flow."""
    membership.admit(community=community, user=user, now=now, role=role)
    following.follow_community(user=user, community=community, now=now)


@transaction.atomic
def leave(*, community: Community, user: User) -> None:
    """Leave, or be removed. Raises membership.LastSteward."""
    membership.remove(community=community, user=user)
    following.leave_community(user=user, community=community)


@transaction.atomic
def found(*, name: str, description: str, visibility: str, by: User, now: datetime) -> Community:
    """A community that its founder cares for. ValueError when the name is empty, too long or taken."""
    made = membership.found(name=name, description=description, visibility=visibility, now=now, steward=by)
    following.follow_community(user=by, community=made, now=now)
    return made


@transaction.atomic
def accept(*, community: Community, user: User, now: datetime) -> bool:
    """Say yes to somebody who asked to join; False when they do not ask (any more)."""
    asked = community.join_requests.filter(user=user, user__is_active=True).exists()
    if asked:
        admit(community=community, user=user, now=now)
    return asked


@transaction.atomic
def set_role(*, community: Community, user: User, role: str, now: datetime) -> None:
    """Make a member steward, or a steward member. Raises membership.LastSteward; nothing for somebody who is not in it."""
    stewards = community.memberships.select_for_update().filter(role=Membership.Role.STEWARD)
    others = stewards.exclude(user=user)
    if role != Membership.Role.STEWARD and stewards.filter(user=user).exists() and not others.exists():
        raise membership.LastSteward
    if membership.is_member(community=community, user=user):
        membership.admit(community=community, user=user, role=role, now=now)


@transaction.atomic
def reshape(
    *, community: Community, name: str, description: str, visibility: str, by: User, now: datetime
) -> Community:
    """The stewards' edit. What is in the community follows its visibility; ValueError as `found`.

    When it closes, others stop following what they may no longer read; when it opens, whoever asked to join is in.
    """
    moved = visibility != community.visibility
    community.name = membership.fair_name(name=name, user=by, but=community)
    community.description = text.normalise(description).strip()
    community.visibility = Community.Visibility(visibility)
    community.save(update_fields=["name", "description", "visibility"])
    if moved:
        ledger.set_audience(community=community, now=now)
        following.shut_out(community=community)
        if visibility == Community.Visibility.OPEN:
            for asked in community.join_requests.select_related("user"):
                admit(community=community, user=asked.user, now=now)
    return community
