"""Pages from the scripts, with the revisions that made them what they are."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from community.bundles.demo import markup, script
from community.bundles.demo.casting import Cast, Person
from community.bundles.demo.hours import Clock
from community.bundles.demo.script import Entry

FIRST = {"sv": "Första versionen", "en": "First version"}


class Editor:
    """Writes pages as bundle rows."""

    def __init__(
        self, *, staff: list[Person], members: dict[str, list[Person]], clock: Clock, seed: int
    ) -> None:
        self.staff, self.members, self.clock, self.seed = staff, members, clock, seed

    def rows(self, entries: list[Entry]) -> Iterator[dict]:
        """The lines of `pages.jsonl`; a parent stands before its children in the scripts and is older than they."""
        born: dict[str, datetime] = {}
        for entry in entries:
            row = self._page(entry, random.Random(f"{self.seed}:page:{entry.id}"), born)
            born[entry.id] = datetime.fromisoformat(row["revisions"][0]["at"])
            yield row

    def _page(self, entry: Entry, rng: random.Random, born: dict[str, datetime]) -> dict:
        pool = self.members.get(entry.options.get("c", ""), self.staff)
        parent = entry.options.get("parent")
        role = entry.author.split(".")[0].rstrip("0123456789")
        age = float(entry.options.get("age", 0))
        oldest, newest = (age + 1.5, max(0.3, age - 1.5)) if age else (60, 4) if parent else (182, 150)
        oldest = 182 if parent and not age and rng.random() < 0.8 else oldest
        oldest = (
            min(oldest, (self.clock.now - born[parent]) / timedelta(days=1)) if parent in born else oldest
        )
        at = self.clock.moment(rng, role=role, oldest=oldest, newest=min(newest, oldest))
        cast = Cast(pool, rng, at, self.clock.now)
        row = {"id": entry.id, "title": entry.title, "parent": parent, "community": entry.options.get("c")}
        row |= {"topics": entry.topics, "owner": cast.part(entry.author).id}
        row["revisions"] = self._revisions(entry, cast, rng, at)
        return {key: value for key, value in row.items() if value is not None}

    def _revisions(self, entry: Entry, cast: Cast, rng: random.Random, at: datetime) -> list[dict]:
        written = [("me", FIRST[entry.language]), *entry.revisions]
        rows = []
        for number, (label, summary) in enumerate(written, 1):
            person = cast.part(entry.author if label == "me" else label)
            if number > 1:
                left = (self.clock.now - at) / timedelta(hours=1)
                hours = min(24 * rng.choice((2, 9, 21, 40)), left / (len(written) - number + 2))
                at = self.clock.after(rng, at, role=person.role, hours=hours)
            html = markup.body(script.lines_at(entry.posts[0].lines, number))
            rows.append({"author": person.id, "at": at.isoformat(), "summary": summary, "html": html})
        return rows
