"""Keeping the search documents true to the ledger. A reader of the outbox: safe to call twice."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min, QuerySet

from community import text
from community.contributions import kinds
from community.contributions.models import Contribution
from community.search.languages import guess
from community.search.models import SearchDocument

MOST_BODY = 200_000  # PostgreSQL's tsvector ends at a megabyte
CHUNK = 500
KEPT = ["item", "kind", "form", "solved", "title", "body", "language", "audience", "community", "occurred_at"]


@transaction.atomic
def index(ids: Sequence[int], now: datetime) -> None:
    """Make the documents of these contributions true: written, rewritten, or gone. Some six statements a batch.

    What opened the item is looked at again too: an edit told of a page changes the page's own words.
    """
    touched = Contribution.objects.filter(pk__in=list(ids))
    openers = _openers(touched.values("item"))
    rows = Contribution.objects.filter(pk__in={*ids, *openers.values()}).select_related("item")
    documents = list(_documents(list(rows), set(openers.values())))
    told = {document.contribution_id for document in documents}
    SearchDocument.objects.filter(contribution__in={*ids, *openers.values()} - told).delete()
    SearchDocument.objects.bulk_create(
        documents, update_conflicts=True, unique_fields=["contribution"], update_fields=KEPT, batch_size=CHUNK
    )


def _openers(items: QuerySet[Any, Any]) -> dict[int, int]:
    """`{item id: the contribution that opened it}`."""
    rows = Contribution.objects.filter(item__in=items).order_by().values("item").annotate(first=Min("pk"))
    return dict(rows.values_list("item", "first"))


def _documents(rows: list[Contribution], openers: set[int]) -> Iterator[SearchDocument]:
    known = {kind.name for kind in kinds.every()}
    current = [
        row
        for row in rows
        if row.withdrawn_at is None and row.item.withdrawn_at is None and row.kind in known
    ]
    bodies = kinds.bodies((row.kind, row.source_id) for row in current)
    for row in current:
        body = text.plain(bodies[row.kind, row.source_id])[:MOST_BODY]
        opens = row.pk in openers
        if opens or body:
            yield _document(row, row.item.title if opens else "", body)


def _document(row: Contribution, title: str, body: str) -> SearchDocument:
    return SearchDocument(
        contribution=row,
        item=row.item,
        kind=row.kind,
        form=row.item.form,
        solved=row.item.state == "solved",
        title=title,
        body=body,
        language=guess(f"{title} {body}", otherwise=settings.LANGUAGE_CODE[:2]),
        audience_id=row.audience_id,
        community_id=row.community_id,
        occurred_at=row.occurred_at,
    )


def reindex(*, now: datetime) -> Iterator[int]:
    """Look at every contribution again, oldest first; yields how many were looked at. Memory does not grow with the ledger."""
    done, last = 0, 0
    while ids := list(_after(last)):
        index(ids, now)
        done, last = done + len(ids), ids[-1]
        yield done
    tidy()


def _after(last: int) -> Iterable[int]:
    return Contribution.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]


def tidy() -> None:
    """Let the database put its full-text index in order after much has been written."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('rebuild')")
            cursor.execute("INSERT INTO search_words(search_words) VALUES ('optimize')")
        else:
            cursor.execute("SELECT gin_clean_pending_list('search_words'::regclass)")
            cursor.execute("ANALYZE search_searchdocument")
