"""The only readers of the ledger: the same entries for the web page, RSS, Atom, JSON Feed, mail and the profile.

An entry is a `Contribution` with its item, actor, role and unit, plus `entry.topics`: a list of `TopicName`.
Every function takes the reader (`user`) and returns only what that person may read, newest first, in one query.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, JSONField, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONArray

from community.communities.audience import is_employee
from community.contributions.models import Contribution, ContributionTopic

PAGE = 20
MOST_ARMS = 150  # of each kind: SQLite takes 500 parts in one compound select
STAND_IN = -(2**40)  # stands for a target's id while Django compiles


class TopicName(NamedTuple):
    """What a chip shows of a topic."""

    pk: int
    name: str
    slug: str


class Place(NamedTuple):
    """Where a page of a stream ended; the next one continues strictly after it (keyset)."""

    occurred_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{self.occurred_at.isoformat()}_{self.pk}"

    @classmethod
    def parse(cls, written: str) -> "Place | None":
        """The place behind `str(place)`; None for anything else."""
        stamp, _, pk = written.rpartition("_")
        try:
            place = cls(datetime.fromisoformat(stamp), int(pk))
            fair = place.occurred_at.tzinfo and 0 <= place.pk < 2**62
            return place._replace(occurred_at=place.occurred_at.astimezone(UTC)) if fair else None
        except (ValueError, OverflowError):  # the latter also for a moment before or after all time in UTC
            return None


@dataclass(frozen=True)
class Targets:
    """What a flow is made of: ids of topics, communities and items that are followed, and items that are muted."""

    topics: Sequence[int] = ()
    communities: Sequence[int] = ()
    items: Sequence[int] = ()
    muted_items: Sequence[int] = ()


@dataclass
class Page:
    """A page of a stream. `older` is where the next page begins, None at the end."""

    entries: list[Contribution] = field(default_factory=list)
    older: Place | None = None


class Gathered(Subquery):
    """The rows of a one-column subquery as one JSON array."""

    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT json_group_array(json(_g.v)) FROM (%(subquery)s) _g)"
        return self.as_sql(compiler, connection, template=template, **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT coalesce(jsonb_agg(_g.v), '[]') FROM (%(subquery)s) _g)"
        return self.as_sql(compiler, connection, template=template, **extra)


def entries(user: Any) -> QuerySet[Contribution]:
    """Every current entry that `user` may read, newest first; narrow and slice it."""
    topics = ContributionTopic.objects.filter(contribution=OuterRef("pk")).order_by("topic__name")
    rows = topics.values(v=JSONArray("topic_id", "topic__name", "topic__slug"))
    return (
        Contribution.objects.visible_to(user)
        .current()
        .select_related("item", "actor", "actor_role", "actor_unit")
        .annotate(topics_json=Gathered(rows))  # type: ignore[no-redef]  # the model says what it is
        .order_by("-occurred_at", "-pk")
    )


def of_topic(*, user: Any, topic_id: int, limit: int = PAGE, before: Place | None = None) -> Page:
    """A topic's stream: one index read."""
    links = ContributionTopic.objects.visible_to(user).filter(topic=topic_id)
    ids = _before(links, before, pk="contribution").order_by("-occurred_at", "-contribution")
    return _page(entries(user).filter(pk__in=ids.values("contribution")[: limit + 1]), limit)


def of_community(*, user: Any, community_id: int, limit: int = PAGE, before: Place | None = None) -> Page:
    """All that was given in one community."""
    return _page(_before(entries(user).filter(community=community_id), before)[: limit + 1], limit)


def of_item(*, user: Any, item_id: int, limit: int = PAGE, before: Place | None = None) -> Page:
    """All that was given to one thread or page."""
    return _page(_before(entries(user).filter(item=item_id), before)[: limit + 1], limit)


def of_person(*, user: Any, person_id: int, limit: int = PAGE, before: Place | None = None) -> Page:
    """What `person_id` gave, as far as `user` may read it."""
    return _page(_before(entries(user).filter(actor=person_id), before)[: limit + 1], limit)


def everything(*, user: Any, limit: int = PAGE, before: Place | None = None) -> Page:
    """The whole organisation's newest."""
    return _page(_before(entries(user), before)[: limit + 1], limit)


def my_flow(
    *,
    user: Any,
    targets: Targets,
    limit: int = PAGE,
    before: Place | None = None,
    since: datetime | None = None,
    not_by: int | None = None,
) -> Page:
    """The newest of everything in `targets`, merged; each entry once. The cost grows with the targets, not the ledger."""
    arms = list(_arms(user, targets, limit + 1, before, since)) if is_employee(user) else []
    if not arms:
        return Page()
    union = " UNION ".join(sql for sql, _ in arms)
    newest = f"SELECT flow_id FROM ({union}) AS flow ORDER BY moment DESC, flow_id DESC"  # noqa: S608  Django's own SQL
    if not targets.muted_items and not_by is None:
        newest += f" LIMIT {limit + 1:d}"
    rows = entries(user).filter(pk__in=RawSQL(newest, [p for _, params in arms for p in params]))  # noqa: S611
    if targets.muted_items:
        rows = rows.exclude(item__in=targets.muted_items)
    if not_by is not None:
        rows = rows.exclude(actor=not_by)
    return _page(rows[: limit + 1], limit)


def _arms(
    user: Any, targets: Targets, limit: int, before: Place | None, since: datetime | None
) -> Iterator[tuple[str, list[Any]]]:
    """SQL of the newest `limit` of each target as (id, occurred_at), one index range each, with its parameters.

    Django compiles one query per kind of target with a stand-in for the id: compiling each was most of the time.
    """
    given = Contribution.objects.visible_to(user).current().order_by("-occurred_at", "-pk")
    links = ContributionTopic.objects.visible_to(user).order_by("-occurred_at", "-contribution")
    kinds: list[tuple[Sequence[int], QuerySet[Any], str]] = [
        (targets.topics, links.filter(topic=STAND_IN), "contribution"),
        (targets.communities, given.filter(community=STAND_IN), "pk"),
        (targets.items, given.filter(item=STAND_IN), "pk"),
    ]
    for ids, rows, pk in kinds:
        if ids:
            narrowed = _before(rows, before, pk=pk)
            narrowed = narrowed if since is None else narrowed.filter(occurred_at__gte=since)
            column = F("contribution_id") if pk == "contribution" else F("id")
            yield from _arms_of(
                list(ids)[:MOST_ARMS], narrowed.values(flow_id=column, moment=F("occurred_at"))[:limit]
            )


def _arms_of(ids: list[int], rows: QuerySet[Any]) -> Iterator[tuple[str, list[Any]]]:
    sql, params = rows.query.sql_with_params()
    place = params.index(STAND_IN)
    before, after = list(params[:place]), list(params[place + 1 :])
    if connection.vendor == "postgresql":
        parts = sql.split("%s")
        inner = "%s".join(parts[: place + 1]) + "target.id" + "%s".join(parts[place + 1 :])
        each = f"SELECT newest.flow_id, newest.moment FROM unnest(%s::bigint[]) AS target(id) CROSS JOIN LATERAL ({inner}) AS newest"  # noqa: S608
        yield each, [ids, *before, *after]
        return
    for pk in ids:
        yield f"SELECT flow_id, moment FROM ({sql})", [*before, pk, *after]  # noqa: S608  Django's own SQL


def newest_items(*, user: Any, topic_ids: Sequence[int], each: int) -> QuerySet[Any]:
    """Ids of the items that the newest `each` contributions under every topic belong to, as a subquery."""
    arms = list(_arms(user, Targets(topics=topic_ids), each, None, None))
    if not arms:
        return Contribution.objects.none().values("item")
    union = " UNION ".join(sql for sql, _ in arms)
    newest = RawSQL(f"SELECT flow_id FROM ({union}) AS flow", [p for _, params in arms for p in params])  # noqa: S608, S611
    return Contribution.objects.filter(pk__in=newest).values("item")


def page_of(rows: QuerySet[Contribution], *, limit: int = PAGE, before: Place | None = None) -> Page:
    """A page of `entries(user)` narrowed by the caller."""
    return _page(_before(rows, before)[: limit + 1], limit)


def _before(rows: QuerySet[Any], place: Place | None, *, pk: str = "pk") -> QuerySet[Any]:
    if place is None:
        return rows
    same_moment = Q(occurred_at__lt=place.occurred_at) | Q(**{f"{pk}__lt": place.pk})
    return rows.filter(same_moment, occurred_at__lte=place.occurred_at)


def _page(rows: QuerySet[Contribution], limit: int) -> Page:
    found = list(rows)
    for entry in found:
        entry.topics = [TopicName(*topic) for topic in entry.topics_json]
    shown = found[:limit]
    more = len(found) > limit
    return Page(shown, Place(shown[-1].occurred_at, shown[-1].pk) if more else None)


def collapse(found: Iterable[Contribution]) -> list[Contribution]:
    """One entry per item, the newest; `entry.others` tells how many more of the same item were folded into it."""
    by_item: dict[int, Contribution] = {}
    for entry in found:
        first = by_item.setdefault(entry.item_id, entry)
        first.others = getattr(first, "others", -1) + 1
    return list(by_item.values())
