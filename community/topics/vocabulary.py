"""Typing topics: synonyms resolve wherever a topic is typed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from community import text
from community.topics.models import Topic, TopicAlias

RESERVED = {"suggest"}  # the one address among the topics that is no topic
SPLIT = re.compile(r"[,;\n]")


@dataclass
class Resolved:
    """What a list of typed names means: current topics in the order typed, and the names nobody knows."""

    topics: list[Topic] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def split(typed: str) -> list[str]:
    """The names in a typed line: separated by comma, semicolon or newline; blanks and repeats dropped."""
    names = {text.key(part): text.line(part) for part in SPLIT.split(typed) if text.line(part)}
    return list(names.values())


def resolve(names: Iterable[str]) -> Resolved:
    """Topics for typed names, by name or synonym, caseless. One query whatever the number: a topic's own name is an alias too."""
    wanted = {text.key(name): text.line(name) for name in names if text.key(name)}
    by_key = _topics_by_key(wanted)
    found = Resolved()
    for key, name in wanted.items():
        topic = by_key.get(key)
        if topic is None:
            found.unknown.append(name)
        elif topic not in found.topics:
            found.topics.append(topic)
    return found


def _topics_by_key(keys: Iterable[str]) -> dict[str, Topic]:
    aliases = TopicAlias.objects.filter(key__in=keys, topic__archived_at=None).select_related("topic")
    return {alias.key: alias.topic for alias in aliases}


@transaction.atomic
def create_topic(*, name: str, description: str = "", broader: Topic | None = None, slug: str = "") -> Topic:
    """A new topic. Its own name is kept as an alias too, so that typing resolves in one look.

    Raises ValueError when the name is empty, too long, or already a topic or a synonym.
    """
    name = text.line(name)
    if not fits(name):
        raise ValueError("a topic's name has 1 to 100 characters")
    if TopicAlias.objects.filter(key=text.key(name)).exists():
        raise ValueError("there is a topic or synonym of that name")
    slug = text.unique_slug(slug or name, _slug_taken, fallback="topic", length=90)
    topic = Topic(name=name, slug=slug, description=text.normalise(description), broader=broader)
    topic.save()
    keep_words(topic=topic)
    return topic


def fits(name: str) -> bool:
    """Whether `name` may be a topic's name: visible, at most 100 characters, also when folded for comparing."""
    return 0 < len(text.line(name)) <= 100 and 0 < len(text.key(name)) <= 100


def retired(names: Iterable[str]) -> list[str]:
    """Those of `names` that lead to a topic which takes nothing new."""
    by_key = {text.key(name): name for name in names}
    gone = (
        TopicAlias.objects.filter(key__in=by_key)
        .exclude(topic__archived_at=None)
        .values_list("key", flat=True)
    )
    return [by_key[key] for key in gone]


@transaction.atomic
def settle(*, topics: Iterable[Topic], new: Iterable[str]) -> list[Topic]:
    """`topics` and, after them, a topic for each name in `new`: made now unless somebody was quicker. ValueError as `create_topic`."""
    found = resolve(new)
    made = [create_topic(name=name) for name in found.unknown]
    return list(dict.fromkeys([*topics, *found.topics, *made]))


def _slug_taken(slug: str) -> bool:
    taken = Topic.objects.filter(slug=slug).exists() or TopicAlias.objects.filter(slug=slug).exists()
    return taken or slug in RESERVED


@transaction.atomic
def rename_topic(*, topic: Topic, name: str) -> Topic:
    """Give the topic another name; the old one stays a synonym, the address stays. ValueError as `create_topic`."""
    name = text.line(name)
    if not name or len(name) > 100:
        raise ValueError("a topic's name has 1 to 100 characters")
    if TopicAlias.objects.filter(key=text.key(name)).exclude(topic=topic).exists():
        raise ValueError("there is a topic or synonym of that name")
    topic.name = name
    topic.save(update_fields=["name"])
    keep_words(topic=topic)
    return topic


def keep_words(*, topic: Topic) -> None:
    """Make the topic's own name lead to it, for topics that were made or renamed elsewhere (Wagtail's admin)."""
    TopicAlias.objects.get_or_create(
        key=text.key(topic.name)[:100], defaults={"topic": topic, "name": topic.name}
    )


@transaction.atomic
def archive_topic(*, topic: Topic, now: datetime) -> None:
    """No new use; what carries it keeps it."""
    topic.archived_at = now
    topic.save(update_fields=["archived_at"])


@transaction.atomic
def add_synonym(*, topic: Topic, name: str) -> TopicAlias | None:
    """Make `name` lead to `topic`; None when the word already leads somewhere else."""
    name = text.line(name)[:100]
    if not text.key(name):
        return None
    alias, _ = TopicAlias.objects.get_or_create(
        key=text.key(name)[:100], defaults={"topic": topic, "name": name}
    )
    return alias if alias.topic_id == topic.pk else None


def suggest(typed: str, *, limit: int = 8) -> list[tuple[str, Topic]]:
    """`(word that matched, topic)` for completion: words that begin with `typed` first, then those that contain it."""
    key = text.key(typed)[:60]
    if not key:
        return []
    aliases = TopicAlias.objects.filter(key__contains=key, topic__archived_at=None).select_related("topic")[
        :50
    ]
    ranked = sorted(aliases, key=lambda a: (not a.key.startswith(key), len(a.key), a.key))
    seen: dict[int, tuple[str, Topic]] = {}
    for alias in ranked:
        seen.setdefault(alias.topic_id, (alias.name, alias.topic))
    return list(seen.values())[:limit]
