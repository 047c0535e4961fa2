"""Joining and leaving a community, with the flow that follows."""

from datetime import datetime

from django.db import transaction

from community.communities import membership
from community.communities.models import Community, Membership
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
