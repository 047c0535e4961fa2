"""Being told at once: who hears of a contribution, and the counter on the bell.

A reader of the ledger. Telling again changes nothing; what was taken back is told no longer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Greatest

from community.communities.models import Membership
from community.contributions.models import Contribution
from feeds.models import Notice
from profiles.models import Subscription, User

NEWS = timedelta(days=7)  # what is older is no news, whatever happens to it
Pair = tuple[int, int]  # (user id, contribution id)
Reason = Notice.Reason


def tell(ids: Sequence[int], now: datetime) -> None:
    """Tell whoever watches, and whoever is answered, of these contributions. Safe to call twice, or twice at once."""
    _take_back(ids)
    wanted = _wanted(ids, now)
    if not wanted:
        return
    try:
        _write(wanted, now)
    except IntegrityError:  # another worker told some of it just now
        _write(wanted, now)


def _wanted(ids: Sequence[int], now: datetime) -> dict[Pair, str]:
    fresh = Contribution.objects.current().filter(pk__in=ids, imported=False, occurred_at__gte=now - NEWS)
    rows = list(fresh.select_related("item").prefetch_related("topic_links"))
    if not rows:
        return {}
    crowd = _Crowd.around(rows)
    found: dict[Pair, str] = {}
    for row in rows:
        for user_id, reason in crowd.hearing(row):
            if user_id != row.actor_id and crowd.may_read(user_id, row):
                found.setdefault((user_id, row.pk), reason)
    return found


@dataclass
class _Crowd:
    """Who follows, mutes, opened and may read what the contributions of one batch are about."""

    watching: dict[tuple[str, int], list[Subscription]] = field(default_factory=lambda: defaultdict(list))
    muted: set[Pair] = field(default_factory=set)  # (user id, item id)
    openers: dict[int, tuple[int, str]] = field(default_factory=dict)  # {item id: (user id, kind)}
    members: set[Pair] = field(default_factory=set)  # (user id, community id)

    @classmethod
    def around(cls, rows: Sequence[Contribution]) -> "_Crowd":
        """Three queries."""
        crowd, items = cls(), {row.item_id for row in rows}
        for held in _subscriptions(rows):
            if held.level == Subscription.Level.MUTE:
                crowd.muted.add((held.user_id, held.item_id or 0))
                continue
            for what, pk in (
                ("item", held.item_id),
                ("topic", held.topic_id),
                ("community", held.community_id),
            ):
                if pk is not None:
                    crowd.watching[what, pk].append(held)
        opened = Contribution.objects.filter(item__in=items, kind=F("item__form"), actor__is_active=True)
        crowd.openers = {
            item: (actor, kind) for item, actor, kind in opened.values_list("item_id", "actor_id", "kind")
        }
        circles = {row.audience_id for row in rows} - {None}
        crowd.members = set(
            Membership.objects.filter(community__in=circles).values_list("user_id", "community_id")
        )
        return crowd

    def hearing(self, row: Contribution) -> Iterable[tuple[int, str]]:
        """`(user id, reason)`, the best reason of a person first."""
        opener = self.openers.get(row.item_id)
        if opener and row.kind != opener[1] and (opener[0], row.item_id) not in self.muted:
            yield opener[0], Reason.ANSWERED
        places = [("item", row.item_id, Reason.WATCHED)]
        places += [("topic", link.topic_id, Reason.TOPIC) for link in row.topic_links.all()]
        places += [("community", row.community_id, Reason.COMMUNITY)] if row.community_id else []
        for what, pk, reason in places:
            for held in self.watching.get((what, pk), ()):
                if held.created_at <= row.occurred_at and (held.user_id, row.item_id) not in self.muted:
                    yield held.user_id, reason

    def may_read(self, user_id: int, row: Contribution) -> bool:
        return row.audience_id is None or (user_id, row.audience_id) in self.members


def _subscriptions(rows: Sequence[Contribution]) -> QuerySet[Subscription]:
    """Who watches any of it, and who muted an item of it."""
    items = {row.item_id for row in rows}
    topics = {link.topic_id for row in rows for link in row.topic_links.all()}
    circles = {row.community_id for row in rows} - {None}
    around = Q(topic__in=topics) | Q(community__in=circles) | Q(item__in=items)
    watch = Q(level=Subscription.Level.WATCH) & around
    return Subscription.objects.filter(
        watch | Q(level=Subscription.Level.MUTE, item__in=items), user__is_active=True
    )


@transaction.atomic
def _write(wanted: dict[Pair, str], now: datetime) -> None:
    contributions = {contribution for _, contribution in wanted}
    known = set(
        Notice.objects.filter(contribution__in=contributions).values_list("user_id", "contribution_id")
    )
    fresh = [
        Notice(user_id=user, contribution_id=contribution, reason=reason, created_at=now)
        for (user, contribution), reason in wanted.items()
        if (user, contribution) not in known
    ]
    Notice.objects.bulk_create(fresh, batch_size=500)
    _count(Counter(notice.user_id for notice in fresh))


@transaction.atomic
def _take_back(ids: Sequence[int]) -> None:
    """What was withdrawn is no longer told."""
    gone = Notice.objects.filter(contribution__in=ids, contribution__withdrawn_at__isnull=False)
    unread = Counter(gone.filter(read_at=None).values_list("user_id", flat=True))
    if gone.delete()[0]:
        _count(Counter({user: -n for user, n in unread.items()}))


def _count(changes: Counter[int]) -> None:
    """Move the bells: one statement per distinct number."""
    by_number: dict[int, list[int]] = defaultdict(list)
    for user_id, number in changes.items():
        by_number[number].append(user_id)
    for number, users in by_number.items():
        moved = Greatest(F("unread_notices") + number, 0)
        User.objects.filter(pk__in=users).update(unread_notices=moved)


def of_person(user: User, *, limit: int = 50) -> list[Notice]:
    """The newest that the person may still read, without their topics; one query."""
    readable = Contribution.objects.visible_to(user).current().values("pk")
    rows = Notice.objects.filter(user=user, contribution__in=readable)
    rows = rows.select_related("contribution__item", "contribution__actor", "contribution__community")
    found = list(rows.order_by("-created_at", "-pk")[:limit])
    for notice in found:
        notice.contribution.topics = []  # a notice is short
    return found


@transaction.atomic
def mark_read(*, user: User, notice_id: int, now: datetime) -> Contribution | None:
    """Note that the person opens it; where it leads. None when it is not theirs or may not be read any more."""
    readable = Contribution.objects.visible_to(user).current().select_related("item")
    contribution = readable.filter(notices__pk=notice_id, notices__user=user).first()
    if contribution is not None and Notice.objects.filter(pk=notice_id, read_at=None).update(read_at=now):
        _count(Counter({user.pk: -1}))
    return contribution


@transaction.atomic
def mark_all_read(*, user: User, now: datetime) -> int:
    """Everything is read; how many were not."""
    unread = Notice.objects.filter(user=user, read_at=None).update(read_at=now)
    _count(Counter({user.pk: -unread}))
    return unread
