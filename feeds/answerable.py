"""Questions that wait for somebody like you."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Case, Exists, IntegerField, OuterRef, Subquery, Value, When

from community.contributions import streams
from community.contributions.models import ContentItem, Contribution, ContributionTopic
from community.contributions.streams import Page, Place
from profiles.models import User

FRESH = timedelta(days=60)
NEWEST = 100  # of each topic's newest contributions are looked through
LATELY = 50  # so many of one's own latest contributions tell what one knows


def one_for(*, user: User, topic_ids: Sequence[int], now: datetime) -> ContentItem | None:
    """A question this person could answer, with `.topic_name`, `.topic_slug` and `.known`; None when none waits.

    What the person knows (said "ask me", or taught) comes before what they only follow; unanswered before answered;
    then the one that has waited longest. Never one they asked or took part in. Two queries.
    """
    known_ids = topics_known_to(user)
    wanted = list(dict.fromkeys([*known_ids, *topic_ids]))
    near = streams.newest_items(user=user, topic_ids=wanted, each=NEWEST)
    took_part = Contribution.objects.filter(item=OuterRef("pk"), actor=user)
    waiting = ContentItem.objects.visible_to(user).filter(
        ~Exists(took_part), pk__in=near, form="question", state="", started_at__gte=now - FRESH
    )
    links = ContributionTopic.objects.filter(contribution__item=OuterRef("pk"))
    is_known = Case(When(topic__in=known_ids, then=Value(0)), default=Value(1), output_field=IntegerField())
    best = links.filter(topic__in=wanted).order_by(is_known, "topic__name")
    waiting = waiting.annotate(
        known=Exists(links.filter(topic__in=known_ids)),
        topic_name=Subquery(best.values("topic__name")[:1]),
        topic_slug=Subquery(best.values("topic__slug")[:1]),
    )
    return waiting.order_by("-known", "contributions_count", "started_at", "pk").first()


def topics_known_to(user: User) -> list[int]:
    """Ids of the topics the person says "ask me" about, and of those they lately taught; one query."""
    said = User.ask_about.through.objects.filter(user=user).values_list("topic", flat=True)
    mine = Contribution.objects.current().filter(actor=user, teaches=True).order_by("-occurred_at", "-pk")
    taught = ContributionTopic.objects.filter(contribution__in=mine.values("pk")[:LATELY])
    return list(said.union(taught.values_list("topic", flat=True)))


def unanswered(
    *, user: User, topic_ids: Sequence[int], before: Place | None = None, limit: int = streams.PAGE
) -> Page:
    """The questions under these topics that nobody has answered, newest first, as entries; one query."""
    asked = (
        ContributionTopic.objects.visible_to(user).filter(topic__in=list(topic_ids)).values("contribution")
    )
    rows = streams.entries(user).filter(
        pk__in=asked, item__form="question", item__state="", item__contributions_count__lte=1
    )
    return streams.page_of(rows, limit=limit, before=before)
