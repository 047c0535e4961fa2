"""Accepting an answer, and taking that back."""

from datetime import datetime

from django.db import transaction

from community.contributions import ledger
from forum import rights
from forum.models import Post, Thread
from profiles.models import User


@transaction.atomic
def accept(*, post: Post, by: User, now: datetime) -> None:
    """`post` is what helped (the asker's own reply may be): the question is solved. NotAllowed; ValueError for no reply."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    rights.insist(thread.deleted_at is None and rights.may_accept(thread=thread, user=by))
    held = Post.objects.get(pk=post.pk)
    if held.opens or held.deleted_at is not None:
        raise ValueError("only a reply that stands can be accepted")
    if thread.accepted_id == held.pk:
        return
    mark(thread=thread, post=held, by=by, at=now)
    ledger.amend_item(kind="thread", source_id=thread.pk, state="solved", now=now)


@transaction.atomic
def unaccept(*, thread: Thread, by: User, now: datetime) -> None:
    """The question is open again. Nothing when it was."""
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    rights.insist(held.deleted_at is None and rights.may_accept(thread=held, user=by))
    if held.accepted_id is not None:
        reopen(thread=held, now=now)


def mark(*, thread: Thread, post: Post, by: User | None, at: datetime) -> None:
    """Write the acceptance on the thread; inside the caller's transaction."""
    thread.accepted, thread.accepted_by, thread.accepted_at = post, by, at
    thread.save(update_fields=["accepted", "accepted_by", "accepted_at"])


def reopen(*, thread: Thread, now: datetime) -> None:
    """Nothing is accepted any more; inside the caller's transaction."""
    thread.accepted = thread.accepted_by = thread.accepted_at = None
    thread.save(update_fields=["accepted", "accepted_by", "accepted_at"])
    ledger.amend_item(kind="thread", source_id=thread.pk, state="", now=now)
