"""Who may do what in a thread: small predicates, and the stewards behind them."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from community.communities.audience import is_employee
from community.communities.models import Community, Membership
from forum.models import Post, Thread, ThreadTopic


class NotAllowed(Exception):
    """The person may not do this here."""


def stewarded_by(user: Any) -> Q:
    """The condition that `user` is a steward of one of the thread's topics, or of its community."""
    topic = ThreadTopic.objects.filter(content_object=OuterRef("pk"), tag__stewards=user.pk)
    steward = Membership.objects.filter(
        community=OuterRef("item__community"), user=user.pk, role=Membership.Role.STEWARD
    )
    return Q(Exists(topic)) | Q(Exists(steward))


def is_steward(*, thread: Thread, user: Any) -> bool:
    """Whether `user` cares for this thread; no query when the thread was read with `reading.threads_for`."""
    known = getattr(thread, "is_stewarded", None)
    if known is None:
        known = Thread.objects.filter(stewarded_by(user), pk=thread.pk).exists()
    return known


def may_write_in(*, community: Community | None, user: Any) -> bool:
    """Everybody may write where everybody reads; members where members read."""
    if not is_employee(user):
        return False
    if community is None or community.audience_id is None:
        return True
    return community.memberships.filter(user=user.pk).exists()


def may_edit(*, post: Post, user: Any) -> bool:
    """One's own words, as long as they stand."""
    return post.author_id == user.pk and post.deleted_at is None


def may_accept(*, thread: Thread, user: Any) -> bool:
    """Whoever asked, and the stewards."""
    return thread.is_question and (thread.author_id == user.pk or is_steward(thread=thread, user=user))


def may_sort(*, thread: Thread, user: Any) -> bool:
    """Change title and topics."""
    return thread.author_id == user.pk or is_steward(thread=thread, user=user)


def may_withdraw(*, post: Post, user: Any) -> bool:
    """One's own words, or a steward any."""
    return post.deleted_at is None and (
        post.author_id == user.pk or is_steward(thread=post.thread, user=user)
    )


def may_restore(*, post: Post, user: Any) -> bool:
    """Who took it away may bring it back; a steward always."""
    return post.deleted_at is not None and (
        post.deleted_by_id == user.pk or is_steward(thread=post.thread, user=user)
    )


def may_thank(*, post: Post, user: Any) -> bool:
    """Anybody's words but one's own, as long as they stand."""
    return is_employee(user) and post.author_id != user.pk and post.deleted_at is None


def insist(allowed: bool) -> None:
    """NotAllowed unless `allowed`."""
    if not allowed:
        raise NotAllowed
