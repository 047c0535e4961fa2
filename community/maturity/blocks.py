"""Time, as the figures count it: blocks of 28 days that end on a Sunday, in the organisation's time zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

BLOCK = 28
A_SUNDAY = date(2024, 1, 7)  # some block ended here; every other follows from it
FINAL_AFTER = 7  # days after its end a block takes no more late events
TREND, HEADLINE = 28, 90


@dataclass(frozen=True)
class Period:
    """`window` days that end with the day `end`; `end` is the closing day."""

    end: date
    window: int

    @property
    def first(self) -> date:
        return self.end - timedelta(days=self.window - 1)

    @property
    def since(self) -> datetime:
        return midnight(self.first)

    @property
    def until(self) -> datetime:
        """Not included."""
        return midnight(self.end + timedelta(days=1))

    def earlier(self, days: int) -> "Period":
        return Period(self.end - timedelta(days=days), self.window)


def midnight(day: date) -> datetime:
    """When `day` begins in the organisation. Days have 23 to 25 hours."""
    return timezone.make_aware(datetime.combine(day, time()), timezone.get_default_timezone())


def day_of(moment: datetime) -> date:
    """The organisation's day of `moment`."""
    return timezone.localtime(moment, timezone.get_default_timezone()).date()


def is_block_end(day: date) -> bool:
    return (day - A_SUNDAY).days % BLOCK == 0


def last_end(day: date) -> date:
    """The end of the newest block that had ended when `day` was over."""
    return day - timedelta(days=(day - A_SUNDAY).days % BLOCK)


def whole_blocks(first: date, last: date) -> Iterator[date]:
    """The ends of the blocks that lie wholly between the days `first` and `last`, oldest first."""
    end = last_end(first + timedelta(days=2 * (BLOCK - 1)))  # the earliest end at least 27 days after `first`
    while end <= last:
        yield end
        end += timedelta(days=BLOCK)


def is_final(end: date, today: date) -> bool:
    """Whether the block that ended with `end` takes no more late events."""
    return (today - end).days > FINAL_AFTER
