"""Bringing an old version back. It becomes the newest one; what stood there meanwhile stays in the history."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from community.topics.models import Topic
from profiles.models import User
from wiki import conflicts, headings, telling, writing
from wiki.models import EditNote, WikiPage


@transaction.atomic
def restore(*, page: WikiPage, version: EditNote, user: User, now: datetime) -> WikiPage:
    """Publish the words of `version` again; topics, owner and review stay as they are. Raises writing.Locked."""
    held = conflicts.lock(page)
    lock = held.get_lock()
    if lock and lock.for_user(user):
        raise writing.Locked
    current = held.get_latest_revision_as_object()
    old = version.revision.content
    current.title = writing.checked_title(old["title"])
    current.body = headings.written(old["body"])[0]
    summary = _("Brought back the version of %(day)s") % {"day": f"{version.at:%Y-%m-%d %H:%M}"}
    topics: list[Topic] = list(current.topics.all())
    note = writing.publish(page=current, user=user, summary=summary, worth_telling=True, now=now)
    published = WikiPage.objects.select_related("community").get(pk=held.pk)
    telling.tell_edit(page=published, note=note, topics=topics, now=now)
    return published
