"""Opening a thread and replying in one. Whoever writes follows the thread from then on."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from community import text
from community.communities.models import Community
from community.contributions import ledger
from community.contributions.models import ContentItem
from community.topics import vocabulary
from community.topics.models import Topic
from forum import experience, rights
from forum.models import MOST_TOPICS, Post, Thread, ThreadTopic
from profiles import assigning, following
from profiles.models import User

_HEADING = re.compile(r"<h[2-4][^>]*>.*?</h[2-4]>", re.DOTALL)
ANSWER, REPLY = "answer", "reply"
LONGEST_TITLE = 200


def open_thread(
    *,
    author: User,
    kind: str,
    title: str,
    html: str = "",
    parts: Mapping[str, str] | None = None,
    topics: Sequence[Topic],
    new_topics: Sequence[str] = (),
    community: Community | None = None,
    about: ContentItem | None = None,
    token: str | None = None,
    now: datetime,
) -> Thread:
    """A new thread with its first post, told to the ledger. The same `token` again gives the thread of the first time.

    An experience may come as its `parts` instead of `html`. NotAllowed where the author may not write; ValueError
    without a title, words or 1 to 5 topics.
    """
    facts = {"kind": Thread.Kind(kind), "title": clean_title(title), "author": author, "about": about}
    facts |= {"client_token": token or None, "parts": dict(parts or {})}
    body = clean_body(experience.body(parts) if parts else html)
    sent_before = Thread.objects.filter(author=author, client_token=token) if token else Thread.objects.none()

    def write() -> Thread:
        rights.insist(rights.may_write_in(community=community, user=author))
        chosen = chosen_topics(topics, new_topics)
        return _open(facts=facts, body=body, topics=chosen, community=community, now=now)

    return once(write, sent_before.first)


def reply(
    *,
    thread: Thread,
    author: User,
    html: str,
    now: datetime,
    parent: Post | None = None,
    token: str | None = None,
) -> Post:
    """A post in `thread`, answering `parent` (None: the thread itself). The same `token` gives the post of the first time.

    NotAllowed where the author may not write; ValueError without words or for a parent of another thread.
    """
    body = clean_body(html)
    if parent is not None and parent.thread_id != thread.pk:
        raise ValueError("the post that is answered stands in another thread")
    sent_before = Post.objects.filter(author=author, client_token=token) if token else Post.objects.none()

    def write() -> Post:
        held = Thread.objects.select_for_update().get(pk=thread.pk)
        if again := sent_before.first():  # a second click that waited for the first one's lock
            return again
        rights.insist(held.deleted_at is None)
        rights.insist(rights.may_write_in(community=thread.community, user=author))
        post = _add_reply(held, parent, _given_by(author, now), body, token, now)
        _tell_reply(thread=held, post=post)
        following.take_part(user=author, item=held.own_item, now=now)
        return post

    return once(write, sent_before.first)


def once(write: Callable[[], Any], sent_before: Callable[[], Any]) -> Any:
    """What `write` makes, in one transaction; when it was made before (or by a second click meanwhile), that."""
    if found := sent_before():
        return found
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        if found := sent_before():
            return found
        raise


def kind_of_reply(*, thread: Thread, author_id: int | None) -> str:
    """A reply in a question by another than the asker is an answer."""
    return ANSWER if thread.is_question and author_id != thread.author_id else REPLY


def in_short(html: str) -> str:
    """A body without its headings: what an excerpt is taken from."""
    return _HEADING.sub("", html)


def anchor(post: Post) -> str:
    """What follows the thread's address: right on whatever page the post stands."""
    return "" if post.opens else f"?post={post.pk}#post-{post.pk}"


def given(*, thread: Thread, post: Post, topics: Sequence[Topic], imported: bool = False) -> ledger.Given:
    """What the ledger is told of a post."""
    return ledger.Given(
        kind=post.kind,
        source_id=post.pk,
        giver=ledger.Giver(post.author_id, post.author_role_id, post.author_unit_id),
        occurred_at=post.created_at,
        excerpt=in_short(post.html),
        anchor=anchor(post),
        teaches=post.author_id != thread.author_id if post.kind == REPLY else None,
        imported=imported,
        topics=topics,
    )


def clean_title(title: str) -> str:
    clean = text.line(title)
    if not clean or len(clean) > LONGEST_TITLE:
        raise ValueError("a title has 1 to 200 characters")
    return clean


def clean_body(html: str) -> str:
    clean = text.prose(html)
    if not text.line(text.plain(clean)) and "<img" not in clean:
        raise ValueError("a post has words")
    return clean


def chosen_topics(topics: Sequence[Topic], new: Sequence[str]) -> list[Topic]:
    chosen = vocabulary.settle(topics=topics, new=new) if new else list(dict.fromkeys(topics))
    if not 1 <= len(chosen) <= MOST_TOPICS:
        raise ValueError("a thread has 1 to 5 topics")
    return chosen


def _given_by(author: User, at: datetime) -> dict[str, Any]:
    who = assigning.giver(user=author, at=at)
    return {"author_id": who.user_id, "author_role_id": who.role_id, "author_unit_id": who.unit_id}


def _open(
    *, facts: dict[str, Any], body: str, topics: Sequence[Topic], community: Community | None, now: datetime
) -> Thread:
    author = facts["author"]
    latest = {
        "created_at": now,
        "last_post_at": now,
        "last_author": author,
        "last_position": 1,
        "posts_count": 1,
    }
    thread = Thread.objects.create(**facts, **latest, excerpt=text.excerpt(in_short(body), 280))
    item = open_item(thread=thread, community=community)
    ThreadTopic.objects.bulk_create([ThreadTopic(content_object=thread, tag=topic) for topic in topics])
    post = Post.objects.create(
        thread=thread, position=1, kind=thread.kind, html=body, created_at=now, **_given_by(author, now)
    )
    ledger.record(item=item, given=given(thread=thread, post=post, topics=topics))
    level = following.Level.WATCH if thread.is_question else following.Level.FOLLOW
    following.take_part(user=author, item=item, now=now, level=level)
    return thread


def open_item(*, thread: Thread, community: Community | None, state: str = "") -> ContentItem:
    """The thread's item in the ledger, tied to it."""
    thread.item = ledger.open_item(
        kind="thread",
        source_id=thread.pk,
        form=thread.kind,
        title=thread.title,
        url=thread.get_absolute_url(),
        now=thread.created_at,
        community=community,
        state=state,
    )
    thread.save(update_fields=["item"])
    return thread.item


def _add_reply(
    thread: Thread, parent: Post | None, giver: dict[str, Any], body: str, token: str | None, now: datetime
) -> Post:
    kind = kind_of_reply(thread=thread, author_id=giver["author_id"])
    post = Post.objects.create(
        thread=thread,
        parent=parent,
        position=thread.last_position + 1,
        depth=0 if parent is None or parent.opens else parent.depth + 1,
        kind=kind,
        html=body,
        created_at=now,
        client_token=token or None,
        **giver,
    )
    Thread.objects.filter(pk=thread.pk).update(
        last_position=post.position,
        posts_count=F("posts_count") + 1,
        answers_count=F("answers_count") + int(kind == ANSWER),
        last_post_at=now,
        last_author=giver["author_id"],
    )
    return post


def _tell_reply(*, thread: Thread, post: Post) -> None:
    topics = Topic.objects.filter(forum_threadtopic_items__content_object=thread)
    ledger.record(item=thread.own_item, given=given(thread=thread, post=post, topics=list(topics)))
