"""Threads for a bundle, in the shape they are imported in."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from forum.models import Post, Thanks, Thread, ThreadTopic

BATCH = 200


@dataclass
class ExportedPost:
    """A post; ids are Dela's own. What was taken back is left out, its replies answer what it answered."""

    pk: int
    parent: int | None
    author: int | None
    at: datetime
    html: str
    thanked_by: list[int] = field(default_factory=list)


@dataclass
class ExportedThread:
    """A thread with its posts in order. `about` is the item (kind, source id) it was opened on."""

    pk: int
    kind: str
    title: str
    author: int | None
    at: datetime
    community: int | None
    topics: list[int]
    about: tuple[str, int] | None
    accepted: int | None
    posts: list[ExportedPost]


def export_threads(*, since_pk: int = 0) -> Iterator[ExportedThread]:
    """Every thread that was not taken back with an id over `since_pk`, by id; a handful of queries for each 200."""
    while True:
        threads = Thread.objects.filter(deleted_at=None, pk__gt=since_pk).select_related("item", "about")
        found = list(threads.order_by("pk")[:BATCH])
        if not found:
            return
        yield from _exported(found)
        since_pk = found[-1].pk


def _exported(threads: Sequence[Thread]) -> Iterator[ExportedThread]:
    posts, thanks, topics = defaultdict(list), defaultdict(list), defaultdict(list)
    for post in Post.objects.filter(thread__in=threads).order_by("thread", "position"):
        posts[post.thread_id].append(post)
    for post_id, user_id in (
        Thanks.objects.filter(post__thread__in=threads).values_list("post", "user").order_by("pk")
    ):
        thanks[post_id].append(user_id)
    links = ThreadTopic.objects.filter(content_object__in=threads).order_by("pk")
    for thread_id, topic_id in links.values_list("content_object", "tag"):
        topics[thread_id].append(topic_id)
    for thread in threads:
        kept = [_post(post, thanks[post.pk]) for post in _standing(posts[thread.pk])]
        yield _thread(thread, topics[thread.pk], kept)


def _thread(thread: Thread, topics: list[int], posts: list[ExportedPost]) -> ExportedThread:
    return ExportedThread(
        pk=thread.pk,
        kind=thread.kind,
        title=thread.title,
        author=thread.author_id,
        at=thread.created_at,
        community=thread.item.community_id if thread.item else None,
        topics=topics,
        about=(thread.about.kind, thread.about.source_id) if thread.about else None,
        accepted=thread.accepted_id,
        posts=posts,
    )


def _standing(posts: Sequence[Post]) -> list[Post]:
    """The posts that stand, each answering the nearest one above it that does; the opening post always, if only its place."""
    above: dict[int, int | None] = {}
    kept = []
    for post in posts:
        parent = above.get(post.parent_id, post.parent_id) if post.parent_id else None
        if post.deleted_at is not None and not post.opens:
            above[post.pk] = parent
            continue
        post.parent_id = parent
        post.html = "" if post.deleted_at else post.html
        kept.append(post)
    return kept


def _post(post: Post, thanked_by: list[int]) -> ExportedPost:
    return ExportedPost(post.pk, post.parent_id, post.author_id, post.created_at, post.html, thanked_by)
