"""The vocabulary's whole care: what an administrator sets of a topic at once."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from community.topics import tending, vocabulary
from community.topics.models import Topic


@transaction.atomic
def curate(
    *,
    topic: Topic | None,
    name: str,
    description: str,
    broader: Topic | None,
    stewards: Iterable[Any],
    synonyms: Iterable[str],
) -> Topic:
    """Make the topic, or give it all this; an earlier name stays a synonym. ValueError on an empty or taken name."""
    before = Topic.objects.get(pk=topic.pk).name if topic else ""
    kept = list(synonyms)
    if topic is None:
        topic = vocabulary.create_topic(name=name)
    elif before != name:
        vocabulary.rename_topic(topic=topic, name=name)
        kept.append(before)
    topic.broader = None if broader == topic else broader
    topic.save(update_fields=["broader"])
    tending.tend(topic=topic, description=description, synonyms=kept)
    topic.stewards.set(stewards)
    return topic
