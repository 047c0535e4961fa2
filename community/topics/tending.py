"""What a topic's stewards do for it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from community import text
from community.topics import vocabulary
from community.topics.models import Topic, TopicAlias


def may_tend(*, topic: Topic, user: Any) -> bool:
    """Whether `user` cares for the topic: its stewards and administrators; at most one query."""
    return user.is_staff or topic.stewards.filter(pk=user.pk).exists()


@transaction.atomic
def tend(*, topic: Topic, description: str, synonyms: Iterable[str]) -> list[str]:
    """Give the topic this description and exactly these synonyms; the words that already lead elsewhere.

    The topic's own name and its old addresses stay.
    """
    topic.description = text.normalise(description).strip()
    topic.save(update_fields=["description"])
    wanted = {text.key(word): word for word in synonyms} | {text.key(topic.name): topic.name}
    TopicAlias.objects.filter(topic=topic, slug="").exclude(key__in=wanted).delete()
    return [word for word in wanted.values() if vocabulary.add_synonym(topic=topic, name=word) is None]
