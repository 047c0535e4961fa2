"""A small room of its own, so that the flows are tested without forum and wiki."""

import pytest
from django.db import connection

from community.contributions import kinds, ledger
from profiles import following
from tests import factories
from tests.factories import NOW

BODIES: dict[int, str] = {}


def _ask_the_database():
    """A room reads its bodies in one query; so does this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def bodies(ids):
    _ask_the_database()
    return {pk: BODIES.get(pk, f"<p>Body {pk}</p>") for pk in ids}


def page_bodies(ids):
    _ask_the_database()
    return {pk: f"<p>Page {pk}</p>" for pk in ids}


MADE = [
    kinds.Kind("question", "Question", teaches=False, bodies=bodies, tone="ask"),
    kinds.Kind("answer", "Answer", teaches=True, bodies=bodies, tone="yes"),
    kinds.Kind("reply", "Reply", teaches=False, bodies=bodies),
    kinds.Kind("page", "Page", teaches=True, bodies=page_bodies),
]


@pytest.fixture(autouse=True)
def _kinds_of_their_own(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {kind.name: kind for kind in MADE})
    BODIES.clear()


@pytest.fixture
def ink():
    return factories.topic("Ink")


@pytest.fixture
def anna():
    return factories.person("Anna Ek", language="en")


_number = iter(range(1, 10**9))


def ask(
    *, user, title="How do we do it?", topics=(), community=None, at=NOW, kind="question", body="", **facts
):
    """Somebody opens an item; the contribution that opened it."""
    n = next(_number)
    if body:
        BODIES[n] = body
    item = ledger.open_item(
        kind="thread" if kind == "question" else kind, source_id=n, form=kind, title=title, url=f"/t/{n}/", now=at,
        community=community,
    )  # fmt: skip
    return give(item=item, user=user, topics=topics, at=at, kind=kind, source_id=n, **facts)


def give(*, item, user, topics=(), at=NOW, kind="answer", source_id=None, **facts):
    """Somebody gives something to an item."""
    n = source_id or next(_number)
    given = ledger.Given(
        kind=kind, source_id=n, giver=ledger.Giver(user.pk if user else None), occurred_at=at, topics=list(topics),
        **{"excerpt": f"<p>Words of {n}</p>", "anchor": f"#post-{n}", **facts},
    )  # fmt: skip
    return ledger.record(item=item, given=given)


@pytest.fixture
def maja(ink):
    """Somebody who follows ink, and nothing else."""
    person = factories.person("Maja Lind", language="en")
    following.choose(user=person, target=ink, level="follow", now=NOW)
    return person


@pytest.fixture
def olle():
    return factories.person("Olle Berg")
