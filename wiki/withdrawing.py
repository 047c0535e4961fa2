"""Taking a page out of the wiki."""

from datetime import datetime
from typing import Any

from django.db import transaction

from wiki import telling
from wiki.models import WikiPage


@transaction.atomic
def take_down(*, page: WikiPage, user: Any, now: datetime) -> None:
    """Unpublish `page`: nobody reads it, its versions stay, and publishing it again brings everything back."""
    page.unpublish(user=user)
    telling.tell_gone(page_id=page.pk, now=now)


@transaction.atomic
def delete(*, page: WikiPage, user: Any, now: datetime) -> None:
    """Delete `page` and all below it; the ledger keeps the bare fact."""
    for pk in WikiPage.objects.within(page).values_list("pk", flat=True):
        telling.tell_gone(page_id=pk, now=now)
    page.delete(user=user)
