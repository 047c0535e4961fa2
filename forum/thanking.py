"""Thanks for a post: once from each person, never for one's own."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from community.contributions import ledger
from forum import rights
from forum.models import Post, Thanks, Thread
from profiles.models import User


@transaction.atomic
def thank(*, post: Post, user: User, now: datetime) -> None:
    """Say thanks. Saying it again changes nothing. NotAllowed for one's own post and one that was taken back."""
    rights.insist(rights.may_thank(post=post, user=user))
    held = Thread.objects.select_for_update().get(pk=post.thread_id)  # a second click waits here
    _, first = Thanks.objects.get_or_create(post=post, user=user, defaults={"created_at": now})
    if first:
        _count(post, held, 1)


@transaction.atomic
def unthank(*, post: Post, user: User) -> None:
    """Take the thanks back. Nothing when there were none."""
    held = Thread.objects.select_for_update().get(pk=post.thread_id)
    taken, _ = Thanks.objects.filter(post=post, user=user).delete()
    if taken:
        _count(post, held, -1)


def _count(post: Post, thread: Thread, by: int) -> None:
    Post.objects.filter(pk=post.pk).update(thanks_count=F("thanks_count") + by)
    Thread.objects.filter(pk=thread.pk).update(thanks_count=F("thanks_count") + by)
    ledger.thank(kind=post.kind, source_id=post.pk, by=by)
