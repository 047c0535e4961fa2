"""Questions that wait for somebody like you."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Subquery, Value, When

from community.contributions import streams
from community.contributions.models import ContentItem, Contribution, ContributionTopic
from community.contributions.streams import Page, Place
from profiles.models import User

FRESH = timedelta(days=60)
LATELY = 50  # so many of one's own latest contributions tell what one knows


def one_for(*, user: User, topic_ids: Sequence[int], now: datetime) -> ContentItem | None:
    """A question this person could answer, with `.topic_name`, `.topic_slug` and `.known`; None when none waits.

    What the person knows (said "ask me", or taught) comes before what they only follow; unanswered before answered;
    then the one that has waited longest. Never one they asked or took part in. One query.
    """
    links = ContributionTopic.objects.filter(contribution__item=OuterRef("pk"))
    known = Q(topic__in=_said(user)) | Q(topic__in=_taught(user))
    best = links.filter(known | Q(topic__in=topic_ids))
    best = best.annotate(known=Case(When(known, then=Value(1)), default=Value(0), output_field=IntegerField()))
    best = best.order_by("-known", "topic__name")
    took_part = Contribution.objects.filter(item=OuterRef("pk"), actor=user)
    waiting = ContentItem.objects.visible_to(user).filter(form="question", state="", started_at__gte=now - FRESH)
    waiting = waiting.filter(~Exists(took_part)).annotate(
        topic_name=Subquery(best.values("topic__name")[:1]),
        topic_slug=Subquery(best.values("topic__slug")[:1]),
        known=Subquery(best.values("known")[:1]),
    )
    return waiting.exclude(topic_name=None).order_by("-known", "contributions_count", "started_at", "pk").first()


def _said(user: User) -> Any:
    return User.ask_about.through.objects.filter(user=user).values("topic")


def _taught(user: User) -> Any:
    mine = Contribution.objects.current().filter(actor=user, teaches=True).order_by("-occurred_at", "-pk")
    return ContributionTopic.objects.filter(contribution__in=mine.values("pk")[:LATELY]).values("topic")


def unanswered(*, user: User, topic_ids: Sequence[int], before: Place | None = None, limit: int = streams.PAGE) -> Page:
    """The questions under these topics that nobody has answered, newest first, as entries; one query."""
    asked = ContributionTopic.objects.visible_to(user).filter(topic__in=list(topic_ids)).values("contribution")
    rows = streams.entries(user).filter(
        pk__in=asked, item__form="question", item__state="", item__contributions_count__lte=1
    )
    return streams.page_of(rows, limit=limit, before=before)
