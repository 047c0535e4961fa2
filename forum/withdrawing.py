"""Taking away what was written, and bringing it back. The row stays: a tombstone keeps its place in the thread."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community.contributions import ledger
from community.topics.models import Topic
from forum import answering, rights
from forum.models import Post, Thread
from forum.posting import ANSWER
from profiles.models import User


def takes_all(*, post: Post, user: User) -> bool:
    """Whether taking `post` away takes the whole thread: it opens it, and nobody else has written there (or a steward acts)."""
    if not post.opens:
        return False
    if rights.is_steward(thread=post.thread, user=user):
        return True
    return not Post.objects.current().filter(thread=post.thread_id).exclude(author=user.pk).exists()


@transaction.atomic
def withdraw_post(*, post: Post, by: User, now: datetime) -> None:
    """Put a tombstone in the post's place. An accepted answer is accepted no more. Nothing for one that is gone."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    held = Post.objects.select_related("thread").get(pk=post.pk)
    if held.deleted_at is not None:
        return
    rights.insist(rights.may_withdraw(post=held, user=by))
    held.deleted_at, held.deleted_by = now, by
    held.save(update_fields=["deleted_at", "deleted_by"])
    _count(held, -1)
    if thread.accepted_id == held.pk:
        answering.reopen(thread=thread, now=now)
    ledger.withdraw(kind=held.kind, source_id=held.pk, now=now)


@transaction.atomic
def restore_post(*, post: Post, by: User, now: datetime) -> None:
    """Undo `withdraw_post`. Nothing for one that stands; NotAllowed for whom it was taken from by a steward."""
    Thread.objects.select_for_update().get(pk=post.thread_id)
    held = Post.objects.select_related("thread").get(pk=post.pk)
    if held.deleted_at is None:
        return
    rights.insist(rights.may_restore(post=held, user=by) and held.thread.deleted_at is None)
    held.deleted_at = held.deleted_by = None
    held.save(update_fields=["deleted_at", "deleted_by"])
    _count(held, 1)
    topics = Topic.objects.filter(forum_threadtopic_items__content_object=held.thread_id)
    ledger.restore(kind=held.kind, source_id=held.pk, topics=topics, now=now)


@transaction.atomic
def withdraw_thread(*, thread: Thread, by: User, now: datetime) -> None:
    """Take the whole thread away: it exists for nobody. NotAllowed for an author in whose thread others have written."""
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    if held.deleted_at is not None:
        return
    first = Post.objects.select_related("thread").get(thread=held, position=1)
    alone = held.author_id == by.pk and takes_all(post=first, user=by)
    rights.insist(alone or rights.is_steward(thread=held, user=by))
    held.deleted_at = now
    held.save(update_fields=["deleted_at"])
    ledger.withdraw_item(kind="thread", source_id=held.pk, now=now)


def _count(post: Post, by: int) -> None:
    Thread.objects.filter(pk=post.thread_id).update(
        posts_count=F("posts_count") + by, answers_count=F("answers_count") + by * (post.kind == ANSWER)
    )
