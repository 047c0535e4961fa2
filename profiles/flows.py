"""A person's flows, read in one query: for the navigation, my flow, the digest and the reason beside each entry."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from community.contributions.models import Contribution, ContributionTopic
from community.contributions.streams import Targets
from profiles.models import Subscription, User

MOST_UNREAD = 99
ITEMS_ALIVE = timedelta(days=60)


class _Counted(Subquery):
    """How many rows a (sliced) subquery has."""

    output_field = IntegerField()
    template = "(SELECT COUNT(*) FROM (%(subquery)s) _counted)"


@dataclass(frozen=True)
class Flow:
    """One line of the navigation: a topic or community that the person follows."""

    pk: int
    name: str
    url: str
    unread: int
    level: str
    origin: str
    role: str
    role_level: str
    role_url: str = ""

    @property
    def muted(self) -> bool:
        return self.level == Subscription.Level.MUTE


@dataclass
class Flows:
    """Everything a person follows. Topics and communities by name; items as ids of those alive lately."""

    topics: list[Flow] = field(default_factory=list)
    communities: list[Flow] = field(default_factory=list)
    items: dict[int, str] = field(default_factory=dict)  # {item id: level}
    item_origins: dict[int, str] = field(default_factory=dict)

    def targets(self) -> Targets:
        """What `streams.my_flow` reads."""
        return Targets(
            topics=[flow.pk for flow in self.topics if not flow.muted],
            communities=[flow.pk for flow in self.communities if not flow.muted],
            items=[pk for pk, level in self.items.items() if level != Subscription.Level.MUTE],
            muted_items=[pk for pk, level in self.items.items() if level == Subscription.Level.MUTE],
        )

    def why(self, entry: Contribution) -> str:
        """The reason this entry is in the flow, in the reader's language; "" when none of it is followed."""
        by_topic = {flow.pk: flow for flow in self.topics if not flow.muted}
        followed = [by_topic[topic.pk] for topic in entry.topics if topic.pk in by_topic]
        required = [flow for flow in followed if flow.role_level == "required" and flow.origin == "role"]
        if required:
            return _("your job role needs %(topic)s") % {"topic": required[0].name}
        if self.items.get(entry.item_id) in {Subscription.Level.WATCH, Subscription.Level.FOLLOW}:
            took_part = self.item_origins.get(entry.item_id) == Subscription.Origin.PARTICIPATION
            return _("you took part") if took_part else _("you follow this")
        if followed:
            return _reason_of_topic(followed[0])
        mine = [flow for flow in self.communities if flow.pk == entry.community_id and not flow.muted]
        return _("you are in %(community)s") % {"community": mine[0].name} if mine else ""

    def roles(self) -> dict[str, list[Flow]]:
        """`{role title: the topics it brought}`, required first."""
        found: dict[str, list[Flow]] = {}
        for flow in sorted(self.topics, key=lambda f: (f.role_level != "required", f.name)):
            if flow.role:
                found.setdefault(flow.role, []).append(flow)
        return found


def _reason_of_topic(flow: Flow) -> str:
    if flow.origin == Subscription.Origin.ROLE:
        return _("%(topic)s is useful in your job role") % {"topic": flow.name}
    return _("you follow %(topic)s") % {"topic": flow.name}


def _unread(user: User) -> Any:
    """A subquery for each subscription: how much is newer than what the person has seen, at most `MOST_UNREAD`."""
    newer = {"occurred_at__gt": OuterRef("seen_at")}
    in_topic = ContributionTopic.objects.visible_to(user).filter(topic=OuterRef("topic"), **newer)
    inside = Contribution.objects.visible_to(user).current().filter(community=OuterRef("community"), **newer)
    others = (in_topic.exclude(contribution__actor=user), inside.exclude(actor=user))
    counted = [_Counted(rows.values("pk")[:MOST_UNREAD]) for rows in others]
    return counted[0] + counted[1]


def subscriptions_of(user: User, *, now: datetime) -> QuerySet[Subscription]:
    """The rows behind `flows_of`."""
    alive = Q(item=None) | Q(item__latest_at__gte=now - ITEMS_ALIVE)
    return (
        Subscription.objects.filter(alive, user=user)
        .filter(Q(topic=None) | Q(topic__archived_at=None))
        .select_related("topic", "community", "role")
        .annotate(unread=_unread(user))  # type: ignore[no-redef]  # the model says what it is
        .order_by(F("topic__name").asc(nulls_last=True), "community__name", "pk")
    )


def flows_of(user: User | AnonymousUser, *, now: datetime) -> Flows:
    """All that `user` follows, with unread counts; one query. Empty for somebody signed out."""
    flows = Flows()
    if not user.is_authenticated:
        return flows
    for row in subscriptions_of(user, now=now):
        _take(flows, row)
    return flows


def flows_of_many(users: Iterable[User], *, now: datetime) -> dict[int, Flows]:
    """`{user id: flows}` without unread counts, for the digest; one query whatever the number."""
    found = {user.pk: Flows() for user in users}
    alive = Q(item=None) | Q(item__latest_at__gte=now - ITEMS_ALIVE)
    rows = Subscription.objects.filter(
        alive, Q(topic=None) | Q(topic__archived_at=None), user__in=list(found)
    )
    rows = rows.select_related("topic", "community", "role")
    rows = rows.annotate(unread=Value(0))  # type: ignore[no-redef]  # the model says what it is
    for row in rows.order_by(F("topic__name").asc(nulls_last=True), "community__name", "pk"):
        _take(found[row.user_id], row)
    return found


@lru_cache(maxsize=4096)
def _hub(place: str, slug: str) -> str:
    """The address of a hub; asked for thousands of times when digests are composed."""
    return reverse(place, args=[slug])


def _take(flows: Flows, row: Subscription) -> None:
    if row.item_id:
        flows.items[row.item_id] = row.level
        flows.item_origins[row.item_id] = row.origin
    elif row.topic:
        flows.topics.append(_flow(row, row.topic, _hub("topics:hub", row.topic.slug)))
    elif row.community:
        flows.communities.append(_flow(row, row.community, _hub("communities:hub", row.community.slug)))


def _flow(row: Subscription, target: Any, url: str) -> Flow:
    role = row.role.title if row.role else ""
    unread = 0 if row.level == Subscription.Level.MUTE else row.unread
    role_url = row.role.get_absolute_url() if row.role else ""
    return Flow(target.pk, target.name, url, unread, row.level, row.origin, role, row.role_level, role_url)
