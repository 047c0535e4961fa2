"""Finding people: by name, title, role, unit or what one may ask them about."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from community import text
from community.organisation import tree
from community.topics.models import TopicAlias
from profiles.models import Assignment, User

MOST_WORDS = 6


def people(
    *, user: Any, today: date, typed: str = "", role_id: int = 0, unit_id: int = 0, topic_id: int = 0
) -> QuerySet[User]:
    """People whom `user` may meet, by name, each with `.held`: today's assignments. Every typed word has to fit."""
    held = Assignment.objects.at(today)
    found = User.objects.visible_to(user)
    for word in text.line(typed)[:100].split()[:MOST_WORDS]:
        found = found.filter(_fits(word, held))
    if role_id:
        found = found.filter(Exists(held.filter(user=OuterRef("pk"), role=role_id)))
    if unit_id:
        units = list(tree.subtree(unit_id, tree.children_by_parent()))
        found = found.filter(Exists(held.filter(user=OuterRef("pk"), unit__in=units)))
    if topic_id:
        found = found.filter(Exists(_asks().filter(topic=topic_id)))
    with_places = Prefetch("assignments", queryset=in_order(held), to_attr="held")
    return found.prefetch_related(with_places).order_by("name", "pk")


def in_order(held: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Assignments with role and unit, the largest share first."""
    return held.select_related("role", "unit").order_by("-share", "starts_on", "pk")


def _fits(word: str, held: QuerySet[Assignment]) -> Q:
    """`iregex`, not `icontains`: SQLite's LIKE knows no å, ä and ö in capitals."""
    written = re.escape(word)
    named = Q(name__iregex=written) | Q(title__iregex=written)
    placed = held.filter(Q(role__title__iregex=written) | Q(unit__name__iregex=written), user=OuterRef("pk"))
    topics = TopicAlias.objects.filter(key__contains=text.key(word)).values("topic")
    return named | Exists(placed) | Exists(_asks().filter(topic__in=topics))


def _asks() -> Any:
    return User.ask_about.through.objects.filter(user=OuterRef("pk"))


def places(held: Iterable[Assignment]) -> str:
    """ "Nurse, Ward 3 · Supervisor": roles and units in one line."""
    told = (", ".join(str(part) for part in (a.role, a.unit) if part) for a in held)
    return " · ".join(line for line in dict.fromkeys(told) if line)
