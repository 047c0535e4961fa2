"""Starting: a topic somebody needs, and what a newcomer may begin with."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count

from community.contributions.models import Contribution, ContributionTopic
from community.topics import vocabulary
from community.topics.models import Topic
from profiles import following
from profiles.models import Subscription, User

LATELY = timedelta(days=90)
ENOUGH = 1000  # of the newest contributions tell where something happens


@transaction.atomic
def start_topic(*, name: str, description: str, broader: Topic | None, by: User, now: datetime) -> Topic:
    """A new topic, tended and followed by whoever started it. ValueError as `vocabulary.create_topic`."""
    topic = vocabulary.create_topic(name=name, description=description, broader=broader)
    topic.stewards.add(by)
    following.choose(user=by, target=topic, level=Subscription.Level.FOLLOW, now=now)
    return topic


def propose(*, user: Any, now: datetime, most: int = 8) -> list[Topic]:
    """Topics for somebody who follows none: where most was shared lately, as far as `user` may read; one query."""
    newest = Contribution.objects.visible_to(user).current().filter(occurred_at__gte=now - LATELY)
    latest = newest.order_by("-occurred_at", "-pk").values("pk")[:ENOUGH]
    lately = ContributionTopic.objects.filter(contribution__in=latest)
    busy = lately.values("topic").annotate(given=Count("pk")).order_by("-given").values("topic")[:most]
    proposed = list(Topic.objects.current().filter(pk__in=busy).order_by("name"))
    return proposed or list(Topic.objects.current().order_by("name")[:most])
