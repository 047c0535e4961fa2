"""The rooms' kinds, without the rooms: the figures know the ledger only."""

from datetime import date, datetime, timedelta

import pytest

from community.contributions import kinds, ledger
from community.maturity import blocks

TEACHES = {"question": False, "answer": True, "reply": True, "page": True}
END = date(2026, 5, 24)  # a block ends on this Sunday
TODAY = END + timedelta(days=3)


def at(day: date, hour: int = 12) -> datetime:
    return blocks.midnight(day) + timedelta(hours=hour)


NOW = at(TODAY, 3)


@pytest.fixture(autouse=True)
def _kinds():
    before = dict(kinds._kinds)
    for name, teaches in TEACHES.items():
        kinds._kinds[name] = kinds.Kind(name, name, teaches=teaches, bodies=lambda _ids: {})
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)


def give(
    source_id,
    kind,
    user,
    when,
    *,
    item_id=None,
    item_kind="thread",
    unit=None,
    role=None,
    community=None,
    topics=(),
    **facts,
):
    """One thing given, as a room would tell it."""
    item = ledger.open_item(
        kind=item_kind,
        source_id=item_id or source_id,
        form=kind,
        title="T",
        url="/t/",
        now=when,
        community=community,
    )
    giver = ledger.Giver(user and user.pk, role and role.pk, unit and unit.pk)
    given = ledger.Given(
        kind=kind, source_id=source_id, giver=giver, occurred_at=when, topics=list(topics), **facts
    )
    return ledger.record(item=item, given=given)
