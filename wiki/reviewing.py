"""Whether a page is still right: who answers for it, when it was looked through, and by when next."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from wiki.models import WikiPage

A_YEAR = timedelta(days=365)


def confirm(*, page: WikiPage, user: Any, now: datetime, next_on: date | None = None) -> None:
    """`user` has read the page and says that it is still right; it is due again on `next_on`, else in a year."""
    due = next_on or timezone.localdate(now) + A_YEAR
    WikiPage.objects.filter(pk=page.pk).update(reviewed_at=now, reviewed_by=user, review_by=due)


def overdue(page: WikiPage, today: date) -> bool:
    return page.review_by is not None and page.review_by < today
