"""Read marks: written only when they move forward, read only by the person they belong to."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.contributions.models import ContentItem, Reading, ReadingDay

SAME_VISIT = timedelta(minutes=30)


@transaction.atomic
def mark_read(*, user: Any, item: ContentItem, now: datetime, position: int = 0) -> bool:
    """Note that `user` has read `item` up to `position`. False when that was known already. Two to four statements."""
    mark, fresh = Reading.objects.get_or_create(
        user=user, item=item, defaults={"seen_at": now, "position": position}
    )
    if not fresh:
        ahead = Q(position__lt=position) | Q(seen_at__lt=max(item.latest_at, now - SAME_VISIT))
        moved = Reading.objects.filter(Q(pk=mark.pk) & ahead).update(
            seen_at=now, position=max(position, mark.position)
        )
        if not moved:
            return False
    count_day(user_id=user.pk, now=now)
    return True


def count_day(*, user_id: int, now: datetime) -> None:
    """One more item read on the organisation's day of `now`."""
    day, fresh = ReadingDay.objects.get_or_create(
        user_id=user_id,
        day=timezone.localtime(now, timezone.get_default_timezone()).date(),
        defaults={"items": 1},
    )
    if not fresh:
        ReadingDay.objects.filter(pk=day.pk).update(items=F("items") + 1)


def marks_of(*, user: Any, item_ids: Iterable[int]) -> dict[int, Reading]:
    """`{item id: how far this person has read it}`; one query."""
    return {mark.item_id: mark for mark in Reading.objects.filter(user=user, item_id__in=list(item_ids))}


@transaction.atomic
def import_readings(*, seen: Iterable[tuple[int, int, datetime]]) -> None:
    """Many past readings at once, as (user id, item id, when): the latest of each pair, and a day row per person."""
    latest: dict[tuple[int, int], datetime] = {}
    days: Counter[tuple[int, date]] = Counter()
    for user_id, item_id, at in seen:
        latest[user_id, item_id] = max(at, latest.get((user_id, item_id), at))
        days[user_id, timezone.localtime(at, timezone.get_default_timezone()).date()] += 1
    marks = [Reading(user_id=u, item_id=i, seen_at=at) for (u, i), at in latest.items()]
    Reading.objects.bulk_create(marks, batch_size=500, ignore_conflicts=True)
    rows = [ReadingDay(user_id=u, day=day, items=n) for (u, day), n in days.items()]
    ReadingDay.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
