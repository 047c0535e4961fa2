"""What readers of the ledger get for its rows."""

from collections.abc import Iterable

from wiki.models import WikiPage


def of_pages(ids: Iterable[int]) -> dict[int, str]:
    """`{page id: body}` of published pages; one query."""
    return dict(WikiPage.objects.filter(pk__in=list(ids), live=True).order_by().values_list("pk", "body"))


def of_edits(ids: Iterable[int]) -> dict[int, str]:
    """An edit has no body of its own: its summary stands in the excerpt, its words in the page."""
    return {}
