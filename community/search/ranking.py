"""The one statement of the search, for both databases.

Never ranks over what grows: the newest thousand hits are ranked, by how well the words fit and how new it is, and grouped
by the thing they belong to. What was withdrawn or closed a moment ago is left out by the ledger's own word, so that
nothing depends on the index being up to date.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime

from community.contributions.models import ContentItem, Contribution
from community.search.models import SearchDocument
from profiles.models import User

RANKED = 1_000
SHOWN_OF_BODY = 20_000


@dataclass(frozen=True)
class Words:
    """How a database finds and ranks some words: SQL with its parameters."""

    where: str
    params: Sequence[str]
    rank: str  # what can only be said while finding
    newest: str
    fit: str  # how well the words fit, of those found
    fit_params: Sequence[str]
    age_in_days: str  # one parameter: now
    tables: Sequence[str] = ()


def best(
    *,
    documents: QuerySet[SearchDocument],
    words: Words,
    readable: QuerySet[Contribution],
    limit: int,
    offset: int,
    now: datetime,
) -> list[dict[str, Any]]:
    """The best contribution of each item, best item first, as rows with `hits` in the item and `total` items."""
    try:
        newest, newest_params = _newest(documents, words)
        allowed, allowed_params = _of_each(readable).query.sql_with_params()
    except EmptyResultSet:  # somebody who may read nothing
        return []
    sql = _STATEMENT.format(newest=newest, allowed=allowed, age=words.age_in_days, fit=words.fit, **_TABLES)
    moment = connection.ops.adapt_datetimefield_value(now)
    params = [*newest_params, *words.fit_params, moment, *allowed_params, limit, offset, SHOWN_OF_BODY]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        row["occurred_at"] = _moment(row["occurred_at"])
    return rows


def _newest(documents: QuerySet[SearchDocument], words: Words) -> tuple[str, tuple[Any, ...]]:
    found = documents.extra(  # noqa: S610 - the SQL is ours, the words are parameters
        tables=list(words.tables),
        where=[words.where],
        params=list(words.params),
        select={"rank": words.rank},
    )
    rows = found.order_by().values("rank", "pk", "contribution_id", "item_id", "occurred_at")
    sql, params = rows.query.sql_with_params()
    return f"{sql} ORDER BY {words.newest} LIMIT {RANKED}", params


def _of_each(readable: QuerySet[Contribution]) -> QuerySet:
    """Looked up hit by hit: as a list, SQLite would gather the whole ledger first."""
    same = f"{_TABLES['contributions']}.id = newest.contribution_id"
    return readable.extra(where=[same]).order_by().values("pk")  # noqa: S610 - a name of ours


def _moment(value: Any) -> datetime:
    if isinstance(value, str):  # SQLite keeps UTC as text
        value = parse_datetime(value)
    return value if value.tzinfo else value.replace(tzinfo=UTC)


_TABLES = {
    "documents": SearchDocument._meta.db_table,  # noqa: SLF001 - Django's documented door
    "items": ContentItem._meta.db_table,  # noqa: SLF001 - Django's documented door
    "contributions": Contribution._meta.db_table,  # noqa: SLF001 - Django's documented door
    "people": User._meta.db_table,  # noqa: SLF001 - Django's documented door
}
_STATEMENT = """
WITH newest (rank, id, contribution_id, item_id, occurred_at) AS MATERIALIZED ({newest}),
scored AS (
  SELECT id, contribution_id, item_id, {fit} * (1.0 + 1.0 / (1.0 + {age} / 90.0)) AS score
  FROM newest WHERE EXISTS ({allowed})
),
placed AS (
  SELECT scored.*, row_number() OVER (PARTITION BY item_id ORDER BY score DESC, contribution_id) AS place,
         count(*) OVER (PARTITION BY item_id) AS hits
  FROM scored
),
best AS (
  SELECT placed.*, count(*) OVER () AS total FROM placed WHERE place = 1
  ORDER BY score DESC, contribution_id DESC LIMIT %s OFFSET %s
)
SELECT best.hits, best.total, i.title, i.url, i.form, d.solved, c.kind, c.anchor, c.occurred_at, c.actor_id, p.name, p.photo,
       substr(d.body, 1, %s) AS body
FROM best
JOIN {documents} d ON d.id = best.id
JOIN {items} i ON i.id = best.item_id
JOIN {contributions} c ON c.id = best.contribution_id
LEFT JOIN {people} p ON p.id = c.actor_id
ORDER BY best.score DESC, best.contribution_id DESC
"""
