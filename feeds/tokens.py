"""Secret feed addresses: made, opened, noted, revoked. Whoever has the address reads as its person, that feed only."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import JSONArray

from community.communities.models import Community, Membership
from community.contributions.streams import Gathered, Targets
from community.text import line
from community.topics.models import RoleTopic
from feeds.models import FeedToken
from feeds.sources import Form, Source, targets_of
from profiles.models import Subscription, User

MOST_PER_FEED = 5  # a phone, a laptop, a mail program …; the one used longest ago gives way
NOTED_EVERY = timedelta(hours=1)
UNASKED = ("user__password", "user__bio", "user__photo", "user__title", "topic__description", "role__expects")


class Made(NamedTuple):
    """A new address: the secret is here and nowhere else."""

    token: FeedToken
    secret: str


def hashed(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


@transaction.atomic
def make(*, source: Source, now: datetime) -> Made:
    """A new address of 256 random bits for the source's reader; the sixth of a feed ends the one used longest ago."""
    secret = secrets.token_urlsafe(32)
    target = {source.form: source.target} if source.target is not None else {}
    mine = FeedToken.objects.filter(user=source.user, form=source.form, revoked_at=None, **target)
    oldest = mine.order_by(F("last_used_at").desc(nulls_last=True), "-pk").values_list("pk", flat=True)
    FeedToken.objects.filter(pk__in=list(oldest[MOST_PER_FEED - 1 :])).update(revoked_at=now)
    token = FeedToken.objects.create(
        user=source.user, form=source.form, secret_hash=hashed(secret), created_at=now, **target
    )
    return Made(token, secret)


def open_source(*, secret: str, form: str, slug: str = "") -> tuple[FeedToken, Source] | None:
    """What the address shows, with everything that decides about it, in one query.

    None when the secret is unknown or revoked, was made for another feed, its person is gone or may not read it now.
    """
    token: Any = _alive(form).filter(secret_hash=hashed(secret)).first()
    if token is None or getattr(token.target, "slug", "") != slug:
        return None
    if form == Form.COMMUNITY and not token.may_read:
        return None
    targets = (
        targets_of(token.gathered) if form == Form.FLOW else Targets(topics=getattr(token, "gathered", ()))
    )
    return token, Source(token.user, form, token.target, targets)


def _alive(form: str) -> QuerySet[FeedToken]:
    """Living tokens of that form, with just what the form needs."""
    rows = FeedToken.objects.filter(form=form, revoked_at=None, user__is_active=True).order_by()
    rows = rows.select_related("user", *({form} & {Form.TOPIC, Form.COMMUNITY, Form.ROLE})).defer(*UNASKED)
    if form == Form.COMMUNITY:
        member = Membership.objects.filter(user=OuterRef("user"), community=OuterRef("community"))
        everybody = Q(community__visibility=Community.Visibility.OPEN)
        return rows.annotate(may_read=Case(When(everybody, then=True), default=Exists(member)))
    if form == Form.ROLE:
        needed = RoleTopic.objects.filter(role=OuterRef("role"))
        return rows.annotate(gathered=Gathered(needed.values(v=F("topic_id"))))
    return rows.annotate(gathered=Gathered(_subscriptions())) if form == Form.FLOW else rows


def _subscriptions() -> QuerySet[Any, Any]:
    rows = Subscription.objects.filter(user=OuterRef("user"), topic__archived_at=None)
    return rows.values(v=JSONArray("topic_id", "community_id", "item_id", "level"))


def note_use(*, token: FeedToken, reader: str, now: datetime) -> None:
    """Remember when and by what the address was used: one statement, at most once an hour."""
    if token.last_used_at is not None and now - token.last_used_at < NOTED_EVERY:
        return
    FeedToken.objects.filter(pk=token.pk).update(last_used_at=now, reader=line(reader)[:120])


def of_person(user: User) -> list[FeedToken]:
    """The person's living addresses, newest first."""
    rows = FeedToken.objects.filter(user=user, revoked_at=None).select_related("topic", "community", "role")
    return list(rows.order_by("-created_at", "-pk"))


def revoke(*, user: User, token_id: int, now: datetime) -> bool:
    """The address is dead from the next request on. False when it is not this person's or is dead already."""
    return bool(FeedToken.objects.filter(user=user, pk=token_id, revoked_at=None).update(revoked_at=now))
