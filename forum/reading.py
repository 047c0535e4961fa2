"""Reading the forum: lists by newest activity, and one page of a thread. Everything here is what `user` may see."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value

from community.communities.models import Community
from community.contributions.models import ContentItem, Contribution, Reading
from community.contributions.readings import marks_of
from community.contributions.streams import Place
from community.topics.models import Topic
from forum.models import PAGE, Post, Thanks, Thread
from forum.rights import stewarded_by
from profiles.models import Subscription


@dataclass
class Listing:
    """A page of a list of threads. `older` is where the next page begins."""

    threads: list[Thread] = field(default_factory=list)
    older: Place | None = None


def list_threads(
    *,
    user: Any,
    tab: str = "newest",
    kind: str = "",
    topic: Topic | None = None,
    community: Community | None = None,
    before: Place | None = None,
) -> Listing:
    """Threads by newest activity. `tab`: newest, unanswered or mine. Three queries; `thread.unread` tells of new posts."""
    rows = _of_tab(Thread.objects.visible_to(user), tab, user)
    if kind:
        rows = rows.filter(kind=kind)
    if topic is not None:
        rows = rows.filter(topic_links__tag=topic)
    if community is not None:
        rows = rows.filter(item__community=community)
    if before is not None:
        same_moment = Q(last_post_at__lt=before.occurred_at) | Q(pk__lt=before.pk)
        rows = rows.filter(same_moment, last_post_at__lte=before.occurred_at)
    rows = rows.select_related("author", "item__community").prefetch_related("topics")
    found = list(rows.order_by("-last_post_at", "-pk")[: PAGE + 1])
    shown = found[:PAGE]
    _mark_unread(user, shown)
    more = len(found) > PAGE
    return Listing(shown, Place(shown[-1].last_post_at, shown[-1].pk) if more else None)


def _of_tab(rows: Any, tab: str, user: Any) -> Any:
    if tab == "unanswered":
        return rows.unanswered()
    if tab == "mine":
        return rows.filter(pk__in=Post.objects.current().filter(author=user).values("thread"))
    return rows


def _mark_unread(user: Any, threads: Sequence[Thread]) -> None:
    marks = marks_of(user=user, item_ids=[thread.own_item.pk for thread in threads]) if threads else {}
    for thread in threads:
        mark = marks.get(thread.own_item.pk)
        behind = mark is not None and mark.position < thread.last_position
        thread.unread = behind and thread.last_author_id != user.pk


def threads_for(user: Any, *, wanted_post: int | None = None) -> QuerySet[Thread]:
    """Threads with what the page of one needs to know about `user`: stewardship, following, and where a post stands."""
    follows = Subscription.objects.filter(user=user.pk, item=OuterRef("item")).values("level")[:1]
    place = Post.objects.filter(thread=OuterRef("pk"), pk=wanted_post or 0).values("position")[:1]
    return (
        Thread.objects.visible_to(user)
        .select_related("author", "item__community", "accepted__author")
        .annotate(  # type: ignore[no-redef]  # the models say what these are
            is_stewarded=stewarded_by(user),
            follow_level=Subquery(follows),
            opening_id=Subquery(Post.objects.filter(thread=OuterRef("pk"), position=1).values("pk")[:1]),
            wanted_position=Subquery(place) if wanted_post else Value(None, output_field=IntegerField()),
        )
    )


def posts_for(user: Any) -> QuerySet[Post]:
    """Posts with author, role and unit, whom they answer, what the ledger calls them, and whether `user` said thanks."""
    told = Contribution.objects.filter(kind=OuterRef("kind"), source_id=OuterRef("pk")).values("pk")[:1]
    return (
        Post.objects.select_related("author", "author_role", "author_unit")
        .annotate(  # type: ignore[no-redef]  # the models say what these are
            told_as=Subquery(told),
            was_thanked=Exists(Thanks.objects.filter(post=OuterRef("pk"), user=user.pk)),
            parent_position=F("parent__position"),
            parent_name=F("parent__author__name"),
        )
        .order_by("position")
    )


@dataclass
class ThreadPage:
    """One page of a thread: its posts in order, the mark of how far the reader came, and what it is tied to."""

    number: int
    last: int
    posts: list[Post]
    mark: Reading | None
    about: ContentItem | None
    grown: list[ContentItem]  # pages that grew from it


def read_thread(*, user: Any, thread: Thread, page: int = 1) -> ThreadPage:
    """Page `page` (1 and up; beyond the end: the last). Three queries, whatever the length of the thread."""
    last = max(1, (thread.last_position - 1) // PAGE + 1)
    number = min(max(1, page), last)
    first = (number - 1) * PAGE + 1
    posts = list(posts_for(user).filter(thread=thread, position__range=(first, first + PAGE - 1)))
    for post in posts:
        post.thread = thread
    about, grown = _tied(user, thread)
    mark = marks_of(user=user, item_ids=[thread.own_item.pk]).get(thread.own_item.pk)
    return ThreadPage(number, last, posts, mark, about, grown)


def _tied(user: Any, thread: Thread) -> tuple[ContentItem | None, list[ContentItem]]:
    """The page it was opened on and the pages that grew from it, as far as `user` may see them; one query."""
    seen = ContentItem.objects.visible_to(user)
    grown = Contribution.objects.current().filter(grew_from__item=thread.item_id).values("item")
    # Two arms, each a look-up by key: an OR over both reads every item of the house.
    opened_on = seen.filter(pk=thread.about_id or 0).annotate(grew=Value(value=False))
    tied = opened_on.union(seen.filter(pk__in=grown).annotate(grew=Value(value=True)), all=True)
    found = list(tied.order_by("pk"))
    about = next((item for item in found if item.pk == thread.about_id), None)
    return about, [item for item in found if item.grew]
