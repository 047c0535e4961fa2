"""The other way: the whole organisation's knowledge as a bundle that any Dela can load.

What was taken back is not dumped, nor drafts, readings, subscriptions or anything else about a person's doings.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from django.utils import timezone

from community.bundles import format as shape
from community.bundles.keys import Names
from community.bundles.writing import BundleWriter
from community.communities.models import Community, Membership
from community.contributions.models import ContentItem
from community.organisation.models import JobRole, Unit
from community.topics.models import Topic
from forum import exporting as forum
from profiles.models import User
from wiki import importing as wiki

Row = dict[str, Any]
FORMER = "former"  # who wrote what an erased person left
_HREF = re.compile(r'href="(/[^"#]*)(#[^"]*)?"')


def dump(path: Path) -> dict[str, int]:
    """Write the bundle to `path` (a new folder, or a .zip); `{file: rows}`. FileExistsError when the place is taken."""
    dumper = Dumper()
    with BundleWriter(path) as bundle:
        for file, rows in dumper.files():
            for row in rows:
                bundle.write(file, row)
        if dumper.former_wrote:
            bundle.write(
                shape.PEOPLE, {"id": FORMER, "name": "Former employee", "email": "former@unknown.invalid"}
            )
    return bundle.counts


class Dumper:
    """Rows of every file; ids are those of the source they came from, else Dela's own."""

    def __init__(self) -> None:
        kinds = ("unit", "topic", "role", "person", "community", "page", "thread", "post")
        self.names = {kind: Names(kind) for kind in kinds}
        self.former_wrote = False
        self._addresses: dict[str, str] = {}

    def files(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """In the order in which they are loaded, but for the people of whom one may be added at the end."""
        items = ContentItem.objects.filter(withdrawn_at=None).values_list("kind", "source_id", "url")
        self._addresses = {url: f"{kind}:{self._id(kind, pk)}" for kind, pk, url in items.iterator()}
        yield shape.UNITS, self.units()
        yield shape.TOPICS, self.topics()
        yield shape.ROLES, self.roles()
        yield shape.PEOPLE, self.people()
        yield shape.COMMUNITIES, self.communities()
        yield shape.PAGES, self.pages()
        yield shape.THREADS, self.threads()

    def _id(self, kind: str, pk: int | str | None) -> str | None:
        return self.names[kind].of(int(pk)) if pk is not None else None

    def _ids(self, kind: str, pks: Any) -> list[str]:
        return [name for pk in pks if (name := self._id(kind, pk)) is not None]

    def _author(self, pk: int | str | None) -> str:
        if pk is None or pk == FORMER:
            self.former_wrote = True
            return FORMER
        return self._id("person", pk) or FORMER

    def _portable(self, html: str) -> str:
        """Links to things of this house become links of the bundle."""
        return _HREF.sub(self._portable_link, html)

    def _portable_link(self, match: re.Match[str]) -> str:
        name = self._addresses.get(unescape(match[1]))
        return f'href="{name}{match[2] or ""}"' if name else match[0]

    def units(self) -> Iterator[Row]:
        for unit in Unit.objects.order_by("pk").iterator():
            yield {
                "id": self._id("unit", unit.pk),
                "name": unit.name,
                "parent": self._id("unit", unit.parent_id),
            }

    def topics(self) -> Iterator[Row]:
        for topic in Topic.objects.order_by("pk").prefetch_related("aliases", "stewards"):
            synonyms = [alias.name for alias in topic.aliases.all() if alias.name != topic.name]
            row = {"id": self._id("topic", topic.pk), "name": topic.name, "description": topic.description}
            row |= {"broader": self._id("topic", topic.broader_id), "synonyms": synonyms}
            yield {**row, "stewards": self._ids("person", [user.pk for user in topic.stewards.all()])}

    def roles(self) -> Iterator[Row]:
        for role in JobRole.objects.order_by("pk").prefetch_related("role_topics"):
            needs = [
                {"topic": self._id("topic", rt.topic_id), "level": rt.level} for rt in role.role_topics.all()
            ]
            row = {
                "id": self._id("role", role.pk),
                "title": role.title,
                "scheme": role.scheme,
                "code": role.code,
            }
            yield {**row, "expects": role.expects, "topics": needs}

    def people(self) -> Iterator[Row]:
        today = timezone.localdate()
        for user in User.objects.order_by("pk").prefetch_related("assignments"):
            held = [
                a
                for a in user.assignments.all()
                if a.starts_on <= today and (not a.ends_on or a.ends_on > today)
            ]
            units = [a.unit_id for a in held if a.unit_id]
            row = {
                "id": self._id("person", user.pk),
                "name": user.name,
                "email": user.email,
                "title": user.title,
            }
            roles = self._ids("role", dict.fromkeys(a.role_id for a in held))
            yield {**row, "unit": self._id("unit", units[0]) if units else None, "roles": roles}

    def communities(self) -> Iterator[Row]:
        for community in Community.objects.order_by("pk").prefetch_related("memberships"):
            inside = list(community.memberships.all())
            stewards = [m.user_id for m in inside if m.role == Membership.Role.STEWARD]
            members = [m.user_id for m in inside if m.role == Membership.Role.MEMBER]
            row = {"id": self._id("community", community.pk), "name": community.name}
            row |= {"visibility": community.visibility, "description": community.description}
            yield {**row, "members": self._ids("person", members), "stewards": self._ids("person", stewards)}

    def pages(self) -> Iterator[Row]:
        for page in wiki.export_pages():
            revisions = [
                {**r, "author": self._author(r["author"]), "html": self._portable(r["html"])}
                for r in page["revisions"]
            ]
            if revisions:
                yield {
                    "id": self._id("page", page["id"]),
                    "title": page["title"],
                    "parent": self._id("page", page["parent"]),
                    "community": self._id("community", page["community"]),
                    "topics": self._ids("topic", page["topics"]),
                    "owner": self._id("person", page["owner"]),
                    "revisions": revisions,
                }

    def threads(self) -> Iterator[Row]:
        for thread in forum.export_threads():
            about = thread.about[1] if thread.about and thread.about[0] == "page" else None
            yield {
                "id": self._id("thread", thread.pk),
                "kind": thread.kind,
                "title": thread.title,
                "author": self._author(thread.author),
                "at": thread.at.isoformat(),
                "community": self._id("community", thread.community),
                "topics": self._ids("topic", thread.topics),
                "page": self._id("page", about),
                "accepted": self._id("post", thread.accepted),
                "posts": [self._post(post) for post in thread.posts],
            }

    def _post(self, post: forum.ExportedPost) -> Row:
        return {
            "id": self._id("post", post.pk),
            "parent": self._id("post", post.parent),
            "author": self._author(post.author),
            "at": post.at.isoformat(),
            "html": self._portable(post.html),
            "thanks": self._ids("person", post.thanked_by),
        }
