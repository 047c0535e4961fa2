"""What a topic's page knows: its neighbours, its people, its pages and questions. A query each, whatever the size."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from community.contributions import streams
from community.contributions.models import ContentItem, ContributionTopic
from community.contributions.streams import Place, TopicName
from community.topics.models import RoleTopic, Topic, TopicAlias
from profiles.models import User

NEWEST_GIVEN = 300  # among so many of the topic's newest we look for people who know
NEWEST_ASKED = 150  # among so many of each topic's newest the front looks for open questions
MOST_PEOPLE = 24
FRONT = 3
OPEN = Q(form="question", state="")
SHELVES = {
    "pages": Q(form="page"),
    "questions": OPEN,
    "solved": Q(form="question", state="solved"),
    "experience": Q(form="experience"),
}


@dataclass(frozen=True)
class Need:
    """A job role that needs the topic."""

    title: str
    slug: str
    required: bool


@dataclass
class Neighbours:
    """What stands around a topic in the vocabulary."""

    narrower: list[TopicName] = field(default_factory=list)
    synonyms: list[str] = field(default_factory=list)
    roles: list[Need] = field(default_factory=list)


@dataclass
class Shelf:
    """A page of items, and where the next begins."""

    items: list[ContentItem] = field(default_factory=list)
    older: Place | None = None


def find_topic(slug: str) -> Topic | None:
    """The topic at this address, or the one that took over its old address or word; None when nobody did."""
    topics = Topic.objects.select_related("broader")
    found = topics.filter(slug=slug).first()
    return found or topics.filter(aliases__slug=slug).first()


def neighbours_of(topic: Topic) -> Neighbours:
    """Narrower topics, synonyms and the roles that need it; one query."""
    narrower = _told(
        "narrower", Topic.objects.current().filter(broader=topic), "pk", "name", "slug", Value("")
    )
    other_words = TopicAlias.objects.filter(topic=topic).exclude(name=topic.name)
    words = _told("word", other_words, "pk", "name", "slug", Value(""))
    needs = RoleTopic.objects.filter(topic=topic)
    roles = _told("role", needs, "role_id", "role__title", "role__slug", F("level"))
    found = Neighbours()
    for what, pk, name, slug, level in sorted(
        narrower.union(words, roles, all=True), key=lambda row: row[2].casefold()
    ):
        if what == "narrower":
            found.narrower.append(TopicName(pk, name, slug))
        elif what == "word":
            found.synonyms.append(name)
        else:
            found.roles.append(Need(name, slug, level == RoleTopic.Level.REQUIRED))
    found.roles.sort(key=lambda need: not need.required)
    return found


def _told(what: str, rows: QuerySet[Any], pk: str, name: str, slug: str, level: Any) -> QuerySet[Any]:
    marked = rows.annotate(what=Value(what, CharField()), told_level=level)
    return marked.values_list("what", pk, name, slug, "told_level").order_by()


def people_of(topic: Topic, *, user: Any) -> list[Any]:
    """Who knows: those who said "ask me", then those who lately taught here where `user` may read it; and the stewards.

    Each has `.says_ask` and `.is_steward`. By name within each group: nobody is ranked.
    """
    given = ContributionTopic.objects.visible_to(user).filter(topic=topic, contribution__teaches=True)
    lately = given.order_by("-occurred_at", "-contribution").values("contribution__actor")[:NEWEST_GIVEN]
    says = Exists(User.ask_about.through.objects.filter(user=OuterRef("pk"), topic=topic))
    tends = Exists(Topic.stewards.through.objects.filter(user=OuterRef("pk"), topic=topic))
    people = User.objects.visible_to(user).annotate(says_ask=says, is_steward=tends)
    people = people.filter(Q(says_ask=True) | Q(is_steward=True) | Q(pk__in=lately))
    return list(people.order_by("-is_steward", "-says_ask", "name", "pk")[:MOST_PEOPLE])


def items_under(topic_ids: list[int], *, user: Any) -> QuerySet[ContentItem]:
    """Everything with an address under any of these topics that `user` may read."""
    links = ContributionTopic.objects.visible_to(user).filter(topic__in=topic_ids)
    return ContentItem.objects.visible_to(user).filter(pk__in=links.values("contribution__item"))


def front_of(
    topic_ids: list[int], *, user: Any, most: int = FRONT
) -> tuple[list[ContentItem], list[ContentItem]]:
    """`(pages, open questions)`: the most thanked pages, and the newest questions still open; one query.

    It never walks a whole topic: pages are found by their few first contributions, questions among the newest.
    """
    paged = ContributionTopic.objects.visible_to(user).filter(topic__in=topic_ids, contribution__kind="page")
    asked = streams.newest_items(user=user, topic_ids=topic_ids, each=NEWEST_ASKED)
    near = asked.union(paged.values("contribution__item")) if topic_ids else asked
    liked = Case(When(form="page", then=F("thanks_count")), default=Value(0))
    best = [liked.desc(), F("latest_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=F("form"), order_by=best)
    shown = ContentItem.objects.visible_to(user).filter(SHELVES["pages"] | OPEN, pk__in=near)
    found = list(shown.annotate(place=place).filter(place__lte=most).order_by("place"))
    return [item for item in found if item.form == "page"], [item for item in found if item.form != "page"]


def shelf_of(
    name: str, topic_ids: list[int], *, user: Any, before: Place | None = None, limit: int = 20
) -> Shelf:
    """A page of one shelf, newest change first. KeyError for a shelf that is none."""
    rows = items_under(topic_ids, user=user).filter(SHELVES[name])
    if before is not None:
        same_moment = Q(latest_at__lt=before.occurred_at) | Q(pk__lt=before.pk)
        rows = rows.filter(same_moment, latest_at__lte=before.occurred_at)
    found = list(rows.order_by("-latest_at", "-pk")[: limit + 1])
    shown = found[:limit]
    more = len(found) > limit
    return Shelf(shown, Place(shown[-1].latest_at, shown[-1].pk) if more else None)
