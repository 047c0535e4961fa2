"""What the wiki tells the ledger: a page once, an edit when it is worth telling."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from community.contributions import ledger
from community.contributions.models import ContentItem
from community.topics.models import Topic
from profiles import assigning, following
from wiki.models import EditNote, WikiPage

SAME_SITTING = timedelta(minutes=60)
NOBODY = ledger.Giver(None)


def item_of(*, page: WikiPage, now: datetime) -> ContentItem:
    """The page as the ledger knows it, made the first time."""
    return ledger.open_item(
        kind="page", source_id=page.pk, form="page", title=page.title, url=page.get_absolute_url(),
        community=page.community, now=now,
    )  # fmt: skip


def tell_page(
    *, page: WikiPage, author: Any, topics: Sequence[Topic], now: datetime, grew_from_id: int | None = None
) -> None:
    """A new page: its item, its entry, and the author follows it."""
    item = item_of(page=page, now=now)
    giver = assigning.giver(user=author, at=now) if author else NOBODY
    ledger.record(
        item=item,
        given=ledger.Given(
            kind="page",
            source_id=page.pk,
            giver=giver,
            occurred_at=now,
            excerpt=page.body,
            topics=topics,
            grew_from_id=grew_from_id,
        ),
    )
    if author:
        following.take_part(user=author, item=item, now=now)


def tell_edit(*, page: WikiPage, note: EditNote, topics: Sequence[Topic], now: datetime) -> None:
    """Keep the ledger true after an edit; make an entry of it when it is worth telling.

    What one person tells of one page within an hour is one entry.
    """
    item = item_of(page=page, now=now)
    ledger.amend(kind="page", source_id=page.pk, excerpt=page.body, now=now)
    if item.title != page.title:
        ledger.amend_item(kind="page", source_id=page.pk, title=page.title, now=now)
    if note.worth_telling:
        _enter(item, note, topics, now)
    ledger.retopic(kind="page", source_id=page.pk, topics=topics, now=now)
    if note.author:
        following.take_part(user=note.author, item=item, now=now)


def _enter(item: ContentItem, note: EditNote, topics: Sequence[Topic], now: datetime) -> None:
    opened = _opened_lately(note)
    if opened is not None:
        if note.summary:
            ledger.amend(kind="edit", source_id=opened.pk, excerpt=note.summary, now=now)
        return
    EditNote.objects.filter(pk=note.pk).update(opens_entry=True)
    giver = assigning.giver(user=note.author, at=now) if note.author else NOBODY
    given = ledger.Given(
        kind="edit", source_id=note.pk, giver=giver, occurred_at=now, excerpt=note.summary, topics=topics
    )
    ledger.record(item=item, given=given)


def _opened_lately(note: EditNote) -> EditNote | None:
    """The note under whose entry this one is told: of the same person, within the hour."""
    if note.author_id is None:
        return None
    mine = EditNote.objects.filter(page=note.page_id, author=note.author_id, opens_entry=True).exclude(
        pk=note.pk
    )
    return mine.filter(at__gt=note.at - SAME_SITTING, at__lte=note.at).order_by("-at", "-pk").first()


@transaction.atomic
def tell_published(*, page: WikiPage, revision: Revision, now: datetime) -> None:
    """What Wagtail's own editor or schedule published: noted and told once. Nothing when the site's verbs told it."""
    known = ContentItem.objects.filter(kind="page", source_id=page.pk).first()
    topics = list(page.topics.all())
    if known is not None and known.withdrawn_at is not None:
        ledger.restore_item(kind="page", source_id=page.pk, topics=topics, now=now)
    if EditNote.objects.filter(revision=revision).exists():
        return
    note = EditNote.objects.create(
        page=page, revision=revision, author=revision.user, at=now, opens_entry=known is None
    )
    if known is None:
        tell_page(page=page, author=revision.user, topics=topics, now=now)
    else:
        tell_edit(page=page, note=note, topics=topics, now=now)


def tell_gone(*, page_id: int, now: datetime) -> None:
    """The page is no longer published: it leaves every stream, list and search."""
    ledger.withdraw_item(kind="page", source_id=page_id, now=now)
