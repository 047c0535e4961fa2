"""Changing what was written. What a post said before stays in its history."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from community import text
from community.contributions import ledger
from community.topics.models import Topic
from forum import experience, posting, rights
from forum.models import Post, PostRevision, Thread, ThreadTopic
from profiles.models import User


@transaction.atomic
def edit_post(
    *, post: Post, by: User, now: datetime, html: str = "", parts: Mapping[str, str] | None = None
) -> Post:
    """Give the post other words. Nothing happens when they are the same. NotAllowed, ValueError as in `posting`."""
    held = Post.objects.select_for_update().get(pk=post.pk)
    rights.insist(rights.may_edit(post=held, user=by))
    body = posting.clean_body(experience.body(parts) if parts else html)
    if body == held.html:
        return held
    PostRevision.objects.create(
        post=held, html=held.html, written_by_id=held.author_id, written_at=held.edited_at or held.created_at
    )
    held.html, held.edited_at = body, now
    held.save(update_fields=["html", "edited_at"])
    if held.opens:
        facts = {"parts": dict(parts)} if parts else {}
        Thread.objects.filter(pk=held.thread_id).update(
            excerpt=text.excerpt(posting.in_short(body), 280), **facts
        )
    ledger.amend(kind=held.kind, source_id=held.pk, excerpt=posting.in_short(body), now=now)
    return held


@transaction.atomic
def edit_thread(
    *,
    thread: Thread,
    by: User,
    title: str,
    topics: Sequence[Topic],
    now: datetime,
    new_topics: Sequence[str] = (),
) -> Thread:
    """Give the thread another title or other topics. NotAllowed, ValueError as in `posting`."""
    rights.insist(rights.may_sort(thread=thread, user=by))
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    rights.insist(held.deleted_at is None)
    held.title = posting.clean_title(title)
    held.save(update_fields=["title"])
    wanted = posting.chosen_topics(topics, new_topics)
    links = ThreadTopic.objects.filter(content_object=held)
    links.exclude(tag__in=wanted).delete()
    have = set(links.values_list("tag_id", flat=True))
    ThreadTopic.objects.bulk_create(
        [ThreadTopic(content_object=held, tag=t) for t in wanted if t.pk not in have]
    )
    ledger.amend_item(kind="thread", source_id=held.pk, title=held.title, now=now)
    ledger.retopic(kind="thread", source_id=held.pk, topics=wanted, now=now)
    return held
