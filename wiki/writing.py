"""Writing pages: each save is a Wagtail revision, published, noted and told, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from community import text
from community.communities.models import Community
from community.contributions.models import Contribution
from community.topics.models import Topic
from profiles.models import User
from wiki import conflicts, headings, sections, telling
from wiki.models import Credit, EditNote, WikiPage


class Locked(Exception):
    """A steward has locked the page, or it waits for approval."""


class NarrowerSource(ValueError):
    """What only a community may read does not become a page for others."""


@transaction.atomic
def create_page(
    *,
    user: User,
    title: str,
    body: str,
    now: datetime,
    parent: Page | None = None,
    community: Community | None = None,
    topics: Sequence[Topic] = (),
    summary: str = "",
    grew_from: Contribution | None = None,
) -> WikiPage:
    """A page under `parent`, else at the top of the community's section or of the wiki.

    `grew_from` is the contribution it was made of: its giver is credited, and it stays with those who may read it.
    ValueError on an empty title, sections.TooDeep, NarrowerSource.
    """
    title = checked_title(title)
    if parent is None:
        parent = sections.section_of(community=community, now=now) if community else sections.root()
    if grew_from is not None and grew_from.audience_id not in (None, sections.community_at(parent)):
        raise NarrowerSource
    draft = WikiPage(title=title, body=headings.written(body)[0], owner=user, live=False)
    draft.topics.add(*topics)
    page = sections.place(page=draft, parent=parent)
    publish(page=page, user=user, summary=summary, worth_telling=True, opens_entry=True, now=now)
    page = WikiPage.objects.select_related("community").get(pk=page.pk)
    if grew_from is not None and grew_from.actor_id:
        Credit.objects.create(page=page, person_id=grew_from.actor_id)
    grew_from_id = grew_from.pk if grew_from else None
    telling.tell_page(page=page, author=user, topics=topics, now=now, grew_from_id=grew_from_id)
    return page


def edit_page(
    *,
    page: WikiPage,
    user: User,
    title: str,
    body: str,
    topics: Sequence[Topic],
    base_revision_id: int | None,
    now: datetime,
    summary: str = "",
    worth_telling: bool = True,
) -> WikiPage:
    """Save and publish a new version; a save that changes nothing makes none.

    Raises conflicts.StaleBase when somebody saved since `base_revision_id`: the text is then kept as a version of its
    own. Raises Locked, ValueError on an empty title.
    """
    title, body = checked_title(title), headings.written(body)[0]
    with transaction.atomic():
        held = conflicts.lock(page)
        current = held.get_latest_revision_as_object()
        lock = held.get_lock()
        if lock and lock.for_user(user):
            raise Locked
        same = (current.title, current.body) == (title, body)
        if same and set(current.topics.all()) == set(topics):
            return held
        fresh = same or base_revision_id == held.latest_revision_id
        if fresh:
            current.title, current.body = title, body
            current.topics.set(topics)
            note = publish(page=current, user=user, summary=summary, worth_telling=worth_telling, now=now)
            return _told(held, note, topics, now)
        kept = conflicts.keep_aside(page=current, user=user, title=title, body=body, summary=summary, now=now)
    raise conflicts.StaleBase(kept=kept, theirs=current, title=title, body=body)


def publish(
    *, page: WikiPage, user: Any, summary: str, worth_telling: bool, now: datetime, opens_entry: bool = False
) -> EditNote:
    """A revision of `page` as it is in memory, noted before it is published, so that the receivers know it is told."""
    revision = page.save_revision(user=user, log_action=page.live, clean=False)
    note = EditNote.objects.create(
        page_id=page.pk,
        revision=revision,
        summary=text.line(summary)[:200],
        worth_telling=worth_telling,
        opens_entry=opens_entry,
        author=user,
        at=now,
    )
    revision.publish(user=user, skip_permission_checks=True)
    return note


def _told(page: WikiPage, note: EditNote, topics: Sequence[Topic], now: datetime) -> WikiPage:
    published = WikiPage.objects.select_related("community").get(pk=page.pk)
    telling.tell_edit(page=published, note=note, topics=topics, now=now)
    return published


def checked_title(title: str) -> str:
    """The title as one visible line of at most 200 characters; ValueError when nothing of it can be seen."""
    title = text.line(title)
    if not title:
        raise ValueError("a page has a title")
    return title[:200].strip()
