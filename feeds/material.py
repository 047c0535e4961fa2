"""What the digests of many people are made of, read in bulk: the cost grows with the topics they follow, not with the people.

Nothing here is filtered for one person; `digests.py` shows a person only what `Material.may_read` lets through.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from community.communities.models import Membership
from community.contributions.models import ContentItem, Contribution, ContributionTopic, Reading
from community.contributions.streams import TopicName
from feeds.models import DigestDelivery
from profiles.flows import Flows, flows_of_many
from profiles.models import User

USUAL = timedelta(days=7)
LONGEST = timedelta(days=14)
STILL_ASKED = timedelta(days=30)
STILL_THANKED = timedelta(days=365)
MOST = 30  # newest of each topic, community and item, for each audience
Ids = dict[int, list[int]]


@dataclass
class Material:
    """Everything that the digests of some people may need."""

    since: dict[int, datetime] = field(default_factory=dict)  # {user id: the last digest, or a week ago}
    flows: dict[int, Flows] = field(default_factory=dict)
    circles: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # {user id: community ids}
    expertise: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))  # {user id: topic ids}
    read: dict[tuple[int, int], datetime] = field(default_factory=dict)  # {(user id, item id): when}
    entries: dict[int, Contribution] = field(default_factory=dict)  # with `.topics`
    of_topic: Ids = field(default_factory=dict)
    of_community: Ids = field(default_factory=dict)
    of_item: Ids = field(default_factory=dict)
    asked: Ids = field(default_factory=dict)  # {topic id: questions that nobody has answered}
    grown: Ids = field(default_factory=dict)  # {user id: what grew from something of theirs}
    openers: dict[int, int] = field(default_factory=dict)  # {item id: user id}
    thanked: dict[int, list[ContentItem]] = field(default_factory=lambda: defaultdict(list))
    thanks_before: dict[int, dict[str, int]] = field(default_factory=dict)  # {user id: {item id: count then}}

    def may_read(self, user: User, audience_id: int | None) -> bool:
        return audience_id is None or audience_id in self.circles[user.pk]

    def has_read(self, user: User, entry: Contribution) -> bool:
        seen_at = self.read.get((user.pk, entry.item_id))
        return seen_at is not None and seen_at >= entry.occurred_at


def gather(users: Sequence[User], *, now: datetime) -> Material:
    """Material for the digests of `users` at `now`; about fifteen queries, whatever the number."""
    made = Material(flows=flows_of_many(users, now=now))
    _look_back(made, users, now)
    for user_id, community_id in Membership.objects.filter(user__in=users).values_list(
        "user_id", "community_id"
    ):
        made.circles[user_id].add(community_id)
    for user_id, topic_id in User.ask_about.through.objects.filter(user__in=users).values_list(
        "user_id", "topic_id"
    ):
        made.expertise[user_id].add(topic_id)
    _find(made, users, now)
    _fetch(made)
    _read_marks(made, users)
    _thanks(made, users, now)
    return made


def _look_back(made: Material, users: Sequence[User], now: datetime) -> None:
    """How far back each digest looks, and the thanks counted then."""
    sent = DigestDelivery.objects.filter(user__in=users, state="sent", sent_at__gte=now - 5 * USUAL)
    last = {row.user_id: row for row in sent.order_by("period")}
    for user in users:
        row = last.get(user.pk)
        made.since[user.pk] = max(row.sent_at, now - LONGEST) if row and row.sent_at else now - USUAL
        if row:
            made.thanks_before[user.pk] = row.items.get("thanks", {})


def _find(made: Material, users: Sequence[User], now: datetime) -> None:
    """The ids of all that may be told, by what they are told for."""
    targets = [flows.targets() for flows in made.flows.values()]
    topics = {pk for target in targets for pk in target.topics}
    circles = {pk for target in targets for pk in target.communities}
    since = min(made.since.values(), default=now)
    audiences = set().union(*made.circles.values())
    opened = Contribution.objects.filter(actor__in=users, kind=F("item__form"), item__latest_at__gte=since)
    items = {pk for target in targets for pk in target.items} | set(opened.values_list("item_id", flat=True))

    links = _readable(ContributionTopic.objects.filter(topic__in=topics), audiences)
    made.of_topic = _newest(links.filter(occurred_at__gte=since), "topic_id", "contribution_id")
    told = _readable(Contribution.objects.current().filter(occurred_at__gte=since), audiences)
    made.of_community = _newest(told.filter(community__in=circles), "community_id", "id")
    made.of_item = _newest(told.filter(item__in=items), "item_id", "id")
    made.grown = _listed(
        told.filter(grew_from__actor__in=users).values_list("grew_from__actor_id", "id")[:1000]
    )
    known = topics.union(*made.expertise.values())
    asked = _unanswered(ContributionTopic.objects.filter(topic__in=known), now)
    made.asked = _newest(_readable(asked, audiences), "topic_id", "contribution_id")


def _readable(rows: QuerySet[Any], audiences: set[int]) -> QuerySet[Any]:
    """Only what at least one of the people may read; who exactly is asked again for each."""
    return rows.filter(Q(audience=None) | Q(audience__in=audiences))


def _unanswered(links: QuerySet[ContributionTopic], now: datetime) -> QuerySet[ContributionTopic]:
    return links.filter(
        occurred_at__gte=now - STILL_ASKED,
        contribution__kind="question",
        contribution__item__form="question",
        contribution__item__state="",
        contribution__item__contributions_count=1,
        contribution__item__withdrawn_at=None,
    )


def _newest(rows: QuerySet[Any], place: str, pk: str) -> Ids:
    """`{place: ids, newest first}`, at most `MOST` for each place and audience: a busy closed circle hides nothing open."""
    order = [F("occurred_at").desc(), F(pk).desc()]
    rank = Window(RowNumber(), partition_by=[F(place), F("audience_id")], order_by=order)
    ranked = rows.annotate(rank=rank).filter(rank__lte=MOST).order_by("-occurred_at", f"-{pk}")
    return _listed(ranked.values_list(place, pk))


def _listed(pairs: Iterable[tuple[int, int]]) -> Ids:
    found: Ids = defaultdict(list)
    for place, pk in pairs:
        found[place].append(pk)
    return dict(found)


def _fetch(made: Material) -> None:
    """The entries themselves with their topics, and who opened each item."""
    places = (made.of_topic, made.of_community, made.of_item, made.asked, made.grown)
    ids = {pk for place in places for pks in place.values() for pk in pks}
    rows = Contribution.objects.current().filter(pk__in=ids, item__withdrawn_at=None)
    made.entries = {row.pk: row for row in rows.select_related("item", "actor")}
    for row in made.entries.values():
        row.topics = []  # type: ignore[attr-defined]
    links = ContributionTopic.objects.filter(contribution__in=ids).order_by("topic__name")
    for pk, topic, name, slug in links.values_list(
        "contribution_id", "topic_id", "topic__name", "topic__slug"
    ):
        if pk in made.entries:
            made.entries[pk].topics.append(TopicName(topic, name, slug))  # type: ignore[attr-defined]
    items = {row.item_id for row in made.entries.values()}
    opened = Contribution.objects.filter(item__in=items, kind=F("item__form")).exclude(actor=None)
    made.openers = dict(opened.values_list("item_id", "actor_id"))


def _read_marks(made: Material, users: Sequence[User]) -> None:
    items = {row.item_id for row in made.entries.values()}
    marks = Reading.objects.filter(user__in=users, item__in=items)
    made.read = {
        (user, item): seen for user, item, seen in marks.values_list("user_id", "item_id", "seen_at")
    }


def _thanks(made: Material, users: Sequence[User], now: datetime) -> None:
    """What the people started and others have thanked for."""
    opened = Contribution.objects.current().filter(
        actor__in=users,
        kind=F("item__form"),
        item__thanks_count__gt=0,
        item__withdrawn_at=None,
        item__latest_at__gte=now - STILL_THANKED,
    )
    for row in opened.select_related("item").order_by("-item__latest_at", "pk"):
        made.thanked[row.actor_id or 0].append(row.item)
