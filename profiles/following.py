"""What a person follows. Own choice wins; a role adds and removes only what a role brought."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.communities.models import Community
from community.contributions.models import ContentItem
from community.organisation.models import JobRole
from community.topics.models import RoleTopic, Topic
from profiles.models import Subscription, User

Level, Origin = Subscription.Level, Subscription.Origin
Target = Topic | Community | ContentItem


@dataclass
class Change:
    """What a role change did to somebody's flows."""

    added: list[Topic] = field(default_factory=list)
    ended: list[Topic] = field(default_factory=list)
    kept: list[Topic] = field(default_factory=list)  # the person's own choice stands


def _named(target: Target) -> dict[str, Any]:
    return {{Topic: "topic", Community: "community", ContentItem: "item"}[type(target)]: target}


@transaction.atomic
def choose(*, user: User, target: Target, level: str, now: datetime) -> Subscription:
    """The person's own choice of `level` for `target`; it wins over whatever brought it before."""
    subscription, _ = Subscription.objects.update_or_create(
        user=user,
        **_named(target),
        defaults={"level": Level(level), "origin": Origin.OWN},
        create_defaults={"level": Level(level), "origin": Origin.OWN, "created_at": now, "seen_at": now},
    )
    return subscription


@transaction.atomic
def unfollow(*, user: User, target: Target, now: datetime) -> None:
    """Stop following by own choice. What a role or community brings is muted instead, so that it stays gone."""
    brought = isinstance(target, Topic) and target.pk in _brought_by_roles(user, timezone.localdate(now))
    if brought or (isinstance(target, Community) and target.memberships.filter(user=user).exists()):
        choose(user=user, target=target, level=Level.MUTE, now=now)
    else:
        Subscription.objects.filter(user=user, **_named(target)).delete()


def take_part(*, user: User, item: ContentItem, now: datetime, level: str = Level.FOLLOW) -> None:
    """Whoever gives something to an item follows it from then on, unless they chose otherwise. One or two statements."""
    defaults = {"level": level, "origin": Origin.PARTICIPATION, "created_at": now, "seen_at": now}
    Subscription.objects.get_or_create(user=user, item=item, defaults=defaults)


def follow_community(*, user: User, community: Community, now: datetime) -> None:
    """Joining brings the community's flow."""
    defaults = {"level": Level.FOLLOW, "origin": Origin.COMMUNITY, "created_at": now, "seen_at": now}
    Subscription.objects.get_or_create(user=user, community=community, defaults=defaults)


@transaction.atomic
def leave_community(*, user: User, community: Community) -> None:
    """Leaving takes the community's flow and everything followed inside, chosen or not, when others may not read it."""
    Subscription.objects.filter(user=user, community=community).delete()
    if community.audience_id:
        Subscription.objects.filter(user=user, item__audience=community).delete()


def shut_out(*, community: Community) -> None:
    """After a community closed: only its members still follow it and what is in it. Nothing while it is open."""
    if community.audience_id:
        outside = Subscription.objects.exclude(user__in=community.memberships.values("user"))
        outside.filter(Q(community=community) | Q(item__audience=community)).delete()


def _brought_by_roles(user: User, day: date) -> dict[int, RoleTopic]:
    """`{topic id: what the person's roles of `day` say of it}`; required wins over useful."""
    roles = user.assignments.at(day).exclude(role=None).values("role")
    brought: dict[int, RoleTopic] = {}
    wanted = (
        RoleTopic.objects.filter(role__in=roles, topic__archived_at=None)
        .select_related("topic")
        .order_by("level", "pk")
    )
    for role_topic in wanted:  # "required" sorts before "useful"
        brought.setdefault(role_topic.topic_id, role_topic)
    return brought


@transaction.atomic
def sync_roles(*, user: User, now: datetime) -> Change:
    """Bring the person's flows in line with their roles of today. Twice changes nothing more."""
    wanted = _brought_by_roles(user, timezone.localdate(now))
    have = {s.topic_id: s for s in user.subscriptions.exclude(topic=None).select_related("topic")}
    change = Change()
    for topic_id, role_topic in wanted.items():
        held = have.get(topic_id)
        if held is None:
            change.added.append(role_topic.topic)
        elif held.origin == Origin.OWN:
            change.kept.append(role_topic.topic)
        if held is None or held.origin != Origin.OWN:
            _bring(user, role_topic, now)
    gone = [s for s in have.values() if s.origin == Origin.ROLE and s.topic_id not in wanted]
    change.ended = [s.topic for s in gone if s.topic]
    Subscription.objects.filter(pk__in=[s.pk for s in gone]).delete()
    return change


def _bring(user: User, role_topic: RoleTopic, now: datetime) -> None:
    why = {"origin": Origin.ROLE, "role_id": role_topic.role_id, "role_level": role_topic.level}
    Subscription.objects.update_or_create(
        user=user,
        topic_id=role_topic.topic_id,
        defaults=why,
        create_defaults={**why, "level": Level.FOLLOW, "created_at": now, "seen_at": now},
    )


def sync_everyone_with(*, role: JobRole, now: datetime) -> int:
    """After a role's topics changed: everyone who has it today; how many people."""
    people = User.objects.filter(
        pk__in=role.assignments.at(timezone.localdate(now)).values("user"), is_active=True
    )
    for user in people:
        sync_roles(user=user, now=now)
    return len(people)


def mark_seen(*, user: User, target: Target, now: datetime) -> None:
    """The person looked at the topic's or community's page: nothing there is unread any more."""
    Subscription.objects.filter(user=user, **_named(target)).update(seen_at=now)


def level_of(*, user: User, target: Target) -> str:
    """How closely `user` follows `target`; "" when not at all. One query."""
    return (
        Subscription.objects.filter(user=user, **_named(target)).values_list("level", flat=True).first() or ""
    )


def mark_flow_seen(*, user: User, now: datetime) -> None:
    """The person looked at the whole flow. Only moves forward."""
    unseen = Q(flow_seen_at=None) | Q(flow_seen_at__lt=now)
    User.objects.filter(unseen, pk=user.pk).update(flow_seen_at=now)
