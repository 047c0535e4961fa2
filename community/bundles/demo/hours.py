"""When the demo's people write and read: mostly in working hours, shift workers in the evening too."""

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SPAN = timedelta(days=183)
SHIFT_ROLES = frozenset({"usk", "ssk", "drift", "kock"})
DAY_HOURS = (7, 8, 8, 9, 9, 10, 10, 11, 13, 13, 14, 14, 15, 15, 16)
SHIFT_HOURS = (6, 7, 9, 10, 11, 13, 14, 14, 15, 16, 19, 20, 20, 21, 22)


def weight(day: datetime, *, shift: bool) -> float:
    """How lively a day is, 0 to 1: weekends are for shift workers, July is nearly empty."""
    if day.weekday() >= 5:
        return 0.3 if shift else 0.0
    if day.month == 7 or (day.month == 12 and day.day >= 23):
        return 0.35 if shift else 0.12
    return 1.0


class Clock:
    """Draws moments in the half year before `now`, in the organisation's local time."""

    def __init__(self, now: datetime) -> None:
        self.now = now.astimezone(STOCKHOLM).replace(microsecond=0)
        self.start = self.now - SPAN + timedelta(hours=1)

    def moment(self, rng: random.Random, *, role: str, oldest: float = 182, newest: float = 0.4) -> datetime:
        """A moment between `oldest` and `newest` days ago when someone of the role could be writing."""
        shift = role in SHIFT_ROLES
        for _ in range(200):
            at = self._at(rng, self.now - timedelta(days=rng.uniform(newest, oldest)), shift)
            inside = self.start < at <= self.now - timedelta(days=min(newest, 0.2))
            if inside and rng.random() < weight(at, shift=shift):
                return at
        return (self.now - timedelta(days=(oldest + newest) / 2)).replace(microsecond=0)

    def after(self, rng: random.Random, before: datetime, *, role: str, hours: float) -> datetime:
        """A moment about so many hours after another, moved into the role's day, never past now."""
        shift = role in SHIFT_ROLES
        wanted = before + timedelta(hours=rng.expovariate(1 / hours), minutes=rng.randint(2, 9))
        opens, closes = (6, 22) if shift else (7, 16)
        into_the_day = timedelta()
        while weight(wanted, shift=shift) == 0 or not opens <= wanted.hour <= closes:
            wanted += timedelta(hours=1)
            into_the_day = timedelta(minutes=rng.randint(5, 480))
        wanted += into_the_day
        if wanted >= self.now:
            wanted = before + (self.now - before) * rng.uniform(0.2, 0.6)
        return max(before, wanted.replace(microsecond=0))

    def _at(self, rng: random.Random, day: datetime, shift: bool) -> datetime:
        hour = rng.choice(SHIFT_HOURS if shift else DAY_HOURS)
        return day.replace(hour=hour, minute=rng.randint(0, 59), second=rng.randint(0, 59), microsecond=0)
