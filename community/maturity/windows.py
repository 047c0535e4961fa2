"""What happened in one period, read once and shared by the indicators. Sets of people, never a person's numbers."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, F, Q, QuerySet

from community.contributions.models import Contribution, ReadingDay
from community.maturity.blocks import Period
from community.maturity.groups import Cell, Cells, Share
from profiles.models import Assignment, Subscription

VOID_WITHIN = timedelta(hours=24)
READING_DAYS = 2
QUESTION = "question"


class Window:
    """One period of the whole organisation."""

    def __init__(self, period: Period) -> None:
        self.period = period

    @cached_property
    def _assignments(self) -> list[tuple[int, int | None, int | None, date, date | None]]:
        """Those that touch the period; the one that counts most of each person comes last."""
        period = self.period
        touching = Assignment.objects.filter(
            Q(ends_on=None) | Q(ends_on__gt=period.first), starts_on__lte=period.end
        )
        ordered = touching.order_by("share", "starts_on", "pk")
        return list(ordered.values_list("user_id", "unit_id", "role_id", "starts_on", "ends_on"))

    @cached_property
    def employed(self) -> dict[int, Cell]:
        """`{person: where}` of everybody employed on the closing day: each once, by the largest share."""
        end = self.period.end
        return {
            person: Cell(unit, role)
            for person, unit, role, starts, ends in self._assignments
            if starts <= end and (ends is None or ends > end)
        }

    @cached_property
    def present(self) -> dict[int, Cell]:
        """Of those, whoever was employed at least half of the period."""
        days = self._days()
        return {
            person: cell for person, cell in self.employed.items() if 2 * days[person] >= self.period.window
        }

    def _days(self) -> Counter[int]:
        """How many days of the period each person was employed, whatever the assignments: overlaps count once."""
        spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
        after = self.period.end + timedelta(days=1)
        for person, _unit, _role, starts, ends in self._assignments:
            spans[person].append((max(starts, self.period.first), min(ends or after, after)))
        return Counter({person: _covered(held) for person, held in spans.items()})

    @cached_property
    def teachers(self) -> set[int]:
        """Whoever gave something that teaches, where all may read it."""
        return set(self._people(self.told.filter(teaches=True)))

    @cached_property
    def learners(self) -> set[int]:
        """Whoever took a step to learn: asked openly, chose something to follow, or read on two days or more."""
        return {*self._people(self.told.filter(kind=QUESTION)), *self._choosers(), *self._readers()}

    @property
    def told(self) -> QuerySet[Contribution]:
        """What counts in the period (see `counted`)."""
        return counted(self.period)

    @staticmethod
    def _people(rows: QuerySet[Contribution]) -> QuerySet:
        return rows.exclude(actor=None).order_by().values_list("actor_id", flat=True).distinct()

    def _choosers(self) -> QuerySet:
        own = Subscription.objects.filter(origin=Subscription.Origin.OWN).exclude(
            level=Subscription.Level.MUTE
        )
        chosen = own.filter(created_at__gte=self.period.since, created_at__lt=self.period.until)
        return chosen.order_by().values_list("user_id", flat=True).distinct()

    def _readers(self) -> QuerySet:
        days = ReadingDay.objects.filter(day__gte=self.period.first, day__lte=self.period.end)
        often = days.order_by().values("user_id").annotate(n=Count("pk")).filter(n__gte=READING_DAYS)
        return often.values_list("user_id", flat=True)


def counted(period: Period) -> QuerySet[Contribution]:
    """What counts of what was given in `period`: told here (not brought by an import), open to all employees,
    and not taken back within a day. What is shared in a closed community counts in no figure of unit, role or house.
    """
    stays = Q(withdrawn_at=None) | Q(withdrawn_at__gte=F("occurred_at") + VOID_WITHIN)
    rows = Contribution.objects.filter(occurred_at__gte=period.since, occurred_at__lt=period.until)
    return rows.filter(stays, audience=None, imported=False)


def shares(people: dict[int, Cell], who: Collection[int]) -> Cells:
    """How many of `people` are among `who`, by cell."""
    dens, nums = Counter(people.values()), Counter(cell for person, cell in people.items() if person in who)
    return {cell: Share(nums[cell], den) for cell, den in dens.items()}


def _covered(spans: list[tuple[date, date]]) -> int:
    """Days that half-open spans cover together."""
    days, reached = 0, date.min
    for starts, ends in sorted(spans):
        days += max(0, (ends - max(starts, reached)).days)
        reached = max(reached, ends)
    return days
