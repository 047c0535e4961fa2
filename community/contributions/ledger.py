"""The only writers of the ledger. A verb module calls them inside its own transaction.

Everything is told once, whatever is retried: an item is known by (kind, source_id), a contribution likewise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from community import text
from community.communities.models import Community
from community.contributions import kinds
from community.contributions.models import ContentItem, Contribution, ContributionTopic
from community.contributions.signals import contribution_recorded
from community.topics.models import Topic


@dataclass(frozen=True)
class Giver:
    """Who gave, in which job role and unit of that moment (ids; None when unknown)."""

    user_id: int | None
    role_id: int | None = None
    unit_id: int | None = None


@dataclass
class Given:
    """One thing somebody gave. `teaches` None means: as its kind says."""

    kind: str
    source_id: int
    giver: Giver
    occurred_at: datetime
    excerpt: str = ""
    anchor: str = ""
    teaches: bool | None = None
    imported: bool = False
    grew_from_id: int | None = None
    topics: Sequence[Topic] = field(default_factory=list)


def open_item(
    *,
    kind: str,
    source_id: int,
    form: str,
    title: str,
    url: str,
    now: datetime,
    community: Community | None = None,
    state: str = "",
) -> ContentItem:
    """The item, made the first time. Its audience follows the community."""
    facts = {"form": form, "title": text.line(title)[:255], "url": url, "started_at": now, "latest_at": now}
    facts |= {
        "state": state,
        "community": community,
        "audience_id": community.audience_id if community else None,
    }
    item, _ = ContentItem.objects.get_or_create(kind=kind, source_id=source_id, defaults=facts)
    return item


def record(*, item: ContentItem, given: Given) -> Contribution:
    """Write one contribution into the ledger and ring. Recording it again changes nothing and returns the first."""
    return record_many(item=item, givens=[given])[0]


def record_many(*, item: ContentItem, givens: Sequence[Given]) -> list[Contribution]:
    """As `record`, for many contributions to one item in a handful of statements; in the order given."""
    with transaction.atomic():
        by_kind: dict[str, list[int]] = {}
        for given in givens:
            by_kind.setdefault(given.kind, []).append(given.source_id)
        known = {
            (c.kind, c.source_id): c
            for name, ids in by_kind.items()
            for c in Contribution.objects.filter(kind=name, source_id__in=ids)
        }
        fresh = {(g.kind, g.source_id): g for g in givens if (g.kind, g.source_id) not in known}
        rows = Contribution.objects.bulk_create([_row(item, g) for g in fresh.values()], batch_size=500)
        _link_topics(rows, {(g.kind, g.source_id): g.topics for g in fresh.values()})
        if rows:
            _touch(item, rows)
            _ring([row.pk for row in rows if not row.imported])
        known |= {(row.kind, row.source_id): row for row in rows}
        return [known[g.kind, g.source_id] for g in givens]


def _row(item: ContentItem, given: Given) -> Contribution:
    kind = kinds.kind(given.kind)
    return Contribution(
        item=item,
        kind=kind.name,
        source_id=given.source_id,
        actor_id=given.giver.user_id,
        actor_role_id=given.giver.role_id,
        actor_unit_id=given.giver.unit_id,
        community_id=item.community_id,
        audience_id=item.audience_id,
        excerpt=text.excerpt(given.excerpt, 280),
        anchor=given.anchor,
        teaches=kind.teaches if given.teaches is None else given.teaches,
        imported=given.imported,
        grew_from_id=given.grew_from_id,
        occurred_at=given.occurred_at,
        changed_at=given.occurred_at,
    )


def _link_topics(rows: Iterable[Contribution], topics: dict[tuple[str, int], Sequence[Topic]]) -> None:
    links = [
        ContributionTopic(
            topic=topic, contribution=row, occurred_at=row.occurred_at, audience_id=row.audience_id
        )
        for row in rows
        for topic in topics[row.kind, row.source_id]
    ]
    ContributionTopic.objects.bulk_create(links, batch_size=1000, ignore_conflicts=True)


def _touch(item: ContentItem, rows: Sequence[Contribution]) -> None:
    ContentItem.objects.filter(pk=item.pk).update(contributions_count=F("contributions_count") + len(rows))
    latest = max(row.occurred_at for row in rows)
    ContentItem.objects.filter(pk=item.pk, latest_at__lt=latest).update(latest_at=latest)


def _ring(ids: list[int]) -> None:
    if not ids:  # what came with a bundle waits for the load's own delivery
        return
    transaction.on_commit(lambda: contribution_recorded.send(sender=Contribution, ids=ids), robust=True)


@transaction.atomic
def amend(*, kind: str, source_id: int, excerpt: str, now: datetime) -> None:
    """Keep the ledger's words true after an edit. Nothing when it was never told."""
    _change(
        Contribution.objects.filter(kind=kind, source_id=source_id), now, excerpt=text.excerpt(excerpt, 280)
    )


@transaction.atomic
def amend_item(
    *,
    kind: str,
    source_id: int,
    now: datetime,
    title: str | None = None,
    state: str | None = None,
    url: str | None = None,
) -> None:
    """Keep the item's title, state and address true, and let every reader look again."""
    facts = {"title": text.line(title)[:255] if title is not None else None, "state": state, "url": url}
    facts = {name: value for name, value in facts.items() if value is not None}
    ContentItem.objects.filter(kind=kind, source_id=source_id).update(**facts)
    _change(Contribution.objects.filter(item__kind=kind, item__source_id=source_id), now)


@transaction.atomic
def retopic(*, kind: str, source_id: int, topics: Iterable[Topic], now: datetime) -> None:
    """Put everything given to the item under these topics instead of those it had."""
    rows = list(Contribution.objects.current().filter(item__kind=kind, item__source_id=source_id))
    wanted = list(topics)
    ContributionTopic.objects.filter(contribution__in=rows).exclude(topic__in=wanted).delete()
    _link_topics(rows, {(row.kind, row.source_id): wanted for row in rows})
    _change(Contribution.objects.filter(pk__in=[row.pk for row in rows]), now)


@transaction.atomic
def withdraw(*, kind: str, source_id: int, now: datetime) -> None:
    """Take one contribution out of every stream; the bare fact stays."""
    rows = Contribution.objects.current().filter(kind=kind, source_id=source_id).values_list("pk", "item_id")
    for pk, item_id in list(rows):
        ContributionTopic.objects.filter(contribution=pk).delete()
        ContentItem.objects.filter(pk=item_id).update(contributions_count=F("contributions_count") - 1)
        _change(Contribution.objects.filter(pk=pk), now, withdrawn_at=now)


@transaction.atomic
def withdraw_item(*, kind: str, source_id: int, now: datetime) -> None:
    """Take the item and all that was given to it out of every stream, list and search."""
    ContentItem.objects.filter(kind=kind, source_id=source_id, withdrawn_at=None).update(
        withdrawn_at=now, contributions_count=0
    )
    rows = Contribution.objects.current().filter(item__kind=kind, item__source_id=source_id)
    ids = list(rows.values_list("pk", flat=True))
    ContributionTopic.objects.filter(contribution__in=ids).delete()
    _change(Contribution.objects.filter(pk__in=ids), now, withdrawn_at=now)


@transaction.atomic
def restore(*, kind: str, source_id: int, topics: Iterable[Topic], now: datetime) -> None:
    """Undo `withdraw`: the contribution is back under `topics`."""
    rows = list(Contribution.objects.filter(kind=kind, source_id=source_id).exclude(withdrawn_at=None))
    for row in rows:
        _link_topics([row], {(row.kind, row.source_id): list(topics)})
        ContentItem.objects.filter(pk=row.item_id).update(contributions_count=F("contributions_count") + 1)
        _change(Contribution.objects.filter(pk=row.pk), now, withdrawn_at=None)


@transaction.atomic
def restore_item(*, kind: str, source_id: int, topics: Iterable[Topic], now: datetime) -> None:
    """Undo `withdraw_item`: the item is back with what was taken along with it, under `topics`."""
    item = ContentItem.objects.filter(kind=kind, source_id=source_id).exclude(withdrawn_at=None).first()
    if item is None:
        return
    rows = list(item.contributions.filter(withdrawn_at=item.withdrawn_at))
    wanted = list(topics)
    _link_topics(rows, {(row.kind, row.source_id): wanted for row in rows})
    ContentItem.objects.filter(pk=item.pk).update(withdrawn_at=None, contributions_count=len(rows))
    _change(Contribution.objects.filter(pk__in=[row.pk for row in rows]), now, withdrawn_at=None)


@transaction.atomic
def set_audience(*, community: Community, now: datetime) -> None:
    """After a community was opened or closed: everything in it carries the new audience. Five statements."""
    audience = community.audience_id
    ContentItem.objects.filter(community=community).update(audience=audience)
    ContributionTopic.objects.filter(contribution__community=community).update(audience=audience)
    _change(Contribution.objects.filter(community=community), now, audience=audience)


@transaction.atomic
def move_item(*, kind: str, source_id: int, community: Community | None, now: datetime) -> None:
    """Move an item and all that was given to it into `community` (None: to everybody)."""
    place = {"community": community, "audience_id": community.audience_id if community else None}
    ContentItem.objects.filter(kind=kind, source_id=source_id).update(**place)
    rows = Contribution.objects.filter(item__kind=kind, item__source_id=source_id)
    ContributionTopic.objects.filter(contribution__in=rows).update(audience_id=place["audience_id"])
    _change(rows, now, **place)


def count_as_lived() -> None:
    """The demo's past came with a bundle but stands for real life: it counts in figures and balances."""
    Contribution.objects.filter(imported=True).update(imported=False)


def thank(*, kind: str, source_id: int, by: int = 1) -> None:
    """Count thanks on the item: `by` is 1, or -1 when somebody takes them back."""
    item = Contribution.objects.filter(kind=kind, source_id=source_id).values("item")
    ContentItem.objects.filter(pk__in=item).update(thanks_count=F("thanks_count") + by)


def _change(rows: Any, now: datetime, **facts: Any) -> None:
    ids = list(rows.values_list("pk", flat=True))
    Contribution.objects.filter(pk__in=ids).update(changed_at=now, delivered_at=None, **facts)
    _ring(ids)
