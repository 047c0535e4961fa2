"""Pages that come with a bundle: with their dates, authors, order and every version; and out again."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Revision
from wagtail.signal_handlers import disable_reference_index_auto_update

from community import text
from community.communities.models import Community
from community.contributions import ledger
from community.contributions.ledger import Giver
from community.topics.models import Topic
from profiles.models import User
from wiki import headings, sections, telling, writing
from wiki.models import EditNote, WikiPage


@dataclass(frozen=True)
class ImportedRevision:
    """One version: who gave it in which role and unit, when, and the whole text as HTML."""

    giver: Giver
    author: User | None
    at: datetime
    summary: str
    html: str


@transaction.atomic
def import_page(
    *,
    title: str,
    parent: WikiPage | None,
    community: Community | None,
    topics: Sequence[Topic],
    owner: User | None,
    revisions: Sequence[ImportedRevision],
    page: WikiPage | None,
    now: datetime,
) -> WikiPage:
    """The page with its versions, oldest first. Given again as `page`, it gets only versions newer than it has.

    A page whose place is at the end of the tree goes beside its parent instead; one of a community whose parent is
    not goes to the top of the community's section. ValueError on an empty title or no version.
    """
    title = writing.checked_title(title)
    fresh = sorted(revisions, key=lambda revision: revision.at)
    if page is not None:
        newest = page.edit_notes.order_by("-at", "-pk").values_list("at", flat=True).first()
        fresh = [revision for revision in fresh if newest is None or revision.at > newest]
    elif not fresh:
        raise ValueError("a page has at least one version")
    if not fresh and page is not None:
        return page
    with disable_reference_index_auto_update():
        held = page or _placed(title, parent, community, topics, owner, fresh[-1].html, now)
        notes = _versions(held, title, fresh)
    _tell(held, fresh, notes, topics, first=page is None, now=now)
    return held


def _placed(
    title: str, parent: WikiPage | None, community: Community | None, topics: Sequence[Topic], owner: User | None,
    html: str, now: datetime,
) -> WikiPage:  # fmt: skip
    above: Any = parent
    if above is None or (community is not None and above.community_id != community.pk):
        above = sections.section_of(community=community, now=now) if community else sections.root()
    while above.depth >= sections.DEEPEST:
        above = above.get_parent().specific
    draft = WikiPage(title=title, body=headings.written(html)[0], owner=owner, live=False)
    draft.topics.add(*topics)
    return sections.place(page=draft, parent=above)


def _versions(page: WikiPage, title: str, given: Sequence[ImportedRevision]) -> list[EditNote]:
    """The versions as Wagtail revisions with their notes; the newest is what people read."""
    facts = page.serializable_data()
    bodies = [headings.written(version.html) for version in given]
    kind, base = page.get_content_type(), page.get_base_content_type()
    rows = Revision.objects.bulk_create(
        Revision(
            content_type=kind,
            base_content_type=base,
            object_id=str(page.pk),
            created_at=version.at,
            user=version.author,
            object_str=title,
            content={**facts, "title": title, "body": body},
        )
        for version, (body, _) in zip(given, bodies, strict=True)
    )
    body, contents = bodies[-1]
    first, last = given[0].at, given[-1].at
    WikiPage.objects.filter(pk=page.pk).update(
        title=title, draft_title=title, body=body, contents=contents, live=True, has_unpublished_changes=False,
        latest_revision=rows[-1], live_revision=rows[-1], latest_revision_created_at=last,
        first_published_at=page.first_published_at or first, last_published_at=last,
    )  # fmt: skip
    page.refresh_from_db()
    return EditNote.objects.bulk_create(
        EditNote(
            page=page, revision=row, summary=text.line(version.summary)[:200], author=version.author, at=version.at,
            opens_entry=True,
        )
        for row, version in zip(rows, given, strict=True)
    )  # fmt: skip


def _tell(
    page: WikiPage, given: Sequence[ImportedRevision], notes: Sequence[EditNote], topics: Sequence[Topic], *,
    first: bool, now: datetime,
) -> None:  # fmt: skip
    """The first version is the page's entry, each later one an edit."""
    item = telling.item_of(page=page, now=given[0].at)
    entries = [
        ledger.Given(
            kind="edit", source_id=note.pk, giver=version.giver, occurred_at=version.at, excerpt=note.summary,
            topics=topics, imported=True,
        )
        for version, note in zip(given, notes, strict=True)
    ]  # fmt: skip
    if first:
        entries[0].kind, entries[0].source_id, entries[0].excerpt = "page", page.pk, page.body
    ledger.record_many(item=item, givens=entries)
    if not first:
        ledger.amend(kind="page", source_id=page.pk, excerpt=page.body, now=now)
        ledger.amend_item(kind="page", source_id=page.pk, title=page.title, now=now)


@transaction.atomic
def relink(*, page_ids: Iterable[int], rewrite: Callable[[str], str], now: datetime) -> int:
    """Send every version of these pages through `rewrite` (HTML to HTML), once all pages have their addresses.

    What `rewrite` gives is sanitised again. How many versions changed. The ledger is not told: no words changed.
    """
    changed = 0
    for some in batched(sorted(set(page_ids))):
        live = dict(WikiPage.objects.filter(pk__in=some).order_by().values_list("live_revision_id", "pk"))
        for revision in Revision.page_revisions.filter(object_id__in=[str(pk) for pk in some]):
            html = revision.content.get("body", "")
            given = rewrite(html)
            if given != html:
                _put_body(revision, headings.written(given), live.get(revision.pk))
                changed += 1
    return changed


def batched(ids: Sequence[int], size: int = 200) -> Iterator[Sequence[int]]:
    """Handfuls, so that a long list is no long statement."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def _put_body(revision: Revision, written: tuple[str, list[headings.Heading]], page_id: int | None) -> None:
    """Into the version, and into the page when it is the one that people read."""
    body, contents = written
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "body": body})
    if page_id is not None:
        WikiPage.objects.filter(pk=page_id).update(body=body, contents=contents)


def export_pages() -> Iterator[dict[str, Any]]:
    """Rows of pages.jsonl in tree order, ids as text; sections are made anew by the load and are left out."""
    pages = WikiPage.objects.filter(live=True, section_of=None).order_by("path").prefetch_related("topics")
    paths: dict[str, int] = {}
    for page in pages.iterator(chunk_size=100):
        paths[page.path] = page.pk
        parent = paths.get(page.path[: -page.steplen])
        yield {
            "id": str(page.pk),
            "title": page.title,
            "parent": str(parent) if parent else None,
            "community": str(page.community_id) if page.community_id else None,
            "topics": [str(topic.pk) for topic in page.topics.all()],
            "owner": str(page.owner_id) if page.owner_id else None,
            "revisions": list(_exported(page)),
        }


def _exported(page: WikiPage) -> Iterator[dict[str, Any]]:
    notes = page.edit_notes.filter(kept_aside=False).select_related("revision").order_by("at", "pk")
    for note in notes:
        author = str(note.author_id) if note.author_id else "former"
        body = note.revision.content.get("body", "")
        yield {"author": author, "at": note.at.isoformat(), "summary": note.summary or None, "html": body}
