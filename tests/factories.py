"""Plain factories: each makes one thing through the verb that makes it in the product."""

from datetime import UTC, date, datetime
from itertools import count

from community.communities import membership
from community.communities.models import Community
from community.organisation.models import JobRole, Unit
from community.topics import vocabulary
from community.topics.models import RoleTopic, Topic
from forum import posting
from forum.models import Post, Thread
from profiles import assigning, joining
from profiles.models import User
from wiki import writing
from wiki.models import WikiPage

NOW = datetime(2026, 6, 3, 10, 0, tzinfo=UTC)
_number = count(1)


def person(name: str = "", **facts) -> User:
    n = next(_number)
    return User.objects.create_user(
        f"person{n}@example.org", "a long password", name=name or f"Person {n}", **facts
    )


def topic(name: str = "", **facts) -> Topic:
    return vocabulary.create_topic(name=name or f"Topic {next(_number)}", **facts)


def unit(name: str = "", parent: Unit | None = None) -> Unit:
    return Unit.objects.create(name=name or f"Unit {next(_number)}", parent=parent)


def role(
    title: str = "", *, required: tuple[Topic, ...] = (), useful: tuple[Topic, ...] = (), **facts
) -> JobRole:
    n = next(_number)
    made = JobRole.objects.create(title=title or f"Role {n}", slug=f"role-{n}", **facts)
    for level, topics in (("required", required), ("useful", useful)):
        for needed in topics:
            RoleTopic.objects.create(role=made, topic=needed, level=level)
    return made


def assigned(
    user: User, role: JobRole | None = None, unit: Unit | None = None, *, starts_on: date = date(2026, 1, 1)
):
    return assigning.assign(user=user, role=role, unit=unit, starts_on=starts_on, now=NOW)[0]


def community(
    name: str = "", *, visibility: str = "open", members: tuple[User, ...] = (), steward: User | None = None
) -> Community:
    made = membership.found(name=name or f"Community {next(_number)}", visibility=visibility, now=NOW)
    for user in members:
        joining.admit(community=made, user=user, now=NOW)
    if steward:
        joining.admit(community=made, user=steward, now=NOW, role="steward")
    return made


def page(title: str = "", body: str = "<p>Words.</p>", *, by: User | None = None, **facts) -> WikiPage:
    return writing.create_page(
        user=by or person(),
        title=title or f"Page {next(_number)}",
        body=body,
        now=facts.pop("now", NOW),
        **facts,
    )


def edited(page: WikiPage, body: str, *, by: User, at: datetime = NOW, **facts) -> WikiPage:
    held = WikiPage.objects.get(pk=page.pk)
    given = {
        "title": held.title,
        "topics": list(held.topics.all()),
        "base_revision_id": held.latest_revision_id,
    } | facts
    return writing.edit_page(page=held, user=by, body=body, now=at, **given)


def thread(author: User | None = None, *, title: str = "", topics: tuple[Topic, ...] = (), **facts) -> Thread:
    facts = {"kind": "question", "html": "<p>How do you do it?</p>", "now": NOW} | facts
    return posting.open_thread(
        author=author or person(),
        title=title or f"Thread {next(_number)}",
        topics=topics or (topic(),),
        **facts,
    )


def reply(thread: Thread, author: User | None = None, html: str = "<p>Like this.</p>", **facts) -> Post:
    return posting.reply(thread=thread, author=author or person(), html=html, **{"now": NOW, **facts})
