"""Job roles and units over time."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from community.contributions.ledger import Giver
from community.organisation.models import JobRole, Unit
from profiles.following import Change, sync_roles
from profiles.models import Assignment, User


@transaction.atomic
def assign(
    *,
    user: User,
    role: JobRole | None,
    unit: Unit | None,
    starts_on: date,
    now: datetime,
    share: int = 100,
    ends_on: date | None = None,
) -> tuple[Assignment, Change]:
    """Give `user` a role in a unit from `starts_on`; the role's topics come with it on that day."""
    facts: dict[str, Any] = {"share": share, "ends_on": ends_on}
    held, _ = Assignment.objects.update_or_create(
        user=user, role=role, unit=unit, starts_on=starts_on, defaults=facts
    )
    return held, sync_roles(user=user, now=now)


@transaction.atomic
def end(*, assignment: Assignment, ends_on: date, now: datetime) -> Change:
    """The assignment lasts to the day before `ends_on`. One that had not begun is taken away."""
    if ends_on <= assignment.starts_on:
        assignment.delete()
    else:
        assignment.ends_on = ends_on
        assignment.save(update_fields=["ends_on"])
    return sync_roles(user=assignment.user, now=now)


def catch_up(*, now: datetime) -> int:
    """Apply assignments that began or ended in the last eight days; how many people were looked at."""
    today = timezone.localdate(now)
    window = (today - timedelta(days=8), today)
    touched = Assignment.objects.filter(starts_on__range=window) | Assignment.objects.filter(
        ends_on__range=window
    )
    people = User.objects.filter(pk__in=touched.values("user"), is_active=True)
    for user in people:
        sync_roles(user=user, now=now)
    return len(people)


def giver(*, user: User, at: datetime) -> Giver:
    """The person with the job role and unit of that moment (the largest share wins); one query."""
    day = timezone.localdate(at)
    held = (
        user.assignments.at(day)
        .order_by("-share", "-starts_on", "-pk")
        .values_list("role_id", "unit_id")
        .first()
    )
    role_id, unit_id = held or (None, None)
    return Giver(user.pk, role_id, unit_id)
