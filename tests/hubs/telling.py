"""Giving things in tests without any room: kinds of our own, and one function that gives."""

from community.contributions import kinds, ledger
from tests.factories import NOW

BODIES = lambda ids: {pk: f"<p>{pk}</p>" for pk in ids}  # noqa: E731
KINDS = [
    kinds.Kind(name="t_question", label="Question", teaches=False, bodies=BODIES, tone="ask"),
    kinds.Kind(name="t_answer", label="Answer", teaches=True, bodies=BODIES),
    kinds.Kind(name="t_experience", label="Experience", teaches=True, bodies=BODIES, tone="care"),
]
OPENERS = {"question": "t_question", "experience": "t_experience", "page": "page"}


def give(
    source_id=1,
    *,
    user,
    topics=(),
    form="question",
    community=None,
    at=NOW,
    title="",
    to=None,
    kind="",
    **facts,
):
    """Something somebody gave: opens an item of `form`, or adds to the item `to`."""
    item = to or ledger.open_item(
        kind="page" if form == "page" else "thread", source_id=source_id, form=form, title=title or f"Thing {source_id}",
        url=f"/thing/{source_id}/", now=at, community=community,
    )  # fmt: skip
    given = ledger.Given(
        kind=kind or ("t_answer" if to else OPENERS[form]), source_id=source_id, giver=ledger.Giver(user.pk),
        occurred_at=at, topics=list(topics), excerpt="<p>Some words</p>", **facts,
    )  # fmt: skip
    return ledger.record(item=item, given=given)
