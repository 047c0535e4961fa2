"""Loading what knowledge stands on: units, topics, roles, people, communities. Each returns whether it made something."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from community import text
from community.communities import membership
from community.communities.models import Community, Membership
from community.organisation.models import JobRole, Unit
from community.topics import vocabulary
from community.topics.models import RoleTopic, Topic
from profiles import assigning, joining
from profiles.models import User

if TYPE_CHECKING:
    from community.bundles.loading import Load

SINCE = date(2000, 1, 1)  # a bundle does not say when somebody began
Row = dict[str, Any]


class ComesLater(Exception):
    """The row names another of its own file that has not been loaded yet."""


def same_file(run: Load, kind: str, source: str | None) -> int | None:
    pk = run.keys.get(kind, source)
    if source and pk is None:
        raise ComesLater(source)
    return pk


def load_unit(run: Load, row: Row) -> bool:
    if run.keys.get("unit", row["id"]):
        return False
    parent = same_file(run, "unit", row.get("parent"))
    name = text.line(row["name"])[:120]
    if not name:
        raise ValueError("the name has nothing that can be seen")
    unit, fresh = Unit.objects.get_or_create(name=name, parent_id=parent)
    run.keys.put("unit", row["id"], unit.pk)
    return fresh


def load_topic(run: Load, row: Row) -> bool:
    if run.keys.get("topic", row["id"]):
        return False
    broader = same_file(run, "topic", row.get("broader"))
    name = text.line(row["name"])[:100]
    known = vocabulary.resolve([name]).topics
    if known:
        topic = known[0]
    else:
        topic = vocabulary.create_topic(name=name, description=row.get("description") or "")
        if broader:
            Topic.objects.filter(pk=topic.pk).update(broader=broader)
    for synonym in row.get("synonyms") or []:
        vocabulary.add_synonym(topic=topic, name=synonym)
    run.keys.put("topic", row["id"], topic.pk)
    run.stewards[topic.pk] = row.get("stewards") or []
    return not known


def load_role(run: Load, row: Row) -> bool:
    if run.keys.get("role", row["id"]):
        return False
    title = text.line(row["title"])[:120]
    role = JobRole.objects.filter(title__iexact=title).first()
    fresh = role is None
    if role is None:
        role = _new_role(title, row)
    for wanted in row["topics"]:
        topic_id = run.keys.get("topic", wanted["topic"])
        if topic_id:
            RoleTopic.objects.get_or_create(role=role, topic_id=topic_id, defaults={"level": wanted["level"]})
    run.keys.put("role", row["id"], role.pk)
    return fresh


def _new_role(title: str, row: Row) -> JobRole:
    if not title:
        raise ValueError("the title has nothing that can be seen")
    scheme = (row.get("scheme") or "local").replace(" ", "")
    known = {value.casefold(): value for value in JobRole.Scheme.values}
    return JobRole.objects.create(
        title=title,
        slug=text.unique_slug(title, lambda s: JobRole.objects.filter(slug=s).exists(), fallback="role"),
        scheme=known.get(scheme.casefold(), JobRole.Scheme.LOCAL),
        code=text.line(row.get("code") or "")[:80],
        expects=text.normalise(row.get("expects") or ""),
    )


def load_person(run: Load, row: Row) -> bool:
    if run.keys.get("person", row["id"]):
        return False
    name = text.line(row["name"])[:100]
    if not name:
        raise ValueError("the name has nothing that can be seen")
    email = row["email"].strip().lower()
    user = User.objects.filter(email=email).first()
    fresh = user is None
    if user is None:
        user = User.objects.create_user(email, name=name, title=text.line(row.get("title") or "")[:100])
    run.keys.put("person", row["id"], user.pk)
    _place(run, user, row)
    return fresh


def _place(run: Load, user: User, row: Row) -> None:
    unit = Unit.objects.filter(pk=run.keys.get("unit", row.get("unit")) or 0).first()
    roles = JobRole.objects.filter(pk__in=run.keys.many("role", row.get("roles") or []))
    share = max(1, 100 // max(1, len(roles)))
    for role in roles or ([None] if unit else []):
        assigning.assign(user=user, role=role, unit=unit, starts_on=SINCE, share=share, now=run.now)


def person(run: Load, source: str) -> User:
    """The author of that id; an unknown one becomes a deactivated person of that name."""
    if ("person", source) not in run.cache:
        pk = run.keys.get("person", source)
        run.cache["person", source] = User.objects.get(pk=pk) if pk else _stranger(run, source)
    return run.cache["person", source]


def _stranger(run: Load, source: str) -> User:
    name = text.line(source)[:100] or "?"
    local = text.unique_slug(
        name,
        lambda s: User.objects.filter(email=f"{s}@unknown.invalid").exists(),
        fallback="someone",
        length=40,
    )
    email = f"{local.encode('ascii', 'ignore').decode() or 'someone'}-{User.objects.count()}@unknown.invalid"
    user = User.objects.create_user(email, name=name, is_active=False)
    run.keys.put("person", source, user.pk)
    run.added["people.jsonl (unknown authors)"] += 1
    return user


def load_community(run: Load, row: Row) -> bool:
    pk = run.keys.get("community", row["id"])
    made = (
        Community.objects.get(pk=pk) if pk else Community.objects.filter(name=text.line(row["name"])).first()
    )
    fresh = made is None
    if made is None:
        about = row.get("description") or ""
        made = membership.found(
            name=row["name"][:100], visibility=row["visibility"], description=about, now=run.now
        )
    run.keys.put("community", row["id"], made.pk)
    if fresh:
        stewards = set(row.get("stewards") or [])
        for source in [*stewards, *(row.get("members") or [])]:
            role = Membership.Role.STEWARD if source in stewards else Membership.Role.MEMBER
            joining.admit(community=made, user=person(run, source), role=role, now=run.now)
    return fresh


def appoint_stewards(run: Load) -> None:
    """Topics come before people in a bundle: their stewards are set once both are there."""
    for topic_id, sources in run.stewards.items():
        if sources:
            Topic.objects.get(pk=topic_id).stewards.add(*run.keys.many("person", sources))
