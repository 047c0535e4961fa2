"""Loading pages and threads through their rooms' verb modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from community.bundles import ground
from community.bundles.format import read_moment
from community.communities.models import Community
from community.contributions.ledger import Giver
from community.contributions.models import ContentItem
from community.topics.models import Topic
from forum import importing as forum
from forum.models import Thread
from profiles import assigning
from wiki import importing as wiki
from wiki.models import WikiPage

if TYPE_CHECKING:
    from datetime import datetime

    from community.bundles.loading import Load

Row = dict[str, Any]


def load_page(run: Load, row: Row) -> bool:
    parent_pk = ground.same_file(run, "page", row.get("parent"))
    pk = run.keys.get("page", row["id"])
    revisions, waits = [], False
    for revision in row["revisions"]:
        html, has_links = run.links.park(revision["html"])
        waits = waits or has_links
        revisions.append(_revision(run, revision, html))
    page = wiki.import_page(
        title=row["title"],
        parent=WikiPage.objects.get(pk=parent_pk) if parent_pk else None,
        community=_community(run, row),
        topics=_topics(run, row),
        owner=ground.person(run, row["owner"]) if row.get("owner") else None,
        revisions=revisions,
        page=WikiPage.objects.filter(pk=pk).first() if pk else None,
        now=run.now,
    )
    run.keys.put("page", row["id"], page.pk)
    if waits:
        run.links.waiting["page"].append(page.pk)
    return pk is None


def _revision(run: Load, row: Row, html: str) -> wiki.ImportedRevision:
    author, at = ground.person(run, row["author"]), read_moment(row["at"])
    return wiki.ImportedRevision(
        giver=_giver(run, author, at), author=author, at=at, summary=row.get("summary") or "", html=html
    )


def load_thread(run: Load, row: Row) -> bool:
    pk = run.keys.get("thread", row["id"])
    known = run.keys.posts_of(row["id"]) if pk else {}
    posts, waiting = [], []
    for post in row["posts"]:
        html, has_links = run.links.park(post["html"])
        if has_links and post["id"] not in known:
            waiting.append(post["id"])
        posts.append(_post(run, post, html))
    about = run.keys.get("page", row.get("page"))
    thread, made = forum.import_thread(
        kind=row["kind"],
        title=row["title"],
        posts=posts,
        topics=_topics(run, row),
        community=_community(run, row),
        about=ContentItem.objects.filter(kind="page", source_id=about).first() if about else None,
        accepted=row.get("accepted"),
        known=known,
        thread=Thread.objects.filter(pk=pk).first() if pk else None,
        now=run.now,
    )
    run.keys.put("thread", row["id"], thread.pk)
    run.keys.put_posts(row["id"], {source: pk for source, pk in made.items() if source not in known})
    run.added["posts"] += len(made) - len(known)
    run.links.waiting["post"] += [made[source] for source in waiting]
    return pk is None


def _post(run: Load, row: Row, html: str) -> forum.ImportedPost:
    author, at = ground.person(run, row["author"]), read_moment(row["at"])
    return forum.ImportedPost(
        source=row["id"],
        parent=row.get("parent"),
        giver=_giver(run, author, at),
        at=at,
        html=html,
        thanked_by=run.keys.many("person", row.get("thanks") or []),
    )


def _giver(run: Load, author: Any, at: datetime) -> Giver:
    """People of a bundle have the same role on every day: asked once each."""
    if ("giver", author.pk) not in run.cache:
        run.cache["giver", author.pk] = assigning.giver(user=author, at=at)
    return run.cache["giver", author.pk]


def _topics(run: Load, row: Row) -> list[Topic]:
    wanted = run.keys.many("topic", row["topics"])
    missing = [pk for pk in wanted if ("topic", pk) not in run.cache]
    for topic in Topic.objects.filter(pk__in=missing):
        run.cache["topic", topic.pk] = topic
    return [run.cache["topic", pk] for pk in wanted if ("topic", pk) in run.cache]


def _community(run: Load, row: Row) -> Community | None:
    """ValueError when the row names one that is unknown: its content must not fall into the open."""
    source = row.get("community")
    if not source:
        return None
    pk = run.keys.get("community", source)
    if pk is None:
        raise ValueError(f"community names {source!r}, which was not loaded")
    if ("community", pk) not in run.cache:
        run.cache["community", pk] = Community.objects.get(pk=pk)
    return run.cache["community", pk]


def relink(run: Load) -> None:
    """Make every parked link real."""
    wiki.relink(page_ids=run.links.waiting["page"], rewrite=run.links.rewrite, now=run.now)
    forum.relink(post_ids=run.links.waiting["post"], rewrite=run.links.rewrite, now=run.now)
