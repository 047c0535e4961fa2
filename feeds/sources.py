"""What a feed is of: a topic, a community, a job role, a person's own flow, or everything; and who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from community.communities.models import Community
from community.contributions import streams
from community.contributions.models import Contribution
from community.organisation.models import JobRole
from community.topics.models import Topic
from feeds.models import FeedToken
from profiles.models import Subscription, User

Form = FeedToken.Form
Named = Topic | Community | JobRole
MOST = 50
NOTHING = streams.Targets()


@dataclass(frozen=True)
class Source:
    """A feed for one reader. `targets` is what the reader's flow or the role's topics are made of."""

    user: User
    form: str
    target: Named | None = None
    targets: streams.Targets = NOTHING

    @property
    def name(self) -> str:
        """The feed's title in the reader's list, in the active language."""
        if self.target is not None:
            return str(self.target)
        return _("My flow") if self.form == Form.FLOW else _("Everything")

    @property
    def label(self) -> str:
        """What the feed is of, in a word."""
        return str(Form(self.form).label)

    @property
    def page(self) -> str:
        """The page in the house that shows the same."""
        return self.target.get_absolute_url() if self.target is not None else reverse("flow")

    @property
    def key(self) -> str:
        """What tells this feed from every other, for its id and its ETag."""
        return f"{self.form}/{self.target.pk if self.target is not None else self.user.pk}"


def entries(source: Source, *, limit: int = MOST) -> list[Contribution]:
    """The newest of the feed that its reader may read; one query."""
    user, target = source.user, source.target
    if isinstance(target, Topic):
        return streams.of_topic(user=user, topic_id=target.pk, limit=limit).entries
    if isinstance(target, Community):
        return streams.of_community(user=user, community_id=target.pk, limit=limit).entries
    if source.form == Form.EVERYTHING:
        return streams.everything(user=user, limit=limit).entries
    return streams.my_flow(user=user, targets=source.targets, limit=limit).entries


def find(*, user: User, form: str, slug: str = "") -> Source | None:
    """The feed at that address for `user`; None when there is none that they may read. One or two queries."""
    if form in {Form.FLOW, Form.EVERYTHING}:
        return (
            None if slug else Source(user, form, None, flow_targets(user) if form == Form.FLOW else NOTHING)
        )
    target = _named(user, form, slug)
    if target is None:
        return None
    return Source(user, form, target, role_targets(target) if isinstance(target, JobRole) else NOTHING)


def _named(user: User, form: str, slug: str) -> Named | None:
    rows: Any = {
        Form.TOPIC: Topic.objects.all,
        Form.COMMUNITY: lambda: Community.objects.readable_by(user),
        Form.ROLE: JobRole.objects.all,
    }[Form(form)]()
    return rows.filter(slug=slug.replace("\x00", "")).first()


def role_targets(role: JobRole) -> streams.Targets:
    """The topics that the role needs."""
    return streams.Targets(topics=list(role.role_topics.values_list("topic_id", flat=True)))


def flow_targets(user: User) -> streams.Targets:
    """All that `user` follows and mutes."""
    rows = user.subscriptions.filter(topic__archived_at=None)
    return targets_of(rows.values_list("topic_id", "community_id", "item_id", "level"))


def targets_of(rows: Sequence[Sequence[Any]] | Any) -> streams.Targets:
    """Targets from rows of (topic id, community id, item id, level)."""
    topics: list[int] = []
    communities: list[int] = []
    items: list[int] = []
    muted: list[int] = []
    for topic, community, item, level in rows:
        if level == Subscription.Level.MUTE:
            muted += [item] if item else []
        elif item:
            items.append(item)
        else:
            (topics if topic else communities).append(topic or community)
    return streams.Targets(topics, communities, sorted(items)[-streams.MOST_ARMS // 2 :], muted)


def offered(user: User) -> list[Source]:
    """Every feed that the feeds page offers: my flow, everything, and what the person follows or works as. Two queries."""
    followed = (
        user.subscriptions.in_flow()
        .filter(item=None, topic__archived_at=None)
        .select_related("topic", "community", "role")
        .order_by("topic__name", "community__name", "pk")
    )
    found = list(followed)
    roles = {row.role_id: row.role for row in found if row.role_id}
    return [
        Source(user, Form.FLOW),
        Source(user, Form.EVERYTHING),
        *(Source(user, Form.ROLE, role) for role in sorted(roles.values(), key=str)),
        *(Source(user, Form.COMMUNITY, row.community) for row in found if row.community_id),
        *(Source(user, Form.TOPIC, row.topic) for row in found if row.topic_id),
    ]
