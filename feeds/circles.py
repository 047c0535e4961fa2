"""What the pages of the communities know."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When

from community.communities.models import Community, JoinRequest, Membership
from profiles.models import User

FACES = 12


def known_to(user: Any) -> QuerySet[Community]:
    """The communities that exist for `user`, by name, each with `.my_role` ("" for an outsider) and `.asked`.

    `.size` is the number of members, None where only members may know it.
    """
    mine = Membership.objects.filter(community=OuterRef("pk"), user=user)
    asked = JoinRequest.objects.filter(community=OuterRef("pk"), user=user)
    living = Count("memberships", filter=Q(memberships__user__is_active=True))
    return (
        Community.objects.visible_to(user)
        .annotate(my_role=Subquery(mine.values("role")[:1]), asked=Exists(asked), living=living)
        .annotate(
            size=Case(
                When(Q(visibility=Community.Visibility.OPEN) | Q(my_role__isnull=False), then=F("living")),
                default=Value(None),
            )
        )
        .order_by("name", "pk")
    )


@dataclass
class Circle:
    """Who is in a community, as far as the reader may know: outsiders of a closed one meet only its stewards."""

    stewards: list[User]
    faces: list[User]


def circle_of(community: Community, *, reads: bool) -> Circle:
    """Stewards and, for those who read it, the newest members; one query."""
    rows = living_members(community).order_by(
        Case(When(role=Membership.Role.STEWARD, then=Value(0)), default=Value(1)), "-since", "-pk"
    )
    if not reads:
        rows = rows.filter(role=Membership.Role.STEWARD)
    people = list(rows[: FACES * 2])
    stewards = [row.user for row in people if row.role == Membership.Role.STEWARD]
    return Circle(stewards, [row.user for row in people if row.role != Membership.Role.STEWARD][:FACES])


def living_members(community: Community) -> QuerySet[Membership]:
    """Memberships of people who still work here, with the person."""
    return Membership.objects.filter(community=community, user__is_active=True).select_related("user")
