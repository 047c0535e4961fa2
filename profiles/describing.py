"""A job role as HR describes it, with the topics it needs."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from community import text
from community.organisation.models import JobRole
from community.topics.models import RoleTopic, Topic
from profiles import following


@transaction.atomic
def describe_role(
    *, role: JobRole, required: Iterable[Topic], useful: Iterable[Topic], now: datetime
) -> JobRole:
    """Keep `role` with exactly these topics; everyone who has it today follows them from now on. Required wins."""
    if not role.slug:
        role.slug = text.unique_slug(
            role.title, lambda s: JobRole.objects.filter(slug=s).exists(), fallback="role"
        )
    role.save()
    levels = {topic.pk: RoleTopic.Level.USEFUL for topic in useful}
    levels |= {topic.pk: RoleTopic.Level.REQUIRED for topic in required}
    RoleTopic.objects.filter(role=role).exclude(topic__in=levels).delete()
    for topic_id, level in levels.items():
        RoleTopic.objects.update_or_create(role=role, topic_id=topic_id, defaults={"level": level})
    following.sync_everyone_with(role=role, now=now)
    return role
