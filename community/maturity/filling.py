"""Filling the table that pages read: "catch up to yesterday", under one lock, as often as one likes.

Every whole block that has ended and is not final is computed; a block becomes final a week after its end and then never
changes silently. Beside the blocks stands one value for the organisation alone, up to yesterday, which the next day's
replaces. Reading happens outside transactions; each indicator of a period is written in a short one of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Min, Q

from community.contributions.models import Contribution
from community.maturity import blocks, indicators, protecting
from community.maturity.blocks import HEADLINE, TREND, Period
from community.maturity.groups import ORGANISATION, Cells, Organisation, Scope, Share, add_up
from community.maturity.indicators.definition import Indicator
from community.maturity.models import Filling, IndicatorValue
from community.maturity.windows import Window

LEASE = timedelta(minutes=15)
REMEMBERED = 300  # days back that reading days and subscriptions can be trusted to be whole
ROW = IndicatorValue.Scope


@dataclass(frozen=True)
class Values:
    """One indicator in one period: its rows, by group."""

    indicator: Indicator
    period: Period
    rows: Mapping[Scope, IndicatorValue]


def catch_up(*, now: datetime, until: date | None = None, again: bool = False) -> int:
    """Fill what is missing and what is still open; how many periods were computed.

    `until` is the last day that counts (yesterday). `again` also computes final blocks anew: one that comes to something
    else gets a revision. 0 when somebody else is filling, or when it was done today already and nobody insists.
    """
    last = until or blocks.day_of(now) - timedelta(days=1)
    if not _claim(now):
        return 0
    try:
        return _fill(last, now, again=again)
    finally:
        Filling.objects.update(busy_until=None)


def is_filled(*, now: datetime) -> bool:
    """Whether everything up to yesterday stands there."""
    yesterday = blocks.day_of(now) - timedelta(days=1)
    return Filling.objects.filter(filled_to__gte=yesterday).exists()


def _claim(now: datetime) -> bool:
    """Compare and set on one row: only one fills, and whoever died is passed after the lease."""
    Filling.objects.get_or_create(pk=1)
    free = Q(busy_until=None) | Q(busy_until__lt=now)
    return bool(Filling.objects.filter(free, pk=1).update(busy_until=now + LEASE))


def first_day() -> date | None:
    """The day of the first contribution that counts; None in a house where nothing has happened."""
    first = Contribution.objects.filter(imported=False).aggregate(first=Min("occurred_at"))["first"]
    return blocks.day_of(first) if first else None


def _fill(last: date, now: datetime, *, again: bool) -> int:
    first = first_day()
    if first is None:
        return 0
    organisation = Organisation.of_today()
    done = 0
    for end in blocks.whole_blocks(first, last):
        if again and (last - end).days <= REMEMBERED:
            done += _fill_period(end, now, last, organisation, list(indicators.EVERY))
        else:
            done += _fill_period(
                end, now, last, organisation, [one for one in indicators.EVERY if not _is_final(one, end)]
            )
    if (last - first).days >= blocks.BLOCK - 1 and not blocks.is_block_end(last):
        done += _fill_period(last, now, last, organisation, list(indicators.EVERY))
    _drop_days_before(last)
    Filling.objects.update(filled_to=last)
    return done


def _is_final(indicator: Indicator, end: date) -> bool:
    values = IndicatorValue.objects.filter(
        indicator=indicator.id, definition_version=indicator.version, period_end=end
    )
    return values.filter(is_final=True).exists()


def _fill_period(
    end: date, now: datetime, last: date, organisation: Organisation, wanted: list[Indicator]
) -> int:
    final = blocks.is_final(end, last + timedelta(days=1))
    wanted = [one for one in wanted if one.has_history or not final]
    for days in (HEADLINE, TREND) if wanted else ():
        window = Window(Period(end, days))
        for indicator in wanted:
            values = _values(indicator, window, organisation, now, final=final)
            _write(values, now)
    return bool(wanted)


def _values(
    indicator: Indicator, window: Window, organisation: Organisation, now: datetime, *, final: bool
) -> Values:
    """Every group's value; groups only for the headline of a whole block, so that no two dates can be set off."""
    cells = indicator.measure(window)
    sums = add_up(cells, organisation)
    grouped = window.period.window == HEADLINE and blocks.is_block_end(window.period.end)
    hidden = _hidden(cells, sums, organisation) if grouped else {}
    scopes = sums if grouped else [ORGANISATION]
    rows = {}
    for scope in scopes:
        facts = {
            "indicator": indicator.id,
            "definition_version": indicator.version,
            "computed_at": now,
            "is_final": final,
        }
        facts |= {
            "period_end": window.period.end,
            "window": window.period.window,
            "scope_name": organisation.name(scope),
        }
        rows[scope] = _row(scope, sums[scope], hidden.get(scope, ""), **facts)
        rows[scope].n_people = rows[scope].den if indicator.of_people else None
        rows[scope].parent_id = organisation.parents.get(scope[1]) if scope[0] == ROW.UNIT else None
    return Values(indicator, window.period, rows)


def _hidden(cells: Cells, sums: Mapping[Scope, Share], organisation: Organisation) -> dict[Scope, str]:
    k, whole = protecting.smallest(settings.SMALLEST_GROUP), sums[ORGANISATION].den
    sizes = {pk: share.den for (kind, pk), share in sums.items() if kind == ROW.UNIT}
    units = protecting.hidden_units(sizes=sizes, parents=organisation.parents, whole=whole, k=k)
    parts: dict[int | None, list[int]] = {}
    for unit, part in protecting.atoms(sizes=sizes, parents=organisation.parents, hidden=units).items():
        parts.setdefault(part, []).append(unit)
    known = [part for shown, part in parts.items() if shown is not None]
    people = {(cell.unit, cell.role): share.den for cell, share in cells.items()}
    roles = protecting.hidden_roles(cells=people, units=known, whole=whole, k=k)
    small = {ORGANISATION: protecting.SMALL} if whole < k else {}
    return (
        small
        | {(ROW.UNIT, pk): why for pk, why in units.items()}
        | {(ROW.ROLE, pk): why for pk, why in roles.items()}
    )


def _row(scope: Scope, share: Share, hidden: str, **facts: object) -> IndicatorValue:
    row = IndicatorValue(scope_type=scope[0], scope_id=scope[1], suppressed_reason=hidden, **facts)
    if not hidden and scope == ORGANISATION and share.den < protecting.smallest(settings.SMALLEST_GROUP):
        row.suppressed_reason = protecting.SMALL
    if not row.suppressed_reason:
        row.num, row.den = share.num, share.den
        row.value = share.num / share.den
        row.lo, row.hi = protecting.wilson(share.num, share.den)
    return row


@transaction.atomic
def _write(values: Values, now: datetime) -> None:
    """Replace what is open; against what is final add a revision, and only if it differs."""
    same = IndicatorValue.objects.filter(
        indicator=values.indicator.id,
        definition_version=values.indicator.version,
        period_end=values.period.end,
        window=values.period.window,
    )
    same.filter(is_final=False).delete()
    before = {(row.scope_type, row.scope_id): row for row in same.current()}
    if before and not _differ(before, values.rows):
        return
    revision = 1 + max((row.revision for row in before.values()), default=0)
    for row in values.rows.values():
        row.revision = revision
    same.current().update(superseded_at=now)
    IndicatorValue.objects.bulk_create(values.rows.values(), batch_size=500)


def _differ(before: Mapping[Scope, IndicatorValue], after: Mapping[Scope, IndicatorValue]) -> bool:
    def told(rows: Mapping[Scope, IndicatorValue]) -> dict[Scope, tuple]:
        return {scope: (row.num, row.den, row.suppressed_reason) for scope, row in rows.items()}

    return told(before) != told(after)


def _drop_days_before(last: date) -> None:
    """Values up to some day that is no block's end are replaced daily; their history would be a figure per day."""
    open_days: Iterable[date] = (
        IndicatorValue.objects.filter(is_final=False).values_list("period_end", flat=True).distinct()
    )
    gone = [day for day in open_days if not blocks.is_block_end(day) and day != last]
    IndicatorValue.objects.filter(period_end__in=gone).delete()
