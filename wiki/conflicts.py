"""Two people save the same page: neither loses a word."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from community import text
from wiki.models import EditNote, WikiPage


class StaleBase(Exception):
    """Somebody saved in between. Carries both texts; the later one is kept as a version that nobody sees as the page."""

    def __init__(self, *, kept: EditNote, theirs: WikiPage, title: str, body: str) -> None:
        super().__init__("somebody saved this page in between")
        self.kept, self.theirs, self.title, self.body = kept, theirs, title, body

    @property
    def base_revision_id(self) -> int | None:
        """What a merged text is based on."""
        return self.theirs.latest_revision_id


def lock(page: WikiPage) -> WikiPage:
    """The page as it is now; whoever else wants to save it waits until this transaction ends."""
    return WikiPage.objects.select_for_update().get(pk=page.pk)


@transaction.atomic
def keep_aside(*, page: WikiPage, user: Any, title: str, body: str, summary: str, now: datetime) -> EditNote:
    """Keep somebody's text as a revision beside the line of revisions. The same text by the same person is kept once."""
    content = {**page.serializable_data(), "title": title, "body": body}
    mine = EditNote.objects.filter(page=page.pk, author=user, kept_aside=True).select_related("revision")
    for note in mine.order_by("-at", "-pk")[:5]:
        if (note.revision.content["title"], note.revision.content["body"]) == (title, body):
            return note
    revision = Revision.objects.create(
        content_object=page,
        base_content_type=page.get_base_content_type(),
        user=user,
        object_str=title,
        content=content,
        created_at=now,
    )
    return EditNote.objects.create(
        page_id=page.pk,
        revision=revision,
        summary=text.line(summary)[:200],
        worth_telling=False,
        kept_aside=True,
        author=user,
        at=now,
    )
