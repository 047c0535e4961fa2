"""What the page shows, from the filled table alone: one query for every value, one for what explains B1."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from community.maturity import indicators
from community.maturity.blocks import HEADLINE, TREND, is_block_end
from community.maturity.indicators import b1
from community.maturity.indicators.definition import Indicator
from community.maturity.models import IndicatorValue
from community.maturity.protecting import shown
from community.organisation.models import JobRole

SCOPE = IndicatorValue.Scope
MOST_BLOCKS = 13
MOST_GAPS = 10


@dataclass
class Card:
    """One indicator with all that is shown of it."""

    indicator: Indicator
    headline: dict[str, Any] | None = None
    trend: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)
    roles: list[dict[str, Any]] = field(default_factory=list)
    hidden: int = 0  # groups that are too small to show


@dataclass
class Standing:
    """Where we stand. Without `cards` there is less than one block of days."""

    cards: list[Card] = field(default_factory=list)
    until: date | None = None  # the headline's last day
    block: date | None = None  # the end of the block that the groups are shown for
    computed_at: Any = None


def standing() -> Standing:
    """Everything that stands in the table, ready to be shown; one query."""
    rows = list(_rows())
    if not rows:
        return Standing()
    known = {(row.indicator, row.definition_version) for row in rows}
    cards = [_card(one, rows) for one in indicators.EVERY if (one.id, one.version) in known]
    return Standing(
        cards=cards,
        until=max(row.period_end for row in rows),
        block=max((row.period_end for row in rows if row.scope_type != SCOPE.ORGANISATION), default=None),
        computed_at=max(row.computed_at for row in rows),
    )


def _rows() -> QuerySet[IndicatorValue]:
    """All of the organisation's values, and the groups' of their newest block."""
    values = IndicatorValue.objects.current()
    groups = ~Q(scope_type=SCOPE.ORGANISATION)
    newest = values.filter(groups).order_by().values("window").annotate(end=Max("period_end")).values("end")
    wanted = Q(scope_type=SCOPE.ORGANISATION) | (groups & Q(period_end__in=newest))
    return values.filter(wanted).order_by("period_end", "scope_name", "scope_id")


def _card(indicator: Indicator, rows: Sequence[IndicatorValue]) -> Card:
    own = [
        row for row in rows if row.indicator == indicator.id and row.definition_version == indicator.version
    ]
    whole = [row for row in own if row.scope_type == SCOPE.ORGANISATION]
    headlines = [row for row in whole if row.window == HEADLINE]
    blocks = [row for row in whole if row.window == TREND and is_block_end(row.period_end)]
    units = _tree([row for row in own if row.scope_type == SCOPE.UNIT])
    roles = [row for row in own if row.scope_type == SCOPE.ROLE]
    return Card(
        indicator=indicator,
        headline=_headline(indicator, headlines[-1]) if headlines else None,
        trend=[_point(indicator, row) for row in blocks[-MOST_BLOCKS:]],
        units=[_bar(indicator, row, blurred=False) for row in units if not row.suppressed_reason],
        roles=[_bar(indicator, row, blurred=True) for row in roles if not row.suppressed_reason],
        hidden=sum(bool(row.suppressed_reason) for row in [*units, *roles]),
    )


def _tree(rows: Iterable[IndicatorValue]) -> list[IndicatorValue]:
    """The units in the order of the tree: each followed by what is under it."""
    rows = list(rows)
    present = {row.scope_id for row in rows}
    below: dict[int | None, list[IndicatorValue]] = {}
    for row in rows:
        below.setdefault(row.parent_id if row.parent_id in present else None, []).append(row)
    found: list[IndicatorValue] = []
    todo = list(reversed(below.pop(None, [])))
    while todo:
        found.append(todo.pop())
        todo += reversed(below.pop(found[-1].scope_id, []))
    return found


def _headline(indicator: Indicator, row: IndicatorValue) -> dict[str, Any]:
    """The organisation's value in words and numbers."""
    if row.den is None or row.num is None:
        return {"value": _("too few to show"), "of": "", "low": None, "high": None}
    if not row.den:
        return {"value": "–", "of": _("nothing to count in this period"), "low": None, "high": None}
    said = shown(num=row.num, den=row.den, personal=indicator.personal)
    counted = {"num": row.num, "den": row.den, "what": indicator.counts}
    exact = _("%(num)s of %(den)s %(what)s") % counted
    likely: dict[str, int | None] = {"low": None, "high": None}
    if said.exact and row.lo is not None and row.hi is not None:
        likely = {"low": round(100 * row.lo), "high": round(100 * row.hi)}
    value = f"{said.percent} %" if said.percent is not None else _words(said.words)
    return {
        "value": value,
        "of": exact if said.exact else _("of %(den)s %(what)s") % counted,
        "percent": said.percent,
        **likely,
    }


def _point(indicator: Indicator, row: IndicatorValue) -> dict[str, Any]:
    point = _bar(indicator, row, blurred=False)
    return point | {"label": date_format(row.period_end, _("j M Y"))}


def _bar(indicator: Indicator, row: IndicatorValue, *, blurred: bool) -> dict[str, Any]:
    """One line of a chart and its table. What is said in words only stands at its end of the scale."""
    if not row.den or row.num is None:
        return {"label": row.scope_name, "value": None, "text": ""}
    said = shown(num=row.num, den=row.den, personal=indicator.personal, blurred=blurred)
    value = said.percent if said.percent is not None else {"few": 0, "nearly all": 100}[said.words]
    text = f"{value} %" if said.percent is not None else _words(said.words)
    bar = {
        "label": row.scope_name,
        "value": value,
        "text": _("%(value)s of %(den)s") % {"value": text, "den": row.den},
    }
    return bar | ({"low": round(100 * row.lo), "high": round(100 * row.hi)} if said.exact else {})


def _words(said: str) -> str:
    return {"few": _("very few"), "nearly all": _("nearly all")}[said]


def roles_with_gaps() -> list[dict[str, Any]]:
    """The job roles that people have and that lack something, with what it is; one query."""
    held = b1.with_gaps(
        JobRole.objects.filter(assignments__isnull=False, assignments__ends_on=None)
        .distinct()
        .order_by("title")
    )
    lacking = held.filter(Q(has_topic=False) | Q(has_steward=False) | Q(has_page=False) | Q(expects=""))
    return [{"role": role, "gaps": _gaps(role)} for role in lacking[:MOST_GAPS]]


def _gaps(role: Any) -> str:
    words = [
        (role.has_topic, _("a required topic")),
        (role.has_steward, _("a topic steward")),
        (role.has_page, _("a page to start from")),
        (role.expects, _("words on what it shares")),
    ]
    return ", ".join(word for there, word in words if not there)
