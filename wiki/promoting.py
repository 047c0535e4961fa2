"""From an answer to a page: what was said once is kept where it can be found."""

from dataclasses import dataclass, field
from typing import Any

from community.communities.models import Community
from community.contributions import kinds, streams
from community.contributions.models import Contribution
from community.topics.models import Topic


@dataclass
class Seed:
    """What a page starts with. `community` is set when only its members may read the source: the page stays there."""

    source: Contribution
    title: str
    body: str
    topics: list[Topic] = field(default_factory=list)
    community: Community | None = None


def seed(*, user: Any, contribution_id: int) -> Seed | None:
    """What a page grown from that contribution starts with; None when `user` may not read it."""
    source = streams.entries(user).select_related("item__community").filter(pk=contribution_id).first()
    if source is None:
        return None
    body = kinds.bodies([(source.kind, source.source_id)])[source.kind, source.source_id]
    topics = Topic.objects.filter(pk__in=source.topic_links.values("topic"), archived_at=None).order_by(
        "name"
    )
    return Seed(source, source.item.title, body, list(topics), source.item.community)
