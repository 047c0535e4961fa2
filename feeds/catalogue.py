"""The vocabulary as a reader meets it: branches of topics, the archived ones apart."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from community import text
from community.topics.models import Topic, TopicAlias
from profiles.models import Subscription


@dataclass
class Branch:
    """A topic that stands at the top, and everything under it."""

    topic: Topic
    under: list[Topic] = field(default_factory=list)


@dataclass
class Catalogue:
    """Branches with something under them, topics that stand alone, and those no longer used."""

    branches: list[Branch] = field(default_factory=list)
    alone: list[Topic] = field(default_factory=list)
    archived: list[Topic] = field(default_factory=list)


def catalogue(*, matching: str = "") -> Catalogue:
    """The whole vocabulary, or the topics with a name or synonym that contains `matching`. Each has `.followers`."""
    follows = Count("subscriptions", filter=~Q(subscriptions__level=Subscription.Level.MUTE))
    topics = Topic.objects.annotate(followers=follows).order_by("name", "pk")
    key = text.key(matching)[:100]
    if key:
        topics = topics.filter(pk__in=TopicAlias.objects.filter(key__contains=key).values("topic"))
    found = list(topics)
    made = Catalogue(archived=[topic for topic in found if topic.archived_at])
    for branch in _branches([topic for topic in found if not topic.archived_at]):
        if branch.under:
            made.branches.append(branch)
        else:
            made.alone.append(branch.topic)
    return made


def _branches(topics: list[Topic]) -> Iterable[Branch]:
    """Each topic in exactly one branch, also when the data holds a ring or a broader topic is not among them."""
    here = {topic.pk for topic in topics}
    under: dict[int | None, list[Topic]] = defaultdict(list)
    for topic in topics:
        under[topic.broader_id if topic.broader_id in here else None].append(topic)
    seen: set[int] = set()
    for root in [*under[None], *topics]:  # whoever is still unseen after the real roots stands in a ring
        if root.pk not in seen:
            seen.add(root.pk)
            yield Branch(root, list(_walk(root, under, seen)))


def _walk(root: Topic, under: dict[int | None, list[Topic]], seen: set[int]) -> Iterable[Topic]:
    todo = under[root.pk][::-1]
    while todo:
        topic = todo.pop()
        if topic.pk not in seen:
            seen.add(topic.pk)
            yield topic
            todo.extend(under[topic.pk][::-1])
