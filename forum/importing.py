"""Threads from elsewhere, in bulk: dates, order, authors and nesting are kept, and a second load adds only what is new."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from community import text
from community.communities.models import Community
from community.contributions import ledger
from community.contributions.ledger import Giver
from community.contributions.models import ContentItem
from community.topics.models import Topic
from forum import answering, posting
from forum.models import Post, Thanks, Thread, ThreadTopic

BATCH = 500


@dataclass
class ImportedPost:
    """A post as its source knew it. `source` and `parent` are the source's own ids; `thanked_by` are ids of people."""

    source: str
    parent: str | None
    giver: Giver
    at: datetime
    html: str
    thanked_by: Sequence[int] = ()


@transaction.atomic
def import_thread(
    *,
    kind: str,
    title: str,
    posts: Sequence[ImportedPost],
    topics: Sequence[Topic],
    community: Community | None,
    about: ContentItem | None,
    accepted: str | None,
    known: dict[str, int],
    thread: Thread | None,
    now: datetime,
) -> tuple[Thread, dict[str, int]]:
    """The thread and `{source id: post id}` of all its posts; the first of `posts` opens it.

    `known` maps the source ids that are here already: they are passed over. ValueError for a thread without a post.
    """
    if not posts:
        raise ValueError("a thread has at least one post")
    if thread is None:
        solved = any(post.source == accepted for post in posts)
        thread = _open(kind, title, posts[0], topics, community, about, solved=solved)
    fresh = [post for post in posts if post.source not in known]
    if fresh:
        placed, rows = _write(thread, fresh, known)
        thanks = _thank(fresh, placed)
        _tell(thread, rows, topics, thanks)
        known = known | placed
    _accept(thread, known.get(accepted or ""), now)
    return thread, dict(known)


def _open(
    kind: str,
    title: str,
    first: ImportedPost,
    topics: Sequence[Topic],
    community: Community | None,
    about: ContentItem | None,
    *,
    solved: bool,
) -> Thread:
    thread = Thread.objects.create(
        kind=Thread.Kind(kind),
        title=text.line(title)[:200] or text.excerpt(first.html, 80) or "…",
        author_id=first.giver.user_id,
        about=about,
        excerpt=text.excerpt(posting.in_short(text.prose(first.html)), 280),
        created_at=first.at,
        last_post_at=first.at,
        last_author_id=first.giver.user_id,
    )
    posting.open_item(thread=thread, community=community, state="solved" if solved else "")
    ThreadTopic.objects.bulk_create(
        [ThreadTopic(content_object=thread, tag=topic) for topic in dict.fromkeys(topics)]
    )
    return thread


def _write(
    thread: Thread, posts: Sequence[ImportedPost], known: dict[str, int]
) -> tuple[dict[str, int], list[Post]]:
    """Insert `posts` after those the thread has; `{source id: post id}` and the rows. A parent that comes later is no parent."""
    here = dict(Post.objects.filter(pk__in=known.values()).values_list("pk", "depth"))
    opener = Post.objects.filter(thread=thread, position=1).values_list("pk", flat=True).first()
    below = {source: 0 if pk == opener else here.get(pk, 0) + 1 for source, pk in known.items()}
    rows = []
    for position, post in enumerate(posts, start=thread.last_position + 1):
        depth = below.get(post.parent or "", 0)
        below[post.source] = 0 if position == 1 else depth + 1
        rows.append(_row(thread, post, position, depth))
    Post.objects.bulk_create(rows, batch_size=BATCH)
    placed = {post.source: row.pk for post, row in zip(posts, rows, strict=True)}
    _tie(posts, rows, known | placed)
    _count(thread, rows)
    return placed, rows


def _row(thread: Thread, post: ImportedPost, position: int, depth: int) -> Post:
    who = post.giver
    return Post(
        thread=thread,
        position=position,
        depth=depth,
        kind=thread.kind if position == 1 else posting.kind_of_reply(thread=thread, author_id=who.user_id),
        author_id=who.user_id,
        author_role_id=who.role_id,
        author_unit_id=who.unit_id,
        html=text.prose(post.html),
        created_at=post.at,
        thanks_count=len(set(post.thanked_by) - {who.user_id}),
    )


def _tie(posts: Sequence[ImportedPost], rows: Sequence[Post], placed: dict[str, int]) -> None:
    """Now that every post has an id: who answers whom."""
    order = {row.pk: row.position for row in rows}
    replies = []
    for post, row in zip(posts, rows, strict=True):
        parent = placed.get(post.parent or "")
        if parent is not None and order.get(parent, 0) < row.position:
            row.parent_id = parent
            replies.append(row)
    Post.objects.bulk_update(replies, ["parent"], batch_size=BATCH)


def _count(thread: Thread, rows: Sequence[Post]) -> None:
    if not rows:
        return
    newest = max(rows, key=lambda row: (row.created_at, row.position))
    thread.last_position += len(rows)
    thread.posts_count += len(rows)
    thread.answers_count += sum(row.kind == posting.ANSWER for row in rows)
    thread.thanks_count += sum(row.thanks_count for row in rows)
    if newest.created_at >= thread.last_post_at:
        thread.last_post_at, thread.last_author_id = newest.created_at, newest.author_id
    counted = ["last_position", "posts_count", "answers_count", "thanks_count", "last_post_at", "last_author"]
    thread.save(update_fields=counted)


def _thank(posts: Sequence[ImportedPost], placed: dict[str, int]) -> int:
    thanks = [
        Thanks(post_id=placed[post.source], user_id=user, created_at=post.at)
        for post in posts
        for user in dict.fromkeys(post.thanked_by)
        if user != post.giver.user_id
    ]
    Thanks.objects.bulk_create(thanks, batch_size=BATCH)
    return len(thanks)


def _tell(thread: Thread, rows: Sequence[Post], topics: Sequence[Topic], thanks: int) -> None:
    told = [posting.given(thread=thread, post=row, topics=topics, imported=True) for row in rows]
    ledger.record_many(item=thread.own_item, givens=told)
    if thanks:
        ledger.thank(kind=rows[0].kind, source_id=rows[0].pk, by=thanks)


def _accept(thread: Thread, post_id: int | None, now: datetime) -> None:
    if post_id is None or thread.accepted_id is not None or not thread.is_question:
        return
    post = Post.objects.get(pk=post_id)
    answering.mark(thread=thread, post=post, by=thread.author, at=post.created_at)
    if thread.own_item.state != "solved":
        ledger.amend_item(kind="thread", source_id=thread.pk, state="solved", now=now)


@transaction.atomic
def relink(*, post_ids: Sequence[int], rewrite: Callable[[str], str], now: datetime) -> None:
    """Rewrite the links in the stored html of these posts, once what they name has been loaded. Words stay as they are."""
    for start in range(0, len(post_ids), BATCH):
        rows = list(Post.objects.filter(pk__in=post_ids[start : start + BATCH]))
        for row in rows:
            row.html = text.prose(rewrite(row.html))
        Post.objects.bulk_update(rows, ["html"], batch_size=BATCH)
