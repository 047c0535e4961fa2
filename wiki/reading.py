"""Reading the wiki: everything a page shows, in a fixed number of queries whatever its length, links and history."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from community.contributions import streams
from community.contributions.models import ContentItem, Contribution
from community.contributions.streams import Gathered, TopicName
from profiles.models import Subscription
from wiki.models import Credit, EditNote, PageTopic, WikiPage

MOST_IN_TREE = 1000
NEWEST = 8


class PersonName(NamedTuple):
    """What a link to somebody shows."""

    pk: int
    name: str


@dataclass
class Branch:
    """A page of the tree with the pages under it, by title."""

    page: WikiPage
    under: list["Branch"] = field(default_factory=list)


def page_at(*, user: Any, path: str) -> WikiPage | None:
    """The page at `/wiki/<path>/` with all that its head shows; one query. None when `user` may not read it."""
    return _whole(WikiPage.objects.visible_to(user).at_address(path)).first()


def _whole(pages: QuerySet[WikiPage]) -> QuerySet[WikiPage]:
    topics = PageTopic.objects.filter(content_object=OuterRef("pk")).order_by("tag__name")
    credited = Credit.objects.filter(page=OuterRef("pk")).order_by("person__name", "pk")
    return (
        pages.select_related("owner", "reviewed_by", "community", "live_revision__user")
        .defer("live_revision__content")
        .annotate(
            topics_json=Gathered(topics.values(v=JSONArray("tag_id", "tag__name", "tag__slug"))),
            credits_json=Gathered(credited.values(v=JSONArray("person_id", "person__name"))),
        )
    )


def topics_of(page: WikiPage) -> list[TopicName]:
    """The chips of a page from `page_at`; no query."""
    return [TopicName(*topic) for topic in page.topics_json]


def credited_in(page: WikiPage) -> list[PersonName]:
    """Who is credited beside the editors, of a page from `page_at`; no query."""
    return [PersonName(*person) for person in page.credits_json]


def family(*, user: Any, page: WikiPage) -> tuple[list[WikiPage], list[WikiPage]]:
    """The pages above, from the top, and those directly under it by title; one query."""
    related = WikiPage.objects.visible_to(user).family_of(page).only("title", "path", "depth", "url_path")
    found = list(related)
    above = [other for other in found if other.depth < page.depth]
    return above, sorted(
        (other for other in found if other.depth > page.depth), key=lambda p: p.title.casefold()
    )


def item_of(*, user: Any, page: WikiPage) -> ContentItem | None:
    """What one follows, marks as read and discusses; `level` is how this person follows it, or None. One query."""
    mine = Subscription.objects.filter(user=user.pk, item=OuterRef("pk")).values("level")[:1]
    items = ContentItem.objects.visible_to(user).filter(kind="page", source_id=page.pk)
    return items.annotate(level=Subquery(mine)).first()


def source_of(*, user: Any, page: WikiPage) -> Contribution | None:
    """What the page grew from, as far as `user` may read it; one query."""
    return streams.entries(user).filter(grown__kind="page", grown__source_id=page.pk).first()


def tree(*, user: Any) -> list[Branch]:
    """The two upper floors of the wiki, by title; one query. Deeper pages are met from their own pages."""
    pages = WikiPage.objects.visible_to(user).filter(depth__lte=4).select_related("section_of")
    shown = pages.only("title", "path", "depth", "url_path", "numchild", "section_of")[:MOST_IN_TREE]
    by_path = {page.path: Branch(page) for page in shown}
    tops: list[Branch] = []
    for path, branch in by_path.items():
        above = by_path.get(path[: -branch.page.steplen])
        (above.under if above else tops).append(branch)
    for branch in by_path.values():
        branch.under.sort(key=_by_title)
    return sorted(tops, key=_by_title)


def _by_title(branch: Branch) -> str:
    return branch.page.title.casefold()


def newest(*, user: Any) -> list[WikiPage]:
    """The pages that were changed last, with who did it; one query."""
    pages = WikiPage.objects.visible_to(user).filter(section_of=None).select_related("live_revision__user")
    return list(pages.defer("body", "live_revision__content").order_by("-last_published_at", "-pk")[:NEWEST])


def versions(*, page: WikiPage) -> QuerySet[EditNote]:
    """Every version that was published or kept aside, newest first, without its text."""
    notes = EditNote.objects.filter(page=page.pk).select_related("author", "revision")
    return notes.defer("revision__content").order_by("-at", "-pk")
