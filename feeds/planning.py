"""Whose digest is due: a tick asks the database, so a missed hour is caught up and a lost schedule file loses nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from feeds.models import DigestDelivery
from profiles.models import User

LATE = timedelta(hours=24)  # a digest of the day before yesterday is not sent any more; next week's tells it
CHUNK = 50
State = DigestDelivery.State


@dataclass(frozen=True)
class Slot:
    """When those with the same time zone, weekday and hour (None: the organisation's) have their digest this week."""

    period: date  # the Monday of their week
    due_at: datetime
    time_zone: str
    weekday: int | None
    hour: int | None

    def people(self) -> dict[str, object]:
        return {"time_zone": self.time_zone, "digest_weekday": self.weekday, "digest_hour": self.hour}


def slot(*, time_zone: str, weekday: int | None, hour: int | None, now: datetime) -> Slot:
    """This week's slot. In the night when clocks go forward, an hour that does not exist is the one after it."""
    zone = ZoneInfo(time_zone or settings.TIME_ZONE)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=settings.DIGEST_WEEKDAY if weekday is None else weekday)
    local = datetime.combine(day, time(settings.DIGEST_HOUR if hour is None else hour), tzinfo=zone)
    return Slot(monday, local.astimezone(ZoneInfo("UTC")), time_zone, weekday, hour)


def next_slot(*, user: User, now: datetime) -> datetime | None:
    """When the person's next digest goes out; None when they want none."""
    if not user.digest_on:
        return None

    def due_at(moment: datetime) -> datetime:
        wish = user.time_zone, user.digest_weekday, user.digest_hour
        return slot(time_zone=wish[0], weekday=wish[1], hour=wish[2], now=moment).due_at

    return due_at(now) if due_at(now) > now else due_at(now + timedelta(days=7))


def plan(*, now: datetime) -> int:
    """A delivery for everybody whose slot has come; how many are new. Two schedulers at once plan each one once."""
    made = 0
    for due in _due_slots(now):
        people = list(_without_delivery(due))
        late = now - due.due_at > LATE
        facts = {"state": State.SKIPPED, "reason": "late"} if late else {"state": State.PENDING}
        rows = [
            DigestDelivery(user_id=pk, period=due.period, due_at=due.due_at, try_at=due.due_at, **facts)
            for pk in people
        ]
        with transaction.atomic():
            DigestDelivery.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        made += len(rows)
    return made


def _due_slots(now: datetime) -> Iterator[Slot]:
    """The distinct slots that have come this week: one query, and as many answers as people have different wishes."""
    wishes = _receivers().values_list("time_zone", "digest_weekday", "digest_hour").distinct()
    for time_zone, weekday, hour in wishes.order_by("time_zone", "digest_weekday", "digest_hour"):
        found = slot(time_zone=time_zone, weekday=weekday, hour=hour, now=now)
        if found.due_at <= now:
            yield found


def _receivers() -> QuerySet:
    return User.objects.filter(is_active=True, digest_on=True)


def _without_delivery(due: Slot) -> QuerySet:
    had = DigestDelivery.objects.filter(user=OuterRef("pk"), period=due.period)
    people = _receivers().filter(~Exists(had), date_joined__lt=due.due_at, **due.people())
    return people.order_by("pk").values_list("pk", flat=True)


def open_chunks(*, now: datetime) -> list[list[int]]:
    """Ids of the deliveries that wait for a worker, or whose worker died, in chunks of `CHUNK`; oldest first."""
    waiting = Q(state=State.PENDING, try_at__lte=now) | Q(state=State.SENDING, lease_until__lt=now)
    ids = list(DigestDelivery.objects.filter(waiting).order_by("due_at", "pk").values_list("pk", flat=True))
    return [ids[n : n + CHUNK] for n in range(0, len(ids), CHUNK)]
