"""What a job role's page knows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from community.contributions.models import ContentItem
from community.organisation.models import JobRole
from community.topics.models import RoleTopic
from feeds import hubs
from profiles.models import Assignment, User

MOST_PEOPLE = 24
START_HERE = 6


@dataclass
class RoleFacts:
    """Topics the role needs, where to start, what waits for an answer, and who has the role today."""

    topics: list[RoleTopic] = field(default_factory=list)
    pages: list[ContentItem] = field(default_factory=list)
    questions: list[ContentItem] = field(default_factory=list)
    people: list[User] = field(default_factory=list)
    more_people: bool = False

    @property
    def required(self) -> list[RoleTopic]:
        return [needed for needed in self.topics if needed.level == RoleTopic.Level.REQUIRED]

    @property
    def useful(self) -> list[RoleTopic]:
        return [needed for needed in self.topics if needed.level != RoleTopic.Level.REQUIRED]


def facts_of(role: JobRole, *, user: Any, today: date) -> RoleFacts:
    """Three queries."""
    wanted = RoleTopic.objects.filter(role=role, topic__archived_at=None)
    topics = list(wanted.select_related("topic").order_by("topic__name"))
    pages, questions = hubs.front_of([needed.topic_id for needed in topics], user=user, most=START_HERE)
    held = Assignment.objects.at(today).filter(role=role).values("user")
    people = list(User.objects.visible_to(user).filter(pk__in=held).order_by("name", "pk")[: MOST_PEOPLE + 1])
    return RoleFacts(topics, pages, questions, people[:MOST_PEOPLE], len(people) > MOST_PEOPLE)
