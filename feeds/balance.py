"""One's own balance of fetching and sharing. Only its owner ever sees it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from community.contributions.models import Contribution, ReadingDay
from profiles.models import User

DAYS = 90


@dataclass(frozen=True)
class Balance:
    """The last 90 days: days on which one read, things one gave, thanks on the threads and pages one gave to."""

    fetched: int
    shared: int
    thanks: int

    @property
    def most(self) -> int:
        """The whole of the longer bar."""
        return max(self.fetched, self.shared, 1)


def balance_of(user: User, *, now: datetime) -> Balance:
    """Two queries. What came with an import counts for nobody."""
    first_day = timezone.localdate(now) - timedelta(days=DAYS - 1)
    fetched = ReadingDay.objects.filter(user=user, day__gte=first_day).count()
    given = Contribution.objects.current().filter(
        actor=user, imported=False, occurred_at__gte=now - timedelta(days=DAYS)
    )
    by_item = list(given.values_list("item_id", "item__thanks_count"))
    return Balance(fetched, len(by_item), sum(dict(by_item).values()))
