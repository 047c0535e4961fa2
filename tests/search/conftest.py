"""A kind of the tests' own: the search knows no room."""

from datetime import datetime

import pytest

from community.contributions import delivery, kinds, ledger
from community.search import indexing
from tests.factories import NOW

BODIES: dict[int, str] = {}
KINDS = [
    kinds.Kind(name, label, teaches=True, bodies=lambda ids: {pk: BODIES[pk] for pk in ids if pk in BODIES})
    for name, label in (("told", "Told"), ("asked", "Asked"))
]


@pytest.fixture(autouse=True)
def _told_is_a_kind():
    for kind in KINDS:
        kinds.register(kind)
    yield
    for kind in KINDS:
        kinds._kinds.pop(kind.name)
    BODIES.clear()


def tell(
    source_id: int, body: str, *, user, title="A thing", item_id=None, form="question", topics=(), community=None,
    at: datetime = NOW, deliver=True,
):  # fmt: skip
    """One thing given, and found by the search at once."""
    BODIES[source_id] = body
    item = ledger.open_item(
        kind="thing", source_id=item_id or source_id, form=form, title=title, url=f"/thing/{item_id or source_id}/",
        now=at, community=community,
    )  # fmt: skip
    given = ledger.Given(
        kind="told",
        source_id=source_id,
        giver=ledger.Giver(user.pk),
        occurred_at=at,
        topics=list(topics),
        anchor=f"#post-{source_id}",
    )
    told = ledger.record(item=item, given=given)
    if deliver:
        indexing.index([told.pk], NOW)
    return told


@pytest.fixture
def read_by_the_search():
    """The outbox is emptied as the worker does."""
    return lambda: delivery.deliver(now=NOW)
